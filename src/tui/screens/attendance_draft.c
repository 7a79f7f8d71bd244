#include "tui/screens/attendance.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAFT_LINE = 128 };

void mu_attendance_drop(struct mu_app *app, struct attendance *self)
{
    self->changed = false;
    mu_screen_draft_drop(&self->draft, app);
}

static size_t put_line(char *out, size_t size, size_t used, const char *key, const char *value)
{
    return used < size && *value
               ? used + (size_t)snprintf(out + used, size - used, "%s=%s\n", key, value)
               : used;
}

void mu_attendance_keep(struct mu_app *app, void *state)
{
    struct attendance *self = state;
    const struct mu_list_told *told = &self->told;
    size_t size = sizeof *told + 1024 + self->count * DRAFT_LINE, used = 0;
    char *body, line[DRAFT_LINE], day[MU_DATE_SIZE];

    if (!self->changed)
        return;
    body = malloc(size);
    if (!body)
        return;
    mu_date_format(told->date, day);
    used = put_line(body, size, used, "title", told->title);
    used = put_line(body, size, used, "duty", told->duty);
    used = put_line(body, size, used, "duty_name", told->duty_name);
    used = put_line(body, size, used, "date", day);
    used = put_line(body, size, used, "from", told->from);
    used = put_line(body, size, used, "to", told->to);
    used = put_line(body, size, used, "minutes", told->minutes);
    used = put_line(body, size, used, "place", told->place);
    used = put_line(body, size, used, "recipient", told->recipient);
    used = put_line(body, size, used, "confirmed", told->confirmed_by);
    used = put_line(body, size, used, "reason", told->reason);
    for (size_t i = 0; i < self->count; i++) {
        snprintf(line, sizeof line, "%" PRId64 " %d %.90s", self->row[i].id, self->row[i].minutes,
                 self->row[i].name);
        used = put_line(body, size, used, "came", line);
    }
    self->changed = !mu_screen_draft_keep(&self->draft, app, body);
    free(body);
}

static void read_came(struct mu_app *app, struct attendance *self, const char *line)
{
    char *rest;
    struct came came = {.id = strtoll(line, &rest, 10)};

    came.minutes = (int)strtol(rest, &rest, 10);
    if (came.minutes < 0 || came.minutes > MU_SERVICE_LONGEST)
        came.minutes = 0;
    while (*rest == ' ')
        rest++;
    mu_text_copy(came.name, sizeof came.name, rest);
    mu_attendance_take(app, self, came, came.id ? NULL : rest);
}

static void read_told(struct mu_list_told *told, const char *key, const char *value)
{
    const struct {
        const char *key;
        char *out;
        size_t size;
    } texts[] = {{"title", told->title, sizeof told->title},
                 {"duty", told->duty, sizeof told->duty},
                 {"duty_name", told->duty_name, sizeof told->duty_name},
                 {"from", told->from, sizeof told->from},
                 {"to", told->to, sizeof told->to},
                 {"minutes", told->minutes, sizeof told->minutes},
                 {"place", told->place, sizeof told->place},
                 {"recipient", told->recipient, sizeof told->recipient},
                 {"confirmed", told->confirmed_by, sizeof told->confirmed_by},
                 {"reason", told->reason, sizeof told->reason}};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].key, key) == 0)
            mu_text_copy(texts[i].out, texts[i].size, value);
    if (strcmp(key, "date") == 0)
        mu_date_read(value, &told->date);
}

enum mu_status mu_open_attendance_draft(struct mu_app *app, bool *begun, struct mu_error *error)
{
    struct mu_list_told told = {.told = true};
    struct attendance *self;
    char *body = NULL, *rest, *line;
    char *copy = NULL;
    enum mu_status status = mu_desk_draft(mu_screens_desk(app), MU_ATTENDANCE_DRAFT, &body, error);

    *begun = false;
    if (status != MU_OK || !body)
        return status;
    copy = strdup(body);
    rest = body;
    while (copy && (line = strsep(&rest, "\n")) != NULL) {
        char *value = strchr(line, '=');

        if (!value)
            continue;
        *value++ = '\0';
        read_told(&told, line, value);
    }
    status = copy ? mu_attendance_start(app, &told, &self, error) : mu_fail_memory(error);
    rest = copy;
    while (status == MU_OK && (line = strsep(&rest, "\n")) != NULL)
        if (strncmp(line, "came=", 5) == 0)
            read_came(app, self, line + 5);
    *begun = status == MU_OK;
    if (*begun)
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_form_draft_found, NULL);
    free(copy);
    free(body);
    return status;
}
