#include "tui/app_state.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum {
    LEAST_ROWS = 20,
    LEAST_COLUMNS = 60,
    WIDE_COLUMNS = 100,
    WORD_SIZE = 128,
    HINTS = 16,
    LEAST_HINT = 9, /* a priority behind all of actions.def */
    HINT_GAP = 2
};

static struct mu_layout layout_of(const struct mu_grid *grid)
{
    struct mu_layout layout = {
        .rows = grid->rows,
        .columns = grid->columns,
        .status_row = 1,
        .hint_row = grid->rows - 3,
        .message_row = grid->rows - 2,
        .key_row = grid->rows - 1,
        .wide = grid->columns >= WIDE_COLUMNS,
    };

    layout.work = (struct mu_area){2, 0, grid->rows - 5, grid->columns};
    return layout;
}

static void draw_small(struct mu_app *app, struct mu_grid *grid)
{
    char text[MU_MESSAGE_SIZE], columns[16], rows[16];
    struct mu_area whole = {0, 0, grid->rows, grid->columns};

    snprintf(columns, sizeof columns, "%d", grid->columns);
    snprintf(rows, sizeof rows, "%d", grid->rows);
    mu_message_format(text, sizeof text, app->language, MU_SAY_tui_app_small, columns, rows, NULL);
    mu_grid_paragraph(grid, whole, text, MU_STYLE_WARNING);
}

/* Operator, date and time for the right of row 0: as much of it as leaves `wanted` cells for the
 * place. Returns its cells. */
static int draw_clock(struct mu_app *app, struct mu_grid *grid, int wanted)
{
    static const enum mu_message weekdays[] = {MU_SAY_tui_app_weekday_0, MU_SAY_tui_app_weekday_1,
                                               MU_SAY_tui_app_weekday_2, MU_SAY_tui_app_weekday_3,
                                               MU_SAY_tui_app_weekday_4, MU_SAY_tui_app_weekday_5,
                                               MU_SAY_tui_app_weekday_6};
    struct mu_moment now = mu_app_now(app);
    char date[MU_DATE_SIZE], clock[MU_CLOCK_SIZE], text[3][WORD_SIZE * 2];
    const char *weekday = mu_message_text(weekdays[mu_date_weekday(now.date) % 7], app->language);
    int cells = 0;

    app->minute = now.minute;
    mu_date_format(now.date, date);
    mu_clock_format(now.minute, clock);
    snprintf(text[0], sizeof text[0], " %s  %s %s %s ", app->options.operator_name, date, weekday,
             clock);
    snprintf(text[1], sizeof text[1], " %s  %s ", app->options.operator_name, clock);
    snprintf(text[2], sizeof text[2], " %s ", clock);
    for (int i = 0; i < 3; i++) {
        cells = mu_text_cells(text[i]);
        if (cells + wanted <= grid->columns || i == 2) {
            mu_grid_put(grid, 0, grid->columns - cells, cells, text[i], MU_LEFT, MU_STYLE_BAR);
            break;
        }
    }
    return cells;
}

/* Row 0: where › what, and who and when. */
static void draw_bar(struct mu_app *app, struct mu_grid *grid)
{
    char text[1024], subject[WORD_SIZE];
    size_t used;

    used = (size_t)snprintf(text, sizeof text, " %s%s", app->options.centre,
                            app->options.demo ? mu_message_text(MU_SAY_tui_app_demo, app->language)
                                              : "");
    for (size_t i = mu_app_covered(app); i < app->count && used < sizeof text; i++) {
        const struct mu_layer *layer = &app->layer[i];

        if (layer->type->popup)
            continue;
        used += (size_t)snprintf(text + used, sizeof text - used, " › %s",
                                 mu_message_text(layer->type->title, app->language));
        subject[0] = '\0';
        if (layer->type->subject)
            layer->type->subject(app, layer->state, subject, sizeof subject);
        if (subject[0] && used < sizeof text)
            used += (size_t)snprintf(text + used, sizeof text - used, " %s", subject);
    }
    mu_grid_put(grid, 0, 0, grid->columns - draw_clock(app, grid, mu_text_cells(text)), text,
                MU_MARK, MU_STYLE_BAR);
}

struct hint {
    char key[MU_KEY_NAME_SIZE];
    const char *label;
    int priority, cells; /* 0 cells: dropped */
};

