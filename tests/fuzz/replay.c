/* Runs a fuzz target over the files of a folder: whole, torn after every byte, and with each byte
 * flipped. */
#include "fuzz.h"

#include <dirent.h>
#include <errno.h>

enum { FILE_LIMIT = 1 << 16, TORN_LIMIT = 2048 };

static int replay(const char *folder, const char *name)
{
    static uint8_t data[FILE_LIMIT];
    char path[4096];
    size_t size;
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 1;
    }
    size = fread(data, 1, sizeof data, file);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    for (size_t i = 0; i < size && i < TORN_LIMIT; i++) {
        LLVMFuzzerTestOneInput(data, i);
        data[i] ^= (uint8_t)(1u << i % 8);
        LLVMFuzzerTestOneInput(data, size);
        data[i] ^= (uint8_t)(1u << i % 8);
    }
    return 0;
}

int main(int count, char **arguments)
{
    struct dirent *entry;
    int failed = 0, files = 0;
    DIR *folder = count == 2 ? opendir(arguments[1]) : NULL;

    if (!folder) {
        fputs("usage: fuzz_NAME FOLDER\n", stderr);
        return 2;
    }
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        failed |= replay(arguments[1], entry->d_name);
        files++;
    }
    closedir(folder);
    return failed || files == 0;
}
