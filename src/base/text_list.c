#include "base/text_list.h"

#include <string.h>

/* Bytes of the item with its marks doubled. */
static size_t escaped_length(const char *mark, const char *item)
{
    size_t length = strlen(item), more = strlen(mark);

    for (const char *at = strstr(item, mark); at; at = strstr(at + more, mark))
        length += more;
    return length;
}

/* Doubles the mark. `out` has room for it. */
static void escape(const char *mark, const char *item, char *out)
{
    size_t length = strlen(mark);

    while (*item) {
        size_t taken = strncmp(item, mark, length) == 0 ? length : 1;

        if (taken == length && strncmp(item, mark, length) == 0) {
            memcpy(out, mark, length);
            out += length;
        }
        memcpy(out, item, taken);
        out += taken;
        item += taken;
    }
    *out = '\0';
}

bool mu_text_list_add(char *list, size_t size, const char *mark, const char *item)
{
    size_t used = strlen(list), between = used ? strlen(mark) : 0;

    if (used + between + escaped_length(mark, item) >= size)
        return false;
    for (size_t i = 0; i < between; i++)
        list[used + i] = mark[i];
    escape(mark, item, list + used + between);
    return true;
}

bool mu_text_list_next(const char **list, const char *mark, char *item, size_t size)
{
    const char *at = *list;
    size_t used = 0, length = strlen(mark);

    if (!*at)
        return false;
    while (*at) {
        if (strncmp(at, mark, length) == 0) {
            at += length;
            if (strncmp(at, mark, length) != 0)
                break;
        }
        if (used + 1 >= size)
            return false;
        item[used++] = *at++;
    }
    item[used] = '\0';
    *list = at;
    return true;
}
