void f(void) { mvwaddstr(w, 0, 0, "x"); }
