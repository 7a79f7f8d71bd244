/* What may be typed or pasted, for the line and the text area. */
#ifndef MULIN_TUI_TYPABLE_H
#define MULIN_TUI_TYPABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the character of `step` bytes (as of mu_text_rune) may stand behind `previous` (0: at the
 * start): no control, bidi or zero-width character and no broken byte; a variation selector is good
 * only behind a character. */
bool mu_is_typable(uint32_t rune, size_t step, uint32_t previous);

/* The character before the byte `offset` of a well-formed text; 0 at the start. */
uint32_t mu_rune_before(const char *text, size_t offset);

#endif
