#include "rules/reader.h"

#include <stdlib.h>
#include <string.h>

static void read_value(struct mu_reader *reader, const struct mu_schema_key *key,
                       const struct mu_node *node, void *record);

static void *take(struct mu_reader *reader, size_t count, size_t size)
{
    void *taken = calloc(count, size);

    if (!taken)
        reader->out_of_memory = true;
    return taken;
}

/* Adds a fault unless the node is a mapping. */
static bool is_mapping(struct mu_reader *reader, const struct mu_schema *schema,
                       const struct mu_node *node)
{
    char names[MU_ERROR_ARGUMENT_SIZE];

    if (node->kind == MU_NODE_MAPPING)
        return true;
    mu_schema_names(schema, names, sizeof names);
    if (node->kind != MU_NODE_BROKEN)
        mu_reader_fault(reader, node, MU_SAY_rules_want_mapping, names);
    return false;
}

/* Adds a fault unless the node is a list of at least one item, and of no more than it may have. */
static bool is_list(struct mu_reader *reader, const struct mu_schema_key *key,
                    const struct mu_node *node)
{
    size_t most = key->items ? key->items : (size_t)key->maximum;
    char maximum[16];

    if (node->kind == MU_NODE_LIST && node->count > 0 && node->count <= most)
        return true;
    snprintf(maximum, sizeof maximum, "%zu", most);
    if (node->kind == MU_NODE_SCALAR || node->kind == MU_NODE_MAPPING)
        mu_reader_fault(reader, node, MU_SAY_rules_want_list, key->example);
    else if (node->kind == MU_NODE_LIST && node->count == 0)
        mu_reader_fault(reader, node, MU_SAY_rules_list_empty, key->example);
    else if (node->kind == MU_NODE_LIST)
        mu_reader_fault(reader, node, MU_SAY_rules_list_long, maximum);
    return false;
}

/* Adds a fault unless the node is a scalar that is not left out. */
static bool is_scalar(struct mu_reader *reader, const struct mu_schema_key *key,
                      const struct mu_node *node)
{
    if (node->kind == MU_NODE_LIST || node->kind == MU_NODE_MAPPING)
        mu_reader_fault(reader, node, MU_SAY_rules_want_value, key->example);
    else if (node->kind == MU_NODE_SCALAR && !node->text[0])
        mu_reader_fault(reader, node, MU_SAY_rules_value_empty, key->example);
    else
        return node->kind == MU_NODE_SCALAR;
    return false;
}

/* The row for a key of a mapping, pushed on the path with *mark to pop it again; NULL, with a fault
 * and nothing pushed, for a key that may not stand there. `seen` has a place for every row. */
static const struct mu_schema_key *
known_key(struct mu_reader *reader, const struct mu_schema *schema, const struct mu_node *name,
          const struct mu_node *seen[MU_SCHEMA_KEYS], size_t *mark)
{
    const struct mu_schema_key *key;
    char names[MU_ERROR_ARGUMENT_SIZE];

    if (name->kind != MU_NODE_SCALAR) {
        if (name->kind != MU_NODE_BROKEN)
            mu_reader_fault(reader, name, MU_SAY_rules_key_form);
        return NULL;
    }
    *mark = mu_path_push_key(&reader->path, name->text);
    key = mu_schema_find(schema, name->text);
    if (!key && strstr(name->text, "：")) {
        mu_reader_fault(reader, name, MU_SAY_rules_key_colon);
    } else if (!key) {
        mu_schema_names(schema, names, sizeof names);
        mu_reader_fault(reader, name, MU_SAY_rules_key_unknown, names);
    } else if (seen[key - schema->key]) {
        char line[16];

        snprintf(line, sizeof line, "%d", seen[key - schema->key]->at.line);
        mu_reader_fault(reader, name, MU_SAY_rules_key_twice, line);
        key = NULL;
    } else {
        seen[key - schema->key] = name;
    }
    if (!key)
        mu_path_pop(&reader->path, *mark);
    return key;
}

