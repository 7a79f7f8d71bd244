#include "tui/form_state.h"

#include <stdio.h>
#include <string.h>

static const char caret_key[] = "caret";

static bool is_as_in(const struct mu_form *form, size_t index, const void *base)
{
    char was[MU_LINE_SIZE];

    mu_field_write(&form->fields[index], base, form->language, was, sizeof was);
    return strcmp(was, form->entry[index].line.text) == 0;
}

size_t mu_form_draft_write(const struct mu_form *form, const void *base, char *out, size_t size)
{
    size_t needed = 0;

    for (size_t i = 0; i <= form->count; i++) {
        const char *key = i < form->count ? form->fields[i].key : caret_key;
        const char *text = i < form->count ? form->entry[i].line.text : mu_form_field(form)->key;
        char *at = needed < size ? out + needed : NULL;

        if (base && i < form->count && is_as_in(form, i, base))
            continue;
        needed += (size_t)snprintf(at, at ? size - needed : 0, "%s=%s\n", key, text);
    }
    return needed;
}

bool mu_form_draft_due(struct mu_form *form)
{
    bool due = form->draft_due;

    form->draft_due = false;
    return due;
}

void mu_form_draft_again(struct mu_form *form)
{
    form->draft_due = true;
}

static void read_line(struct mu_form *form, const char *key, const char *text)
{
    const struct mu_field *field = mu_field_by_key(form->fields, form->count, key);

    if (strcmp(key, caret_key) == 0) {
        mu_form_go(form, text);
    } else if (field) {
        struct mu_entry *entry = &form->entry[field - form->fields];

        mu_line_edit_set(&entry->line, text);
        entry->mark = MU_ENTRY_PLAIN;
        entry->fresh = true;
    }
}

void mu_form_draft_read(struct mu_form *form, const char *draft)
{
    char line[MU_LINE_SIZE + 64];

    while (*draft) {
        size_t length = strcspn(draft, "\n");
        char *equals;

        if (length < sizeof line) {
            memcpy(line, draft, length);
            line[length] = '\0';
            equals = strchr(line, '=');
            if (equals) {
                *equals = '\0';
                read_line(form, line, equals + 1);
            }
        }
        draft += length + (draft[length] == '\n');
    }
    form->dirty = true;
}
