#include "base/growing.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/stop.h"

#include <mulin/base/codes.h>
#include <mulin/desk/audit.h>
#include <mulin/desk/twin.h>

#include <stdlib.h>
#include <string.h>

enum { SLICE = 200, WORDS_SIZE = 512 };

struct listing {
    struct mu_cli *cli;
    enum mu_format format;
    struct mu_twin_pair *pair; /* of one slice: nothing is printed while the records are read */
    size_t count, room, printed;
    bool no_memory;
};

static bool keep_pair(void *context, const struct mu_twin_pair *pair)
{
    struct listing *listing = context;
    struct mu_twin_pair *more =
        mu_grown(listing->pair, listing->count, &listing->room, sizeof *more);

    if (!more) {
        listing->no_memory = true;
        return false;
    }
    listing->pair = more;
    listing->pair[listing->count++] = *pair;
    return true;
}

static struct json_object *file_to_json(const struct mu_resident *resident)
{
    struct json_object *object = json_object_new_object();
    char address[MU_ADDRESS_SIZE], birth[MU_DATE_SIZE];

    mu_resident_address(resident, address);
    mu_date_format(resident->birth_date, birth);
    mu_json_number(object, "id", resident->id);
    mu_json_text(object, "name", resident->name);
    mu_json_text(object, "birth_date", birth);
    mu_json_text(object, "id_number", resident->id_number);
    mu_json_text(object, "phone", resident->phone);
    mu_json_text(object, "address", address);
    return object;
}

static int print_json(const struct listing *listing, const struct mu_twin_pair *pair)
{
    struct json_object *object = json_object_new_object(), *reasons = json_object_new_array();

    json_object_object_add(object, "first", file_to_json(&pair->first));
    json_object_object_add(object, "second", file_to_json(&pair->second));
    for (unsigned reason = MU_TWIN_ID; reason <= MU_TWIN_PHONE_SURNAME; reason <<= 1)
        if (pair->reasons & reason) {
            char words[WORDS_SIZE];

            mu_twin_words(reason, MU_ENGLISH, words, sizeof words);
            json_object_array_add(reasons, json_object_new_string(words));
        }
    json_object_object_add(object, "reasons", reasons);
    return mu_json_print(listing->cli, object);
}

static void print_file(const struct mu_resident *resident)
{
    char number[MU_CLI_NUMBER_SIZE], birth[MU_DATE_SIZE];

    mu_cli_number(resident->id, number);
    mu_date_format(resident->birth_date, birth);
    mu_cli_column(stdout, number, 7);
    mu_cli_column(stdout, resident->name, 8);
    mu_cli_column(stdout, birth, 10);
}

static int print_pairs(struct listing *listing)
{
    int status = MU_OK;

    for (size_t i = 0; i < listing->count && status == MU_OK; i++) {
        const struct mu_twin_pair *pair = &listing->pair[i];
        char words[WORDS_SIZE];

        if (listing->format == MU_FORMAT_JSON) {
            status = print_json(listing, pair);
            continue;
        }
        print_file(&pair->first);
        print_file(&pair->second);
        mu_twin_words(pair->reasons, listing->cli->language, words, sizeof words);
        mu_cli_column(stdout, words, 0);
        putchar('\n');
    }
    listing->printed += listing->count;
    listing->count = 0;
    return status;
}

/* Everybody, slice by slice. */
static int list_all(struct listing *listing, struct mu_desk *desk)
{
    struct mu_twin_walk walk = {0};
    struct mu_error error;
    int status = MU_OK;

    mu_stop_catch();
    while (!walk.ended && status == MU_OK) {
        if (mu_walk_twins(desk, &walk, SLICE, keep_pair, listing, &error) != MU_OK)
            return mu_cli_fail(listing->cli, &error);
        if (listing->no_memory)
            return mu_cli_fail(listing->cli, (mu_fail_memory(&error), &error));
        status = print_pairs(listing);
        if (mu_stop_wanted())
            return MU_REFUSED;
    }
    return status;
}

struct twins_of {
    struct listing *listing;
    struct mu_resident resident;
};

