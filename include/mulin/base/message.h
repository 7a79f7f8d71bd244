/* Every sentence that mulin says, Chinese and English side by side in data/messages. */
#ifndef MULIN_BASE_MESSAGE_H
#define MULIN_BASE_MESSAGE_H

#include <stddef.h>

enum mu_language { MU_CHINESE, MU_ENGLISH };

/* One name per row of data/messages/all.def, e.g. MU_SAY_error_no_memory. */
enum mu_message {
#define MESSAGE(name, chinese, english) MU_SAY_##name,
#include "messages/all.def"
#undef MESSAGE
    MU_SAY_COUNT
};

/* The sentence as it stands in the table, placeholders {0}..{3} included; never NULL. Static. */
const char *mu_message_text(enum mu_message message, enum mu_language language);

/* Writes the sentence with {0}..{3} replaced by the strings that follow; end them with NULL.
 * Text from outside is made inert (control and bidi characters become '?').
 *   out, size  buffer of `size` bytes, the NUL counted; cut between characters when too small.
 * Returns the number of bytes written without the NUL. */
size_t mu_message_format(char *out, size_t size, enum mu_language language, enum mu_message message,
                         ...) __attribute__((sentinel));

/* The same with the arguments in an array of `count` (at most 4) strings. */
size_t mu_message_fill(char *out, size_t size, enum mu_language language, enum mu_message message,
                       const char *const *arguments, size_t count);

#endif
