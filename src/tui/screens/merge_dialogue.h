/* Two desks changed one record: the second is shown what the first changed, chooses where both
 * changed one field, and saves the whole. For every form over a field table. */
#ifndef MULIN_TUI_SCREENS_MERGE_DIALOGUE_H
#define MULIN_TUI_SCREENS_MERGE_DIALOGUE_H

#include "tui/app.h"

#include <mulin/domain/merge.h>
#include <mulin/domain/operator.h>

enum { MU_MERGE_WHO_SIZE = MU_OPERATOR_NAME_SIZE + MU_CLOCK_SIZE + 64 };

struct mu_merge_dialogue {
    const struct mu_field *fields;
    size_t count;
    const void *base, *mine, *theirs; /* as they may be shown; borrowed until `decided` */
    /* In: `count` answers of mu_merge. Out: MU_MERGE_BOTH has become MINE or THEIRS where it was
     * chosen. Borrowed. */
    enum mu_merge_side *side;
    char who[MU_MERGE_WHO_SIZE]; /* changed theirs: 王丽 11:31 */
    /* Called once: save is true when the person agreed to save the merged record; else it is to be
     * looked over in the form first. */
    void (*decided)(struct mu_app *app, void *context, bool save);
    void *context;

    size_t at; /* the field that is being asked about */
    char texts[2][MU_FIELD_LONGEST], title[256];
};

/* Writes who changed the record, "" for somebody unknown, and when. */
void mu_merge_who(const char *operator_name, struct mu_moment changed_at, enum mu_language language,
                  char out[MU_MERGE_WHO_SIZE]);

/* Asks; the dialogue is borrowed until `decided`, its first eight members are set. */
void mu_merge_ask(struct mu_app *app, struct mu_merge_dialogue *dialogue);

#endif