/* Sets what a book need not give. */
static void set_fallbacks(const struct mu_schema *schema, char *record)
{
    for (size_t i = 0; i < schema->count; i++) {
        const struct mu_schema_key *key = &schema->key[i];

        if (key->kind == MU_VALUE_INTEGER || key->kind == MU_VALUE_CLOCK ||
            key->kind == MU_VALUE_FLAGS || key->kind == MU_VALUE_FACTOR)
            memcpy(record + key->offset, &key->fallback, sizeof key->fallback);
        else if (key->kind == MU_VALUE_MAPPING)
            set_fallbacks(key->mapping, record + key->offset);
    }
}

static void read_mapping(struct mu_reader *reader, const struct mu_schema *schema,
                         const struct mu_node *node, void *record)
{
    const struct mu_node *seen[MU_SCHEMA_KEYS] = {0};

    set_fallbacks(schema, record);
    if (!is_mapping(reader, schema, node))
        return;
    for (const struct mu_node *name = node->item; name; name = name->next->next) {
        size_t mark;
        const struct mu_schema_key *key = known_key(reader, schema, name, seen, &mark);

        if (!key)
            continue;
        read_value(reader, key, name->next, record);
        mu_path_pop(&reader->path, mark);
    }
    for (size_t i = 0; i < schema->count; i++) {
        if (schema->key[i].required && !seen[i])
            mu_reader_fault(reader, node, MU_SAY_rules_key_missing, schema->key[i].name,
                            schema->key[i].example);
    }
    if (schema->check && !reader->out_of_memory)
        schema->check(reader, node, record);
}

/* Room for the items of a list in its record; what another key put there goes. NULL: no memory. */
static void *take_list(struct mu_reader *reader, const struct mu_schema_key *key, size_t count,
                       size_t size, char *record)
{
    void *items = take(reader, count, size), *before;

    if (!items)
        return NULL;
    memcpy(&before, record + key->offset, sizeof before);
    free(before);
    memcpy(record + key->offset, &items, sizeof items);
    memcpy(record + key->count_offset, &count, sizeof count);
    return items;
}

static void read_list(struct mu_reader *reader, const struct mu_schema_key *key,
                      const struct mu_node *node, char *record)
{
    size_t index = 0;
    char *items;

    if (!is_list(reader, key, node) ||
        !(items = take_list(reader, key, node->count, key->mapping->size, record)))
        return;
    for (const struct mu_node *item = node->item; item; item = item->next, index++) {
        size_t mark = mu_path_push_index(&reader->path, index);

        read_mapping(reader, key->mapping, item, items + index * key->mapping->size);
        mu_path_pop(&reader->path, mark);
    }
}

/* A condition with several keys means that all of them hold. */
static void read_condition(struct mu_reader *reader, const struct mu_schema *schema,
                           const struct mu_node *node, struct mu_condition *out)
{
    const struct mu_node *seen[MU_SCHEMA_KEYS] = {0};
    bool several = node->count > 2;

    if (!is_mapping(reader, schema, node))
        return;
    if (node->count == 0)
        mu_reader_fault(reader, node, MU_SAY_rules_when_empty);
    if (several) {
        out->kind = MU_WHEN_ALL;
        out->children = take(reader, schema->count, sizeof *out->children);
        if (!out->children)
            return;
    }
    for (const struct mu_node *name = node->item; name; name = name->next->next) {
        size_t mark;
        const struct mu_schema_key *key = known_key(reader, schema, name, seen, &mark);
        struct mu_condition *one;

        if (!key)
            continue;
        one = several ? &out->children[out->child_count++] : out;
        one->kind = key->condition;
        read_value(reader, key, name->next, one);
        mu_path_pop(&reader->path, mark);
    }
}

