#include "tui/screens/records.h"
#include "tui/screens/screens.h"
#include "tui/screens/volunteer.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/team.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Who belongs to a team. */
struct team_page {
    struct mu_records records; /* of struct mu_membership */
    struct mu_team team;
    int duties;
    bool past;
    struct mu_membership leaving; /* that is being asked about */
};

static bool take(void *context, const struct mu_membership *membership)
{
    return mu_records_add(context, membership) != NULL;
}

/* A team that so far only the rule book names gets its number with the first who joins; one that is
 * renamed keeps it. */
static enum mu_status find_team(struct mu_desk *desk, struct mu_team *team, struct mu_error *error)
{
    return team->id ? mu_read_team_by_id(desk, team->id, team, error)
                    : mu_read_team(desk, team->name, team, error);
}

static enum mu_status read_members(struct mu_app *app, void *state, struct mu_error *error)
{
    struct team_page *self = state;
    struct mu_desk *desk = mu_screens_desk(app);
    const struct mu_rules *rules;
    enum mu_status status = find_team(desk, &self->team, error);

    self->duties = 0;
    if (status == MU_OK && self->team.id)
        status = mu_list_members(desk, self->team.id, self->past, take, state, error);
    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    for (size_t i = 0; status == MU_OK && i < rules->points.duty_count; i++)
        self->duties += strcmp(rules->points.duties[i].team, self->team.name) == 0;
    return status;
}

static const struct mu_membership *chosen(const struct team_page *self)
{
    return mu_records_chosen(&self->records);
}

static void join(struct mu_app *app, struct team_page *self, int64_t id, const char *name, int role)
{
    struct mu_error error;

    if (mu_join_team(mu_screens_desk(app), self->team.name, id, role, (struct mu_date){0, 0, 0},
                     &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_team_joined, name, self->team.name,
                   mu_choice_word(&mu_team_roles, role, mu_app_language(app)), NULL);
    mu_records_read(app, self);
}

static void found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    join(app, state, resident->id, resident->name, MU_TEAM_MEMBER);
}

