#include "tui/app_state.h"
#include "tui/list.h"

enum { POSITION = 20 }; /* cells, with the gap before it */

void mu_app_draw_list(const struct mu_app *app, struct mu_list *list, struct mu_grid *grid,
                      const struct mu_layout *layout, const char *title,
                      const struct mu_error *failure, enum mu_message hint)
{
    struct mu_area area = layout->work;
    char text[MU_MESSAGE_SIZE], position[64];

    mu_list_position(list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - POSITION - 2, title, MU_MARK,
                MU_STYLE_TITLE);
    mu_grid_put(grid, layout->status_row, layout->columns - POSITION, POSITION - 1, position,
                MU_RIGHT, MU_STYLE_DIM);
    area.row++, area.rows--;
    if (failure) {
        mu_error_text(failure, app->language, text, sizeof text);
        mu_grid_paragraph(grid, area, text, MU_STYLE_BAD);
        mu_grid_cursor(grid, area.row, area.column);
    } else {
        mu_list_draw(list, grid, area, true, app->language);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(hint, app->language), MU_LEFT, MU_STYLE_HINT);
}

enum mu_typing mu_typing_keys(const struct mu_app *app, const void *state)
{
    (void)app, (void)state;
    return MU_TYPING_KEYS;
}
