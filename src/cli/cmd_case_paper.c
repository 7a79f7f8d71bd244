#include "cli/options.h"

#include <mulin/base/codes.h>
#include <mulin/desk/case.h>
#include <mulin/report/dossier.h>

/* What the command line asks for. */
struct asked {
    const char *reason, *item;
};

/* An item by its number or its name. */
static bool read_item(const char *text, int *paper)
{
    const struct mu_choice *choice;
    long long number;

    if (mu_number_from_text(text, &number)) {
        *paper = (int)number;
        return number <= MU_DOSSIER_ITEMS;
    }
    choice = mu_choice_by_text(&mu_case_papers, text);
    if (choice)
        *paper = choice->code;
    return choice != NULL;
}

static int deliver(const struct mu_cli *cli, struct mu_desk *desk, const char *number,
                   const struct asked *asked, const struct mu_cli_output *output, int paper)
{
    const struct mu_rules *rules;
    struct mu_case mediated = {.id = 0};
    struct mu_dossier_print print = {.mediated = &mediated,
                                     .operator_name = mu_desk_operator(desk),
                                     .at = mu_desk_now(desk),
                                     .paper = paper,
                                     .language = cli->language};
    struct mu_error error;
    int64_t case_id = 0;
    enum mu_status status = mu_find_case(desk, number, &case_id, &error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, &error);
    if (status == MU_OK)
        status = mu_read_case_to_export(desk, case_id, asked->reason ? asked->reason : "",
                                        &mediated, &error);
    if (status != MU_OK)
        return mu_cli_fail(cli, &error);
    print.centre = rules->centre.name;
    status = mu_report_dossier(&output->target, &print, &error);
    mu_case_clear(&mediated);
    return mu_cli_output_done(cli, output, status, &error);
}

int mu_cmd_case_dossier(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        {"reason", MU_OPTION_TEXT, offsetof(struct asked, reason), NULL},
        {"item", MU_OPTION_TEXT, offsetof(struct asked, item), NULL}};
    static const struct mu_syntax syntax = {"case dossier", 1, false, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {NULL, NULL};
    struct mu_cli_output output = {.json = false};
    struct mu_desk *desk;
    struct mu_error error;
    int paper = 0, status = mu_cli_options(cli, &syntax, argc, argv, &asked, &output, &desk);

    if (status != MU_OK)
        return status;
    if (optind >= argc)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "NUMBER");
    if (asked.item && !read_item(asked.item, &paper))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.item);
    /* Before the case is opened: another format is no reason to. */
    if (output.target.format != MU_REPORT_TEXT && output.target.format != MU_REPORT_HTML) {
        mu_fail(&error, MU_USAGE, MU_SAY_error_dossier_format, NULL);
        return mu_cli_fail(cli, &error);
    }
    return deliver(cli, desk, argv[optind], &asked, &output, paper);
}
