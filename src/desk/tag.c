#include <mulin/desk/tag.h>

#include "desk/resident_file.h"
#include "desk/resident_tags.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

bool mu_tag_holds(const struct mu_tag *tag, struct mu_date day)
{
    return (!mu_date_known(tag->from) || mu_date_compare(tag->from, day) <= 0) &&
           (!mu_date_known(tag->until) || mu_date_compare(tag->until, day) >= 0);
}

struct listing {
    mu_tag_row *row;
    void *context;
};

static bool pass_time(void *context, const struct mu_tag *tag)
{
    const struct listing *listing = context;

    return mu_tag_withdrawn(tag) || listing->row(listing->context, tag);
}

enum mu_status mu_list_tags(struct mu_desk *desk, int64_t resident_id, mu_tag_row *row,
                            void *context, struct mu_error *error)
{
    struct listing listing = {row, context};
    struct mu_resident resident;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_file_read(desk, resident_id, &resident, error);
    if (status != MU_OK)
        return status;
    return mu_tag_times(desk->db, resident_id, NULL, pass_time, &listing, error);
}

/* What stands of one word beside the time that is to be written. */
struct beside {
    struct mu_date today, from; /* from: the first day of the new time */
    struct mu_tag over;         /* goes on over that day, or ends the day before; word "": none */
    struct mu_tag later;        /* begins after it; word "": none */
    struct mu_tag present;      /* the latest that is not withdrawn; word "": none */
};

static bool look_beside(void *context, const struct mu_tag *tag)
{
    struct beside *beside = context;
    bool begins_before = mu_date_compare(tag->from, beside->from) < 0;

    if (mu_tag_withdrawn(tag))
        return true;
    if (!*beside->present.word)
        beside->present = *tag;
    if (mu_date_compare(tag->from, beside->from) > 0)
        beside->later = *tag;
    else if (begins_before && !*beside->over.word &&
             (!mu_date_known(tag->until) ||
              mu_date_compare(mu_date_add_days(tag->until, 1), beside->from) >= 0))
        beside->over = *tag;
    return true;
}

static enum mu_status read_beside(struct mu_desk *desk, int64_t resident_id, const char *word,
                                  struct mu_date from, struct beside *out, struct mu_error *error)
{
    *out = (struct beside){.today = mu_desk_now(desk).date, .from = from};
    return mu_tag_times(desk->db, resident_id, word, look_beside, out, error);
}

enum mu_status mu_propose_tag(struct mu_desk *desk, int64_t resident_id, struct mu_tag *tag,
                              struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_date today = mu_desk_now(desk).date;
    struct beside beside;
    int months;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status == MU_OK)
        status = read_beside(desk, resident_id, tag->word, today, &beside, error);
    if (status != MU_OK)
        return status;
    if (!mu_date_known(tag->from)) {
        bool goes_on = mu_date_known(beside.present.until) &&
                       mu_date_compare(beside.present.until, today) >= 0;

        tag->from = goes_on ? mu_date_add_days(beside.present.until, 1) : today;
    }
    months = mu_rules_review_months(&rules->people, tag->word);
    if (!mu_date_known(tag->until) && months)
        tag->until = mu_tag_review_day(tag->from, months);
    return MU_OK;
}

static enum mu_status fault(const char **field, const char *key, struct mu_error *error,
                            enum mu_message message, const char *word, struct mu_date first,
                            struct mu_date second)
{
    char days[2][MU_DATE_SIZE];

    mu_date_format(first, days[0]);
    mu_date_format(second, days[1]);
    *field = key;
    return mu_fail(error, MU_INPUT, message, word, days[0], days[1], NULL);
}

static enum mu_status check_word(const char *word, const char **field, struct mu_error *error)
{
    enum mu_message message;

    if (mu_tag_is_derived(word))
        message = MU_SAY_error_tag_derived;
    else if (strchr(word, '<'))
        message = MU_SAY_error_tag_mark;
    else if (!*word || strchr(word, ' '))
        message = MU_SAY_error_tag_words;
    else
        return MU_OK;
    *field = "word";
    return mu_fail(error, MU_INPUT, message, word, NULL);
}

static enum mu_status check_days(const struct mu_tag *tag, const struct mu_resident *resident,
                                 const struct beside *beside, const char **field,
                                 struct mu_error *error)
{
    bool to_come = mu_date_compare(tag->from, beside->today) > 0;

