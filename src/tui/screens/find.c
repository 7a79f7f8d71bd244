#include "tui/line_edit.h"
#include "tui/list.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"
#include "tui/screens/search_box.h"

#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/operators.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HITS = 60, QUERY_SIZE = 128, BOX = 52, COUNT = 19 };

/* What is found has its reason in place of what lists of people show. */
enum column { NAME, SEX, AGE, PHONE, ADDRESS, STATUS, WHY, COLUMNS };

static const struct mu_column columns[COLUMNS] = {
    [NAME] = {MU_SAY_field_name, 8, 16, 0, MU_MARK, false},
    [SEX] = {MU_SAY_field_sex, 4, 4, 5, MU_MARK, false},
    [AGE] = {MU_SAY_person_age_column, 4, 4, 2, MU_RIGHT, false},
    [PHONE] = {MU_SAY_field_phone, 11, 11, 4, MU_MARK, false},
    [ADDRESS] = {MU_SAY_person_address, 16, 20, 1, MU_MARK, false},
    [STATUS] = {MU_SAY_person_status_column, 4, 4, 3, MU_MARK, false},
    [WHY] = {MU_SAY_find_why_column, 28, 60, 0, MU_MARK, false},
};

struct find {
    struct mu_line_edit box;
    struct mu_list list;
    struct mu_finding *findings; /* HITS of them; owned */
    size_t count;
    bool recent;    /* they are the files opened last: nothing is typed */
    bool cut;       /* not everybody was compared */
    bool more;      /* these are the first: the rest is read when no key waits */
    bool stale;     /* the box changed since they were read: read when they are to be seen */
    bool next_anew; /* a scan or an opened file is done with: typing starts a new search */
    unsigned seen;
    struct mu_date today;
    bool failed;
    struct mu_error error;
    mu_person_found *found; /* whom the person found is handed to; NULL: files are opened */
    void *finder;
};

static bool searching(const struct find *find)
{
    const char *text = find->box.text;

    return mu_text_trim(&text) > 0;
}

static bool take(void *context, const struct mu_finding *finding)
{
    struct find *find = context;

    find->findings[find->count++] = *finding;
    return find->count < HITS;
}

static bool take_recent(void *context, const struct mu_resident *resident)
{
    struct find *find = context;

    find->findings[find->count].household_id = 0;
    find->findings[find->count++].resident = *resident;
    return find->count < HITS;
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style);

static const struct mu_list_source source = {.cell = cell};

/* The columns of what is there now; the cursor stays. */
static void show_as(struct find *find, bool recent)
{
    find->recent = recent;
    find->list.columns = recent ? mu_person_columns : columns;
    find->list.column_count = recent ? (size_t)MU_PERSON_COLUMNS : (size_t)COLUMNS;
}

static void read_findings(struct mu_app *app, struct find *find, enum mu_find_effort effort)
{
    const struct mu_find_request request = {
        .query = find->box.text, .limit = HITS, .effort = effort};
    struct mu_desk *desk = mu_screens_desk(app);
    enum mu_status status;

    find->stale = find->cut = false;
    find->count = 0;
    find->today = mu_app_now(app).date;
    show_as(find, !searching(find));
    status = find->recent ? mu_recent_files(desk, take_recent, find, &find->error)
                          : mu_find(desk, &request, take, find, &find->cut, &find->error);
    find->failed = status != MU_OK;
    find->more = find->cut && effort == MU_FIND_FIRST;
    mu_list_count(&find->list, find->count);
}

/* The same again: the cursor stays on whom it was. */
static void read_again(struct mu_app *app, struct find *find)
{
    struct mu_finding *at = &find->findings[find->list.cursor];
    bool any = find->list.cursor < find->count;
    int64_t person = any ? at->resident.id : 0, home = any ? at->household_id : 0;

    read_findings(app, find, MU_FIND_QUICK);
    for (size_t i = 0; i < find->count; i++)
        if (find->findings[i].resident.id == person && find->findings[i].household_id == home)
            find->list.cursor = i;
}

static void catch_up(struct mu_app *app, struct find *find, enum mu_find_effort effort)
{
    if (!find->stale)
        return;
    find->list.cursor = find->list.top = 0;
    read_findings(app, find, effort);
}

/* Whoever does something with what was found has all of it before him. */
static void read_all(struct mu_app *app, struct find *find)
{
    catch_up(app, find, MU_FIND_QUICK);
    if (find->more)
        read_again(app, find);
}

static bool find_work(struct mu_app *app, void *state)
{
    struct find *find = state;

    if (find->stale || !find->more)
        return false;
    read_again(app, find);
    return true;
}

