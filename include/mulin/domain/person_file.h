/* What only few files hold (一人一档): diet and health, whom to call, consent, party. */
#ifndef MULIN_DOMAIN_PERSON_FILE_H
#define MULIN_DOMAIN_PERSON_FILE_H

#include <mulin/domain/resident.h>

enum { MU_UNIT_SIZE = 96 }; /* bytes of a party branch or a unit, the NUL counted */

struct mu_person_file {
    int64_t resident_id;
    int version;     /* counts the changes; 0: nothing is stored yet */
    bool incomplete; /* another program stored what does not fit here: not to be written back */
    char diet[MU_NOTE_SIZE]; /* what the kitchen must know */
    char health[MU_NOTE_SIZE];
    char guardian[MU_PERSON_NAME_SIZE];
    char guardian_phone[MU_PHONE_SIZE];
    char emergency[MU_PERSON_NAME_SIZE]; /* whom to call */
    char emergency_phone[MU_PHONE_SIZE];
    int name_consent;                /* data/codes/consent.def */
    char party_branch[MU_UNIT_SIZE]; /* of a party member */
    char reports_from[MU_UNIT_SIZE]; /* 双报到: the unit that sent the in-service member */
};

/* Form, validation and headings, in form order. */
extern const struct mu_field mu_person_file_fields[];
extern const size_t mu_person_file_field_count;

#endif
