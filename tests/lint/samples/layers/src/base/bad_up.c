#include <mulin/desk/meal.h>
