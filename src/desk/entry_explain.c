/* Why an entry of the points book stands there, by the book that decided. */
#include "desk/desk_internal.h"
#include "desk/resident_file.h"

#include "store/ledger_store.h"
#include "store/meal_past_store.h"
#include "store/points_past_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/entry_explain.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE_SIZE = 1536,
    HASH_SHOWN = 8, /* bytes of a book's hash that are told */
    NUMBER = 24
};

/* An entry with all that it followed from. */
struct past {
    struct mu_entry entry;
    enum mu_points_kind kind; /* MU_POINTS_KINDS: it moved nothing */
    char name[MU_PERSON_NAME_SIZE];
    char moved[MU_POSTINGS][MU_PERSON_NAME_SIZE]; /* whose account each posting is; "": nobody's */
    struct mu_rules *rules;                       /* owned */
    struct mu_date adopted_from;
    unsigned char book[MU_HASH_SIZE];
    int64_t reversal; /* the entry that took it back */
    bool served, rated, given;
    struct mu_month_service service;
    struct mu_points of_day, of_month;
    struct mu_past_rating rating;
    struct mu_past_goods goods;
};

struct story {
    FILE *out;
    enum mu_language language;
};

/* ---- reading ---- */

static enum mu_points_kind kind_of(const struct mu_entry *entry)
{
    for (size_t i = 0; i < entry->posting_count; i++)
        for (int kind = MU_POINTS_SERVICE; kind < MU_POINTS_KINDS; kind++)
            if (strcmp(entry->posting[i].account, mu_points_kind_word((enum mu_points_kind)kind)) ==
                0)
                return (enum mu_points_kind)kind;
    return MU_POINTS_KINDS;
}

static enum mu_status read_name(struct mu_desk *desk, int64_t resident_id, char *out,
                                struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_file_read(desk, resident_id, &resident, error);

    if (status == MU_OK)
        mu_name_mask(resident.name, out);
    return status;
}

static enum mu_status read_names(struct mu_desk *desk, struct past *past, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < past->entry.posting_count; i++) {
        long long id;

        if (strncmp(past->entry.posting[i].account, "person:", 7) == 0 &&
            (id = strtoll(past->entry.posting[i].account + 7, NULL, 10)) > 0)
            status = read_name(desk, id, past->moved[i], error);
    }
    if (status == MU_OK && past->entry.resident_id)
        status = read_name(desk, past->entry.resident_id, past->name, error);
    return status;
}

static enum mu_status read_what(struct mu_desk *desk, struct past *past, struct mu_error *error)
{
    struct mu_db *db = desk->db;
    int64_t id = past->entry.id;
    enum mu_status status = mu_service_of_entry(db, id, &past->served, &past->service, error);

    if (status == MU_OK && past->served)
        status = mu_earned_before(db, past->service.service.resident_id, past->service.service.date,
                                  id, &past->of_day, &past->of_month, error);
    if (status == MU_OK)
        status = mu_rating_of_entry(db, id, &past->rated, &past->rating, error);
    if (status == MU_OK)
        status = mu_goods_of_entry(db, id, &past->given, &past->goods, error);
    return status;
}

static enum mu_status read_past(struct mu_desk *desk, struct past *past, struct mu_error *error)
{
    int version = past->entry.rules_version;
    enum mu_status status = mu_desk_book(desk, version, &past->rules, error);

    past->kind = kind_of(&past->entry);
    if (status == MU_OK)
        status = mu_rule_book_facts(desk->db, version, &past->adopted_from, past->book, error);
    if (status == MU_OK)
        status = mu_reversal_of_entry(desk->db, past->entry.id, &past->reversal, error);
    if (status == MU_OK)
        status = read_names(desk, past, error);
    return status == MU_OK ? read_what(desk, past, error) : status;
}

/* ---- telling ---- */

static void say(struct story *story, enum mu_message message, const char *first, const char *second,
                const char *third, const char *fourth)
{
    const char *const words[] = {first, second, third, fourth};
    char line[LINE_SIZE];

    mu_message_fill(line, sizeof line, story->language, message, words, 4);
    fprintf(story->out, "%s\n", line);
}

static const char *word(const struct story *story, enum mu_message message)
{
    return mu_message_text(message, story->language);
}