static void read_children(struct mu_reader *reader, const struct mu_schema_key *key,
                          const struct mu_node *node, struct mu_condition *out)
{
    if (!is_list(reader, key, node) ||
        !(out->children = take(reader, node->count, sizeof *out->children)))
        return;
    for (const struct mu_node *item = node->item; item; item = item->next) {
        size_t mark = mu_path_push_index(&reader->path, out->child_count);

        read_condition(reader, key->mapping, item, &out->children[out->child_count++]);
        mu_path_pop(&reader->path, mark);
    }
}

static void read_child(struct mu_reader *reader, const struct mu_schema_key *key,
                       const struct mu_node *node, struct mu_condition *out)
{
    out->children = take(reader, 1, sizeof *out->children);
    if (!out->children)
        return;
    out->child_count = 1;
    read_condition(reader, key->mapping, node, out->children);
}

static void read_word(struct mu_reader *reader, const struct mu_schema_key *key,
                      const struct mu_node *node, struct mu_condition *out)
{
    char *word;

    if (!is_scalar(reader, key, node))
        return;
    if (key->words && !mu_value_word(reader, key->words, node))
        return;
    if (!mu_value_one_word(node->text)) {
        char shown[MU_SHOWN_SIZE];

        mu_value_shown(node, shown);
        mu_reader_fault(reader, node, MU_SAY_rules_word_several, shown);
        return;
    }
    word = take(reader, 1, MU_RULE_NAME_SIZE);
    if (!word)
        return;
    out->words[out->word_count++] = word;
    mu_value_text(reader, node, MU_RULE_NAME_SIZE, word);
}

static void read_words(struct mu_reader *reader, const struct mu_schema_key *key,
                       const struct mu_node *node, struct mu_condition *out)
{
    size_t index = 0;

    if (node->kind == MU_NODE_SCALAR) {
        out->words = take(reader, 1, sizeof *out->words);
        if (out->words)
            read_word(reader, key, node, out);
        return;
    }
    if (!is_list(reader, key, node) ||
        !(out->words = take(reader, node->count, sizeof *out->words)))
        return;
    for (const struct mu_node *item = node->item; item; item = item->next, index++) {
        size_t mark = mu_path_push_index(&reader->path, index);

        read_word(reader, key, item, out);
        mu_path_pop(&reader->path, mark);
    }
}

/* One word or several, put together. */
static void read_flags(struct mu_reader *reader, const struct mu_schema_key *key,
                       const struct mu_node *node, int *target)
{
    const struct mu_schema_word *word;
    size_t index = 0;
    int flags = 0;

    if (node->kind == MU_NODE_SCALAR) {
        word = is_scalar(reader, key, node) ? mu_value_word(reader, key->words, node) : NULL;
        if (word)
            *target = word->code;
        return;
    }
    if (!is_list(reader, key, node))
        return;
    for (const struct mu_node *item = node->item; item; item = item->next, index++) {
        size_t mark = mu_path_push_index(&reader->path, index);

        word = is_scalar(reader, key, item) ? mu_value_word(reader, key->words, item) : NULL;
        flags |= word ? word->code : 0;
        mu_path_pop(&reader->path, mark);
    }
    *target = flags;
}

/* One payer who pays all that is left. */
static void read_payer(struct mu_reader *reader, const struct mu_schema_key *key,
                       const struct mu_node *node, char *record)
{
    const struct mu_schema_word *word;
    struct mu_share *share;

    if (!is_scalar(reader, key, node))
        return;
    word = mu_value_word(reader, key->words, node);
    share = word ? take_list(reader, key, 1, sizeof *share, record) : NULL;
    if (share)
        *share = (struct mu_share){.payer = (enum mu_payer)word->code, .rest = true};
}

