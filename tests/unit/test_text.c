#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <mulin/base/text.h>
#include <string.h>

enum { ROUNDS = 3000, RUNES = 24 };

/* A small generator of one's own, so that a failure can be repeated. */
static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static uint32_t random_rune(uint32_t *seed)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x20, 0x7E},       {0x4E00, 0x9FFF},   {0x300, 0x36F},     {0x20000, 0x2A6DF},
        {0x30000, 0x323AF}, {0x1F300, 0x1FAFF}, {0x1F1E6, 0x1F1FF}, {0xFE00, 0xFE0F},
        {0xE0100, 0xE01EF}, {0x200B, 0x200F},   {0xFF01, 0xFF9F},   {0x1100, 0x11FF},
        {0x900, 0x97F},     {0x01, 0x1F},       {0x2500, 0x257F},   {0x600, 0x6FF},
    };
    uint32_t pick = next_random(seed) % (sizeof ranges / sizeof *ranges);

    return ranges[pick].first + next_random(seed) % (ranges[pick].last - ranges[pick].first + 1);
}

static void random_text(char out[RUNES * 4 + 1], uint32_t *seed)
{
    size_t used = 0, count = next_random(seed) % RUNES;

    out[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += mu_text_encode(random_rune(seed), out + used);
}

static void a_cut_text_never_takes_more_cells_nor_half_a_cluster(void **state)
{
    char text[RUNES * 4 + 1];
    uint32_t seed = 20261122;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int room = (int)(next_random(&seed) % 20), used, width;
        size_t bytes, at = 0, step;

        random_text(text, &seed);
        bytes = mu_text_fit(text, room, &used);
        assert_true(used <= room);
        for (int cells = 0; at < bytes; at += step, cells += width) {
            step = mu_text_cluster(text + at, &width);
            assert_in_range(width, 1, 2);
            assert_true(cells + width <= used);
        }
        assert_int_equal(at, bytes); /* the cut is between clusters */
        step = mu_text_cluster(text + bytes, &width);
        assert_true(step == 0 || used + width > room); /* and no later one would do */
        assert_int_equal(mu_text_fit(text, 1000, &used), strlen(text));
        assert_int_equal(mu_text_cells(text), used);
    }
}

static void bytes_that_are_no_text_are_walked_over_safely(void **state)
{
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char bytes[33], inert[65], clean[65];
        size_t length = next_random(&seed) % 32, walked = 0, step;
        uint32_t rune;

        for (size_t i = 0; i < length; i++)
            bytes[i] = (char)(1 + next_random(&seed) % 255);
        bytes[length] = '\0';
        while ((step = mu_text_rune(bytes + walked, &rune)) > 0)
            walked += step;
        assert_int_equal(walked, length);
        assert_int_equal(mu_text_fit(bytes, 1000, NULL), length);
        mu_text_inert(inert, sizeof inert, bytes);
        assert_int_equal(mu_text_check(inert, false), MU_TEXT_GOOD);
        assert_int_equal(mu_text_clean(clean, sizeof clean, bytes, false),
                         mu_text_valid(bytes, length));
        assert_int_equal(mu_text_check(clean, false), MU_TEXT_GOOD);
    }
}

