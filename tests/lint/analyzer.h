/* Included before every source by tidy.sh: the analyzer does not look into other files, so it is
 * shown that a failure returns the status that it is given. */
#include <mulin/base/error.h>

#define mu_fail(error, status, ...) (mu_fail(error, status, __VA_ARGS__), (status))
#define mu_fail_memory(error) (mu_fail_memory(error), MU_MEMORY)