/* Leaves the box with the person; nothing of it may be touched afterwards. */
static void hand_on(struct mu_app *app, struct find *find, const struct mu_finding *finding)
{
    mu_person_found *found = find->found;
    void *finder = find->finder;
    struct mu_resident resident = finding->resident;

    if (finding->household_id) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_find_not_a_home, NULL);
        return;
    }
    mu_app_pop(app);
    found(app, finder, &resident);
}

static void open_finding(struct mu_app *app, struct find *find)
{
    const struct mu_finding *finding = &find->findings[find->list.cursor];
    struct mu_error error;
    enum mu_status status;

    if (find->list.cursor >= find->count)
        return;
    if (find->found) {
        hand_on(app, find, finding);
        return;
    }
    find->next_anew = true;
    status = finding->household_id ? mu_open_household(app, finding->household_id, &error)
                                   : mu_open_resident_file(app, finding->resident.id, &error);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

static void scanned(struct mu_app *app, struct find *find, const char *text)
{
    mu_line_edit_set(&find->box, text);
    find->stale = true;
    read_all(app, find);
    find->next_anew = true;
    if (find->count == 1)
        open_finding(app, find);
    else if (!find->count)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_find_nobody_has, text, NULL);
}

static void empty_box(struct find *find)
{
    mu_line_edit_clear(&find->box);
    find->next_anew = false;
    find->stale = true;
}

/* Whoever has looked at a file leaves at once, whoever typed something else empties the box first.
 */
static bool back(struct find *find)
{
    if (!find->box.length || find->next_anew)
        return false;
    empty_box(find);
    return true;
}

static bool find_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct find *find = state;
    struct mu_error error;

    if (event->kind != MU_EVENT_KEY)
        return mu_search_box_typed(app, &find->box, event, &find->next_anew, &find->stale);
    if (event->action == MU_DO_accept && event->scan) {
        if (find->found && mu_app_hand_scan(app, event->scan)) {
            mu_line_edit_take_back(&find->box, event->scan);
            find->stale = true;
        } else {
            scanned(app, find, event->scan);
        }
        return true;
    }
    read_all(app, find);
    switch (event->action) {
    case MU_DO_back:
        return back(find);
    case MU_DO_find:
        empty_box(find);
        return true;
    case MU_DO_refresh:
        read_again(app, find);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    case MU_DO_new:
        if (mu_open_new_resident(app, &error) != MU_OK)
            mu_app_say_error(app, &error);
        return true;
    default:
        break;
    }
    switch (mu_list_event(&find->list, event, NULL)) {
    case MU_LIST_OPENED:
        open_finding(app, find);
        return true;
    case MU_LIST_IGNORED:
        return mu_search_box_typed(app, &find->box, event, &find->next_anew, &find->stale);
    default:
        return true;
    }
}

static bool may_add(struct mu_app *app, const struct find *find)
{
    return !find->found && mu_desk_ask(mu_screens_desk(app), MU_MAY_save_resident, NULL) == MU_OK;
}

static struct mu_offer find_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct find *find = state;

    switch (action) {
    case MU_DO_find:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_find_anew};
    case MU_DO_refresh:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    case MU_DO_new:
        return (struct mu_offer){.kind = may_add(app, find) ? MU_OFFER_YES : MU_OFFER_NONE};
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES,
                                 .label = find->found ? MU_SAY_find_take : MU_SAY_screen_open};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static void home_cell(const struct mu_finding *finding, enum mu_language language, char *out,
                      size_t size)
{
    char members[MU_COUNT_SIZE];

    mu_count_text((int64_t)finding->members, members);
    if (finding->members)
        mu_message_format(out, size, language, MU_SAY_find_home, finding->resident.name, members,
                          NULL);
    else
        mu_text_copy(out, size, mu_message_text(MU_SAY_find_home_empty, language));
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    static const enum mu_person_column same[COLUMNS] = {
        [NAME] = MU_PERSON_NAME,   [SEX] = MU_PERSON_SEX,         [AGE] = MU_PERSON_AGE,
        [PHONE] = MU_PERSON_PHONE, [ADDRESS] = MU_PERSON_ADDRESS, [STATUS] = MU_PERSON_STATUS,
    };
    const struct find *find = context;
    const struct mu_finding *finding = &find->findings[row];

    *out = '\0';
    if (find->recent) {
        mu_person_cell(&finding->resident, find->today, (enum mu_person_column)column, language,
                       out, size, style);
    } else if (column == WHY) {
        mu_why_text(finding->why, finding->why_count, language, out, size);
        *style = MU_STYLE_HINT;
    } else if (!finding->household_id) {
        mu_person_cell(&finding->resident, find->today, same[column], language, out, size, style);
    } else if (column == NAME) {
        home_cell(finding, language, out, size);
    } else if (column == ADDRESS) {
        mu_person_cell(&finding->resident, find->today, MU_PERSON_ADDRESS, language, out, size,
                       style);
        *style = MU_STYLE_NORMAL;
    }
}

