#include "cli/command.h"
#include "cli/json.h"

#include <mulin/desk/menu.h>

#include <string.h>

struct asked {
    const char *command, *session;
    struct mu_date date; /* tomorrow, when none was given */
    enum mu_format format;
};

/* Options; operands stand behind optind. 0, or the exit status after the complaint. */
static int read_asked(struct mu_cli *cli, int argc, char **argv, struct asked *asked,
                      struct mu_desk **desk)
{
    static const struct option options[] = {{"session", required_argument, NULL, 's'},
                                            {"date", required_argument, NULL, 'd'},
                                            {"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct mu_error error;
    bool show = strcmp(asked->command, "menu show") == 0;
    int option;

    if (mu_cli_desk(cli, desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    asked->date = mu_date_add_days(mu_desk_now(*desk).date, 1);
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        bool good =
            option == 's' ||
            (option == 'd' && mu_date_parse(optarg, mu_desk_now(*desk).date, &asked->date)) ||
            (option == 'f' && show && mu_format_from_word(optarg, &asked->format));

        if (!good)
            return mu_cli_misuse(cli, asked->command, MU_SAY_error_option, argv[optind - 1]);
        if (option == 's')
            asked->session = optarg;
    }
    return MU_OK;
}

static int print(const struct mu_cli *cli, enum mu_format format, const struct mu_menu *menu)
{
    char day[MU_DATE_SIZE], line[MU_DISH_LINE_SIZE], words[MU_DIET_WORDS_SIZE];
    struct json_object *object, *dishes;

    mu_date_format(menu->date, day);
    if (format == MU_FORMAT_TEXT) {
        if (!menu->count)
            mu_cli_say(cli, MU_SAY_menu_empty, day, NULL);
        for (size_t i = 0; i < menu->count; i++) {
            mu_dish_write(&menu->dish[i], cli->language, line);
            mu_cli_column(stdout, line, 0);
            putchar('\n');
        }
        return MU_OK;
    }
    object = mu_json_object();
    dishes = mu_json_array();
    mu_json_text(object, "date", day);
    mu_json_text(object, "session", menu->session);
    for (size_t i = 0; i < menu->count; i++) {
        struct json_object *dish = mu_json_object();

        mu_json_text(dish, "name", menu->dish[i].name);
        mu_diet_words(menu->dish[i].marks, true, MU_CHINESE, words);
        mu_json_text(dish, "marks", words);
        mu_json_append(dishes, dish);
    }
    mu_json_add(object, "dishes", dishes);
    return mu_json_print(cli, object);
}

int mu_cmd_menu_show(struct mu_cli *cli, int argc, char **argv)
{
    struct asked asked = {.command = "menu show"};
    struct mu_menu menu;
    struct mu_desk *desk;
    struct mu_error error;
    int status = read_asked(cli, argc, argv, &asked, &desk);

    if (status != MU_OK)
        return status;
    if (optind < argc)
        return mu_cli_misuse(cli, asked.command, MU_SAY_error_operand, argv[optind]);
    if (mu_read_menu(desk, asked.date, asked.session, &menu, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print(cli, asked.format, &menu);
}

int mu_cmd_menu_set(struct mu_cli *cli, int argc, char **argv)
{
    struct asked asked = {.command = "menu set"};
    struct mu_menu menu;
    struct mu_desk *desk;
    struct mu_error error;
    int status = read_asked(cli, argc, argv, &asked, &desk);

    if (status != MU_OK)
        return status;
    if (optind == argc)
        return mu_cli_misuse(cli, asked.command, MU_SAY_error_operand_missing, "DISH");
    if (argc - optind > MU_MENU_DISHES)
        return mu_cli_misuse(cli, asked.command, MU_SAY_error_operand,
                             argv[optind + MU_MENU_DISHES]);
    if (mu_read_menu(desk, asked.date, asked.session, &menu, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    for (menu.count = 0; optind < argc; optind++)
        if (mu_dish_read(argv[optind], &menu.dish[menu.count++], &error) != MU_OK)
            return mu_cli_fail(cli, &error);
    if (mu_save_menu(desk, &menu, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print(cli, MU_FORMAT_TEXT, &menu);
}

int mu_cmd_menu_copy(struct mu_cli *cli, int argc, char **argv)
{
    struct asked asked = {.command = "menu copy"};
    struct mu_menu menu;
    struct mu_date from;
    struct mu_desk *desk;
    struct mu_error error;
    int status = read_asked(cli, argc, argv, &asked, &desk);

    if (status != MU_OK)
        return status;
    if (argc - optind != 1)
        return mu_cli_misuse(cli, asked.command,
                             argc == optind ? MU_SAY_error_operand_missing : MU_SAY_error_operand,
                             argc == optind ? "FROM" : argv[optind + 1]);
    if (!mu_date_parse(argv[optind], mu_desk_now(desk).date, &from))
        return mu_cli_misuse(cli, asked.command, MU_SAY_error_operand_date, argv[optind]);
    if (mu_copy_menu(desk, from, asked.date, asked.session, &menu, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print(cli, MU_FORMAT_TEXT, &menu);
}
