/* The screens of services share what is told of one list of people. */
#ifndef MULIN_TUI_SCREENS_SERVICES_H
#define MULIN_TUI_SCREENS_SERVICES_H

#include "tui/app.h"

#include <mulin/desk/attendance.h>

enum { MU_SERVICE_CLOCK_SIZE = 8 };

/* What is the same for everybody on a list, as it is typed. */
struct mu_list_told {
    char title[MU_SERVICE_TEXT_SIZE];
    char duty[MU_RULE_ID_SIZE];
    char duty_name[MU_RULE_NAME_SIZE];
    struct mu_date date;
    char from[MU_SERVICE_CLOCK_SIZE], to[MU_SERVICE_CLOCK_SIZE], minutes[MU_SERVICE_CLOCK_SIZE];
    char place[MU_SERVICE_TEXT_SIZE];
    char recipient[MU_SERVICE_TEXT_SIZE];
    char confirmed_by[MU_SERVICE_TEXT_SIZE];
    char reason[MU_REASON_SIZE];
    bool told; /* the form was saved, not left */
};

/* The request that it stands for; borrows from it. *field gets the key at fault. MU_INPUT. */
enum mu_status mu_list_request(const struct mu_list_told *told, struct mu_attendance_request *out,
                               const char **field, struct mu_error *error) MU_CHECKED;

/* The last list, with the duty and people to begin the next one with; id 0: there is none. */
enum mu_status mu_last_list(struct mu_desk *desk, struct mu_attendance_sheet *out,
                            struct mu_error *error) MU_CHECKED;

/* Lets a duty of today's book be picked. *kept, NULL at first, is what is offered: the caller keeps
 * it while its screen is open (free). `picked` gets an index of the book's duties. */
void mu_ask_duty(struct mu_app *app, enum mu_message title, const char *usual, char **kept,
                 void (*picked)(struct mu_app *app, void *state, bool chosen, int code),
                 void *state);

/* The form of a list; then its people. A list that was not finished is gone on with. */
enum mu_status mu_open_attendance_form(struct mu_app *app, const struct mu_duty *duty,
                                       struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_attendance(struct mu_app *app, const struct mu_list_told *told,
                                  struct mu_error *error) MU_CHECKED;
/* *begun: there was a list that was not finished, and it is open now. */
enum mu_status mu_open_attendance_draft(struct mu_app *app, bool *begun,
                                        struct mu_error *error) MU_CHECKED;
/* Scanning in and out for a duty. */
enum mu_status mu_open_service_scan(struct mu_app *app, const struct mu_duty *duty,
                                    struct mu_error *error) MU_CHECKED;

#endif
