#include <mulin/rules.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TEXT_SIZE = 64 * 1024 };

#define CENTRE "centre: {name: 云鹭湾社区党群服务中心, division: \"330205\"}\n"
#define SESSION "{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15.00}"
#define CANTEEN CENTRE "canteen:\n  sessions: [" SESSION "]\n"
/* A book with one tier whose condition follows. */
#define WHEN(condition)                                                                            \
    CANTEEN "  tiers:\n    - {id: t, name: 优惠, off: 1, payer: fund, when: " condition "}\n"

/* Reads a book that must be good. */
static struct mu_rules *good(const char *book)
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;
    char text[1024];

    if (mu_rules_parse(book, strlen(book), &faults, &rules, &error) != MU_OK) {
        for (size_t i = 0; i < faults.count; i++) {
            mu_rules_fault_text(&faults.fault[i], "book", MU_ENGLISH, text, sizeof text);
            print_error("%s\n", text);
        }
        fail();
    }
    assert_int_equal(faults.count, 0);
    assert_null(faults.fault);
    return rules;
}

/* Reads a book of `length` bytes that must be bad; writes its faults, a line each. */
static void bad_bytes(const char *book, size_t length, const char *name, enum mu_language language,
                      char out[TEXT_SIZE])
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;
    size_t used = 0;

    out[0] = '\0';
    assert_int_equal(mu_rules_parse(book, length, &faults, &rules, &error), MU_INPUT);
    assert_null(rules);
    assert_true(faults.count > 0);
    for (size_t i = 0; i < faults.count; i++) {
        mu_rules_fault_text(&faults.fault[i], name, language, out + used, TEXT_SIZE - used);
        used += strlen(out + used);
        out[used++] = '\n';
        out[used] = '\0';
    }
    mu_rules_faults_clear(&faults);
    mu_rules_faults_clear(&faults);
}

/* The book has exactly these faults, in English, each line without the name of the book. */
static void expect_faults(const char *book, size_t length, const char *expected)
{
    char out[TEXT_SIZE];

    bad_bytes(book, length, "b", MU_ENGLISH, out);
    assert_string_equal(out, expected);
}

#define EXPECT(book, expected) expect_faults(book, sizeof(book) - 1, expected)
#define EXPECT_TEXT(book, expected) expect_faults(book, strlen(book), expected)

static void the_issue_s_book_is_read_into_exact_values(void **state)
{
    const char *book = mu_preset_book("yunluwan");
    struct mu_rules *rules = good(book);
    const struct mu_canteen *canteen = &rules->canteen;
    const struct mu_tier *tier = canteen->tiers;
    const struct mu_condition *all;

    (void)state;
    assert_string_equal(rules->centre.name, "云鹭湾社区党群服务中心");
    assert_string_equal(rules->centre.division, "330205");
    assert_int_equal(canteen->session_count, 2);
    assert_string_equal(canteen->sessions[0].id, "lunch");
    assert_string_equal(canteen->sessions[0].name, "午餐");
    assert_int_equal(canteen->sessions[0].from, 10 * 60 + 30);
    assert_int_equal(canteen->sessions[0].to, 13 * 60);
    assert_int_equal(canteen->sessions[0].price.fen, 1500);
    assert_int_equal(canteen->subsidised_per_day, 1);
    assert_int_equal(canteen->void_minutes, 30);

    assert_int_equal(canteen->tier_count, 4);
    assert_string_equal(tier->id, "outdoor");
    assert_string_equal(tier->name, "户外劳动者公益餐");
    assert_int_equal(tier->when.kind, MU_WHEN_OCCUPATION);
    assert_int_equal(tier->when.word_count, 4);
    assert_string_equal(tier->when.words[2], "外卖员");
    assert_int_equal(tier->reduction.kind, MU_REDUCE_PRICE);
    assert_int_equal(tier->reduction.amount.fen, 0);
    assert_int_equal(tier->payers[0].payer, MU_PAYER_CHARITY);
    assert_int_equal(tier->daily_quota, 40);

    all = &tier[1].when;
    assert_int_equal(all->kind, MU_WHEN_ALL);
    assert_int_equal(all->child_count, 2);
    assert_int_equal(all->children[0].kind, MU_WHEN_AGE);
    assert_int_equal(all->children[0].age_from, 60);
    assert_int_equal(all->children[0].age_to, MU_RULE_AGE_OPEN);
    assert_int_equal(all->children[1].kind, MU_WHEN_TAGS);
    assert_string_equal(all->children[1].words[1], "特困");
    assert_int_equal(tier[1].reduction.amount.fen, 200);
    assert_int_equal(tier[1].payers[0].payer, MU_PAYER_WORKSHOP);
    assert_int_equal(tier[1].daily_quota, 0);

    assert_int_equal(tier[2].reduction.kind, MU_REDUCE_OFF);
    assert_int_equal(tier[2].reduction.amount.fen, 700);
    assert_int_equal(tier[2].when.age_from, 80);
    assert_int_equal(tier[3].reduction.amount.fen, 300);
    assert_int_equal(tier[3].payers[0].payer, MU_PAYER_SUBSIDY);

    assert_ptr_equal(mu_rules_session(rules, "dinner"), &canteen->sessions[1]);
    assert_null(mu_rules_session(rules, "breakfast"));
    assert_ptr_equal(mu_rules_tier(rules, "tier-80"), &tier[2]);
    assert_null(mu_rules_tier(rules, ""));
    mu_rules_free(&rules);
    assert_null(rules);
    mu_rules_free(&rules);
}

