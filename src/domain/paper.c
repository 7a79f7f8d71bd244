#include "domain/paper.h"

#include <mulin/base/text.h>
#include <mulin/domain/resident.h>

#include <string.h>

enum { LINE_SIZE = 2 * MU_NOTE_SIZE };

static void put(struct mu_paper *paper, const char *text, size_t length)
{
    if (paper->used + length < paper->size) {
        memcpy(paper->out + paper->used, text, length);
        paper->used += length;
    }
    paper->out[paper->used] = '\0';
}

static void blanks(struct mu_paper *paper, int count)
{
    while (count-- > 0)
        put(paper, " ", 1);
}

void mu_paper_lines(struct mu_paper *paper, const char *text, bool centred)
{
    char inert[LINE_SIZE];
    size_t length;
    int cells;

    mu_text_inert(inert, sizeof inert, text);
    for (const char *at = inert; (length = mu_text_fit(at, paper->columns, &cells)) > 0;
         at += length) {
        if (centred)
            blanks(paper, (paper->columns - cells) / 2);
        put(paper, at, length);
        put(paper, "\n", 1);
    }
}

void mu_paper_say(struct mu_paper *paper, enum mu_message message, const char *first,
                  const char *second)
{
    char line[LINE_SIZE];

    mu_message_format(line, sizeof line, paper->language, message, first, second, NULL);
    mu_paper_lines(paper, line, false);
}

void mu_paper_rule(struct mu_paper *paper)
{
    for (int i = 0; i < paper->columns; i++)
        put(paper, "-", 1);
    put(paper, "\n", 1);
}

void mu_paper_amount(struct mu_paper *paper, const char *label, const char *amount)
{
    int room = paper->columns - mu_text_cells(label) - mu_text_cells(amount);

    if (room < 1) {
        mu_paper_lines(paper, label, false);
        room = paper->columns - mu_text_cells(amount);
    } else {
        put(paper, label, strlen(label));
    }
    blanks(paper, room);
    put(paper, amount, strlen(amount));
    put(paper, "\n", 1);
}
