#include <stdlib.h>
static int *box(int value)
{
    int *made = malloc(sizeof *made);

    if (made)
        *made = value;
    return made;
}
int unboxed(int value);
int unboxed(int value)
{
    int *made = box(value);
    int kept = made ? *made : 0;

    if (kept > 1)
        free(made);
    return kept;
}
