/* What a made-up community cooks and orders. */
#include "desk/demo_people.h"
#include "desk/desk_internal.h"

#include <mulin/base/text.h>
#include <mulin/desk/menu.h>
#include <mulin/desk/order.h>
#include <mulin/desk/person_file.h>
#include <mulin/desk/register.h>

enum {
    OLD = 75,    /* full years from which people order */
    PASSED = 60, /* old people who rather come without an order, before the first who orders */
    ORDERING = 18,
    DELIVERED_OF = 3, /* one in so many comes himself */
    MENU_DAYS = 2,
    AWAY_DAYS = 7
};

static const char *const dishes[MENU_DAYS][4] = {
    {"清蒸鲈鱼（低糖、低盐、低脂、软食、含鱼）", "红烧狮子头（软食、含蛋）",
     "香菇青菜（素食、低糖、低盐、低脂）", "蒸蛋羹（低糖、软食、流食、含蛋）"},
    {"番茄牛腩（清真、软食）", "豆腐鲫鱼汤（低糖、软食、含鱼、含大豆）",
     "清炒冬瓜（素食、低糖、低盐、低脂、软食）", "花生拌菠菜（素食、低盐、含花生）"},
};

struct old_people {
    struct mu_date today;
    size_t seen, count;
    int64_t id[ORDERING];
};

static bool take_old(void *context, const struct mu_resident *resident)
{
    struct old_people *people = context;

    if (mu_resident_age(resident, people->today) >= OLD && people->seen++ >= PASSED)
        people->id[people->count++] = resident->id;
    return people->count < ORDERING;
}

static enum mu_status plan(struct mu_desk *desk, struct mu_date first, const char *session,
                           struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (int day = 0; day < MENU_DAYS && status == MU_OK; day++) {
        struct mu_menu menu = {.date = mu_date_add_days(first, day)};

        mu_text_copy(menu.session, sizeof menu.session, session);
        for (size_t i = 0; i < COUNT(dishes[day]) && status == MU_OK; i++)
            status = mu_dish_read(dishes[day][i], &menu.dish[menu.count++], error);
        if (status == MU_OK)
            status = mu_save_menu(desk, &menu, error);
    }
    return status;
}

static enum mu_status order(struct mu_desk *desk, const struct old_people *people,
                            struct mu_date first, const char *session, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < people->count && status == MU_OK; i++) {
        struct mu_order order = {.resident_id = people->id[i],
                                 .from = first,
                                 .serving = i % DELIVERED_OF ? MU_DELIVERED : MU_EATEN_THERE};

        mu_text_copy(order.session, sizeof order.session, session);
        mu_text_copy(order.weekdays, sizeof order.weekdays, i % 2 ? "1-7" : "1-5");
        if (i % 5 == 1)
            mu_text_copy(order.note, sizeof order.note, "按门铃后等一会儿，走得慢");
        status = mu_save_order(desk, &order, NULL, NULL, error);
    }
    return status;
}

static enum mu_status eat_with_care(struct mu_desk *desk, const struct old_people *people,
                                    struct mu_error *error)
{
    static const char *const diets[] = {"糖尿病，少糖", "牙口不好，要软", "对花生过敏", "回族"};
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < COUNT(diets) && 3 * i < people->count && status == MU_OK; i++) {
        struct mu_person_file file;

        status = mu_read_person_file(desk, people->id[3 * i], &file, error);
        if (status != MU_OK)
            return status;
        mu_text_copy(file.diet, sizeof file.diet, diets[i]);
        status = mu_save_person_file(desk, &file, NULL, error);
    }
    return status;
}

static enum mu_status stay_away(struct mu_desk *desk, int64_t id, struct mu_date first,
                                struct mu_error *error)
{
    struct mu_absence absence = {
        .resident_id = id, .from = first, .until = mu_date_add_days(first, AWAY_DAYS - 1)};

    mu_text_copy(absence.reason, sizeof absence.reason, "去女儿家住几天");
    return mu_save_absence(desk, &absence, NULL, NULL, error);
}

enum mu_status demo_orders(struct mu_desk *desk, struct mu_error *error)
{
    const struct mu_rules *rules;
    const char *session;
    struct mu_order_times times;
    struct old_people people = {.today = mu_desk_now(desk).date};
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    if (status == MU_OK)
        status = mu_list_residents(desk, 0, SIZE_MAX, take_old, &people, error);
    if (status != MU_OK)
        return status;
    session = rules->canteen.sessions[0].id;
    status = mu_order_time(desk, session, people.today, &times, error);
    if (status == MU_OK)
        status = plan(desk, times.open_from, session, error);
    if (status == MU_OK)
        status = order(desk, &people, times.open_from, session, error);
    if (status == MU_OK)
        status = eat_with_care(desk, &people, error);
    return status == MU_OK && people.count
               ? stay_away(desk, people.id[people.count - 1], times.open_from, error)
               : status;
}