/* The hint for an action, if it can be done now. */
static bool hint_of(struct mu_app *app, enum mu_action action, struct hint *hint)
{
    const struct mu_action_row *row = mu_action_row(action);
    const struct mu_layer *layer = mu_app_layer(app);
    struct mu_offer offer = {MU_OFFER_NONE, 0, 0};

    if (row->priority == 0)
        return false;
    hint->priority = row->priority;
    if (layer && layer->type->offer)
        offer = layer->type->offer(app, layer->state, action);
    /* What works everywhere goes before anything that only this screen does. */
    if (action == MU_DO_find && offer.kind == MU_OFFER_NONE) {
        offer = mu_app_offer(app, action);
        hint->priority = LEAST_HINT;
    }
    if (offer.kind != MU_OFFER_YES && action != MU_DO_help && action != MU_DO_back &&
        !(action == MU_DO_menu && layer && !layer->type->popup && !layer->type->cover))
        return false;
    if (action == MU_DO_number)
        snprintf(hint->key, sizeof hint->key, "%s", row->keys);
    else
        mu_app_key_name(app, action, hint->key);
    hint->label = offer.label ? mu_message_text(offer.label, app->language)
                              : row->label[app->language == MU_ENGLISH];
    hint->cells = mu_text_cells(hint->key) + 1 + mu_text_cells(hint->label);
    return true;
}

/* Drops whole hints, the least important first, until the rest fits. */
static void fit_hints(struct hint *hints, size_t count, int columns)
{
    for (;;) {
        size_t least = count;
        int total = -HINT_GAP;

        for (size_t i = 0; i < count; i++) {
            if (hints[i].cells == 0)
                continue;
            total += hints[i].cells + HINT_GAP;
            if (least == count || hints[i].priority >= hints[least].priority)
                least = i;
        }
        if (total <= columns || least == count)
            return;
        hints[least].cells = 0;
    }
}

static void draw_keys(struct mu_app *app, struct mu_grid *grid, int row)
{
    struct hint hints[HINTS];
    size_t count = 0;
    int column = 0;

    for (int action = 1; action < MU_DO_COUNT && count < HINTS; action++)
        count += hint_of(app, (enum mu_action)action, &hints[count]);
    fit_hints(hints, count, grid->columns);
    for (size_t i = 0; i < count; i++) {
        if (hints[i].cells == 0)
            continue;
        column +=
            mu_grid_run(grid, row, column, grid->columns - column, hints[i].key, MU_STYLE_KEY) + 1;
        column +=
            mu_grid_run(grid, row, column, grid->columns - column, hints[i].label, MU_STYLE_HINT) +
            HINT_GAP;
    }
}

bool mu_app_too_small(int rows, int columns)
{
    return rows < LEAST_ROWS || columns < LEAST_COLUMNS;
}

static void draw_layers(struct mu_app *app, struct mu_grid *grid)
{
    struct mu_layout layout = layout_of(grid);
    size_t first = app->count;

    while (first > 0 && app->layer[first - 1].type->popup)
        first--;
    for (size_t i = first > 0 ? first - 1 : 0; i < app->count; i++)
        app->layer[i].type->draw(app, app->layer[i].state, grid, &layout);
    draw_bar(app, grid);
    mu_message_line_draw(&app->messages, grid, layout.message_row);
    draw_keys(app, grid, layout.key_row);
    if (app->count > 0)
        app->layer[app->count - 1].seen = true;
}

void mu_app_draw(struct mu_app *app, struct mu_grid *grid)
{
    mu_grid_clear(grid);
    app->redraw = false;
    app->small = mu_app_too_small(grid->rows, grid->columns);
    if (app->small) {
        draw_small(app, grid);
        return;
    }
    if (app->options.drawing)
        app->options.drawing(app->options.context, true);
    draw_layers(app, grid);
    if (app->options.drawing)
        app->options.drawing(app->options.context, false);
}

struct mu_area mu_popup_area(const struct mu_layout *layout, int rows, int columns)
{
    struct mu_area work = layout->work;

    rows = rows + 2 < work.rows ? rows + 2 : work.rows;
    columns = columns + 2 < work.columns ? columns + 2 : work.columns;
    work.row += work.rows - rows < 4 ? 0 : 1;
    work.column += (work.columns - columns) / 2;
    work.rows = rows;
    work.columns = columns;
    return work;
}