static void tell_recorded(struct story *story, const struct past *past)
{
    const struct mu_entry *entry = &past->entry;
    char number[NUMBER], version[NUMBER], day[MU_DATE_SIZE], points[MU_POINTS_SIZE];
    char hash[2 * HASH_SHOWN + 1];

    snprintf(number, sizeof number, "%lld", (long long)entry->id);
    mu_date_format(entry->date, day);
    if (past->kind == MU_POINTS_KINDS)
        say(story, MU_SAY_points_past_month, NULL, NULL, NULL, NULL);
    else
        say(story, MU_SAY_points_past_entry, number, day,
            word(story, mu_points_kind_name(past->kind)), past->name);
    for (size_t i = 0; i < entry->posting_count; i++) {
        mu_points_format((struct mu_points){-entry->posting[i].amount}, points);
        if (*past->moved[i])
            say(story, MU_SAY_points_past_move, past->moved[i], points, NULL, NULL);
    }
    snprintf(version, sizeof version, "%d", entry->rules_version);
    mu_date_format(past->adopted_from, day);
    mu_hash_text(past->book, HASH_SHOWN, hash);
    say(story, MU_SAY_past_book, number, version, day, hash);
    if (*entry->reason)
        say(story, MU_SAY_past_reason, entry->reason, NULL, NULL, NULL);
    snprintf(number, sizeof number, "%lld", (long long)past->reversal);
    if (past->reversal)
        say(story, MU_SAY_points_past_reversed, number, NULL, NULL, NULL);
    snprintf(number, sizeof number, "%lld", (long long)entry->reverses);
    if (entry->reverses)
        say(story, MU_SAY_points_past_reverses, number, past->name, NULL, NULL);
}

static void tell_agreement(struct story *story, struct mu_points recorded, struct mu_points again)
{
    char points[MU_POINTS_SIZE];

    mu_points_format(again, points);
    if (recorded.count == again.count)
        say(story, MU_SAY_past_agrees, NULL, NULL, NULL, NULL);
    else
        say(story, MU_SAY_points_past_differs, points, NULL, NULL, NULL);
}

static void tell_step(void *context, const char *sentence)
{
    struct story *story = context;

    fprintf(story->out, "  %s\n", sentence);
}

static int whole(struct mu_points points)
{
    return points.count > INT_MAX ? INT_MAX : (int)points.count;
}

static void tell_service(struct story *story, const struct past *past)
{
    const struct mu_past_service *service = &past->service.service;
    struct mu_service_facts facts = {.duty = mu_rules_duty(past->rules, past->service.duty),
                                     .date = service->date,
                                     .starts_at = service->starts_at,
                                     .minutes = service->minutes,
                                     .times = service->times,
                                     .earned_today = whole(past->of_day),
                                     .earned_this_month = whole(past->of_month)};
    struct mu_service_points decided;
    char day[MU_DATE_SIZE], minutes[NUMBER], times[NUMBER], earned[2][MU_POINTS_SIZE];

    mu_date_format(service->date, day);
    snprintf(minutes, sizeof minutes, "%d", service->minutes);
    snprintf(times, sizeof times, "%d", service->times);
    say(story, MU_SAY_points_past_service, facts.duty ? facts.duty->name : past->service.duty, day,
        minutes, times);
    if (past->service.forgotten)
        say(story, MU_SAY_points_past_forgotten, NULL, NULL, NULL, NULL);
    say(story, MU_SAY_points_past_again, NULL, NULL, NULL, NULL);
    if (!facts.duty) {
        say(story, MU_SAY_points_past_no_duty, past->service.duty, NULL, NULL, NULL);
        return;
    }
    mu_points_format(past->of_day, earned[0]);
    mu_points_format(past->of_month, earned[1]);
    say(story, MU_SAY_points_past_before, earned[0], earned[1], NULL, NULL);
    mu_service_explain(&past->rules->points, &facts, story->language, tell_step, story);
    mu_service_points(&past->rules->points, &facts, &decided);
    tell_agreement(story, service->was, decided.points);
}

static void tell_rating(struct story *story, const struct past *past)
{
    const struct mu_rating_rules *rating = mu_rules_rating(past->rules, past->rating.source);
    struct mu_points again, recorded = {0};
    char score[NUMBER], day[MU_DATE_SIZE], from[NUMBER], to[NUMBER], step[NUMBER];
    char points[MU_POINTS_SIZE];

    snprintf(score, sizeof score, "%d", past->rating.score);
    mu_date_format(past->rating.date, day);
    say(story, MU_SAY_points_past_rating, rating ? rating->name : past->rating.source, score, day,
        NULL);
    say(story, MU_SAY_points_past_again, NULL, NULL, NULL, NULL);
    if (!rating) {
        say(story, MU_SAY_points_past_no_duty, past->rating.source, NULL, NULL, NULL);
        return;
    }
    again = mu_rating_points(rating, past->rating.score);
    for (size_t i = 0; i < past->entry.posting_count; i++)
        if (*past->moved[i])
            recorded.count -= past->entry.posting[i].amount;
    snprintf(from, sizeof from, "%d", rating->from);
    snprintf(to, sizeof to, "%d", rating->to);
    snprintf(step, sizeof step, "%d", rating->points);
    mu_points_format(again, points);
    say(story, MU_SAY_points_past_rated, from, to, step, points);
    tell_agreement(story, recorded, again);
}

