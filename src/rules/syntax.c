#include "rules/syntax.h"

#include <string.h>

/* Rows are tried in order; `problem` is the beginning of libyaml's sentence, `context` (may be
 * NULL) the beginning of what it was doing. */
static const struct {
    const char *problem, *context;
    enum mu_message what;
} rows[] = {
    {"found a tab character", NULL, MU_SAY_rules_yaml_tab},
    {"found unexpected end of stream", NULL, MU_SAY_rules_yaml_quote},
    {"found unexpected document indicator", NULL, MU_SAY_rules_yaml_quote},
    {"did not find expected ',' or ']'", NULL, MU_SAY_rules_yaml_list},
    {"did not find expected ',' or '}'", NULL, MU_SAY_rules_yaml_mapping},
    {"did not find expected node content", NULL, MU_SAY_rules_yaml_comma},
    {"mapping values are not allowed", NULL, MU_SAY_rules_yaml_colon},
    {"could not find expected ':'", NULL, MU_SAY_rules_yaml_no_colon},
    {"did not find expected key", NULL, MU_SAY_rules_yaml_indentation},
    {"did not find expected '-' indicator", NULL, MU_SAY_rules_yaml_indentation},
    {"block sequence entries are not allowed", NULL, MU_SAY_rules_yaml_indentation},
    {"mapping keys are not allowed", NULL, MU_SAY_rules_yaml_indentation},
    {"did not find expected <document start>", NULL, MU_SAY_rules_yaml_indentation},
    {"found character that cannot start", NULL, MU_SAY_rules_yaml_character},
    {"found unknown escape", NULL, MU_SAY_rules_yaml_escape},
    {"did not find expected hexdecimal", NULL, MU_SAY_rules_yaml_escape},
    {"found invalid Unicode character escape", NULL, MU_SAY_rules_yaml_escape},
    {"", "while parsing a tag", MU_SAY_rules_tag},
    {"", "while scanning a tag", MU_SAY_rules_tag},
    {"found undefined tag handle", NULL, MU_SAY_rules_tag},
    {"", "while scanning an anchor", MU_SAY_rules_anchor},
    {"", "while scanning an alias", MU_SAY_rules_alias},
    {"", "", MU_SAY_rules_yaml_other},
};

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static enum mu_message word(const char *problem, const char *context)
{
    size_t i = 0;

    while (!begins(problem, rows[i].problem) ||
           (rows[i].context && !begins(context, rows[i].context)))
        i++;
    return rows[i].what;
}

/* The byte at a place of the text; lines end as libyaml ends them in a text without U+0085 and
 * U+2028, which the text check has refused. */
static char byte_at(const char *book, struct mu_mark at)
{
    int column = 1;

    for (int line = 1; line < at.line && *book; book++)
        line += *book == '\n' || (*book == '\r' && book[1] != '\n');
    for (; *book && column < at.column; book++)
        column += (book[1] & 0xC0) != 0x80;
    return *book;
}

struct mu_mark mu_syntax_mark(yaml_mark_t mark)
{
    return (struct mu_mark){(int)mark.line + 1, (int)mark.column + 1};
}

void mu_syntax_fault(const yaml_parser_t *parser, const char *book, const char *path,
                     struct mu_rules_faults *faults)
{
    const char *problem = parser->problem ? parser->problem : "";
    const char *context = parser->context ? parser->context : "";
    struct mu_mark at = mu_syntax_mark(parser->problem_mark);
    struct mu_mark opened = mu_syntax_mark(parser->context_mark);
    enum mu_message what = word(problem, context);
    char line[16], column[16];

    if (what == MU_SAY_rules_yaml_character && byte_at(book, at) == '\t')
        what = MU_SAY_rules_yaml_tab;
    snprintf(line, sizeof line, "%d", opened.line);
    snprintf(column, sizeof column, "%d", opened.column);
    mu_faults_add(faults, at, path, what, line, column, NULL);
}
