const char *q = "SELECT name FROM resident";
