/* Code tables of the standards, as data in data/codes. */
#ifndef MULIN_BASE_CODES_H
#define MULIN_BASE_CODES_H

#include <mulin/base/field.h>

extern const struct mu_choices mu_sexes;            /* GB/T 2261.1 */
extern const struct mu_choices mu_relations;        /* GB/T 4761 */
extern const struct mu_choices mu_ethnic_groups;    /* GB/T 3304, and 97, 98 */
extern const struct mu_choices mu_marital_statuses; /* GB/T 2261.2 */
extern const struct mu_choices mu_provinces;        /* GB/T 2260, the first two digits */
extern const struct mu_choices mu_occupancies;      /* 自住 租户 民宿 闲置 */
extern const struct mu_choices mu_statuses;         /* enum mu_resident_status */
extern const struct mu_choices mu_residences;       /* 1 resident, 2 migrant */
extern const struct mu_choices mu_dangers;          /* JGJ 125, grades A to D */
extern const struct mu_choices mu_answers;          /* 1 yes, 2 no */
extern const struct mu_choices mu_verdicts;         /* enum mu_verdict */
extern const struct mu_choices mu_consents;         /* 1 agrees, 2 does not */
extern const struct mu_choices mu_diets;            /* cooking up to 15, contents from 17 on */
extern const struct mu_choices mu_servings;         /* 1 eaten there, 2 delivered */
extern const struct mu_choices mu_outcomes;         /* enum mu_outcome */
extern const struct mu_choices mu_deliveries;       /* enum mu_delivery */
extern const struct mu_choices mu_team_roles;       /* enum mu_team_role */
extern const struct mu_choices mu_disputes;         /* the ministry's statistics of mediation */
extern const struct mu_choices mu_case_sources;     /* how a case came */
extern const struct mu_choices mu_case_levels;      /* 家里事 邻里事 小区事 */
extern const struct mu_choices mu_case_weights;     /* 1 plain to 3 major */
extern const struct mu_choices mu_case_stations;    /* estate, community, town, county */
extern const struct mu_choices mu_case_sides;       /* 1 and 2 against each other, 3 concerned */
extern const struct mu_choices mu_case_forms;       /* 1 written, 2 oral */
extern const struct mu_choices mu_case_ends;        /* without an agreement */
extern const struct mu_choices mu_case_kept;        /* as a visit found */
extern const struct mu_choices mu_case_courts;      /* confirmation by the court */
extern const struct mu_choices mu_case_duties;      /* of a mediator in a case */
extern const struct mu_choices mu_case_papers;      /* the thirteen items of a dossier */

#endif
