const char *p = "/work/data";
