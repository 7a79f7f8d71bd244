/* Cases of mediation for the stories of their screens: 张金凤 (8801) against 李建国 (8802), whose
 * bathroom leaks. All made up. */
#ifndef MULIN_TESTS_SCREEN_CASE_SCREEN_H
#define MULIN_TESTS_SCREEN_CASE_SCREEN_H

#include "screen/story.h"

#include "tui/screens/case_page.h"

#include <mulin/desk/case.h>

/* The day of the stories. */
#define STORY_DAY                                                                                  \
    {                                                                                              \
        2026, 11, 22                                                                               \
    }

enum { YES = 1, NO = 2 }; /* data/codes/answer.def */

/* Adds a mediator; returns the number.
 *   operator_name  as who they sign in, or ""
 *   card           of their own file, or NULL */
int64_t story_mediator(const struct story *story, const char *name, const char *operator_name,
                       const char *card);
/* The keeper, who sits at the desk of the stories, mediates as 陈国庆. */
void story_keeper_mediates(const struct story *story);
/* Takes in the case, today or on a day, with or without danger; returns its number. */
int64_t story_take_in(const struct story *story);
int64_t story_take_in_on(const struct story *story, struct mu_date day, int danger);
/* Both sides were told of their rights. */
void story_informed(const struct story *story, int64_t id);
/* Opens the page of the case. */
void story_open_case(struct story *story, int64_t id);
/* Chooses a next step by its word. */
void story_next(struct story *story, const char *chinese, const char *english);
void story_paste(struct story *story, const char *text);
/* The case as it stands; clear it. */
struct mu_case story_reread(const struct story *story, int64_t id);

#endif
