/* A text of any length, to be read. */
#ifndef MULIN_TUI_SCREENS_CASE_READING_H
#define MULIN_TUI_SCREENS_CASE_READING_H

#include "tui/app.h"

/* `subject` and `text` are copied. MU_REFUSED (too many screens are open), MU_MEMORY. */
enum mu_status mu_open_case_reading(struct mu_app *app, enum mu_message title, const char *subject,
                                    const char *text, struct mu_error *error) MU_CHECKED;

#endif
