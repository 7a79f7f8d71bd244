#include "cli/cmd_case.h"
#include "cli/field_options.h"
#include "cli/json.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/find.h>

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* One side as the options name it: somebody of the register, or a stranger. */
struct side {
    char who[MU_PERSON_NAME_SIZE], name[MU_PERSON_NAME_SIZE];
    char phone[MU_PHONE_SIZE], wish[MU_CASE_LINE_SIZE];
};

struct asked {
    struct mu_case_intake intake;
    struct side side[2];
    struct mu_date date;
    char text[MU_FIELD_LONGEST], text_file[MU_CASE_LINE_SIZE];
    char mediator[MU_PERSON_NAME_SIZE];
    char reported_to[MU_CASE_LINE_SIZE];
};

enum { STEPS = 5, FIELDS = 32, YES = 1, FIRST = 1 };

#define EXTRA(key, message, kind, member)                                                          \
    {                                                                                              \
        key, MU_SAY_field_##message, MU_SAY_hint_##message, kind, false, false,                    \
            offsetof(struct asked, member), sizeof(((struct asked *)0)->member), NULL              \
    }
static const struct mu_field extras[] = {
    EXTRA("date", case_step_date, MU_FIELD_DATE, date),
    EXTRA("text", case_step_text, MU_FIELD_NOTE, text),
    EXTRA("text_file", case_step_text_file, MU_FIELD_NAME, text_file),
    EXTRA("applicant", case_party_file, MU_FIELD_NAME, side[0].who),
    EXTRA("applicant_name", case_name, MU_FIELD_NAME, side[0].name),
    EXTRA("applicant_phone", phone, MU_FIELD_PHONE, side[0].phone),
    EXTRA("applicant_wish", case_wish, MU_FIELD_NAME, side[0].wish),
    EXTRA("respondent", case_party_file, MU_FIELD_NAME, side[1].who),
    EXTRA("respondent_name", case_name, MU_FIELD_NAME, side[1].name),
    EXTRA("respondent_phone", phone, MU_FIELD_PHONE, side[1].phone),
    EXTRA("respondent_wish", case_wish, MU_FIELD_NAME, side[1].wish),
    EXTRA("mediator", case_mediator, MU_FIELD_NAME, mediator),
    EXTRA("reported_to", case_reported_to, MU_FIELD_NAME, reported_to),
};

static size_t all_fields(struct mu_field out[FIELDS])
{
    const struct mu_case_step_type *type = mu_case_step_type(MU_STEP_INTAKE);
    size_t count = 0;

    for (size_t i = 0; i < type->field_count && count < FIELDS; i++)
        out[count++] = type->fields[i];
    for (size_t i = 0; i < sizeof extras / sizeof *extras && count < FIELDS; i++)
        out[count++] = extras[i];
    return count;
}

static int take_side(struct mu_cli *cli, struct mu_desk *desk, const struct side *side, int code,
                     struct mu_case_step *step, size_t *steps)
{
    struct mu_case_party *party = &step[*steps].record.party;
    struct mu_resident person;
    struct mu_error error;

    if (!*side->who && !*side->name)
        return MU_OK;
    step[*steps].kind = MU_STEP_PARTY;
    party->side = code;
    mu_text_copy(party->name, sizeof party->name, side->name);
    mu_text_copy(party->phone, sizeof party->phone, side->phone);
    mu_text_copy(party->wish, sizeof party->wish, side->wish);
    if (*side->who) {
        if (mu_find_person(desk, side->who, &person, &error) != MU_OK)
            return mu_cli_fail(cli, &error);
        step[*steps].resident_id = person.id;
    }
    ++*steps;
    return MU_OK;
}

static int take_intake(struct mu_cli *cli, const struct asked *asked, struct mu_case_step *step)
{
    struct mu_error error;

    step->kind = MU_STEP_INTAKE;
    step->record.intake = asked->intake;
    if (*asked->text_file)
        return mu_cli_case_text(cli, asked->text_file, &step->text);
    step->text = *asked->text ? strdup(asked->text) : NULL;
    if (!*asked->text || step->text)
        return MU_OK;
    (void)mu_fail_memory(&error);
    return mu_cli_fail(cli, &error);
}