static void a_session_is_open_from_its_first_minute_up_to_its_last(void **state)
{
    struct mu_rules *rules = good(CANTEEN);

    (void)state;
    assert_null(mu_rules_session_at(rules, 10 * 60 + 29));
    assert_non_null(mu_rules_session_at(rules, 10 * 60 + 30));
    assert_non_null(mu_rules_session_at(rules, 12 * 60 + 59));
    assert_null(mu_rules_session_at(rules, 13 * 60));
    mu_rules_free(&rules);
}

static void a_book_without_tiers_and_limits_has_the_usual_limits(void **state)
{
    struct mu_rules *rules = good(CANTEEN);

    (void)state;
    assert_int_equal(rules->canteen.tier_count, 0);
    assert_int_equal(rules->canteen.subsidised_per_day, 1);
    assert_int_equal(rules->canteen.void_minutes, 30);
    mu_rules_free(&rules);
}

static void amounts_are_read_to_the_fen(void **state)
{
    static const struct {
        const char *written;
        int64_t fen;
    } rows[] = {{"7", 700},         {"0.50", 50}, {"7.5", 750}, {"15.00", 1500},
                {"10000", 1000000}, {"0", 0},     {"'3'", 300}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char book[1024];
        struct mu_rules *rules;

        snprintf(book, sizeof book,
                 CANTEEN "  tiers:\n    - {id: t, name: 优惠, off: %s, payer: fund}\n",
                 rows[i].written);
        rules = good(book);
        assert_int_equal(rules->canteen.tiers->reduction.amount.fen, rows[i].fen);
        mu_rules_free(&rules);
    }
}

static void percentages_are_read_to_the_hundredth(void **state)
{
    static const struct {
        const char *written;
        int basis_points;
    } rows[] = {{"20%", 2000}, {"0%", 0}, {"100%", 10000}, {"33.33%", 3333}, {"12.5%", 1250}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char book[1024];
        struct mu_rules *rules;

        snprintf(book, sizeof book,
                 CANTEEN "  tiers:\n    - {id: t, name: 优惠, off: %s, payer: fund}\n",
                 rows[i].written);
        rules = good(book);
        assert_int_equal(rules->canteen.tiers->reduction.kind, MU_REDUCE_SHARE);
        assert_int_equal(rules->canteen.tiers->reduction.basis_points, rows[i].basis_points);
        mu_rules_free(&rules);
    }
}

