/* The state of the screen that brings a spreadsheet in, and how it is drawn. */
#ifndef MULIN_TUI_SCREENS_IMPORT_SCREEN_H
#define MULIN_TUI_SCREENS_IMPORT_SCREEN_H

#include "tui/app.h"
#include "tui/list.h"
#include "tui/screens/import_result.h"
#include "tui/table_files.h"

#include <mulin/desk/import.h>

enum import_stage { IMPORT_CHOOSE, IMPORT_COLUMNS, IMPORT_CHECKED, IMPORT_DONE };
enum { IMPORT_KEPT = 100 };

struct import_screen {
    enum import_stage stage;
    struct mu_line_edit box;
    struct mu_table_files *files;
    struct mu_list file_list;
    char path[MU_TYPED_PATH_SIZE];
    struct mu_import_look *look;
    struct mu_import_mapping *mapping;
    char mapping_name[MU_MAPPING_SIZE];
    struct mu_list column_list;
    bool faulty; /* the columns can't be imported so */
    struct mu_error fault;
    struct import_result *result;
    struct mu_list line_list;
    size_t kept_count;
    char kept[IMPORT_KEPT][MU_MAPPING_SIZE];
    enum mu_message working; /* what the progress bar says */
    struct mu_app *app;      /* for the progress of the desk */
};

/* Without its folder; borrowed. */
const char *import_file_name(const struct import_screen *self);

/* In import_view.c: columns and rows of the three lists. */
void import_lists_init(struct import_screen *self);
void import_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                 const struct mu_layout *layout);

#endif
