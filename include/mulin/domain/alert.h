/* Who is missed: a regular eater who did not come, somebody who did not open the door. */
#ifndef MULIN_DOMAIN_ALERT_H
#define MULIN_DOMAIN_ALERT_H

#include <mulin/domain/resident.h>
#include <mulin/rules.h>

enum mu_alert_cause {
    MU_ALERT_ABSENT,   /* a regular eater missed meals without notice */
    MU_ALERT_NO_ANSWER /* nobody answered when the meal was brought */
};

/* "absent", "no-answer". Static. */
const char *mu_alert_cause_word(enum mu_alert_cause cause);
/* False, *out untouched, for any other word. */
bool mu_alert_cause_from_word(const char *word, enum mu_alert_cause *out);

/* What was found of the person: data/codes/outcome.def. */
enum mu_outcome {
    MU_OUTCOME_NONE,
    MU_OUTCOME_SAFE,
    MU_OUTCOME_AWAY,
    MU_OUTCOME_HOSPITAL,
    MU_OUTCOME_NEEDS_HELP,
    MU_OUTCOME_STOPPED,    /* eats here no more */
    MU_OUTCOME_FILE_ENDED, /* died or moved away */
    MU_OUTCOME_FALSE_ALARM
};

struct mu_alert {
    int64_t id;
    int64_t resident_id;
    char name[MU_PERSON_NAME_SIZE];
    enum mu_alert_cause cause;
    struct mu_date date; /* of the meal that made it */
    char session[MU_RULE_ID_SIZE];
    int missed; /* meals in a row, that one included */
    struct mu_moment opened_at;
    char opened_by[MU_PERSON_NAME_SIZE];
    struct mu_moment answered_at; /* an unknown date: it is open */
    char answered_by[MU_PERSON_NAME_SIZE];
    int outcome;               /* enum mu_outcome; none: it is open */
    struct mu_date again_from; /* meals count as missed again from then on; unknown: they do not */
    char found[MU_NOTE_SIZE];  /* what they found, in words */
};

/* What somebody found, as it is typed. */
struct mu_alert_answer {
    int outcome;
    struct mu_date back_on; /* of somebody who is away: when they are expected back */
    char found[MU_NOTE_SIZE];
};

extern const struct mu_field mu_alert_answer_fields[];
extern const size_t mu_alert_answer_field_count;

enum { MU_ALERT_AWAY_DAYS = 366 }; /* that somebody may be expected to stay away, at most */

/* Checks what no single field can: somebody who is away or in hospital is expected back on a day
 * after `today`, within MU_ALERT_AWAY_DAYS; somebody who needs help: it is said what for. *field
 * gets the key of the field at fault. MU_INPUT. */
enum mu_status mu_alert_answer_check(const struct mu_alert_answer *answer, struct mu_date today,
                                     const char **field, struct mu_error *error) MU_CHECKED;

/* The day from which missed meals count anew after the answer; unknown: the person is not missed
 * again before they have come. */
struct mu_date mu_alert_again_from(const struct mu_alert_answer *answer, struct mu_date today);

/* What became of one meal that was served to others. */
enum mu_attendance {
    MU_ATE,
    MU_SEEN,    /* not at this meal, yet that day: at another one, or at the door */
    MU_EXCUSED, /* had told, or what became of the meal is not known yet */
    MU_MISSED
};

/* Somebody's last meals of one session, the newest first. */
struct mu_attendance_list {
    const enum mu_attendance *meal;
    size_t count;
    bool ordered; /* a standing order makes a regular eater of anybody */
};

/* How many meals the person missed in a row, when that is to be told: at least rules->absent_meals
 * by a regular eater; else 0. Excused meals neither count nor end the row; being seen ends it.
 * *first is the index of the meal with which that number was reached. */
int mu_missed_meals(const struct mu_alert_rules *rules, const struct mu_attendance_list *list,
                    size_t *first);

/* The same for somebody who was missed before and answered for: `list` holds the meals since. */
int mu_missed_again(const struct mu_alert_rules *rules, const struct mu_attendance_list *list,
                    size_t *first);

#endif
