#include "desk/twin_file.h"

#include "desk/resident_file.h"
#include "store/diner_account_store.h"
#include "store/register_store.h"
#include "store/twin_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/twin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_SIZE = 24 };

#define MEMBER(name)                                                                               \
    offsetof(struct mu_twin_record, name), sizeof(((struct mu_twin_record *)0)->name)

const struct mu_field mu_twin_fields[] = {
    {"verdict", MU_SAY_field_verdict, MU_SAY_field_verdict, MU_FIELD_CHOICE, false, false,
     MEMBER(verdict), &mu_verdicts},
    {"leading", MU_SAY_field_leading, MU_SAY_field_leading, MU_FIELD_TEXT, false, false,
     MEMBER(leading), NULL},
    {"reason", MU_SAY_field_verdict_reason, MU_SAY_field_verdict_reason, MU_FIELD_NOTE, false,
     false, MEMBER(reason), NULL},
};
const size_t mu_twin_field_count = sizeof mu_twin_fields / sizeof *mu_twin_fields;

static const char *number_text(int64_t number, char out[NUMBER_SIZE])
{
    snprintf(out, NUMBER_SIZE, "%lld", (long long)number);
    return out;
}

static int64_t partner(const struct mu_twin_verdict *verdict, int64_t id)
{
    return verdict->first_id == id ? verdict->second_id : verdict->first_id;
}

/* As its acts keep it. */
static struct mu_twin_record record_of(const struct mu_twin_verdict *verdict)
{
    struct mu_twin_record record = {0};

    if (verdict->ended)
        return record;
    record.verdict = (int)verdict->verdict;
    if (verdict->leading)
        number_text(verdict->leading, record.leading);
    memcpy(record.reason, verdict->reason, sizeof record.reason);
    return record;
}

static enum mu_status read_both(struct mu_desk *desk, int64_t a, int64_t b,
                                struct mu_resident *first, struct mu_resident *second,
                                struct mu_error *error)
{
    enum mu_status status;

    if (a == b)
        return mu_fail(error, MU_INPUT, MU_SAY_error_twin_self, NULL);
    status = mu_file_read(desk, a, first, error);
    if (status == MU_OK)
        status = mu_file_read(desk, b, second, error);
    if (status != MU_OK)
        return status;
    if (first->status == MU_ENTERED_IN_ERROR)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_in_error, first->name, NULL);
    if (second->status == MU_ENTERED_IN_ERROR)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_in_error, second->name, NULL);
    return MU_OK;
}

static enum mu_status refuse_linked(const struct mu_resident *resident, struct mu_error *error)
{
    char number[NUMBER_SIZE], leading[NUMBER_SIZE];

    return mu_fail(error, MU_REFUSED, MU_SAY_error_twin_linked, resident->name,
                   number_text(resident->id, number), number_text(resident->linked_to, leading),
                   NULL);
}

static bool found_one(void *context, const struct mu_resident *resident)
{
    (void)resident;
    *(bool *)context = true;
    return false;
}

/* May `leading` speak for `other`? One file speaks for itself or for others, and never in a row. */
static enum mu_status check_link(struct mu_desk *desk, const struct mu_resident *leading,
                                 const struct mu_resident *other, struct mu_error *error)
{
    char number[NUMBER_SIZE];
    bool leads = false;
    enum mu_status status;

    if (leading->linked_to || other->linked_to)
        return refuse_linked(other->linked_to ? other : leading, error);
    status = mu_register_linked(desk->db, other->id, found_one, &leads, error);
    if (status != MU_OK)
        return status;
    if (leads)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_twin_leads, other->name,
                       number_text(other->id, number), NULL);
    if ((leading->status == MU_DECEASED) != (other->status == MU_DECEASED))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_twin_died, NULL);
    return MU_OK;
}

/* Nothing is decided about the two yet. */
static enum mu_status check_open(struct mu_desk *desk, const struct mu_resident *a,
                                 const struct mu_resident *b, enum mu_verdict wanted,
                                 struct mu_error *error)
{
    struct mu_twin_verdict known = {0};
    char day[MU_DATE_SIZE];
    bool found = false;
    enum mu_status status = mu_twin_between(desk->db, a->id, b->id, &found, &known, error);

