/* The forms of an order, a notice of absence, and a menu. */
#include "tui/screens/orders.h"
#include "tui/screens/record_form.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/register.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- an order ---- */

/* What the form fills. */
struct order_record {
    char session[MU_RULE_NAME_SIZE]; /* by its name */
    struct mu_order order;
    char reason[MU_REASON_SIZE]; /* why it comes late */
    char name[MU_PERSON_NAME_SIZE];
};

#define MEMBER(record, name) offsetof(struct record, name), sizeof(((struct record *)0)->name)

static const struct mu_field order_fields[] = {
    {"meal_session", MU_SAY_field_meal_session, MU_SAY_hint_meal_session, MU_FIELD_TEXT, true,
     false, MEMBER(order_record, session), NULL},
    {"order_from", MU_SAY_field_order_from, MU_SAY_hint_order_from, MU_FIELD_DATE, true, false,
     MEMBER(order_record, order.from), NULL},
    {"dish", MU_SAY_field_dish, MU_SAY_hint_dish, MU_FIELD_TEXT, false, false,
     MEMBER(order_record, order.dish), NULL},
    {"serving", MU_SAY_field_serving, MU_SAY_hint_serving, MU_FIELD_CHOICE, true, false,
     MEMBER(order_record, order.serving), &mu_servings},
    {"weekdays", MU_SAY_field_weekdays, MU_SAY_hint_weekdays, MU_FIELD_TEXT, false, false,
     MEMBER(order_record, order.weekdays), NULL},
    {"order_until", MU_SAY_field_order_until, MU_SAY_hint_order_until, MU_FIELD_DATE, false, false,
     MEMBER(order_record, order.until), NULL},
    {"order_note", MU_SAY_field_order_note, MU_SAY_hint_order_note, MU_FIELD_NOTE, false, false,
     MEMBER(order_record, order.note), NULL},
    {"late_reason", MU_SAY_field_late_reason, MU_SAY_hint_late_reason, MU_FIELD_NOTE, false, false,
     MEMBER(order_record, reason), NULL},
};
static const size_t order_field_count = sizeof order_fields / sizeof *order_fields;

static void order_begin(struct mu_form *form, void *record)
{
    (void)record;
    mu_form_go(form, "dish");
}

static enum mu_status order_save(struct mu_app *app, void *record, const char **field,
                                 struct mu_error *error)
{
    struct order_record *self = record;
    struct mu_order order = self->order;
    enum mu_status status;

    *field = "meal_session";
    status = mu_session_of(mu_screens_desk(app), self->session, order.session, error);
    if (status != MU_OK)
        return status;
    status = mu_save_order(mu_screens_desk(app), &order, self->reason, field, error);
    if (status == MU_REFUSED && error->message == MU_SAY_error_order_late)
        *field = "late_reason";
    if (status == MU_OK)
        self->order = order;
    return status;
}

static void order_say_saved(struct mu_app *app, const void *record)
{
    const struct order_record *self = record;
    enum mu_language language = mu_app_language(app);
    char day[64], words[MU_WEEKDAYS_SIZE];
    int weekdays;

    mu_orders_day(self->order.from, language, day, sizeof day);
    if (mu_weekdays_read(self->order.weekdays, &weekdays)) {
        mu_weekdays_words(weekdays, language, words);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_orders_saved_standing, self->name, words,
                   self->session, day, NULL);
    } else {
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_orders_saved, self->name, day, self->session, NULL);
    }
}

static const struct mu_record_form order_form = {
    .name = "order_form",
    .title = MU_SAY_orders_form_title,
    .line = MU_SAY_orders_form_line,
    .fields = order_fields,
    .count = &order_field_count,
    .size = sizeof(struct order_record),
    .begin = order_begin,
    .save = order_save,
    .say_saved = order_say_saved,
};