static void tell_goods(struct story *story, const struct past *past)
{
    int64_t pieces = past->goods.pieces < 0 ? -past->goods.pieces : past->goods.pieces, points = 0;
    char count[NUMBER], price[NUMBER];

    for (size_t i = 0; i < past->entry.posting_count; i++)
        if (*past->moved[i])
            points += past->entry.posting[i].amount;
    snprintf(count, sizeof count, "%lld", (long long)pieces);
    snprintf(price, sizeof price, "%lld",
             (long long)(pieces ? (points < 0 ? -points : points) / pieces : 0));
    say(story, MU_SAY_points_past_goods, past->goods.name, count,
        *past->goods.unit ? past->goods.unit : word(story, MU_SAY_points_past_piece), price);
}

static void tell_kind(struct story *story, const struct past *past)
{
    char months[NUMBER];

    snprintf(months, sizeof months, "%d", past->rules->points.expiry_months);
    if (past->kind == MU_POINTS_OPENING)
        say(story, MU_SAY_points_past_opening, NULL, NULL, NULL, NULL);
    else if (past->kind == MU_POINTS_EXPIRY)
        say(story, MU_SAY_points_past_expiry, months, NULL, NULL, NULL);
}

static void write_story(struct story *story, const struct past *past)
{
    tell_recorded(story, past);
    if (past->served)
        tell_service(story, past);
    else if (past->rated)
        tell_rating(story, past);
    else if (past->given)
        tell_goods(story, past);
    else
        tell_kind(story, past);
}

static enum mu_status make_text(const struct past *past, enum mu_language language, char **text,
                                struct mu_error *error)
{
    char *made = NULL;
    size_t length;
    struct story story = {open_memstream(&made, &length), language};
    int cut;

    if (!story.out)
        return mu_fail_memory(error);
    write_story(&story, past);
    cut = ferror(story.out);
    if (fclose(story.out) != 0 || cut || !made) {
        free(made);
        return mu_fail_memory(error);
    }
    *text = made;
    return MU_OK;
}

/* ---- the use case ---- */

static enum mu_status explain_points(struct mu_desk *desk, const struct mu_entry *entry,
                                     enum mu_language language, char **text, struct mu_error *error)
{
    struct past *past = calloc(1, sizeof *past);
    enum mu_status status = past ? mu_db_begin_read(desk->db, error) : mu_fail_memory(error);

    if (status != MU_OK) {
        free(past);
        return status;
    }
    past->entry = *entry;
    status = read_past(desk, past, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        status = make_text(past, language, text, error);
    mu_rules_free(&past->rules);
    free(past);
    return status;
}

/* Meals have a story of their own. */
static enum mu_status explain_other(struct mu_desk *desk, int64_t entry_id,
                                    enum mu_language language, char **text, struct mu_error *error)
{
    int64_t meal_id = 0;
    char number[NUMBER];
    enum mu_status status = mu_meal_of_entry(desk->db, entry_id, &meal_id, error);

    snprintf(number, sizeof number, "%lld", (long long)entry_id);
    if (status == MU_OK && !meal_id)
        return mu_fail(error, MU_INPUT, MU_SAY_error_entry_not_explained, number, NULL);
    return status == MU_OK ? mu_explain_past_meal(desk, meal_id, language, text, error) : status;
}

enum mu_status mu_explain_entry(struct mu_desk *desk, int64_t entry_id, enum mu_language language,
                                char **text, struct mu_error *error)
{
    struct mu_entry entry;
    bool found = false;
    char number[NUMBER];
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_rules, error);

    if (status == MU_OK)
        status = mu_ledger_read(desk->db, entry_id, &found, &entry, error);
    snprintf(number, sizeof number, "%lld", (long long)entry_id);
    if (status == MU_OK && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_entry_unknown, number, NULL);
    if (status == MU_OK && entry.book != MU_BOOK_POINTS)
        return explain_other(desk, entry_id, language, text, error);
    if (status == MU_OK)
        status = mu_desk_may(desk, MU_MAY_read_points, error);
    return status == MU_OK ? explain_points(desk, &entry, language, text, error) : status;
}
