/* The list of cases, shared by what it does (cases.c) and how it looks (cases_view.c). */
#ifndef MULIN_TUI_SCREENS_CASES_H
#define MULIN_TUI_SCREENS_CASES_H

#include "tui/line_edit.h"
#include "tui/list.h"
#include "tui/screens/screens.h"

#include <mulin/desk/case.h>

enum mu_cases_view { MU_CASES_OPEN, MU_CASES_DUE, MU_CASES_MINE, MU_CASES_ALL, MU_CASES_VIEWS };

struct mu_cases {
    enum mu_cases_view view;
    struct mu_line_edit box;
    bool next_anew, stale;
    char words[MU_LINE_SIZE];  /* of the box, folded, while lines are read */
    struct mu_case_line *line; /* owned */
    size_t count, room;
    bool no_memory, failed;
    struct mu_error error;
    struct mu_list list;
    struct mu_date today;
    unsigned seen;
};

void mu_cases_list(struct mu_cases *self);
void mu_cases_draw(struct mu_app *app, struct mu_cases *self, struct mu_grid *grid,
                   const struct mu_layout *layout);
/* "调解期限 已过期2天"; `out` has `size` bytes. */
void mu_case_due_words(const struct mu_case_due *due, struct mu_date today,
                       enum mu_language language, char *out, size_t size, enum mu_style *style);

/* Words in the texts of the cases that the operator may open. MU_REFUSED, MU_MEMORY. */
enum mu_status mu_open_case_search(struct mu_app *app, struct mu_error *error) MU_CHECKED;

#endif
