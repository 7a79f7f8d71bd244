/* Words to read, filtered by typing: the help, the messages so far, explanations. */
#include "tui/app_state.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE_SIZE = 512,
    HELP_SIZE = 16384,
    MESSAGES_SIZE = MU_MESSAGE_HISTORY * (MU_MESSAGE_SIZE + 16),
    KEY_CELLS = 17,
    LABEL_CELLS = 10
};

struct reader {
    char title[128];
    char *text; /* lines; owned */
    struct mu_line_edit filter;
    size_t top;   /* first line shown, of those that match */
    size_t lines; /* that match, counted by the last draw */
    int page;
};

/* The next line that has the filter in it; false at the end of the text. */
static bool next_line(const struct reader *reader, const char **at, char line[LINE_SIZE])
{
    char filter[LINE_SIZE], folded[LINE_SIZE];

    mu_text_fold(filter, sizeof filter, reader->filter.text);
    while (**at) {
        size_t length = strcspn(*at, "\n"), kept = length < LINE_SIZE ? length : LINE_SIZE - 1;

        memcpy(line, *at, kept);
        line[kept] = '\0';
        *at += length + ((*at)[length] == '\n');
        mu_text_fold(folded, sizeof folded, line);
        if (strstr(folded, filter))
            return true;
    }
    return false;
}

static size_t count_lines(const struct reader *reader)
{
    const char *at = reader->text;
    char line[LINE_SIZE];
    size_t count = 0;

    while (next_line(reader, &at, line))
        count++;
    return count;
}

static bool reader_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct reader *reader = state;
    size_t last = reader->lines > 0 ? reader->lines - 1 : 0, page = (size_t)reader->page;
    enum mu_line_result result;

    switch (event->kind == MU_EVENT_KEY ? (int)event->action : MU_DO_nothing) {
    case MU_DO_up:
        reader->top -= reader->top > 0;
        return true;
    case MU_DO_down:
        reader->top += reader->top < last;
        return true;
    case MU_DO_page_up:
        reader->top = reader->top > page ? reader->top - page : 0;
        return true;
    case MU_DO_page_down:
        reader->top = last - reader->top > page ? reader->top + page : last;
        return true;
    case MU_DO_accept:
    case MU_DO_back:
        if (reader->filter.length > 0) {
            mu_line_edit_clear(&reader->filter);
            reader->top = 0;
        } else if (!event->scan) {
            mu_app_pop(app);
        }
        return true;
    default:
        break;
    }
    result = mu_line_edit_event(&reader->filter, event);
    if (result == MU_LINE_CHANGED)
        reader->top = 0;
    return result != MU_LINE_IGNORED;
}

static void draw_lines(struct reader *reader, struct mu_grid *grid, struct mu_area area,
                       enum mu_language language)
{
    const char *at = reader->text;
    char line[LINE_SIZE];
    size_t count = 0;

    reader->page = area.rows;
    reader->lines = count_lines(reader);
    if (reader->lines == 0)
        mu_grid_put(grid, area.row, area.column, area.columns,
                    mu_message_text(MU_SAY_tui_reader_none, language), MU_MARK, MU_STYLE_WARNING);
    while (area.rows > 0 && next_line(reader, &at, line)) {
        int drawn;

        if (count++ < reader->top)
            continue;
        drawn = mu_grid_paragraph(grid, area, line, MU_STYLE_NORMAL);
        drawn = drawn > 0 ? drawn : 1;
        area.row += drawn;
        area.rows -= drawn;
    }
}

static void reader_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct reader *reader = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area inside = mu_grid_box(
        grid, mu_popup_area(layout, layout->work.rows, layout->work.columns), reader->title);
    int label;

    inside.column++;
    inside.columns -= 2;
    label = mu_grid_run(grid, inside.row, inside.column, inside.columns,
                        mu_message_text(MU_SAY_tui_picker_filter, language), MU_STYLE_LABEL) +
            1;
    draw_lines(reader, grid,
               (struct mu_area){inside.row + 1, inside.column, inside.rows - 1, inside.columns},
               language);
    mu_line_edit_draw(&reader->filter, grid, inside.row, inside.column + label,
                      inside.columns - label, true, language);
}

static void reader_close(struct mu_app *app, void *state)
{
    struct reader *reader = state;

    (void)app;
    free(reader->text);
    free(reader);
}

