/* Tags at the desk: from when until when, on what evidence, and which are about to run out. A whole
 * line of words is saved with the file (register.h): words that are new begin that day, words that
 * are missing end. */
#ifndef MULIN_DESK_TAG_H
#define MULIN_DESK_TAG_H

#include <mulin/desk/desk.h>
#include <mulin/domain/tag.h>

/* Called for each tag; false stops. Borrowed; the desk must not be called. */
typedef bool mu_tag_row(void *context, const struct mu_tag *tag);

/* All tags that a person has or had, newest first; those that were withdrawn on the day on which
 * they were set are left out. MU_INPUT (no such file), MU_STORE. */
enum mu_status mu_list_tags(struct mu_desk *desk, int64_t resident_id, mu_tag_row *row,
                            void *context, struct mu_error *error) MU_CHECKED;

/* True when the tag is in force on the day. */
bool mu_tag_holds(const struct mu_tag *tag, struct mu_date day);

/* Fills in what is usual when a tag is set: from today, or from the day after the present one runs
 * out, and until the day on which the rules want it reviewed. Days that are known stay.
 *   tag  word and, when known, days */
enum mu_status mu_propose_tag(struct mu_desk *desk, int64_t resident_id, struct mu_tag *tag,
                              struct mu_error *error) MU_CHECKED;

/* Sets a tag: word, from (not known: today), until (not known: for good), evidence; the others are
 * not looked at. A time of the same word that goes on over the first day is ended the day before;
 * one that begins on the same day is written anew. A first day to come is for renewing only: it
 * must follow a time without a gap.
 *   field  may be NULL; gets the key of the field of mu_tag_fields at fault, static, or NULL
 * MU_INPUT (no such file, computed by the system, until before from, from to come, before birth, a
 * later time stands, too many), MU_REFUSED (the file has ended), MU_STORE. */
enum mu_status mu_set_tag(struct mu_desk *desk, int64_t resident_id, const struct mu_tag *tag,
                          const char **field, struct mu_error *error) MU_CHECKED;

/* Ends a tag: `last_day` is the last on which it is in force; not known: yesterday, so that it no
 * longer is. A tag that has run out is marked as reviewed by that. MU_INPUT (no such file or tag,
 * the day lies after its own last one), MU_STORE. */
enum mu_status mu_end_tag(struct mu_desk *desk, int64_t resident_id, const char *word,
                          struct mu_date last_day, struct mu_error *error) MU_CHECKED;

/* Why the computed words of a person are his, a line each; "" without any. *text is owned (free).
 * MU_INPUT, MU_STORE, MU_MEMORY. */
enum mu_status mu_explain_tags(struct mu_desk *desk, int64_t resident_id, enum mu_language language,
                               char **text, struct mu_error *error) MU_CHECKED;

enum { MU_DUE_DAYS = 30, MU_DUE_PAST_DAYS = 366, MU_DUE_LIMIT = 1000 };

/* Called for each tag that is to be reviewed; false stops. Borrowed, numbers masked; the desk must
 * not be called. */
typedef bool mu_due_row(void *context, const struct mu_resident *resident,
                        const struct mu_tag *tag);

/* Tags of people who live here that run out in the next MU_DUE_DAYS days, or ran out in the last
 * MU_DUE_PAST_DAYS without anybody having renewed or ended them; the earliest first, at most
 * MU_DUE_LIMIT. */
enum mu_status mu_list_due_tags(struct mu_desk *desk, mu_due_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;

#endif
