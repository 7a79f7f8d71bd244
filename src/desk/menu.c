#include <mulin/desk/menu.h>

#include "desk/order_file.h"
#include "store/menu_store.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

/* ---- as acts keep it: one line for each dish ---- */

#define MEMBER(name)                                                                               \
    offsetof(struct mu_menu_record, name), sizeof(((struct mu_menu_record *)0)->name)

const struct mu_field mu_menu_fields[] = {
    {"dishes", MU_SAY_field_dishes, MU_SAY_hint_dishes, MU_FIELD_TEXT, false, false, MEMBER(dishes),
     NULL},
};
const size_t mu_menu_field_count = sizeof mu_menu_fields / sizeof *mu_menu_fields;

static void write_dishes(const struct mu_menu *menu, struct mu_menu_record *out)
{
    char line[MU_DISH_LINE_SIZE];
    size_t used = 0;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < menu->count; i++) {
        mu_dish_write(&menu->dish[i], MU_CHINESE, line);
        used += (size_t)snprintf(out->dishes + used, sizeof out->dishes - used, "%s%s",
                                 i ? " ; " : "", line);
        if (used >= sizeof out->dishes)
            return;
    }
}

static enum mu_status read_dishes(const struct mu_menu_record *record, struct mu_menu *menu,
                                  struct mu_error *error)
{
    const char *at = record->dishes;
    enum mu_status status = MU_OK;

    menu->count = 0;
    while (status == MU_OK && *at && menu->count < MU_MENU_DISHES) {
        const char *end = strstr(at, " ; ");
        size_t length = end ? (size_t)(end - at) : strlen(at);
        char line[MU_DISH_LINE_SIZE];

        if (length >= sizeof line)
            return mu_fail(error, MU_INPUT, MU_SAY_error_dish_long, NULL);
        memcpy(line, at, length);
        line[length] = '\0';
        status = mu_dish_read(line, &menu->dish[menu->count++], error);
        at += length + (end ? strlen(" ; ") : 0);
    }
    return status;
}

enum mu_status mu_menu_act_read(struct mu_desk *desk, int64_t row, void *record,
                                struct mu_error *error)
{
    struct mu_menu menu;
    char number[24];
    bool found = false;
    enum mu_status status = mu_menu_by_id(desk->db, row, &found, &menu, error);

    snprintf(number, sizeof number, "%lld", (long long)row);
    if (status == MU_OK && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_menu_unknown, number, NULL);
    if (status == MU_OK)
        write_dishes(&menu, record);
    return status;
}

/* ---- writing ---- */

static enum mu_status put(struct mu_act_writer *act, const struct mu_menu *before,
                          struct mu_menu *menu, struct mu_error *error)
{
    struct mu_menu_record was, is;
    bool stale;
    enum mu_status status = mu_menu_write(act->desk->db, menu, &stale, error);

    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_menu_changed, act->act.subject, NULL);
    if (before)
        write_dishes(before, &was);
    write_dishes(menu, &is);
    if (status == MU_OK)
        status = mu_act_record(act, "menu", menu->id, before ? &was : NULL, &is, error);
    return status == MU_OK
               ? mu_act_note(act, 0, act->act.subject, before ? was.dishes : "", is.dishes, error)
               : status;
}

enum mu_status mu_menu_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                    const void *wanted, struct mu_error *error)
{
    struct mu_menu before, after;
    bool found;
    enum mu_status status = mu_menu_by_id(writer->desk->db, row, &found, &before, error);

    (void)current;
    after = before;
    after.count = 0;
    if (status == MU_OK && wanted)
        status = read_dishes(wanted, &after, error);
    return status == MU_OK ? put(writer, &before, &after, error) : status;
}

static enum mu_status check(const struct mu_menu *menu, struct mu_date today,
                            struct mu_error *error)
{
    if (mu_date_compare(menu->date, today) < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_menu_past, NULL);
    for (size_t i = 0; i < menu->count; i++)
        if (mu_menu_dish(menu, menu->dish[i].name) != &menu->dish[i])
            return mu_fail(error, MU_INPUT, MU_SAY_error_dish_twice, menu->dish[i].name, NULL);
    return MU_OK;
}

static enum mu_status save(struct mu_desk *desk, struct mu_menu *menu, struct mu_error *error)
{
    const struct mu_rules *rules;
    const struct mu_session *session;
    struct mu_menu before;
    struct mu_act_writer act;
    char subject[MU_RULE_NAME_SIZE + MU_DATE_SIZE], day[MU_DATE_SIZE];
    enum mu_status status = mu_order_session(desk, menu->session, &rules, &session, error);

    if (status != MU_OK)
        return status;
    mu_text_copy(menu->session, sizeof menu->session, session->id);
    mu_date_format(menu->date, day);
    snprintf(subject, sizeof subject, "%s %s", day, session->name);
    status = check(menu, mu_desk_now(desk).date, error);
    if (status == MU_OK)
        status = mu_menu_on(desk->db, menu->date, menu->session, &before, error);
    if (status != MU_OK)
        return status;
    if (menu->id != before.id || menu->version != before.version)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_menu_changed, subject, NULL);
    menu->incomplete = before.incomplete;
    mu_act_begin(&act, desk, MU_MAY_plan_menus, subject);
    return put(&act, before.id ? &before : NULL, menu, error);
}

enum mu_status mu_save_menu(struct mu_desk *desk, struct mu_menu *menu, struct mu_error *error)
{
    struct mu_menu saved = *menu;
    enum mu_status status = mu_desk_may(desk, MU_MAY_plan_menus, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, save(desk, &saved, error), error);
    if (status == MU_OK)
        *menu = saved;
    return status;
}

/* ---- reading and copying ---- */

enum mu_status mu_read_menu(struct mu_desk *desk, struct mu_date day, const char *session,
                            struct mu_menu *out, struct mu_error *error)
{
    char id[MU_RULE_ID_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_orders, error);

    if (status == MU_OK)
        status = mu_session_of(desk, session, id, error);
    return status == MU_OK ? mu_menu_on(desk->db, day, id, out, error) : status;
}

enum mu_status mu_copy_menu(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                            const char *session, struct mu_menu *out, struct mu_error *error)
{
    struct mu_menu source, menu;
    char day[MU_DATE_SIZE];
    enum mu_status status = mu_read_menu(desk, from, session, &source, error);

    if (status == MU_OK)
        status = mu_read_menu(desk, to, session, &menu, error);
    if (status != MU_OK)
        return status;
    mu_date_format(source.count ? to : from, day);
    if (!source.count)
        return mu_fail(error, MU_INPUT, MU_SAY_error_menu_none, day, NULL);
    if (menu.count)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_menu_stands, day, NULL);
    memcpy(menu.dish, source.dish, sizeof menu.dish);
    menu.count = source.count;
    status = mu_save_menu(desk, &menu, error);
    if (status == MU_OK && out)
        *out = menu;
    return status;
}
