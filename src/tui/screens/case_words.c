#include "tui/screens/case_words.h"

#include "tui/screens/case_reading.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/case.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIELD_ROOM = 1024 + 256, /* bytes of a field and its label in a text */
    LINE_TEXT = 400          /* bytes of a long text that can be seen in a line */
};

/* The fields that say in one line what a step is about; the others stand in full view only. */
static const char *const shown[MU_STEP_KINDS] = {
    [MU_STEP_INTAKE] = "subject place",
    [MU_STEP_AMENDED] = "subject place",
    [MU_STEP_PARTY] = "side name wish",
    [MU_STEP_MEDIATOR] = "duty name reason",
    [MU_STEP_REPORTED] = "to at how",
    [MU_STEP_INFORMED] = "how",
    [MU_STEP_INVESTIGATED] = "asked place",
    [MU_STEP_MEETING] = "from place offered",
    [MU_STEP_AGREED] = "form signed_by",
    [MU_STEP_PROMISE] = "who what amount due_on",
    [MU_STEP_ENDED] = "how",
    [MU_STEP_EXTENDED] = "until reason",
    [MU_STEP_PASSED] = "station to reason",
    [MU_STEP_RETURNED] = "station to reason",
    [MU_STEP_CONFIRMED] = "court name document",
    [MU_STEP_PERFORMED] = "amount how",
    [MU_STEP_VISITED] = "kept met next_on",
    [MU_STEP_CLOSED] = "reason",
    [MU_STEP_REOPENED] = "reason",
    [MU_STEP_ADDED] = "reason",
    [MU_STEP_ATTACHED] = "paper file",
};

/* A text that is written piece by piece into room that was measured before. */
struct words {
    char *text;
    size_t size, used;
};

__attribute__((format(printf, 2, 3))) static void add(struct words *words, const char *format, ...)
{
    va_list list;
    int length;

    if (words->used + 1 >= words->size)
        return;
    va_start(list, format);
    length = vsnprintf(words->text + words->used, words->size - words->used, format, list);
    va_end(list);
    if (length > 0)
        words->used += (size_t)length;
    if (words->used >= words->size)
        words->used = words->size - 1;
}

size_t mu_case_bytes(const char *text)
{
    return text ? strnlen(text, SIZE_MAX / 8) : 0;
}

void mu_case_wipe(char **text)
{
    if (*text)
        explicit_bzero(*text, mu_case_bytes(*text));
    free(*text);
    *text = NULL;
}

/* Takes away the part of a character that a cut line ends in. */
static void mend(char *text)
{
    size_t at = mu_case_bytes(text);
    uint32_t rune;

    while (at > 0 && ((unsigned char)text[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0 && mu_text_rune(text + at - 1, &rune) > 0 && rune == 0xFFFD)
        text[at - 1] = '\0';
}

void mu_case_step_line(const struct mu_case_step *step, enum mu_language language, char *out,
                       size_t size)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    struct words line = {out, size, 0};
    char keys[64], value[1024], *rest = keys, *key;

    *out = '\0';
    if (!type)
        return;
    mu_text_copy(keys, sizeof keys, shown[step->kind] ? shown[step->kind] : "");
    while ((key = strsep(&rest, " ")) != NULL) {
        const struct mu_field *field = mu_field_by_key(type->fields, type->field_count, key);

        if (!field)
            continue;
        mu_field_write(field, &step->record, language, value, sizeof value);
        if (*value)
            add(&line, "%s%s", line.used ? " " : "", value);
    }
    if (step->text)
        add(&line, "%s%.*s", line.used ? " " : "", LINE_TEXT, step->text);
    for (char *end = out; (end = strchr(end, '\n')) != NULL;)
        *end = ' ';
    mend(out);
}

void mu_case_step_name(const struct mu_case_step *step, enum mu_language language, char *out,
                       size_t size)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    const char *name = type ? mu_message_text(type->name, language) : "";
    char number[16];

    snprintf(number, sizeof number, "%d", step->kind == MU_STEP_ADDED ? step->about : step->number);
    mu_message_format(out, size, language,
                      step->kind == MU_STEP_ADDED ? MU_SAY_case_page_added_to
                                                  : MU_SAY_case_page_step_name,
                      number, name, NULL);
}

