#include <mulin/domain/mediator.h>

#include <mulin/base/codes.h>

#define FIELD(member, message, kind, required, choices)                                            \
    {                                                                                              \
#member, MU_SAY_field_##message, MU_SAY_hint_##message, kind, required, false,             \
            offsetof(struct mu_mediator, member), sizeof(((struct mu_mediator *)0)->member),       \
            choices                                                                                \
    }

const struct mu_field mu_mediator_fields[] = {
    FIELD(name, mediator_name, MU_FIELD_NAME, true, NULL),
    FIELD(team, mediator_team, MU_FIELD_NAME, false, NULL),
    FIELD(operator_name, mediator_operator, MU_FIELD_NAME, false, NULL),
    FIELD(skills, mediator_skills, MU_FIELD_TAGS, false, NULL),
    FIELD(from, mediator_from, MU_FIELD_DATE, false, NULL),
    FIELD(until, mediator_until, MU_FIELD_DATE, false, NULL),
    FIELD(file, mediator_file, MU_FIELD_TEXT, false, NULL),
    FIELD(withdrawn, mediator_withdrawn, MU_FIELD_CHOICE, false, &mu_answers),
};
const size_t mu_mediator_stored_field_count =
    sizeof mu_mediator_fields / sizeof *mu_mediator_fields;
const size_t mu_mediator_field_count = sizeof mu_mediator_fields / sizeof *mu_mediator_fields - 2;
