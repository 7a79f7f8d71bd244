#include <stdlib.h>
int leak(void);
int leak(void)
{
    int *numbers = malloc(8 * sizeof *numbers);
    numbers[0] = 1;
    return 0;
}
