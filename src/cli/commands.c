#include "cli/command.h"
#include "cli/password.h"
#include "cli/stop.h"

#include <mulin/base/text.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMN_SIZE = 1024 };

const struct mu_command mu_commands[] = {
    {"init", "[--preset NAME] [--demo [--scale N]]", MU_SAY_command_init, mu_cmd_init},
    {"today", "[--format text|json]", MU_SAY_command_today, mu_cmd_today},
    {"import residents",
     "FILE [--mapping NAME] [--map HEADER=FIELD]… [--strict] [--dry-run] [--format text|json]",
     MU_SAY_command_import_residents, mu_cmd_import_residents},
    {"mapping list", "[NAME] [--format text|json]", MU_SAY_command_mapping_list,
     mu_cmd_mapping_list},
    {"mapping save", "NAME [--map HEADER=FIELD]…", MU_SAY_command_mapping_save,
     mu_cmd_mapping_save},
    {"mapping remove", "NAME", MU_SAY_command_mapping_remove, mu_cmd_mapping_remove},
    {"find", "QUERY [--limit N] [--format text|json]", MU_SAY_command_find, mu_cmd_find},
    {"list keep", "NAME [--FIELD VALUE]… [--sort COLUMN] [--columns COLUMNS]",
     MU_SAY_command_list_keep, mu_cmd_list_keep},
    {"list saved", "[--format text|json]", MU_SAY_command_list_saved, mu_cmd_list_saved},
    {"list forget", "NAME", MU_SAY_command_list_forget, mu_cmd_list_forget},
    {"list",
     "[--saved NAME] [--FIELD VALUE]… [--sort COLUMN] [--columns COLUMNS] "
     "[--format text|csv|xlsx|html|json] [-o FILE [--replace] | --print] [--full --reason TEXT]",
     MU_SAY_command_list, mu_cmd_list},
    {"resident add", "--name NAME [--FIELD VALUE]…", MU_SAY_command_resident_add,
     mu_cmd_resident_add},
    {"resident edit", "ID [--FIELD VALUE]…", MU_SAY_command_resident_edit, mu_cmd_resident_edit},
    {"resident end", "ID --moved-out DATE | --died DATE", MU_SAY_command_resident_end,
     mu_cmd_resident_end},
    {"resident restore", "ID", MU_SAY_command_resident_restore, mu_cmd_resident_restore},
    {"resident show", "ID [--format text|json]", MU_SAY_command_resident_show,
     mu_cmd_resident_show},
    {"resident reveal", "ID --field id_number|phone|guardian_phone|emergency_phone --reason TEXT",
     MU_SAY_command_resident_reveal, mu_cmd_resident_reveal},
    {"history", "ID | --act ACT [--limit N] [--format text|json]", MU_SAY_command_history,
     mu_cmd_history},
    {"undo", "[ACT] | --list [--format text|json]", MU_SAY_command_undo, mu_cmd_undo},
    {"household show", "ID [--format text|json]", MU_SAY_command_household_show,
     mu_cmd_household_show},
    {"household add", "[--FIELD VALUE]…", MU_SAY_command_household_add, mu_cmd_household_add},
    {"household edit", "ID [--FIELD VALUE]…", MU_SAY_command_household_edit, mu_cmd_household_edit},
    {"household move",
     "RESIDENT… [--estate NAME] [--building NAME] [--unit NAME] [--room NAME] [--number NUMBER] "
     "[--on DATE] [--relation RESIDENT=WORD]…",
     MU_SAY_command_household_move, mu_cmd_household_move},
    {"household head", "ID RESIDENT [--relation RESIDENT=WORD]…", MU_SAY_command_household_head,
     mu_cmd_household_head},
    {"household out", "ID [--on DATE]", MU_SAY_command_household_out, mu_cmd_household_out},
    {"household back", "ID", MU_SAY_command_household_back, mu_cmd_household_back},
    {"place list", "[ESTATE [BUILDING]] [--format text|json]", MU_SAY_command_place_list,
     mu_cmd_place_list},
    {"place show", "ESTATE BUILDING [--format text|json]", MU_SAY_command_place_show,
     mu_cmd_place_show},
    {"place edit", "ESTATE BUILDING [--FIELD VALUE]…", MU_SAY_command_place_edit,
     mu_cmd_place_edit},
    {"grid list", "[--format text|json]", MU_SAY_command_grid_list, mu_cmd_grid_list},
    {"grid show", "NAME [--format text|json]", MU_SAY_command_grid_show, mu_cmd_grid_show},
    {"grid edit", "NAME [--FIELD VALUE]…", MU_SAY_command_grid_edit, mu_cmd_grid_edit},
    {"twin list", "[ID | --linked | --different | --decided] [--format text|json]",
     MU_SAY_command_twin_list, mu_cmd_twin_list},
    {"twin link", "LEADING OTHER [--reason TEXT]", MU_SAY_command_twin_link, mu_cmd_twin_link},
    {"twin unlink", "ID", MU_SAY_command_twin_unlink, mu_cmd_twin_unlink},
    {"twin different", "ID OTHER [--reason TEXT | --withdraw]", MU_SAY_command_twin_different,
     mu_cmd_twin_different},
    {"resident file", "ID [--FIELD VALUE]… [--format text|json]", MU_SAY_command_resident_file,
     mu_cmd_resident_file},
    {"tag set", "ID WORD [--from DATE] [--until DATE|-] [--evidence TEXT]", MU_SAY_command_tag_set,
     mu_cmd_tag_set},
    {"tag end", "ID WORD [--last-day DATE]", MU_SAY_command_tag_end, mu_cmd_tag_end},
    {"tag list", "ID [--format text|json]", MU_SAY_command_tag_list, mu_cmd_tag_list},
    {"tag due", "[--format text|json]", MU_SAY_command_tag_due, mu_cmd_tag_due},
    {"report register",
     "[--by grid|estate|tag|age] [--date DATE] [--format text|csv|xlsx|html|json] "
     "[-o FILE [--overwrite]]",
     MU_SAY_command_report_register, mu_cmd_report_register},
    {"meal checkin",
     "WHO…|- | --outdoor OCCUPATION [--again] | --guest [--note TEXT] [--reason TEXT] "
     "[--session ID] [--pay cash|card|account] [--format text|json]",
     MU_SAY_command_meal_checkin, mu_cmd_meal_checkin},
    {"meal void", "ID --reason TEXT [--format text|json]", MU_SAY_command_meal_void,
     mu_cmd_meal_void},
    {"meal list", "[DATE] [--limit N] [--format text|json]", MU_SAY_command_meal_list,
     mu_cmd_meal_list},
    {"meal ticket", "ID [--print]", MU_SAY_command_meal_ticket, mu_cmd_meal_ticket},
    {"meal close",
     "[DATE] [--session ID] --counted AMOUNT --second NAME [--second-password-fd N]"
     " [--reason TEXT] [--format text|json]",
     MU_SAY_command_meal_close, mu_cmd_meal_close},
    {"meal settle", "[DATE] [--session ID] [--format text|json] [-o FILE [--overwrite]]",
     MU_SAY_command_meal_settle, mu_cmd_meal_settle},
    {"round make", "--courier NAME [--date DATE] [--session ID] [--estate TEXT] [--building TEXT]",
     MU_SAY_command_round_make, mu_cmd_round_make},
    {"round move", "ROUND --courier NAME [--estate TEXT] [--building TEXT]",
     MU_SAY_command_round_move, mu_cmd_round_move},
    {"round list", "[DATE] [--format text|json]", MU_SAY_command_round_list, mu_cmd_round_list},
    {"round print", "ROUND [--format text|csv|xlsx|html|json] [-o FILE [--overwrite]]",
     MU_SAY_command_round_print, mu_cmd_round_print},
    {"round return", "STOP --outcome WORD [--pay cash|card|account] [--told TEXT] [--reason TEXT]",
     MU_SAY_command_round_return, mu_cmd_round_return},
    {"alert list", "[--all] [--format text|json]", MU_SAY_command_alert_list, mu_cmd_alert_list},
    {"alert answer", "ALERT --outcome WORD [--found TEXT] [--back-on DATE]",
     MU_SAY_command_alert_answer, mu_cmd_alert_answer},
    {"alert check", "", MU_SAY_command_alert_check, mu_cmd_alert_check},
    {"menu show", "[--date DATE] [--session ID] [--format text|json]", MU_SAY_command_menu_show,
     mu_cmd_menu_show},
    {"menu set", "DISH… [--date DATE] [--session ID]", MU_SAY_command_menu_set, mu_cmd_menu_set},
    {"menu copy", "FROM [--date DATE] [--session ID]", MU_SAY_command_menu_copy, mu_cmd_menu_copy},
    {"order list", "[ID] [--date DATE] [--session ID] [--format text|json]",
     MU_SAY_command_order_list, mu_cmd_order_list},
    {"order count",
     "[--date DATE] [--session ID] [--format text|csv|xlsx|html|json] [-o FILE [--overwrite]]",
     MU_SAY_command_order_count, mu_cmd_order_count},
    {"order add",
     "ID [--date DATE] [--session ID] [--dish DISH] [--serving WORD] [--weekdays DAYS] "
     "[--until DATE] [--note TEXT] [--reason TEXT]",
     MU_SAY_command_order_add, mu_cmd_order_add},
    {"order change",
     "ORDER [--date DATE] [--session ID] [--dish DISH] [--serving WORD] [--weekdays DAYS] "
     "[--until DATE] [--note TEXT] [--reason TEXT]",
     MU_SAY_command_order_change, mu_cmd_order_change},
    {"order cancel", "ORDER [--reason TEXT]", MU_SAY_command_order_cancel, mu_cmd_order_cancel},
    {"order absent", "ID [--date DATE] [--until DATE] [--session ID] [--reason TEXT]",
     MU_SAY_command_order_absent, mu_cmd_order_absent},
    {"order back", "ABSENCE [--date DATE]", MU_SAY_command_order_back, mu_cmd_order_back},
    {"card show", "ID [--format text|json]", MU_SAY_command_card_show, mu_cmd_card_show},
    {"card bind", "ID CARD [--reason TEXT]", MU_SAY_command_card_bind, mu_cmd_card_bind},
    {"card topup", "ID AMOUNT", MU_SAY_command_card_top_up, mu_cmd_card_top_up},
    {"card refund", "ID AMOUNT --reason TEXT", MU_SAY_command_card_refund, mu_cmd_card_refund},
    {"account pay", "ID AMOUNT", MU_SAY_command_account_pay, mu_cmd_account_pay},
    {"account list", "[--format text|json]", MU_SAY_command_account_list, mu_cmd_account_list},
    {"fund list", "[--format text|json]", MU_SAY_command_fund_list, mu_cmd_fund_list},
    {"fund receive", "PAYER AMOUNT --reason TEXT", MU_SAY_command_fund_receive,
     mu_cmd_fund_receive},
    {"fund spend", "PAYER AMOUNT --reason TEXT", MU_SAY_command_fund_spend, mu_cmd_fund_spend},
    {"team list", "[--ended] [--format text|json]", MU_SAY_command_team_list, mu_cmd_team_list},
    {"team show", "NAME [--past] [--format text|json]", MU_SAY_command_team_show, mu_cmd_team_show},
    {"team add", "--name NAME [--FIELD VALUE]…", MU_SAY_command_team_add, mu_cmd_team_add},
    {"team edit", "NAME [--FIELD VALUE]…", MU_SAY_command_team_edit, mu_cmd_team_edit},
    {"team join", "NAME WHO [--role ROLE] [--from DATE]", MU_SAY_command_team_join,
     mu_cmd_team_join},
    {"team leave", "NAME WHO [--until DATE]", MU_SAY_command_team_leave, mu_cmd_team_leave},
    {"volunteer list",
     "[--skill WORD] [--team NAME] [--left] [--by file|points|hours] [--format text|json]",
     MU_SAY_command_volunteer_list, mu_cmd_volunteer_list},
    {"volunteer show", "WHO [--format text|json]", MU_SAY_command_volunteer_show,
     mu_cmd_volunteer_show},
    {"volunteer register", "WHO [--FIELD VALUE]…", MU_SAY_command_volunteer_register,
     mu_cmd_volunteer_register},
    {"volunteer award", "WHO NAME [--month YYYY-MM] [--note TEXT]", MU_SAY_command_volunteer_award,
     mu_cmd_volunteer_award},
    {"points earn",
     "[WHO…] --duty DUTY [--date DATE] [--from HH:MM --to HH:MM] [--minutes N] [--times N] "
     "[--place TEXT] [--for WHO] [--confirmed-by WHO] [--note TEXT] [--reason TEXT] [--again] "
     "[--list TITLE [--file FILE]] [--dry-run] [--format text|json]",
     MU_SAY_command_points_earn, mu_cmd_points_earn},
    {"points checkin",
     "WHO… --duty DUTY [--place TEXT] [--for WHO] [--note TEXT] [--format text|json]",
     MU_SAY_command_points_checkin, mu_cmd_points_checkin},
    {"points checkout",
     "WHO… [--confirmed-by WHO] [--times N] [--note TEXT] [--reason TEXT] [--format text|json] | "
     "--forgotten",
     MU_SAY_command_points_checkout, mu_cmd_points_checkout},
    {"points list",
     "[WHO] [--from DATE] [--to DATE] [--duty DUTY] [--list N] [--open] [--lists] [--limit N] "
     "[--format text|json]",
     MU_SAY_command_points_list, mu_cmd_points_list},
    {"points reverse", "ENTRY --reason TEXT", MU_SAY_command_points_reverse, mu_cmd_points_reverse},
    {"points rate", "WHO SCORE [--source SOURCE] [--date DATE] [--note TEXT]",
     MU_SAY_command_points_rate, mu_cmd_points_rate},
    {"points opening", "FILE [--format text|json]", MU_SAY_command_points_opening,
     mu_cmd_points_opening},
    {"points balance", "WHO… [--format text|json]", MU_SAY_command_points_balance,
     mu_cmd_points_balance},
    {"points redeem", "WHO GOODS[=PIECES]… [--reason TEXT] [--key KEY] [--format text|json]",
     MU_SAY_command_points_redeem, mu_cmd_points_redeem},
    {"points receipt", "MOVE", MU_SAY_command_points_receipt, mu_cmd_points_receipt},
    {"points give-back", "MOVE --reason TEXT [--format text|json]", MU_SAY_command_points_give_back,
     mu_cmd_points_give_back},
    {"points transfer", "FROM TO POINTS [--reason TEXT] [--format text|json]",
     MU_SAY_command_points_transfer, mu_cmd_points_transfer},
    {"points expire", "[--preview [DATE]] [--format text|json]", MU_SAY_command_points_expire,
     mu_cmd_points_expire},
    {"goods list", "[--all] [--format text|json]", MU_SAY_command_goods_list, mu_cmd_goods_list},
    {"goods add", "--name NAME --price POINTS [--FIELD VALUE]…", MU_SAY_command_goods_add,
     mu_cmd_goods_add},
    {"goods change", "GOODS [--FIELD VALUE]…", MU_SAY_command_goods_change, mu_cmd_goods_change},
    {"goods receive", "GOODS PIECES [--reason TEXT]", MU_SAY_command_goods_receive,
     mu_cmd_goods_receive},
    {"goods count", "GOODS PIECES [--reason TEXT]", MU_SAY_command_goods_count, mu_cmd_goods_count},
    {"goods spoil", "GOODS PIECES --reason TEXT", MU_SAY_command_goods_spoil, mu_cmd_goods_spoil},
    {"goods history",
     "[GOODS] [--who WHO] [--from DATE] [--to DATE] [--limit N] [--format text|json]",
     MU_SAY_command_goods_history, mu_cmd_goods_history},
    {"goods import", "FILE [--dry-run] [--format text|json]", MU_SAY_command_goods_import,
     mu_cmd_goods_import},
    {"calendar", "[YYYY-MM] [--format text|json]", MU_SAY_command_calendar, mu_cmd_calendar},
    {"fund share", "YYYY-MM", MU_SAY_command_fund_share, mu_cmd_fund_share},
    {"points tally",
     "[YYYY-MM | --quarter YYYYQN | --year YYYY] [--by person|team|duty] "
     "[--format text|csv|xlsx|html|json] [-o FILE [--overwrite]]",
     MU_SAY_command_points_tally, mu_cmd_points_tally},
    {"points doubts", "[YYYY-MM] [--format text|json]", MU_SAY_command_points_doubts,
     mu_cmd_points_doubts},
    {"points accept", "YYYY-MM DOUBT NUMBER --word TEXT", MU_SAY_command_points_accept,
     mu_cmd_points_accept},
    {"points awards", "[YYYY-MM] [--format text|json]", MU_SAY_command_points_awards,
     mu_cmd_points_awards},
    {"points close", "YYYY-MM --second NAME [--second-password-fd N] [--format text|json]",
     MU_SAY_command_points_close, mu_cmd_points_close},
    {"points months", "[--format text|json]", MU_SAY_command_points_months, mu_cmd_points_months},
    {"case open",
     "--subject TEXT --dispute WORD --level WORD --source WORD --danger yes|no [--applicant WHO] "
     "[--respondent WHO] [--FIELD VALUE]…",
     MU_SAY_command_case_open, mu_cmd_case_open},
    {"case list",
     "[--all] [--mine] [--from DATE] [--to DATE] [--dispute WORD] [--mediator NAME] [--limit N] "
     "[--format text|json]",
     MU_SAY_command_case_list, mu_cmd_case_list},
    {"case due", "[--until DATE] [--limit N] [--format text|json]", MU_SAY_command_case_due,
     mu_cmd_case_due},
    {"case show", "CASE [--reason TEXT] [--format text|json]", MU_SAY_command_case_show,
     mu_cmd_case_show},
    {"case find", "WORDS [--limit N] [--format text|json]", MU_SAY_command_case_find,
     mu_cmd_case_find},
    {"case related", "CASE [--format text|json]", MU_SAY_command_case_related, mu_cmd_case_related},
    {"case amend", "CASE [--FIELD VALUE]…", MU_SAY_command_case_amend, mu_cmd_case_step},
    {"case party", "CASE [--about N] [--file WHO] [--FIELD VALUE]…", MU_SAY_command_case_party,
     mu_cmd_case_step},
    {"case mediator", "CASE --duty WORD --name NAME [--FIELD VALUE]…", MU_SAY_command_case_mediator,
     mu_cmd_case_step},
    {"case report", "CASE --to UNIT [--FIELD VALUE]…", MU_SAY_command_case_report,
     mu_cmd_case_step},
    {"case inform", "CASE [--FIELD VALUE]…", MU_SAY_command_case_inform, mu_cmd_case_step},
    {"case investigate", "CASE --text TEXT | --text-file FILE [--FIELD VALUE]…",
     MU_SAY_command_case_investigate, mu_cmd_case_step},
    {"case session", "CASE --present WHO --text TEXT | --text-file FILE [--FIELD VALUE]…",
     MU_SAY_command_case_session, mu_cmd_case_step},
    {"case agree", "CASE --form WORD --date DATE --text TEXT | --text-file FILE [--FIELD VALUE]…",
     MU_SAY_command_case_agree, mu_cmd_case_step},
    {"case promise", "CASE --who WHO --what WHAT --due-on DATE [--FIELD VALUE]…",
     MU_SAY_command_case_promise, mu_cmd_case_step},
    {"case end", "CASE --how WORD [--told yes] [--FIELD VALUE]…", MU_SAY_command_case_end,
     mu_cmd_case_step},
    {"case extend", "CASE --until DATE --consent yes [--FIELD VALUE]…", MU_SAY_command_case_extend,
     mu_cmd_case_step},
    {"case pass", "CASE --station WORD --to UNIT --reason TEXT [--date DATE]",
     MU_SAY_command_case_pass, mu_cmd_case_step},
    {"case return", "CASE --station WORD [--FIELD VALUE]…", MU_SAY_command_case_return,
     mu_cmd_case_step},
    {"case confirm", "CASE --court WORD --name COURT [--FIELD VALUE]…", MU_SAY_command_case_confirm,
     mu_cmd_case_step},
    {"case perform", "CASE --about N [--amount YUAN] [--FIELD VALUE]…", MU_SAY_command_case_perform,
     mu_cmd_case_step},
    {"case follow", "CASE [--kept WORD] [--FIELD VALUE]…", MU_SAY_command_case_follow,
     mu_cmd_case_step},
    {"case close", "CASE [--reason TEXT] [--date DATE]", MU_SAY_command_case_close,
     mu_cmd_case_step},
    {"case reopen", "CASE --reason TEXT [--date DATE]", MU_SAY_command_case_reopen,
     mu_cmd_case_step},
    {"case add", "CASE --about N --text TEXT | --text-file FILE [--FIELD VALUE]…",
     MU_SAY_command_case_add, mu_cmd_case_step},
    {"case attach", "CASE FILE --paper WORD", MU_SAY_command_case_attach, mu_cmd_case_attach},
    {"case reader-add", "NAME [--case CASE] --reason TEXT", MU_SAY_command_case_reader_add,
     mu_cmd_case_reader_add},
    {"case reader-end", "ID", MU_SAY_command_case_reader_end, mu_cmd_case_reader_end},
    {"case readers", "[--case CASE] [--format text|json]", MU_SAY_command_case_readers,
     mu_cmd_case_readers},
    {"mediator list", "[--all] [--format text|json]", MU_SAY_command_mediator_list,
     mu_cmd_mediator_list},
    {"mediator add", "--name NAME [--file WHO] [--FIELD VALUE]…", MU_SAY_command_mediator_add,
     mu_cmd_mediator_add},
    {"mediator edit", "NAME [--file WHO] [--FIELD VALUE]…", MU_SAY_command_mediator_edit,
     mu_cmd_mediator_edit},
    {"report canteen",
     "YYYY-MM [--by tier|payer|session|method|day|person] [--format text|csv|xlsx|html] [--posted] "
     "[-o FILE [--overwrite]]",
     MU_SAY_command_report_canteen, mu_cmd_report_canteen},
    {"case dossier", "NUMBER --reason TEXT [--item N] [--format text|html] [-o FILE [--overwrite]]",
     MU_SAY_command_case_dossier, mu_cmd_case_dossier},
    {"report mediation",
     "[PERIOD | --from DATE --to DATE] [--by month|dispute|level|source|outcome|days|mediator] "
     "[--format text|csv|xlsx|html|json] [-o FILE [--overwrite]]",
     MU_SAY_command_report_mediation, mu_cmd_report_mediation},
    {"points post", "YYYY-MM [--format text|csv|xlsx|html|json] [-o FILE [--overwrite]]",
     MU_SAY_command_points_post, mu_cmd_points_post},
    {"points statement",
     "WHO | --id ID [--from YYYY-MM] [--to YYYY-MM] [--format text|csv|xlsx|html|json] "
     "[-o FILE [--overwrite]]",
     MU_SAY_command_points_statement, mu_cmd_points_statement},
    {"points certificate",
     "WHO | --id ID [--from DATE] [--to DATE] [--draft] | --number NUMBER "
     "[--format text|csv|xlsx|html|json] [-o FILE [--overwrite]]",
     MU_SAY_command_points_certificate, mu_cmd_points_certificate},
    {"points certificates", "[WHO | --id ID] [--format text|json]",
     MU_SAY_command_points_certificates, mu_cmd_points_certificates},
    {"rules check", "FILE", MU_SAY_command_rules_check, mu_cmd_rules_check},
    {"rules show", "", MU_SAY_command_rules_show, mu_cmd_rules_show},
    {"rules adopt", "FILE [--from DATE]", MU_SAY_command_rules_adopt, mu_cmd_rules_adopt},
    {"rules explain",
     "WHO [--session ID] | --meal ID | --entry ID | --service DUTY [--date DATE] [--from HH:MM "
     "--to HH:MM] [--minutes N] [--times N]",
     MU_SAY_command_rules_explain, mu_cmd_rules_explain},
    {"rules replay",
     "FILE --month YYYY-MM [--by person|payer|tier|volunteer|duty|team] "
     "[--format text|csv|xlsx|html] "
     "[-o FILE [--overwrite]] [--full --reason TEXT]",
     MU_SAY_command_rules_replay, mu_cmd_rules_replay},
    {"audit",
     "[--resident ID] [--by OPERATOR] [--action WORD] [--from DATE] [--to DATE] [--limit N] "
     "[--format text|json]",
     MU_SAY_command_audit, mu_cmd_audit},
    {"operator add", "NAME --role ROLE [--system-user USER]", MU_SAY_command_operator_add,
     mu_cmd_operator_add},
    {"operator role", "NAME ROLE", MU_SAY_command_operator_role, mu_cmd_operator_role},
    {"operator passwd", "[NAME] [--password-fd N]", MU_SAY_command_operator_passwd,
     mu_cmd_operator_passwd},
    {"operator bind", "NAME USER|-", MU_SAY_command_operator_bind, mu_cmd_operator_bind},
    {"operator end", "NAME", MU_SAY_command_operator_end, mu_cmd_operator_end},
    {"operator list", "[--format text|json]", MU_SAY_command_operator_list, mu_cmd_operator_list},
    {"key show", "", MU_SAY_command_key_show, mu_cmd_key_show},
    {"key change", "", MU_SAY_command_key_change, mu_cmd_key_change},
    {"key restore", "", MU_SAY_command_key_restore, mu_cmd_key_restore},
    {"verify", "[--head HEAD]…", MU_SAY_command_verify, mu_cmd_verify},
    {"backup", "FILE | --to FOLDER [--passphrase-fd N | --credential NAME]", MU_SAY_command_backup,
     mu_cmd_backup},
    {"restore", "FILE [--home NEW] [--passphrase-fd N | --credential NAME]", MU_SAY_command_restore,
     mu_cmd_restore},
    {NULL, NULL, MU_SAY_COUNT, NULL},
};

