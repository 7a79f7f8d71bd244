void f(void) { fputs("no", stderr); }
