#include "rules/faults.h"

#include <mulin/base/text.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FAULTS = 100, SENTENCE = 1024 };

bool mu_faults_init(struct mu_rules_faults *faults)
{
    /* Not cleared: of its 90 kilobytes a sound book touches nothing. */
    struct mu_rules_fault *room = malloc(FAULTS * sizeof *room);

    if (!room)
        return false;
    *faults = (struct mu_rules_faults){.fault = room};
    return true;
}

void mu_rules_faults_clear(struct mu_rules_faults *faults)
{
    free(faults->fault);
    *faults = (struct mu_rules_faults){0};
}

static bool before(struct mu_mark a, struct mu_mark b)
{
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

static struct mu_mark mark_of(const struct mu_rules_fault *fault)
{
    return (struct mu_mark){fault->line, fault->column};
}

void mu_faults_add(struct mu_rules_faults *faults, struct mu_mark at, const char *path,
                   enum mu_message what, ...)
{
    const char *argument[MU_ERROR_ARGUMENTS] = {0};
    struct mu_rules_fault *fault;
    size_t position = faults->count;
    va_list list;

    while (position > 0 && before(at, mark_of(&faults->fault[position - 1])))
        position--;
    if (faults->count == FAULTS)
        faults->more++;
    if (position == FAULTS)
        return;
    if (faults->count < FAULTS)
        faults->count++;
    fault = &faults->fault[position];
    memmove(fault + 1, fault, (faults->count - 1 - position) * sizeof *fault);
    fault->line = at.line;
    fault->column = at.column;
    mu_text_copy(fault->path, sizeof fault->path, path);
    va_start(list, what);
    for (size_t i = 0; i < MU_ERROR_ARGUMENTS; i++) {
        argument[i] = va_arg(list, const char *);
        if (!argument[i])
            break;
    }
    va_end(list);
    mu_fail(&fault->what, MU_INPUT, what, argument[0], argument[1], argument[2], argument[3], NULL);
}

bool mu_faults_between(const struct mu_rules_faults *faults, struct mu_mark from, struct mu_mark to)
{
    for (size_t i = 0; i < faults->count; i++) {
        struct mu_mark mark = mark_of(&faults->fault[i]);

        if (!before(mark, from) && before(mark, to))
            return true;
    }
    return false;
}

void mu_rules_fault_text(const struct mu_rules_fault *fault, const char *file,
                         enum mu_language language, char *out, size_t size)
{
    char place[64], name[512], sentence[SENTENCE];

    mu_error_text(&fault->what, language, sentence, sizeof sentence);
    mu_text_inert(name, sizeof name, file);
    snprintf(place, sizeof place, "%d:%d", fault->line, fault->column);
    if (size == 0)
        return;
    out[0] = '\0';
    {
        const char *part[] = {name,    ":", place, ": ", fault->path, fault->path[0] ? ": " : "",
                              sentence};
        size_t used = 0;

        for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
            if (!mu_text_copy(out + used, size - used, part[i]))
                return;
            used += strlen(out + used);
        }
    }
}

static size_t append(struct mu_path *path, const char *text)
{
    size_t length = path->length;
    size_t added = strlen(text);

    if (added < sizeof path->text - length) {
        memcpy(path->text + length, text, added + 1);
        path->length += added;
    }
    return length;
}

size_t mu_path_push_key(struct mu_path *path, const char *key)
{
    char part[1 + sizeof path->text] = ".";

    mu_text_inert(part + 1, sizeof part - 1, key);
    return append(path, path->length ? part : part + 1);
}

size_t mu_path_push_index(struct mu_path *path, size_t index)
{
    char part[32];

    snprintf(part, sizeof part, "[%zu]", index);
    return append(path, part);
}

void mu_path_pop(struct mu_path *path, size_t length)
{
    path->length = length;
    path->text[length] = '\0';
}