/* "张金凤（忌口：低盐）  菜单：红烧肉、清蒸鱼": what is to be known while ordering. */
static void order_subject(struct mu_app *app, const struct mu_order *order, const char *name,
                          char *out, size_t size)
{
    struct mu_menu menu;
    char dishes[MU_NOTE_SIZE];
    size_t used = 0;

    mu_text_copy(out, size, name);
    if (mu_read_menu(mu_screens_desk(app), order->from, order->session, &menu, NULL) != MU_OK ||
        !menu.count)
        return;
    for (size_t i = 0; i < menu.count && used < sizeof dishes; i++)
        used += (size_t)snprintf(dishes + used, sizeof dishes - used, "%s%zu %s", i ? "  " : "",
                                 i + 1, menu.dish[i].name);
    mu_message_format(out, size, mu_app_language(app), MU_SAY_orders_form_menu, name, dishes, NULL);
}

enum mu_status mu_open_order_form(struct mu_app *app, const struct mu_order *order,
                                  struct mu_error *error)
{
    struct order_record record = {.order = *order};
    struct mu_order_times times;
    struct mu_resident person;
    char subject[2 * MU_NOTE_SIZE], key[64];
    enum mu_status status = mu_desk_ask(mu_screens_desk(app), MU_MAY_take_orders, error);

    if (status == MU_OK)
        status = mu_read_resident(mu_screens_desk(app), order->resident_id, &person, error);
    if (status == MU_OK)
        status = mu_order_time(mu_screens_desk(app), order->session, order->from, &times, error);
    if (status != MU_OK)
        return status;
    if (!order->id && mu_date_compare(order->from, mu_app_now(app).date) < 0)
        record.order.from = times.open_from;
    if (!*order->weekdays)
        record.order.until = (struct mu_date){0, 0, 0};
    mu_session_name(mu_screens_desk(app), order->session, record.session, sizeof record.session);
    mu_text_copy(record.name, sizeof record.name, person.name);
    order_subject(app, &record.order, person.name, subject, sizeof subject);
    snprintf(key, sizeof key, "%" PRId64 " %" PRId64, order->resident_id, order->id);
    return mu_open_record_form(app, &order_form, &record, key, subject, error);
}

/* ---- a notice of absence ---- */

struct absence_record {
    struct mu_absence absence; /* first: the field table stands over it */
    char name[MU_PERSON_NAME_SIZE];
    bool cooked;
};

static enum mu_status absence_save(struct mu_app *app, void *record, const char **field,
                                   struct mu_error *error)
{
    struct absence_record *self = record;

    return mu_save_absence(mu_screens_desk(app), &self->absence, &self->cooked, field, error);
}

static void absence_say_saved(struct mu_app *app, const void *record)
{
    const struct absence_record *self = record;
    char from[64], until[64];

    mu_orders_day(self->absence.from, mu_app_language(app), from, sizeof from);
    if (mu_date_known(self->absence.until))
        mu_orders_day(self->absence.until, mu_app_language(app), until, sizeof until);
    else
        mu_text_copy(until, sizeof until,
                     mu_message_text(MU_SAY_orders_until_told, mu_app_language(app)));
    mu_app_say(app, self->cooked ? MU_TONE_WARNING : MU_TONE_GOOD,
               self->cooked ? MU_SAY_orders_absent_cooked : MU_SAY_orders_absent, self->name, from,
               until, NULL);
}

static const struct mu_record_form absence_form = {
    .name = "absence_form",
    .title = MU_SAY_orders_absence_title,
    .line = MU_SAY_orders_absence_line,
    .fields = mu_absence_fields,
    .count = &mu_absence_field_count,
    .size = sizeof(struct absence_record),
    .save = absence_save,
    .say_saved = absence_say_saved,
};

