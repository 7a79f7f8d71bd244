#include "cli/field_options.h"
#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/goods.h>

#include <string.h>

/* What the options of all these commands say. */
struct asked {
    struct mu_desk *desk;
    struct mu_goods_filter filter;
    int64_t limit;
    const char *reason, *goods, *who;
    bool all, trying;
    struct mu_cli_output output;
};

static bool only_json(const struct mu_cli_output *output)
{
    return !output->format_given || output->json || output->target.format == MU_REPORT_TEXT;
}

/* ---- goods ---- */

static int save(struct mu_cli *cli, struct mu_desk *desk, struct mu_goods_form *form)
{
    struct mu_error error;

    if (mu_save_goods(desk, form, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_goods_saved, form->name, NULL);
    return MU_OK;
}

int mu_cmd_goods_add(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_goods_form form = {.offered = MU_OFFERED};
    const struct mu_field_options options = {"goods add", mu_goods_fields, mu_goods_field_count,
                                             &form};
    struct mu_desk *desk;
    struct mu_error error;
    int operand, status;

    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = mu_cli_read_fields(cli, &options, argc, argv, &operand, NULL);
    if (status != MU_OK)
        return status;
    if (operand < argc)
        return mu_cli_misuse(cli, options.command, MU_SAY_error_operand, argv[operand]);
    return save(cli, desk, &form);
}

int mu_cmd_goods_change(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_goods_form form;
    const struct mu_field_options options = {"goods change", mu_goods_fields, mu_goods_field_count,
                                             &form};
    struct mu_goods goods;
    struct mu_desk *desk;
    struct mu_error error;
    int operand, status;

    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (argc < 2)
        return mu_cli_misuse(cli, options.command, MU_SAY_error_operand_missing, "GOODS");
    if (mu_find_goods(desk, argv[1], &goods, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_goods_to_form(&goods, &form);
    status = mu_cli_read_fields(cli, &options, argc - 1, argv + 1, &operand, NULL);
    if (status != MU_OK)
        return status;
    if (operand < argc - 1)
        return mu_cli_misuse(cli, options.command, MU_SAY_error_operand, argv[operand + 1]);
    return save(cli, desk, &form);
}

struct printing {
    struct mu_cli *cli;
    const struct asked *asked;
    int status;
};

static bool print_goods(void *context, const struct mu_goods *goods)
{
    struct printing *printing = context;
    char number[3][MU_CLI_NUMBER_SIZE], points[MU_POINTS_SIZE];

    if (printing->asked->output.json) {
        struct json_object *object = mu_json_object();

        mu_json_number(object, "goods_id", goods->id);
        mu_json_text(object, "name", goods->name);
        mu_json_text(object, "unit", goods->unit);
        mu_json_number(object, "price", goods->price.count);
        mu_json_reference(object, "per_month", goods->per_month);
        mu_json_flag(object, "offered", goods->offered);
        mu_json_number(object, "stock", goods->stock);
        printing->status = mu_json_print(printing->cli, object);
        return printing->status == MU_OK;
    }
    mu_cli_number(goods->id, number[0]);
    mu_cli_number(goods->stock, number[1]);
    mu_cli_number(goods->per_month, number[2]);
    mu_points_format(goods->price, points);
    mu_cli_column(stdout, number[0], 6);
    mu_cli_column(stdout, goods->name, 24);
    mu_cli_column(stdout,
                  *goods->unit ? goods->unit
                               : mu_message_text(MU_SAY_goods_piece, printing->cli->language),
                  6);
    mu_cli_column(stdout, points, 8);
    mu_cli_column(stdout, number[1], 8);
    mu_cli_column(stdout, goods->per_month ? number[2] : "", 6);
    mu_cli_column(
        stdout,
        goods->offered ? "" : mu_message_text(MU_SAY_goods_not_offered, printing->cli->language),
        0);
    putchar('\n');
    return true;
}

int mu_cmd_goods_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("all", FLAG, all)};
    static const struct mu_syntax syntax = {"goods list", 0, true, options, COUNT(options)};
    struct asked asked = {0};
    struct printing printing = {.cli = cli, .asked = &asked};
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (!only_json(&asked.output))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, "--format");
    if (mu_list_goods(asked.desk, asked.all, print_goods, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return printing.status;
}

/* ---- the stock ---- */

static int stock(struct mu_cli *cli, const struct mu_syntax *syntax, enum mu_goods_kind kind,
                 int argc, char **argv)
{
    struct asked asked = {0};
    struct mu_goods goods;
    struct mu_points pieces;
    struct mu_error error;
    char number[2][MU_CLI_NUMBER_SIZE];
    int64_t before;
    int status = mu_cli_options(cli, syntax, argc, argv, &asked, NULL, &asked.desk);

    if (status != MU_OK)
        return status;
    if (argc - optind < 2)
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand_missing, "GOODS PIECES");
    if (!mu_points_parse(argv[optind + 1], &pieces))
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand_number, argv[optind + 1]);
    if (mu_find_goods(asked.desk, argv[optind], &goods, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    before = goods.stock;
    if (mu_stock_goods(asked.desk, goods.id, kind, pieces.count, asked.reason, &goods, &error) !=
        MU_OK)
        return mu_cli_fail(cli, &error);
    snprintf(number[0], sizeof number[0], "%+lld", (long long)(goods.stock - before));
    mu_cli_number(goods.stock, number[1]);
    mu_cli_say(cli, MU_SAY_goods_stocked, mu_message_text(mu_goods_kind_name(kind), cli->language),
               goods.name, number[0], number[1], NULL);
    return MU_OK;
}

static const struct mu_option of_stock[] = {OPTION("reason", TEXT, reason)};

int mu_cmd_goods_receive(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"goods receive", 2, false, of_stock, COUNT(of_stock)};

    return stock(cli, &syntax, MU_GOODS_RECEIVED, argc, argv);
}

int mu_cmd_goods_count(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"goods count", 2, false, of_stock, COUNT(of_stock)};

    return stock(cli, &syntax, MU_GOODS_COUNTED, argc, argv);
}

