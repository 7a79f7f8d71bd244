#include <mulin/report/round.h>

#include "report/printer.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { STOP, NAME, ADDRESS, MEAL, PHONE, RESULT, COLUMNS };
enum { LINE = 384, MEAL_SIZE = MU_DISH_SIZE + 2 * MU_NOTE_SIZE + 16 };

/* The dish with what is to be known about it: "红烧肉；软饭". */
static void meal_text(const struct mu_stop_at *at, enum mu_language language, char out[MEAL_SIZE])
{
    const char *separator = language == MU_CHINESE ? "；" : "; ";
    const char *dish = at->cancelled ? mu_message_text(MU_SAY_round_cancelled, language)
                       : *at->dish   ? at->dish
                                     : mu_message_text(MU_SAY_round_usual, language);

    snprintf(out, MEAL_SIZE, "%s%s%s%s%s", dish, *at->diet ? separator : "", at->diet,
             *at->note ? separator : "", at->note);
}

static enum mu_status write_stop(struct mu_report *report, const struct mu_stop_at *at,
                                 enum mu_language language, struct mu_error *error)
{
    char number[24], name[MU_PERSON_NAME_SIZE], address[MU_ADDRESS_SIZE], meal[MEAL_SIZE];
    struct mu_report_cell cells[COLUMNS] = {
        [STOP] = {.text = number},
        [NAME] = {.text = name},
        [ADDRESS] = {.text = address},
        [MEAL] = {.text = meal},
        [PHONE] = {.text = at->resident.phone},
        [RESULT] = {.text = at->stop.delivery
                                ? mu_choice_word(&mu_deliveries, at->stop.delivery, language)
                                : mu_message_text(MU_SAY_round_blank, language)},
    };

    snprintf(number, sizeof number, "%lld", (long long)at->stop.id);
    mu_name_mask(at->resident.name, name);
    mu_resident_address(&at->resident, address);
    meal_text(at, language, meal);
    return mu_report_row(report, cells, error);
}

enum mu_status mu_report_round(const struct mu_report_target *target, const struct mu_round *round,
                               const struct mu_stops *stops, const char *session,
                               enum mu_language language, struct mu_error *error)
{
    static const enum mu_message headings[COLUMNS] = {
        [STOP] = MU_SAY_round_number,     [NAME] = MU_SAY_round_name,
        [ADDRESS] = MU_SAY_round_address, [MEAL] = MU_SAY_round_meal,
        [PHONE] = MU_SAY_round_phone,     [RESULT] = MU_SAY_round_result,
    };
    char title[LINE], courier[LINE], number[24], count[24], day[MU_DATE_SIZE];
    const char *lines[] = {courier, mu_message_text(MU_SAY_round_report_how, language)};
    struct mu_report_column columns[COLUMNS];
    const struct mu_report_table table = {.language = language,
                                          .title = title,
                                          .lines = lines,
                                          .line_count = 2,
                                          .columns = columns,
                                          .column_count = COLUMNS};
    struct mu_report *out = NULL;
    enum mu_status status;

    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] =
            (struct mu_report_column){mu_message_text(headings[i], language), MU_COLUMN_TEXT};
    snprintf(number, sizeof number, "%lld", (long long)round->id);
    snprintf(count, sizeof count, "%zu", stops->count);
    mu_date_format(round->date, day);
    mu_message_format(title, sizeof title, language, MU_SAY_round_report_title, number, day,
                      session, NULL);
    mu_message_format(courier, sizeof courier, language, MU_SAY_round_report_courier,
                      round->courier, count, NULL);
    status = mu_report_begin(&out, target, &table, error);
    for (size_t i = 0; status == MU_OK && i < stops->count; i++)
        status = write_stop(out, &stops->at[i], language, error);
    if (status == MU_OK)
        return mu_report_finish(&out, error);
    mu_report_drop(&out);
    return status;
}

enum mu_status mu_print_round(const struct mu_round *round, const struct mu_stops *stops,
                              const char *session, enum mu_language language,
                              struct mu_error *error)
{
    struct mu_report_target target = {.format = MU_REPORT_TEXT, .stream = report_pages()};
    enum mu_status status = target.stream ? MU_OK : mu_fail_memory(error);

    if (status == MU_OK)
        status = mu_report_round(&target, round, stops, session, language, error);
    if (status == MU_OK)
        status = report_print(target.stream, error);
    if (target.stream)
        fclose(target.stream);
    return status;
}