const struct mu_command *mu_command_find(int argc, char **argv, int *words)
{
    for (const struct mu_command *command = mu_commands; command->name; command++) {
        const char *second = strchr(command->name, ' ');
        size_t first = second ? (size_t)(second - command->name) : strlen(command->name);

        if (argc < 1 || strlen(argv[0]) != first || strncmp(argv[0], command->name, first) != 0)
            continue;
        *words = second ? 2 : 1;
        if (!second || (argc > 1 && strcmp(argv[1], second + 1) == 0))
            return command;
    }
    return NULL;
}

static void write_usage(FILE *out, const struct mu_command *command, enum mu_language language)
{
    fprintf(out, "  mulin %s %s\n      %s\n", command->name, command->usage,
            mu_message_text(command->summary, language));
}

void mu_command_overview(FILE *out, enum mu_language language)
{
    fprintf(out, "%s\n", mu_message_text(MU_SAY_usage, language));
    for (const struct mu_command *command = mu_commands; command->name; command++)
        write_usage(out, command, language);
    fprintf(out, "%s\n", mu_message_text(MU_SAY_usage_more, language));
}

/* The commands whose name is `words`, or begins with them and a blank. */
static int write_usages(FILE *out, const char *words, enum mu_language language)
{
    size_t length = strlen(words);
    int count = 0;

    for (const struct mu_command *command = mu_commands; command->name; command++) {
        if (strncmp(command->name, words, length) != 0 ||
            (command->name[length] && command->name[length] != ' '))
            continue;
        write_usage(out, command, language);
        count++;
    }
    return count;
}