    if (mu_date_known(tag->until) && mu_date_compare(tag->until, tag->from) < 0)
        return fault(field, "until", error, MU_SAY_error_tag_days, tag->word, tag->until,
                     tag->from);
    if (mu_date_known(resident->birth_date) && mu_date_compare(tag->from, resident->birth_date) < 0)
        return fault(field, "from", error, MU_SAY_error_tag_from_birth, tag->word, tag->from,
                     tag->from);
    if (to_come && !*beside->over.word)
        return fault(field, "from", error, MU_SAY_error_tag_from_future, tag->word, tag->from,
                     tag->from);
    if (*beside->later.word)
        return fault(field, "from", error, MU_SAY_error_tag_later, tag->word, beside->later.from,
                     tag->from);
    return MU_OK;
}

/* "低保 2026-11-22–2027-11-21", as the trail says it. */
static void words_of(const struct mu_tag *tag, char *out, size_t size)
{
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE];

    mu_date_format(tag->from, from);
    mu_date_format(tag->until, until);
    snprintf(out, size, "tag=%s\nfrom=%s\nuntil=%s\nevidence=%s\n", tag->word, from, until,
             *tag->evidence ? "*" : "");
}

static enum mu_status note(struct mu_desk *desk, int64_t resident_id, const struct mu_tag *before,
                           const struct mu_tag *after, struct mu_error *error)
{
    char old_text[MU_CHANGE_SIZE] = "", new_text[MU_CHANGE_SIZE];

    if (*before->word)
        words_of(before, old_text, sizeof old_text);
    words_of(after, new_text, sizeof new_text);
    return mu_audit_note(desk, MU_MAY_save_resident, resident_id, "", old_text, new_text, "",
                         error);
}

/* Makes the stored line fit the times that were just written, and records how they changed. */
static enum mu_status finish(struct mu_desk *desk, const struct mu_resident *resident,
                             const struct mu_tag_book *before, struct mu_error *error)
{
    struct mu_act_writer act;
    struct mu_tag_book after = {0};
    enum mu_status status = mu_tag_refresh(desk->db, resident->id, mu_desk_now(desk).date, error);

    if (status == MU_OK)
        status = mu_tag_book_read(desk, resident->id, &after, error);
    mu_act_begin(&act, desk, MU_MAY_save_resident, resident->name);
    return status == MU_OK ? mu_act_record(&act, "tag", resident->id, before, &after, error)
                           : status;
}

static enum mu_status write_tag(struct mu_desk *desk, const struct mu_resident *resident,
                                const struct mu_tag *tag, struct beside *beside,
                                struct mu_error *error)
{
    struct mu_tag_stamp stamp = mu_file_tag_stamp(desk);
    struct mu_tag before = beside->over, *over = &beside->over;
    struct mu_tag_book was = {0};
    enum mu_status status = mu_tag_book_read(desk, resident->id, &was, error);

    if (status == MU_OK && *over->word &&
        (!mu_date_known(over->until) || mu_date_compare(over->until, tag->from) >= 0)) {
        over->until = mu_date_add_days(tag->from, -1);
        status = mu_tag_write(desk->db, resident->id, over, &stamp, error);
    }
    if (status == MU_OK)
        status = mu_tag_write(desk->db, resident->id, tag, &stamp, error);
    if (status == MU_OK)
        status = finish(desk, resident, &was, error);
    return status == MU_OK ? note(desk, resident->id, &before, tag, error) : status;
}

static enum mu_status set_tag(struct mu_desk *desk, int64_t resident_id, struct mu_tag *tag,
                              const char **field, struct mu_error *error)
{
    struct mu_resident resident;
    struct beside beside;
    enum mu_status status = mu_file_read(desk, resident_id, &resident, error);

    if (status == MU_OK && resident.status != MU_LIVING_HERE)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_tag_ended_person, resident.name,
                       mu_choice_word(&mu_statuses, resident.status, MU_CHINESE), NULL);
    if (status == MU_OK)
        status = check_word(tag->word, field, error);
    if (status == MU_OK)
        status = read_beside(desk, resident_id, tag->word, tag->from, &beside, error);
    if (status == MU_OK)
        status = check_days(tag, &resident, &beside, field, error);
    return status == MU_OK ? write_tag(desk, &resident, tag, &beside, error) : status;
}

enum mu_status mu_set_tag(struct mu_desk *desk, int64_t resident_id, const struct mu_tag *tag,
                          const char **field, struct mu_error *error)
{
    struct mu_tag wanted = *tag;
    const char *key = NULL;
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (!mu_date_known(wanted.from))
        wanted.from = mu_desk_now(desk).date;
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK) {
        status = set_tag(desk, resident_id, &wanted, &key, error);
        status = mu_desk_end(desk, status, error);
    }
    if (field)
        *field = key;
    return status;
}

/* The time that is to be ended: the latest that has begun. */
struct ending {
    struct mu_date today;
    struct mu_tag tag;       /* word "": there is none */
    struct mu_tag withdrawn; /* begins later and goes with it; word "": none */
};

