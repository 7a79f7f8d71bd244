#include "tui/line_edit.h"
#include "tui/list.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/register.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HITS = 100,    /* people shown for what is typed */
    PAGE = 60,     /* people read at once when nothing is typed */
    LISTED = 2000, /* people that paging goes on to */
    QUERY_SIZE = 128,
    PANE = 42 /* columns of the detail pane */
};

struct register_list {
    struct mu_line_edit box;
    struct mu_list list;
    struct mu_resident *people; /* owned */
    size_t count, room;
    struct mu_resident shown; /* the whole file beside the list */
    bool more;                /* there are people past those read */
    bool stale;     /* the box changed since they were read: read when they are to be seen */
    bool next_anew; /* a scan or an opened file is done with: typing starts a new search */
    unsigned seen;
    struct mu_date today;
    bool failed;
    struct mu_error error;
};

static bool searching(const struct register_list *list)
{
    const char *text = list->box.text;

    return mu_text_trim(&text) > 0;
}

static bool take(void *context, const struct mu_resident *resident)
{
    struct register_list *list = context;

    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : PAGE;
        struct mu_resident *people = realloc(list->people, room * sizeof *people);

        if (!people) {
            list->failed = true;
            mu_fail_memory(&list->error);
            return false;
        }
        list->people = people;
        list->room = room;
    }
    list->people[list->count++] = *resident;
    return true;
}

/* Reads the next `limit` people of the register behind those that are there. */
static void read_page(struct mu_app *app, struct register_list *list, size_t limit)
{
    size_t before = list->count;
    int64_t after = before ? list->people[before - 1].id : 0;

    if (mu_list_residents(mu_screens_desk(app), after, limit, take, list, &list->error) != MU_OK)
        list->failed = true;
    list->more = list->count == before + limit;
    mu_list_count(&list->list, list->count);
}

static int compare(const void *first, const void *second, void *context)
{
    const struct register_list *list = context;
    const struct mu_resident *a = first, *b = second;
    char left[MU_ADDRESS_SIZE], right[MU_ADDRESS_SIZE];
    int order;

    if (list->list.sort_column == MU_PERSON_AGE) {
        order = mu_date_compare(b->birth_date, a->birth_date);
    } else if (list->list.sort_column == MU_PERSON_ADDRESS) {
        mu_resident_address(a, left);
        mu_resident_address(b, right);
        order = strcmp(left, right);
    } else {
        mu_name_pinyin(a->name, left, sizeof left);
        mu_name_pinyin(b->name, right, sizeof right);
        order = strcmp(left, right);
    }
    if (!order)
        return a->id < b->id ? -1 : a->id > b->id;
    return list->list.descending ? -order : order;
}

static void read_people(struct mu_app *app, struct register_list *list)
{
    int64_t chosen = list->list.cursor < list->count ? list->people[list->list.cursor].id : 0;
    size_t before = list->count, i;

    list->stale = false;
    list->shown.id = 0;
    list->failed = false;
    list->count = 0;
    list->today = mu_app_now(app).date;
    if (!searching(list)) {
        list->list.sort_column = -1;
        read_page(app, list, before > PAGE ? before : PAGE);
    } else {
        if (mu_find_residents(mu_screens_desk(app), list->box.text, HITS, take, list,
                              &list->error) != MU_OK)
            list->failed = true;
        list->more = list->count == HITS;
        if (list->list.sort_column >= 0 && list->count)
            qsort_r(list->people, list->count, sizeof *list->people, compare, list);
    }
    mu_list_count(&list->list, list->count);
    for (i = 0; i < list->count; i++)
        if (list->people[i].id == chosen)
            list->list.cursor = i;
}

static void catch_up(struct mu_app *app, struct register_list *list)
{
    if (list->stale) {
        list->list.cursor = list->list.top = 0;
        list->count = 0;
        read_people(app, list);
    }
}

static void open_file(struct mu_app *app, struct register_list *list)
{
    struct mu_error error;

    if (list->list.cursor >= list->count)
        return;
    list->next_anew = true;
    if (mu_open_resident_file(app, list->people[list->list.cursor].id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static bool typed(struct mu_app *app, struct register_list *list, const struct mu_event *event)
{
    enum mu_line_result result;

    if (list->next_anew && event->kind != MU_EVENT_KEY)
        mu_line_edit_clear(&list->box);
    list->next_anew = false;
    result = mu_line_edit_event(&list->box, event);
    if (result == MU_LINE_FULL)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_screen_box_full, NULL);
    if (result == MU_LINE_CHANGED || result == MU_LINE_FULL)
        list->stale = true;
    return result != MU_LINE_IGNORED;
}

static void scanned(struct mu_app *app, struct register_list *list, const char *text)
{
    mu_line_edit_set(&list->box, text);
    list->stale = true;
    catch_up(app, list);
    list->next_anew = true;
    if (list->count == 1)
        open_file(app, list);
    else if (!list->count)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_register_nobody, text, NULL);
}

static bool moved(struct mu_app *app, struct register_list *list, const struct mu_event *event)
{
    size_t near_end;

    switch (mu_list_event(&list->list, event, NULL)) {
    case MU_LIST_OPENED:
        open_file(app, list);
        return true;
    case MU_LIST_SORTED:
        read_people(app, list);
        return true;
    case MU_LIST_MOVED:
        near_end = list->list.cursor + (size_t)list->list.page + 1;
        if (searching(list) || !list->more || near_end < list->count)
            return true;
        if (list->count < LISTED)
            read_page(app, list, PAGE);
        else
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_register_listed, NULL);
        return true;
    default:
        return false;
    }
}

static void undone(struct mu_app *app, void *state)
{
    read_people(app, state);
}

