#include "base/growing.h"
#include "tui/screens/list_keys.h"
#include "tui/screens/record_form.h"
#include "tui/screens/screens.h"
#include "tui/screens/volunteer.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/team.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* The teams of volunteers. */
struct teams {
    struct mu_team_entry *entry; /* owned */
    size_t count, room;
    bool no_memory, failed, ended;
    struct mu_error error;
    struct mu_list list;
    unsigned seen;
};

static bool take(void *context, const struct mu_team_entry *entry)
{
    struct teams *self = context;
    struct mu_team_entry *grown =
        mu_grown(self->entry, self->count, &self->room, sizeof *self->entry);

    self->no_memory = !grown;
    if (!grown)
        return false;
    self->entry = grown;
    grown[self->count++] = *entry;
    return true;
}

static void read_teams(struct mu_app *app, void *state)
{
    struct teams *self = state;
    enum mu_status status;

    self->count = 0;
    status = mu_list_teams(mu_screens_desk(app), self->ended, take, self, &self->error);
    if (status == MU_OK && self->no_memory)
        status = mu_fail_memory(&self->error);
    self->failed = status != MU_OK;
    mu_list_count(&self->list, self->count);
}

static const struct mu_team_entry *chosen(const struct teams *self)
{
    return &self->entry[self->list.cursor];
}

/* ---- the form ---- */

static enum mu_status form_read(struct mu_app *app, const void *like, void *out,
                                struct mu_error *error)
{
    return mu_read_team_by_id(mu_screens_desk(app), ((const struct mu_team *)like)->id, out, error);
}

static enum mu_status form_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    return mu_save_team(mu_screens_desk(app), record, field, error);
}

static void form_say_saved(struct mu_app *app, const void *record)
{
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_team_saved, ((const struct mu_team *)record)->name, NULL);
}

/* The screen below reads anew when it is on top again. */
static enum mu_status form_leave(struct mu_app *app, const void *record, struct mu_error *error)
{
    (void)app, (void)record, (void)error;
    return MU_OK;
}

static const struct mu_record_form new_form = {
    .name = "new_team_form",
    .title = MU_SAY_team_form_title,
    .line = MU_SAY_team_form_new,
    .fields = mu_team_fields,
    .count = &mu_team_field_count,
    .size = sizeof(struct mu_team),
    .save = form_save,
    .say_saved = form_say_saved,
    .leave = form_leave,
};

static const struct mu_record_form form = {
    .name = "team_form",
    .title = MU_SAY_team_form_title,
    .line = MU_SAY_team_form_line,
    .fields = mu_team_fields,
    .count = &mu_team_field_count,
    .size = sizeof(struct mu_team),
    .read = form_read,
    .save = form_save,
    .say_saved = form_say_saved,
    .leave = form_leave,
};

enum mu_status mu_open_team_form(struct mu_app *app, const struct mu_team *team,
                                 struct mu_error *error)
{
    char number[MU_COUNT_SIZE];

    snprintf(number, sizeof number, "%" PRId64, team->id);
    return mu_open_record_form(app, team->id ? &form : &new_form, team,
                               team->id ? number : team->name, team->name, error);
}

/* ---- keys ---- */

