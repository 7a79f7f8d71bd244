#include "tui/screens/person.h"
#include "tui/screens/record_form.h"
#include "tui/screens/records.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/alert.h>
#include <mulin/desk/audit.h>
#include <mulin/desk/operators.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct alerts {
    struct mu_records records;   /* of struct mu_alert_case */
    bool all;                    /* answered ones too */
    struct mu_alert_case chosen; /* the row at the cursor with everything; id 0: none */
    const char *revealing;       /* key of the phone that a reason is asked for, */
    int64_t revealed;            /* and whose it is */
    struct mu_date today;
};

/* ---- the answer ---- */

struct answer_record {
    struct mu_alert_answer answer; /* first: the field table stands over it */
    int64_t alert_id;
    char name[MU_PERSON_NAME_SIZE];
};

static enum mu_status answer_save(struct mu_app *app, void *record, const char **field,
                                  struct mu_error *error)
{
    const struct answer_record *self = record;

    return mu_answer_alert(mu_screens_desk(app), self->alert_id, &self->answer, field, NULL, error);
}

static void answer_saved(struct mu_app *app, const void *record)
{
    const struct answer_record *self = record;

    mu_app_say(app, MU_TONE_GOOD, MU_SAY_alert_answered, self->name,
               mu_choice_word(&mu_outcomes, self->answer.outcome, mu_app_language(app)), NULL);
}

static const struct mu_record_form answer_form = {
    .name = "alert_form",
    .title = MU_SAY_alert_form_title,
    .line = MU_SAY_alert_form_line,
    .fields = mu_alert_answer_fields,
    .count = &mu_alert_answer_field_count,
    .size = sizeof(struct answer_record),
    .save = answer_save,
    .say_saved = answer_saved,
};

