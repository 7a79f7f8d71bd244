#include "tui/screens/record_form.h"
#include "tui/screens/records.h"
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
    struct mu_records records; /* of struct mu_team_entry */
    bool ended;
};

static bool take(void *context, const struct mu_team_entry *entry)
{
    return mu_records_add(context, entry) != NULL;
}

static enum mu_status read_teams(struct mu_app *app, void *state, struct mu_error *error)
{
    const struct teams *self = state;

    return mu_list_teams(mu_screens_desk(app), self->ended, take, state, error);
}

static const struct mu_team_entry *chosen(const struct teams *self)
{
    return mu_records_chosen(&self->records);
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

static const struct mu_record_form new_form = {
    .name = "new_team_form",
    .title = MU_SAY_team_form_title,
    .line = MU_SAY_team_form_new,
    .fields = mu_team_fields,
    .count = &mu_team_field_count,
    .size = sizeof(struct mu_team),
    .save = form_save,
    .say_saved = form_say_saved,
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
        mu_records_read(app, self);
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

static const struct mu_list_key teams_key[] = {
    {MU_DO_accept, open_team, MU_SAY_teams_open_label, true, 0, 0},
    {MU_DO_save, edit, MU_SAY_teams_edit_label, true, MU_SAY_error_may_manage_teams,
     MU_MAY_manage_teams},
    {MU_DO_new, add, MU_SAY_teams_new_label, false, MU_SAY_error_may_manage_teams,
     MU_MAY_manage_teams},
    {MU_DO_choose, pick, MU_SAY_alerts_more_label, false, 0, 0},
    {MU_DO_undo, mu_records_undo, 0, false, 0, 0},
};

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
    const struct mu_team_entry *entry = mu_records_row(context, row);
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

static void teams_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    struct teams *self = state;
    char line[256], number[2][MU_COUNT_SIZE];
    const struct mu_team_entry *entry = self->records.row;
    int64_t people = 0;

    for (size_t i = 0; i < self->records.count; i++)
        people += entry[i].people;
    mu_count_text((int64_t)self->records.count, number[0]);
    mu_count_text(people, number[1]);
    mu_message_format(line, sizeof line, mu_app_language(app), MU_SAY_teams_line, number[0],
                      number[1], NULL);
    mu_records_draw(&self->records, app, grid, layout, line, MU_SAY_teams_hint);
}

static const struct mu_screen_type teams_type = {
    .name = "teams",
    .title = MU_SAY_teams_title,
    .event = mu_records_event,
    .draw = teams_draw,
    .offer = mu_records_offer,
    .typing = mu_typing_keys,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = mu_records_close,
};

static const struct mu_records_kind teams_kind = {
    .type = &teams_type,
    .row_size = sizeof(struct mu_team_entry),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_teams_empty,
    .keys = teams_key,
    .key_count = sizeof teams_key / sizeof *teams_key,
    .read = read_teams,
};

enum mu_status mu_open_teams(struct mu_app *app, struct mu_error *error)
{
    return mu_records_open(app, &teams_kind, calloc(1, sizeof(struct teams)), error);
}
