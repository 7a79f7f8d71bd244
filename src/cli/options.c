#include "cli/options.h"

#include <mulin/base/codes.h>

enum { FIRST = 256, OUTPUT_OPTIONS = 2 }; /* values of getopt_long that are no letters */

/* False when the value is not of the option's kind. */
static bool take(const struct mu_option *option, struct mu_date today, void *record)
{
    char *place = (char *)record + option->offset;
    const struct mu_choice *choice;
    long long number;

    switch (option->kind) {
    case MU_OPTION_TEXT:
        *(const char **)(void *)place = optarg;
        return true;
    case MU_OPTION_FLAG:
        *(bool *)(void *)place = true;
        return true;
    case MU_OPTION_NUMBER:
        if (!mu_number_from_text(optarg, &number))
            return false;
        *(int64_t *)(void *)place = number;
        return true;
    case MU_OPTION_DATE:
        return mu_date_parse(optarg, today, (struct mu_date *)(void *)place);
    case MU_OPTION_MONTH:
        return mu_month_parse(optarg, (struct mu_date *)(void *)place);
    case MU_OPTION_CLOCK:
        return mu_clock_parse(optarg, (int *)(void *)place);
    default:
        choice = mu_choice_by_text(option->choices, optarg);
        if (choice)
            *(int *)(void *)place = choice->code;
        return choice != NULL;
    }
}

static void fill(const struct mu_syntax *syntax, bool output, struct option *out)
{
    static const struct option of_output[OUTPUT_OPTIONS] = {
        {"format", required_argument, NULL, 'f'}, {"overwrite", no_argument, NULL, 'w'}};

    for (size_t i = 0; i < syntax->count; i++) {
        bool flag = syntax->option[i].kind == MU_OPTION_FLAG;

        out[i] = (struct option){syntax->option[i].name, flag ? no_argument : required_argument,
                                 NULL, FIRST + (int)i};
    }
    for (size_t i = 0; output && i < OUTPUT_OPTIONS; i++)
        out[syntax->count + i] = of_output[i];
}

int mu_cli_options(struct mu_cli *cli, const struct mu_syntax *syntax, int argc, char **argv,
                   void *record, struct mu_cli_output *output, struct mu_desk **desk)
{
    struct option all[MU_CLI_OPTIONS + OUTPUT_OPTIONS + 1] = {0};
    struct mu_date today;
    struct mu_error error;
    int option;

    if (mu_cli_desk(cli, desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    today = mu_desk_now(*desk).date;
    fill(syntax, output != NULL, all);
    while ((option = getopt_long(argc, argv, output ? "o:" : "", all, NULL)) != -1) {
        bool taken = option >= FIRST ? take(&syntax->option[option - FIRST], today, record)
                                     : output && mu_cli_output_option(output, option, syntax->json);

        if (!taken)
            return mu_cli_misuse(cli, syntax->command, MU_SAY_error_option, argv[optind - 1]);
    }
    if (argc - optind > syntax->operands)
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand,
                             argv[optind + syntax->operands]);
    return output ? mu_cli_output_settle(cli, output) : MU_OK;
}

int mu_cli_operand_number(const struct mu_cli *cli, const struct mu_syntax *syntax, int argc,
                          char **argv, const char *what, int64_t *out)
{
    long long number;

    if (optind >= argc)
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand_missing, what);
    if (!mu_number_from_text(argv[optind], &number))
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand_number, argv[optind]);
    *out = number;
    optind++;
    return MU_OK;
}