int mu_command_help(FILE *out, const char *first, const char *second, enum mu_language language)
{
    char words[64];
    int count = 0;

    if (second && snprintf(words, sizeof words, "%s %s", first, second) < (int)sizeof words)
        count = write_usages(out, words, language);
    return count ? count : write_usages(out, first, language);
}

enum mu_status mu_cli_open(struct mu_cli *cli, const struct mu_desk_options *options,
                           struct mu_error *error)
{
    struct mu_desk_options telling = *options;
    bool told = *cli->plain_copy;
    enum mu_status status;

    telling.plain_copy = cli->plain_copy;
    status = mu_desk_open(&telling, &cli->desk, error);
    if (status == MU_OK)
        mu_desk_ask_leaving(cli->desk, mu_stop_wanted);
    if (*cli->plain_copy && !told)
        mu_cli_note(cli, MU_SAY_records_sealed, cli->plain_copy, NULL);
    return status;
}

enum mu_status mu_cli_desk(struct mu_cli *cli, struct mu_desk **desk, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    if (cli->desk_options.sign_in && !cli->operator_name)
        return mu_fail(error, MU_USAGE, MU_SAY_error_sign_in_who, NULL);
    if (!cli->desk) {
        cli->desk_options.sign_in = cli->desk_options.sign_in || cli->operator_name;
        status = mu_cli_open(cli, &cli->desk_options, error);
        if (status == MU_OK && cli->operator_name)
            status = mu_cli_sign_in(cli, cli->desk, error);
        if (status != MU_OK)
            mu_desk_free(&cli->desk);
    }
    if (status == MU_OK)
        *desk = cli->desk;
    return status;
}

