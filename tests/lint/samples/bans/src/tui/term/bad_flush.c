void f(void) { flushinp(); }