static void a_cluster_takes_the_cells_of_a_terminal(void **state)
{
    static const struct {
        const char *text;
        int cells;
    } widths[] = {
        {"a", 1},
        {"é", 1},
        {"e\u0301", 1},
        {"中", 2},
        {"〇", 2},
        {"Ａ", 2},
        {"─", 1}, /* ambiguous */
        {"“", 1},
        {"①", 1},
        {"·", 1},
        {"\U00020000", 2},   /* extension B */
        {"\U00030000", 2},   /* extension G */
        {"\U00031350", 2},   /* extension H, newer than many tables */
        {"\U000323AF", 2},   /* its last */
        {"葛\U000E0100", 2}, /* with a variation selector */
        {"👩", 2},
        {"🇨🇳", 2},
        {"각", 2},
        {"\u0301", 1}, /* a mark without a base */
        {"\xFF", 1},
        {"\x1b", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        int cells = 0;

        assert_int_equal(mu_text_cluster(widths[i].text, &cells), strlen(widths[i].text));
        if (cells != widths[i].cells)
            fail_msg("'%s' takes %d cells", widths[i].text, cells);
    }
    assert_int_equal(mu_text_cluster("", NULL), 0);
}

static void each_kind_of_unfit_text_is_told_apart(void **state)
{
    static const struct {
        const char *text;
        enum mu_text_fault fault;
    } texts[] = {
        {"", MU_TEXT_GOOD},
        {"张金娴", MU_TEXT_GOOD},
        {"阿卜杜·热合曼", MU_TEXT_GOOD},
        {"José", MU_TEXT_GOOD},
        {"\U00031350\U00020BB7", MU_TEXT_GOOD},
        {"葛\U000E0101飾\uFE00", MU_TEXT_GOOD},
        {"张\xC3", MU_TEXT_ENCODING},
        {"\xED\xA0\x80", MU_TEXT_ENCODING}, /* half a surrogate pair */
        {"\xC0\xAF", MU_TEXT_ENCODING},     /* over-long */
        {"\xF4\x90\x80\x80", MU_TEXT_ENCODING},
        {"张\x1b[2J", MU_TEXT_CONTROL},
        {"张\t三", MU_TEXT_CONTROL},
        {"张\n三", MU_TEXT_CONTROL},
        {"张\x7f", MU_TEXT_CONTROL},
        {"张\xC2\x9B"
         "2J",
         MU_TEXT_CONTROL}, /* the C1 form of ESC [ */
        {"张\u2028三", MU_TEXT_CONTROL},
        {"张\u202E三", MU_TEXT_BIDI},
        {"张\u2066三", MU_TEXT_BIDI},
        {"张\u200F三", MU_TEXT_BIDI},
        {"张\u061C三", MU_TEXT_BIDI},
        {"张\u200B三", MU_TEXT_INVISIBLE},
        {"张\u200D三", MU_TEXT_INVISIBLE},
        {"张\u00AD三", MU_TEXT_INVISIBLE},
        {"\uFEFF张三", MU_TEXT_INVISIBLE},
        {"张\u3164", MU_TEXT_INVISIBLE},
        {"张\U000E0041", MU_TEXT_INVISIBLE},
        {"\uFE0F张三", MU_TEXT_INVISIBLE}, /* selects nothing */
        {"张\uFE00\uFE01", MU_TEXT_INVISIBLE},
        {"张 \U000E0100", MU_TEXT_INVISIBLE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (mu_text_check(texts[i].text, false) != texts[i].fault)
            fail_msg("text %zu is not told as fault %d", i, (int)texts[i].fault);
    assert_int_equal(mu_text_check("一行\n两行", true), MU_TEXT_GOOD);
    assert_int_equal(mu_text_check("一行\r\n两行", true), MU_TEXT_GOOD);
    assert_int_equal(mu_text_check("一行\r两行", true), MU_TEXT_CONTROL);
    assert_false(mu_text_valid("a\0b", 3));
    assert_true(mu_text_valid("张三", 6));
    assert_false(mu_text_valid("张三", 5));
}

static void a_stray_character_from_the_keyboard_is_dropped(void **state)
{
    char out[64], little[8];

    (void)state;
    assert_true(mu_text_clean(out, sizeof out, " 　张\x1b\u200B三\u202E ", false));
    assert_string_equal(out, "张三");
    assert_true(mu_text_clean(out, sizeof out, "一\t二\r\n三\n", false));
    assert_string_equal(out, "一 二 三");
    assert_true(mu_text_clean(out, sizeof out, "\n一\t二\r\n三\n\n", true));
    assert_string_equal(out, "一 二\n三");
    assert_true(mu_text_clean(out, sizeof out, "Jose\u0301", false));
    assert_string_equal(out, "José");
    assert_true(mu_text_clean(out, sizeof out, "", false));
    assert_string_equal(out, "");
    assert_false(mu_text_clean(out, sizeof out, "张\xFF", false));
    assert_string_equal(out, "");
    assert_false(mu_text_clean(little, sizeof little, "张三丰", false));
    assert_string_equal(little, "张三");
    assert_true(mu_text_clean(little, sizeof little, "张三a", false));
    assert_string_equal(little, "张三a");
    assert_false(mu_text_clean(little, sizeof little, "12345 e\u0323\u0302\u0320", false));
    assert_string_equal(little, "12345"); /* neither half a cluster nor a blank at the end */
}

static void nothing_that_acts_on_a_terminal_leaves_the_program(void **state)
{
    char out[64], little[6];

    (void)state;
    assert_int_equal(mu_text_inert(out, sizeof out, "张\x1b[31m三\n\xFF\u202E\u200B。"), 18);
    assert_string_equal(out, "张?[31m三????。");
    assert_int_equal(mu_text_inert(little, sizeof little, "张三"), 3);
    assert_string_equal(little, "张");
    assert_int_equal(mu_text_inert(little, 0, "张三"), 0);
}

static void full_width_forms_count_as_their_twins(void **state)
{
    char out[32], little[4];

    (void)state;
    mu_text_fold(out, sizeof out, "３栋－ＡBc　？～张");
    assert_string_equal(out, "3栋-abc ?~张");
    mu_text_fold(little, sizeof little, "１２张");
    assert_string_equal(little, "12");
    assert_true(mu_text_fold_word(out, sizeof out, " 　ＡＢ　c　"));
    assert_string_equal(out, "ab c");
    assert_true(mu_text_fold_word(little, sizeof little, "　　　１２３　　　"));
    assert_string_equal(little, "123");
    assert_false(mu_text_fold_word(little, sizeof little, "1234"));
    assert_string_equal(little, "");
}

static void a_copy_is_cut_between_characters(void **state)
{
    char out[8];

    (void)state;
    assert_true(mu_text_copy(out, sizeof out, "张三a"));
    assert_string_equal(out, "张三a");
    assert_false(mu_text_copy(out, sizeof out, "张三丰"));
    assert_string_equal(out, "张三");
    assert_false(mu_text_copy(out, 1, "张"));
    assert_string_equal(out, "");
}

static void ideographs_of_every_extension_are_known(void **state)
{
    static const uint32_t han[] = {0x3400,  0x4E00,  0x9FFF,  0xF900, 0x3007,
                                   0x20000, 0x2EBE0, 0x31350, 0x323AF};
    static const uint32_t other[] = {'a', 0xB7, 0x3042, 0xAC00, 0xFF21, 0x1F469, 0x33FF, 0xE000};

    (void)state;
    for (size_t i = 0; i < sizeof han / sizeof *han; i++)
        assert_true(mu_rune_is_han(han[i]));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(mu_rune_is_han(other[i]));
}

static void every_character_is_encoded_and_decoded(void **state)
{
    (void)state;
    for (uint32_t rune = 1; rune <= 0x10FFFF; rune++) {
        uint32_t decoded;
        char bytes[5];
        size_t length = mu_text_encode(rune, bytes);

        if (rune >= 0xD800 && rune <= 0xDFFF) {
            assert_int_equal(length, 0);
            continue;
        }
        if (mu_text_rune(bytes, &decoded) != length || decoded != rune || strlen(bytes) != length)
            fail_msg("U+%04X does not come back", rune);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_text_never_takes_more_cells_nor_half_a_cluster),
        cmocka_unit_test(bytes_that_are_no_text_are_walked_over_safely),
        cmocka_unit_test(a_cluster_takes_the_cells_of_a_terminal),
        cmocka_unit_test(each_kind_of_unfit_text_is_told_apart),
        cmocka_unit_test(a_stray_character_from_the_keyboard_is_dropped),
        cmocka_unit_test(nothing_that_acts_on_a_terminal_leaves_the_program),
        cmocka_unit_test(full_width_forms_count_as_their_twins),
        cmocka_unit_test(a_copy_is_cut_between_characters),
        cmocka_unit_test(ideographs_of_every_extension_are_known),
        cmocka_unit_test(every_character_is_encoded_and_decoded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