static bool look_ending(void *context, const struct mu_tag *tag)
{
    struct ending *ending = context;

    if (mu_tag_withdrawn(tag))
        return true;
    if (mu_date_compare(tag->from, ending->today) > 0)
        ending->withdrawn = *tag;
    else if (!*ending->tag.word)
        ending->tag = *tag;
    return true;
}

static enum mu_status write_end(struct mu_desk *desk, const struct mu_resident *resident,
                                struct ending *ending, struct mu_date last_day,
                                struct mu_error *error)
{
    struct mu_tag_stamp stamp = mu_file_tag_stamp(desk);
    struct mu_tag before = ending->tag;
    struct mu_tag_book was = {0};
    enum mu_status status = mu_tag_book_read(desk, resident->id, &was, error);

    if (status == MU_OK && *ending->withdrawn.word) {
        ending->withdrawn.until = mu_date_add_days(ending->withdrawn.from, -1);
        status = mu_tag_write(desk->db, resident->id, &ending->withdrawn, &stamp, error);
    }
    ending->tag.until = last_day;
    if (status == MU_OK)
        status = mu_tag_write(desk->db, resident->id, &ending->tag, &stamp, error);
    if (status == MU_OK)
        status = finish(desk, resident, &was, error);
    return status == MU_OK ? note(desk, resident->id, &before, &ending->tag, error) : status;
}

static enum mu_status end_tag(struct mu_desk *desk, int64_t resident_id, const char *word,
                              struct mu_date last_day, struct mu_error *error)
{
    struct ending ending = {.today = mu_desk_now(desk).date};
    struct mu_resident resident;
    bool over;
    enum mu_status status = mu_file_read(desk, resident_id, &resident, error);

    if (status == MU_OK)
        status = mu_tag_times(desk->db, resident_id, word, look_ending, &ending, error);
    if (status != MU_OK)
        return status;
    if (!*ending.tag.word)
        return mu_fail(error, MU_INPUT, MU_SAY_error_tag_unknown, word, resident.name, NULL);
    over = mu_date_known(ending.tag.until) && mu_date_compare(ending.tag.until, ending.today) < 0;
    if (!mu_date_known(last_day))
        last_day = over ? ending.tag.until : mu_date_add_days(ending.today, -1);
    if (mu_date_known(ending.tag.until) && mu_date_compare(last_day, ending.tag.until) > 0) {
        const char *field;

        return fault(&field, "until", error, MU_SAY_error_tag_end_day, word, last_day,
                     ending.tag.until);
    }
    return write_end(desk, &resident, &ending, last_day, error);
}

enum mu_status mu_end_tag(struct mu_desk *desk, int64_t resident_id, const char *word,
                          struct mu_date last_day, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = end_tag(desk, resident_id, word, last_day, error);
    return mu_desk_end(desk, status, error);
}

enum { REASONS_SIZE = 2048 };

enum mu_status mu_explain_tags(struct mu_desk *desk, int64_t resident_id, enum mu_language language,
                               char **text, struct mu_error *error)
{
    struct mu_housemates members;
    struct mu_resident resident;
    struct mu_teller teller;
    char *reasons;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_file_read(desk, resident_id, &resident, error);
    if (status == MU_OK && resident.household_id)
        status = mu_tag_members(desk->db, resident.household_id, &members, error);
    if (status != MU_OK)
        return status;
    reasons = malloc(REASONS_SIZE);
    if (!reasons)
        return mu_fail_memory(error);
    mu_teller_init(&teller, desk);
    mu_derived_explain(&resident, resident.household_id ? &members : NULL, teller.rules,
                       teller.today, language, reasons, REASONS_SIZE);
    *text = reasons;
    return MU_OK;
}

struct due {
    mu_due_row *row;
    void *context;
    struct mu_teller teller;
};

static bool pass_due(void *context, const struct mu_resident *resident, const struct mu_tag *tag)
{
    struct due *due = context;
    struct mu_resident copy = *resident;

    if (!mu_tell_tags(&due->teller, &copy))
        return false;
    mu_file_mask(&copy);
    return due->row(due->context, &copy, tag);
}

enum mu_status mu_list_due_tags(struct mu_desk *desk, mu_due_row *row, void *context,
                                struct mu_error *error)
{
    struct due due = {.row = row, .context = context};
    struct mu_date today = mu_desk_now(desk).date;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status != MU_OK)
        return status;
    mu_teller_init(&due.teller, desk);
    status = mu_tag_due(desk->db, mu_date_add_days(today, -MU_DUE_PAST_DAYS),
                        mu_date_add_days(today, MU_DUE_DAYS), MU_DUE_LIMIT, pass_due, &due, error);
    if (status == MU_OK && due.teller.status != MU_OK && error)
        *error = due.teller.error;
    return status == MU_OK ? due.teller.status : status;
}
