#include "tui/screens/big_amount.h"

enum { DOT = 2, DIGIT_COLUMNS = 3, DOT_COLUMNS = 1 };

/* Three bits a row, the left one highest. */
static const unsigned char digits[10][MU_BIG_ROWS] = {
    {7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7}, {7, 1, 7, 1, 7}, {5, 5, 7, 1, 1},
    {7, 4, 7, 1, 7}, {7, 4, 7, 5, 7}, {7, 1, 2, 2, 2}, {7, 5, 7, 5, 7}, {7, 5, 7, 1, 7},
};
static const unsigned char point[MU_BIG_ROWS] = {0, 0, 0, 0, 4};

/* Draws one character unless `grid` is NULL; returns its width with the gap behind it. */
static int draw(struct mu_grid *grid, int row, int column, char character)
{
    bool digit = character >= '0' && character <= '9';
    const unsigned char *bits = digit ? digits[character - '0'] : point;
    int columns = digit ? DIGIT_COLUMNS : DOT_COLUMNS, y, x;

    for (y = 0; grid && y < MU_BIG_ROWS; y++)
        for (x = 0; x < columns; x++)
            if (bits[y] & (4 >> x))
                mu_grid_fill(grid, (struct mu_area){row + y, column + x * DOT, 1, DOT},
                             MU_STYLE_SELECTED);
    return columns * DOT + 1;
}

int mu_big_amount_width(struct mu_money amount)
{
    char text[MU_MONEY_SIZE];
    int width = 0;
    const char *c;

    mu_money_format(amount, text);
    for (c = text; *c; c++)
        width += draw(NULL, 0, 0, *c);
    return width - 1;
}

void mu_big_amount_draw(struct mu_grid *grid, int row, int column, struct mu_money amount)
{
    char text[MU_MONEY_SIZE];
    const char *c;

    mu_money_format(amount, text);
    for (c = text; *c; c++)
        column += draw(grid, row, column, *c);
}
