#include "tui/screens/records.h"
#include "tui/screens/screens.h"
#include "tui/screens/volunteer.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/report/points.h>
#include <mulin/report/tally.h>

#include <stdlib.h>

/* Everybody who registered as a volunteer. */
struct volunteers {
    struct mu_records records; /* of struct mu_volunteer_entry */
    char skill[MU_TAGS_SIZE];
    struct mu_volunteer_query query;
};

static bool take(void *context, const struct mu_volunteer_entry *entry)
{
    return mu_records_add(context, entry) != NULL;
}

static enum mu_status read_all(struct mu_app *app, void *state, struct mu_error *error)
{
    struct volunteers *self = state;

    self->query.skill = self->skill;
    return mu_list_volunteers(mu_screens_desk(app), &self->query, take, state, error);
}

static void open_one(struct mu_app *app, void *state)
{
    const struct mu_volunteer_entry *entry = mu_records_chosen(state);
    struct mu_error error;

    if (mu_open_volunteer(app, entry->resident_id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct mu_error error;

    (void)state;
    if (mu_open_volunteer_form(app, resident->id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void add(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_find_for(app, found, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void skill_given(struct mu_app *app, void *state, const char *text)
{
    struct volunteers *self = state;

    if (!text)
        return;
    mu_text_copy(self->skill, sizeof self->skill, text);
    mu_records_read(app, self);
}

enum { DO_SKILL, DO_FILE, DO_POINTS, DO_HOURS, DO_LEFT, DO_TEAMS };

static void picked(struct mu_app *app, void *state, bool agreed, int code)
{
    static const enum mu_volunteer_order orders[] = {[DO_FILE] = MU_VOLUNTEERS_BY_FILE,
                                                     [DO_POINTS] = MU_VOLUNTEERS_BY_POINTS,
                                                     [DO_HOURS] = MU_VOLUNTEERS_BY_HOURS};
    struct volunteers *self = state;
    struct mu_error error;

    if (!agreed)
        return;
    switch (code) {
    case DO_SKILL:
        mu_app_prompt(app, mu_message_text(MU_SAY_volunteers_ask_skill, mu_app_language(app)),
                      MU_TAGS_SIZE, false, skill_given, self);
        break;
    case DO_TEAMS:
        if (mu_open_teams(app, &error) != MU_OK)
            mu_app_say_error(app, &error);
        break;
    case DO_LEFT:
        self->query.left = !self->query.left;
        mu_records_read(app, self);
        break;
    default:
        self->query.order = orders[code];
        self->records.list.cursor = 0;
        mu_records_read(app, self);
        break;
    }
}

static void pick(struct mu_app *app, void *state)
{
    struct volunteers *self = state;
    enum mu_language language = mu_app_language(app);
    const enum mu_message words[] = {[DO_SKILL] = MU_SAY_volunteers_pick_skill,
                                     [DO_FILE] = MU_SAY_volunteers_pick_file,
                                     [DO_POINTS] = MU_SAY_volunteers_pick_points,
                                     [DO_HOURS] = MU_SAY_volunteers_pick_hours,
                                     [DO_LEFT] = self->query.left ? MU_SAY_volunteers_pick_current
                                                                  : MU_SAY_volunteers_pick_left,
                                     [DO_TEAMS] = MU_SAY_volunteers_pick_teams};
    struct mu_pick picks[DO_TEAMS + 1];

    for (int code = 0; code <= DO_TEAMS; code++)
        picks[code] =
            (struct mu_pick){.code = code, .text = mu_message_text(words[code], language)};
    mu_app_pick(app, mu_message_text(MU_SAY_volunteers_title, language), picks, DO_TEAMS + 1,
                DO_SKILL, picked, self);
}

static const struct mu_list_key all_key[] = {
    {MU_DO_accept, open_one, MU_SAY_team_open_label, true, 0, 0},
    {MU_DO_new, add, MU_SAY_volunteers_new_label, false, MU_SAY_error_may_manage_teams,
     MU_MAY_manage_teams},
    {MU_DO_choose, pick, MU_SAY_alerts_more_label, false, 0, 0},
    {MU_DO_undo, mu_records_undo, 0, false, 0, 0},
};

/* ---- drawing ---- */

enum { NAME, POINTS, HOURS, STARS, TEAMS, SKILLS };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_name, 10, 16, 0, MU_MARK, false},
    [POINTS] = {MU_SAY_volunteers_points_column, 8, 8, 0, MU_RIGHT, false},
    [HOURS] = {MU_SAY_volunteers_hours_column, 8, 8, 0, MU_RIGHT, false},
    [STARS] = {MU_SAY_volunteers_stars_column, 6, 10, 1, MU_MARK, false},
    [TEAMS] = {MU_SAY_field_memberships, 14, 30, 0, MU_MARK, false},
    [SKILLS] = {MU_SAY_field_skills, 12, 40, 2, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_volunteer_entry *entry = mu_records_row(context, row);
    char points[MU_POINTS_SIZE], served[MU_SERVED_SIZE], stars[MU_STARS_SIZE];

    (void)language;
    mu_points_format(entry->sum.balance, points);
    mu_served_text(entry->sum.minutes, served);
    mu_stars_text(entry->stars, stars);
    const char *const texts[] = {
        [NAME] = entry->name, [POINTS] = points,      [HOURS] = served,
        [STARS] = stars,      [TEAMS] = entry->teams, [SKILLS] = entry->volunteer.skills};

    mu_text_copy(out, size, texts[column]);
    if (mu_date_known(entry->volunteer.left_on))
        *style = MU_STYLE_DIM;
}

static void all_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                     const struct mu_layout *layout)
{
    struct volunteers *self = state;
    char line[512], number[MU_COUNT_SIZE];

    mu_count_text((int64_t)self->records.count, number);
    mu_message_format(line, sizeof line, mu_app_language(app),
                      *self->skill ? MU_SAY_volunteers_line_skill : MU_SAY_volunteers_line, number,
                      self->skill, NULL);
    mu_records_draw(&self->records, app, grid, layout, line, MU_SAY_volunteers_hint);
}

static const struct mu_screen_type all_type = {
    .name = "volunteers",
    .title = MU_SAY_volunteers_title,
    .event = mu_records_event,
    .draw = all_draw,
    .offer = mu_records_offer,
    .typing = mu_typing_keys,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = mu_records_close,
};

static const struct mu_records_kind all_kind = {
    .type = &all_type,
    .row_size = sizeof(struct mu_volunteer_entry),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_volunteers_empty,
    .keys = all_key,
    .key_count = sizeof all_key / sizeof *all_key,
    .read = read_all,
};

enum mu_status mu_open_volunteers(struct mu_app *app, struct mu_error *error)
{
    return mu_records_open(app, &all_kind, calloc(1, sizeof(struct volunteers)), error);
}