static void open_team(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_team_page(app, chosen(state)->team.name, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void edit(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_team_form(app, &chosen(state)->team, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void add(struct mu_app *app, void *state)
{
    const struct mu_team none = {.founded_on = mu_app_now(app).date};
    struct mu_error error;

    (void)state;
    if (mu_open_team_form(app, &none, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

enum { DO_VOLUNTEERS, DO_ENDED };

static void picked(struct mu_app *app, void *state, bool agreed, int code)
{
    struct teams *self = state;
    struct mu_error error;

    if (!agreed)
        return;
    if (code == DO_ENDED) {
        self->ended = !self->ended;
        read_teams(app, self);
    } else if (mu_open_volunteers(app, &error) != MU_OK) {
        mu_app_say_error(app, &error);
    }
}

static void pick(struct mu_app *app, void *state)
{
    struct teams *self = state;
    enum mu_language language = mu_app_language(app);
    const struct mu_pick picks[] = {
        {.code = DO_VOLUNTEERS, .text = mu_message_text(MU_SAY_teams_pick_volunteers, language)},
        {.code = DO_ENDED,
         .text = mu_message_text(self->ended ? MU_SAY_teams_pick_current : MU_SAY_teams_pick_ended,
                                 language)},
    };

    mu_app_pick(app, mu_message_text(MU_SAY_teams_title, language), picks,
                sizeof picks / sizeof *picks, DO_VOLUNTEERS, picked, self);
}

static void undo(struct mu_app *app, void *state)
{
    mu_ask_undo(app, read_teams, state);
}

static const struct mu_list_key teams_key[] = {
    {MU_DO_accept, open_team, MU_SAY_teams_open_label, true, 0, 0},
    {MU_DO_save, edit, MU_SAY_teams_edit_label, true, MU_SAY_error_may_manage_teams,
     MU_MAY_manage_teams},
    {MU_DO_new, add, MU_SAY_teams_new_label, false, MU_SAY_error_may_manage_teams,
     MU_MAY_manage_teams},
    {MU_DO_choose, pick, MU_SAY_alerts_more_label, false, 0, 0},
    {MU_DO_undo, undo, 0, false, 0, 0},
};

static const struct mu_list_keys teams_keys = {teams_key, sizeof teams_key / sizeof *teams_key,
                                               read_teams, NULL};

static bool teams_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct teams *self = state;

    return mu_list_keys_event(&teams_keys, app, self, &self->list, event);
}

static struct mu_offer teams_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct teams *self = state;

    return mu_list_keys_offer(&teams_keys, app, &self->list, action);
}

/* ---- drawing ---- */

enum { NAME, LEADER, PEOPLE, DUTIES, FOUNDED, ENDED };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_team_name, 16, 30, 0, MU_MARK, false},
    [LEADER] = {MU_SAY_teams_leader_column, 10, 16, 0, MU_MARK, false},
    [PEOPLE] = {MU_SAY_teams_people_column, 6, 6, 0, MU_RIGHT, false},
    [DUTIES] = {MU_SAY_teams_duties_column, 6, 6, 0, MU_RIGHT, false},
    [FOUNDED] = {MU_SAY_field_founded_on, 10, 10, 1, MU_WHOLE, false},
    [ENDED] = {MU_SAY_field_team_ended_on, 10, 10, 2, MU_WHOLE, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_team_entry *entry = &((struct teams *)context)->entry[row];
    char day[MU_DATE_SIZE];

    (void)language;
    if (column == NAME) {
        mu_text_copy(out, size, entry->team.name);
    } else if (column == LEADER) {
        mu_text_copy(out, size, entry->leader);
    } else if (column == PEOPLE || column == DUTIES) {
        snprintf(out, size, "%d", column == PEOPLE ? entry->people : entry->duties);
    } else {
        mu_date_format(column == FOUNDED ? entry->team.founded_on : entry->team.ended_on, day);
        mu_text_copy(out, size, day);
    }
    if (mu_date_known(entry->team.ended_on))
        *style = MU_STYLE_DIM;
}

static const struct mu_list_source source = {.cell = cell};

static void teams_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    struct teams *self = state;
    char line[256], number[2][MU_COUNT_SIZE];
    int64_t people = 0;

    for (size_t i = 0; i < self->count; i++)
        people += self->entry[i].people;
    mu_count_text((int64_t)self->count, number[0]);
    mu_count_text(people, number[1]);
    mu_message_format(line, sizeof line, mu_app_language(app), MU_SAY_teams_line, number[0],
                      number[1], NULL);
    mu_app_draw_list(app, &self->list, grid, layout, line, self->failed ? &self->error : NULL,
                     MU_SAY_teams_hint);
}

static bool teams_tick(struct mu_app *app, void *state)
{
    struct teams *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_teams(app, self);
    return true;
}

static void teams_close(struct mu_app *app, void *state)
{
    struct teams *self = state;

    (void)app;
    free(self->entry);
    free(self);
}

static const struct mu_screen_type teams_type = {
    .name = "teams",
    .title = MU_SAY_teams_title,
    .event = teams_event,
    .draw = teams_draw,
    .offer = teams_offer,
    .typing = mu_typing_keys,
    .tick = teams_tick,
    .resume = read_teams,
    .close = teams_close,
};

enum mu_status mu_open_teams(struct mu_app *app, struct mu_error *error)
{
    struct teams *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    self->list.empty = MU_SAY_teams_empty;
    self->seen = mu_screens_of(app)->changes;
    read_teams(app, self);
    return mu_app_push(app, &teams_type, self, error);
}
