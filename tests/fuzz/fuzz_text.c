/* Any bytes: what is cleaned is clean, what is inert stays inert, cells add up, nothing overruns.
 */
#include "fuzz.h"

#include <mulin/base/text.h>

static void cells_add_up(const char *text)
{
    const char *at = text;
    int cells = 0, width;
    size_t step;

    while ((step = mu_text_cluster(at, &width)) > 0) {
        HOLDS(width == 1 || width == 2);
        HOLDS(step <= strlen(at));
        cells += width;
        at += step;
    }
    HOLDS(*at == '\0');
    HOLDS(cells == mu_text_cells(text));
    for (int room = 0; room <= cells; room += 1 + cells / 8) {
        int used = -1;

        HOLDS(mu_text_fit(text, room, &used) <= strlen(text));
        HOLDS(used >= 0 && used <= room);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_string(data, size);
    size_t room = size * 4 + 64;
    char *first = malloc(room), *second = malloc(room);
    char small[8];

    HOLDS(first && second);
    mu_text_inert(first, room, text);
    HOLDS(mu_text_check(first, false) == MU_TEXT_GOOD);
    mu_text_inert(second, room, first);
    HOLDS(strcmp(first, second) == 0);
    cells_add_up(first);
    cells_add_up(text);
    for (int newline = 0; newline < 2; newline++) {
        mu_text_clean(first, room, text, newline);
        HOLDS(mu_text_check(first, newline) == MU_TEXT_GOOD);
        HOLDS(mu_text_clean(second, room, first, newline));
        HOLDS(strcmp(first, second) == 0);
    }
    mu_text_fold(first, room, text);
    mu_text_fold(second, room, first);
    HOLDS(strcmp(first, second) == 0);
    mu_text_clean(small, sizeof small, text, false);
    HOLDS(mu_text_check(small, false) == MU_TEXT_GOOD);
    mu_text_inert(small, sizeof small, text);
    HOLDS(mu_text_check(small, false) == MU_TEXT_GOOD);
    mu_text_copy(small, sizeof small, text);
    HOLDS(!mu_text_valid(text, strlen(text)) || mu_text_valid(small, strlen(small)));
    free(first);
    free(second);
    free(text);
    return 0;
}
