/* #include <curses.h> in a comment is none. */
#include <mulin/domain/meal.h>
#include "store/db.h"
