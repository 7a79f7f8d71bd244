/* YAML text as a tree of nodes with their places; nothing in it knows what a book means. */
#ifndef MULIN_SRC_RULES_TREE_H
#define MULIN_SRC_RULES_TREE_H

#include "rules/faults.h"

enum mu_node_kind {
    MU_NODE_SCALAR,
    MU_NODE_LIST,
    MU_NODE_MAPPING,
    MU_NODE_BROKEN /* its fault is already in the list: say no more about it */
};

struct mu_node {
    enum mu_node_kind kind;
    bool plain; /* a scalar without quotes */
    struct mu_mark at;
    char *text;   /* of a scalar, NUL-terminated, good by mu_text_check but for TAB, CR, LF */
    size_t count; /* items of a list; keys and values of a mapping together */
    struct mu_node *item; /* the first; in a mapping a key, its value, the next key, ... */
    struct mu_node *next; /* beside this one */
    struct mu_node *last;
};

struct mu_tree {
    struct mu_node *root;        /* NULL: an empty book */
    struct mu_tree_block *block; /* all nodes and texts */
};

/* Reads the one document of a book into a tree.
 *   out  freed with mu_tree_clear, whatever is returned
 * Faults of the text and of YAML go to the list. MU_INPUT: the text cannot be read to its end, so
 * there is no tree. MU_MEMORY. */
enum mu_status mu_tree_read(const char *book, size_t length, struct mu_rules_faults *faults,
                            struct mu_tree *out, struct mu_error *error) MU_CHECKED;

void mu_tree_clear(struct mu_tree *tree);

/* The value of a key of a mapping, NULL if it has none. */
const struct mu_node *mu_node_value(const struct mu_node *mapping, const char *key);

#endif
