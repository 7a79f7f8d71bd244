#include <mulin/domain/resident.h>

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

#define MEMBER(name) offsetof(struct mu_resident, name), sizeof(((struct mu_resident *)0)->name)

#define FIELD(key, kind, required, carried, choices)                                               \
    {                                                                                              \
#key, MU_SAY_field_##key, MU_SAY_hint_##key, kind, required, carried, MEMBER(key), choices \
    }

const struct mu_field mu_resident_fields[] = {
    FIELD(name, MU_FIELD_NAME, true, false, NULL),
    FIELD(id_number, MU_FIELD_ID_NUMBER, false, false, NULL),
    FIELD(sex, MU_FIELD_CHOICE, false, false, &mu_sexes),
    FIELD(ethnic_group, MU_FIELD_CHOICE, false, false, &mu_ethnic_groups),
    FIELD(birth_date, MU_FIELD_DATE, false, false, NULL),
    FIELD(phone, MU_FIELD_PHONE, false, false, NULL),
    FIELD(estate, MU_FIELD_TEXT, false, true, NULL),
    FIELD(building, MU_FIELD_TEXT, false, true, NULL),
    FIELD(unit, MU_FIELD_TEXT, false, true, NULL),
    FIELD(room, MU_FIELD_TEXT, false, true, NULL),
    FIELD(household_number, MU_FIELD_TEXT, false, true, NULL),
    FIELD(relation, MU_FIELD_CHOICE, false, false, &mu_relations),
    FIELD(marital_status, MU_FIELD_CHOICE, false, false, &mu_marital_statuses),
    FIELD(occupancy, MU_FIELD_CHOICE, false, true, &mu_occupancies),
    FIELD(residence, MU_FIELD_CHOICE, false, true, &mu_residences),
    FIELD(occupation, MU_FIELD_TEXT, false, false, NULL),
    FIELD(tags, MU_FIELD_TAGS, false, false, NULL),
    FIELD(card, MU_FIELD_TEXT, false, false, NULL),
    FIELD(grid, MU_FIELD_TEXT, false, true, NULL),
    FIELD(note, MU_FIELD_NOTE, false, false, NULL),
    {"status", MU_SAY_field_status, MU_SAY_field_status, MU_FIELD_CHOICE, false, false,
     MEMBER(status), &mu_statuses},
    {"ended_on", MU_SAY_field_ended_on, MU_SAY_field_ended_on, MU_FIELD_DATE, false, false,
     MEMBER(ended_on), NULL},
};

enum { BEHIND_THE_FORM = 2 };

_Static_assert(sizeof mu_resident_fields / sizeof *mu_resident_fields <= MU_RESIDENT_FIELDS,
               "room for one mark for each field");

const size_t mu_resident_stored_field_count =
    sizeof mu_resident_fields / sizeof *mu_resident_fields;
const size_t mu_resident_field_count =
    sizeof mu_resident_fields / sizeof *mu_resident_fields - BEHIND_THE_FORM;

const char *const mu_resident_together[] = {"estate", "building",         "unit",
                                            "room",   "household_number", NULL};

static enum mu_status refuse(const char *key, const char **field, struct mu_error *error,
                             enum mu_message message, const char *first, const char *second)
{
    if (field)
        *field = key;
    return mu_fail(error, MU_INPUT, message, first, second, NULL);
}

static enum mu_status refuse_sex(int ours, int theirs, const char **field, struct mu_error *error)
{
    char words[2][MU_EITHER_SIZE];

    mu_either(words[0], sizeof words[0], mu_choice_word(&mu_sexes, ours, MU_CHINESE),
              mu_choice_word(&mu_sexes, ours, MU_ENGLISH));
    mu_either(words[1], sizeof words[1], mu_choice_word(&mu_sexes, theirs, MU_CHINESE),
              mu_choice_word(&mu_sexes, theirs, MU_ENGLISH));
    return refuse("sex", field, error, MU_SAY_error_sex_differs, words[0], words[1]);
}

