#include "tui/screens/records.h"

#include "base/growing.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum mu_status mu_records_open(struct mu_app *app, const struct mu_records_kind *kind, void *state,
                               struct mu_error *error)
{
    struct mu_records *records = state;

    if (!records)
        return mu_fail_memory(error);
    records->kind = kind;
    mu_list_init(&records->list, kind->columns, kind->column_count, &kind->source, state);
    records->list.empty = kind->empty;
    records->seen = mu_screens_of(app)->changes;
    mu_records_read(app, state);
    if (records->failed && kind->must_read) {
        enum mu_status status = records->error.status;

        if (error)
            *error = records->error;
        kind->type->close(app, state);
        return status;
    }
    return mu_app_push(app, kind->type, state, error);
}

void *mu_records_add(struct mu_records *records, const void *row)
{
    size_t size = records->kind->row_size;
    void *grown = mu_grown(records->row, records->count, &records->room, size);

    if (!grown) {
        records->no_memory = true;
        return NULL;
    }
    records->row = grown;
    return memcpy(mu_records_row(records, records->count++), row, size);
}

void *mu_records_row(const struct mu_records *records, size_t number)
{
    return (char *)records->row + number * records->kind->row_size;
}

void *mu_records_chosen(const struct mu_records *records)
{
    return records->count ? mu_records_row(records, records->list.cursor) : NULL;
}

void mu_records_draw(struct mu_records *records, const struct mu_app *app, struct mu_grid *grid,
                     const struct mu_layout *layout, const char *title, enum mu_message hint)
{
    mu_app_draw_list(app, &records->list, grid, layout, title,
                     records->failed ? &records->error : NULL, hint);
}

/* ---- of the screen's type ---- */

void mu_records_read(struct mu_app *app, void *state)
{
    struct mu_records *records = state;
    enum mu_status status;

    records->count = 0;
    records->no_memory = false;
    status = records->kind->read(app, state, &records->error);
    if (status == MU_OK && records->no_memory)
        status = mu_fail_memory(&records->error);
    records->failed = status != MU_OK;
    mu_list_count(&records->list, records->count);
    if (records->kind->moved)
        records->kind->moved(app, state);
}

void mu_records_undo(struct mu_app *app, void *state)
{
    mu_ask_undo(app, mu_records_read, state);
}

static struct mu_list_keys keys_of(const struct mu_records_kind *kind)
{
    return (struct mu_list_keys){kind->keys, kind->key_count, mu_records_read, kind->moved};
}

bool mu_records_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct mu_records *records = state;
    const struct mu_list_keys keys = keys_of(records->kind);

    return mu_list_keys_event(&keys, app, state, &records->list, event);
}

struct mu_offer mu_records_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct mu_records *records = state;
    const struct mu_list_keys keys = keys_of(records->kind);

    return mu_list_keys_offer(&keys, app, &records->list, action);
}

bool mu_records_tick(struct mu_app *app, void *state)
{
    struct mu_records *records = state;

    if (!mu_screens_changed(app, &records->seen))
        return false;
    mu_records_read(app, state);
    return true;
}

void mu_records_close(struct mu_app *app, void *state)
{
    struct mu_records *records = state;

    (void)app;
    free(records->row);
    free(state);
}
