/* Pages for the printer; they lie in memory, not on a disk where they would be found again. */
#ifndef MULIN_SRC_REPORT_PRINTER_H
#define MULIN_SRC_REPORT_PRINTER_H

#include <mulin/base/error.h>

#include <stdio.h>

/* To be written and closed; NULL without memory. */
FILE *report_pages(void);
/* Hands what was written to lp, whose own words go nowhere: the screen is ours. MU_INPUT,
 * MU_MEMORY.
 */
enum mu_status report_print(FILE *pages, struct mu_error *error) MU_CHECKED;

#endif
