/* bench_readings FILE ROUNDS
 *
 * Reads the names of a community (the first column of a CSV file with a heading) ROUNDS times: the
 * pinyin of each, and all the keys under which it is found. Processor time, which other work on the
 * machine does not lengthen much. Two lines: what, names, median nanoseconds a name over the
 * rounds, what came of it in the mean: letters, or keys. */
#include "measure.h"

#include <mulin/base/name_key.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NAME_SIZE = 64, LINE_SIZE = 4096 };

struct names {
    char (*name)[NAME_SIZE];
    size_t count, room;
};

static volatile size_t sink;

static struct names read_names(const char *path)
{
    struct names names = {0};
    char line[LINE_SIZE];
    FILE *file = fopen(path, "r");

    if (!file || !fgets(line, sizeof line, file))
        die("%s: cannot be read", path);
    while (fgets(line, sizeof line, file)) {
        if (names.count == names.room) {
            names.room = names.room ? 2 * names.room : 1024;
            names.name = realloc(names.name, names.room * sizeof *names.name);
            if (!names.name)
                die("no memory");
        }
        snprintf(names.name[names.count++], NAME_SIZE, "%.*s", (int)strcspn(line, ",\n"), line);
    }
    fclose(file);
    return names;
}

static size_t pinyin(const char *name)
{
    static char out[256];

    mu_name_pinyin(name, out, sizeof out);
    return strlen(out);
}

static size_t keys(const char *name)
{
    static struct mu_name_keys keys;

    mu_name_keys(name, &keys);
    return keys.count;
}

static double nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void measure(const char *what, size_t (*read)(const char *), const struct names *names,
                    size_t rounds)
{
    double *times = need(rounds, sizeof *times), all = (double)names->count;
    size_t made = 0;

    for (size_t round = 0; round < rounds; round++) {
        double begin = nanoseconds();

        made = 0;
        for (size_t i = 0; i < names->count; i++)
            made += read(names->name[i]);
        times[round] = (nanoseconds() - begin) / all;
        sink += made;
    }
    printf("%s\t%zu\t%.0f\t%.1f\n", what, names->count, quantile(times, rounds, 0.5),
           (double)made / all);
    free(times);
}

int main(int count, char **arguments)
{
    struct names names;

    if (count != 3)
        die("usage: bench_readings FILE ROUNDS");
    names = read_names(arguments[1]);
    if (names.count == 0)
        die("%s: no names", arguments[1]);
    measure("pinyin", pinyin, &names, number(arguments[2]));
    measure("keys", keys, &names, number(arguments[2]));
    free(names.name);
    return 0;
}
