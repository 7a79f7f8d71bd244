#include <mulin/domain/alert.h>

#include <mulin/base/codes.h>

#include <string.h>

static const char *const causes[] = {
    [MU_ALERT_ABSENT] = "absent",
    [MU_ALERT_NO_ANSWER] = "no-answer",
};

const char *mu_alert_cause_word(enum mu_alert_cause cause)
{
    return causes[cause];
}

bool mu_alert_cause_from_word(const char *word, enum mu_alert_cause *out)
{
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (strcmp(word, causes[i]) == 0) {
            *out = (enum mu_alert_cause)i;
            return true;
        }
    return false;
}

#define MEMBER(name)                                                                               \
    offsetof(struct mu_alert_answer, name), sizeof(((struct mu_alert_answer *)0)->name)

const struct mu_field mu_alert_answer_fields[] = {
    {"outcome", MU_SAY_field_outcome, MU_SAY_hint_outcome, MU_FIELD_CHOICE, true, false,
     MEMBER(outcome), &mu_outcomes},
    {"found", MU_SAY_field_found, MU_SAY_hint_found, MU_FIELD_NOTE, false, false, MEMBER(found),
     NULL},
    {"back_on", MU_SAY_field_back_on, MU_SAY_hint_back_on, MU_FIELD_DATE, false, false,
     MEMBER(back_on), NULL},
};
const size_t mu_alert_answer_field_count =
    sizeof mu_alert_answer_fields / sizeof *mu_alert_answer_fields;

static bool is_away(const struct mu_alert_answer *answer)
{
    return answer->outcome == MU_OUTCOME_AWAY || answer->outcome == MU_OUTCOME_HOSPITAL;
}

enum mu_status mu_alert_answer_check(const struct mu_alert_answer *answer, struct mu_date today,
                                     const char **field, struct mu_error *error)
{
    int days;

    if (!mu_choice_by_code(&mu_outcomes, answer->outcome)) {
        *field = "outcome";
        return mu_fail(error, MU_INPUT, MU_SAY_error_outcome, NULL);
    }
    if (answer->outcome == MU_OUTCOME_NEEDS_HELP && !*answer->found) {
        *field = "found";
        return mu_fail(error, MU_INPUT, MU_SAY_error_alert_help, NULL);
    }
    if (!is_away(answer))
        return MU_OK;
    *field = "back_on";
    if (!mu_date_known(answer->back_on))
        return mu_fail(error, MU_INPUT, MU_SAY_error_alert_no_day, NULL);
    days = mu_date_days_between(today, answer->back_on);
    if (days < 1 || days > MU_ALERT_AWAY_DAYS)
        return mu_fail(error, MU_INPUT, MU_SAY_error_alert_day, NULL);
    *field = NULL;
    return MU_OK;
}

struct mu_date mu_alert_again_from(const struct mu_alert_answer *answer, struct mu_date today)
{
    if (is_away(answer))
        return answer->back_on;
    if (answer->outcome == MU_OUTCOME_SAFE || answer->outcome == MU_OUTCOME_NEEDS_HELP ||
        answer->outcome == MU_OUTCOME_FALSE_ALARM)
        return mu_date_add_days(today, 1);
    return (struct mu_date){0, 0, 0};
}

/* The meals that were missed since the person was seen, at *seen; *first is where they came to
 * `enough`. */
static int count_missed(const struct mu_attendance_list *list, int enough, size_t *first,
                        size_t *seen)
{
    int missed = 0, from_oldest = 0;
    size_t end = 0;

    while (end < list->count && list->meal[end] != MU_ATE && list->meal[end] != MU_SEEN)
        missed += list->meal[end++] == MU_MISSED;
    for (size_t i = end; i-- > 0;)
        if (list->meal[i] == MU_MISSED && ++from_oldest == enough)
            *first = i;
    *seen = end;
    return missed;
}

static bool is_regular(const struct mu_alert_rules *rules, const struct mu_attendance_list *list,
                       size_t from)
{
    int had = 0, of = 0;

    for (size_t i = from; i < list->count && of < rules->regular_of; i++) {
        had += list->meal[i] == MU_ATE;
        of += list->meal[i] != MU_EXCUSED;
    }
    return had >= rules->regular_meals;
}

int mu_missed_meals(const struct mu_alert_rules *rules, const struct mu_attendance_list *list,
                    size_t *first)
{
    size_t at;
    int missed = count_missed(list, rules->absent_meals, first, &at);

    if (missed < rules->absent_meals)
        return 0;
    return list->ordered || is_regular(rules, list, at) ? missed : 0;
}

int mu_missed_again(const struct mu_alert_rules *rules, const struct mu_attendance_list *list,
                    size_t *first)
{
    size_t at;
    int missed = count_missed(list, rules->absent_meals, first, &at);

    return missed >= rules->absent_meals && at == list->count ? missed : 0;
}
