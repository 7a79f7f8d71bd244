/* The list of what is wrong with a book. */
#ifndef MULIN_SRC_RULES_FAULTS_H
#define MULIN_SRC_RULES_FAULTS_H

#include <mulin/rules.h>

/* A place in the text, both from 1; columns count characters. */
struct mu_mark {
    int line, column;
};

/* Makes an empty list with its whole room, so that adding cannot fail. False: no memory. */
bool mu_faults_init(struct mu_rules_faults *faults);

/* Adds a fault at its place in the text order. When the list is full the last one of the text
 * gives way and is counted in `more`. Up to four strings for {0}..{3} follow, ended by NULL. */
void mu_faults_add(struct mu_rules_faults *faults, struct mu_mark at, const char *path,
                   enum mu_message what, ...) __attribute__((sentinel));

/* True when a fault stands at or behind `from` and before `to`. */
bool mu_faults_between(const struct mu_rules_faults *faults, struct mu_mark from,
                       struct mu_mark to);

/* A key path that grows and shrinks with the walk: canteen.tiers[2].off. Parts that do not fit are
 * left out. */
struct mu_path {
    char text[sizeof((struct mu_rules_fault *)0)->path];
    size_t length;
};

/* Each returns the length before, for mu_path_pop. */
size_t mu_path_push_key(struct mu_path *path, const char *key);
size_t mu_path_push_index(struct mu_path *path, size_t index);
void mu_path_pop(struct mu_path *path, size_t length);

#endif