enum mu_status mu_open_absence_form(struct mu_app *app, int64_t resident_id, struct mu_date day,
                                    struct mu_error *error)
{
    struct absence_record record = {.absence = {.resident_id = resident_id, .from = day}};
    struct mu_date today = mu_app_now(app).date;
    struct mu_resident person;
    char key[32];
    enum mu_status status = mu_desk_ask(mu_screens_desk(app), MU_MAY_take_orders, error);

    if (status == MU_OK)
        status = mu_read_resident(mu_screens_desk(app), resident_id, &person, error);
    if (status != MU_OK)
        return status;
    if (mu_date_compare(day, today) < 0)
        record.absence.from = today;
    mu_text_copy(record.name, sizeof record.name, person.name);
    snprintf(key, sizeof key, "%" PRId64, resident_id);
    return mu_open_record_form(app, &absence_form, &record, key, record.name, error);
}

/* ---- a menu ---- */

struct menu_record {
    char line[MU_MENU_DISHES][MU_DISH_LINE_SIZE];
    struct mu_menu menu; /* as it was read */
};

#define DISH(number, index)                                                                        \
    {                                                                                              \
        "dish_" #number, MU_SAY_field_dish, MU_SAY_hint_dish_line, MU_FIELD_NAME, false, false,    \
            offsetof(struct menu_record, line) + (index) * (size_t)MU_DISH_LINE_SIZE,              \
            MU_DISH_LINE_SIZE, NULL                                                                \
    }

static const struct mu_field menu_fields[] = {
    DISH(1, 0), DISH(2, 1), DISH(3, 2), DISH(4, 3),  DISH(5, 4),   DISH(6, 5),
    DISH(7, 6), DISH(8, 7), DISH(9, 8), DISH(10, 9), DISH(11, 10), DISH(12, 11),
};
static const size_t menu_field_count = sizeof menu_fields / sizeof *menu_fields;
_Static_assert(sizeof menu_fields / sizeof *menu_fields == MU_MENU_DISHES, "a line for each dish");

static enum mu_status menu_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    struct menu_record *self = record;
    struct mu_menu menu = self->menu;
    enum mu_status status;

    menu.count = 0;
    for (size_t i = 0; i < MU_MENU_DISHES; i++) {
        if (!*self->line[i])
            continue;
        *field = menu_fields[i].key;
        status = mu_dish_read(self->line[i], &menu.dish[menu.count++], error);
        if (status != MU_OK)
            return status;
    }
    *field = NULL;
    status = mu_save_menu(mu_screens_desk(app), &menu, error);
    if (status == MU_OK)
        self->menu = menu;
    return status;
}

static const struct mu_record_form menu_form = {
    .name = "menu_form",
    .title = MU_SAY_orders_menu_title,
    .line = MU_SAY_orders_menu_line,
    .saved = MU_SAY_orders_menu_saved,
    .fields = menu_fields,
    .count = &menu_field_count,
    .size = sizeof(struct menu_record),
    .save = menu_save,
};

enum mu_status mu_open_menu_form(struct mu_app *app, struct mu_date day, const char *session,
                                 struct mu_error *error)
{
    struct menu_record record = {0};
    char subject[256], words[64], name[MU_RULE_NAME_SIZE], key[64], date[MU_DATE_SIZE];
    enum mu_status status = mu_desk_ask(mu_screens_desk(app), MU_MAY_plan_menus, error);

    if (status == MU_OK)
        status = mu_read_menu(mu_screens_desk(app), day, session, &record.menu, error);
    if (status != MU_OK)
        return status;
    for (size_t i = 0; i < record.menu.count; i++)
        mu_dish_write(&record.menu.dish[i], mu_app_language(app), record.line[i]);
    mu_session_name(mu_screens_desk(app), session, name, sizeof name);
    mu_orders_day(day, mu_app_language(app), words, sizeof words);
    snprintf(subject, sizeof subject, "%s %s", words, name);
    mu_date_format(day, date);
    snprintf(key, sizeof key, "%s %s", date, session);
    return mu_open_record_form(app, &menu_form, &record, key, subject, error);
}
