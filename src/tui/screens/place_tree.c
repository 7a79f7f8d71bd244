#include "base/growing.h"
#include "tui/list.h"
#include "tui/screens/person.h"
#include "tui/screens/place_forms.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/place.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    NAME_SIZE = 2 * MU_PLACE_SIZE,
    DRAW_BUDGET = 6,  /* milliseconds of counting in a frame, */
    TICK_BUDGET = 40, /* and once a second */
};

enum level { ESTATES, BUILDINGS, HOMES, GRIDS, GRID_BUILDINGS };

/* One line: a place and what was counted of it so far, or a home. */
struct row {
    char name[NAME_SIZE];
    struct mu_place_count count;
    bool counted;
    int64_t after; /* where counting a grid goes on */
    size_t next;   /* building at which counting an estate goes on */
    int64_t household;
    char head[MU_PERSON_NAME_SIZE];
    int people, occupancy;
};

struct place_tree {
    enum level level;
    struct mu_place_at at;
    char grid[NAME_SIZE];
    struct row *row; /* owned */
    size_t count, room;
    struct mu_list list;
    size_t above[2]; /* the cursor on the levels above */
    unsigned seen;
    bool no_memory;
};

enum place_column {
    PLACE,
    PLACE_HOMES,
    OWNED,
    RENTED,
    HOMESTAY,
    VACANT,
    PEOPLE,
    ELDERS,
    PLACE_COLUMNS
};
enum home_column { HOME, HOME_HEAD, HOME_PEOPLE, HOME_USE, HOME_COLUMNS };

static const struct mu_column place_columns[PLACE_COLUMNS] = {
    [PLACE] = {MU_SAY_place_name, 12, 30, 0, MU_MARK, false},
    [PLACE_HOMES] = {MU_SAY_place_homes, 7, 9, 0, MU_RIGHT, false},
    [OWNED] = {MU_SAY_place_owned, 6, 8, 3, MU_RIGHT, false},
    [RENTED] = {MU_SAY_place_rented, 6, 8, 3, MU_RIGHT, false},
    [HOMESTAY] = {MU_SAY_place_homestay, 6, 8, 4, MU_RIGHT, false},
    [VACANT] = {MU_SAY_place_vacant, 6, 8, 2, MU_RIGHT, false},
    [PEOPLE] = {MU_SAY_place_people, 8, 10, 0, MU_RIGHT, false},
    [ELDERS] = {MU_SAY_place_elders, 6, 8, 1, MU_RIGHT, false},
};

static const struct mu_column home_columns[HOME_COLUMNS] = {
    [HOME] = {MU_SAY_place_home, 20, 40, 0, MU_MARK, false},
    [HOME_HEAD] = {MU_SAY_place_head, 8, 14, 0, MU_MARK, false},
    [HOME_PEOPLE] = {MU_SAY_place_people, 6, 8, 0, MU_RIGHT, false},
    [HOME_USE] = {MU_SAY_field_occupancy, 8, 12, 1, MU_MARK, false},
};

static struct row *next_row(struct place_tree *tree)
{
    struct row *larger = mu_grown(tree->row, tree->count, &tree->room, sizeof *larger);

    tree->no_memory |= !larger;
    if (!larger)
        return NULL;
    tree->row = larger;
    memset(&tree->row[tree->count], 0, sizeof *tree->row);
    return &tree->row[tree->count++];
}

static bool take_name(void *context, const char *name)
{
    struct row *row = next_row(context);

    if (row)
        mu_text_copy(row->name, sizeof row->name, name);
    return row != NULL;
}

static bool take_home(void *context, const struct mu_household *household, int people,
                      const char *head)
{
    struct row *row = next_row(context);

    if (!row)
        return false;
    mu_household_address(household, row->name);
    row->household = household->id;
    row->people = people;
    row->occupancy = household->occupancy;
    mu_text_copy(row->head, sizeof row->head, head);
    return true;
}

static void cell(void *context, size_t index, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style);
static const struct mu_list_source source = {.cell = cell};

