#include "cli/cmd_case.h"

#include "cli/field_options.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/find.h>

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* What options of a step are read into: the step's own record first, as its field table says. */
struct asked {
    union mu_case_record record;
    struct mu_date date;
    char text[MU_FIELD_LONGEST];
    char text_file[MU_CASE_LINE_SIZE];
    char about[16];                 /* number of the party, the promise or the step */
    char file[MU_PERSON_NAME_SIZE]; /* WHO of the register */
};

#define EXTRA(key, message, kind, member)                                                          \
    {                                                                                              \
        key, MU_SAY_field_##message, MU_SAY_hint_##message, kind, false, false,                    \
            offsetof(struct asked, member), sizeof(((struct asked *)0)->member), NULL              \
    }
static const struct mu_field extras[] = {
    EXTRA("date", case_step_date, MU_FIELD_DATE, date),
    EXTRA("text", case_step_text, MU_FIELD_NOTE, text),
    EXTRA("text_file", case_step_text_file, MU_FIELD_NAME, text_file),
    EXTRA("about", case_step_about, MU_FIELD_TEXT, about),
    EXTRA("file", case_party_file, MU_FIELD_NAME, file),
};

enum { EXTRAS = sizeof extras / sizeof *extras, FIELDS = 24 };

/* The last word of the command and the step that it writes down. */
static const struct {
    const char *word;
    enum mu_case_step_kind kind;
} words[] = {
    {"amend", MU_STEP_AMENDED},     {"party", MU_STEP_PARTY},
    {"mediator", MU_STEP_MEDIATOR}, {"report", MU_STEP_REPORTED},
    {"inform", MU_STEP_INFORMED},   {"investigate", MU_STEP_INVESTIGATED},
    {"session", MU_STEP_MEETING},   {"agree", MU_STEP_AGREED},
    {"promise", MU_STEP_PROMISE},   {"end", MU_STEP_ENDED},
    {"extend", MU_STEP_EXTENDED},   {"pass", MU_STEP_PASSED},
    {"return", MU_STEP_RETURNED},   {"confirm", MU_STEP_CONFIRMED},
    {"perform", MU_STEP_PERFORMED}, {"follow", MU_STEP_VISITED},
    {"close", MU_STEP_CLOSED},      {"reopen", MU_STEP_REOPENED},
    {"add", MU_STEP_ADDED},
};

static bool kind_of_word(const char *word, enum mu_case_step_kind *out)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, word) != 0)
            continue;
        *out = words[i].kind;
        return true;
    }
    return false;
}

/* A PARTY may come from the register, an amendment begins with what stands. */
static bool takes(const struct mu_field *extra, const struct mu_case_step_type *type,
                  enum mu_case_step_kind kind)
{
    if (strncmp(extra->key, "text", 4) == 0)
        return type->text_label != 0;
    if (strcmp(extra->key, "file") == 0)
        return kind == MU_STEP_PARTY;
    if (strcmp(extra->key, "about") == 0)
        return kind == MU_STEP_PARTY || kind == MU_STEP_PERFORMED || kind == MU_STEP_ADDED;
    return true;
}

static size_t fields_of(enum mu_case_step_kind kind, struct mu_field out[FIELDS])
{
    const struct mu_case_step_type *type = mu_case_step_type(kind);
    size_t count = 0;

    for (size_t i = 0; i < type->field_count && count < FIELDS; i++)
        out[count++] = type->fields[i];
    for (size_t i = 0; i < EXTRAS && count < FIELDS; i++)
        if (takes(&extras[i], type, kind))
            out[count++] = extras[i];
    return count;
}

/* *text is owned: what --text or --text-file says, NULL for neither. */
static int take_text(struct mu_cli *cli, const struct asked *asked, char **text)
{
    struct mu_error error;

    if (*asked->text_file)
        return mu_cli_case_text(cli, asked->text_file, text);
    *text = *asked->text ? strdup(asked->text) : NULL;
    if (*asked->text && !*text) {
        (void)mu_fail_memory(&error);
        return mu_cli_fail(cli, &error);
    }
    return MU_OK;
}

static int take_party(struct mu_cli *cli, struct mu_desk *desk, const struct asked *asked,
                      struct mu_case_step *step)
{
    struct mu_resident person;
    struct mu_error error;