static int fail(const struct mu_cli *cli, const char *option, const struct mu_error *error)
{
    char text[1200], name[MU_WORD_SIZE] = "";

    fflush(stdout);
    mu_error_text(error, cli->language, text, sizeof text);
    if (option)
        snprintf(name, sizeof name, "%s", option);
    for (char *at = name; (at = strchr(at, '_')) != NULL;)
        *at = '-';
    fprintf(stderr, option ? "mulin: --%s: %s\n" : "mulin: %s%s\n", name, text);
    return mu_exit_status(error->status);
}

int mu_cli_fail(const struct mu_cli *cli, const struct mu_error *error)
{
    return fail(cli, NULL, error);
}

int mu_cli_fail_option(const struct mu_cli *cli, const char *option, const struct mu_error *error)
{
    return fail(cli, option, error);
}

int mu_cli_misuse(const struct mu_cli *cli, const char *command, enum mu_message why,
                  const char *argument)
{
    struct mu_error error;

    mu_fail(&error, MU_USAGE, why, command, argument ? argument : "", NULL);
    mu_cli_fail(cli, &error);
    for (const struct mu_command *row = mu_commands; row->name; row++)
        if (strcmp(row->name, command) == 0)
            fprintf(stderr, "  mulin %s %s\n", row->name, row->usage);
    return MU_USAGE;
}