int mu_cmd_goods_spoil(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"goods spoil", 2, false, of_stock, COUNT(of_stock)};

    return stock(cli, &syntax, MU_GOODS_SPOILED, argc, argv);
}

static int print_move_json(const struct mu_cli *cli, const struct mu_goods_move *move)
{
    struct json_object *object = mu_json_object();
    char day[MU_DATE_SIZE], moment[MU_MOMENT_SIZE];

    mu_date_format(move->date, day);
    mu_moment_format(move->moved_at, moment);
    mu_json_number(object, "move_id", move->id);
    mu_json_number(object, "goods_id", move->goods_id);
    mu_json_text(object, "goods", move->goods_name);
    mu_json_text(object, "kind", mu_goods_kind_word(move->kind));
    mu_json_number(object, "pieces", move->pieces);
    mu_json_text(object, "date", day);
    mu_json_reference(object, "resident_id", move->resident_id);
    mu_json_text(object, "name", move->name);
    mu_json_reference(object, "entry_id", move->entry_id);
    mu_json_number(object, "points", move->points.count);
    mu_json_reference(object, "returns", move->returns);
    mu_json_reference(object, "returned_by", move->returned_by);
    mu_json_text(object, "reason", move->reason);
    mu_json_text(object, "operator", move->operator_name);
    mu_json_text(object, "at", moment);
    return mu_json_print(cli, object);
}

static bool print_move(void *context, const struct mu_goods_move *move)
{
    struct printing *printing = context;
    enum mu_language language = printing->cli->language;
    char number[MU_CLI_NUMBER_SIZE], pieces[24], day[MU_DATE_SIZE], points[MU_POINTS_SIZE] = "";

    if (printing->asked->output.json) {
        printing->status = print_move_json(printing->cli, move);
        return printing->status == MU_OK;
    }
    mu_cli_number(move->id, number);
    snprintf(pieces, sizeof pieces, "%+lld", (long long)move->pieces);
    mu_date_format(move->date, day);
    if (move->entry_id)
        mu_points_format(move->points, points);
    mu_cli_column(stdout, number, 6);
    mu_cli_column(stdout, day, 10);
    mu_cli_column(stdout, mu_message_text(mu_goods_kind_name(move->kind), language), 10);
    mu_cli_column(stdout, move->goods_name, 20);
    mu_cli_column(stdout, pieces, 7);
    mu_cli_column(stdout, points, 7);
    mu_cli_column(stdout, move->name, 12);
    mu_cli_column(stdout, move->reason, 0);
    putchar('\n');
    return true;
}

int mu_cmd_goods_history(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("who", TEXT, who), OPTION("from", DATE, filter.from), OPTION("to", DATE, filter.to),
        OPTION("limit", NUMBER, limit)};
    static const struct mu_syntax syntax = {"goods history", 1, true, options, COUNT(options)};
    struct asked asked = {.limit = 100};
    struct printing printing = {.cli = cli, .asked = &asked};
    struct mu_goods goods = {0};
    struct mu_resident person = {0};
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (!only_json(&asked.output))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, "--format");
    if (optind < argc && mu_find_goods(asked.desk, argv[optind], &goods, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (asked.who && mu_find_person(asked.desk, asked.who, &person, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    asked.filter.goods_id = goods.id;
    asked.filter.resident_id = person.id;
    asked.filter.limit = (size_t)asked.limit;
    if (mu_goods_history(asked.desk, &asked.filter, print_move, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return printing.status;
}

/* ---- a table ---- */

struct complaining {
    const struct mu_cli *cli;
    const char *path;
};

static void complain(void *context, unsigned long line, const struct mu_error *why)
{
    const struct complaining *complaining = context;
    char sentence[1024];

    mu_error_text(why, complaining->cli->language, sentence, sizeof sentence);
    fprintf(stderr, "mulin: %s:%lu: %s\n", complaining->path, line, sentence);
}

int mu_cmd_goods_import(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("dry-run", FLAG, trying)};
    static const struct mu_syntax syntax = {"goods import", 1, true, options, COUNT(options)};
    struct asked asked = {0};
    struct complaining complaining = {.cli = cli};
    struct mu_goods_import done;
    struct json_object *object;
    struct mu_error error;
    char number[4][MU_CLI_NUMBER_SIZE];
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (!only_json(&asked.output))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, "--format");
    if (optind >= argc)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "FILE");
    complaining.path = argv[optind];
    if (mu_import_goods(asked.desk, argv[optind], asked.trying, complain, &complaining, &done,
                        &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (asked.output.json) {
        object = mu_json_object();
        mu_json_number(object, "added", (int64_t)done.added);
        mu_json_number(object, "changed", (int64_t)done.changed);
        mu_json_number(object, "same", (int64_t)done.same);
        mu_json_number(object, "stocked", (int64_t)done.stocked);
        mu_json_flag(object, "dry_run", asked.trying);
        return mu_json_print(cli, object);
    }
    mu_cli_number((int64_t)done.added, number[0]);
    mu_cli_number((int64_t)done.changed, number[1]);
    mu_cli_number((int64_t)done.same, number[2]);
    mu_cli_number((int64_t)done.stocked, number[3]);
    mu_cli_say(cli, asked.trying ? MU_SAY_goods_import_tried : MU_SAY_goods_imported, number[0],
               number[1], number[2], number[3], NULL);
    return MU_OK;
}