enum mu_status mu_resident_check(struct mu_resident *resident, struct mu_date today,
                                 const char **field, struct mu_error *error)
{
    struct mu_id_number id;
    char ours[MU_DATE_SIZE], theirs[MU_DATE_SIZE];
    bool has_id = resident->id_number[0] != '\0';

    if (has_id && mu_id_number_parse(resident->id_number, &id) > MU_ID_OLD_FORM)
        return refuse("id_number", field, error, MU_SAY_error_id_number_wrong, NULL, NULL);
    if (has_id && mu_date_known(resident->birth_date) &&
        mu_date_compare(resident->birth_date, id.birth_date) != 0) {
        mu_date_format(resident->birth_date, ours);
        mu_date_format(id.birth_date, theirs);
        return refuse("birth_date", field, error, MU_SAY_error_birth_date_differs, ours, theirs);
    }
    if (has_id && (resident->sex == MU_SEX_MALE || resident->sex == MU_SEX_FEMALE) &&
        resident->sex != (int)id.sex)
        return refuse_sex(resident->sex, (int)id.sex, field, error);
    if (mu_date_known(resident->birth_date) && mu_date_compare(resident->birth_date, today) > 0) {
        mu_date_format(resident->birth_date, ours);
        return refuse("birth_date", field, error, MU_SAY_error_birth_date_future, ours, NULL);
    }
    if (has_id && mu_date_compare(id.birth_date, today) > 0) {
        mu_date_format(id.birth_date, ours);
        return refuse("id_number", field, error, MU_SAY_error_birth_date_future, ours, NULL);
    }
    if (has_id && !mu_date_known(resident->birth_date))
        resident->birth_date = id.birth_date;
    if (has_id && resident->sex == MU_SEX_UNKNOWN)
        resident->sex = (int)id.sex;
    mu_card_number(resident->card, resident->card);
    return MU_OK;
}

void mu_card_number(const char *text, char *out)
{
    char narrow[MU_CARD_SIZE];

    mu_text_narrow(narrow, sizeof narrow, text);
    for (size_t i = 0; narrow[i]; i++)
        if (narrow[i] >= 'a' && narrow[i] <= 'z')
            narrow[i] = (char)(narrow[i] - 'a' + 'A');
    memcpy(out, narrow, sizeof narrow);
}

void mu_name_mask(const char *name, char *out)
{
    size_t runes = 0, used = 0;
    uint32_t rune;

    for (const char *at = name; *at; at += mu_text_rune(at, &rune))
        runes++;
    for (size_t i = 0; *name; i++) {
        size_t length = mu_text_rune(name, &rune);
        bool kept = (i == 0 && runes > 1) || (i + 1 == runes && runes > 2);

        if (used + length >= MU_PERSON_NAME_SIZE)
            break;
        memcpy(out + used, kept ? name : "*", kept ? length : 1);
        used += kept ? length : 1;
        name += length;
    }
    out[used] = '\0';
}

int mu_resident_age(const struct mu_resident *resident, struct mu_date day)
{
    return mu_date_known(resident->birth_date) ? mu_age_on(resident->birth_date, day) : -1;
}

void mu_place_number(const char *text, char *out)
{
    char folded[MU_PLACE_SIZE];
    const char *start = folded;
    size_t digits;

    mu_text_fold(folded, sizeof folded, text);
    while (*start == '0' && start[1] >= '0' && start[1] <= '9')
        start++;
    digits = strspn(start, "0123456789");
    if (digits && (start[digits] == '\0' || (unsigned char)start[digits] >= 0x80))
        snprintf(out, MU_PLACE_SIZE, "%.*s", (int)digits, start);
    else
        mu_text_copy(out, MU_PLACE_SIZE, folded);
}

/* Appends a part with its counting word unless the part says it itself. */
static void append(char *out, const char *part, const char *word)
{
    size_t used = strlen(out), last = strlen(part);

    if (!*part)
        return;
    if (part[last - 1] < '0' || part[last - 1] > '9')
        word = "";
    snprintf(out + used, MU_ADDRESS_SIZE - used, "%s%s", part, word);
}

void mu_resident_address(const struct mu_resident *resident, char *out)
{
    *out = '\0';
    append(out, resident->estate, "");
    append(out, resident->building, "栋");
    append(out, resident->unit, "单元");
    append(out, resident->room, "室");
}
