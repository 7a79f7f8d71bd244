/* The tables in a folder, for choosing one by name. */
#ifndef MULIN_TUI_TABLE_FILES_H
#define MULIN_TUI_TABLE_FILES_H

#include <mulin/base/date.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MU_TYPED_PATH_SIZE = 1024, MU_TABLE_ENTRY_SIZE = 256, MU_TABLE_ENTRIES = 300 };

struct mu_table_entry {
    char name[MU_TABLE_ENTRY_SIZE];
    bool folder;
    int64_t size, changed_at; /* bytes; seconds since 1970 */
};

struct mu_table_files {
    char folder[MU_TYPED_PATH_SIZE]; /* with a / at the end, "" for the one that mulin works in */
    size_t count;
    struct mu_table_entry
        entry[MU_TABLE_ENTRIES]; /* tables first, the newest before; then folders */
};

/* What was typed or pasted as a path: without blanks and quotes around it, ~ for the person's
 * folder. `out` has MU_TYPED_PATH_SIZE bytes; "" when it is too long. */
void mu_typed_path(const char *typed, char *out);

/* Lists the *.csv and the folders in the folder of `path` whose names hold what stands behind the
 * last slash. A folder that can't be read is empty. */
void mu_table_files_read(struct mu_table_files *files, const char *path);

/* The path of an entry; a folder's ends with a slash. `out` has MU_TYPED_PATH_SIZE bytes; "" when
 * it is too long. */
void mu_table_entry_path(const struct mu_table_files *files, size_t index, char *out);
/* The day and minute of the last change. */
struct mu_moment mu_table_entry_changed(const struct mu_table_entry *entry);

/* Puts a slash behind the path when it names a folder and has none. False when it is no folder. */
bool mu_folder_path(char *path);

#endif
