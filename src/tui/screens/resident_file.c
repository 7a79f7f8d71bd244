#include "tui/list.h"
#include "tui/screens/audit.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"
#include "tui/screens/standing.h"
#include "tui/screens/volunteer.h"

#include <mulin/base/text.h>
#include <mulin/desk/audit.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/register.h>
#include <mulin/desk/tag.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOUSEHOLD = 60 }; /* people of one household that are shown */

struct resident_file {
    struct mu_resident person;
    struct mu_resident *household; /* owned; the person is among them */
    size_t count;
    char *reasons; /* of the computed tags; owned */
    char volunteer[MU_VOLUNTEER_LINE_SIZE];
    struct mu_list list;
    struct mu_date today;
    unsigned seen;
    /* An end that is being asked for. */
    enum mu_resident_status ending;
    struct mu_date ending_on;
    const char *revealing; /* key of the number that a reason is asked for */
};

static bool take(void *context, const struct mu_resident *resident)
{
    struct resident_file *file = context;

    file->household[file->count++] = *resident;
    return file->count < HOUSEHOLD;
}

/* Reads the file `id`; the one that is shown stays when that fails. */
static enum mu_status read_file(struct mu_app *app, struct resident_file *file, int64_t id,
                                struct mu_error *error)
{
    struct mu_desk *desk = mu_screens_desk(app);
    char *reasons;
    enum mu_status status = mu_read_resident(desk, id, &file->person, error);
    size_t i;

    if (status == MU_OK)
        status = mu_explain_tags(desk, id, mu_app_language(app), &reasons, error);
    if (status != MU_OK)
        return status;
    free(file->reasons);
    file->reasons = reasons;
    mu_volunteer_line_of(app, id, file->volunteer);
    file->today = mu_app_now(app).date;
    file->count = 0;
    if (file->person.household_id)
        status = mu_list_household(desk, file->person.household_id, take, file, error);
    mu_list_count(&file->list, file->count);
    for (i = 0; i < file->count; i++)
        if (file->household[i].id == id)
            file->list.cursor = i;
    return status;
}

