/* #include <curses.h> in a comment is none. */
#include "store/db.h"
#include <mulin/domain/meal.h>