/* The steps that the options make up. */
static int gather(struct mu_cli *cli, struct mu_desk *desk, const struct asked *asked,
                  struct mu_case_step step[STEPS], size_t *steps)
{
    int status = take_intake(cli, asked, &step[(*steps)++]);

    for (int side = 0; status == MU_OK && side < 2; side++)
        status = take_side(cli, desk, &asked->side[side], side + 1, step, steps);
    if (status == MU_OK && *asked->mediator) {
        struct mu_case_change_of_mediator *change = &step[*steps].record.mediator;

        step[(*steps)++].kind = MU_STEP_MEDIATOR;
        change->duty = 1;
        mu_text_copy(change->name, sizeof change->name, asked->mediator);
    }
    if (status == MU_OK && *asked->reported_to) {
        struct mu_case_report *report = &step[*steps].record.report;

        step[(*steps)++].kind = MU_STEP_REPORTED;
        mu_text_copy(report->to, sizeof report->to, asked->reported_to);
    }
    for (size_t i = 0; i < *steps; i++)
        step[i].date = asked->date;
    return status;
}

/* The option that the field of a step was typed as. */
static int fail(struct mu_cli *cli, const struct mu_case_step *step, const char *field,
                const struct mu_error *error)
{
    char option[64];

    if (!field)
        return mu_cli_fail(cli, error);
    snprintf(option, sizeof option, "%s%s",
             step->kind != MU_STEP_PARTY        ? ""
             : step->record.party.side == FIRST ? "applicant_"
                                                : "respondent_",
             field);
    return mu_cli_fail_option(cli, option, error);
}

static int open_case(struct mu_cli *cli, struct mu_desk *desk, const struct mu_case_step *step,
                     size_t steps)
{
    const struct mu_case_opening opening = {step, steps};
    struct mu_case_written written;
    struct mu_error error;
    const char *field = NULL;
    char repeats[16];
    size_t at = 0;

    if (mu_open_case(desk, &opening, &written, &at, &field, &error) != MU_OK)
        return fail(cli, &step[at], field, &error);
    snprintf(repeats, sizeof repeats, "%d", written.repeats);
    mu_cli_say(cli, MU_SAY_case_opened, written.number, NULL);
    if (written.repeats)
        mu_cli_note(cli, MU_SAY_case_repeats, repeats, NULL);
    if (step->record.intake.danger == YES && step[steps - 1].kind != MU_STEP_REPORTED)
        mu_cli_note(cli, MU_SAY_case_report_now, written.number, NULL);
    return MU_OK;
}

static int run(struct mu_cli *cli, int argc, char **argv, struct asked *asked,
               struct mu_case_step step[STEPS])
{
    struct mu_field fields[FIELDS];
    const struct mu_field_options options = {"case open", fields, all_fields(fields), asked};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    size_t steps = 0;
    int operand, status = mu_cli_read_fields(cli, &options, argc, argv, &operand, NULL);

    if (status == MU_OK && operand < argc)
        return mu_cli_misuse(cli, options.command, MU_SAY_error_operand, argv[operand]);
    if (status == MU_OK && mu_cli_desk(cli, &desk, &error) != MU_OK)
        status = mu_cli_fail(cli, &error);
    if (status == MU_OK)
        status = gather(cli, desk, asked, step, &steps);
    return status == MU_OK ? open_case(cli, desk, step, steps) : status;
}

int mu_cmd_case_open(struct mu_cli *cli, int argc, char **argv)
{
    struct {
        struct asked asked;
        struct mu_case_step step[STEPS];
    } *typed = calloc(1, sizeof *typed);
    struct mu_error error;
    int status;

    if (!typed) {
        (void)mu_fail_memory(&error);
        return mu_cli_fail(cli, &error);
    }
    status = run(cli, argc, argv, &typed->asked, typed->step);
    for (size_t i = 0; i < STEPS; i++)
        mu_case_step_clear(&typed->step[i]);
    sodium_memzero(typed, sizeof *typed);
    free(typed);
    return status;
}
