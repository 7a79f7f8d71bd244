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

static const struct mu_choice disputes[] = {
#include "codes/dispute.def"
};

static const struct mu_choice case_sources[] = {
#include "codes/case_source.def"
};

static const struct mu_choice case_levels[] = {
#include "codes/case_level.def"
};

static const struct mu_choice case_weights[] = {
#include "codes/case_weight.def"
};

static const struct mu_choice case_stations[] = {
#include "codes/case_station.def"
};

static const struct mu_choice case_sides[] = {
#include "codes/case_side.def"
};

static const struct mu_choice case_forms[] = {
#include "codes/case_form.def"
};

static const struct mu_choice case_ends[] = {
#include "codes/case_end.def"
};

static const struct mu_choice case_kept[] = {
#include "codes/case_kept.def"
};

static const struct mu_choice case_courts[] = {
#include "codes/case_court.def"
};

static const struct mu_choice case_duties[] = {
#include "codes/case_duty.def"
};

static const struct mu_choice case_papers[] = {
#include "codes/case_paper.def"
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
const struct mu_choices mu_disputes = {"司发通〔2010〕239号", 2, MU_SAY_error_dispute, disputes,
                                       COUNT(disputes)};
const struct mu_choices mu_case_sources = {"mulin", 1, MU_SAY_error_case_source, case_sources,
                                           COUNT(case_sources)};
const struct mu_choices mu_case_levels = {"mulin", 1, MU_SAY_error_case_level, case_levels,
                                          COUNT(case_levels)};
const struct mu_choices mu_case_weights = {"mulin", 1, MU_SAY_error_case_weight, case_weights,
                                           COUNT(case_weights)};
const struct mu_choices mu_case_stations = {"mulin", 1, MU_SAY_error_case_station, case_stations,
                                            COUNT(case_stations)};
const struct mu_choices mu_case_sides = {"mulin", 1, MU_SAY_error_case_side, case_sides,
                                         COUNT(case_sides)};
const struct mu_choices mu_case_forms = {"mulin", 1, MU_SAY_error_case_form, case_forms,
                                         COUNT(case_forms)};
const struct mu_choices mu_case_ends = {"mulin", 1, MU_SAY_error_case_end, case_ends,
                                        COUNT(case_ends)};
const struct mu_choices mu_case_kept = {"mulin", 1, MU_SAY_error_case_kept, case_kept,
                                        COUNT(case_kept)};
const struct mu_choices mu_case_courts = {"mulin", 1, MU_SAY_error_case_court, case_courts,
                                          COUNT(case_courts)};
const struct mu_choices mu_case_duties = {"mulin", 1, MU_SAY_error_case_duty, case_duties,
                                          COUNT(case_duties)};
const struct mu_choices mu_case_papers = {"司发通〔2010〕239号", 2, MU_SAY_error_case_paper,
                                          case_papers, COUNT(case_papers)};
