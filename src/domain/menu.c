#include <mulin/domain/menu.h>

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { WORD_SIZE = 64 };

mu_diet_marks mu_diet_mark(int code)
{
    return code >= 1 && code <= 31 ? (mu_diet_marks)1 << (code - 1) : 0;
}

/* Appends what fits whole. */
static void append(char *out, size_t size, const char *separator, const char *before,
                   const char *word)
{
    size_t used = strlen(out);

    if (!used)
        separator = "";
    if (used + strlen(separator) + strlen(before) + strlen(word) < size)
        snprintf(out + used, size - used, "%s%s%s", separator, before, word);
}

void mu_diet_words(mu_diet_marks marks, bool dish, enum mu_language language, char *out)
{
    *out = '\0';
    for (size_t i = 0; i < mu_diets.count; i++) {
        const struct mu_choice *mark = &mu_diets.choice[i];
        bool held = dish && mark->code >= MU_DIET_CONTENTS;

        if (marks & mu_diet_mark(mark->code))
            append(out, MU_DIET_WORDS_SIZE, language == MU_CHINESE ? "、" : ", ",
                   held ? mu_message_text(MU_SAY_diet_has, language) : "",
                   language == MU_CHINESE ? mark->chinese : mark->english);
    }
}

/* Takes the next word of a list separated by blanks. */
static bool next_word(const char **list, char word[WORD_SIZE])
{
    size_t length;

    *list += strspn(*list, " ");
    length = strcspn(*list, " ");
    if (!length || length >= WORD_SIZE)
        return false;
    memcpy(word, *list, length);
    word[length] = '\0';
    *list += length;
    return true;
}

static bool names_mark(const char *note, const struct mu_choice *mark)
{
    const char *words = mark->words;
    char word[WORD_SIZE];

    mu_text_fold(word, sizeof word, mark->english);
    if (strstr(note, mark->chinese) || strstr(note, word))
        return true;
    while (next_word(&words, word))
        if (strstr(note, word))
            return true;
    return false;
}

mu_diet_marks mu_diet_of_note(const char *note)
{
    char folded[MU_NOTE_SIZE];
    mu_diet_marks marks = 0;

    mu_text_fold(folded, sizeof folded, note);
    for (size_t i = 0; i < mu_diets.count; i++)
        if (names_mark(folded, &mu_diets.choice[i]))
            marks |= mu_diet_mark(mu_diets.choice[i].code);
    return marks;
}

mu_diet_marks mu_diet_conflict(mu_diet_marks person, mu_diet_marks dish)
{
    const mu_diet_marks cooking = mu_diet_mark(MU_DIET_CONTENTS) - 1;

    return (person & ~dish & cooking) | (person & dish & ~cooking);
}

const struct mu_dish *mu_menu_dish(const struct mu_menu *menu, const char *name)
{
    for (size_t i = 0; i < menu->count; i++)
        if (strcmp(menu->dish[i].name, name) == 0)
            return &menu->dish[i];
    return NULL;
}

/* The mark that a word is; 含花生 and "has peanuts" are 花生. 0: none. */
static mu_diet_marks mark_of(const char *word)
{
    static const char *const before[] = {"含", "有", "has "};
    const struct mu_choice *choice = mu_choice_by_text(&mu_diets, word);

    for (size_t i = 0; !choice && i < sizeof before / sizeof *before; i++)
        if (strncmp(word, before[i], strlen(before[i])) == 0)
            choice = mu_choice_by_text(&mu_diets, word + strlen(before[i]));
    return choice ? mu_diet_mark(choice->code) : 0;
}

/* Takes the first of several things off `list`: *word is its first byte, without blanks around. */
static bool next_item(char **list, char **word)
{
    const char *start;
    size_t length;
    char *end;

    if (!**list)
        return false;
    end = *list + strcspn(*list, ",;/|");
    *word = *list;
    *list = *end ? end + 1 : end;
    *end = '\0';
    start = *word;
    length = mu_text_trim(&start);
    memmove(*word, start, length);
    (*word)[length] = '\0';
    return true;
}

/* Marks in brackets: each must be one. The first that is none, or NULL. */
static const char *read_marks(char *list, mu_diet_marks *marks)
{
    char *word, *comma;

    while ((comma = strstr(list, "、")) != NULL)
        for (size_t i = 0; i < sizeof "、" - 1; i++)
            comma[i] = i ? ' ' : ',';
    while (next_item(&list, &word)) {
        if (*word && !mark_of(word))
            return word;
        *marks |= mark_of(word);
    }
    return NULL;
}

/* Words behind the name that are marks leave it: 清蒸鱼 低盐. */
static void take_marks(char *name, mu_diet_marks *marks)
{
    char *last;

    while ((last = strrchr(name, ' ')) != NULL && mark_of(last + 1)) {
        *marks |= mark_of(last + 1);
        while (last > name && last[-1] == ' ')
            last--;
        *last = '\0';
    }
}

enum mu_status mu_dish_read(const char *text, struct mu_dish *out, struct mu_error *error)
{
    char line[MU_DISH_LINE_SIZE], known[MU_FIELD_LONGEST] = "";
    mu_diet_marks marks = 0;
    const char *name = line, *unknown = NULL;
    size_t length;
    char *bracket;

    if (strlen(text) >= sizeof line)
        return mu_fail(error, MU_INPUT, MU_SAY_error_dish_long, NULL);
    mu_text_narrow(line, sizeof line, text);
    bracket = strchr(line, '(');
    if (bracket) {
        *bracket++ = '\0';
        bracket[strcspn(bracket, ")")] = '\0';
        unknown = read_marks(bracket, &marks);
    }
    if (unknown) {
        for (size_t i = 0; i < mu_diets.count; i++)
            append(known, sizeof known, "、", "", mu_diets.choice[i].chinese);
        return mu_fail(error, MU_INPUT, MU_SAY_error_dish_mark, unknown, known, NULL);
    }
    length = mu_text_trim(&name);
    memmove(line, name, length);
    line[length] = '\0';
    take_marks(line, &marks);
    if (!*line || strchr(line, ')'))
        return mu_fail(error, MU_INPUT, MU_SAY_error_dish_name, NULL);
    if (strlen(line) >= MU_DISH_SIZE)
        return mu_fail(error, MU_INPUT, MU_SAY_error_dish_long, NULL);
    mu_text_copy(out->name, sizeof out->name, line);
    out->marks = marks;
    return MU_OK;
}

void mu_dish_write(const struct mu_dish *dish, enum mu_language language, char *out)
{
    char words[MU_DIET_WORDS_SIZE];

    mu_diet_words(dish->marks, true, language, words);
    if (!*words)
        snprintf(out, MU_DISH_LINE_SIZE, "%s", dish->name);
    else if (language == MU_CHINESE)
        snprintf(out, MU_DISH_LINE_SIZE, "%s（%s）", dish->name, words);
    else
        snprintf(out, MU_DISH_LINE_SIZE, "%s (%s)", dish->name, words);
}