/* Reads the rows of the level; what was counted before is counted anew. */
static void read_rows(struct mu_app *app, struct place_tree *tree, size_t cursor)
{
    struct mu_desk *desk = mu_screens_desk(app);
    struct mu_error error;
    bool homes = tree->level == HOMES;
    enum mu_status status;

    tree->count = 0;
    tree->no_memory = false;
    switch (tree->level) {
    case HOMES:
        status = mu_list_homes(desk, &tree->at, take_home, tree, &error);
        break;
    case GRIDS:
        status = mu_list_grids(desk, take_name, tree, &error);
        break;
    case GRID_BUILDINGS:
        status = mu_list_grid_buildings(desk, tree->grid, take_name, tree, &error);
        break;
    default:
        status = mu_list_places(desk, &tree->at, take_name, tree, &error);
        break;
    }
    if (status == MU_OK && tree->no_memory)
        status = mu_fail_memory(&error);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
    mu_list_init(&tree->list, homes ? home_columns : place_columns,
                 homes ? HOME_COLUMNS : PLACE_COLUMNS, &source, tree);
    mu_list_count(&tree->list, tree->count);
    tree->list.cursor = cursor < tree->count ? cursor : 0;
    tree->list.empty = MU_SAY_place_empty;
}

/* Counting, a building or a slice of a grid at a time. */

struct nth {
    size_t wanted, seen;
    char name[NAME_SIZE];
    bool found;
};

static bool take_nth(void *context, const char *name)
{
    struct nth *nth = context;

    nth->found = nth->seen++ == nth->wanted;
    if (nth->found)
        mu_text_copy(nth->name, sizeof nth->name, name);
    return !nth->found;
}

static enum mu_status count_in_estate(struct mu_desk *desk, struct row *row, struct mu_error *error)
{
    struct mu_place_at estate = {.within_estate = true};
    struct nth nth = {.wanted = row->next};
    enum mu_status status;

    mu_text_copy(estate.estate, sizeof estate.estate, row->name);
    status = mu_list_places(desk, &estate, take_nth, &nth, error);
    if (status == MU_OK && nth.found)
        status = mu_count_building(desk, row->name, nth.name, &row->count, error);
    row->next++;
    row->counted = !nth.found;
    return status;
}

/* Parts "estate building" of a row of a grid. */
static void part(const char *name, char estate[NAME_SIZE], char building[NAME_SIZE])
{
    const char *blank = strrchr(name, ' ');

    snprintf(estate, NAME_SIZE, "%.*s", blank ? (int)(blank - name) : 0, name);
    mu_text_copy(building, NAME_SIZE, blank ? blank + 1 : name);
}

static enum mu_status count_some(struct mu_desk *desk, const struct place_tree *tree,
                                 struct row *row, struct mu_error *error)
{
    char estate[NAME_SIZE], building[NAME_SIZE];
    enum mu_status status;

    switch (tree->level) {
    case ESTATES:
        return count_in_estate(desk, row, error);
    case GRIDS:
        status = mu_count_grid(desk, row->name, &row->after, &row->count, error);
        row->counted = row->after == 0;
        return status;
    case GRID_BUILDINGS:
        part(row->name, estate, building);
        row->counted = true;
        return mu_count_building(desk, estate, building, &row->count, error);
    default:
        row->counted = true;
        return mu_count_building(desk, tree->at.estate, row->name, &row->count, error);
    }
}

static long long milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Goes on counting for a while, the rows on the screen first. True when something was counted. */
static bool count_on(struct mu_app *app, struct place_tree *tree, long long budget)
{
    struct mu_desk *desk = mu_screens_desk(app);
    long long until = milliseconds() + budget;
    struct mu_error error;
    bool any = false;

    if (tree->level == HOMES)
        return false;
    for (size_t i = 0; i < tree->count; i++) {
        struct row *row = &tree->row[(tree->list.top + i) % tree->count];

        while (!row->counted) {
            if (count_some(desk, tree, row, &error) != MU_OK)
                return any;
            any = true;
            if (milliseconds() >= until)
                return any;
        }
    }
    return any;
}

/* Going down and up. */

static struct row *chosen(struct place_tree *tree)
{
    return tree->list.cursor < tree->count ? &tree->row[tree->list.cursor] : NULL;
}

