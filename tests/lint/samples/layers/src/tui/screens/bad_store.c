#include <mulin/store/db.h>
