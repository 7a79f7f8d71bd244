#include "tui/screens/volunteer.h"

#include "tui/screens/record_form.h"
#include "tui/screens/records.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/register.h>
#include <mulin/desk/team.h>
#include <mulin/domain/points.h>
#include <mulin/report/points.h>
#include <mulin/report/tally.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LATEST = 30, WHEN_SIZE = 2 * MU_DATE_SIZE + 4 };

/* One line of the page: of the registration, a team, an award, a certificate or a service. */
struct line {
    enum mu_message part;
    char when[WHEN_SIZE];
    char what[MU_RULE_NAME_SIZE];
    char more[MU_NOTE_SIZE];
};

struct volunteer {
    struct mu_records records; /* of struct line */
    int64_t id;
    char name[MU_PERSON_NAME_SIZE];
    struct mu_volunteer_file file;
    const struct mu_rules *rules; /* while lines are gathered */
    enum mu_language language;
};

/* ---- what stands on it ---- */

void mu_volunteer_line(const struct mu_volunteer_file *file, enum mu_language language, char *out)
{
    char points[MU_POINTS_SIZE], earned[MU_POINTS_SIZE], served[MU_SERVED_SIZE],
        stars[MU_STARS_SIZE];

    mu_points_format(file->sum.balance, points);
    mu_points_format(file->sum.earned, earned);
    mu_served_text(file->sum.minutes, served);
    mu_stars_text(file->stars, stars);
    mu_message_format(out, MU_VOLUNTEER_LINE_SIZE, language, MU_SAY_volunteer_sum, points, earned,
                      *served ? served : "0:00", *stars ? stars : "—", NULL);
}

void mu_volunteer_line_of(struct mu_app *app, int64_t resident_id, char *out)
{
    struct mu_volunteer_file file;

    *out = '\0';
    if (mu_read_volunteer(mu_screens_desk(app), resident_id, &file, NULL) == MU_OK &&
        (mu_date_known(file.volunteer.registered_on) || file.sum.earned.count))
        mu_volunteer_line(&file, mu_app_language(app), out);
}

static void write_days(struct mu_date from, struct mu_date until, char out[WHEN_SIZE])
{
    char first[MU_DATE_SIZE], last[MU_DATE_SIZE];

    mu_date_format(from, first);
    mu_date_format(until, last);
    snprintf(out, WHEN_SIZE, "%s～%s", first, last);
}

/* One more line, empty but for its part; NULL without memory. */
static struct line *add(struct volunteer *self, enum mu_message part)
{
    return mu_records_add(&self->records, &(struct line){.part = part});
}

static void add_registration(struct volunteer *self)
{
    char value[MU_NOTE_SIZE];

    for (size_t i = 0; i < mu_volunteer_field_count; i++) {
        const struct mu_field *field = &mu_volunteer_fields[i];
        struct line *line;

        mu_field_write(field, &self->file.volunteer, self->language, value, sizeof value);
        line = *value ? add(self, MU_SAY_volunteer_part_registered) : NULL;
        if (!line)
            continue;
        mu_text_copy(line->what, sizeof line->what, mu_message_text(field->label, self->language));
        mu_text_copy(line->more, sizeof line->more, value);
    }
}

static bool add_team(void *context, const struct mu_membership *membership)
{
    struct volunteer *self = context;
    struct line *line = add(self, MU_SAY_volunteer_part_teams);

    if (!line)
        return false;
    write_days(membership->from, membership->until, line->when);
    mu_text_copy(line->what, sizeof line->what, membership->team);
    mu_text_copy(line->more, sizeof line->more,
                 mu_choice_word(&mu_team_roles, membership->role, self->language));
    return true;
}

static bool add_award(void *context, const struct mu_award *award)
{
    struct line *line = add(context, MU_SAY_volunteer_part_awards);

    if (!line)
        return false;
    mu_month_format(mu_month_first(award->month), line->when);
    mu_text_copy(line->what, sizeof line->what, award->name);
    mu_text_copy(line->more, sizeof line->more, award->note);
    return true;
}

static bool add_certificate(void *context, const struct mu_certificate_line *certificate)
{
    struct line *line = add(context, MU_SAY_volunteer_part_certificates);

    if (!line)
        return false;
    write_days(certificate->from, certificate->to, line->when);
    mu_text_copy(line->what, sizeof line->what, certificate->number);
    mu_served_text(certificate->minutes, line->more);
    return true;
}