static void add(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_find_for(app, found, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void open_volunteer(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_volunteer(app, chosen(state)->resident_id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void last_day_given(struct mu_app *app, void *state, const char *text)
{
    struct team_page *self = state;
    struct mu_date until = mu_app_now(app).date;
    struct mu_error error;

    if (!text)
        return;
    if (*text && !mu_date_parse(text, until, &until)) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_error_date, NULL);
        return;
    }
    if (mu_leave_team(mu_screens_desk(app), self->team.name, self->leaving.resident_id, until,
                      &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_team_left, self->leaving.name, self->team.name, NULL);
    mu_records_read(app, self);
}

static void ask_leave(struct mu_app *app, void *state)
{
    struct team_page *self = state;
    char question[512];

    self->leaving = *chosen(self);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_team_ask_leave,
                      self->leaving.name, self->team.name, NULL);
    mu_app_prompt(app, question, 24, false, last_day_given, self);
}

/* The duties, as the book in force says them. */
static void show_duties(struct mu_app *app, const struct team_page *self)
{
    const struct mu_rules *rules;
    struct mu_error error;
    char text[16384] = "", line[256], points[MU_COUNT_SIZE];
    size_t used = 0, length;

    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    for (size_t i = 0; i < rules->points.duty_count; i++) {
        const struct mu_duty *duty = &rules->points.duties[i];

        if (strcmp(duty->team, self->team.name) != 0)
            continue;
        mu_count_text(duty->per_hour ? duty->per_hour : duty->per_time, points);
        mu_message_format(line, sizeof line, mu_app_language(app),
                          duty->per_hour ? MU_SAY_team_duty_hour : MU_SAY_team_duty_time,
                          duty->name, points, NULL);
        length = (size_t)snprintf(text + used, sizeof text - used, "%s\n", line);
        if (length >= sizeof text - used)
            break;
        used += length;
    }
    mu_app_read(app, self->team.name, text);
}

enum { DO_LEADER, DO_DEPUTY, DO_MEMBER, DO_LEAVE, DO_DUTIES, DO_EDIT, DO_PAST };

static void picked(struct mu_app *app, void *state, bool agreed, int code)
{
    static const int roles[] = {
        [DO_LEADER] = MU_TEAM_LEADER, [DO_DEPUTY] = MU_TEAM_DEPUTY, [DO_MEMBER] = MU_TEAM_MEMBER};
    struct team_page *self = state;
    struct mu_error error;

    if (!agreed)
        return;
    if (code <= DO_MEMBER) {
        const struct mu_membership member = *chosen(self);

        join(app, self, member.resident_id, member.name, roles[code]);
    } else if (code == DO_LEAVE) {
        ask_leave(app, self);
    } else if (code == DO_DUTIES) {
        show_duties(app, self);
    } else if (code == DO_PAST) {
        self->past = !self->past;
        mu_records_read(app, self);
    } else if (mu_open_team_form(app, &self->team, &error) != MU_OK) {
        mu_app_say_error(app, &error);
    }
}

static void pick(struct mu_app *app, void *state)
{
    struct team_page *self = state;
    enum mu_language language = mu_app_language(app);
    const enum mu_message words[] = {[DO_LEADER] = MU_SAY_team_pick_leader,
                                     [DO_DEPUTY] = MU_SAY_team_pick_deputy,
                                     [DO_MEMBER] = MU_SAY_team_pick_member,
                                     [DO_LEAVE] = MU_SAY_team_pick_leave,
                                     [DO_DUTIES] = MU_SAY_team_pick_duties,
                                     [DO_EDIT] = MU_SAY_team_pick_edit,
                                     [DO_PAST] = self->past ? MU_SAY_team_pick_current
                                                            : MU_SAY_team_pick_past};
    struct mu_pick picks[DO_PAST + 1];
    bool member = self->records.count && !mu_date_known(chosen(self)->until);
    size_t count = 0;

    for (int code = member ? DO_LEADER : DO_DUTIES; code <= DO_PAST; code++)
        picks[count++] =
            (struct mu_pick){.code = code, .text = mu_message_text(words[code], language)};
    mu_app_pick(app, member ? chosen(self)->name : self->team.name, picks, count,
                member ? DO_LEADER : DO_DUTIES, picked, self);
}

static const struct mu_list_key page_key[] = {
    {MU_DO_accept, open_volunteer, MU_SAY_team_open_label, true, 0, 0},
    {MU_DO_new, add, MU_SAY_team_join_label, false, MU_SAY_error_may_manage_teams,
     MU_MAY_manage_teams},
    {MU_DO_choose, pick, MU_SAY_alerts_more_label, false, 0, 0},
    {MU_DO_delete, ask_leave, 0, true, MU_SAY_error_may_manage_teams, MU_MAY_manage_teams},
    {MU_DO_undo, mu_records_undo, 0, false, 0, 0},
};

/* ---- drawing ---- */

enum { NAME, ROLE, FROM, UNTIL };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_name, 12, 30, 0, MU_MARK, false},
    [ROLE] = {MU_SAY_team_role_column, 8, 10, 0, MU_MARK, false},
    [FROM] = {MU_SAY_team_from_column, 10, 10, 0, MU_WHOLE, false},
    [UNTIL] = {MU_SAY_team_until_column, 10, 10, 0, MU_WHOLE, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_membership *member = mu_records_row(context, row);
    char day[MU_DATE_SIZE];

    if (column == NAME) {
        mu_text_copy(out, size, member->name);
    } else if (column == ROLE) {
        mu_text_copy(out, size, mu_choice_word(&mu_team_roles, member->role, language));
    } else {
        mu_date_format(column == FROM ? member->from : member->until, day);
        mu_text_copy(out, size, day);
    }
    if (mu_date_known(member->until))
        *style = MU_STYLE_DIM;
}

static void page_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct team_page *self = state;
    char line[512], day[MU_DATE_SIZE], number[2][MU_COUNT_SIZE];

    mu_count_text((int64_t)self->records.count, number[0]);
    mu_count_text(self->duties, number[1]);
    mu_date_format(self->team.ended_on, day);
    mu_message_format(line, sizeof line, mu_app_language(app),
                      *day ? MU_SAY_team_line_ended : MU_SAY_team_line, self->team.name, number[0],
                      number[1], day, NULL);
    mu_records_draw(&self->records, app, grid, layout, line, MU_SAY_team_hint);
}

static void page_subject(struct mu_app *app, const void *state, char *out, size_t size)
{
    const struct team_page *self = state;

    (void)app;
    mu_text_copy(out, size, self->team.name);
}

static const struct mu_screen_type page_type = {
    .name = "team_page",
    .title = MU_SAY_team_title,
    .event = mu_records_event,
    .draw = page_draw,
    .offer = mu_records_offer,
    .typing = mu_typing_keys,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .subject = page_subject,
    .close = mu_records_close,
};

static const struct mu_records_kind page_kind = {
    .type = &page_type,
    .row_size = sizeof(struct mu_membership),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_team_empty,
    .keys = page_key,
    .key_count = sizeof page_key / sizeof *page_key,
    .read = read_members,
};

enum mu_status mu_open_team_page(struct mu_app *app, const char *name, struct mu_error *error)
{
    struct team_page *self = calloc(1, sizeof *self);

    if (self)
        mu_text_copy(self->team.name, sizeof self->team.name, name);
    return mu_records_open(app, &page_kind, self, error);
}
