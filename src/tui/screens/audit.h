/* How records of the audit trail read on the screen. */
#ifndef MULIN_TUI_SCREENS_AUDIT_H
#define MULIN_TUI_SCREENS_AUDIT_H

#include "tui/app.h"

#include <mulin/desk/audit.h>

/* Shows who saw and changed the file of a resident, the last two hundred records, newest first. */
void mu_show_audit_of(struct mu_app *app, int64_t resident_id, const char *name);

#endif