static void open_row(struct mu_app *app, struct place_tree *tree)
{
    const struct row *row = chosen(tree);
    char estate[NAME_SIZE], building[NAME_SIZE];
    struct mu_error error;

    if (!row)
        return;
    if (tree->level == HOMES) {
        if (mu_open_household(app, row->household, &error) != MU_OK)
            mu_app_say_error(app, &error);
        return;
    }
    tree->above[tree->level == BUILDINGS || tree->level == GRID_BUILDINGS] = tree->list.cursor;
    switch (tree->level) {
    case ESTATES:
        mu_text_copy(tree->at.estate, sizeof tree->at.estate, row->name);
        tree->at.within_estate = true;
        tree->level = BUILDINGS;
        break;
    case GRIDS:
        mu_text_copy(tree->grid, sizeof tree->grid, row->name);
        tree->level = GRID_BUILDINGS;
        break;
    case GRID_BUILDINGS:
        part(row->name, estate, building);
        mu_text_copy(tree->at.estate, sizeof tree->at.estate, estate);
        mu_text_copy(tree->at.building, sizeof tree->at.building, building);
        tree->at.within_estate = tree->at.within_building = true;
        tree->level = HOMES;
        break;
    default:
        mu_text_copy(tree->at.building, sizeof tree->at.building, row->name);
        tree->at.within_building = true;
        tree->level = HOMES;
        break;
    }
    read_rows(app, tree, 0);
}

/* False at the top. */
static bool go_up(struct mu_app *app, struct place_tree *tree)
{
    bool in_grid = *tree->grid != '\0';

    switch (tree->level) {
    case HOMES:
        tree->at.within_building = false;
        tree->at.within_estate = !in_grid;
        tree->level = in_grid ? GRID_BUILDINGS : BUILDINGS;
        read_rows(app, tree, tree->above[1]);
        return true;
    case BUILDINGS:
        tree->at.within_estate = false;
        tree->level = ESTATES;
        read_rows(app, tree, tree->above[0]);
        return true;
    case GRID_BUILDINGS:
        *tree->grid = '\0';
        tree->level = GRIDS;
        read_rows(app, tree, tree->above[0]);
        return true;
    default:
        return false;
    }
}

/* From the tree of places to the grids and back. */
static void turn_over(struct mu_app *app, struct place_tree *tree)
{
    bool grids = tree->level == GRIDS || *tree->grid;

    memset(&tree->at, 0, sizeof tree->at);
    *tree->grid = '\0';
    tree->level = grids ? ESTATES : GRIDS;
    read_rows(app, tree, 0);
}

static bool describable(const struct place_tree *tree)
{
    return tree->level != ESTATES && tree->level != HOMES && tree->list.cursor < tree->count;
}

static void describe(struct mu_app *app, struct place_tree *tree)
{
    const struct row *row = chosen(tree);
    char estate[NAME_SIZE], building[NAME_SIZE];
    struct mu_error error;
    enum mu_status status;

    if (!row)
        return;
    if (tree->level == GRIDS) {
        status = mu_open_grid_form(app, row->name, &error);
    } else if (tree->level == GRID_BUILDINGS) {
        part(row->name, estate, building);
        status = mu_open_building_form(app, estate, building, &error);
    } else {
        status = mu_open_building_form(app, tree->at.estate, row->name, &error);
    }
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

static void tree_resume(struct mu_app *app, void *state)
{
    struct place_tree *tree = state;

    read_rows(app, tree, tree->list.cursor);
}

static bool tree_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct place_tree *tree = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_back:
        return go_up(app, tree);
    case MU_DO_choose:
        turn_over(app, tree);
        return true;
    case MU_DO_save:
        describe(app, tree);
        return true;
    case MU_DO_undo:
        mu_ask_undo(app, tree_resume, tree);
        return true;
    case MU_DO_refresh:
        read_rows(app, tree, tree->list.cursor);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    default:
        break;
    }
    switch (mu_list_event(&tree->list, event, NULL)) {
    case MU_LIST_OPENED:
        open_row(app, tree);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer tree_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct place_tree *tree = state;
    bool grids = tree->level == GRIDS || *tree->grid;

    (void)app;
    switch (action) {
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES,
                                 .label = grids ? MU_SAY_place_by_tree : MU_SAY_place_by_grid};
    case MU_DO_save:
        if (!describable(tree))
            return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = MU_SAY_place_not_describable};
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_file_edit_label};
    case MU_DO_refresh:
    case MU_DO_undo:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_screen_open};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static void place_cell(const struct row *row, enum place_column column, char *out, size_t size)
{
    const int64_t figures[PLACE_COLUMNS] = {
        [PLACE_HOMES] = row->count.homes,      [OWNED] = row->count.by_occupancy[1],
        [RENTED] = row->count.by_occupancy[2], [HOMESTAY] = row->count.by_occupancy[3],
        [VACANT] = row->count.by_occupancy[4], [PEOPLE] = row->count.people,
        [ELDERS] = row->count.elders,
    };
    char count[MU_COUNT_SIZE];

    if (column == PLACE) {
        mu_text_copy(out, size, *row->name ? row->name : "—");
        return;
    }
    mu_count_text(figures[column], count);
    snprintf(out, size, "%s%s", count, row->counted ? "" : "…");
}

