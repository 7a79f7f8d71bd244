#include "tui/screens/case_keeper.h"

#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/mediator.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEDIATORS = 200, LINE_SIZE = 160, ASSIGNED = 1 /* data/codes/case_duty.def */ };

/* A choice on its way. */
struct assigning {
    int64_t case_id;
    enum mu_language language;
    void (*assigned)(struct mu_app *app, void *context);
    void *context;
    size_t count;
    int64_t id[MEDIATORS];
    char name[MEDIATORS][MU_PERSON_NAME_SIZE];
    char text[MEDIATORS][LINE_SIZE];
};

static bool offer(void *context, const struct mu_mediator_entry *entry)
{
    struct assigning *self = context;
    char load[24];

    snprintf(load, sizeof load, "%lld", (long long)entry->open);
    self->id[self->count] = entry->mediator.id;
    mu_text_copy(self->name[self->count], MU_PERSON_NAME_SIZE, entry->mediator.name);
    mu_message_format(self->text[self->count], LINE_SIZE, self->language,
                      MU_SAY_case_page_mediator_line, entry->mediator.name, entry->mediator.team,
                      load, NULL);
    return ++self->count < MEDIATORS;
}

static enum mu_status assign(struct mu_app *app, const struct assigning *self, int code,
                             struct mu_case_written *written, struct mu_error *error)
{
    struct mu_case_step step = {.kind = MU_STEP_MEDIATOR, .mediator_id = self->id[code]};

    step.record.mediator.duty = ASSIGNED;
    return mu_add_case_steps(mu_screens_desk(app), self->case_id, &step, 1, 0, written, NULL, NULL,
                             error);
}

static void picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct assigning *self = context;
    struct mu_case_written written;
    struct mu_error error;

    if (chosen && assign(app, self, code, &written, &error) != MU_OK) {
        mu_app_say_error(app, &error);
    } else if (chosen) {
        self->assigned(app, self->context);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_cases_assigned, written.number, self->name[code],
                   NULL);
    }
    free(self);
}

static void ask(struct mu_app *app, struct assigning *self)
{
    struct mu_pick pick[MEDIATORS];

    for (size_t i = 0; i < self->count; i++)
        pick[i] = (struct mu_pick){.code = (int)i, .text = self->text[i]};
    mu_app_pick(app, mu_message_text(MU_SAY_cases_assign, self->language), pick, self->count, 0,
                picked, self);
}

void mu_assign_case(struct mu_app *app, const struct mu_case_line *line,
                    void (*assigned)(struct mu_app *app, void *context), void *context)
{
    struct assigning *self = calloc(1, sizeof *self);
    struct mu_error error;
    enum mu_status status = self ? MU_OK : mu_fail_memory(&error);

    if (self)
        *self = (struct assigning){.case_id = line->id,
                                   .language = mu_app_language(app),
                                   .assigned = assigned,
                                   .context = context};
    if (status == MU_OK)
        status = mu_list_mediators(mu_screens_desk(app), false, offer, self, &error);
    if (status == MU_OK && self->count) {
        ask(app, self);
        return;
    }
    if (status != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_case_page_nobody_mediates, NULL);
    free(self);
}
