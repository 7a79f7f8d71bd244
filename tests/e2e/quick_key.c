/* Linked into the program with --wrap=crypto_pwhash, for stories in which the cost of a passphrase
 * does not count. */
#include "unit/fast_key.h"