static bool register_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct register_list *list = state;
    struct mu_error error;

    if (event->kind != MU_EVENT_KEY)
        return typed(app, list, event);
    if (event->action == MU_DO_accept && event->scan) {
        scanned(app, list, event->scan);
        return true;
    }
    catch_up(app, list);
    switch (event->action) {
    case MU_DO_back:
        if (!list->box.length)
            return false;
        mu_line_edit_clear(&list->box);
        list->stale = true;
        return true;
    case MU_DO_refresh:
        read_people(app, list);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    case MU_DO_undo:
        mu_ask_undo(app, undone, list);
        return true;
    case MU_DO_new:
        if (mu_open_new_resident(app, &error) != MU_OK)
            mu_app_say_error(app, &error);
        return true;
    default:
        return moved(app, list, event) || typed(app, list, event);
    }
}

static struct mu_offer register_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct register_list *list = state;

    (void)app;
    switch (action) {
    case MU_DO_new:
    case MU_DO_refresh:
    case MU_DO_undo:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    case MU_DO_sort:
        if (!searching(list))
            return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = MU_SAY_register_sort_search};
        return (struct mu_offer){.kind = MU_OFFER_YES};
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_screen_open};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct register_list *list = context;

    mu_person_cell(&list->people[row], list->today, (enum mu_person_column)column, language, out,
                   size, style);
}

static const struct mu_list_source source = {.cell = cell};

/* The rows of a list are without their notes. */
static const struct mu_resident *whole_file(struct mu_app *app, struct register_list *list)
{
    const struct mu_resident *person = &list->people[list->list.cursor];

    if ((list->shown.id == person->id && list->shown.version == person->version) ||
        mu_read_resident(mu_screens_desk(app), person->id, &list->shown, NULL) == MU_OK)
        return &list->shown;
    return person;
}

static void draw_pane(struct mu_app *app, struct register_list *list, struct mu_grid *grid,
                      struct mu_area area, enum mu_language language)
{
    const struct mu_resident *person;
    char text[MU_NOTE_SIZE];
    enum mu_style style;

    if (list->list.cursor >= list->count)
        return;
    person = whole_file(app, list);
    mu_grid_put(grid, area.row, area.column, area.columns, person->name, MU_MARK, MU_STYLE_BIG);
    mu_person_whole_line(person, list->today, language, text, sizeof text);
    mu_grid_put(grid, area.row + 1, area.column, area.columns, text, MU_MARK, MU_STYLE_NORMAL);
    style = mu_person_status(person, language, text, sizeof text);
    mu_grid_put(grid, area.row + 2, area.column, area.columns, text, MU_MARK, style);
    area.row += 4;
    area.rows -= 4;
    mu_person_draw(grid, area, person, language);
}

static void draw_box(struct register_list *list, struct mu_grid *grid,
                     const struct mu_layout *layout, enum mu_language language)
{
    char position[64], count[80];
    int column = 1, width;

    column += mu_grid_run(grid, layout->status_row, column, 12,
                          mu_message_text(MU_SAY_register_find, language), MU_STYLE_LABEL);
    width = layout->columns - column - 20;
    mu_list_position(&list->list, position, sizeof position);
    snprintf(count, sizeof count, "%s%s", position, list->more ? "+" : "");
    mu_grid_put(grid, layout->status_row, layout->columns - 18, 17, count, MU_RIGHT, MU_STYLE_HINT);
    mu_line_edit_draw(&list->box, grid, layout->status_row, column, width > 52 ? 52 : width, true,
                      language);
}

static void register_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                          const struct mu_layout *layout)
{
    struct register_list *list = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area rows = layout->work, pane;
    char text[MU_MESSAGE_SIZE];

    catch_up(app, list);
    rows.row++, rows.rows--;
    pane = rows;
    if (layout->wide) {
        rows.columns -= PANE + 2;
        pane.column = rows.columns + 2;
        pane.columns = PANE;
        draw_pane(app, list, grid, pane, language);
    }
    if (list->failed) {
        mu_error_text(&list->error, language, text, sizeof text);
        mu_grid_paragraph(grid, rows, text, MU_STYLE_BAD);
    } else {
        list->list.empty = searching(list) ? MU_SAY_register_none : MU_SAY_register_empty;
        mu_list_draw(&list->list, grid, rows, true, language);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_register_hint, language), MU_LEFT, MU_STYLE_HINT);
    draw_box(list, grid, layout, language);
}

static bool register_tick(struct mu_app *app, void *state)
{
    struct register_list *list = state;

    if (!mu_screens_changed(app, &list->seen) || !searching(list))
        return false;
    read_people(app, list);
    return true;
}

static void register_resume(struct mu_app *app, void *state)
{
    read_people(app, state);
}

static void register_close(struct mu_app *app, void *state)
{
    struct register_list *list = state;

    (void)app;
    free(list->people);
    free(list);
}

static const struct mu_screen_type register_type = {
    .name = "register_list",
    .title = MU_SAY_register_title,
    .event = register_event,
    .draw = register_draw,
    .offer = register_offer,
    .tick = register_tick,
    .resume = register_resume,
    .close = register_close,
};

enum mu_status mu_open_register(struct mu_app *app, struct mu_error *error)
{
    struct register_list *list = calloc(1, sizeof *list);

    if (!list)
        return mu_fail_memory(error);
    mu_line_edit_init(&list->box, QUERY_SIZE);
    list->box.folded = true;
    list->box.placeholder = MU_SAY_register_placeholder;
    mu_list_init(&list->list, mu_person_columns, MU_PERSON_COLUMNS, &source, list);
    list->list.sort_column = -1;
    list->stale = true;
    list->seen = mu_screens_of(app)->changes;
    return mu_app_push(app, &register_type, list, error);
}
