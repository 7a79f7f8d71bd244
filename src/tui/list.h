/* A list of any length: it holds a cursor and asks for the rows that it shows. */
#ifndef MULIN_TUI_LIST_H
#define MULIN_TUI_LIST_H

#include "tui/grid.h"
#include "tui/key.h"

enum { MU_LIST_COLUMNS = 12, MU_LIST_CELL_SIZE = 256 };

struct mu_column {
    enum mu_message title;
    int narrowest, widest; /* cells; what is left over goes to the columns that can grow */
    int priority;          /* 0: always shown; the highest number goes first without room */
    unsigned how;          /* MU_RIGHT, MU_MARK, MU_WHOLE: a column of whole texts is shown with its
                              widest width or not at all */
    bool sortable;
};

struct mu_list_source {
    /* Writes the text of a cell; `out` has `size` bytes. *style is preset to MU_STYLE_NORMAL. */
    void (*cell)(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style);
    /* True when the row is marked; NULL when rows can't be. */
    bool (*marked)(void *context, size_t row);
};

struct mu_list {
    const struct mu_column *columns; /* borrowed */
    size_t column_count;             /* at most MU_LIST_COLUMNS */
    const struct mu_list_source *source;
    void *context;      /* of the source */
    size_t count;       /* rows; set it with mu_list_count */
    size_t cursor, top; /* rows */
    int page;           /* rows shown by the last draw */
    int sort_column;    /* -1: as they come */
    bool descending;
    enum mu_message empty; /* what an empty list says, and what to do; 0 for a plain word */
};

enum mu_list_result {
    MU_LIST_IGNORED,
    MU_LIST_MOVED,  /* also when the cursor was at the end already */
    MU_LIST_OPENED, /* Enter on a row */
    MU_LIST_SORTED, /* sort_column and descending changed: bring the rows into that order */
    MU_LIST_MARKED  /* the row at the cursor is to be marked or unmarked; the cursor moved on */
};

void mu_list_init(struct mu_list *list, const struct mu_column *columns, size_t column_count,
                  const struct mu_list_source *source, void *context);
/* The number of rows changed; the cursor stays as near as it can. */
void mu_list_count(struct mu_list *list, size_t count);
/* Feeds KEY events: Up Down PgUp PgDn Home End Enter, sort, mark. For MU_LIST_MARKED the row meant
 * is *row (may be NULL); for the others it is the cursor. */
enum mu_list_result mu_list_event(struct mu_list *list, const struct mu_event *event, size_t *row);
/* Draws heading and rows. With `focus` the hardware cursor stands on the selected row (screen
 * readers follow it) unless something else places it afterwards. */
void mu_list_draw(struct mu_list *list, struct mu_grid *grid, struct mu_area area, bool focus,
                  enum mu_language language);
/* "12 / 3,456" for row 1: cursor and count; "0" when empty. */
void mu_list_position(const struct mu_list *list, char *out, size_t size);

#endif
