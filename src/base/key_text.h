/* A key as text for a file and for paper: four numbered lines of hex digits, each with a check of
 * its own, so that a slip in copying is found in its line.
 *   1  3f2a 99c1 07de 5b10  c4e7 */
#ifndef MULIN_SRC_BASE_KEY_TEXT_H
#define MULIN_SRC_BASE_KEY_TEXT_H

#include "base/seal.h"

enum { MU_KEY_LINES = 4, MU_KEY_TEXT_SIZE = 128 }; /* bytes of the text, the NUL counted */

/* `out` has MU_KEY_TEXT_SIZE bytes. */
void mu_key_text_write(const unsigned char key[MU_SEAL_KEY], char *out);

/* Reads the lines that begin with their number, in any order; capitals and blanks do not matter,
 * lines that begin otherwise are passed over. Returns 0, or the number of the first line that is
 * missing, there twice or does not fit its check; *key is of no meaning then. */
int mu_key_text_read(const char *text, unsigned char key[MU_SEAL_KEY]);

#endif
