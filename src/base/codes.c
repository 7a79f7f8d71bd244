#include <mulin/base/codes.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define CHOICE(code, chinese, english, words) {code, chinese, english, words},

static const struct mu_choice sexes[] = {
#include "codes/sex.def"
};

static const struct mu_choice relations[] = {
#include "codes/relation.def"
};

static const struct mu_choice ethnic_groups[] = {
#include "codes/ethnic.def"
};

static const struct mu_choice marital_statuses[] = {
#include "codes/marital.def"
};

static const struct mu_choice provinces[] = {
#include "codes/province.def"
};

static const struct mu_choice occupancies[] = {
#include "codes/occupancy.def"
};

static const struct mu_choice statuses[] = {
#include "codes/status.def"
};

static const struct mu_choice residences[] = {
#include "codes/residence.def"
};

static const struct mu_choice dangers[] = {
#include "codes/danger.def"
};

static const struct mu_choice verdicts[] = {
#include "codes/verdict.def"
};

static const struct mu_choice answers[] = {
#include "codes/answer.def"
};

static const struct mu_choice consents[] = {
#include "codes/consent.def"
};

static const struct mu_choice diets[] = {
#include "codes/diet.def"
};

static const struct mu_choice servings[] = {
#include "codes/serving.def"
};

static const struct mu_choice deliveries[] = {
#include "codes/delivery.def"
};

static const struct mu_choice outcomes[] = {
#include "codes/outcome.def"
};

static const struct mu_choice team_roles[] = {
#include "codes/team_role.def"
};

const struct mu_choices mu_sexes = {"GB/T 2261.1-2003", 1, MU_SAY_error_sex, sexes, COUNT(sexes)};
const struct mu_choices mu_relations = {"GB/T 4761-2008", 2, MU_SAY_error_relation, relations,
                                        COUNT(relations)};
const struct mu_choices mu_ethnic_groups = {"GB/T 3304-1991", 2, MU_SAY_error_ethnic_group,
                                            ethnic_groups, COUNT(ethnic_groups)};
const struct mu_choices mu_marital_statuses = {"GB/T 2261.2-2003", 2, MU_SAY_error_marital_status,
                                               marital_statuses, COUNT(marital_statuses)};
const struct mu_choices mu_provinces = {"GB/T 2260-2007", 2, MU_SAY_error_province, provinces,
                                        COUNT(provinces)};
const struct mu_choices mu_occupancies = {"mulin", 1, MU_SAY_error_occupancy, occupancies,
                                          COUNT(occupancies)};
const struct mu_choices mu_statuses = {"mulin", 1, MU_SAY_error_status, statuses, COUNT(statuses)};
const struct mu_choices mu_residences = {"mulin", 1, MU_SAY_error_residence, residences,
                                         COUNT(residences)};
const struct mu_choices mu_dangers = {"JGJ 125-2016", 1, MU_SAY_error_danger, dangers,
                                      COUNT(dangers)};
const struct mu_choices mu_answers = {"mulin", 1, MU_SAY_error_answer, answers, COUNT(answers)};
const struct mu_choices mu_verdicts = {"mulin", 1, MU_SAY_error_verdict, verdicts, COUNT(verdicts)};
const struct mu_choices mu_consents = {"mulin", 1, MU_SAY_error_consent, consents, COUNT(consents)};
const struct mu_choices mu_diets = {"mulin", 2, MU_SAY_error_diet, diets, COUNT(diets)};
const struct mu_choices mu_servings = {"mulin", 1, MU_SAY_error_serving, servings, COUNT(servings)};
const struct mu_choices mu_outcomes = {"mulin", 1, MU_SAY_error_outcome, outcomes, COUNT(outcomes)};
const struct mu_choices mu_deliveries = {"mulin", 1, MU_SAY_error_delivery, deliveries,
                                         COUNT(deliveries)};
const struct mu_choices mu_team_roles = {"mulin", 1, MU_SAY_error_team_role, team_roles,
                                         COUNT(team_roles)};