static bool keep_twin(void *context, const struct mu_resident *other, unsigned reasons)
{
    struct twins_of *of = context;
    const struct mu_twin_pair pair = {reasons, of->resident, *other};

    return keep_pair(of->listing, &pair);
}

static int list_one(struct listing *listing, struct mu_desk *desk, long long id)
{
    struct twins_of of = {listing, {0}};
    struct mu_error error;

    if (mu_read_resident(desk, id, &of.resident, &error) != MU_OK ||
        mu_find_twins(desk, &of.resident, keep_twin, &of, &error) != MU_OK)
        return mu_cli_fail(listing->cli, &error);
    if (listing->no_memory)
        return mu_cli_fail(listing->cli, (mu_fail_memory(&error), &error));
    return print_pairs(listing);
}

static bool print_verdict(void *context, const struct mu_twin_verdict *verdict)
{
    struct listing *listing = context;
    char number[MU_CLI_NUMBER_SIZE], moment[MU_MOMENT_SIZE];

    listing->printed++;
    if (listing->format == MU_FORMAT_JSON) {
        struct json_object *object = json_object_new_object();

        mu_moment_format(verdict->decided_at, moment);
        mu_json_number(object, "first", verdict->first_id);
        mu_json_number(object, "second", verdict->second_id);
        mu_json_choice(object, "verdict", &mu_verdicts, (int)verdict->verdict);
        mu_json_reference(object, "leading", verdict->leading);
        mu_json_text(object, "reason", verdict->reason);
        mu_json_text(object, "operator", verdict->operator_name);
        mu_json_text(object, "decided_at", moment);
        mu_json_flag(object, "ended", verdict->ended);
        return mu_json_print(listing->cli, object) == MU_OK;
    }
    snprintf(number, sizeof number, "%lld%s", (long long)verdict->first_id,
             verdict->leading == verdict->first_id ? "*" : "");
    mu_cli_column(stdout, number, 7);
    mu_cli_column(stdout, verdict->first_name, 8);
    snprintf(number, sizeof number, "%lld%s", (long long)verdict->second_id,
             verdict->leading == verdict->second_id ? "*" : "");
    mu_cli_column(stdout, number, 7);
    mu_cli_column(stdout, verdict->second_name, 8);
    mu_cli_column(stdout,
                  verdict->ended
                      ? mu_message_text(MU_SAY_twin_taken_back, listing->cli->language)
                      : mu_choice_word(&mu_verdicts, (int)verdict->verdict, listing->cli->language),
                  10);
    mu_cli_minute(verdict->decided_at, moment);
    mu_cli_column(stdout, moment, 16);
    mu_cli_column(stdout, verdict->operator_name, 10);
    mu_cli_column(stdout, verdict->reason, 0);
    putchar('\n');
    return true;
}

static int list_verdicts(struct listing *listing, struct mu_desk *desk, enum mu_verdict verdict)
{
    struct mu_error error;

    if (mu_list_verdicts(desk, verdict, print_verdict, listing, &error) != MU_OK)
        return mu_cli_fail(listing->cli, &error);
    return MU_OK;
}

int mu_cmd_twin_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"linked", no_argument, NULL, MU_ONE_PERSON},
                                            {"different", no_argument, NULL, MU_TWO_PEOPLE},
                                            {"decided", no_argument, NULL, 'd'},
                                            {"format", required_argument, NULL, 'o'},
                                            {NULL, 0, NULL, 0}};
    struct listing listing = {.cli = cli};
    enum mu_verdict verdict = MU_VERDICT_NONE;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    long long id = 0;
    bool decided = false;
    int option, status;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == MU_ONE_PERSON || option == MU_TWO_PEOPLE)
            verdict = (enum mu_verdict)option;
        else if (option == 'd')
            decided = true;
        else if (option != 'o' || !mu_format_from_word(optarg, &listing.format))
            return mu_cli_misuse(cli, "twin list", MU_SAY_error_option, argv[optind - 1]);
    }
    if (optind < argc && !mu_number_from_text(argv[optind++], &id))
        return mu_cli_misuse(cli, "twin list", MU_SAY_error_operand_number, argv[optind - 1]);
    decided |= verdict != MU_VERDICT_NONE;
    if (optind < argc || (id && decided))
        return mu_cli_misuse(cli, "twin list", MU_SAY_error_operand,
                             argv[optind - (id && decided)]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = decided ? list_verdicts(&listing, desk, verdict)
             : id    ? list_one(&listing, desk, id)
                     : list_all(&listing, desk);
    free(listing.pair);
    if (status == MU_OK && !listing.printed)
        mu_cli_note(cli, MU_SAY_twins_none, NULL);
    return status;
}

