/* Menus and diet: what a session of a day offers, and whether a dish is fit for somebody. Pure. */
#ifndef MULIN_DOMAIN_MENU_H
#define MULIN_DOMAIN_MENU_H

#include <mulin/domain/resident.h>
#include <mulin/rules.h>

enum {
    MU_DISH_SIZE = 96, /* bytes of a dish's name, the NUL counted */
    MU_MENU_DISHES = 12,
    MU_DIET_CONTENTS = 17, /* codes of data/codes/diet.def from here on are something in a dish */
    MU_DIET_WORDS_SIZE = 256,
    MU_DISH_LINE_SIZE = MU_DISH_SIZE + MU_DIET_WORDS_SIZE + 8
};

/* A set of codes of data/codes/diet.def. */
typedef uint32_t mu_diet_marks;
mu_diet_marks mu_diet_mark(int code);

/* The words of a set: 清真、低糖. `dish`: as a dish is marked, 含花生 for what is in it. `out` has
 * MU_DIET_WORDS_SIZE bytes. */
void mu_diet_words(mu_diet_marks marks, bool dish, enum mu_language language, char *out);

/* What a note about somebody says that has a mark: 糖尿病，对花生过敏 is 低糖 and 花生. Negations
 * are not understood: who reads the marks reads the note as well. */
mu_diet_marks mu_diet_of_note(const char *note);

/* Of what somebody needs or must not have that which the dish is not or has. */
mu_diet_marks mu_diet_conflict(mu_diet_marks person, mu_diet_marks dish);

struct mu_dish {
    char name[MU_DISH_SIZE];
    mu_diet_marks marks;
};

struct mu_menu {
    int64_t id; /* 0: none yet */
    int version;
    bool incomplete; /* not the whole menu, and not to be written back */
    struct mu_date date;
    char session[MU_RULE_ID_SIZE];
    struct mu_dish dish[MU_MENU_DISHES];
    size_t count;
};

/* The dish of this name, or NULL. */
const struct mu_dish *mu_menu_dish(const struct mu_menu *menu, const char *name);

/* Reads what is typed for a dish: its name, and marks in brackets or behind a blank:
 * 清蒸鱼（低盐、含鱼） or 清蒸鱼 低盐 含鱼. MU_INPUT: no name, an unknown mark in brackets, too
 * long. */
enum mu_status mu_dish_read(const char *text, struct mu_dish *out,
                            struct mu_error *error) MU_CHECKED;
/* 清蒸鱼（低盐、含鱼）; mu_dish_read takes it in either language. `out` has MU_DISH_LINE_SIZE
 * bytes. */
void mu_dish_write(const struct mu_dish *dish, enum mu_language language, char *out);

#endif
