void f(void) { printf("no"); }