static void several_keys_of_a_condition_all_have_to_hold(void **state)
{
    struct mu_rules *rules =
        good(WHEN("{age: {from: 60, to: 79}, sex: 女, not: {any: [{residence: migrant}, "
                  "{occupancy: [民宿, 闲置]}]}}"));
    const struct mu_condition *when = &rules->canteen.tiers->when;

    (void)state;
    assert_int_equal(when->kind, MU_WHEN_ALL);
    assert_int_equal(when->child_count, 3);
    assert_int_equal(when->children[0].age_to, 79);
    assert_int_equal(when->children[1].kind, MU_WHEN_SEX);
    assert_int_equal(when->children[1].sex, MU_SEX_FEMALE);
    assert_int_equal(when->children[2].kind, MU_WHEN_NOT);
    assert_int_equal(when->children[2].child_count, 1);
    when = when->children[2].children;
    assert_int_equal(when->kind, MU_WHEN_ANY);
    assert_string_equal(when->children[0].words[0], "migrant");
    assert_int_equal(when->children[1].word_count, 2);
    mu_rules_free(&rules);
}

static void words_for_the_sexes_are_chinese_or_english(void **state)
{
    static const char *const books[] = {WHEN("{sex: 男}"), WHEN("{sex: male}"), WHEN("{sex: 女}"),
                                        WHEN("{sex: female}")};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct mu_rules *rules = good(books[i]);

        assert_int_equal(rules->canteen.tiers->when.sex, i < 2 ? MU_SEX_MALE : MU_SEX_FEMALE);
        mu_rules_free(&rules);
    }
}

static void windows_line_ends_and_a_byte_order_mark_do_no_harm(void **state)
{
    struct mu_rules *rules =
        good("\xEF\xBB\xBF# 规则\r\n" CENTRE "canteen:\r\n  sessions:\r\n    - " SESSION "\r\n");

    (void)state;
    assert_int_equal(rules->canteen.session_count, 1);
    mu_rules_free(&rules);
    EXPECT(
        "\xEF\xBB\xBF# 规则\r\n" CENTRE "kanteen: 1\r\n",
        "b:2:1: canteen is missing: write for example canteen: {sessions: [...]}\n"
        "b:3:1: kanteen: unknown key: allowed are centre, canteen, register, points, mediation\n");
}

static char *read_file(const char *name, size_t *length)
{
    static char text[TEXT_SIZE];
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, MULIN_TEST_DATA "/rules/%s", name);
    file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    *length = fread(text, 1, sizeof text - 1, file);
    text[*length] = '\0';
    fclose(file);
    return text;
}

/* BOOK.yaml has exactly the faults that BOOK.faults.zh and BOOK.faults.en list. */
static void expect_listed(const char *stem)
{
    static const char *const endings[] = {"zh", "en"};

    for (int language = MU_CHINESE; language <= MU_ENGLISH; language++) {
        char book[64], list[64], out[TEXT_SIZE];
        const char *text;
        size_t length;

        snprintf(book, sizeof book, "%s.yaml", stem);
        snprintf(list, sizeof list, "%s.faults.%s", stem, endings[language]);
        text = read_file(book, &length);
        bad_bytes(text, length, book, (enum mu_language)language, out);
        assert_string_equal(out, read_file(list, &length));
    }
}

static void every_fault_of_a_book_is_listed_at_once(void **state)
{
    (void)state;
    expect_listed("many");
}

static void a_shape_that_is_none_is_told_with_an_example(void **state)
{
    (void)state;
    expect_listed("shapes");
}

static void payers_who_leave_something_unpaid_are_told(void **state)
{
    (void)state;
    expect_listed("payers");
}

static void anchors_aliases_and_tags_are_refused(void **state)
{
    (void)state;
    expect_listed("bomb");
}