/* What the commands about two files are given. */
struct two {
    long long first, second; /* 0: not given */
    const char *reason;
    bool withdraw;
};

static int read_two(struct mu_cli *cli, const char *command, int argc, char **argv, int operands,
                    bool withdraws, struct two *out)
{
    static const struct option options[] = {{"reason", required_argument, NULL, 'r'},
                                            {"withdraw", no_argument, NULL, 'w'},
                                            {NULL, 0, NULL, 0}};
    long long *number[] = {&out->first, &out->second};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'r' && operands == 2)
            out->reason = optarg;
        else if (option == 'w' && withdraws)
            out->withdraw = true;
        else
            return mu_cli_misuse(cli, command, MU_SAY_error_option, argv[optind - 1]);
    }
    for (int i = 0; i < operands; i++) {
        if (optind == argc)
            return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "ID");
        if (!mu_number_from_text(argv[optind++], number[i]))
            return mu_cli_misuse(cli, command, MU_SAY_error_operand_number, argv[optind - 1]);
    }
    return optind == argc ? MU_OK : mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[optind]);
}

int mu_cmd_twin_link(struct mu_cli *cli, int argc, char **argv)
{
    struct two two = {0};
    struct mu_resident other;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    char leading[MU_CLI_NUMBER_SIZE], number[MU_CLI_NUMBER_SIZE];
    int status = read_two(cli, "twin link", argc, argv, 2, false, &two);

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_link_twins(desk, two.first, two.second, two.reason, &error) != MU_OK ||
        mu_read_resident(desk, two.second, &other, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_number(two.first, leading);
    mu_cli_number(two.second, number);
    mu_cli_say(cli, MU_SAY_twin_linked, other.name, number, leading, NULL);
    return MU_OK;
}

int mu_cmd_twin_unlink(struct mu_cli *cli, int argc, char **argv)
{
    struct two two = {0};
    struct mu_twin_since since;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    char leading[MU_CLI_NUMBER_SIZE], number[MU_CLI_NUMBER_SIZE], words[2 * WORDS_SIZE];
    int status = read_two(cli, "twin unlink", argc, argv, 1, false, &two);

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_unlink_twin(desk, two.first, &since, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_number(since.leading, leading);
    mu_cli_number(since.other, number);
    mu_cli_say(cli, MU_SAY_twin_unlinked, since.other_name, number, leading, NULL);
    mu_twin_since_words(&since, cli->language, words, sizeof words);
    puts(words);
    return MU_OK;
}

int mu_cmd_twin_different(struct mu_cli *cli, int argc, char **argv)
{
    struct two two = {0};
    struct mu_resident first, second;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    char numbers[2][MU_CLI_NUMBER_SIZE];
    int status = read_two(cli, "twin different", argc, argv, 2, true, &two);

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_resident(desk, two.first, &first, &error) != MU_OK ||
        mu_read_resident(desk, two.second, &second, &error) != MU_OK ||
        (two.withdraw
             ? mu_withdraw_different(desk, two.first, two.second, &error)
             : mu_declare_different(desk, two.first, two.second, two.reason, &error)) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_number(two.first, numbers[0]);
    mu_cli_number(two.second, numbers[1]);
    mu_cli_say(cli, two.withdraw ? MU_SAY_twin_different_back : MU_SAY_twin_different, first.name,
               numbers[0], second.name, numbers[1], NULL);
    return MU_OK;
}
