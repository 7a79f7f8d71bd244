#include "rules/tree.h"

#include "rules/syntax.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16 * 1024, ALIGNMENT = sizeof(void *), BYTE_ORDER_MARK = 0xFEFF };

struct mu_tree_block {
    struct mu_tree_block *next;
    size_t used, size;
    char room[];
};

struct builder {
    struct mu_tree *tree;
    struct mu_rules_faults *faults;
    struct mu_node *open[MU_RULES_DEPTH];      /* the mappings and lists around the next node */
    const struct mu_node *key[MU_RULES_DEPTH]; /* the last key of each open mapping */
    size_t depth;
    size_t documents;
    bool done;
};

static void *take(struct mu_tree *tree, size_t size)
{
    struct mu_tree_block *block = tree->block;
    void *taken;

    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!block || block->size - block->used < size) {
        size_t room = size > BLOCK ? size : BLOCK;

        block = malloc(sizeof *block + room);
        if (!block)
            return NULL;
        *block = (struct mu_tree_block){.next = tree->block, .size = room};
        tree->block = block;
    }
    taken = block->room + block->used;
    block->used += size;
    return memset(taken, 0, size);
}

void mu_tree_clear(struct mu_tree *tree)
{
    while (tree->block) {
        struct mu_tree_block *next = tree->block->next;

        free(tree->block);
        tree->block = next;
    }
    tree->root = NULL;
}

const struct mu_node *mu_node_value(const struct mu_node *mapping, const char *key)
{
    if (mapping->kind != MU_NODE_MAPPING)
        return NULL;
    for (const struct mu_node *name = mapping->item; name; name = name->next->next) {
        if (name->kind == MU_NODE_SCALAR && strcmp(name->text, key) == 0)
            return name->next;
    }
    return NULL;
}

/* The path of the node that comes next. */
static void path_here(const struct builder *builder, struct mu_path *path)
{
    *path = (struct mu_path){0};
    for (size_t i = 0; i < builder->depth; i++) {
        size_t before = builder->open[i]->count - (i + 1 < builder->depth);
        const struct mu_node *key = builder->key[i];

        if (builder->open[i]->kind == MU_NODE_LIST)
            mu_path_push_index(path, before);
        else if (before % 2 == 1 && key->kind == MU_NODE_SCALAR)
            mu_path_push_key(path, key->text);
    }
}

static void add_fault(struct builder *builder, yaml_mark_t mark, enum mu_message what,
                      const char *argument)
{
    struct mu_path path;

    path_here(builder, &path);
    mu_faults_add(builder->faults, mu_syntax_mark(mark), path.text, what, argument, NULL);
}

/* Hangs a new node under what is open. NULL: no memory. */
static struct mu_node *add_node(struct builder *builder, enum mu_node_kind kind, yaml_mark_t mark)
{
    struct mu_node *node = take(builder->tree, sizeof *node);
    struct mu_node *parent;

    if (!node)
        return NULL;
    node->kind = kind;
    node->at = mu_syntax_mark(mark);
    if (builder->depth == 0) {
        builder->tree->root = node;
        return node;
    }
    parent = builder->open[builder->depth - 1];
    if (parent->last)
        parent->last->next = node;
    else
        parent->item = node;
    parent->last = node;
    if (parent->kind == MU_NODE_MAPPING && parent->count % 2 == 0)
        builder->key[builder->depth - 1] = node;
    parent->count++;
    return node;
}

static void check_marks(struct builder *builder, const yaml_event_t *event,
                        const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        add_fault(builder, event->start_mark, MU_SAY_rules_anchor, NULL);
    if (tag)
        add_fault(builder, event->start_mark, MU_SAY_rules_tag, NULL);
}

/* The fault of the character `rune` of `step` bytes (0: NUL) at `next`. */
static enum mu_text_fault fault_at(const char *previous, const char *next, uint32_t rune,
                                   size_t step)
{
    enum mu_text_fault fault;
    char text[16];

    if (step == 0)
        return MU_TEXT_CONTROL;
    if (*next == '\t' || *next == '\r' || *next == '\n' || (*next >= ' ' && *next < 127) ||
        mu_rune_is_han(rune))
        return MU_TEXT_GOOD;
    memcpy(text, next, step);
    text[step] = '\0';
    fault = mu_text_check(text, false);
    if (fault != MU_TEXT_INVISIBLE)
        return fault;
    /* A variation selector is good behind the character that it selects a form of. */
    memcpy(text, previous, (size_t)(next - previous) + step);
    text[(size_t)(next - previous) + step] = '\0';
    return mu_text_check(text, false);
}

/* Writes the first bad character of a scalar as U+001B: escapes can write what the check of the raw
 * text could not see. False when all are good. */
static bool bad_character(const char *text, size_t length, char *out, size_t size)
{
    const char *previous = text;
    const char *end = text + length;

    while (text < end) {
        uint32_t rune = 0;
        size_t step = mu_text_rune(text, &rune);

        if (fault_at(previous, text, rune, step) != MU_TEXT_GOOD) {
            snprintf(out, size, "U+%04X", (unsigned)rune);
            return true;
        }
        previous = text;
        text += step;
    }
    return false;
}