static bool add_service(void *context, const struct mu_service *service)
{
    struct volunteer *self = context;
    const struct mu_duty *duty = mu_rules_duty(self->rules, service->duty);
    struct line *line = add(self, MU_SAY_volunteer_part_services);
    char points[MU_POINTS_SIZE], served[MU_SERVED_SIZE];

    if (!line)
        return false;
    mu_points_format(service->points, points);
    mu_served_text(service->minutes, served);
    mu_date_format(service->date, line->when);
    mu_text_copy(line->what, sizeof line->what, duty ? duty->name : service->duty);
    mu_message_format(line->more, sizeof line->more, self->language, MU_SAY_volunteer_service,
                      points, served, service->place, NULL);
    return true;
}

static enum mu_status read_lines(struct mu_desk *desk, struct volunteer *self,
                                 struct mu_error *error)
{
    enum mu_status status = mu_read_volunteer(desk, self->id, &self->file, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &self->rules, NULL, error);
    if (status != MU_OK)
        return status;
    add_registration(self);
    status = mu_list_memberships(desk, self->id, add_team, self, error);
    if (status == MU_OK)
        status = mu_list_awards(desk, self->id, add_award, self, error);
    if (status == MU_OK)
        status = mu_list_certificates_of(desk, self->id, add_certificate, self, error);
    if (status == MU_OK)
        status = mu_list_latest_services(desk, self->id, LATEST, add_service, self, error);
    return status;
}

static enum mu_status read_page(struct mu_app *app, void *state, struct mu_error *error)
{
    struct volunteer *self = state;
    enum mu_status status;

    self->language = mu_app_language(app);
    status = read_lines(mu_screens_desk(app), self, error);
    self->rules = NULL;
    return status;
}

/* ---- the form ---- */

static enum mu_status form_read(struct mu_app *app, const void *like, void *out,
                                struct mu_error *error)
{
    struct mu_volunteer_file file;
    enum mu_status status = mu_read_volunteer(
        mu_screens_desk(app), ((const struct mu_volunteer *)like)->resident_id, &file, error);

    if (status == MU_OK)
        memcpy(out, &file.volunteer, sizeof file.volunteer);
    return status;
}

static enum mu_status form_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    return mu_save_volunteer(mu_screens_desk(app), record, field, error);
}

static const struct mu_record_form form = {
    .name = "volunteer_form",
    .title = MU_SAY_volunteer_form_title,
    .line = MU_SAY_volunteer_form_line,
    .saved = MU_SAY_volunteer_saved,
    .fields = mu_volunteer_fields,
    .count = &mu_volunteer_field_count,
    .size = sizeof(struct mu_volunteer),
    .read = form_read,
    .save = form_save,
};

enum mu_status mu_open_volunteer_form(struct mu_app *app, int64_t resident_id,
                                      struct mu_error *error)
{
    struct mu_resident person;
    struct mu_volunteer_file file;
    char number[24];
    enum mu_status status = mu_read_volunteer(mu_screens_desk(app), resident_id, &file, error);

    if (status == MU_OK)
        status = mu_read_resident(mu_screens_desk(app), resident_id, &person, error);
    if (status != MU_OK)
        return status;
    if (!mu_date_known(file.volunteer.registered_on))
        file.volunteer.registered_on = mu_app_now(app).date;
    snprintf(number, sizeof number, "%" PRId64, resident_id);
    return mu_open_record_form(app, &form, &file.volunteer, number, person.name, error);
}

/* ---- keys ---- */