    if (status != MU_OK || !found)
        return status;
    if (known.verdict == MU_ONE_PERSON)
        return refuse_linked(a->linked_to ? a : b, error);
    if (wanted == MU_TWO_PEOPLE)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_twin_declared, NULL);
    mu_date_format(known.decided_at.date, day);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_twin_two_people, known.operator_name, day, NULL);
}

static void write_lines(const struct mu_twin_record *record, char *out, size_t size)
{
    *out = '\0';
    if (record->verdict)
        snprintf(out, size, "verdict=%s\nleading=%s\n",
                 mu_choice_word(&mu_verdicts, record->verdict, MU_ENGLISH), record->leading);
}

static enum mu_status note(struct mu_act_writer *act, const struct mu_twin_verdict *verdict,
                           const struct mu_twin_record *before, const struct mu_twin_record *after,
                           struct mu_error *error)
{
    char old_text[MU_CHANGE_SIZE], new_text[MU_CHANGE_SIZE], subject[NUMBER_SIZE];
    const char *leading = *after->leading ? after->leading : before->leading;
    int64_t about = verdict->second_id;

    if (*leading)
        about = partner(verdict, strtoll(leading, NULL, 10));
    number_text(act->undone ? act->undone->id : partner(verdict, about), subject);
    write_lines(before, old_text, sizeof old_text);
    write_lines(after, new_text, sizeof new_text);
    return mu_audit_note(act->desk, act->operation, about, subject, old_text, new_text,
                         after->reason, error);
}

/* Writes what is in force from now on. `made`: the verdict is new. */
static enum mu_status write_verdict(struct mu_act_writer *act,
                                    const struct mu_twin_verdict *verdict, bool made,
                                    const struct mu_twin_record *before,
                                    const struct mu_twin_record *after, struct mu_error *error)
{
    struct mu_db *db = act->desk->db;
    const struct mu_moment none = {.date = {0, 0, 0}};
    int64_t was = strtoll(before->leading, NULL, 10), is = strtoll(after->leading, NULL, 10);
    enum mu_status status = MU_OK;

    if (!made)
        status = mu_twin_end(db, verdict->id, after->verdict ? none : act->act.recorded_at, error);
    if (status == MU_OK && was)
        status = mu_twin_set_leading(db, partner(verdict, was), 0, error);
    if (status == MU_OK && is)
        status = mu_twin_set_leading(db, partner(verdict, is), is, error);
    if (status == MU_OK)
        status = mu_act_record(act, "twin", verdict->id, made ? NULL : before, after, error);
    return status == MU_OK ? note(act, verdict, before, after, error) : status;
}

static void begin_act(struct mu_act_writer *act, struct mu_desk *desk,
                      const struct mu_resident *first, const struct mu_resident *second)
{
    char subject[2 * MU_PERSON_NAME_SIZE], a[NUMBER_SIZE], b[NUMBER_SIZE];

    mu_message_format(subject, sizeof subject, MU_CHINESE, MU_SAY_twin_subject, first->name,
                      number_text(first->id, a), second->name, number_text(second->id, b), NULL);
    mu_act_begin(act, desk, MU_MAY_link_twins, subject);
}

/* Inside the write transaction. `leading` is NULL for two people. */
static enum mu_status decide(struct mu_desk *desk, const struct mu_resident *a,
                             const struct mu_resident *b, const struct mu_resident *leading,
                             const char *reason, struct mu_error *error)
{
    const struct mu_twin_record nothing = {0};
    struct mu_twin_verdict verdict = {.first_id = a->id < b->id ? a->id : b->id,
                                      .second_id = a->id < b->id ? b->id : a->id,
                                      .verdict = leading ? MU_ONE_PERSON : MU_TWO_PEOPLE,
                                      .leading = leading ? leading->id : 0,
                                      .operator_id = desk->operator.id,
                                      .decided_at = mu_desk_now(desk)};
    struct mu_twin_record record;
    struct mu_act_writer act;
    enum mu_status status = check_open(desk, a, b, verdict.verdict, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, verdict.reason, sizeof verdict.reason, error);
    if (status == MU_OK && leading)
        status = check_link(desk, leading, leading == a ? b : a, error);
    if (status == MU_OK)
        status = mu_twin_add(desk->db, &verdict, error);
    if (status != MU_OK)
        return status;
    begin_act(&act, desk, a, b);
    record = record_of(&verdict);
    return write_verdict(&act, &verdict, true, &nothing, &record, error);
}

static enum mu_status begin(struct mu_desk *desk, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_link_twins, error);

    return status == MU_OK ? mu_db_begin(desk->db, error) : status;
}

