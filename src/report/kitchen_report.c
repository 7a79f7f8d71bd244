#include <mulin/report/kitchen.h>

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SESSION, DISH, DIET, COUNT, THERE, DELIVERED, WHO, COLUMNS };
enum { TITLE_LINES = 2, LINE_SIZE = 256 };

/* 张**: the first character, and a star for each of the others. */
static void mask_name(const char *name, char *out, size_t size)
{
    size_t used = mu_text_cluster(name, NULL), length;

    mu_text_copy(out, used + 1 < size ? used + 1 : size, name);
    length = strlen(out);
    for (name += used; *name && length + 2 <= size; name += mu_text_cluster(name, NULL)) {
        out[length++] = '*';
        out[length] = '\0';
    }
}

void mu_kitchen_person(const struct mu_day_order *order, enum mu_language language, char *out)
{
    char name[MU_PERSON_NAME_SIZE], words[2 * MU_NOTE_SIZE + 8];

    *out = '\0';
    if (!*order->diet && !*order->note)
        return;
    mask_name(order->resident.name, name, sizeof name);
    snprintf(words, sizeof words, "%s%s%s", order->diet,
             *order->diet && *order->note ? (language == MU_CHINESE ? "；" : "; ") : "",
             order->note);
    for (char *end = words; (end = strchr(end, '\n')) != NULL;)
        *end = ' ';
    mu_message_format(out, MU_KITCHEN_PERSON_SIZE, language, MU_SAY_kitchen_person, name, words,
                      NULL);
}

/* The people of a line who need to be told of, a line of text each. NULL without memory. */
static char *people(const struct mu_kitchen *kitchen, const struct mu_kitchen_line *line,
                    const struct mu_day_orders *orders, enum mu_language language)
{
    char one[MU_KITCHEN_PERSON_SIZE], *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return NULL;
    for (size_t i = 0; i < (size_t)line->count; i++) {
        mu_kitchen_person(&orders->order[kitchen->order[line->first + i]], language, one);
        if (*one)
            fprintf(out, "%s%s", ftell(out) > 0 ? "\n" : "", one);
    }
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

static void dish_words(const struct mu_kitchen_line *line, enum mu_language language, char *out,
                       size_t size)
{
    if (!*line->dish)
        mu_text_copy(out, size, mu_message_text(MU_SAY_kitchen_any_dish, language));
    else if (line->off_menu)
        mu_message_format(out, size, language, MU_SAY_kitchen_off_menu, line->dish, NULL);
    else
        mu_text_copy(out, size, line->dish);
}

static enum mu_status write_line(struct mu_report *report, struct mu_desk *desk,
                                 const struct mu_kitchen *kitchen,
                                 const struct mu_kitchen_line *line,
                                 const struct mu_day_orders *orders, enum mu_language language,
                                 struct mu_error *error)
{
    char session[MU_RULE_NAME_SIZE], dish[MU_DISH_SIZE + 64], diet[MU_DIET_WORDS_SIZE];
    char *who = people(kitchen, line, orders, language);
    struct mu_report_cell cells[COLUMNS] = {
        [SESSION] = {.text = session},
        [DISH] = {.text = dish},
        [DIET] = {.text = diet},
        [COUNT] = {.number = line->count},
        [THERE] = {.number = line->count - line->delivered},
        [DELIVERED] = {.number = line->delivered},
        [WHO] = {.text = who},
    };
    enum mu_status status;

    if (!who)
        return mu_fail_memory(error);
    mu_session_name(desk, line->session, session, sizeof session);
    dish_words(line, language, dish, sizeof dish);
    mu_diet_words(line->marks, false, language, diet);
    status = mu_report_row(report, cells, error);
    free(who);
    return status;
}

static enum mu_status write_rows(struct mu_report *report, struct mu_desk *desk,
                                 const struct mu_kitchen *kitchen,
                                 const struct mu_day_orders *orders, enum mu_language language,
                                 struct mu_error *error)
{
    const struct mu_report_cell total[COLUMNS] = {
        [SESSION] = {.text = mu_message_text(MU_SAY_kitchen_total, language)},
        [COUNT] = {.number = kitchen->meals},
        [THERE] = {.number = kitchen->meals - kitchen->delivered},
        [DELIVERED] = {.number = kitchen->delivered},
    };
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < kitchen->count; i++)
        status = write_line(report, desk, kitchen, &kitchen->line[i], orders, language, error);
    return status == MU_OK ? mu_report_total(report, total, error) : status;
}

