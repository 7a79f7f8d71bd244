#include "report/sheet.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum {
    COLUMNS = 80, /* of a line */
    INDENT = 4,   /* of a long text */
    SIGN = 24,    /* cells of a line to sign on */
    PEN_ROWS = 3  /* that a text leaves to be filled in */
};

static void blanks(FILE *out, int count)
{
    for (int i = 0; i < count; i++)
        putc(' ', out);
}

/* A mark that begins no line. */
static bool closes(const char *at)
{
    static const char *const marks[] = {"，", "。", "；", "：", "、", "？", "！",
                                        "）", "》", "」", "”",  ",",  ".",  ";"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(at, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}

static bool in_word(char character)
{
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
           (character >= 'a' && character <= 'z');
}

/* Where the cluster before `end` begins. */
static size_t before(const char *at, size_t end)
{
    size_t begin = 0;

    for (size_t length; begin + (length = mu_text_cluster(at + begin, NULL)) < end && length > 0;)
        begin += length;
    return begin;
}

/* Bytes of the next line of at most `room` cells: words stay whole where they can. */
static size_t next_line(const char *at, int room)
{
    size_t line = strcspn(at, "\n"), fits = mu_text_fit(at, room, NULL), begin;

    if (fits >= line)
        return line;
    if (fits == 0)
        return mu_text_cluster(at, NULL); /* wider than the column */
    if (in_word(at[fits]) && in_word(at[fits - 1])) {
        for (begin = fits; begin > 0 && at[begin - 1] != ' '; begin--)
            ;
        return begin > 0 ? begin : fits;
    }
    if (closes(at + fits) && (begin = before(at, fits)) > 0)
        return begin;
    return fits;
}

static const char *behind_line(const char *at, size_t length)
{
    at += length;
    if (*at == '\n')
        return at + 1;
    while (length > 0 && *at == ' ')
        at++;
    return at;
}

/* Writes a text, each line but the first behind `indent` blanks; `used` cells of the first one are
 * taken. */
static void paragraph(struct sheets *sheets, const char *text, int used, int indent)
{
    char *inert = sheet_inert(sheets, text);

    if (!inert)
        return;
    for (const char *at = inert; *at;) {
        size_t length = next_line(at, COLUMNS - used), shown = length;

        while (shown > 0 && at[shown - 1] == ' ')
            shown--;
        fwrite(at, 1, shown, sheets->out);
        at = behind_line(at, length);
        if (*at) {
            putc('\n', sheets->out);
            if (*at != '\n')
                blanks(sheets->out, indent);
            used = indent;
        }
    }
    putc('\n', sheets->out);
    free(inert);
}

static void centred(struct sheets *sheets, const char *text)
{
    char *inert = sheet_inert(sheets, text);
    int cells = inert ? mu_text_cells(inert) : 0;

    blanks(sheets->out, cells < COLUMNS ? (COLUMNS - cells) / 2 : 0);
    fprintf(sheets->out, "%s\n", inert ? inert : "");
    free(inert);
}

static void rule(const struct sheets *sheets)
{
    for (int i = 0; i < COLUMNS; i++)
        putc('-', sheets->out);
    putc('\n', sheets->out);
}

static void open_text(struct sheets *sheets, const char *title)
{
    (void)sheets, (void)title;
}

static void begin(struct sheets *sheets, const char *title, const char *number)
{
    char *inert = sheet_inert(sheets, number);
    int cells = inert ? mu_text_cells(inert) : 0;

    if (sheets->begun)
        fputs("\n\f", sheets->out);
    centred(sheets, title);
    putc('\n', sheets->out);
    if (inert && *inert) {
        blanks(sheets->out, cells < COLUMNS ? COLUMNS - cells : 0);
        fprintf(sheets->out, "%s\n", inert);
    }
    rule(sheets);
    free(inert);
}

static int put_label(struct sheets *sheets, const char *label)
{
    const char *mark = sheets->language == MU_CHINESE ? "：" : ": ";

    fprintf(sheets->out, "%s%s", label, mark);
    return mu_text_cells(label) + 2;
}

/* Beside each other when each fits into its part of the line, else one below the other. */
static void fields(struct sheets *sheets, const struct sheet_field *field, size_t count)
{
    int part = COLUMNS / (int)count, used;
    bool beside = count > 1;

    for (size_t i = 0; i < count; i++) {
        const char *value = field[i].value ? field[i].value : "";

        used = mu_text_cells(mu_message_text(field[i].label, sheets->language)) + 2 +
               mu_text_cells(value);
        beside = beside && used < part && !strchr(value, '\n');
    }
    for (size_t i = 0; i < count; i++) {
        const char *value = field[i].value ? field[i].value : "";

        used = put_label(sheets, mu_message_text(field[i].label, sheets->language));
        if (beside && i + 1 < count) {
            char *inert = sheet_inert(sheets, value);

            fputs(inert ? inert : "", sheets->out);
            blanks(sheets->out, part - used - (inert ? mu_text_cells(inert) : 0));
            free(inert);
        } else {
            paragraph(sheets, value, used, INDENT);
        }
    }
}

static void line(struct sheets *sheets, const char *text)
{
    paragraph(sheets, text, 0, 0);
}

static void text(struct sheets *sheets, const char *label, const char *body)
{
    fprintf(sheets->out, "%s%s\n", label, sheets->language == MU_CHINESE ? "：" : ":");
    if (*body) {
        blanks(sheets->out, INDENT);
        paragraph(sheets, body, INDENT, INDENT);
    }
    for (int i = 0; !*body && i < PEN_ROWS; i++) {
        blanks(sheets->out, INDENT);
        for (int cell = INDENT; cell < COLUMNS; cell++)
            putc('_', sheets->out);
        putc('\n', sheets->out);
    }
}

static void heading(struct sheets *sheets, const char *words)
{
    putc('\n', sheets->out);
    line(sheets, words);
}

static void row(struct sheets *sheets, const struct sheet_column *columns, const char *const *cells,
                size_t count)
{
    char *inert[SHEET_COLUMNS] = {NULL};
    const char *at[SHEET_COLUMNS];
    bool more = true;

    for (size_t i = 0; i < count; i++) {
        inert[i] = sheet_inert(sheets, cells[i] ? cells[i] : "");
        at[i] = inert[i] ? inert[i] : "";
    }
    while (more) {
        int owed = 0;

        more = false;
        for (size_t i = 0; i < count; i++) {
            size_t length = next_line(at[i], columns[i].cells - 1);
            char *part = strndup(at[i], length);

            if (part && *part) {
                blanks(sheets->out, owed);
                fputs(part, sheets->out);
                owed = 0;
            }
            owed += columns[i].cells - (part ? mu_text_cells(part) : 0);
            sheets->no_memory |= !part;
            free(part);
            at[i] = behind_line(at[i], length);
            more = more || *at[i];
        }
        putc('\n', sheets->out);
    }
    for (size_t i = 0; i < count; i++)
        free(inert[i]);
}

static void table(struct sheets *sheets, const struct sheet_column *columns, size_t count)
{
    const char *headings[SHEET_COLUMNS];

    for (size_t i = 0; i < count; i++)
        headings[i] = mu_message_text(columns[i].heading, sheets->language);
    putc('\n', sheets->out);
    row(sheets, columns, headings, count);
    rule(sheets);
}

static void sign(struct sheets *sheets, const char *label, const char *who)
{
    char *inert = sheet_inert(sheets, who);

    putc('\n', sheets->out);
    put_label(sheets, label);
    fprintf(sheets->out, "%s ", inert ? inert : "");
    free(inert);
    for (int i = 0; i < SIGN; i++)
        putc('_', sheets->out);
    fprintf(sheets->out, "  %s\n", mu_message_text(MU_SAY_dossier_date_blank, sheets->language));
}

static void close_text(struct sheets *sheets)
{
    (void)sheets;
}

const struct sheet_format sheet_as_text = {.open = open_text,
                                           .close = close_text,
                                           .begin = begin,
                                           .fields = fields,
                                           .text = text,
                                           .line = line,
                                           .heading = heading,
                                           .table = table,
                                           .row = row,
                                           .sign = sign};
