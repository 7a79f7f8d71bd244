#include "desk/meal.h"
#include "desk/resident_tags.h"

#include <mulin/base/text.h>
#include <mulin/domain/calendar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 1024 };

static void tell(void *context, const struct mu_tier_reason *reason)
{
    FILE *story = context;

    fprintf(story, "%s\n", reason->text);
}

/* What is particular about the day: a price of its own, or that nothing is served. */
static void tell_day(const struct mu_canteen *canteen, const struct mu_session *session,
                     struct mu_date date, enum mu_language language, FILE *story)
{
    const struct mu_dated_price *dated = mu_session_price_on(session, date);
    char line[LINE_SIZE], price[MU_MONEY_SIZE], usual[MU_MONEY_SIZE], day[MU_DATE_SIZE];
    const char *reason;

    mu_date_format(date, day);
    if (mu_session_day(canteen, session, date, &reason) != MU_DAY_SERVED) {
        mu_message_format(line, sizeof line, language, MU_SAY_explain_closed, session->name, day,
                          reason ? reason : "-", NULL);
        fprintf(story, "%s\n", line);
    }
    if (!dated)
        return;
    mu_money_format(dated->price, price);
    mu_money_format(session->price, usual);
    mu_message_format(line, sizeof line, language, MU_SAY_explain_dated, day,
                      *dated->name ? dated->name : session->name, price, usual, NULL);
    fprintf(story, "%s\n", line);
}

static enum mu_status write_story(const struct mu_canteen *canteen,
                                  const struct mu_session *session, struct mu_date date,
                                  const struct mu_circumstances *now, enum mu_language language,
                                  char **text, struct mu_error *error)
{
    struct mu_session on = mu_session_on(session, date);
    char *story_text = NULL;
    size_t length;
    FILE *story = open_memstream(&story_text, &length);
    int cut;

    if (!story)
        return mu_fail_memory(error);
    tell_day(canteen, session, date, language, story);
    mu_meal_explain(canteen, &on, &now->diner, &now->day, language, tell, story);
    cut = ferror(story);
    if (fclose(story) != 0 || cut || !story_text) {
        free(story_text);
        return mu_fail_memory(error);
    }
    *text = story_text;
    return MU_OK;
}

enum mu_status mu_explain_meal(struct mu_desk *desk, const struct mu_meal_request *request,
                               enum mu_language language, char **text, struct mu_error *error)
{
    struct mu_meal_answer answer = {.age = -1};
    struct mu_circumstances now;
    const struct mu_rules *rules;
    const struct mu_session *session;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_rules, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    answer.meal.served_at = mu_desk_now(desk);
    answer.meal.date = answer.meal.served_at.date;
    if (status == MU_OK)
        status = mu_meal_identify(desk, request, &answer, error);
    if (status == MU_OK && answer.resident.id)
        status = mu_meal_person(desk, &answer, error);
    if (status == MU_OK && answer.resident.id)
        status = mu_file_tell_tags(desk, &answer.resident, error);
    if (status != MU_OK)
        return status;
    answer.age = mu_resident_age(&answer.resident, answer.meal.date);
    session = &rules->canteen.sessions[0];
    if (request->session || mu_rules_session_at(rules, answer.meal.served_at.minute))
        status = mu_meal_session(rules, request, answer.meal.served_at, &session, &answer, error);
    if (status == MU_OK)
        status = mu_circumstances_read(desk, &rules->canteen, &answer, &now, error);
    if (status != MU_OK)
        return status;
    status = write_story(&rules->canteen, session, answer.meal.date, &now, language, text, error);
    mu_circumstances_clear(&now);
    return status;
}

static bool known(char (*words)[MU_WORD_SIZE], size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static void collect(const struct mu_condition *condition, char (*words)[MU_WORD_SIZE], size_t limit,
                    size_t *count)
{
    if (condition->kind == MU_WHEN_OCCUPATION)
        for (size_t i = 0; i < condition->word_count && *count < limit; i++)
            if (!known(words, *count, condition->words[i]))
                mu_text_copy(words[(*count)++], MU_WORD_SIZE, condition->words[i]);
    for (size_t i = 0; i < condition->child_count; i++)
        collect(&condition->children[i], words, limit, count);
}

enum mu_status mu_meal_occupations(struct mu_desk *desk, char (*words)[MU_WORD_SIZE], size_t limit,
                                   size_t *count, struct mu_error *error)
{
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    *count = 0;
    for (size_t i = 0; status == MU_OK && i < rules->canteen.tier_count; i++)
        collect(&rules->canteen.tiers[i].when, words, limit, count);
    return status;
}
