#include <mulin/domain/person_file.h>

#include <mulin/base/codes.h>

#define MEMBER(name)                                                                               \
    offsetof(struct mu_person_file, name), sizeof(((struct mu_person_file *)0)->name)
#define FIELD(key, kind, choices)                                                                  \
    {                                                                                              \
#key, MU_SAY_field_##key, MU_SAY_hint_##key, kind, false, false, MEMBER(key), choices      \
    }

const struct mu_field mu_person_file_fields[] = {
    FIELD(diet, MU_FIELD_NOTE, NULL),
    FIELD(health, MU_FIELD_NOTE, NULL),
    FIELD(guardian, MU_FIELD_NAME, NULL),
    FIELD(guardian_phone, MU_FIELD_PHONE, NULL),
    FIELD(emergency, MU_FIELD_NAME, NULL),
    FIELD(emergency_phone, MU_FIELD_PHONE, NULL),
    FIELD(name_consent, MU_FIELD_CHOICE, &mu_consents),
    FIELD(party_branch, MU_FIELD_TEXT, NULL),
    FIELD(reports_from, MU_FIELD_TEXT, NULL),
};

const size_t mu_person_file_field_count =
    sizeof mu_person_file_fields / sizeof *mu_person_file_fields;
