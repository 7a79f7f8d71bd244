/* What the section `mediation` of a book comes to. */
#ifndef MULIN_SRC_RULES_MEDIATION_H
#define MULIN_SRC_RULES_MEDIATION_H

#include <mulin/rules.h>

/* Puts in what the book does not give: the law's time limits, the usual number. */
void mu_mediation_complete(struct mu_mediation_rules *rules);

#endif
