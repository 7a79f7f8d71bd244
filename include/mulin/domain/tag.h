/* Tags of people: the words that the community sets, from a day on and until one, and the words
 * that follow from age and household, which nobody types. Pure.
 *
 * A line of tags is words separated by blanks, each once. In the record file a word that ends has
 * its last day behind a '<': "低保<2027-03-31 残疾". */
#ifndef MULIN_DOMAIN_TAG_H
#define MULIN_DOMAIN_TAG_H

#include <mulin/domain/ledger.h>
#include <mulin/domain/operator.h>
#include <mulin/domain/resident.h>
#include <mulin/rules.h>

#include <stdbool.h>
#include <stddef.h>

/* A time in which somebody has a tag. */
struct mu_tag {
    char word[MU_TAGS_SIZE];
    struct mu_date from;  /* not known: since before it was recorded */
    struct mu_date until; /* the last day; not known: for good; before `from`: withdrawn */
    char evidence[MU_REASON_SIZE];
    char operator_name[MU_OPERATOR_NAME_SIZE]; /* who recorded it last */
    struct mu_moment recorded_at;
};

/* True when it was taken back on the day on which it was set: it never counted. */
bool mu_tag_withdrawn(const struct mu_tag *tag);

/* The fields of a tag as a form shows them: word, from, until, evidence. */
extern const struct mu_field mu_tag_fields[];
extern const size_t mu_tag_field_count;

/* Takes the next word of a stored line and its last day; moves *line behind it. False at the end.
 */
bool mu_tag_next(const char **line, char word[MU_TAGS_SIZE], struct mu_date *until);

/* The words of a stored line that are in force on the day, in its order, without their days and
 * without what is computed. `out` has MU_TAGS_SIZE bytes and may be `line`. */
void mu_tags_on(const char *line, struct mu_date day, char *out);

/* The day for which the tags of this person are told: today, or the day on which the file ended. */
struct mu_date mu_tags_day(const struct mu_resident *resident, struct mu_date today);

/* True when the line of words has the word. */
bool mu_tags_have(const char *line, const char *word);

/* Adds to a line of words those of another one that are missing and fit. */
void mu_tags_add(char line[MU_TAGS_SIZE], const char *others);

enum { MU_TOLD_SIZE = MU_TAGS_SIZE + MU_DERIVED_SIZE };
/* All words of a person as the desk told them, the computed ones behind the others; `age`: with the
 * one that only says the age. `out` has MU_TOLD_SIZE bytes. */
void mu_tags_told(const struct mu_resident *resident, bool age, char *out);

/* True for a word that is computed: 独居 空巢 高龄, and 60+ with any number. */
bool mu_tag_is_derived(const char *word);
/* Takes such words out of a line. `out` has MU_TAGS_SIZE bytes and may be `line`. Returns whether
 * there were any. */
bool mu_tags_without_derived(const char *line, char *out);

/* The last day of a tag that begins on `from` and is reviewed after so many months. */
struct mu_date mu_tag_review_day(struct mu_date from, int months);

/* What a line of words in place of the one before comes to. Lines of MU_TAGS_SIZE bytes. */
struct mu_tag_changes {
    char stored[MU_TAGS_SIZE]; /* what is stored from now on */
    char begun[MU_TAGS_SIZE];  /* the words that begin, with their last days */
    char ended[MU_TAGS_SIZE];  /* the words that end the day before */
};

/* Compares a typed line with the stored one. Words that are reviewed by the rules and begin get
 * their last day. MU_INPUT: a word that is computed, one with a '<', more words than fit. */
enum mu_status mu_tags_replace(const char *stored, const char *words, struct mu_date today,
                               const struct mu_register_rules *rules, struct mu_tag_changes *out,
                               struct mu_error *error) MU_CHECKED;

/* The times of somebody's tags as one text, newest first, which history and undo keep:
 * "低保 2026-01-01～2026-12-31 低保证 118；残疾 2020-05-01～". */
struct mu_tag_book {
    char times[MU_FIELD_LONGEST];
};
extern const struct mu_field mu_tag_book_fields[];
extern const size_t mu_tag_book_field_count;

/* Adds a time at the end; one that does not fit any more is left out with all behind it: false. */
bool mu_tag_book_add(struct mu_tag_book *book, const struct mu_tag *tag);
/* Takes the next time: word, days, evidence; moves *times behind it. False at the end and at what
 * is none (then *times is not at its end). */
bool mu_tag_book_next(const char **times, struct mu_tag *tag);

/* Words that follow from age and household. */

enum { MU_DERIVED_MEMBERS = 64 }; /* of a household at most; more are no family */

struct mu_housemate {
    struct mu_date birth_date;
    int relation; /* GB/T 4761 to the head of the household */
};

/* Who lives in a household: without those who moved out or died, a person with two files once. */
struct mu_housemates {
    size_t count; /* may be more than are told of */
    struct mu_housemate member[MU_DERIVED_MEMBERS];
};

/* The words of somebody on a day: the age from which one is an elder ("60+"), 独居 (alone in the
 * household and an elder), 空巢 (everybody there is an elder, and nobody's child lives there; who
 * lives alone is that, too), 高龄. "" for a file that ended and when it is not known: a birth date
 * is missing, or relations between people of different generations are. members  NULL: the person
 * has no household */
void mu_derive_tags(const struct mu_resident *person, const struct mu_housemates *members,
                    const struct mu_register_rules *rules, struct mu_date day,
                    char out[MU_DERIVED_SIZE]);

/* The same with their reasons, a line each: "独居：户内仅一人在住，68 岁". For an elder whose 空巢
 * can't be told, a line says what is missing. `out` has `size` bytes, the NUL counted. */
void mu_derived_explain(const struct mu_resident *person, const struct mu_housemates *members,
                        const struct mu_register_rules *rules, struct mu_date day,
                        enum mu_language language, char *out, size_t size);

/* Who has a tag: the question that finding and lists ask of a million people. */

enum mu_tag_asked {
    MU_ASKED_WORD,      /* a word that somebody set */
    MU_ASKED_AGE,       /* 70+, 高龄: told by the birth date alone */
    MU_ASKED_ALONE,     /* 独居: an elder, and nobody else lives in the household */
    MU_ASKED_EMPTY_NEST /* 空巢: told by mu_derive_tags only */
};

struct mu_tag_question {
    enum mu_tag_asked asked;
    char word[MU_TAGS_SIZE];
    struct mu_date born_until; /* of those that are computed: born on this day at the latest */
    struct mu_date born_elder; /* the same for an elder: nobody in an empty nest is younger */
};

/* Asks for a word as it counts on the day. `word` is cut to MU_TAGS_SIZE bytes. */
void mu_tag_ask(const char *word, const struct mu_register_rules *rules, struct mu_date day,
                struct mu_tag_question *out);

/* What can be said from the file alone, its tags as stored: false, or that the household is still
 * to be asked (never for MU_ASKED_WORD and MU_ASKED_AGE). Who does not live here has no tag. A file
 * that another one speaks for has the words that were set, which count for that one, and none that
 * is computed. */
bool mu_tag_may_fit(const struct mu_tag_question *question, const struct mu_resident *resident,
                    struct mu_date day);
/* The whole answer; `members` of the household, NULL: the person has none. */
bool mu_tag_fits(const struct mu_tag_question *question, const struct mu_resident *resident,
                 const struct mu_housemates *members, const struct mu_register_rules *rules,
                 struct mu_date day);

#endif
