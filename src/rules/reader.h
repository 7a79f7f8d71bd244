/* What the reader and the checks of a book share. */
#ifndef MULIN_SRC_RULES_READER_H
#define MULIN_SRC_RULES_READER_H

#include "rules/faults.h"
#include "rules/schema.h"
#include "rules/tree.h"

struct mu_reader {
    struct mu_rules_faults *faults;
    struct mu_path path; /* of the node that is being read */
    bool out_of_memory;
};

/* Reads the tree of a book into `out`, which is all zero before and cleared by the caller whatever
 * happens. Faults go to the list. */
void mu_read_book(struct mu_reader *reader, const struct mu_node *root, struct mu_rules *out);

/* Adds a fault of `node` at the reader's path; up to three strings follow, ended by NULL. */
#define mu_reader_fault(reader, node, ...)                                                         \
    mu_faults_add((reader)->faults, (node)->at, (reader)->path.text, __VA_ARGS__, NULL)

/* Scalars (value.c). Each adds its fault and leaves the target untouched when the node is not what
 * the key allows; `target` is the member itself. */
void mu_value_text(struct mu_reader *reader, const struct mu_node *node, size_t size, char *target);
void mu_value_id(struct mu_reader *reader, const struct mu_node *node, char *target);
void mu_value_division(struct mu_reader *reader, const struct mu_node *node, char *target);
void mu_value_integer(struct mu_reader *reader, const struct mu_schema_key *key,
                      const struct mu_node *node, int *target);
void mu_value_factor(struct mu_reader *reader, const struct mu_schema_key *key,
                     const struct mu_node *node, int *target);
void mu_value_money(struct mu_reader *reader, const struct mu_schema_key *key,
                    const struct mu_node *node, struct mu_money *target);
void mu_value_off(struct mu_reader *reader, const struct mu_schema_key *key,
                  const struct mu_node *node, struct mu_reduction *target);
void mu_value_share(struct mu_reader *reader, const struct mu_schema_key *key,
                    const struct mu_node *node, struct mu_share *target);
void mu_value_clock(struct mu_reader *reader, const struct mu_node *node, int *target);
void mu_value_date(struct mu_reader *reader, const struct mu_node *node, struct mu_date *target);
/* The row of `words` that the node names, or NULL. */
const struct mu_schema_word *mu_value_word(struct mu_reader *reader,
                                           const struct mu_schema_word *words,
                                           const struct mu_node *node);

/* False when the text holds what parts words. */
bool mu_value_one_word(const char *text);

/* The text of a scalar as a message shows it, long ones cut. */
enum { MU_SHOWN_SIZE = 100 };
void mu_value_shown(const struct mu_node *node, char out[MU_SHOWN_SIZE]);

#endif