static void hidden_and_controlling_characters_are_refused(void **state)
{
    (void)state;
    expect_listed("hidden");
    EXPECT("centre: \x1b[2J\n\nx: \x7f\n",
           "b:1:9: the character U+001B is not allowed (invisible, changes the direction of text, "
           "or controls the terminal): delete it\n"
           "b:3:4: the character U+007F is not allowed (invisible, changes the direction of text, "
           "or controls the terminal): delete it\n");
    EXPECT("cent\0re: 1\n",
           "b:1:5: the character U+0000 is not allowed (invisible, changes the direction of text, "
           "or controls the terminal): delete it\n");
}

static void what_is_not_utf8_is_told_at_its_place(void **state)
{
    (void)state;
    EXPECT("# 规则\ncentre: {name: \xd4\xc6}\n",
           "b:2:16: this is not UTF-8 text: save the file in the encoding UTF-8\n");
    EXPECT("centre: 云\xe9\xb9",
           "b:1:10: this is not UTF-8 text: save the file in the encoding UTF-8\n");
}

static void an_empty_book_is_told(void **state)
{
    const char *empty = "b:1:1: the book is empty: the sections centre and canteen are needed\n";

    (void)state;
    EXPECT("", empty);
    EXPECT("\n# nothing yet\n", empty);
    EXPECT("---\n", "b:2:1: keys and values are wanted here: allowed keys are centre, canteen, "
                    "register, points, mediation\n");
    EXPECT("[a]", "b:1:1: keys and values are wanted here: allowed keys are centre, canteen, "
                  "register, points, mediation\n");
}

static void a_second_document_is_refused_and_the_first_still_checked(void **state)
{
    (void)state;
    EXPECT(CANTEEN "  limits: {void_minutes: -1}\n---\n" CANTEEN,
           "b:4:26: canteen.limits.void_minutes: '-1' is not a whole number: write one from 0 to "
           "1440\n"
           "b:5:1: a second document begins here: a file holds one; delete the line --- and what "
           "follows\n");
}