static void edit(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_volunteer_form(app, ((const struct volunteer *)state)->id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void award_given(struct mu_app *app, void *state, const char *text)
{
    struct volunteer *self = state;
    struct mu_award award = {.resident_id = self->id};
    struct mu_error error;

    if (!text)
        return;
    mu_text_copy(award.name, sizeof award.name, text);
    if (mu_give_award(mu_screens_desk(app), &award, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_award_given, self->name, award.name, NULL);
    mu_records_read(app, self);
}

static void ask_award(struct mu_app *app, void *state)
{
    struct volunteer *self = state;
    char question[256];

    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_volunteer_ask_award,
                      self->name, NULL);
    mu_app_prompt(app, question, MU_RULE_NAME_SIZE, true, award_given, self);
}

enum { DO_STATEMENT, DO_CERTIFICATE, DO_FILE };

static void picked(struct mu_app *app, void *state, bool agreed, int code)
{
    const struct volunteer *self = state;
    struct mu_error error;
    enum mu_status status = MU_OK;

    if (!agreed)
        return;
    if (code == DO_STATEMENT)
        status = mu_open_points_statement(app, self->id, 0, &error);
    else if (code == DO_CERTIFICATE)
        status = mu_open_certificate(app, self->id, &error);
    else
        status = mu_open_resident_file(app, self->id, &error);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

static void pick(struct mu_app *app, void *state)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_pick picks[] = {
        {.code = DO_STATEMENT, .text = mu_message_text(MU_SAY_volunteer_pick_statement, language)},
        {.code = DO_CERTIFICATE,
         .text = mu_message_text(MU_SAY_volunteer_pick_certificate, language)},
        {.code = DO_FILE, .text = mu_message_text(MU_SAY_alert_pick_file, language)},
    };

    mu_app_pick(app, ((struct volunteer *)state)->name, picks, sizeof picks / sizeof *picks,
                DO_STATEMENT, picked, state);
}

static const struct mu_list_key page_key[] = {
    {MU_DO_save, edit, MU_SAY_volunteer_edit_label, false, MU_SAY_error_may_manage_teams,
     MU_MAY_manage_teams},
    {MU_DO_new, ask_award, MU_SAY_volunteer_award_label, false, MU_SAY_error_may_manage_teams,
     MU_MAY_manage_teams},
    {MU_DO_choose, pick, MU_SAY_alerts_more_label, false, 0, 0},
    {MU_DO_undo, mu_records_undo, 0, false, 0, 0},
};

/* ---- drawing ---- */

enum { PART, WHEN, WHAT, MORE };

static const struct mu_column columns[] = {
    [PART] = {MU_SAY_volunteer_part_column, 12, 12, 1, MU_MARK, false},
    [WHEN] = {MU_SAY_volunteer_when_column, 22, 22, 0, MU_MARK, false},
    [WHAT] = {MU_SAY_volunteer_what_column, 14, 24, 0, MU_MARK, false},
    [MORE] = {MU_SAY_field_note, 12, 60, 0, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct line *line = mu_records_row(context, row);
    bool first = row == 0 || line[-1].part != line->part;

    if (column == PART) {
        mu_text_copy(out, size, first ? mu_message_text(line->part, language) : "");
        *style = MU_STYLE_LABEL;
    } else {
        mu_text_copy(out, size,
                     column == WHEN   ? line->when
                     : column == WHAT ? line->what
                                      : line->more);
    }
}

static void page_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct volunteer *self = state;
    char sum[MU_VOLUNTEER_LINE_SIZE], line[MU_VOLUNTEER_LINE_SIZE + MU_PERSON_NAME_SIZE + 4];

    mu_volunteer_line(&self->file, mu_app_language(app), sum);
    snprintf(line, sizeof line, "%s  %s", self->name, sum);
    mu_records_draw(&self->records, app, grid, layout, line, MU_SAY_volunteer_hint);
}

static void page_subject(struct mu_app *app, const void *state, char *out, size_t size)
{
    (void)app;
    mu_text_copy(out, size, ((const struct volunteer *)state)->name);
}

static const struct mu_screen_type page_type = {
    .name = "volunteer",
    .title = MU_SAY_volunteer_title,
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
    .row_size = sizeof(struct line),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_volunteer_empty,
    .keys = page_key,
    .key_count = sizeof page_key / sizeof *page_key,
    .read = read_page,
};

enum mu_status mu_open_volunteer(struct mu_app *app, int64_t resident_id, struct mu_error *error)
{
    struct mu_resident person;
    enum mu_status status = mu_read_resident(mu_screens_desk(app), resident_id, &person, error);
    struct volunteer *self;

    if (status != MU_OK)
        return status;
    self = calloc(1, sizeof *self);
    if (self) {
        self->id = resident_id;
        mu_text_copy(self->name, sizeof self->name, person.name);
    }
    mu_screens_remember(app, resident_id);
    return mu_records_open(app, &page_kind, self, error);
}