    if (!*asked->file)
        return MU_OK;
    if (mu_find_person(desk, asked->file, &person, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    step->resident_id = person.id;
    return MU_OK;
}

static int write_step(struct mu_cli *cli, struct mu_desk *desk, int64_t case_id,
                      struct mu_case_step *step)
{
    struct mu_case_written written;
    struct mu_error error;
    const char *field = NULL;
    char number[16];

    if (mu_add_case_steps(desk, case_id, step, 1, 0, &written, NULL, &field, &error) != MU_OK)
        return field ? mu_cli_fail_option(cli, field, &error) : mu_cli_fail(cli, &error);
    snprintf(number, sizeof number, "%d", written.steps);
    mu_cli_say(cli, MU_SAY_case_written, written.number, number,
               mu_message_text(mu_case_step_type(step->kind)->name, cli->language), NULL);
    return MU_OK;
}

/* What the case says now where a step puts the whole of it right. */
static int begin_with_present(struct mu_cli *cli, struct mu_desk *desk, int64_t case_id,
                              struct mu_case_step *step, struct asked *asked)
{
    struct mu_case mediated;
    struct mu_error error;
    int status = MU_OK;

    if (step->kind != MU_STEP_AMENDED && (step->kind != MU_STEP_PARTY || !step->about))
        return MU_OK;
    if (mu_read_case(desk, case_id, &mediated, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (step->kind == MU_STEP_AMENDED) {
        asked->record.intake = *mediated.intake;
        step->text = mediated.about ? strdup(mediated.about) : NULL;
    } else if ((size_t)step->about <= mediated.persons) {
        asked->record.party = mediated.person[step->about - 1].party;
        step->resident_id = mediated.person[step->about - 1].resident_id;
    }
    if (step->kind == MU_STEP_AMENDED && mediated.about && !step->text) {
        (void)mu_fail_memory(&error);
        status = mu_cli_fail(cli, &error);
    }
    mu_case_clear(&mediated);
    return status;
}

/* --about is needed before the other options are read: what it names is what they change. */
static int about_of(int argc, char **argv)
{
    long long number = 0;

    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], "--about") == 0 && mu_number_from_text(argv[i + 1], &number) &&
            number <= MU_CASE_STEPS)
            return (int)number;
    return 0;
}

static int take_options(struct mu_cli *cli, struct mu_desk *desk, const char *command, int argc,
                        char **argv, struct mu_case_step *step, struct asked *asked)
{
    struct mu_field fields[FIELDS];
    const struct mu_field_options options = {command, fields, fields_of(step->kind, fields), asked};
    char *text = NULL;
    long long number;
    int operand, status = mu_cli_read_fields(cli, &options, argc, argv, &operand, NULL);

    if (status == MU_OK && operand < argc)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[operand]);
    if (status == MU_OK && *asked->about && !mu_number_from_text(asked->about, &number))
        return mu_cli_misuse(cli, command, MU_SAY_error_option, asked->about);
    if (status == MU_OK)
        status = take_text(cli, asked, &text);
    if (status == MU_OK && text) {
        free(step->text);
        step->text = text;
    }
    if (status == MU_OK)
        status = take_party(cli, desk, asked, step);
    step->record = asked->record;
    step->date = asked->date;
    return status;
}

int mu_cmd_case_step(struct mu_cli *cli, int argc, char **argv)
{
    struct asked *asked = calloc(1, sizeof *asked);
    struct mu_case_step step = {0};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int64_t case_id = 0;
    char command[32];
    int status;

    snprintf(command, sizeof command, "case %s", argv[0]);
    if (!asked) {
        (void)mu_fail_memory(&error);
        return mu_cli_fail(cli, &error);
    }
    status = kind_of_word(argv[0], &step.kind)
                 ? mu_cli_case(cli, command, &argc, &argv, &desk, &case_id)
                 : mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[0]);
    step.about = about_of(argc, argv);
    if (status == MU_OK)
        status = begin_with_present(cli, desk, case_id, &step, asked);
    if (status == MU_OK)
        status = take_options(cli, desk, command, argc, argv, &step, asked);
    if (status == MU_OK)
        status = write_step(cli, desk, case_id, &step);
    mu_case_step_clear(&step);
    sodium_memzero(asked, sizeof *asked);
    free(asked);
    return status;
}
