/* Between the screens of teams and volunteers. */
#ifndef MULIN_TUI_SCREENS_VOLUNTEER_H
#define MULIN_TUI_SCREENS_VOLUNTEER_H

#include "tui/app.h"

#include <mulin/desk/volunteer.h>
#include <mulin/domain/team.h>

enum { MU_VOLUNTEER_LINE_SIZE = 256 };

/* ★★ 积分 345（累计 1,020） 时长 210:30. `out` has MU_VOLUNTEER_LINE_SIZE bytes. */
void mu_volunteer_line(const struct mu_volunteer_file *file, enum mu_language language, char *out);
/* The same of a person, for a page that shows other things: "" for somebody who never registered
 * and has no points, and where points may not be seen. */
void mu_volunteer_line_of(struct mu_app *app, int64_t resident_id, char *out);

/* The form over a team; of id 0: a new one. */
enum mu_status mu_open_team_form(struct mu_app *app, const struct mu_team *team,
                                 struct mu_error *error) MU_CHECKED;
/* The members of a team. */
enum mu_status mu_open_team_page(struct mu_app *app, const char *name,
                                 struct mu_error *error) MU_CHECKED;
/* The form over somebody's registration. */
enum mu_status mu_open_volunteer_form(struct mu_app *app, int64_t resident_id,
                                      struct mu_error *error) MU_CHECKED;

#endif
