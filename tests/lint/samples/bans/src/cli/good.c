void f(void) { printf("select one\n"); }
