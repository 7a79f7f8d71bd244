/* What libyaml calls a fault, in our words. */
#ifndef MULIN_SRC_RULES_SYNTAX_H
#define MULIN_SRC_RULES_SYNTAX_H

#include "rules/faults.h"

#include <yaml.h>

struct mu_mark mu_syntax_mark(yaml_mark_t mark);

/* Adds the fault at which the parser stopped. `book` is the text that it reads. */
void mu_syntax_fault(const yaml_parser_t *parser, const char *book, const char *path,
                     struct mu_rules_faults *faults);

#endif
