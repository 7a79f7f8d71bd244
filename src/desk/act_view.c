#include "desk/act_view.h"

#include "desk/resident_file.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED_VALUES = 2 }; /* fields whose values stand in the words; of more only the names */

static size_t count_fields(const struct mu_act_change *changes, size_t count)
{
    struct mu_snapshot_line line;
    size_t fields = 0;

    for (size_t i = 0; i < count; i++) {
        const char *text = changes[i].after;

        while (mu_snapshot_next(&text, NULL, 0, &line))
            fields++;
    }
    return fields;
}

/* A stored value as it may be shown. */
static void show(const struct mu_field *field, const char *value, enum mu_language language,
                 char *out)
{
    const struct mu_choice *choice;

    *out = '\0';
    if (!field)
        return;
    switch (field->kind) {
    case MU_FIELD_NOTE:
        break;
    case MU_FIELD_PHONE:
        mu_phone_mask(value, out, MU_ACT_VALUE_SIZE);
        break;
    case MU_FIELD_ID_NUMBER:
        if (*value && strlen(value) < MU_ID_NUMBER_SIZE)
            mu_id_number_mask(value, out);
        break;
    case MU_FIELD_CHOICE:
        choice = mu_choice_by_text(field->choices, value);
        mu_text_copy(out, MU_ACT_VALUE_SIZE,
                     choice ? mu_choice_word(field->choices, choice->code, language) : value);
        break;
    default:
        mu_text_copy(out, MU_ACT_VALUE_SIZE, value);
    }
}

static void fill_field(const struct mu_act_change *change, const struct mu_act_kind *kind,
                       const struct mu_snapshot_line *line, enum mu_language language,
                       struct mu_act_field *out)
{
    char before[MU_FIELD_LONGEST];

    out->record = kind ? mu_message_text(kind->name, language) : "";
    memcpy(out->kind, change->kind, sizeof out->kind);
    out->row = change->row;
    memcpy(out->key, line->key, sizeof out->key);
    out->label = line->field ? mu_message_text(line->field->label, language) : NULL;
    out->made = !change->before;
    out->hidden = !line->field || line->field->kind == MU_FIELD_NOTE;
    mu_snapshot_value(change->before, line->key, before);
    show(line->field, before, language, out->before);
    show(line->field, line->value, language, out->after);
}

static void fill(const struct mu_act_change *changes, size_t count, enum mu_language language,
                 struct mu_act_field *fields)
{
    struct mu_snapshot_line line;
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        const struct mu_act_kind *kind = mu_act_kind(changes[i].kind);
        const char *text = changes[i].after;

        while (mu_snapshot_next(&text, kind ? kind->fields : NULL, kind ? *kind->field_count : 0,
                                &line)) {
            fill_field(&changes[i], kind, &line, language, &fields[used]);
            if (!fields[used].label)
                fields[used].label = fields[used].key;
            used++;
        }
    }
}

/* 电话 138****4821 → 139****0001, or the name alone. */
static void describe(const struct mu_act_field *field, bool values, enum mu_language language,
                     char *out, size_t size)
{
    const char *nothing = mu_message_text(MU_SAY_act_nothing, language);

    if (field->hidden || !values)
        mu_text_copy(out, size, field->label);
    else
        mu_message_format(out, size, language, MU_SAY_act_value, field->label,
                          *field->before ? field->before : nothing,
                          *field->after ? field->after : nothing, NULL);
}

