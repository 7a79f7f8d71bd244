/* Numbers with up to two decimals, as people type them. */
#ifndef MULIN_SRC_BASE_DECIMAL_H
#define MULIN_SRC_BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

enum { MU_DECIMAL_DIGITS = 7 }; /* before the point, at most */

/* Reads 12, 12.5, 12.50 at the start of `text`, which is folded (mu_text_fold_word); 。 is a full
 * stop, too. Returns what stands behind it, or NULL with *hundredths untouched when it does not
 * begin with such a number. */
const char *mu_decimal_read(const char *text, int64_t *hundredths);

#endif