static void draw_box(struct find *find, struct mu_grid *grid, const struct mu_layout *layout,
                     enum mu_language language)
{
    char position[64], count[80];
    int column = 1, width;

    column += mu_grid_run(grid, layout->status_row, column, 12,
                          mu_message_text(MU_SAY_register_find, language), MU_STYLE_LABEL);
    width = layout->columns - column - COUNT - 1;
    mu_list_position(&find->list, position, sizeof position);
    if (find->recent && find->count)
        mu_message_format(count, sizeof count, language, MU_SAY_find_recent, position, NULL);
    else
        snprintf(count, sizeof count, "%s%s", position,
                 find->cut || find->count == HITS ? "+" : "");
    mu_grid_put(grid, layout->status_row, layout->columns - COUNT, COUNT - 1, count, MU_RIGHT,
                MU_STYLE_HINT);
    mu_line_edit_draw(&find->box, grid, layout->status_row, column, width > BOX ? BOX : width, true,
                      language);
}

static enum mu_message nothing(struct mu_app *app, const struct find *find)
{
    if (find->recent)
        return MU_SAY_find_no_recent;
    if (find->more)
        return MU_SAY_find_comparing;
    return may_add(app, find) ? MU_SAY_find_none : MU_SAY_find_none_here;
}

static void find_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct find *find = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area rows = layout->work;
    char text[MU_MESSAGE_SIZE];
    bool cut;

    catch_up(app, find, MU_FIND_FIRST);
    cut = find->cut && !find->more;
    rows.row++, rows.rows--;
    if (find->failed) {
        mu_error_text(&find->error, language, text, sizeof text);
        mu_grid_paragraph(grid, rows, text, MU_STYLE_BAD);
    } else {
        find->list.empty = nothing(app, find);
        mu_list_draw(&find->list, grid, rows, true, language);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(cut ? MU_SAY_find_cut : MU_SAY_find_hint, language), MU_LEFT,
                cut ? MU_STYLE_WARNING : MU_STYLE_HINT);
    draw_box(find, grid, layout, language);
}

static bool find_tick(struct mu_app *app, void *state)
{
    struct find *find = state;

    if (!mu_screens_changed(app, &find->seen) || find->stale)
        return false;
    read_again(app, find);
    return true;
}

static void find_resume(struct mu_app *app, void *state)
{
    struct find *find = state;

    if (!find->stale)
        read_again(app, find);
}

static void find_close(struct mu_app *app, void *state)
{
    struct find *find = state;

    (void)app;
    free(find->findings);
    free(find);
}

static const struct mu_screen_type find_type = {
    .name = "find",
    .title = MU_SAY_find_title,
    .event = find_event,
    .draw = find_draw,
    .offer = find_offer,
    .tick = find_tick,
    .work = find_work,
    .resume = find_resume,
    .close = find_close,
};

static enum mu_status open_box(struct mu_app *app, const char *query, mu_person_found *found,
                               void *finder, struct mu_error *error)
{
    struct find *find = calloc(1, sizeof *find);

    if (find)
        find->findings = calloc(HITS, sizeof *find->findings);
    if (!find || !find->findings) {
        free(find);
        return mu_fail_memory(error);
    }
    mu_line_edit_init(&find->box, QUERY_SIZE);
    find->box.folded = true;
    find->box.placeholder = MU_SAY_find_placeholder;
    mu_line_edit_set(&find->box, query);
    mu_list_init(&find->list, columns, COLUMNS, &source, find);
    find->list.sort_column = -1;
    find->stale = true;
    find->seen = mu_screens_of(app)->changes;
    find->found = found;
    find->finder = finder;
    return mu_app_push(app, &find_type, find, error);
}

enum mu_status mu_open_find_with(struct mu_app *app, const char *query, struct mu_error *error)
{
    return open_box(app, query, NULL, NULL, error);
}

enum mu_status mu_open_find(struct mu_app *app, struct mu_error *error)
{
    if (!mu_app_return(app, &find_type))
        return mu_open_find_with(app, "", error);
    mu_app_do(app, MU_DO_find);
    return MU_OK;
}

enum mu_status mu_open_find_for(struct mu_app *app, mu_person_found *found, void *state,
                                struct mu_error *error)
{
    return open_box(app, "", found, state, error);
}