static void broken_yaml_is_told_in_our_words(void **state)
{
    static const struct {
        const char *book, *fault;
    } rows[] = {
        {"centre:\n\tname: x\n", "b:2:1: centre: a tab where the line is indented: use blanks\n"},
        {"centre: {name: \"x}\n", "b:2:1: centre.name: the quote at line 1, column 16 is not "
                                  "closed: add the closing quote\n"},
        {"centre: [a, b\ncanteen: 1\n", "b:2:8: centre[2]: the [ at line 1, column 9 is still open "
                                        "here: a comma or ] is missing\n"},
        {"centre: {name: x\n",
         "b:2:1: centre: the { at line 1, column 9 is still open here: a comma or } is missing\n"},
        {"centre: {name: x, , }\n", "b:1:19: centre: something is missing here: write a value, or "
                                    "delete the comma or bracket\n"},
        {"centre: name: x\n", "b:1:13: no colon may stand here: mind the indentation; quote a text "
                              "that holds a colon\n"},
        {"centre\ncanteen: 1\n",
         "b:2:8: no colon may stand here: mind the indentation; quote a text that holds a colon\n"},
        {"centre: 1\ncanteen\n",
         "b:3:1: a colon is missing here: a key is followed by a colon and a blank\n"},
        {"centre:\n   name: x\n  division: 1\n",
         "b:3:3: this does not continue what stands before: mind the indentation; one level is "
         "aligned\n"},
        {"centre: @x\n",
         "b:1:9: centre: no value begins with this character: quote the whole text\n"},
        {"centre: \"\\q\"\n",
         "b:1:10: centre: an unknown escape: write a backslash inside quotes as \\\\\n"},
        {"centre: !<x\n",
         "b:1:12: centre: tags (!) are not allowed: delete it; quote a text that begins "
         "with !\n"},
        {"centre: & x\n",
         "b:1:10: centre: anchors (&) are not allowed: write the content out; quote a "
         "text that begins with &\n"},
        {"centre: * x\n",
         "b:1:10: centre: aliases (*) are not allowed: write the content out; quote a "
         "text that begins with *\n"},
        {"%YAML 3\n---\n", "b:1:8: this is not well-formed YAML: compare the examples in "
                           "mulin-rules(5)\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_TEXT(rows[i].book, rows[i].fault);
}

static void escapes_cannot_write_what_the_text_may_not_hold(void **state)
{
    static const char *const escapes[] = {"\\0", "\\e", "\\x9b", "\\u202e", "\\u200B", "\\uFEFF"};
    static const char *const codes[] = {"0000", "001B", "009B", "202E", "200B", "FEFF"};

    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char book[512], expected[512];

        snprintf(book, sizeof book,
                 "centre: {name: \"a%sb\", division: 330205}\ncanteen: {sessions: [%s]}\n",
                 escapes[i], SESSION);
        snprintf(expected, sizeof expected,
                 "b:1:16: centre.name: the character U+%s is not allowed (invisible, changes the "
                 "direction of text, or controls the terminal): delete it\n",
                 codes[i]);
        EXPECT_TEXT(book, expected);
    }
}

static void texts_keep_their_bytes_and_have_an_end(void **state)
{
    struct mu_rules *rules;
    char book[1024], name[128] = "";

    (void)state;
    for (size_t i = 0; i < 31; i++)
        memcpy(name + 3 * i, "鹭", 4);
    snprintf(book, sizeof book,
             "centre: {name: %sx, division: 330205}\ncanteen: {sessions: [%s]}\n", name, SESSION);
    rules = good(book);
    assert_memory_equal(rules->centre.name, name, 93);
    mu_rules_free(&rules);
    snprintf(book, sizeof book,
             "centre: {name: %s湾, division: 330205}\ncanteen: {sessions: [%s]}\n", name, SESSION);
    expect_faults(
        book, strlen(book),
        "b:1:16: centre.name: '鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭鹭…' is "
        "too long: at "
        "most 95 bytes, which are 31 Chinese characters\n");
}

static void a_book_over_64_kib_is_refused(void **state)
{
    static char book[MU_RULES_LIMIT + 2];
    struct mu_rules *rules = NULL;
    struct mu_rules_faults faults;
    size_t used = strlen(CANTEEN);

    (void)state;
    memset(book, '#', sizeof book);
    memcpy(book, CANTEEN, used);
    assert_int_equal(mu_rules_parse(book, MU_RULES_LIMIT, &faults, &rules, NULL), MU_OK);
    mu_rules_free(&rules);
    expect_faults(book, MU_RULES_LIMIT + 1,
                  "b:1:1: the book is too large: at most 65536 bytes are allowed\n");
}

/* A book whose one condition is `levels` deep. */
static void nest(char *book, int levels)
{
    book += sprintf(book, CANTEEN "  tiers: [{id: t, name: t, off: 1, payer: fund, when: ");
    for (int level = 1; level < levels; level++)
        book += sprintf(book, "{not: ");
    book += sprintf(book, "{sex: 男");
    for (int level = 0; level < levels; level++)
        book += sprintf(book, "}");
    sprintf(book, "}]\n");
}

static void sixteen_levels_are_enough(void **state)
{
    const int above = 4; /* the book, the canteen, the list, the tier */
    char book[1024];
    struct mu_rules *rules;

    (void)state;
    nest(book, MU_RULES_DEPTH - above);
    rules = good(book);
    mu_rules_free(&rules);
    nest(book, MU_RULES_DEPTH - above + 1);
    EXPECT_TEXT(book, "b:4:127: canteen.tiers[0].when.not.not.not.not.not.not.not.not.not.not.not."
                      "not: nested too deeply: at most 16 levels are allowed\n");
}

/* 64 KiB of each of these made YAML libraries take seconds or run out of stack. */
static void hostile_repetition_ends_soon(void **state)
{
    static const char *const patterns[] = {
        "[",   "{",   "[\n", "- ",    "? ",  "a: ",   "[],",     "{a,",     "a,", "&a ",
        "*a ", "!a ", "a\n", "- a\n", "- ?", "---\n", "\"a\": ", "{},{}\n", "\t", "#\n"};

    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        static char book[MU_RULES_LIMIT];
        static char out[TEXT_SIZE];
        size_t step = strlen(patterns[i]);
        clock_t start = clock();

        for (size_t used = 0; used < sizeof book; used++)
            book[used] = patterns[i][used % step];
        bad_bytes(book, sizeof book, "b", MU_ENGLISH, out);
        if ((clock() - start) * 2 > CLOCKS_PER_SEC)
            fail_msg("64 KiB of '%s' took more than half a second", patterns[i]);
    }
}

