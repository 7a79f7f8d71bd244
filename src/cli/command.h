/* The commands: one row each in commands.c, one cmd_*.c for each family. */
#ifndef MULIN_SRC_CLI_COMMAND_H
#define MULIN_SRC_CLI_COMMAND_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>

/* What every command knows: who asks, where, in which language. */
struct mu_cli {
    enum mu_language language;
    struct mu_desk_options desk_options;
    /* Who signs in; NULL: the one bound to the system user, or with desk_options.sign_in whoever
     * the screen asks. */
    const char *operator_name;
    const char *password_descriptor;    /* number of a descriptor; NULL: a prompt */
    struct mu_desk *desk;               /* opened by mu_cli_desk */
    char plain_copy[MU_COPY_PATH_SIZE]; /* that opening it has left; else "" */
};

struct mu_command {
    const char *name;        /* "meal checkin" */
    const char *usage;       /* what follows the name */
    enum mu_message summary; /* one line of help */
    /* argv[0] is the last word of the name; operands and options follow. Returns the exit status.
     */
    int (*run)(struct mu_cli *cli, int argc, char **argv);
};

/* Ends with a row whose name is NULL. */
extern const struct mu_command mu_commands[];

/* The command that argv begins with, and in *words how many words its name has; NULL if none. */
const struct mu_command *mu_command_find(int argc, char **argv, int *words);

/* Writes the overview of all commands. */
void mu_command_overview(FILE *out, enum mu_language language);
/* Writes how the command `first second` is used or, where there is none (`second` may be NULL), all
 * commands that begin with `first`. Returns how many. */
int mu_command_help(FILE *out, const char *first, const char *second, enum mu_language language);

/* mu_desk_open into cli->desk; on stderr, what is to be done when it has sealed the records. */
enum mu_status mu_cli_open(struct mu_cli *cli, const struct mu_desk_options *options,
                           struct mu_error *error) MU_CHECKED;
/* Opens the desk on first use. */
enum mu_status mu_cli_desk(struct mu_cli *cli, struct mu_desk **desk,
                           struct mu_error *error) MU_CHECKED;

/* "mulin: what: why: what to do" on stderr; returns the exit status. */
int mu_cli_fail(const struct mu_cli *cli, const struct mu_error *error);
/* The same about the value of an option, whose name (without --, or the key of its field) comes
 * first. */
int mu_cli_fail_option(const struct mu_cli *cli, const char *option, const struct mu_error *error);
/* The same for a wrong use, with the command's own usage line. */
int mu_cli_misuse(const struct mu_cli *cli, const char *command, enum mu_message why,
                  const char *argument);
/* Prints a sentence with its {0}..{3} and a newline on stdout. */
void mu_cli_say(const struct mu_cli *cli, enum mu_message message, ...) __attribute__((sentinel));

/* The same on stderr, so that scripts can count the lines of stdout. */
void mu_cli_note(const struct mu_cli *cli, enum mu_message message, ...) __attribute__((sentinel));

/* Prints the heads of both chains, a sentence each with the number of entries and the head as it is
 * kept on paper. */
void mu_cli_heads(const struct mu_cli *cli, enum mu_message ledger, enum mu_message audit,
                  const struct mu_verify_report *heads);

enum mu_format { MU_FORMAT_TEXT, MU_FORMAT_JSON };
bool mu_format_from_word(const char *word, enum mu_format *out);
/* A whole positive number. */
bool mu_number_from_text(const char *text, long long *out);

enum { MU_MINUTE_SIZE = 17 };
/* YYYY-MM-DD HH:MM; `out` has MU_MINUTE_SIZE bytes. */
void mu_cli_minute(struct mu_moment moment, char *out);

enum { MU_CLI_NUMBER_SIZE = 24 };
/* The number in digits, without anything between them. `out` has MU_CLI_NUMBER_SIZE bytes. */
void mu_cli_number(int64_t number, char *out);

/* Prints `text` (on one line, made inert) and blanks up to `cells` and one more; ~ marks what was
 * cut. 0 cells: the last column, whole and without blanks. */
void mu_cli_column(FILE *out, const char *text, int cells);

int mu_cmd_init(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_today(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_import_residents(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_mapping_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_mapping_save(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_mapping_remove(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_find(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_list_keep(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_list_saved(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_list_forget(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_resident_add(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_resident_edit(struct mu_cli *cli, int argc, char **argv);
/* Prints what ended with somebody's file, or was left to others, a line each. */
int mu_cli_standing(struct mu_cli *cli, struct mu_desk *desk, int64_t id, bool with_household);
int mu_cmd_resident_end(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_resident_restore(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_resident_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_history(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_undo(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_household_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_household_add(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_household_edit(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_household_move(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_household_head(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_household_out(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_household_back(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_place_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_place_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_place_edit(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_grid_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_grid_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_grid_edit(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_twin_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_twin_link(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_twin_unlink(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_twin_different(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_resident_file(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_tag_set(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_tag_end(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_tag_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_tag_due(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_report_register(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_meal_checkin(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_meal_void(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_meal_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_meal_ticket(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_meal_close(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_meal_settle(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_round_make(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_round_move(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_round_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_round_print(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_round_return(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_alert_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_alert_answer(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_alert_check(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_menu_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_menu_set(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_menu_copy(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_order_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_order_count(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_order_add(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_order_change(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_order_cancel(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_order_absent(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_order_back(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_card_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_card_bind(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_card_top_up(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_card_refund(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_account_pay(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_account_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_fund_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_fund_receive(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_fund_spend(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_fund_share(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_earn(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_checkin(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_checkout(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_reverse(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_rate(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_opening(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_balance(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_redeem(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_receipt(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_give_back(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_transfer(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_expire(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_goods_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_goods_add(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_goods_change(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_goods_receive(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_goods_count(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_goods_spoil(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_goods_history(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_goods_import(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_tally(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_doubts(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_accept(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_awards(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_close(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_months(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_team_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_team_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_team_add(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_team_edit(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_team_join(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_team_leave(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_volunteer_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_volunteer_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_volunteer_register(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_volunteer_award(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_dossier(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_report_mediation(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_open(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_due(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_find(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_related(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_step(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_attach(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_reader_add(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_reader_end(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_case_readers(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_mediator_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_mediator_add(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_mediator_edit(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_report_canteen(struct mu_cli *cli, int argc, char **argv);
/* All faults of a book on stderr, a line each. */
void mu_cli_faults(const struct mu_cli *cli, const char *path,
                   const struct mu_rules_faults *faults);
int mu_cmd_calendar(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_post(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_statement(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_certificate(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_points_certificates(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_rules_check(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_rules_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_rules_adopt(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_rules_explain(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_rules_replay(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_audit(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_resident_reveal(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_operator_add(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_operator_role(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_operator_passwd(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_operator_bind(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_operator_end(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_operator_list(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_key_show(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_key_change(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_key_restore(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_verify(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_backup(struct mu_cli *cli, int argc, char **argv);
int mu_cmd_restore(struct mu_cli *cli, int argc, char **argv);

#endif