enum mu_status mu_link_twins(struct mu_desk *desk, int64_t leading, int64_t other,
                             const char *reason, struct mu_error *error)
{
    struct mu_resident a = {0}, b = {0};
    enum mu_status status = begin(desk, error);

    if (status != MU_OK)
        return status;
    status = read_both(desk, leading, other, &a, &b, error);
    if (status == MU_OK)
        status = decide(desk, &a, &b, &a, reason, error);
    return mu_desk_end(desk, status, error);
}

enum mu_status mu_declare_different(struct mu_desk *desk, int64_t a, int64_t b, const char *reason,
                                    struct mu_error *error)
{
    struct mu_resident first = {0}, second = {0};
    enum mu_status status = begin(desk, error);

    if (status != MU_OK)
        return status;
    status = read_both(desk, a < b ? a : b, a < b ? b : a, &first, &second, error);
    if (status == MU_OK)
        status = decide(desk, &first, &second, NULL, reason, error);
    return mu_desk_end(desk, status, error);
}

/* Ends a verdict in force. */
static enum mu_status take_back(struct mu_desk *desk, const struct mu_twin_verdict *verdict,
                                struct mu_error *error)
{
    const struct mu_twin_record nothing = {0}, before = record_of(verdict);
    struct mu_resident first = {0}, second = {0};
    struct mu_act_writer act;
    enum mu_status status = mu_file_read(desk, verdict->first_id, &first, error);

    if (status == MU_OK)
        status = mu_file_read(desk, verdict->second_id, &second, error);
    if (status != MU_OK)
        return status;
    begin_act(&act, desk, &first, &second);
    return write_verdict(&act, verdict, false, &before, &nothing, error);
}

enum mu_status mu_withdraw_different(struct mu_desk *desk, int64_t a, int64_t b,
                                     struct mu_error *error)
{
    struct mu_twin_verdict verdict = {0};
    bool found = false;
    enum mu_status status = begin(desk, error);

    if (status != MU_OK)
        return status;
    status = mu_twin_between(desk->db, a, b, &found, &verdict, error);
    if (status == MU_OK && (!found || verdict.verdict != MU_TWO_PEOPLE))
        status = mu_fail(error, MU_REFUSED, MU_SAY_error_twin_not_declared, NULL);
    if (status == MU_OK)
        status = take_back(desk, &verdict, error);
    return mu_desk_end(desk, status, error);
}

/* The link of the file and what happened under it. */
static enum mu_status read_since(struct mu_desk *desk, int64_t other, struct mu_twin_verdict *link,
                                 struct mu_twin_since *out, struct mu_error *error)
{
    struct mu_resident file, leading;
    struct mu_db *db = desk->db;
    char number[NUMBER_SIZE];
    bool found = false;
    enum mu_status status = mu_file_read(desk, other, &file, error);

    if (status == MU_OK && file.linked_to)
        status = mu_twin_between(db, other, file.linked_to, &found, link, error);
    if (status == MU_OK && !found)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_twin_not_linked, file.name,
                       number_text(other, number), NULL);
    if (status == MU_OK)
        status = mu_file_read(desk, file.linked_to, &leading, error);
    if (status != MU_OK)
        return status;
    *out = (struct mu_twin_since){.leading = leading.id, .other = other};
    memcpy(out->leading_name, leading.name, sizeof out->leading_name);
    memcpy(out->other_name, file.name, sizeof out->other_name);
    status = mu_twin_meals_since(db, leading.id, link->decided_at, &out->meals, error);
    if (status == MU_OK)
        status = mu_purse_moved_since(db, other, link->decided_at, &out->other_payments, error);
    if (status == MU_OK)
        status = mu_twin_changes_since(db, link->id, leading.id, &out->leading_changes, error);
    if (status == MU_OK)
        status = mu_twin_changes_since(db, link->id, other, &out->other_changes, error);
    return status;
}

enum mu_status mu_read_twin_since(struct mu_desk *desk, int64_t other, struct mu_twin_since *out,
                                  struct mu_error *error)
{
    struct mu_twin_verdict link = {0};
    struct mu_twin_since since;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = read_since(desk, other, &link, &since, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        *out = since;
    return status;
}

enum mu_status mu_unlink_twin(struct mu_desk *desk, int64_t other, struct mu_twin_since *since,
                              struct mu_error *error)
{
    struct mu_twin_verdict link = {0};
    struct mu_twin_since found;
    enum mu_status status = begin(desk, error);

