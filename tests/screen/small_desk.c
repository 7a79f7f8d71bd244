#include "screen/small_desk.h"

#include <mulin/base/text.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct fake_term fake;
struct mu_app *app;
char seen[FAKE_SHOWN], seen_after[FAKE_SHOWN];
struct small_desk desk;
struct small_home home;

/* ---- the desk ---- */

static void answered(struct mu_app *of, void *context, bool yes)
{
    (void)of;
    (void)context;
    desk.answers++;
    desk.yes += yes;
}

static void reasoned(struct mu_app *of, void *context, const char *text)
{
    (void)context;
    snprintf(desk.reason, sizeof desk.reason, "%s", text ? text : "(none)");
    mu_app_say(of, MU_TONE_GOOD, MU_SAY_tui_app_theme, desk.reason, NULL);
}

/* Two seconds of work in a hundred pieces. */
static void work(struct mu_app *of)
{
    for (desk.worked = 0; desk.worked < 100; desk.worked++) {
        if (!mu_app_progress(of, MU_SAY_tui_help_title, (size_t)desk.worked, 100))
            return;
        if (strstr(fake.shown, "60 / 100"))
            memcpy(seen, fake.shown, sizeof seen);
        fake.now += 20;
    }
}

static bool desk_event(struct mu_app *of, void *state, const struct mu_event *event)
{
    (void)state;
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_accept) {
        desk.scans += event->scan != NULL;
        desk.enters++;
        mu_text_copy(desk.last, sizeof desk.last, event->scan ? event->scan : desk.box.text);
        mu_line_edit_clear(&desk.box);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_undo) {
        mu_app_confirm(of, "作废张金凤的午餐 8.00 元？", answered, NULL);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_new) {
        mu_app_prompt(of, "为什么作废？", 32, true, reasoned, NULL);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_find) {
        work(of);
        return true;
    }
    return mu_line_edit_event(&desk.box, event) != MU_LINE_IGNORED;
}

static void desk_draw(struct mu_app *of, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    (void)state;
    mu_grid_put(grid, layout->hint_row, 0, layout->columns, "刷卡或输入", MU_LEFT, MU_STYLE_HINT);
    mu_line_edit_draw(&desk.box, grid, layout->work.row, 2, 40, true, mu_app_language(of));
}

static struct mu_offer desk_offer(struct mu_app *of, const void *state, enum mu_action action)
{
    struct mu_offer offer = {MU_OFFER_NONE, 0, 0};

    (void)of;
    (void)state;
    if (action == MU_DO_undo || action == MU_DO_new || action == MU_DO_find)
        offer.kind = MU_OFFER_YES;
    if (action == MU_DO_refresh)
        offer = (struct mu_offer){MU_OFFER_NOT_NOW, MU_SAY_tui_messages_none, 0};
    return offer;
}

static bool desk_tick(struct mu_app *of, void *state)
{
    (void)of;
    (void)state;
    desk.ticks++;
    return false;
}

static void desk_draft(struct mu_app *of, void *state)
{
    (void)of;
    (void)state;
    desk.drafts++;
}

static void desk_close(struct mu_app *of, void *state)
{
    (void)of;
    (void)state;
    desk.closed++;
}

const struct mu_screen_type small_desk_type = {
    .name = "desk",
    .title = MU_SAY_tui_keys_forms,
    .event = desk_event,
    .draw = desk_draw,
    .offer = desk_offer,
    .tick = desk_tick,
    .draft = desk_draft,
    .close = desk_close,
};

/* ---- home ---- */

static bool home_event(struct mu_app *of, void *state, const struct mu_event *event)
{
    (void)state;
    if (event->kind == MU_EVENT_SCAN) {
        snprintf(home.scan, sizeof home.scan, "%s", event->text);
        return true;
    }
    if (event->kind == MU_EVENT_TEXT && event->character >= '1' && event->character <= '9')
        return mu_app_open(of, event->character - '0');
    return false;
}

static void home_draw(struct mu_app *of, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    (void)of;
    (void)state;
    mu_grid_put(grid, layout->work.row, 2, 30, "1 就餐签到", MU_LEFT, MU_STYLE_NORMAL);
}

static enum mu_typing home_typing(const struct mu_app *of, const void *state)
{
    (void)of;
    (void)state;
    return MU_TYPING_KEYS;
}

static void home_resume(struct mu_app *of, void *state)
{
    (void)of;
    (void)state;
    home.resumes++;
}

static struct mu_offer home_offer(struct mu_app *of, const void *state, enum mu_action action)
{
    (void)of;
    (void)state;
    return (struct mu_offer){action == MU_DO_number ? MU_OFFER_YES : MU_OFFER_NONE, 0, 0};
}

static const struct mu_screen_type home_type = {
    .name = "home",
    .title = MU_SAY_tui_keys_home,
    .event = home_event,
    .draw = home_draw,
    .offer = home_offer,
    .typing = home_typing,
    .resume = home_resume,
};

static enum mu_status open_desk(struct mu_app *of, struct mu_error *error)
{
    return mu_app_push(of, &small_desk_type, NULL, error);
}

static const struct mu_place places[] = {
    {1, MU_SAY_tui_keys_forms, MU_SAY_tui_keys_forms, open_desk, 0}};

static struct mu_moment at_lunch(void *context)
{
    (void)context;
    return (struct mu_moment){{2026, 3, 10}, 11 * 60 + 30, 0};
}

int small_desk_open(void **state)
{
    const struct mu_app_options options = {.now = at_lunch,
                                           .places = places,
                                           .place_count = 1,
                                           .demo = true,
                                           .centre = "云鹭湾社区",
                                           .operator_name = "王芳"};

    (void)state;
    memset(&desk, 0, sizeof desk);
    memset(&home, 0, sizeof home);
    mu_line_edit_init(&desk.box, 64);
    fake_init(&fake, 24, 80);
    app = mu_app_new(&options, NULL);
    return app && mu_app_push(app, &home_type, NULL, NULL) == MU_OK ? 0 : -1;
}

int small_desk_close(void **state)
{
    (void)state;
    mu_app_free(&app);
    return 0;
}

void small_desk_run(void)
{
    struct mu_error error;

    assert_int_equal(mu_app_run(app, &fake.term, &error), MU_OK);
}

void small_desk_shows(const char *words)
{
    if (!strstr(seen, words))
        fail_msg("'%s' is not on:\n%s", words, seen);
}

void small_desk_go(void)
{
    fake_wait(&fake, 200);
    fake_type(&fake, "1");
    fake_wait(&fake, 200);
}
