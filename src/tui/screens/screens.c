#include "tui/screens/screens.h"

#include "tui/screens/goods.h"

#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/operators.h>

#include <string.h>

static const struct mu_place places[] = {
    {1, MU_SAY_checkin_title, MU_SAY_checkin_help, mu_open_meal_checkin, MU_MAY_serve_meal},
    {2, MU_SAY_register_title, MU_SAY_register_help, mu_open_register, MU_MAY_find_resident},
    {3, MU_SAY_resident_new_title, MU_SAY_resident_new_help, mu_open_new_resident,
     MU_MAY_save_resident},
    {4, MU_SAY_settlement_title, MU_SAY_settlement_help, mu_open_settlement, MU_MAY_read_meals},
    {5, MU_SAY_rules_title, MU_SAY_rules_help, mu_open_rules, MU_MAY_read_rules},
    {6, MU_SAY_orders_title, MU_SAY_orders_help, mu_open_orders, MU_MAY_read_orders},
    {7, MU_SAY_services_title, MU_SAY_services_help, mu_open_services, MU_MAY_read_points},
    {8, MU_SAY_place_title, MU_SAY_place_help, mu_open_places, MU_MAY_find_resident},
    {9, MU_SAY_cases_title, MU_SAY_cases_help, mu_open_cases, MU_MAY_list_cases},
    {0, MU_SAY_due_title, MU_SAY_due_help, mu_open_due_tags, MU_MAY_read_resident},
    {0, MU_SAY_mediators_title, MU_SAY_mediators_help, mu_open_mediators, MU_MAY_list_cases},
    {0, MU_SAY_audit_title, MU_SAY_audit_help, mu_open_audit, MU_MAY_read_audit},
    {0, MU_SAY_rounds_title, MU_SAY_rounds_help, mu_open_rounds, MU_MAY_read_orders},
    {0, MU_SAY_alerts_title, MU_SAY_alerts_help, mu_open_alerts, MU_MAY_read_resident},
    {0, MU_SAY_replay_place, MU_SAY_replay_help, mu_open_replay, MU_MAY_read_meals},
    {0, MU_SAY_month_title, MU_SAY_month_help, mu_open_month, MU_MAY_read_meals},
    {0, MU_SAY_tally_title, MU_SAY_tally_help, mu_open_points_tally, MU_MAY_read_points},
    {0, MU_SAY_volunteers_title, MU_SAY_volunteers_help, mu_open_volunteers, MU_MAY_read_points},
    {0, MU_SAY_teams_title, MU_SAY_teams_help, mu_open_teams, MU_MAY_read_points},
    {0, MU_SAY_calendar_title, MU_SAY_calendar_help, mu_open_calendar, MU_MAY_read_rules},
    {0, MU_SAY_wall_title, MU_SAY_wall_help, mu_open_points_wall, MU_MAY_read_points},
    {0, MU_SAY_redeem_title, MU_SAY_redeem_help, mu_open_redeem, MU_MAY_give_goods},
    {0, MU_SAY_goods_title, MU_SAY_goods_help, mu_open_goods, MU_MAY_read_points},
    {0, MU_SAY_twins_title, MU_SAY_twins_hint, mu_open_twins, MU_MAY_find_resident},
    {0, MU_SAY_case_count_place, MU_SAY_case_count_help, mu_open_case_count, MU_MAY_count_cases},
    {0, MU_SAY_report_title, MU_SAY_report_help, mu_open_register_report, MU_MAY_find_resident},
    {0, MU_SAY_import_title, MU_SAY_import_help, mu_open_import, MU_MAY_import_residents},
};

enum { PLACES = sizeof places / sizeof *places };

static enum mu_status may_open(void *context, const struct mu_place *place, struct mu_error *error)
{
    const struct mu_screens *screens = context;

    return mu_desk_ask(screens->desk, (enum mu_operation)place->need, error);
}

static void drawing(void *context, bool on)
{
    const struct mu_screens *screens = context;

    mu_desk_glance(screens->desk, on);
}

static enum mu_status settle(void *context, struct mu_error *error)
{
    const struct mu_screens *screens = context;

    return mu_desk_take_key(screens->desk, error);
}

const struct mu_place *mu_screens_place(const struct mu_app *app, size_t index)
{
    for (size_t i = 0; i < PLACES; i++) {
        if (places[i].number == 0 || may_open(mu_screens_of(app), &places[i], NULL) != MU_OK ||
            index-- > 0)
            continue;
        return &places[i];
    }
    return NULL;
}

static struct mu_moment now(void *context)
{
    const struct mu_screens *screens = context;

    return mu_desk_now(screens->desk);
}

static void shorten(char *name, const char *ending)
{
    char *at = strstr(name, ending);

    if (at && at != name && strcmp(at, ending) == 0)
        *at = '\0';
}

static void find(struct mu_app *app)
{
    struct mu_error error;

    if (mu_desk_ask(mu_screens_desk(app), MU_MAY_find_resident, &error) != MU_OK ||
        mu_open_find(app, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

void mu_screens_init(struct mu_screens *screens, struct mu_desk *desk, struct mu_app_options *out)
{
    const struct mu_rules *rules;

    *screens = (struct mu_screens){.desk = desk};
    *out = (struct mu_app_options){
        .context = screens,
        .now = now,
        .places = places,
        .place_count = PLACES,
        .demo = mu_desk_demo(desk),
        .may_open = may_open,
        .drawing = drawing,
        .settle = settle,
        .change = mu_change_operator,
        .find = find,
        .idle = mu_lock_screen,
        .idle_after = MU_IDLE_LOCK,
    };
    mu_text_copy(out->operator_name, sizeof out->operator_name, mu_desk_operator(desk));
    if (mu_desk_rules(desk, &rules, NULL, NULL) == MU_OK) {
        mu_text_copy(out->centre, sizeof out->centre, rules->centre.name);
        /* Row 0 is short, and whose centre it is says enough. */
        shorten(out->centre, "党群服务中心");
    }
}

void mu_screens_remember(struct mu_app *app, int64_t resident_id)
{
    struct mu_error error;

    (void)(mu_remember_file(mu_screens_desk(app), resident_id, &error) == MU_OK);
}

struct mu_screens *mu_screens_of(const struct mu_app *app)
{
    return mu_app_context(app);
}

struct mu_desk *mu_screens_desk(const struct mu_app *app)
{
    return mu_screens_of(app)->desk;
}

bool mu_screens_changed(struct mu_app *app, unsigned *seen)
{
    struct mu_screens *screens = mu_screens_of(app);
    bool changed;

    if (mu_desk_changed(screens->desk))
        screens->changes++;
    changed = *seen != screens->changes;
    *seen = screens->changes;
    return changed;
}