    if (status != MU_OK)
        return status;
    status = read_since(desk, other, &link, &found, error);
    if (status == MU_OK)
        status = take_back(desk, &link, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && since)
        *since = found;
    return status;
}

static void add_line(char *out, size_t size, enum mu_language language, enum mu_message message,
                     const char *first, const char *second)
{
    size_t used = strlen(out);

    if (used && used + 1 < size)
        out[used++] = '\n';
    mu_message_format(out + used, size - used, language, message, first, second, NULL);
}

void mu_twin_since_words(const struct mu_twin_since *since, enum mu_language language, char *out,
                         size_t size)
{
    const struct {
        int64_t id;
        int count;
    } files[] = {{since->leading, since->leading_changes}, {since->other, since->other_changes}};
    char number[NUMBER_SIZE], count[NUMBER_SIZE];

    *out = '\0';
    if (since->meals)
        add_line(out, size, language, MU_SAY_twin_since_meals, number_text(since->meals, count),
                 number_text(since->leading, number));
    if (since->other_payments)
        add_line(out, size, language, MU_SAY_twin_since_payments,
                 number_text(since->other_payments, count), number_text(since->other, number));
    for (size_t i = 0; i < 2; i++)
        if (files[i].count)
            add_line(out, size, language, MU_SAY_twin_since_changes,
                     number_text(files[i].id, number), number_text(files[i].count, count));
    if (!*out)
        mu_message_format(out, size, language, MU_SAY_twin_since_nothing, NULL);
}

enum mu_status mu_list_verdicts(struct mu_desk *desk, enum mu_verdict verdict,
                                mu_twin_verdict_row *row, void *context, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    return status == MU_OK ? mu_twin_verdicts(desk->db, verdict, row, context, error) : status;
}

enum mu_status mu_twin_record_read(struct mu_desk *desk, int64_t row, void *record,
                                   struct mu_error *error)
{
    struct mu_twin_verdict verdict = {0};
    bool found = false;
    enum mu_status status = mu_twin_by_id(desk->db, row, &found, &verdict, error);

    if (status == MU_OK && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_twin_not_declared, NULL);
    if (status == MU_OK)
        *(struct mu_twin_record *)record = record_of(&verdict);
    return status;
}

enum mu_status mu_twin_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                const void *wanted, struct mu_error *error)
{
    const struct mu_twin_record nothing = {0}, *after = wanted ? wanted : &nothing;
    struct mu_twin_verdict verdict = {0};
    struct mu_resident first = {0}, second = {0};
    struct mu_desk *desk = writer->desk;
    bool found = false, first_leads;
    enum mu_status status = mu_twin_by_id(desk->db, row, &found, &verdict, error);

    if (status == MU_OK && after->verdict) {
        status = read_both(desk, verdict.first_id, verdict.second_id, &first, &second, error);
        if (status == MU_OK)
            status = check_open(desk, &first, &second, (enum mu_verdict)after->verdict, error);
        first_leads = strtoll(after->leading, NULL, 10) == verdict.first_id;
        if (status == MU_OK && after->verdict == MU_ONE_PERSON)
            status = check_link(desk, first_leads ? &first : &second,
                                first_leads ? &second : &first, error);
    }
    return status == MU_OK ? write_verdict(writer, &verdict, false, current, after, error) : status;
}

enum mu_status mu_file_lead(struct mu_desk *desk, struct mu_resident *resident,
                            struct mu_error *error)
{
    return resident->linked_to ? mu_file_read(desk, resident->linked_to, resident, error) : MU_OK;
}

struct masked {
    mu_resident_row *row;
    void *context;
    struct mu_date today;
};

static bool pass_masked(void *context, const struct mu_resident *resident)
{
    const struct masked *masked = context;
    struct mu_resident copy = *resident;

    mu_file_tags(&copy, masked->today);
    mu_file_mask(&copy);
    return masked->row(masked->context, &copy);
}

enum mu_status mu_list_linked(struct mu_desk *desk, int64_t leading, mu_resident_row *row,
                              void *context, struct mu_error *error)
{
    struct masked masked = {row, context, mu_desk_now(desk).date};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    return status == MU_OK ? mu_register_linked(desk->db, leading, pass_masked, &masked, error)
                           : status;
}
