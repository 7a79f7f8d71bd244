#include <mulin/rules.h>
