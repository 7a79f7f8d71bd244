int f(const char *a) { return (int)strlen(a); }