static void read_texts(struct mu_reader *reader, const struct mu_schema_key *key,
                       const struct mu_node *node, char *record)
{
    size_t index = 0;

    if (!is_list(reader, key, node))
        return;
    for (const struct mu_node *item = node->item; item; item = item->next, index++) {
        size_t mark = mu_path_push_index(&reader->path, index);

        if (is_scalar(reader, key, item))
            mu_value_text(reader, item, MU_RULE_NAME_SIZE,
                          record + key->offset + index * MU_RULE_NAME_SIZE);
        mu_path_pop(&reader->path, mark);
    }
    memcpy(record + key->count_offset, &index, sizeof index);
}

static void read_integers(struct mu_reader *reader, const struct mu_schema_key *key,
                          const struct mu_node *node, char *record)
{
    size_t index = 0;

    if (!is_list(reader, key, node))
        return;
    for (const struct mu_node *item = node->item; item; item = item->next, index++) {
        size_t mark = mu_path_push_index(&reader->path, index);

        if (is_scalar(reader, key, item))
            mu_value_integer(reader, key, item,
                             (void *)(record + key->offset + index * sizeof(int)));
        mu_path_pop(&reader->path, mark);
    }
    memcpy(record + key->count_offset, &index, sizeof index);
}

static void read_scalar(struct mu_reader *reader, const struct mu_schema_key *key,
                        const struct mu_node *node, void *member)
{
    const struct mu_schema_word *word;

    if (!is_scalar(reader, key, node))
        return;
    switch (key->kind) {
    case MU_VALUE_TEXT:
        mu_value_text(reader, node, MU_RULE_NAME_SIZE, member);
        break;
    case MU_VALUE_ID:
        mu_value_id(reader, node, member);
        break;
    case MU_VALUE_DIVISION:
        mu_value_division(reader, node, member);
        break;
    case MU_VALUE_INTEGER:
        mu_value_integer(reader, key, node, member);
        break;
    case MU_VALUE_FACTOR:
        mu_value_factor(reader, key, node, member);
        break;
    case MU_VALUE_MONEY:
        mu_value_money(reader, key, node, member);
        break;
    case MU_VALUE_CLOCK:
        mu_value_clock(reader, node, member);
        break;
    case MU_VALUE_DATE:
        mu_value_date(reader, node, member);
        break;
    case MU_VALUE_OFF:
        mu_value_off(reader, key, node, member);
        break;
    case MU_VALUE_SHARE:
        mu_value_share(reader, key, node, member);
        break;
    case MU_VALUE_WORD:
        word = mu_value_word(reader, key->words, node);
        if (word)
            memcpy(member, &word->code, sizeof word->code);
        break;
    default:
        break;
    }
}

static void read_value(struct mu_reader *reader, const struct mu_schema_key *key,
                       const struct mu_node *node, void *record)
{
    char *member = (char *)record + key->offset;

    switch (key->kind) {
    case MU_VALUE_MAPPING:
        read_mapping(reader, key->mapping, node, member);
        break;
    case MU_VALUE_LIST:
        read_list(reader, key, node, record);
        break;
    case MU_VALUE_TEXTS:
        read_texts(reader, key, node, record);
        break;
    case MU_VALUE_INTEGERS:
        read_integers(reader, key, node, record);
        break;
    case MU_VALUE_CONDITION:
        read_condition(reader, key->mapping, node, (void *)member);
        break;
    case MU_VALUE_CHILD:
        read_child(reader, key, node, record);
        break;
    case MU_VALUE_CHILDREN:
        read_children(reader, key, node, record);
        break;
    case MU_VALUE_PAYER:
        read_payer(reader, key, node, record);
        break;
    case MU_VALUE_FLAGS:
        read_flags(reader, key, node, (void *)member);
        break;
    case MU_VALUE_WORDS:
        read_words(reader, key, node, record);
        break;
    default:
        read_scalar(reader, key, node, member);
        break;
    }
}

void mu_read_book(struct mu_reader *reader, const struct mu_node *root, struct mu_rules *out)
{
    read_mapping(reader, &mu_schema_book, root, out);
}
