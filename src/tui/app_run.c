/* The event loop: wait, handle everything that came, draw once. */
#include "tui/app_state.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum {
    SECOND = 1000,
    DRAFT = 2 * SECOND,
    DRAFT_AGAIN = SECOND / 5, /* when another desk was saving */
    PROGRESS_QUIET = 500,     /* milliseconds of work that need no bar */
    BURST_WAIT = MU_SCAN_GAP + 10,
    BURST_SIZE = 1024,
    BAR = 20
};

struct timers {
    int64_t tick, draft; /* when they are due next */
};

/* The next event: one that was put aside, or what the terminal has within `timeout`. A new size
 * counts at once: what is typed behind it may come before the next drawing. */
static void next_event(struct mu_app *app, int timeout, struct mu_event *event)
{
    int rows, columns;

    memset(event, 0, sizeof *event);
    if (!mu_queue_take(&app->queue, event))
        app->term->next(app->term, timeout, event);
    if (event->kind != MU_EVENT_RESIZE)
        return;
    app->term->size(app->term, &rows, &columns);
    app->small = mu_app_too_small(rows, columns);
    app->redraw = true;
}

static bool closes_scan(const struct mu_event *event)
{
    return event->kind == MU_EVENT_KEY && (event->key == MU_KEY_ENTER || event->key == MU_KEY_TAB);
}

/* Where characters are keys, one alone is a key; what comes in a burst is not, and a scan is one
 * event. So a character waits a moment for the next. */
static void gather_burst(struct mu_app *app, struct mu_event *event, char burst[BURST_SIZE])
{
    size_t used = 0;
    struct mu_event next = *event;

    mu_scan_reset(&app->scan);
    do {
        used += mu_text_copy(burst + used, BURST_SIZE - used, next.text) ? strlen(next.text) : 0;
        mu_scan_text(&app->scan, next.text, app->term->milliseconds(app->term));
        do
            next_event(app, BURST_WAIT, &next);
        while (next.kind == MU_EVENT_RESIZE); /* does not cut a scan */
    } while (next.kind == MU_EVENT_TEXT);
    event->text = burst;
    if (closes_scan(&next) && mu_scan_end(&app->scan, app->term->milliseconds(app->term)))
        event->kind = MU_EVENT_SCAN;
    else if (next.kind != MU_EVENT_NONE)
        mu_queue_put_back(&app->queue, &next);
}

/* Milliseconds until nobody has touched a key for too long; -1: that does not matter. */
static int until_idle(const struct mu_app *app)
{
    int64_t due = app->touched + app->options.idle_after - app->term->milliseconds(app->term);

    if (!app->options.idle || mu_app_layer(app) == NULL ||
        app->layer[mu_app_covered(app)].type->cover)
        return -1;
    return due > 0 ? (int)due : 0;
}

static void notice_idleness(struct mu_app *app)
{
    if (until_idle(app) != 0)
        return;
    app->touched = app->term->milliseconds(app->term);
    app->options.idle(app);
}

static void handle(struct mu_app *app, struct mu_event event)
{
    char burst[BURST_SIZE] = "";

    notice_idleness(app); /* what comes after a long stop is for the lock already */
    if (event.kind == MU_EVENT_RESIZE)
        return; /* nobody touched a key, and a scan goes on */
    app->touched = app->term->milliseconds(app->term);

    if (event.kind == MU_EVENT_TEXT && mu_app_typing(app) == MU_TYPING_KEYS)
        gather_burst(app, &event, burst);
    else if (event.kind == MU_EVENT_TEXT)
        mu_scan_text(&app->scan, event.text, app->term->milliseconds(app->term));
    else if (closes_scan(&event) && mu_scan_end(&app->scan, app->term->milliseconds(app->term)))
        event.scan = app->scan.text;
    else
        mu_scan_reset(&app->scan);
    mu_app_event(app, event);
}

static enum mu_status draw(struct mu_app *app, struct mu_error *error)
{
    int rows, columns;
    enum mu_status status;

    app->term->size(app->term, &rows, &columns);
    status = mu_grid_resize(app->grid, rows, columns, error);
    if (status != MU_OK)
        return status;
    mu_app_draw(app, app->grid);
    app->term->present(app->term, app->grid);
    return MU_OK;
}

static void run_timers(struct mu_app *app, struct timers *timers)
{
    int64_t now = app->term->milliseconds(app->term);

    notice_idleness(app);
    if (now >= timers->tick) {
        mu_app_tick(app);
        timers->tick = now + SECOND;
    }
    if (now >= timers->draft) {
        timers->draft = now + (mu_app_draft_soon(app) ? DRAFT : DRAFT_AGAIN);
    }
}