static void list_fields(const struct mu_act_view *view, enum mu_language language, char *out,
                        size_t size)
{
    enum { NAMES_MOST = 6 };
    char one[2 * MU_ACT_VALUE_SIZE + 64], number[24];
    size_t used = 0;

    *out = '\0';
    for (size_t i = 0; i < view->count && i < NAMES_MOST; i++) {
        describe(&view->field[i], view->count <= NAMED_VALUES, language, one, sizeof one);
        used += (size_t)snprintf(out + used, size - used, "%s%s",
                                 i ? mu_message_text(MU_SAY_act_separator, language) : "", one);
        if (used >= size)
            return;
    }
    if (view->count > NAMES_MOST) {
        snprintf(number, sizeof number, "%zu",
                 language == MU_ENGLISH ? view->count - NAMES_MOST : view->count);
        mu_message_format(one, sizeof one, language, MU_SAY_act_more, number, NULL);
        if (language == MU_ENGLISH && mu_text_copy(out + used, size - used, " "))
            used++;
        mu_text_copy(out + used, size - used, one);
    }
}

/* The new status of a person, NULL when the act is about something else. */
static const char *new_status(const struct mu_act_view *view)
{
    for (size_t i = 0; i < view->count; i++)
        if (strcmp(view->field[i].kind, "resident") == 0 && !view->field[i].made &&
            strcmp(view->field[i].key, "status") == 0)
            return view->field[i].after;
    return NULL;
}

/* 导入 居民表.csv（新增 12,340 人，修改 12 份） */
static void say_import(const struct mu_act *act, enum mu_language language, char *out, size_t size)
{
    const int64_t counts[] = {act->first_new ? act->last_new - act->first_new + 1 : 0, act->changed,
                              act->homes};
    char number[3][MU_COUNT_SIZE];

    for (size_t i = 0; i < 3; i++)
        mu_count_text(counts[i], number[i]);
    mu_message_format(out, size, language, act->homes ? MU_SAY_act_import_homes : MU_SAY_act_import,
                      act->subject, number[0], number[1], number[2], NULL);
}

static void say(struct mu_act_view *view, enum mu_language language)
{
    char what[MU_ACT_WORDS_SIZE], words[MU_ACT_WORDS_SIZE], fields[MU_ACT_WORDS_SIZE];
    const char *subject = view->act.subject, *status = new_status(view);

    if (view->act.last_new + view->act.changed + view->act.homes) {
        say_import(&view->act, language, words, sizeof words);
        memcpy(what, words, sizeof words);
        if (view->count) {
            list_fields(view, language, fields, sizeof fields);
            mu_message_format(what, sizeof what, language, MU_SAY_act_import_of, subject, fields,
                              NULL);
        }
    } else if (view->count && view->field[0].made) {
        mu_message_format(what, sizeof what, language, MU_SAY_act_new, view->field[0].record, NULL);
        mu_message_format(words, sizeof words, language, MU_SAY_act_new_of, what, subject, NULL);
    } else if (status) {
        mu_message_format(what, sizeof what, language, MU_SAY_act_status, status, NULL);
        mu_message_format(words, sizeof words, language, MU_SAY_act_status_of, subject, what, NULL);
    } else {
        list_fields(view, language, what, sizeof what);
        mu_message_format(words, sizeof words, language, MU_SAY_act_changed, subject, what, NULL);
    }
    if (view->undo) {
        mu_message_format(view->what, sizeof view->what, language, MU_SAY_act_undo, what, NULL);
        mu_message_format(view->words, sizeof view->words, language, MU_SAY_act_undo, words, NULL);
    } else {
        memcpy(view->what, what, sizeof what);
        memcpy(view->words, words, sizeof words);
    }
}

enum mu_status mu_act_view_make(const struct mu_act *act, const struct mu_act_change *changes,
                                size_t count, enum mu_language language, struct mu_act_view *out,
                                struct mu_error *error)
{
    size_t fields = count_fields(changes, count);
    struct mu_act_field *field = calloc(fields ? fields : 1, sizeof *field);

    if (!field)
        return mu_fail_memory(error);
    fill(changes, count, language, field);
    *out = (struct mu_act_view){
        .act = *act, .undo = strcmp(act->operation, "undo") == 0, .count = fields, .field = field};
    say(out, language);
    return MU_OK;
}

void mu_act_view_clear(struct mu_act_view *view)
{
    free((void *)view->field);
    *view = (struct mu_act_view){0};
}
