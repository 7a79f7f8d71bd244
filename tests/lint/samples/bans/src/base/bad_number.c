int f(const char *a) { return atoi(a); }