static void answer(struct mu_app *app, void *state)
{
    const struct mu_alert_case *at = mu_records_chosen(state);
    const struct mu_alert *alert = &at->alert;
    struct answer_record record = {.alert_id = alert->id};
    char number[MU_COUNT_SIZE];
    struct mu_error error;
    enum mu_status status = mu_desk_ask(mu_screens_desk(app), MU_MAY_answer_alert, &error);

    if (status == MU_OK && alert->outcome)
        status = mu_fail(&error, MU_REFUSED, MU_SAY_error_alert_answered, alert->name,
                         alert->answered_by, NULL);
    mu_text_copy(record.name, sizeof record.name, alert->name);
    snprintf(number, sizeof number, "%" PRId64, alert->id);
    if (status == MU_OK)
        status = mu_open_record_form(app, &answer_form, &record, number, record.name, &error);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

/* ---- the list ---- */

static bool take(void *context, const struct mu_alert_case *alert)
{
    return mu_records_add(context, alert) != NULL;
}

/* Reads the alert at the cursor with everything. */
static void look(struct mu_app *app, void *state)
{
    struct alerts *self = state;
    const struct mu_alert_case *at = mu_records_chosen(&self->records);
    struct mu_error error;

    self->chosen.alert.id = 0;
    if (at && mu_read_alert(mu_screens_desk(app), at->alert.id, &self->chosen, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static enum mu_status read_alerts(struct mu_app *app, void *state, struct mu_error *error)
{
    struct alerts *self = state;

    self->today = mu_app_now(app).date;
    return mu_list_alerts(mu_screens_desk(app), self->all, take, state, error);
}

/* ---- what else can be done ---- */

enum { DO_FILE, DO_PHONE, DO_GUARDIAN, DO_EMERGENCY, DO_OTHERS, CHOICES };

static void reason_given(struct mu_app *app, void *state, const char *text)
{
    struct alerts *self = state;
    char value[MU_PHONE_SIZE], title[256];
    struct mu_error error;

    if (!text)
        return;
    if (mu_reveal(mu_screens_desk(app), self->revealed, self->revealing, text, value, sizeof value,
                  &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_message_format(title, sizeof title, mu_app_language(app), MU_SAY_file_revealed,
                      self->chosen.resident.name, NULL);
    mu_app_read(app, title, value);
}

static void reveal(struct mu_app *app, struct alerts *self, const char *field)
{
    char question[256];

    self->revealing = field;
    self->revealed = self->chosen.resident.id;
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_file_ask_reason,
                      self->chosen.resident.name, NULL);
    mu_app_prompt(app, question, MU_REASON_SIZE, true, reason_given, self);
}

static void open_file(struct mu_app *app, const struct alerts *self)
{
    struct mu_error error;

    if (mu_open_resident_file(app, self->chosen.resident.id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct alerts *self = state;

    if (!chosen)
        return;
    switch (code) {
    case DO_FILE:
        open_file(app, self);
        break;
    case DO_PHONE:
        reveal(app, self, "phone");
        break;
    case DO_GUARDIAN:
        reveal(app, self, "guardian_phone");
        break;
    case DO_EMERGENCY:
        reveal(app, self, "emergency_phone");
        break;
    default:
        self->all = !self->all;
        self->records.list.cursor = 0;
        mu_records_read(app, self);
        break;
    }
}

static void add_pick(struct mu_pick *picks, size_t *count, int code, enum mu_message text,
                     enum mu_language language)
{
    picks[(*count)++] = (struct mu_pick){.code = code, .text = mu_message_text(text, language)};
}

static void pick(struct mu_app *app, void *state)
{
    struct alerts *self = state;
    enum mu_language language = mu_app_language(app);
    const struct mu_alert_case *at = &self->chosen;
    bool there = at->alert.id != 0;
    struct mu_pick picks[CHOICES];
    size_t count = 0;
    char title[256];

    if (there && *at->resident.phone)
        add_pick(picks, &count, DO_PHONE, MU_SAY_alert_pick_phone, language);
    if (there && *at->file.guardian_phone)
        add_pick(picks, &count, DO_GUARDIAN, MU_SAY_alert_pick_guardian, language);
    if (there && *at->file.emergency_phone)
        add_pick(picks, &count, DO_EMERGENCY, MU_SAY_alert_pick_emergency, language);
    if (there)
        add_pick(picks, &count, DO_FILE, MU_SAY_alert_pick_file, language);
    add_pick(picks, &count, DO_OTHERS,
             self->all ? MU_SAY_alert_pick_open : MU_SAY_alert_pick_answered, language);
    mu_message_format(title, sizeof title, language, MU_SAY_alert_pick_title,
                      there ? at->resident.name : mu_message_text(MU_SAY_alerts_title, language),
                      NULL);
    mu_app_pick(app, title, picks, count, picks[0].code, picked, self);
}

static const struct mu_list_key alerts_key[] = {
    {MU_DO_accept, answer, MU_SAY_alerts_answer_label, true, 0, 0},
    {MU_DO_choose, pick, MU_SAY_alerts_more_label, false, 0, 0},
};

/* ---- drawing ---- */

enum { NAME, WHAT, SINCE, LAST, OUTCOME, ADDRESS };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_name, 8, 8, 0, MU_MARK, false},
    [WHAT] = {MU_SAY_alerts_what_column, 14, 15, 0, MU_MARK, false},
    [SINCE] = {MU_SAY_alerts_since_column, 11, 11, 1, MU_MARK, false},
    [LAST] = {MU_SAY_alerts_last_column, 10, 10, 3, MU_MARK, false},
    [OUTCOME] = {MU_SAY_field_outcome, 10, 12, 2, MU_MARK, false},
    [ADDRESS] = {MU_SAY_person_address, 14, 30, 2, MU_MARK, false},
};

static void minute_text(struct mu_moment moment, char out[MU_MOMENT_SIZE])
{
    char clock[MU_CLOCK_SIZE], day[MU_DATE_SIZE];

    mu_date_format(moment.date, day);
    mu_clock_format(moment.minute, clock);
    /* The year is that of the meal beside it. */
    snprintf(out, MU_MOMENT_SIZE, "%s %s", *day ? day + 5 : "", clock);
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct alerts *self = context;
    const struct mu_alert_case *at = mu_records_row(&self->records, row);
    char text[MU_MOMENT_SIZE];

    switch (column) {
    case NAME:
        mu_text_copy(out, size, at->resident.name);
        break;
    case WHAT:
        snprintf(text, sizeof text, "%d", at->alert.missed);
        if (!at->alert.outcome)
            *style = MU_STYLE_WARNING;
        mu_message_format(out, size, language,
                          at->alert.cause == MU_ALERT_ABSENT ? MU_SAY_alert_absent
                                                             : MU_SAY_alert_no_answer,
                          text, NULL);
        break;
    case SINCE:
        minute_text(at->alert.opened_at, text);
        mu_text_copy(out, size, text);
        break;
    case LAST:
        mu_date_format(at->last_meal, text);
        mu_text_copy(out, size, *text ? text : mu_message_text(MU_SAY_alert_no_meal, language));
        break;
    case OUTCOME:
        mu_text_copy(out, size, mu_choice_word(&mu_outcomes, at->alert.outcome, language));
        break;
    default:
        mu_person_cell(&at->resident, self->today, MU_PERSON_ADDRESS, language, out, size, style);
        break;
    }
}

/* Where the next line about the alert goes. */
struct pen {
    struct mu_grid *grid;
    struct mu_area area;
    enum mu_language language;
};

static void put(struct pen *pen, const char *text, enum mu_style style)
{
    if (pen->area.rows < 1 || !*text)
        return;
    mu_grid_put(pen->grid, pen->area.row++, pen->area.column + 1, pen->area.columns - 1, text,
                MU_MARK, style);
    pen->area.rows--;
}

static void put_what(struct pen *pen, const struct mu_alert_case *at)
{
    char text[MU_MESSAGE_SIZE], day[MU_DATE_SIZE], count[16];

    mu_date_format(at->alert.date, day);
    snprintf(count, sizeof count, "%d", at->alert.missed);
    mu_message_format(text, sizeof text, pen->language,
                      at->alert.cause == MU_ALERT_ABSENT ? MU_SAY_alert_absent_whole
                                                         : MU_SAY_alert_no_answer_whole,
                      at->session_name, day, count, NULL);
    put(pen, text, MU_STYLE_WARNING);
    mu_date_format(at->last_meal, day);
    mu_message_format(text, sizeof text, pen->language, MU_SAY_alert_last_meal,
                      *day ? day : mu_message_text(MU_SAY_alert_no_meal, pen->language),
                      at->last_session_name, NULL);
    put(pen, text, MU_STYLE_NORMAL);
}

static void put_contact(struct pen *pen, enum mu_message label, const char *name, const char *phone)
{
    char text[MU_MESSAGE_SIZE];

    if (!*name && !*phone)
        return;
    mu_message_format(text, sizeof text, pen->language, MU_SAY_alert_contact,
                      mu_message_text(label, pen->language), name, phone, NULL);
    put(pen, text, MU_STYLE_NORMAL);
}

static void put_answer(struct pen *pen, const struct mu_alert *alert)
{
    char text[MU_MESSAGE_SIZE], moment[MU_MOMENT_SIZE], day[MU_DATE_SIZE];

    if (!alert->outcome)
        return;
    minute_text(alert->answered_at, moment);
    mu_message_format(text, sizeof text, pen->language, MU_SAY_alert_answered_line, moment,
                      alert->answered_by,
                      mu_choice_word(&mu_outcomes, alert->outcome, pen->language), NULL);
    put(pen, text, MU_STYLE_GOOD);
    put(pen, alert->found, MU_STYLE_NORMAL);
    if (!mu_date_known(alert->again_from))
        return;
    mu_date_format(alert->again_from, day);
    mu_message_format(text, sizeof text, pen->language, MU_SAY_alert_again_line, day, NULL);
    put(pen, text, MU_STYLE_DIM);
}

static void draw_chosen(struct pen pen, const struct alerts *self)
{
    const struct mu_alert_case *at = &self->chosen;
    char line[MU_MESSAGE_SIZE], address[MU_ADDRESS_SIZE], text[2 * MU_MESSAGE_SIZE];

    if (!at->alert.id)
        return;
    mu_person_line(&at->resident, self->today, pen.language, line, sizeof line);
    mu_resident_address(&at->resident, address);
    snprintf(text, sizeof text, "%s  %s  %s  %s", at->resident.name, line, address,
             at->resident.phone);
    put(&pen, text, MU_STYLE_TITLE);
    put_what(&pen, at);
    put_contact(&pen, MU_SAY_field_guardian, at->file.guardian, at->file.guardian_phone);
    put_contact(&pen, MU_SAY_field_emergency, at->file.emergency, at->file.emergency_phone);
    if (!*at->file.guardian && !*at->file.emergency)
        put(&pen, mu_message_text(MU_SAY_alert_no_contact, pen.language), MU_STYLE_DIM);
    put_answer(&pen, &at->alert);
}

enum { DETAIL = 8 }; /* rows about the alert at the cursor */

static void alerts_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct alerts *self = state;
    enum mu_language language = mu_app_language(app);
    char text[MU_MESSAGE_SIZE], position[64];
    struct mu_area area = layout->work, below;

    mu_list_position(&self->records.list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 22,
                mu_message_text(self->all ? MU_SAY_alerts_all_line : MU_SAY_alerts_line, language),
                MU_MARK, MU_STYLE_TITLE);
    mu_grid_put(grid, layout->status_row, layout->columns - 20, 19, position, MU_RIGHT,
                MU_STYLE_DIM);
    area.row++, area.rows--;
    below = area;
    area.rows -= DETAIL + 1;
    below.row = area.row + area.rows + 1;
    below.rows = DETAIL;
    if (self->records.failed) {
        mu_error_text(&self->records.error, language, text, sizeof text);
        mu_grid_paragraph(grid, area, text, MU_STYLE_BAD);
        mu_grid_cursor(grid, area.row, area.column);
    } else {
        mu_list_draw(&self->records.list, grid, area, true, language);
        draw_chosen((struct pen){grid, below, language}, self);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_alerts_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static enum mu_typing alerts_typing(const struct mu_app *app, const void *state)
{
    (void)app, (void)state;
    return MU_TYPING_KEYS;
}

static const struct mu_screen_type alerts_type = {
    .name = "alerts",
    .title = MU_SAY_alerts_title,
    .event = mu_records_event,
    .draw = alerts_draw,
    .offer = mu_records_offer,
    .typing = alerts_typing,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = mu_records_close,
};

static const struct mu_records_kind alerts_kind = {
    .type = &alerts_type,
    .row_size = sizeof(struct mu_alert_case),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_alerts_none,
    .keys = alerts_key,
    .key_count = sizeof alerts_key / sizeof *alerts_key,
    .read = read_alerts,
    .moved = look,
};

enum mu_status mu_open_alerts(struct mu_app *app, struct mu_error *error)
{
    return mu_records_open(app, &alerts_kind, calloc(1, sizeof(struct alerts)), error);
}