#define READER(type, its_name)                                                                     \
    static const struct mu_screen_type type = {                                                    \
        .name = (its_name),                                                                        \
        .title = MU_SAY_tui_help_title,                                                            \
        .popup = true,                                                                             \
        .event = reader_event,                                                                     \
        .draw = reader_draw,                                                                       \
        .offer = mu_popup_offer,                                                                   \
        .close = reader_close,                                                                     \
    }

READER(read_type, "read");
READER(help_type, "help");
READER(messages_type, "messages");

/* Shows `text`, which it owns from now on; NULL is a failed allocation. */
static void show(struct mu_app *app, const struct mu_screen_type *type, const char *title,
                 char *text)
{
    struct reader *reader = calloc(1, sizeof *reader);

    if (!reader || !text) {
        free(reader);
        free(text);
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    mu_text_copy(reader->title, sizeof reader->title, title);
    reader->text = text;
    reader->page = 1;
    mu_line_edit_init(&reader->filter, 64);
    mu_app_popup(app, type, reader);
}

void mu_app_read(struct mu_app *app, const char *title, const char *text)
{
    show(app, &read_type, title, strdup(text));
}

/* Appends `text` and blanks up to `cells`. */
static size_t append(char *out, size_t size, size_t used, const char *text, int cells)
{
    int blanks = cells - mu_text_cells(text);

    if (used < size)
        used +=
            (size_t)snprintf(out + used, size - used, "%s%*s", text, blanks > 0 ? blanks : 0, "");
    return used < size ? used : size - 1;
}

static size_t append_action(const struct mu_app *app, enum mu_action action, char *out, size_t size,
                            size_t used)
{
    const struct mu_action_row *row = mu_action_row(action);
    char keys[MU_KEYS_PER_ACTION * MU_KEY_NAME_SIZE] = "", name[MU_KEY_NAME_SIZE];
    size_t length = 0;

    if (action == MU_DO_number)
        length = append(keys, sizeof keys, 0, row->keys, 0);
    for (int i = 0; i < MU_KEYS_PER_ACTION && app->keymap.key[action][i]; i++) {
        mu_key_name(app->keymap.key[action][i], app->language, name);
        length = append(keys, sizeof keys, length, i > 0 ? " " : "", 0);
        length = append(keys, sizeof keys, length, name, 0);
    }
    used = append(out, size, used, "  ", 0);
    used = append(out, size, used, keys, KEY_CELLS);
    used = append(out, size, used, row->label[app->language], LABEL_CELLS);
    used = append(out, size, used, " ", 0);
    used = append(out, size, used, row->help[app->language], 0);
    return append(out, size, used, "\n", 0);
}

void mu_app_show_help(struct mu_app *app)
{
    char *text = calloc(1, HELP_SIZE);
    size_t used = 0;

    for (int context = 0; text && context < MU_CONTEXT_COUNT; context++) {
        used = append(text, HELP_SIZE, used,
                      mu_context_word((enum mu_context)context, app->language), 0);
        used = append(text, HELP_SIZE, used, "\n", 0);
        for (int action = 1; action < MU_DO_COUNT; action++)
            if ((int)mu_action_row((enum mu_action)action)->context == context)
                used = append_action(app, (enum mu_action)action, text, HELP_SIZE, used);
    }
    show(app, &help_type, mu_message_text(MU_SAY_tui_help_title, app->language), text);
}

void mu_app_show_messages(struct mu_app *app)
{
    static const char *const symbols[] = {" ", "√", "!", "×"};
    const struct mu_said *said;
    char *text = calloc(1, MESSAGES_SIZE);
    size_t used = 0;

    for (size_t i = 0; text && (said = mu_message_line_back(&app->messages, i)) != NULL; i++) {
        char clock[MU_CLOCK_SIZE];

        mu_clock_format(said->when.minute, clock);
        used = append(text, MESSAGES_SIZE, used, clock, 6);
        used = append(text, MESSAGES_SIZE, used, symbols[said->tone], 2);
        used = append(text, MESSAGES_SIZE, used, said->text, 0);
        used = append(text, MESSAGES_SIZE, used, "\n", 0);
    }
    if (text && used == 0)
        append(text, MESSAGES_SIZE, 0, mu_message_text(MU_SAY_tui_messages_none, app->language), 0);
    show(app, &messages_type, mu_message_text(MU_SAY_tui_messages_title, app->language), text);
}