static void read_again(struct mu_app *app, struct resident_file *file, int64_t id)
{
    struct mu_error error;

    if (read_file(app, file, id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void replace_by_household(struct mu_app *app, const struct resident_file *file)
{
    struct mu_error error;
    int64_t id = file->person.household_id;

    if (!id) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_file_no_household, NULL);
        return;
    }
    mu_app_pop(app);
    if (mu_open_household(app, id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

/* True when the others of the household are left without a head. */
static bool leaves_no_head(const struct resident_file *file)
{
    enum { HEAD = 2 }; /* GB/T 4761 */
    bool others = false;

    for (size_t i = 0; i < file->count; i++)
        others |=
            file->household[i].id != file->person.id && file->household[i].status == MU_LIVING_HERE;
    return file->person.relation == HEAD && others;
}

static void end_person(struct mu_app *app, struct resident_file *file,
                       enum mu_resident_status status, struct mu_date day, enum mu_message said)
{
    struct mu_error error;

    if (mu_end_resident(mu_screens_desk(app), file->person.id, status, day, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, said, file->person.name, NULL);
    read_again(app, file, file->person.id);
}

static void ending_agreed(struct mu_app *app, void *state, bool yes)
{
    struct resident_file *file = state;
    char name[MU_PERSON_NAME_SIZE];

    if (!yes)
        return;
    end_person(app, file, file->ending, file->ending_on, MU_SAY_file_ended);
    if (file->person.status == MU_LIVING_HERE || !leaves_no_head(file))
        return;
    mu_text_copy(name, sizeof name, file->person.name);
    replace_by_household(app, file);
    mu_app_say(app, MU_TONE_WARNING, MU_SAY_file_choose_head, name, NULL);
}

static void ask_day(struct mu_app *app, struct resident_file *file);

static void day_given(struct mu_app *app, void *state, const char *text)
{
    struct resident_file *file = state;
    char question[512], day[MU_DATE_SIZE];

    if (!text)
        return;
    file->ending_on = file->today;
    if (*text && !mu_date_parse(text, file->today, &file->ending_on)) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_error_date, NULL);
        ask_day(app, file);
        return;
    }
    mu_date_format(file->ending_on, day);
    mu_message_format(question, sizeof question, mu_app_language(app),
                      file->ending == MU_DECEASED ? MU_SAY_file_confirm_died
                                                  : MU_SAY_file_confirm_moved,
                      file->person.name, day, NULL);
    if (mu_standing_add(app, file->person.id, question, sizeof question))
        mu_app_confirm(app, question, ending_agreed, file);
}

static void ask_day(struct mu_app *app, struct resident_file *file)
{
    char question[256];

    mu_message_format(question, sizeof question, mu_app_language(app),
                      file->ending == MU_DECEASED ? MU_SAY_file_ask_died : MU_SAY_file_ask_moved,
                      file->person.name, NULL);
    mu_app_prompt(app, question, 24, false, day_given, file);
}

static void taking_back_agreed(struct mu_app *app, void *state, bool yes)
{
    if (yes)
        end_person(app, state, MU_LIVING_HERE, (struct mu_date){0}, MU_SAY_file_taken_back);
}

static void ask_taking_back(struct mu_app *app, struct resident_file *file)
{
    char question[256], status[64];

    mu_person_status(&file->person, mu_app_language(app), status, sizeof status);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_file_ask_taking_back,
                      file->person.name, status, NULL);
    mu_app_confirm(app, question, taking_back_agreed, file);
}

static void explain(struct mu_app *app, const struct resident_file *file)
{
    struct mu_error error;
    char *text = NULL, title[256];

    if (mu_explain_meal(mu_screens_desk(app),
                        &(struct mu_meal_request){.resident_id = file->person.id},
                        mu_app_language(app), &text, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_message_format(title, sizeof title, mu_app_language(app), MU_SAY_file_why_title,
                      file->person.name, NULL);
    mu_app_read(app, title, text);
    free(text);
}

/* Leaves the file for a form that opens it again. */
static void go_to_form(struct mu_app *app, const struct resident_file *file, bool member)
{
    struct mu_error error;
    int64_t id = file->person.id;
    enum mu_status status;

    mu_app_pop(app);
    status = member ? mu_open_new_member(app, id, &error) : mu_open_edit_resident(app, id, &error);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

/* The file's other pages take its place, too. */
static void go_to_page(struct mu_app *app, const struct resident_file *file, bool tags)
{
    struct mu_error error;
    int64_t id = file->person.id;
    enum mu_status status;

    mu_app_pop(app);
    status =
        tags ? mu_open_resident_tags(app, id, true, &error) : mu_open_person_form(app, id, &error);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

/* Shows a whole number once it has been said why; the popup leaves nothing in the messages. */
static void reason_given(struct mu_app *app, void *state, const char *text)
{
    struct resident_file *file = state;
    char value[MU_PHONE_SIZE], title[256];
    struct mu_error error;

    if (!text)
        return;
    if (mu_reveal(mu_screens_desk(app), file->person.id, file->revealing, text, value, sizeof value,
                  &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_message_format(title, sizeof title, mu_app_language(app), MU_SAY_file_revealed,
                      file->person.name, NULL);
    mu_app_read(app, title, value);
}

static void ask_reason(struct mu_app *app, struct resident_file *file, const char *field)
{
    char question[256];

    file->revealing = field;
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_file_ask_reason,
                      file->person.name, NULL);
    mu_app_prompt(app, question, MU_REASON_SIZE, true, reason_given, file);
}

enum {
    DO_EDIT,
    DO_MEMBER,
    DO_HOUSEHOLD,
    DO_MOVED,
    DO_DIED,
    DO_TAKE_BACK,
    DO_UNLINK,
    DO_WHY,
    DO_TAGS,
    DO_PERSON,
    DO_VOLUNTEER,
    DO_SHOW_ID,
    DO_SHOW_PHONE,
    DO_HISTORY,
    DO_TRAIL
};

static void undone(struct mu_app *app, void *state)
{
    struct resident_file *file = state;

    read_again(app, file, file->person.id);
}

static void picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct resident_file *file = state;
    struct mu_error error;

    if (!chosen)
        return;
    switch (code) {
    case DO_EDIT:
    case DO_MEMBER:
        go_to_form(app, file, code == DO_MEMBER);
        break;
    case DO_TAGS:
    case DO_PERSON:
        go_to_page(app, file, code == DO_TAGS);
        break;
    case DO_MOVED:
    case DO_DIED:
        file->ending = code == DO_DIED ? MU_DECEASED : MU_MOVED_OUT;
        ask_day(app, file);
        break;
    case DO_TAKE_BACK:
        ask_taking_back(app, file);
        break;
    case DO_UNLINK:
        mu_ask_unlink(app, file->person.id, undone, file);
        break;
    case DO_HOUSEHOLD:
        replace_by_household(app, file);
        break;
    case DO_SHOW_ID:
    case DO_SHOW_PHONE:
        ask_reason(app, file, code == DO_SHOW_ID ? "id_number" : "phone");
        break;
    case DO_HISTORY:
        if (mu_open_history(app, file->person.id, file->person.name, &error) != MU_OK)
            mu_app_say_error(app, &error);
        break;
    case DO_VOLUNTEER:
        if (mu_open_volunteer(app, file->person.id, &error) != MU_OK)
            mu_app_say_error(app, &error);
        break;
    case DO_TRAIL:
        mu_show_audit_of(app, file->person.id, file->person.name);
        break;
    default:
        explain(app, file);
        break;
    }
}

enum { LIVING = 1, ENDED = 2, IN_ERROR = 4, ALL = 7, LINKED = 8 };

static void ask_what(struct mu_app *app, struct resident_file *file)
{
    static const struct {
        int code;
        enum mu_message words;
        const char *key;
        unsigned whom; /* for whom it is offered */
    } all[] = {
        {DO_WHY, MU_SAY_file_why, NULL, LIVING | ENDED},
        {DO_EDIT, MU_SAY_file_edit, "F2", LIVING | ENDED},
        {DO_TAGS, MU_SAY_file_tags, NULL, LIVING | ENDED},
        {DO_PERSON, MU_SAY_file_person, NULL, LIVING | ENDED},
        {DO_VOLUNTEER, MU_SAY_file_volunteer, NULL, LIVING | ENDED},
        {DO_MEMBER, MU_SAY_file_member, "F7", LIVING | ENDED},
        {DO_HOUSEHOLD, MU_SAY_file_to_household, NULL, LIVING | ENDED},
        {DO_SHOW_ID, MU_SAY_file_show_id, NULL, LIVING | ENDED},
        {DO_SHOW_PHONE, MU_SAY_file_show_phone, NULL, LIVING | ENDED},
        {DO_HISTORY, MU_SAY_file_history, NULL, ALL},
        {DO_TRAIL, MU_SAY_file_trail, NULL, ALL},
        {DO_MOVED, MU_SAY_file_moved, NULL, LIVING},
        {DO_DIED, MU_SAY_file_died, NULL, LIVING},
        {DO_TAKE_BACK, MU_SAY_file_take_back, NULL, ENDED},
        {DO_UNLINK, MU_SAY_file_unlink, NULL, LINKED},
    };
    unsigned whom = file->person.status == MU_LIVING_HERE        ? LIVING
                    : file->person.status == MU_ENTERED_IN_ERROR ? IN_ERROR
                                                                 : ENDED;
    struct mu_pick picks[sizeof all / sizeof *all];
    size_t count = 0, i;

    for (i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].whom & (whom | (file->person.linked_to ? LINKED : 0U)))
            picks[count++] =
                (struct mu_pick){.code = all[i].code,
                                 .text = mu_message_text(all[i].words, mu_app_language(app)),
                                 .aside = all[i].key};
    mu_app_pick(app, file->person.name, picks, count, DO_WHY, picked, file);
}

static bool file_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct resident_file *file = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_save:
    case MU_DO_new:
        go_to_form(app, file, event->action == MU_DO_new);
        return true;
    case MU_DO_choose:
        ask_what(app, file);
        return true;
    case MU_DO_undo:
        mu_ask_undo(app, undone, file);
        return true;
    case MU_DO_refresh:
        read_again(app, file, file->person.id);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    default:
        break;
    }
    switch (mu_list_event(&file->list, event, NULL)) {
    case MU_LIST_OPENED:
        read_again(app, file, file->household[file->list.cursor].id);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer file_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)app, (void)state;
    switch (action) {
    case MU_DO_save:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_file_edit_label};
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_file_more_label};
    case MU_DO_new:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_file_member_label};
    case MU_DO_refresh:
    case MU_DO_undo:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_file_open_member};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static const struct mu_column columns[] = {
    {MU_SAY_field_name, 8, 16, 0, MU_MARK, false},
    {MU_SAY_field_relation, 10, 18, 0, MU_MARK, false},
    {MU_SAY_field_sex, 4, 4, 2, MU_MARK, false},
    {MU_SAY_person_age_column, 4, 4, 1, MU_RIGHT, false},
    {MU_SAY_field_phone, 11, 11, 3, MU_MARK, false},
    {MU_SAY_person_status_column, 4, 4, 0, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    static const enum mu_person_column shown[] = {MU_PERSON_NAME,  MU_PERSON_NAME,
                                                  MU_PERSON_SEX,   MU_PERSON_AGE,
                                                  MU_PERSON_PHONE, MU_PERSON_STATUS};
    const struct resident_file *file = context;
    const struct mu_resident *member = &file->household[row];

    mu_person_cell(member, file->today, shown[column], language, out, size, style);
    if (column == 1)
        mu_field_write(mu_field_by_key(mu_resident_fields, mu_resident_field_count, "relation"),
                       member, language, out, size);
}

static const struct mu_list_source source = {.cell = cell};

static void draw_heading(struct mu_app *app, const struct resident_file *file, struct mu_grid *grid,
                         const struct mu_layout *layout)
{
    enum mu_language language = mu_app_language(app);
    char line[128], status[64], number[MU_COUNT_SIZE], text[64];
    int row = layout->status_row, column = 1, width;
    enum mu_style style = mu_person_status(&file->person, language, status, sizeof status);

    mu_count_text(file->person.id, number);
    mu_message_format(text, sizeof text, language, MU_SAY_file_number, number, NULL);
    width = layout->columns - mu_text_cells(text) - mu_text_cells(status) - 5;
    column += mu_grid_run(grid, row, column, width, file->person.name, MU_STYLE_BIG) + 2;
    mu_person_whole_line(&file->person, file->today, language, line, sizeof line);
    if (column < width)
        mu_grid_run(grid, row, column, width - column, line, MU_STYLE_NORMAL);
    column = width + 1;
    column += mu_grid_run(grid, row, column, layout->columns - column, status, style) + 2;
    mu_grid_run(grid, row, column, layout->columns - column, text, MU_STYLE_HINT);
}

/* Of a file that another one speaks for, that is what has to be known. */
static void draw_hint(const struct resident_file *file, struct mu_grid *grid,
                      const struct mu_layout *layout, enum mu_language language)
{
    char number[MU_COUNT_SIZE];

    mu_count_text(file->person.linked_to, number);
    mu_grid_say(grid, layout->hint_row, 1, layout->columns - 1, MU_LEFT,
                file->person.linked_to ? MU_STYLE_WARNING : MU_STYLE_HINT, language,
                file->person.linked_to ? MU_SAY_file_linked : MU_SAY_file_hint, number, NULL);
}

static void file_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct resident_file *file = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work;
    char count[MU_COUNT_SIZE];
    int used;

    draw_heading(app, file, grid, layout);
    area.row++, area.rows--;
    area.columns = area.columns > 96 ? 96 : area.columns;
    used = mu_person_draw(grid, area, &file->person, language);
    area.row += used;
    area.rows -= used;
    used = mu_person_draw_reasons(grid, area, file->reasons, language);
    if (*file->volunteer && used < area.rows)
        mu_person_put(grid, area, used++, MU_SAY_file_volunteer, file->volunteer, language);
    used++;
    area.row += used;
    area.rows -= used;
    if (file->count && area.rows > 2) {
        mu_count_text((int64_t)file->count, count);
        mu_grid_say(grid, area.row, 1, area.columns - 1, MU_LEFT, MU_STYLE_TITLE, language,
                    MU_SAY_file_household, count, NULL);
        area.row++, area.rows--;
        mu_list_draw(&file->list, grid, area, true, language);
    } else {
        if (!file->count)
            mu_grid_say(grid, area.row, 1, area.columns - 1, MU_LEFT, MU_STYLE_DIM, language,
                        MU_SAY_file_no_household, NULL);
        mu_grid_cursor(grid, layout->status_row, 1);
    }
    draw_hint(file, grid, layout, language);
}

static bool file_tick(struct mu_app *app, void *state)
{
    struct resident_file *file = state;
    struct mu_error error;

    if (!mu_screens_changed(app, &file->seen))
        return false;
    return read_file(app, file, file->person.id, &error) == MU_OK;
}

static void file_resume(struct mu_app *app, void *state)
{
    struct resident_file *file = state;

    read_again(app, file, file->person.id);
}

static void file_subject(struct mu_app *app, const void *state, char *out, size_t size)
{
    const struct resident_file *file = state;

    (void)app;
    mu_text_copy(out, size, file->person.name);
}

static void file_close(struct mu_app *app, void *state)
{
    struct resident_file *file = state;

    (void)app;
    free(file->reasons);
    free(file->household);
    free(file);
}

static const struct mu_screen_type file_type = {
    .name = "resident_file",
    .title = MU_SAY_file_title,
    .event = file_event,
    .draw = file_draw,
    .offer = file_offer,
    .typing = mu_typing_keys,
    .tick = file_tick,
    .resume = file_resume,
    .subject = file_subject,
    .close = file_close,
};

enum mu_status mu_open_resident_file(struct mu_app *app, int64_t id, struct mu_error *error)
{
    struct resident_file *file = calloc(1, sizeof *file);
    enum mu_status status;

    if (file)
        file->household = calloc(HOUSEHOLD, sizeof *file->household);
    if (!file || !file->household) {
        free(file);
        return mu_fail_memory(error);
    }
    mu_list_init(&file->list, columns, sizeof columns / sizeof *columns, &source, file);
    file->seen = mu_screens_of(app)->changes;
    status = read_file(app, file, id, error);
    if (status != MU_OK) {
        file_close(app, file);
        return status;
    }
    mu_screens_remember(app, id);
    return mu_app_push(app, &file_type, file, error);
}
