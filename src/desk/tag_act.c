/* Tags in the acts: all times of a person's tags are one record. */
#include "desk/resident_file.h"
#include "desk/resident_tags.h"

#include <mulin/desk/tag.h>

#include <stdio.h>
#include <string.h>

static bool add_time(void *context, const struct mu_tag *tag)
{
    return mu_tag_withdrawn(tag) || mu_tag_book_add(context, tag);
}

enum mu_status mu_tag_book_read(struct mu_desk *desk, int64_t resident_id, struct mu_tag_book *out,
                                struct mu_error *error)
{
    *out->times = '\0';
    return mu_tag_times(desk->db, resident_id, NULL, add_time, out, error);
}

enum mu_status mu_tag_act_read(struct mu_desk *desk, int64_t row, void *record,
                               struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_file_read(desk, row, &resident, error);

    return status == MU_OK ? mu_tag_book_read(desk, row, record, error) : status;
}

/* The time of this word and first day. */
static bool find_time(const struct mu_tag_book *book, const struct mu_tag *tag, struct mu_tag *out)
{
    const char *times = book->times;

    while (mu_tag_book_next(&times, out))
        if (strcmp(out->word, tag->word) == 0 && mu_date_compare(out->from, tag->from) == 0)
            return true;
    return false;
}

static bool same_time(const struct mu_tag *a, const struct mu_tag *b)
{
    return mu_date_compare(a->until, b->until) == 0 && strcmp(a->evidence, b->evidence) == 0;
}

/* What is there now and was not is withdrawn. */
static enum mu_status withdraw_added(struct mu_act_writer *writer, int64_t row,
                                     const struct mu_tag_book *current,
                                     const struct mu_tag_book *wanted, struct mu_error *error)
{
    const struct mu_tag_stamp stamp = mu_file_tag_stamp(writer->desk);
    const char *times = current->times;
    struct mu_tag tag, other;
    enum mu_status status = MU_OK;

    while (status == MU_OK && mu_tag_book_next(&times, &tag)) {
        if (find_time(wanted, &tag, &other))
            continue;
        tag.until = mu_date_add_days(tag.from, -1);
        status = mu_tag_write(writer->desk->db, row, &tag, &stamp, error);
    }
    return status;
}

static enum mu_status put_back(struct mu_act_writer *writer, int64_t row,
                               const struct mu_tag_book *current, const struct mu_tag_book *wanted,
                               struct mu_error *error)
{
    const struct mu_tag_stamp stamp = mu_file_tag_stamp(writer->desk);
    const char *times = wanted->times;
    struct mu_tag tag, other;
    enum mu_status status = withdraw_added(writer, row, current, wanted, error);

    while (status == MU_OK && mu_tag_book_next(&times, &tag))
        if (!find_time(current, &tag, &other) || !same_time(&tag, &other))
            status = mu_tag_write(writer->desk->db, row, &tag, &stamp, error);
    if (status == MU_OK && *times)
        return mu_fail(error, MU_INPUT, MU_SAY_error_snapshot, "times", NULL);
    return status == MU_OK ? mu_tag_refresh(writer->desk->db, row, stamp.now.date, error) : status;
}

enum mu_status mu_tag_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                   const void *wanted, struct mu_error *error)
{
    struct mu_resident before, after;
    struct mu_tag_book is = {0};
    char number[24], old_text[MU_CHANGE_SIZE], new_text[MU_CHANGE_SIZE];
    enum mu_status status = mu_file_read(writer->desk, row, &before, error);

    if (status == MU_OK)
        status = put_back(writer, row, current, wanted, error);
    if (status == MU_OK)
        status = mu_tag_book_read(writer->desk, row, &is, error);
    if (status == MU_OK)
        status = mu_act_record(writer, "tag", row, current, &is, error);
    if (status == MU_OK)
        status = mu_file_read(writer->desk, row, &after, error);
    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)writer->undone->id);
    snprintf(old_text, sizeof old_text, "tags=%s\n", before.tags);
    snprintf(new_text, sizeof new_text, "tags=%s\n", after.tags);
    return mu_act_note(writer, row, number, old_text, new_text, error);
}
