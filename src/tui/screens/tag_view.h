/* How tags are shown and ended, the same on every screen. */
#ifndef MULIN_TUI_SCREENS_TAG_VIEW_H
#define MULIN_TUI_SCREENS_TAG_VIEW_H

#include "tui/app.h"

#include <mulin/domain/tag.h>

enum { MU_TAG_CELL_SIZE = 64 };

/* The day, or the words for one that is not known. `out` has MU_TAG_CELL_SIZE bytes. */
void mu_tag_from_text(const struct mu_tag *tag, enum mu_language language, char *out);
void mu_tag_until_text(const struct mu_tag *tag, enum mu_language language, char *out);
/* "有效", "已过" …, and its style. */
const char *mu_tag_standing(const struct mu_tag *tag, struct mu_date day, enum mu_language language,
                            enum mu_style *style);

/* The form over a tag of the resident `id`: a new one, or `word` renewed. Leaving it opens the tags
 * of that person again when `to_tags`; `from_file` is handed on to them. */
enum mu_status mu_open_tag_form(struct mu_app *app, int64_t id, const char *word, bool to_tags,
                                bool from_file, struct mu_error *error) MU_CHECKED;

#endif
