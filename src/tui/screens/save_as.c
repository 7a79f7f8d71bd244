#include "tui/screens/save_as.h"

#include <mulin/base/text.h>
#include <mulin/domain/resident.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NAME_SIZE = MU_PERSON_NAME_SIZE + 64 };

void mu_save_as_usual(struct mu_save_as *self, const char *name)
{
    const char *folder = getenv("HOME");

    snprintf(self->usual, sizeof self->usual, "%s%s%s.xlsx", folder ? folder : "",
             folder ? "/" : "", name);
}

static void write_it(struct mu_app *app, struct mu_save_as *self, bool overwrite)
{
    struct mu_report_target target = {.path = self->path, .overwrite = overwrite};
    struct mu_error error;

    if (mu_report_format_of(self->path, &target.format)) {
        self->write(app, self->state, &target);
        return;
    }
    (void)mu_fail(&error, MU_INPUT, MU_SAY_error_list_ending, self->path, NULL);
    mu_app_say_error(app, &error);
}

static void overwrite_answered(struct mu_app *app, void *context, bool yes)
{
    if (yes)
        write_it(app, context, true);
}

static void path_given(struct mu_app *app, void *context, const char *text)
{
    struct mu_save_as *self = context;
    const char *folder = getenv("HOME");
    struct stat found;
    char question[MU_MESSAGE_SIZE];

    if (!text)
        return;
    if (strncmp(text, "~/", 2) == 0 && folder)
        snprintf(self->path, sizeof self->path, "%s%s", folder, text + 1);
    else
        mu_text_copy(self->path, sizeof self->path, *text ? text : self->usual);
    if (stat(self->path, &found) != 0 || !S_ISREG(found.st_mode)) {
        write_it(app, self, false);
        return;
    }
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_register_overwrite,
                      self->path, NULL);
    mu_app_confirm(app, question, overwrite_answered, self);
}

void mu_save_as_ask(struct mu_app *app, struct mu_save_as *self, const char *question,
                    void (*write)(struct mu_app *app, void *state,
                                  const struct mu_report_target *target),
                    void *state)
{
    self->write = write;
    self->state = state;
    mu_app_prompt(app, question, MU_SAVE_AS_SIZE, false, path_given, self);
}

void mu_save_as_table(struct mu_app *app, struct mu_save_as *self, enum mu_message what,
                      const char *of,
                      void (*write)(struct mu_app *app, void *state,
                                    const struct mu_report_target *target),
                      void *state)
{
    enum mu_language language = mu_app_language(app);
    char name[NAME_SIZE], question[MU_MESSAGE_SIZE];

    snprintf(name, sizeof name, "%s-%s", mu_message_text(what, language), of);
    mu_save_as_usual(self, name);
    mu_message_format(question, sizeof question, language, MU_SAY_month_path, self->usual, NULL);
    mu_save_as_ask(app, self, question, write, state);
}
