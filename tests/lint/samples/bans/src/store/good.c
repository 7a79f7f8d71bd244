/* printf("fine") */
static const char *query = "SELECT name FROM resident";
static const char *words = "never call exit() here";
