const char *p = "/home/somebody/data";
