/* Several texts in one: what records keep of a list, and undo brings back. */
#ifndef MULIN_SRC_BASE_TEXT_LIST_H
#define MULIN_SRC_BASE_TEXT_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* Adds an item at the end of `list` of `size` bytes, behind `mark`; a mark within the item is
 * doubled. False, nothing added, when it does not fit. No item may be "" or begin with the mark. */
bool mu_text_list_add(char *list, size_t size, const char *mark, const char *item);

/* Takes the next item and moves *list behind it. False at the end of the list and, *list not at its
 * end, when the item does not fit into `size` bytes. */
bool mu_text_list_next(const char **list, const char *mark, char *item, size_t size);

#endif
