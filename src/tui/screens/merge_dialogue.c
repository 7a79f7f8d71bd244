#include "tui/screens/merge_dialogue.h"

#include <mulin/base/text.h>

#include <stdio.h>

enum { NAMED_MOST = 4 }; /* of their changes that stand in the question */

void mu_merge_who(const char *operator_name, struct mu_moment changed_at, enum mu_language language,
                  char out[MU_MERGE_WHO_SIZE])
{
    char clock[MU_CLOCK_SIZE];

    mu_clock_format(changed_at.minute, clock);
    if (*operator_name)
        mu_message_format(out, MU_MERGE_WHO_SIZE, language, MU_SAY_merge_who, operator_name, clock,
                          NULL);
    else
        mu_text_copy(out, MU_MERGE_WHO_SIZE, mu_message_text(MU_SAY_merge_somebody, language));
}

/* The value of a field for a line: notes only in their beginning, nothing as a word. */
static void value(const struct mu_field *field, const void *record, enum mu_language language,
                  char *out, size_t size)
{
    char text[MU_FIELD_LONGEST];

    mu_field_write(field, record, language, text, sizeof text);
    mu_text_copy(out, size, *text ? text : mu_message_text(MU_SAY_act_nothing, language));
    for (char *at = out; *at; at++)
        if (*at == '\n')
            *at = ' ';
}

/* 电话 138****4821 → 139****0001、标签 … */
static void list_theirs(const struct mu_merge_dialogue *dialogue, enum mu_language language,
                        char *out, size_t size)
{
    char was[64], is[64], one[256], number[24];
    size_t used = 0, named = 0, all = 0;

    *out = '\0';
    for (size_t i = 0; i < dialogue->count; i++) {
        const struct mu_field *field = &dialogue->fields[i];

        if (mu_field_same(field, dialogue->base, dialogue->theirs) || ++all > NAMED_MOST)
            continue;
        value(field, dialogue->base, language, was, sizeof was);
        value(field, dialogue->theirs, language, is, sizeof is);
        mu_message_format(one, sizeof one, language, MU_SAY_act_value,
                          mu_message_text(field->label, language), was, is, NULL);
        used +=
            (size_t)snprintf(out + used, size - used, "%s%s",
                             named++ ? mu_message_text(MU_SAY_act_separator, language) : "", one);
        if (used >= size)
            return;
    }
    if (!all)
        mu_text_copy(out, size, mu_message_text(MU_SAY_merge_nothing, language));
    if (all <= NAMED_MOST)
        return;
    snprintf(number, sizeof number, "%zu", language == MU_ENGLISH ? all - NAMED_MOST : all);
    mu_message_format(one, sizeof one, language, MU_SAY_act_more, number, NULL);
    snprintf(out + used, size - used, "%s%s", language == MU_ENGLISH ? " " : "", one);
}

static void answered(struct mu_app *app, void *context, bool yes)
{
    struct mu_merge_dialogue *dialogue = context;

    dialogue->decided(app, dialogue->context, yes);
}

static void ask_to_save(struct mu_app *app, struct mu_merge_dialogue *dialogue)
{
    char question[MU_MESSAGE_SIZE], theirs[MU_MESSAGE_SIZE];

    list_theirs(dialogue, mu_app_language(app), theirs, sizeof theirs - 128);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_merge_ask,
                      dialogue->who, theirs, NULL);
    mu_app_confirm(app, question, answered, dialogue);
}

static void chosen(struct mu_app *app, void *context, bool chosen_one, int code)
{
    struct mu_merge_dialogue *dialogue = context;

    if (!chosen_one) {
        dialogue->decided(app, dialogue->context, false);
        return;
    }
    dialogue->side[dialogue->at] = (enum mu_merge_side)code;
    mu_merge_ask(app, dialogue);
}

static void ask_about(struct mu_app *app, struct mu_merge_dialogue *dialogue)
{
    const struct mu_field *field = &dialogue->fields[dialogue->at];
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[2] = {
        {.code = MU_MERGE_THEIRS, .text = dialogue->texts[0], .aside = dialogue->who},
        {.code = MU_MERGE_MINE,
         .text = dialogue->texts[1],
         .aside = mu_message_text(MU_SAY_merge_mine, language)},
    };

    value(field, dialogue->theirs, language, dialogue->texts[0], sizeof dialogue->texts[0]);
    value(field, dialogue->mine, language, dialogue->texts[1], sizeof dialogue->texts[1]);
    mu_message_format(dialogue->title, sizeof dialogue->title, language, MU_SAY_merge_both,
                      mu_message_text(field->label, language), NULL);
    mu_app_pick(app, dialogue->title, picks, 2, MU_MERGE_THEIRS, chosen, dialogue);
}

void mu_merge_ask(struct mu_app *app, struct mu_merge_dialogue *dialogue)
{
    for (dialogue->at = 0; dialogue->at < dialogue->count; dialogue->at++)
        if (dialogue->side[dialogue->at] == MU_MERGE_BOTH) {
            ask_about(app, dialogue);
            return;
        }
    ask_to_save(app, dialogue);
}
