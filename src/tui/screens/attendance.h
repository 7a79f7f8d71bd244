/* The screen of an attendance list, shared by what it does (attendance.c), how it looks
 * (attendance_view.c) and what is kept of it half-done (attendance_draft.c). */
#ifndef MULIN_TUI_SCREENS_ATTENDANCE_H
#define MULIN_TUI_SCREENS_ATTENDANCE_H

#include "tui/line_edit.h"
#include "tui/list.h"
#include "tui/screen.h"
#include "tui/screens/screen_draft.h"
#include "tui/screens/services.h"

#include <mulin/desk/find.h>

enum { MU_ATTENDANCE_HITS = 20, MU_ATTENDANCE_QUERY = 96 };
#define MU_ATTENDANCE_DRAFT "attendance"

/* One who came, as far as is known before the list is recorded. */
struct came {
    int64_t id; /* 0: nobody answers to the scan */
    char name[MU_PERSON_NAME_SIZE];
    int minutes; /* 0: as for everybody */
    struct mu_points points;
    bool refused;
    struct mu_error why;
};

struct attendance {
    struct mu_list_told told;
    struct mu_attendance_request request; /* borrows from told */
    struct mu_line_edit box;
    bool next_anew, stale;
    struct mu_resident hit[MU_ATTENDANCE_HITS];
    size_t hit_count;
    struct mu_list hits;
    struct came *row; /* owned; in the order in which they were told, shown the other way round */
    size_t count, room;
    struct mu_list list;
    struct mu_date today;
    struct mu_screen_draft draft;
    bool changed;   /* since the draft was kept */
    int64_t asking; /* whose minutes are asked for */
};

/* What stands in the box, or "". */
const char *mu_attendance_query(const struct attendance *self);
/* Adds somebody by number or, with 0, by what was scanned, and looks what would come of it. */
void mu_attendance_take(struct mu_app *app, struct attendance *self, struct came came,
                        const char *who);
/* Finds anew when other words stand in the box. */
void mu_attendance_catch_up(struct mu_app *app, struct attendance *self);

void mu_attendance_lists(struct attendance *self);
void mu_attendance_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout);

void mu_attendance_keep(struct mu_app *app, void *state);
void mu_attendance_drop(struct mu_app *app, struct attendance *self);
/* Opens the screen with nobody on the list. */
enum mu_status mu_attendance_start(struct mu_app *app, const struct mu_list_told *told,
                                   struct attendance **out, struct mu_error *error) MU_CHECKED;

#endif