const struct mu_case_step *mu_case_step_root(const struct mu_case *mediated,
                                             const struct mu_case_step *step)
{
    while (step->kind == MU_STEP_ADDED && step->about > 0 && step->about < step->number &&
           (size_t)step->about <= mediated->steps)
        step = &mediated->step[step->about - 1];
    return step;
}

static void add_fields(struct words *words, const struct mu_case_step_type *type,
                       const void *record, enum mu_language language)
{
    char value[1024];

    for (size_t i = 0; type && i < type->field_count; i++) {
        mu_field_write(&type->fields[i], record, language, value, sizeof value);
        if (*value)
            add(words, language == MU_ENGLISH ? "%s: %s\n" : "%s：%s\n",
                mu_message_text(type->fields[i].label, language), value);
    }
}

char *mu_case_record_words(enum mu_case_step_kind kind, const void *record,
                           enum mu_language language)
{
    const struct mu_case_step_type *type = mu_case_step_type(kind);
    struct words words = {.size = (type ? type->field_count : 0) * FIELD_ROOM + 1};

    words.text = calloc(1, words.size);
    if (words.text)
        add_fields(&words, type, record, language);
    return words.text;
}

static size_t room_of(const struct mu_case_step *step)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);

    return ((type ? type->field_count : 0) + 2) * FIELD_ROOM + mu_case_bytes(step->text);
}

static void add_step(struct words *words, const struct mu_case_step *step, bool addition,
                     enum mu_language language)
{
    char day[MU_DATE_SIZE], recorded[MU_DATE_SIZE], clock[MU_CLOCK_SIZE], when[64], line[512];

    mu_date_format(step->date, day);
    mu_date_format(step->recorded_at.date, recorded);
    mu_clock_format(step->recorded_at.minute, clock);
    snprintf(when, sizeof when, "%s %s", recorded, clock);
    mu_message_format(line, sizeof line, language,
                      addition ? MU_SAY_case_page_added_head : MU_SAY_case_page_step_head, day,
                      when, step->operator_name, NULL);
    add(words, addition ? "\n%s\n" : "%s\n", line);
    add_fields(words, mu_case_step_type(step->kind), &step->record, language);
    if (step->text)
        add(words, "\n%s\n", step->text);
}

char *mu_case_step_words(const struct mu_case *mediated, const struct mu_case_step *step,
                         enum mu_language language)
{
    struct words words = {.size = room_of(step) + 1};

    for (size_t i = 0; i < mediated->steps; i++)
        if (&mediated->step[i] != step && mediated->step[i].kind == MU_STEP_ADDED &&
            mu_case_step_root(mediated, &mediated->step[i]) == step)
            words.size += room_of(&mediated->step[i]);
    words.text = calloc(1, words.size);
    if (!words.text)
        return NULL;
    add_step(&words, step, false, language);
    for (size_t i = 0; i < mediated->steps; i++)
        if (&mediated->step[i] != step && mediated->step[i].kind == MU_STEP_ADDED &&
            mu_case_step_root(mediated, &mediated->step[i]) == step)
            add_step(&words, &mediated->step[i], true, language);
    return words.text;
}

void mu_case_state_line(const struct mu_case *mediated, enum mu_language language, char *out,
                        size_t size)
{
    const char *state = mu_message_text(mu_case_state_name(mediated->state), language);

    if (mediated->outcome == MU_CASE_OPEN)
        mu_text_copy(out, size, state);
    else
        mu_message_format(out, size, language, MU_SAY_case_page_state, state,
                          mu_message_text(mu_case_outcome_name(mediated->outcome), language), NULL);
}