static void say(FILE *out, const struct mu_cli *cli, enum mu_message message, va_list list)
{
    const char *arguments[MU_ERROR_ARGUMENTS], *argument;
    size_t count = 0;
    char text[2048];

    while (count < MU_ERROR_ARGUMENTS && (argument = va_arg(list, const char *)) != NULL)
        arguments[count++] = argument;
    mu_message_fill(text, sizeof text, cli->language, message, arguments, count);
    fprintf(out, "%s\n", text);
}

void mu_cli_say(const struct mu_cli *cli, enum mu_message message, ...)
{
    va_list list;

    va_start(list, message);
    say(stdout, cli, message, list);
    va_end(list);
}

void mu_cli_note(const struct mu_cli *cli, enum mu_message message, ...)
{
    va_list list;

    va_start(list, message);
    say(stderr, cli, message, list);
    va_end(list);
}

void mu_cli_heads(const struct mu_cli *cli, enum mu_message ledger, enum mu_message audit,
                  const struct mu_verify_report *heads)
{
    char number[MU_CLI_NUMBER_SIZE], head[MU_HEAD_SIZE];

    mu_cli_number(heads->entries, number);
    mu_head_print(MU_CHAIN_LEDGER, heads->entries, heads->head, head);
    mu_cli_say(cli, ledger, number, head, NULL);
    mu_cli_number(heads->audit_entries, number);
    mu_head_print(MU_CHAIN_AUDIT, heads->audit_entries, heads->audit_head, head);
    mu_cli_say(cli, audit, number, head, NULL);
}

