/* Stories of the screens: events go into the application as from a terminal, against a real home;
 * what it draws is compared with golden files. All people are made up. */
#ifndef MULIN_TESTS_SCREEN_STORY_H
#define MULIN_TESTS_SCREEN_STORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/screens/screens.h"

#include <mulin/desk/canteen.h>
#include <mulin/desk/register.h>

#define F(number) ((enum mu_key)(MU_KEY_F1 + (number)-1))

/* A test of this name that tells the story of this name. */
#define STORY(name)                                                                                \
    static void name(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        tell(name##_story);                                                                        \
    }
#define TOLD(name) cmocka_unit_test(name)

struct story {
    char folder[64];
    struct mu_desk *desk;
    struct mu_screens screens;
    struct mu_app *app;
    enum mu_language language;
};

/* Opens a home of 云鹭湾 with its people at 2026-11-22T11:30 and the home screen over it, tells the
 * story, and clears up: once in Chinese and once in English. */
void tell(void (*told)(struct story *story));

/* Another desk of the same home, at `moment`. Free it with mu_desk_free. */
struct mu_desk *story_desk(const struct story *story, const char *moment);
/* Adds a file of the given fields ("name", "张金凤", "card", "8801", NULL); returns its number. */
/* Puts 100 yuan on the card. */
void story_top_up(const struct story *story, const char *card);
int64_t story_add(struct mu_desk *desk, ...) __attribute__((sentinel));
/* The number of the file with this card. */
int64_t story_find(const struct story *story, const char *card);

/* Typed by a person, character by character; a key; a card scanned, Enter behind it. */
void story_type(struct story *story, const char *text);
void story_press(struct story *story, enum mu_key key);
void story_scan(struct story *story, const char *text);
/* Closes the application and opens it anew, as after a dropped line. */
void story_reopen(struct story *story);

/* Drafts are due while another program holds the record file: nobody is told and nobody waits, and
 * a little later they are kept. */
void assert_drafts_wait(struct story *story);

/* Is `words` on the screen of 80x24? */
bool story_shows(struct story *story, const char *words);
void assert_shows(struct story *story, const char *chinese, const char *english);
void assert_top(struct story *story, const char *screen);

/* Compares the screen with golden/NAME.*: Chinese at 80x24, 60x20 and 120x40, English at 80x24. */
void assert_golden(struct story *story, const char *name);

#endif
