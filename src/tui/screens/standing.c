#include "tui/screens/standing.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/standing.h>

#include <stdio.h>

enum { ROOM_FOR_MORE = 48, WORDS = 256, LINE = 380 }; /* bytes */

struct gathering {
    enum mu_language language;
    char *out;
    size_t size, left_out;
};

/* Appends when `spare` bytes are left behind it. */
static bool append(char *out, size_t size, const char *separator, const char *text, size_t spare)
{
    char whole[2 * MU_MESSAGE_SIZE];
    int length = snprintf(whole, sizeof whole, "%s%s%s", out, *out ? separator : "", text);

    return (size_t)length + spare < size && mu_text_copy(out, size, whole);
}

static const char *separator(enum mu_language language)
{
    return language == MU_CHINESE ? "；" : "; ";
}

static bool gather(void *context, const struct mu_standing_thing *thing)
{
    struct gathering *gathering = context;
    char words[WORDS];

    mu_standing_words(thing, gathering->language, words, sizeof words);
    gathering->left_out += !append(gathering->out, gathering->size, separator(gathering->language),
                                   words, ROOM_FOR_MORE);
    return true;
}

/* What stands with the person, in one line; "" for nothing. False when that failed. */
static bool line_of(struct mu_app *app, int64_t id, bool with_household, char *out, size_t size)
{
    struct gathering gathering = {.language = mu_app_language(app), .out = out, .size = size};
    char number[MU_COUNT_SIZE], more[ROOM_FOR_MORE];
    struct mu_error error;

    *out = '\0';
    if (mu_standing_things(mu_screens_desk(app), id, with_household, gather, &gathering, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return false;
    }
    if (gathering.left_out) {
        mu_count_text((int64_t)gathering.left_out, number);
        mu_message_format(more, sizeof more, gathering.language, MU_SAY_standing_more, number,
                          NULL);
        append(out, size, separator(gathering.language), more, 0);
    }
    return true;
}

static void add(char *question, size_t size, enum mu_language language, const char *line)
{
    char words[MU_MESSAGE_SIZE];

    if (!*line)
        return;
    mu_message_format(words, sizeof words, language, MU_SAY_standing_ends, line, NULL);
    append(question, size, "", words, 0);
}

bool mu_standing_add(struct mu_app *app, int64_t id, char *question, size_t size)
{
    char line[LINE];

    if (!line_of(app, id, false, line, sizeof line))
        return false;
    add(question, size, mu_app_language(app), line);
    return true;
}

bool mu_standing_add_household(struct mu_app *app, const struct mu_household_page *page,
                               char *question, size_t size)
{
    char all[LINE] = "", line[LINE / 2], of[LINE];

    for (size_t i = 0; i < page->member_count; i++) {
        const struct mu_resident *member = &page->member[i].resident;

        if (!page->member[i].here || member->status != MU_LIVING_HERE || member->linked_to)
            continue;
        if (!line_of(app, member->id, true, line, sizeof line))
            return false;
        mu_message_format(of, sizeof of, mu_app_language(app), MU_SAY_standing_of, member->name,
                          line, NULL);
        if (*line)
            append(all, sizeof all, "  ", of, 0);
    }
    add(question, size, mu_app_language(app), all);
    return true;
}
