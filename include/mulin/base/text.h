/* UTF-8 text: checking, cleaning, cells on a screen. Everything from outside passes through here.
 */
#ifndef MULIN_BASE_TEXT_H
#define MULIN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True when the `length` bytes are well-formed UTF-8 without NUL. */
bool mu_text_valid(const char *bytes, size_t length);

/* What makes a text unfit for the store. */
enum mu_text_fault {
    MU_TEXT_GOOD,
    MU_TEXT_ENCODING, /* not UTF-8 */
    MU_TEXT_CONTROL,  /* C0 or C1 control character, ESC and NUL among them */
    MU_TEXT_BIDI,     /* U+202A..202E, U+2066..2069, U+200E, U+200F, U+061C */
    MU_TEXT_INVISIBLE /* zero-width, soft hyphen, BOM, tags; variation selectors are allowed */
};

/* The first fault of a NUL-terminated text. `allow_newline` lets LF and CR LF pass (notes). */
enum mu_text_fault mu_text_check(const char *text, bool allow_newline);

/* Copies `text` without faulty characters, in NFC, blanks at both ends cut off; TAB and newlines
 * become blanks unless `allow_newline` (then LF stays). For the keyboard and the scanner, where a
 * stray character is dropped; files are checked with mu_text_check and refused instead.
 *   out, size  at least 1 byte, the NUL counted; the text is cut between clusters when too long.
 * Returns false when something was cut off for want of room, and, with "" in `out`, when `text` is
 * not UTF-8 or memory ran out. */
bool mu_text_clean(char *out, size_t size, const char *text, bool allow_newline);
/* When that was false: did memory run out? */
bool mu_text_lacked_memory(const char *out, size_t size, const char *text);

/* Copies `text` with every character that could act on a terminal (controls, bidi, zero width,
 * broken bytes) replaced by '?'. For everything that leaves for a terminal or a file. Returns
 * bytes. */
size_t mu_text_inert(char *out, size_t size, const char *text);

/* Copies `text` with full-width forms (U+FF01..FF5E, U+3000) as their ASCII twins and A-Z as a-z:
 * for keys, numbers, IDs, dates, phones and searches, never for names or notes. */
void mu_text_fold(char *out, size_t size, const char *text);

/* mu_text_fold that keeps capital letters, for places, cards and tags. */
void mu_text_narrow(char *out, size_t size, const char *text);

/* Moves *text past the blanks (of any width), tabs and line ends before it; returns its bytes up to
 * those behind it. */
size_t mu_text_trim(const char **text);

/* mu_text_fold without what mu_text_trim leaves out, for what is typed as one word. False, and out
 * "", when it does not fit. */
bool mu_text_fold_word(char *out, size_t size, const char *text);

/* Copies at most size-1 bytes, cut between characters. Returns false when cut. */
bool mu_text_copy(char *out, size_t size, const char *text);

/* Decodes the character at `text` (well-formed or not). *rune gets the code point, 0xFFFD for a
 * broken byte. Returns the bytes it takes (1..4), 0 at the terminating NUL. */
size_t mu_text_rune(const char *text, uint32_t *rune);

/* Encodes `rune` into `out` (5 bytes, NUL added). Returns the bytes without the NUL. */
size_t mu_text_encode(uint32_t rune, char *out);

/* The first grapheme cluster of `text`: its bytes, and in *cells (may be NULL) the 1 or 2 cells
 * that it takes on a terminal. 0 bytes at the end. */
size_t mu_text_cluster(const char *text, int *cells);

/* Cells of a whole text on a terminal. */
int mu_text_cells(const char *text);

/* Bytes of the longest run of whole clusters that fits in `cells`; *used (may be NULL) gets the
 * cells that they take. */
size_t mu_text_fit(const char *text, int cells, int *used);

enum { MU_COUNT_SIZE = 28 };
/* 21,000; `out` has MU_COUNT_SIZE bytes. */
void mu_count_text(int64_t count, char *out);

/* True for U+3400.. and other ideographs, the characters that names are made of. */
bool mu_rune_is_han(uint32_t rune);

#endif