static void cell(void *context, size_t index, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct place_tree *tree = context;
    const struct row *row = &tree->row[index];

    if (tree->level != HOMES) {
        place_cell(row, (enum place_column)column, out, size);
        if (!row->counted && column != PLACE)
            *style = MU_STYLE_DIM;
    } else if (column == HOME) {
        mu_text_copy(out, size, row->name);
    } else if (column == HOME_HEAD) {
        mu_text_copy(out, size, row->head);
    } else if (column == HOME_PEOPLE) {
        mu_count_text(row->people, out);
    } else {
        mu_text_copy(out, size, mu_choice_word(&mu_occupancies, row->occupancy, language));
    }
}

static void tree_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct place_tree *tree = state;
    enum mu_language language = mu_app_language(app);
    bool in_grids = tree->level == GRIDS || *tree->grid;
    const char *const parts[] = {tree->grid, tree->at.within_estate ? tree->at.estate : "",
                                 tree->at.within_building ? tree->at.building : ""};
    char where[4 * MU_PLACE_SIZE], position[64];
    struct mu_area rows = layout->work;
    size_t used;

    count_on(app, tree, DRAW_BUDGET);
    used = (size_t)snprintf(
        where, sizeof where, "%s",
        mu_message_text(in_grids ? MU_SAY_place_all_grids : MU_SAY_place_all, language));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (*parts[i] && used < sizeof where)
            used += (size_t)snprintf(where + used, sizeof where - used, " › %s", parts[i]);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 20, where, MU_MARK, MU_STYLE_TITLE);
    mu_list_position(&tree->list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, layout->columns - 18, 17, position, MU_RIGHT,
                MU_STYLE_HINT);
    rows.row++, rows.rows--;
    mu_list_draw(&tree->list, grid, rows, true, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_place_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static bool tree_tick(struct mu_app *app, void *state)
{
    struct place_tree *tree = state;

    if (mu_screens_changed(app, &tree->seen)) {
        read_rows(app, tree, tree->list.cursor);
        return true;
    }
    return count_on(app, tree, TICK_BUDGET);
}

static void tree_close(struct mu_app *app, void *state)
{
    struct place_tree *tree = state;

    (void)app;
    free(tree->row);
    free(tree);
}

static const struct mu_screen_type tree_type = {
    .name = "place_tree",
    .title = MU_SAY_place_title,
    .event = tree_event,
    .draw = tree_draw,
    .offer = tree_offer,
    .typing = mu_typing_keys,
    .tick = tree_tick,
    .resume = tree_resume,
    .close = tree_close,
};

enum mu_status mu_open_places(struct mu_app *app, struct mu_error *error)
{
    struct place_tree *tree = calloc(1, sizeof *tree);

    if (!tree)
        return mu_fail_memory(error);
    tree->seen = mu_screens_of(app)->changes;
    read_rows(app, tree, 0);
    return mu_app_push(app, &tree_type, tree, error);
}
