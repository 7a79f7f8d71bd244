void f(void)
{
    flushinp();
}
