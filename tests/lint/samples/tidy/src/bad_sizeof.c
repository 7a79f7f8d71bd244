#include <string.h>
void clear(char *buffer);
void clear(char *buffer)
{
    memset(buffer, 0, sizeof(buffer));
}