bool mu_format_from_word(const char *word, enum mu_format *out)
{
    if (strcmp(word, "text") == 0)
        *out = MU_FORMAT_TEXT;
    else if (strcmp(word, "json") == 0)
        *out = MU_FORMAT_JSON;
    else
        return false;
    return true;
}

bool mu_number_from_text(const char *text, long long *out)
{
    char *end;
    long long number;

    if (*text < '0' || *text > '9' || strlen(text) > 18)
        return false;
    number = strtoll(text, &end, 10);
    if (*end || number <= 0)
        return false;
    *out = number;
    return true;
}

void mu_cli_minute(struct mu_moment moment, char *out)
{
    mu_date_format(moment.date, out);
    out[MU_DATE_SIZE - 1] = ' ';
    mu_clock_format(moment.minute, out + MU_DATE_SIZE);
}

void mu_cli_number(int64_t number, char *out)
{
    snprintf(out, MU_CLI_NUMBER_SIZE, "%lld", (long long)number);
}

void mu_cli_column(FILE *out, const char *text, int cells)
{
    char line[COLUMN_SIZE], inert[COLUMN_SIZE];
    int used = 0;
    bool cut;
    size_t bytes;

    snprintf(line, sizeof line, "%s", text);
    for (char *at = line; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
    mu_text_inert(inert, sizeof inert, line);
    if (cells == 0) {
        fputs(inert, out);
        return;
    }
    cut = mu_text_cells(inert) > cells;
    bytes = mu_text_fit(inert, cut ? cells - 1 : cells, &used);
    fprintf(out, "%.*s%s%*s", (int)bytes, inert, cut ? "~" : "", cells - used + (cut ? 0 : 1), "");
}
