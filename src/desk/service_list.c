#include "desk/service_file.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

void mu_duty_name(struct mu_desk *desk, const char *id, char *out, size_t size)
{
    const struct mu_rules *rules;
    struct mu_error ignored;
    const struct mu_duty *duty = NULL;

    if (mu_desk_rules(desk, &rules, NULL, &ignored) == MU_OK)
        duty = mu_rules_duty(rules, id);
    mu_text_copy(out, size, duty ? duty->name : id);
}

struct telling {
    const struct mu_rules *rules;
    mu_service_row *row;
    void *context;
};

static void name_duty(const struct mu_rules *rules, struct mu_service_line *line)
{
    const struct mu_duty *duty = mu_rules_duty(rules, line->service.duty);

    mu_text_copy(line->duty_name, sizeof line->duty_name, duty ? duty->name : line->service.duty);
}

static bool tell(void *context, const struct mu_service_line *line)
{
    const struct telling *telling = context;
    struct mu_service_line named = *line;

    name_duty(telling->rules, &named);
    return telling->row(telling->context, &named);
}

enum mu_status mu_list_services(struct mu_desk *desk, const struct mu_service_filter *filter,
                                mu_service_row *row, void *context, struct mu_error *error)
{
    struct telling telling = {.row = row, .context = context};
    struct mu_service_filter wanted = *filter;
    struct mu_service_person person;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_desk_rules(desk, &telling.rules, NULL, error);
    if (status == MU_OK && filter->resident_id) {
        status = mu_service_person(desk->db, filter->resident_id, &person, error);
        wanted.resident_id = person.id ? person.id : filter->resident_id;
    }
    if (status == MU_OK)
        status = mu_service_list(desk->db, &wanted, tell, &telling, error);
    mu_db_end_read(desk->db);
    return status;
}

static enum mu_status unknown(enum mu_message message, int64_t id, struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)id);
    return mu_fail(error, MU_INPUT, message, number, NULL);
}

enum mu_status mu_read_service(struct mu_desk *desk, int64_t service_id,
                               struct mu_service_line *out, struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_service_line line;
    bool found = false;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status == MU_OK)
        status = mu_service_read(desk->db, service_id, &found, &line, error);
    if (status != MU_OK)
        return status;
    if (!found)
        return unknown(MU_SAY_error_service_unknown, service_id, error);
    name_duty(rules, &line);
    *out = line;
    return MU_OK;
}

enum mu_status mu_points_balance(struct mu_desk *desk, int64_t resident_id, struct mu_points *out,
                                 struct mu_error *error)
{
    struct mu_service_person person;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_service_person(desk->db, resident_id, &person, error);
    if (status == MU_OK && !person.id)
        return unknown(MU_SAY_error_resident_unknown, resident_id, error);
    return status == MU_OK ? mu_points_of_person(desk->db, person.id, out, error) : status;
}

enum mu_status mu_list_attendances(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                                   size_t limit, mu_attendance_row *row, void *context,
                                   struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    return status == MU_OK ? mu_attendance_list(desk->db, from, to, limit, row, context, error)
                           : status;
}

enum mu_status mu_read_attendance(struct mu_desk *desk, int64_t attendance_id,
                                  struct mu_attendance_sheet *out, struct mu_error *error)
{
    struct mu_attendance_sheet read;
    bool found = false;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_attendance_read(desk->db, attendance_id, &found, &read, error);
    if (status == MU_OK && !found)
        return unknown(MU_SAY_error_attendance_unknown, attendance_id, error);
    if (status == MU_OK)
        *out = read;
    return status;
}

/* ---- in words ---- */

struct sentence {
    char *out;
    size_t size, used;
    enum mu_language language;
};

static void add(struct sentence *sentence, enum mu_message message, const char *a, const char *b,
                const char *c)
{
    const char *arguments[] = {a, b, c};

    if (sentence->used >= sentence->size)
        return;
    sentence->used +=
        mu_message_fill(sentence->out + sentence->used, sentence->size - sentence->used,
                        sentence->language, message, arguments,
                        c   ? 3
                        : b ? 2
                        : a ? 1
                            : 0);
}

static void add_why(struct sentence *sentence, const struct mu_service_answer *answer)
{
    const struct mu_service_points *decided = &answer->decided;
    char points[MU_POINTS_SIZE];

    for (size_t i = 0; i < decided->bonus_count; i++)
        add(sentence, MU_SAY_service_bonus, decided->bonus[i]->name, NULL, NULL);
    if (decided->too_short)
        add(sentence, MU_SAY_service_too_short, NULL, NULL, NULL);
    if (decided->too_long)
        add(sentence, MU_SAY_service_too_long, NULL, NULL, NULL);
    mu_points_format(decided->over_day, points);
    if (decided->over_day.count)
        add(sentence, MU_SAY_service_over_day, points, NULL, NULL);
    mu_points_format(decided->over_month, points);
    if (decided->over_month.count)
        add(sentence, MU_SAY_service_over_month_cap, points, NULL, NULL);
}

void mu_service_answer_text(const struct mu_service_answer *answer, enum mu_language language,
                            char *out, size_t size)
{
    struct sentence sentence = {out, size, 0, language};
    char points[MU_POINTS_SIZE], balance[MU_POINTS_SIZE], clock[MU_CLOCK_SIZE];

    if (answer->status != MU_OK) {
        mu_error_text(&answer->why, language, out, size);
        return;
    }
    mu_points_format(answer->service.points, points);
    mu_points_format(answer->balance, balance);
    if (answer->standing) {
        add(&sentence, MU_SAY_service_standing, answer->name, NULL, NULL);
    } else if (!answer->service.entry_id && answer->service.id) {
        mu_clock_format(answer->service.starts_at, clock);
        add(&sentence, MU_SAY_service_begun, answer->name, clock, NULL);
    } else {
        add(&sentence, MU_SAY_service_recorded, answer->name, points, balance);
        if (answer->service.forgotten)
            add(&sentence, MU_SAY_service_was_forgotten, NULL, NULL, NULL);
        add_why(&sentence, answer);
    }
}
