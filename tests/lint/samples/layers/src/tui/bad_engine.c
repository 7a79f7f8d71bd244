#include <mulin/domain/meal.h>
