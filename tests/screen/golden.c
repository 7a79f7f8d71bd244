#include "screen/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);

    assert_non_null(text);
    if (file) {
        size_t length = fread(text, 1, (1 << 20) - 1, file);

        text[length] = '\0';
        fclose(file);
    }
    return text;
}

static void show_difference(const char *name, const char *golden, const char *now)
{
    fprintf(stderr, "%s differs (- golden, + now):\n", name);
    for (int row = 0; *golden || *now; row++) {
        int before = (int)strcspn(golden, "\n"), after = (int)strcspn(now, "\n");

        if (before != after || strncmp(golden, now, (size_t)before) != 0)
            fprintf(stderr, "%3d - %.*s\n%3d + %.*s\n", row, before, golden, row, after, now);
        golden += before + (golden[before] == '\n');
        now += after + (now[after] == '\n');
    }
}

void golden_compare_text(const char *name, const char *now)
{
    const char *update = getenv("UPDATE");
    char path[512], *golden;
    bool same;

    snprintf(path, sizeof path, "%s/%s.txt", MULIN_GOLDEN, name);
    golden = read_file(path);
    same = strcmp(golden, now) == 0;
    if (!same)
        show_difference(name, golden, now);
    if (!same && update && strcmp(update, "1") == 0) {
        FILE *file = fopen(path, "wb");

        assert_non_null(file);
        fputs(now, file);
        assert_int_equal(fclose(file), 0);
        same = true;
    }
    free(golden);
    if (!same)
        fail_msg("%s is not as its golden file; UPDATE=1 accepts it", name);
}

void golden_compare(const char *name, const struct mu_grid *grid)
{
    size_t size = mu_grid_text(grid, NULL, 0) + 1;
    char *now = malloc(size);

    assert_non_null(now);
    mu_grid_text(grid, now, size);
    golden_compare_text(name, now);
    free(now);
}