/* Milliseconds until the next timer. */
static int until_timer(const struct mu_app *app, const struct timers *timers)
{
    int64_t now = app->term->milliseconds(app->term);
    int64_t due = timers->tick < timers->draft ? timers->tick : timers->draft;
    int idle = until_idle(app);

    if (idle >= 0 && now + idle < due)
        due = now + idle;
    return due <= now ? 0 : (int)(due - now);
}

/* A few milliseconds of what the screen on top has to do; keys come first. */
static bool work_on(struct mu_app *app)
{
    const struct mu_layer *layer = mu_app_layer(app);

    if (!layer || !layer->type->work || !layer->type->work(app, layer->state))
        return false;
    app->redraw = true;
    return true;
}

static enum mu_status begin(struct mu_app *app, struct mu_error *error)
{
    enum mu_status status = draw(app, error);

    if (status == MU_OK && app->options.settle)
        status = app->options.settle(app->options.context, error);
    return status;
}

static enum mu_status loop(struct mu_app *app, struct mu_error *error)
{
    int64_t now = app->term->milliseconds(app->term);
    struct timers timers = {now + SECOND, now + DRAFT};
    struct mu_event event;

    app->touched = now;
    while (!app->ended) {
        next_event(app, 0, &event);
        run_timers(app, &timers);
        if (event.kind == MU_EVENT_NONE) {
            if (app->redraw && draw(app, error) != MU_OK)
                return error->status;
            if (work_on(app))
                continue;
            app->term->settled(app->term);
            next_event(app, until_timer(app, &timers), &event);
        }
        if (event.kind != MU_EVENT_NONE)
            handle(app, event);
    }
    return MU_OK;
}

enum mu_status mu_app_run(struct mu_app *app, struct mu_term *term, struct mu_error *error)
{
    enum mu_status status;
    int rows, columns;
    struct mu_error own = {.status = MU_OK}, *told = error ? error : &own;

    term->size(term, &rows, &columns);
    app->grid = mu_grid_new(rows, columns);
    if (!app->grid)
        return mu_fail_memory(error);
    app->grid->glyphs = term->glyphs;
    app->term = term;
    app->redraw = true;
    mu_scan_reset(&app->scan);
    term->theme(term, app->theme);
    if (term->no_han && app->language == MU_CHINESE) {
        app->language = MU_ENGLISH;
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_term_console, NULL);
    }
    status = begin(app, told);
    if (status == MU_OK)
        status = loop(app, told);
    app->term = NULL;
    mu_grid_free(&app->grid);
    return status;
}

static void draw_progress(struct mu_app *app, enum mu_message what, size_t done, size_t total)
{
    char text[MU_MESSAGE_SIZE], count[MU_COUNT_SIZE], of[MU_COUNT_SIZE], bar[BAR + 3] = "[";
    size_t filled = total > 0 ? done * BAR / total : 0;
    int row = app->grid->rows - 2, used;

    for (size_t i = 0; i < BAR; i++)
        bar[i + 1] = i < filled ? '#' : '.';
    bar[BAR + 1] = ']';
    mu_count_text((int64_t)done, count);
    mu_count_text((int64_t)total, of);
    mu_message_format(text, sizeof text, app->language, MU_SAY_tui_app_progress,
                      mu_message_text(what, app->language), count, of, NULL);
    used = mu_grid_put(app->grid, row, 0, BAR + 3, bar, MU_LEFT, MU_STYLE_TITLE);
    mu_grid_put(app->grid, row, used + 1, app->grid->columns - used - 1, text, MU_MARK,
                MU_STYLE_NORMAL);
    app->term->present(app->term, app->grid);
    app->redraw = true;
}

/* Esc is taken at once, everything else that came is kept for afterwards. */
static bool wants_stop(struct mu_app *app)
{
    struct mu_event event;

    while (!mu_queue_full(&app->queue)) {
        memset(&event, 0, sizeof event);
        app->term->next(app->term, 0, &event);
        if (event.kind == MU_EVENT_NONE)
            return false;
        if (event.kind == MU_EVENT_KEY && event.key == MU_KEY_ESCAPE)
            return true;
        mu_queue_add(&app->queue, &event);
        if (event.kind == MU_EVENT_HANGUP)
            return true;
    }
    return false;
}

bool mu_app_progress(struct mu_app *app, enum mu_message what, size_t done, size_t total)
{
    int64_t now;

    if (!app->term)
        return true;
    now = app->term->milliseconds(app->term);
    if (done == 0)
        app->progress_start = now;
    if (now - app->progress_start < PROGRESS_QUIET)
        return true;
    draw_progress(app, what, done, total);
    return !wants_stop(app);
}
