#include "tui/screens/case_reading.h"

#include "tui/screens/case_sheet.h"
#include "tui/screens/case_words.h"
#include "tui/screens/screens.h"
#include "tui/text_area.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum { SUBJECT_SIZE = 512, COLUMNS = 100 };

struct reading {
    struct mu_screen_type type; /* with the title asked for */
    struct mu_text_area *area;
    char subject[SUBJECT_SIZE];
    int64_t reader; /* who opened it: nobody else sees it */
};

/* Only what moves: nothing is written here. */
static bool reading_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct reading *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch ((int)event->action) {
    case MU_DO_up:
    case MU_DO_down:
    case MU_DO_left:
    case MU_DO_right:
    case MU_DO_first:
    case MU_DO_last:
    case MU_DO_page_up:
    case MU_DO_page_down:
        return mu_text_area_event(self->area, event) != MU_TEXT_AREA_IGNORED;
    case MU_DO_accept:
        mu_app_pop(app);
        return true;
    default:
        return false;
    }
}

static struct mu_offer reading_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)app, (void)state;
    if (action == MU_DO_accept)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_case_reading_done_label};
    return (struct mu_offer){.kind = MU_OFFER_NONE};
}

static void reading_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                         const struct mu_layout *layout)
{
    struct reading *self = state;
    struct mu_area place = layout->work;

    if (mu_desk_operator_id(mu_screens_desk(app)) != self->reader) {
        mu_case_draw_others(app, grid, layout);
        return;
    }
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 1, self->subject, MU_MARK,
                MU_STYLE_TITLE);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_case_reading_hint, mu_app_language(app)), MU_MARK,
                MU_STYLE_HINT);
    place.row++, place.rows--;
    place.column++, place.columns -= 2;
    if (place.columns > COLUMNS)
        place.columns = COLUMNS;
    mu_text_area_draw(self->area, grid, place, true, mu_app_language(app));
}

static void reading_close(struct mu_app *app, void *state)
{
    struct reading *self = state;

    (void)app;
    mu_text_area_free(&self->area);
    explicit_bzero(self->subject, sizeof self->subject);
    free(self);
}

static const struct mu_screen_type reading_type = {
    .name = "case_reading",
    .event = reading_event,
    .draw = reading_draw,
    .offer = reading_offer,
    .typing = mu_typing_keys,
    .close = reading_close,
};

enum mu_status mu_open_case_reading(struct mu_app *app, enum mu_message title, const char *subject,
                                    const char *text, struct mu_error *error)
{
    struct reading *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    self->type = reading_type;
    self->type.title = title;
    self->reader = mu_desk_operator_id(mu_screens_desk(app));
    mu_text_copy(self->subject, sizeof self->subject, subject);
    /* What is made fit for the screen may be longer than it was by what a normal form adds. */
    self->area = mu_text_area_new(3 * mu_case_bytes(text) + 1, error);
    if (!self->area || !mu_text_area_set(self->area, text)) {
        reading_close(app, self);
        return mu_fail_memory(error);
    }
    mu_text_area_go(self->area, 0);
    return mu_app_push(app, &self->type, self, error);
}