static void of_many_faults_the_first_hundred_are_kept(void **state)
{
    char book[8192] = CANTEEN;
    size_t used = strlen(book);
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;
    char text[256];

    (void)state;
    for (int i = 0; i < 250; i++)
        used += (size_t)sprintf(book + used, "k%d: 1\n", i);
    assert_int_equal(mu_rules_parse(book, used, &faults, &rules, &error), MU_INPUT);
    assert_int_equal(faults.count, 100);
    assert_int_equal(faults.more, 150);
    assert_int_equal(faults.fault[0].line, 4);
    assert_int_equal(faults.fault[99].line, 103);
    assert_string_equal(faults.fault[99].path, "k99");
    mu_error_text(&error, MU_ENGLISH, text, sizeof text);
    assert_string_equal(text,
                        "the rule book was not taken: it has 250 faults: mend them as listed");
    mu_rules_faults_clear(&faults);
}

static void a_hostile_file_name_cannot_reach_the_terminal(void **state)
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    char text[256], small[8];

    (void)state;
    assert_int_equal(mu_rules_parse("", 0, &faults, &rules, NULL), MU_INPUT);
    mu_rules_fault_text(faults.fault, "a\x1b[31m", MU_ENGLISH, text, sizeof text);
    assert_string_equal(text, "a?[31m:1:1: the book is empty: the sections centre and canteen are "
                              "needed");
    mu_rules_fault_text(faults.fault, "规则书", MU_ENGLISH, small, sizeof small);
    assert_string_equal(small, "规则");
    mu_rules_faults_clear(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_issue_s_book_is_read_into_exact_values),
        cmocka_unit_test(a_session_is_open_from_its_first_minute_up_to_its_last),
        cmocka_unit_test(a_book_without_tiers_and_limits_has_the_usual_limits),
        cmocka_unit_test(amounts_are_read_to_the_fen),
        cmocka_unit_test(percentages_are_read_to_the_hundredth),
        cmocka_unit_test(several_keys_of_a_condition_all_have_to_hold),
        cmocka_unit_test(words_for_the_sexes_are_chinese_or_english),
        cmocka_unit_test(windows_line_ends_and_a_byte_order_mark_do_no_harm),
        cmocka_unit_test(every_fault_of_a_book_is_listed_at_once),
        cmocka_unit_test(a_shape_that_is_none_is_told_with_an_example),
        cmocka_unit_test(payers_who_leave_something_unpaid_are_told),
        cmocka_unit_test(anchors_aliases_and_tags_are_refused),
        cmocka_unit_test(hidden_and_controlling_characters_are_refused),
        cmocka_unit_test(what_is_not_utf8_is_told_at_its_place),
        cmocka_unit_test(an_empty_book_is_told),
        cmocka_unit_test(a_second_document_is_refused_and_the_first_still_checked),
        cmocka_unit_test(broken_yaml_is_told_in_our_words),
        cmocka_unit_test(escapes_cannot_write_what_the_text_may_not_hold),
        cmocka_unit_test(texts_keep_their_bytes_and_have_an_end),
        cmocka_unit_test(a_book_over_64_kib_is_refused),
        cmocka_unit_test(sixteen_levels_are_enough),
        cmocka_unit_test(hostile_repetition_ends_soon),
        cmocka_unit_test(of_many_faults_the_first_hundred_are_kept),
        cmocka_unit_test(a_hostile_file_name_cannot_reach_the_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