static bool add_scalar(struct builder *builder, const yaml_event_t *event)
{
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    /* In a text that was found good only escapes can write something bad. */
    bool doubtful =
        builder->faults->count > 0 || event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    struct mu_node *node;
    char character[16];

    check_marks(builder, event, event->data.scalar.anchor, event->data.scalar.tag);
    if (doubtful && bad_character(value, length, character, sizeof character)) {
        if (!mu_faults_between(builder->faults, mu_syntax_mark(event->start_mark),
                               mu_syntax_mark(event->end_mark)))
            add_fault(builder, event->start_mark, MU_SAY_rules_character, character);
        return add_node(builder, MU_NODE_BROKEN, event->start_mark);
    }
    node = add_node(builder, MU_NODE_SCALAR, event->start_mark);
    if (!node)
        return false;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->text = take(builder->tree, length + 1);
    if (!node->text)
        return false;
    memcpy(node->text, value, length);
    return true;
}

static enum mu_status open_node(struct builder *builder, enum mu_node_kind kind,
                                const yaml_event_t *event, struct mu_error *error)
{
    struct mu_node *node;

    if (builder->depth == MU_RULES_DEPTH) {
        char depth[16];

        snprintf(depth, sizeof depth, "%d", MU_RULES_DEPTH);
        add_fault(builder, event->start_mark, MU_SAY_rules_too_deep, depth);
        return MU_INPUT;
    }
    if (kind == MU_NODE_LIST)
        check_marks(builder, event, event->data.sequence_start.anchor,
                    event->data.sequence_start.tag);
    else
        check_marks(builder, event, event->data.mapping_start.anchor,
                    event->data.mapping_start.tag);
    node = add_node(builder, kind, event->start_mark);
    if (!node)
        return mu_fail_memory(error);
    builder->open[builder->depth++] = node;
    return MU_OK;
}

/* MU_INPUT: reading ends here. */
static enum mu_status take_event(struct builder *builder, const yaml_event_t *event,
                                 struct mu_error *error)
{
    bool fits = true;

    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++builder->documents > 1) {
            add_fault(builder, event->start_mark, MU_SAY_rules_second_document, NULL);
            builder->done = true;
        }
        break;
    case YAML_ALIAS_EVENT:
        add_fault(builder, event->start_mark, MU_SAY_rules_alias, NULL);
        fits = add_node(builder, MU_NODE_BROKEN, event->start_mark);
        break;
    case YAML_SCALAR_EVENT:
        fits = add_scalar(builder, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        return open_node(builder, MU_NODE_LIST, event, error);
    case YAML_MAPPING_START_EVENT:
        return open_node(builder, MU_NODE_MAPPING, event, error);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        builder->depth -= builder->depth > 0;
        break;
    case YAML_STREAM_END_EVENT:
        builder->done = true;
        break;
    default:
        break;
    }
    return fits ? MU_OK : mu_fail_memory(error);
}

static enum mu_status read_events(struct builder *builder, yaml_parser_t *parser, const char *book,
                                  struct mu_error *error)
{
    while (!builder->done) {
        yaml_event_t event;
        enum mu_status status;

        if (!yaml_parser_parse(parser, &event)) {
            struct mu_path path;

            if (parser->error == YAML_MEMORY_ERROR)
                return mu_fail_memory(error);
            path_here(builder, &path);
            mu_syntax_fault(parser, book, path.text, builder->faults);
            return MU_INPUT;
        }
        status = take_event(builder, &event, error);
        yaml_event_delete(&event);
        if (status != MU_OK)
            return status;
    }
    return MU_OK;
}

/* Adds a fault for every bad character of the raw text, comments included: what the reader of a
 * book cannot see may not stand in it. False when YAML could not read on. */
static bool check_text(const char *book, size_t length, struct mu_rules_faults *faults)
{
    struct mu_mark at = {1, 1};
    const char *previous = book;
    bool readable = true;

    for (const char *next = book; next < book + length; at.column++) {
        uint32_t rune = 0;
        size_t step = mu_text_rune(next, &rune);
        enum mu_text_fault fault = fault_at(previous, next, rune, step);

        if (fault == MU_TEXT_ENCODING) {
            mu_faults_add(faults, at, "", MU_SAY_rules_not_utf8, NULL);
            return false;
        }
        if (fault != MU_TEXT_GOOD) {
            char code[16];

            snprintf(code, sizeof code, "U+%04X", (unsigned)rune);
            mu_faults_add(faults, at, "", MU_SAY_rules_character, code, NULL);
            readable = readable && fault != MU_TEXT_CONTROL && rune != BYTE_ORDER_MARK;
        }
        if (rune == '\n' || (rune == '\r' && next[1] != '\n'))
            at = (struct mu_mark){at.line + 1, 0};
        previous = next;
        next += step > 0 ? step : 1;
    }
    return readable;
}

static enum mu_status read_text(const char *book, size_t length, struct builder *builder,
                                struct mu_error *error)
{
    yaml_parser_t parser;
    enum mu_status status;

    if (!check_text(book, length, builder->faults))
        return MU_INPUT;
    if (!yaml_parser_initialize(&parser))
        return mu_fail_memory(error);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)book, length);
    status = read_events(builder, &parser, book, error);
    yaml_parser_delete(&parser);
    return status;
}

enum mu_status mu_tree_read(const char *book, size_t length, struct mu_rules_faults *faults,
                            struct mu_tree *out, struct mu_error *error)
{
    struct builder builder = {.tree = out, .faults = faults};
    char *text;

    *out = (struct mu_tree){0};
    if (length > MU_RULES_LIMIT) {
        mu_faults_add(faults, (struct mu_mark){1, 1}, "", MU_SAY_rules_too_large, NULL);
        return MU_INPUT;
    }
    if (length >= 3 && memcmp(book, "\xEF\xBB\xBF", 3) == 0) {
        book += 3;
        length -= 3;
    }
    text = take(out, length + 1);
    if (!text)
        return mu_fail_memory(error);
    memcpy(text, book, length);
    return read_text(text, length, &builder, error);
}
