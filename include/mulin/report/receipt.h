/* The receipt of goods on paper. */
#ifndef MULIN_REPORT_RECEIPT_H
#define MULIN_REPORT_RECEIPT_H

#include <mulin/base/error.h>
#include <mulin/domain/goods.h>

enum { MU_RECEIPT_COLUMNS = 32 }; /* cells of a line, on the screen and on paper */

/* Hands it to the printer (lp). MU_INPUT (the printer takes nothing), MU_MEMORY. */
enum mu_status mu_print_receipt(const struct mu_receipt *receipt, enum mu_language language,
                                struct mu_error *error) MU_CHECKED;

#endif