static enum mu_status write_report(const struct mu_report_target *target, struct mu_desk *desk,
                                   struct mu_date day, const struct mu_day_orders *orders,
                                   const struct mu_kitchen *kitchen, enum mu_language language,
                                   struct mu_error *error)
{
    static const struct {
        enum mu_message heading;
        enum mu_report_kind kind;
    } headings[COLUMNS] = {
        [SESSION] = {MU_SAY_field_meal_session, MU_COLUMN_TEXT},
        [DISH] = {MU_SAY_field_dish, MU_COLUMN_TEXT},
        [DIET] = {MU_SAY_kitchen_diet, MU_COLUMN_TEXT},
        [COUNT] = {MU_SAY_kitchen_count, MU_COLUMN_NUMBER},
        [THERE] = {MU_SAY_kitchen_there, MU_COLUMN_NUMBER},
        [DELIVERED] = {MU_SAY_kitchen_delivered, MU_COLUMN_NUMBER},
        [WHO] = {MU_SAY_kitchen_who, MU_COLUMN_TEXT},
    };
    char title[LINE_SIZE], when[LINE_SIZE], rest[LINE_SIZE], date[MU_DATE_SIZE],
        absent[MU_COUNT_SIZE], conflicts[MU_COUNT_SIZE], now[MU_MOMENT_SIZE];
    const char *const lines[TITLE_LINES] = {when, rest};
    struct mu_report_column columns[COLUMNS];
    const struct mu_report_table table = {.language = language,
                                          .title = title,
                                          .lines = lines,
                                          .line_count = TITLE_LINES,
                                          .columns = columns,
                                          .column_count = COLUMNS};
    struct mu_report *report = NULL;
    enum mu_status status;

    mu_date_format(day, date);
    mu_moment_format(mu_desk_now(desk), now);
    now[MU_DATE_SIZE - 1] = ' ';
    now[MU_DATE_SIZE + MU_CLOCK_SIZE - 1] = '\0';
    mu_count_text((int64_t)orders->absent, absent);
    mu_count_text(kitchen->conflicts, conflicts);
    mu_message_format(title, sizeof title, language, MU_SAY_kitchen_title, date, NULL);
    mu_message_format(when, sizeof when, language, MU_SAY_kitchen_line_when, now,
                      mu_desk_operator(desk), NULL);
    mu_message_format(rest, sizeof rest, language, MU_SAY_kitchen_line_rest, absent, conflicts,
                      NULL);
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct mu_report_column){mu_message_text(headings[i].heading, language),
                                               headings[i].kind};
    status = mu_report_begin(&report, target, &table, error);
    if (status != MU_OK)
        return status;
    status = write_rows(report, desk, kitchen, orders, language, error);
    if (status == MU_OK)
        return mu_report_finish(&report, error);
    mu_report_drop(&report);
    return status;
}

enum mu_status mu_report_kitchen(const struct mu_report_target *target, struct mu_desk *desk,
                                 struct mu_date day, const struct mu_day_orders *orders,
                                 enum mu_language language, struct mu_error *error)
{
    struct mu_kitchen kitchen;
    enum mu_status status = mu_count_kitchen(orders, &kitchen, error);

    if (status != MU_OK)
        return status;
    status = write_report(target, desk, day, orders, &kitchen, language, error);
    mu_kitchen_clear(&kitchen);
    return status;
}