bool mu_case_due_line(const struct mu_case *mediated, const struct mu_case_due *due,
                      struct mu_date today, enum mu_language language, char *out, size_t size)
{
    char counting[512];

    mu_case_due_text(mediated, due, today, language, counting, sizeof counting);
    mu_message_format(out, size, language, MU_SAY_case_page_due,
                      mu_message_text(mu_case_due_name(due->kind), language), counting, NULL);
    return mu_date_compare(due->due_on, today) < 0;
}

/* The due day that follows from a step of this kind, else the first one there is. */
static const struct mu_case_due *due_after(enum mu_case_step_kind kind,
                                           const struct mu_case_due *due, size_t count)
{
    static const int follows[MU_STEP_KINDS] = {[MU_STEP_EXTENDED] = MU_CASE_DUE_LIMIT,
                                               [MU_STEP_REOPENED] = MU_CASE_DUE_LIMIT,
                                               [MU_STEP_AGREED] = MU_CASE_DUE_VISIT,
                                               [MU_STEP_VISITED] = MU_CASE_DUE_VISIT,
                                               [MU_STEP_PROMISE] = MU_CASE_DUE_PROMISE};

    for (size_t i = 0; i < count; i++)
        if ((int)due[i].kind == follows[kind])
            return &due[i];
    return count ? &due[0] : NULL;
}

void mu_case_say_written(struct mu_app *app, int64_t case_id, enum mu_case_step_kind kind)
{
    enum mu_language language = mu_app_language(app);
    const char *name = mu_message_text(mu_case_step_type(kind)->name, language);
    struct mu_case_due dues[MU_CASE_DUES] = {{.number = 0}};
    const struct mu_case_due *due = NULL;
    struct mu_case mediated = {0};
    char line[MU_MESSAGE_SIZE] = "";

    if (mu_reread_case(mu_screens_desk(app), case_id, &mediated, NULL, NULL) == MU_OK) {
        due = due_after(kind, dues, mu_case_dues(&mediated, dues));
        if (due)
            mu_case_due_line(&mediated, due, mu_app_now(app).date, language, line, sizeof line);
        else
            mu_case_state_line(&mediated, language, line, sizeof line);
    }
    mu_case_clear(&mediated);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_case_form_written, name, line, NULL);
}

bool mu_case_say_refused(struct mu_app *app, int64_t case_id, int *seen,
                         const struct mu_error *refusal)
{
    enum mu_language language = mu_app_language(app);
    struct mu_case mediated = {0};
    bool between = refusal->status == MU_REFUSED &&
                   mu_reread_case(mu_screens_desk(app), case_id, &mediated, NULL, NULL) == MU_OK &&
                   (int)mediated.steps > *seen;

    if (between) {
        const struct mu_case_step *last = &mediated.step[mediated.steps - 1];
        char name[128];

        mu_case_step_name(last, language, name, sizeof name);
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_case_form_between, last->operator_name, name, NULL);
        *seen = (int)mediated.steps;
    } else {
        mu_app_say_error(app, refusal);
    }
    mu_case_clear(&mediated);
    return between;
}

void mu_case_read_last(struct mu_app *app, int64_t case_id)
{
    enum mu_language language = mu_app_language(app);
    struct mu_case mediated = {0};
    struct mu_error error;
    enum mu_status status = mu_reread_case(mu_screens_desk(app), case_id, &mediated, NULL, &error);

    if (status == MU_OK && mediated.steps) {
        const struct mu_case_step *last = &mediated.step[mediated.steps - 1];
        char *words = mu_case_step_words(&mediated, last, language), name[128];

        mu_case_step_name(last, language, name, sizeof name);
        status = words ? mu_open_case_reading(app, MU_SAY_case_page_title, name, words, &error)
                       : mu_fail_memory(&error);
        mu_case_wipe(&words);
    }
    mu_case_clear(&mediated);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}
