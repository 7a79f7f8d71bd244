#include "tui/table_files.h"

#include <mulin/base/text.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

enum { LOOKED_AT = 5000 }; /* names in a folder */

void mu_typed_path(const char *typed, char *out)
{
    const char *home = getenv("HOME");
    size_t length;

    *out = '\0';
    typed += strspn(typed, " \t'\"");
    length = strlen(typed);
    while (length && strchr(" \t'\"", typed[length - 1]))
        length--;
    if (length >= MU_TYPED_PATH_SIZE)
        return;
    if (home && *typed == '~' && (typed[1] == '/' || length == 1)) {
        if (strlen(home) + length < MU_TYPED_PATH_SIZE)
            snprintf(out, MU_TYPED_PATH_SIZE, "%s%.*s%s", home, (int)length - 1, typed + 1,
                     length == 1 ? "/" : "");
        return;
    }
    snprintf(out, MU_TYPED_PATH_SIZE, "%.*s", (int)length, typed);
}

static bool is_table(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcasecmp(name + length - 4, ".csv") == 0;
}

static int by_use(const void *a, const void *b)
{
    const struct mu_table_entry *first = a, *second = b;

    if (first->folder != second->folder)
        return first->folder - second->folder;
    if (!first->folder && first->changed_at != second->changed_at)
        return first->changed_at > second->changed_at ? -1 : 1;
    return strcmp(first->name, second->name);
}

static void take(struct mu_table_files *files, const char *name)
{
    struct mu_table_entry *entry = &files->entry[files->count];
    char path[MU_TYPED_PATH_SIZE + MU_TABLE_ENTRY_SIZE];
    struct stat facts;

    snprintf(path, sizeof path, "%s%s", files->folder, name);
    if (strlen(name) >= sizeof entry->name || stat(path, &facts) != 0)
        return;
    if (!S_ISDIR(facts.st_mode) && !(S_ISREG(facts.st_mode) && is_table(name)))
        return;
    mu_text_copy(entry->name, sizeof entry->name, name);
    entry->folder = S_ISDIR(facts.st_mode);
    entry->size = (int64_t)facts.st_size;
    entry->changed_at = (int64_t)facts.st_mtim.tv_sec;
    files->count++;
}

void mu_table_files_read(struct mu_table_files *files, const char *path)
{
    const char *slash = strrchr(path, '/'), *wanted = slash ? slash + 1 : path;
    struct dirent *found;
    DIR *folder;

    files->count = 0;
    snprintf(files->folder, sizeof files->folder, "%.*s", (int)(wanted - path), path);
    folder = opendir(*files->folder ? files->folder : ".");
    if (!folder)
        return;
    for (int i = 0; i < LOOKED_AT && files->count < MU_TABLE_ENTRIES; i++) {
        found = readdir(folder);
        if (!found)
            break;
        if (*found->d_name != '.' && strcasestr(found->d_name, wanted))
            take(files, found->d_name);
    }
    closedir(folder);
    qsort(files->entry, files->count, sizeof *files->entry, by_use);
}

void mu_table_entry_path(const struct mu_table_files *files, size_t index, char *out)
{
    const struct mu_table_entry *entry = &files->entry[index];

    int length = snprintf(out, MU_TYPED_PATH_SIZE, "%s%s%s", files->folder, entry->name,
                          entry->folder ? "/" : "");

    if (length < 0 || length >= MU_TYPED_PATH_SIZE)
        *out = '\0';
}

struct mu_moment mu_table_entry_changed(const struct mu_table_entry *entry)
{
    const time_t seconds = (time_t)entry->changed_at;
    struct mu_moment moment = {0};
    struct tm local;

    if (!localtime_r(&seconds, &local))
        return moment;
    moment.date = (struct mu_date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
    moment.minute = local.tm_hour * 60 + local.tm_min;
    return moment;
}

bool mu_folder_path(char *path)
{
    size_t length = strlen(path);
    struct stat facts;

    if (stat(path, &facts) != 0 || !S_ISDIR(facts.st_mode))
        return false;
    if (length && path[length - 1] != '/' && length + 1 < MU_TYPED_PATH_SIZE) {
        path[length] = '/';
        path[length + 1] = '\0';
    }
    return true;
}
