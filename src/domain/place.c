#include <mulin/domain/place.h>

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <string.h>

#define FIELD(record, key, kind, required, choices)                                                \
    {                                                                                              \
#key, MU_SAY_field_##key, MU_SAY_hint_##key, kind, required, false,                        \
            offsetof(struct record, key), sizeof(((struct record *)0)->key), choices               \
    }

const struct mu_field mu_building_fields[] = {
    FIELD(mu_building, year_built, MU_FIELD_YEAR, false, NULL),
    FIELD(mu_building, danger, MU_FIELD_CHOICE, false, &mu_dangers),
    FIELD(mu_building, flood_point, MU_FIELD_CHOICE, false, &mu_answers),
    FIELD(mu_building, grid, MU_FIELD_TEXT, false, NULL),
    FIELD(mu_building, leader, MU_FIELD_NAME, false, NULL),
    FIELD(mu_building, note, MU_FIELD_NOTE, false, NULL),
};

const size_t mu_building_field_count = sizeof mu_building_fields / sizeof *mu_building_fields;

const struct mu_field mu_grid_fields[] = {
    FIELD(mu_grid_record, member, MU_FIELD_NAME, false, NULL),
    FIELD(mu_grid_record, member_phone, MU_FIELD_PHONE, false, NULL),
    FIELD(mu_grid_record, branch, MU_FIELD_TEXT, false, NULL),
};

const size_t mu_grid_field_count = sizeof mu_grid_fields / sizeof *mu_grid_fields;

/* Compares runs of digits at the start by their value and moves both behind them. */
static int compare_numbers(const char **a, const char **b)
{
    size_t first, second;
    int order;

    *a += strspn(*a, "0");
    *b += strspn(*b, "0");
    first = strspn(*a, "0123456789");
    second = strspn(*b, "0123456789");
    order = first != second ? (first > second) - (first < second) : strncmp(*a, *b, first);
    *a += first;
    *b += second;
    return order;
}

/* 1 to 9 for 一 to 九, 10 for 十, else 0; moves *text behind it. */
static int chinese_digit(const char **text)
{
    static const char *const digits[] = {"一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};

    for (int i = 0; i < 10; i++)
        if (strncmp(*text, digits[i], strlen(digits[i])) == 0) {
            *text += strlen(digits[i]);
            return i + 1;
        }
    return 0;
}

/* 三 is 3, 十二 is 12, 二十 is 20; 0 when it does not begin with such a number. */
static int chinese_number(const char **text)
{
    int number = chinese_digit(text);
    const char *next = *text;

    if (number && number < 10 && chinese_digit(&next) == 10) {
        number *= 10;
        *text = next;
    }
    if (number % 10 == 0 && number) {
        int last = chinese_digit(&next);

        if (last && last < 10) {
            number += last;
            *text = next;
        }
    }
    return number;
}

/* Compares numbers in characters, if both texts go on with one. */
static bool compare_chinese(const char **a, const char **b, int *order)
{
    const char *left = *a, *right = *b;
    int first = chinese_number(&left), second = chinese_number(&right);

    if (!first || !second)
        return false;
    *order = (first > second) - (first < second);
    *a = left;
    *b = right;
    return true;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

int mu_place_compare(const char *a, const char *b)
{
    char first[2 * MU_PLACE_SIZE], second[2 * MU_PLACE_SIZE];
    const char *left = first, *right = second;
    int order = 0;

    mu_text_fold(first, sizeof first, a);
    mu_text_fold(second, sizeof second, b);
    while (!order && (*left || *right)) {
        if (digit(*left) && digit(*right)) {
            order = compare_numbers(&left, &right);
        } else if (!compare_chinese(&left, &right, &order)) {
            order = (unsigned char)*left - (unsigned char)*right;
            left += *left != '\0';
            right += *right != '\0';
        }
    }
    return order ? order : strcmp(a, b);
}
