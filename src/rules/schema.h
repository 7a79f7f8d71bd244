/* What a book may hold: one table for each mapping. The reader, its messages and the test of the
 * manual all walk these. */
#ifndef MULIN_SRC_RULES_SCHEMA_H
#define MULIN_SRC_RULES_SCHEMA_H

#include <mulin/rules.h>

#include <stdint.h>

struct mu_node;
struct mu_reader;

/* How the value of a key is written and where it goes. */
enum mu_value_kind {
    MU_VALUE_TEXT,      /* one line, into char[MU_RULE_NAME_SIZE] */
    MU_VALUE_TEXTS,     /* a list of them, into char[maximum][MU_RULE_NAME_SIZE] and a size_t */
    MU_VALUE_ID,        /* a-z 0-9 -, into char[MU_RULE_ID_SIZE] */
    MU_VALUE_DIVISION,  /* a code of GB/T 2260, into char[13] */
    MU_VALUE_INTEGER,   /* into int */
    MU_VALUE_INTEGERS,  /* a list of them, into int[items] and a size_t */
    MU_VALUE_FACTOR,    /* 1.5, into int: hundredths */
    MU_VALUE_MONEY,     /* yuan, into struct mu_money */
    MU_VALUE_CLOCK,     /* "HH:MM", into int: minutes since midnight */
    MU_VALUE_DATE,      /* YYYY-MM-DD, into struct mu_date */
    MU_VALUE_WORD,      /* one of `words`, its code into int */
    MU_VALUE_FLAGS,     /* one of `words` or a list of them, their codes together into int */
    MU_VALUE_WORDS,     /* one word or a list of them, into the words of struct mu_condition */
    MU_VALUE_OFF,       /* yuan or a percentage, into struct mu_reduction */
    MU_VALUE_PAYER,     /* one of `words` that pays the rest, into a list of struct mu_share */
    MU_VALUE_SHARE,     /* yuan or `rest`, into struct mu_share, of the payer `code` */
    MU_VALUE_MAPPING,   /* `mapping`, into the struct itself */
    MU_VALUE_LIST,      /* of `mapping`, into a pointer to structs and a size_t */
    MU_VALUE_CONDITION, /* `mapping`, into struct mu_condition */
    MU_VALUE_CHILD,     /* one condition, into the children of struct mu_condition */
    MU_VALUE_CHILDREN   /* a list of conditions, likewise */
};

struct mu_schema_word {
    const char *word; /* NULL ends the table */
    int code;
};

struct mu_schema_key {
    const char *name;
    const char *example;
    const struct mu_schema_word *words; /* MU_VALUE_WORDS without: any word */
    const struct mu_schema *mapping;
    size_t offset;            /* of the member in the struct of its mapping */
    size_t count_offset;      /* of the number of items of a list */
    int64_t minimum, maximum; /* of a number, in fen for money, in
                               * hundredths for a factor; of a list, its items */
    size_t items;             /* of a list of whole numbers, at most */
    int fallback;             /* of an int that the book does not give */
    int code;                 /* of the payer that a key of shares names */
    enum mu_value_kind kind;
    enum mu_condition_kind condition; /* that a key of `when` makes */
    bool required;
};

struct mu_schema {
    const char *name; /* its heading in the manual */
    const struct mu_schema_key *key;
    size_t count;
    size_t size; /* of its struct, for lists */
    /* Looks at what the keys mean together. May be NULL. */
    void (*check)(struct mu_reader *reader, const struct mu_node *node, const void *record);
};

enum { MU_SCHEMA_KEYS = 16 }; /* no mapping has more keys */

/* The whole book, into struct mu_rules. */
extern const struct mu_schema mu_schema_book;
/* Its section `register`, into struct mu_register_rules. */
extern const struct mu_schema mu_schema_register;
/* Its section `points`, into struct mu_points_rules. */
extern const struct mu_schema mu_schema_points;
/* Its section `mediation`, into struct mu_mediation_rules. */
extern const struct mu_schema mu_schema_mediation;
/* Its mappings canteen.closing and canteen.tickets. */
extern const struct mu_schema mu_schema_closing;
extern const struct mu_schema mu_schema_tickets;

/* The key with this name, or NULL. */
const struct mu_schema_key *mu_schema_find(const struct mu_schema *schema, const char *name);

/* All names of a mapping's keys, "a, b, c". */
void mu_schema_names(const struct mu_schema *schema, char *out, size_t size);
/* The same of a table of words; an ellipsis stands for those that do not fit. */
void mu_schema_words(const struct mu_schema_word *words, char *out, size_t size);

#endif
