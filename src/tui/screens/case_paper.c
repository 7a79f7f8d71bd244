/* The dossier of a case: what is in it, what is missing and why that matters; to a file or printed.
 */
#include "tui/screens/list_keys.h"
#include "tui/screens/save_as.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/case.h>
#include <mulin/desk/operators.h>
#include <mulin/report/dossier.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHY_ROWS = 4 /* below the list */, TITLE_SIZE = 512 };

struct case_paper {
    int64_t case_id;
    char number[MU_CASE_NUMBER_SIZE];
    struct mu_dossier_item item[MU_DOSSIER_ITEMS];
    int missing;
    int asked; /* the item that is to be printed; 0: all */
    bool to_printer;
    char reason[MU_REASON_SIZE];
    struct mu_list list;
    struct mu_save_as save;
};

/* Whoever looks at the list has opened the case; nothing of its words is kept here. */
static enum mu_status read_items(struct mu_app *app, struct case_paper *self,
                                 struct mu_error *error)
{
    struct mu_case mediated = {.id = 0};
    enum mu_status status =
        mu_reread_case(mu_screens_desk(app), self->case_id, &mediated, NULL, error);

    if (status != MU_OK)
        return status;
    mu_dossier_make(&mediated, self->item);
    mu_text_copy(self->number, sizeof self->number, mediated.number);
    self->missing = 0;
    for (int i = 0; i < MU_DOSSIER_ITEMS; i++)
        self->missing += mediated.outcome != MU_CASE_MISTAKE && self->item[i].lack;
    mu_case_clear(&mediated);
    return MU_OK;
}

static void read_again(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (read_items(app, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

/* ---- out of the house ---- */

/* The case is opened for this alone, with the reason in the trail. */
static enum mu_status put_out(struct mu_app *app, struct case_paper *self,
                              const struct mu_report_target *target, struct mu_error *error)
{
    struct mu_desk *desk = mu_screens_desk(app);
    const struct mu_rules *rules;
    struct mu_case mediated = {.id = 0};
    struct mu_dossier_print print = {.mediated = &mediated,
                                     .operator_name = mu_desk_operator(desk),
                                     .at = mu_desk_now(desk),
                                     .paper = self->asked,
                                     .language = mu_app_language(app)};
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    if (status == MU_OK)
        status = mu_read_case_to_export(desk, self->case_id, self->reason, &mediated, error);
    if (status != MU_OK)
        return status;
    print.centre = rules->centre.name;
    status = target ? mu_report_dossier(target, &print, error) : mu_print_dossier(&print, error);
    mu_case_clear(&mediated);
    return status;
}

static void write_file(struct mu_app *app, void *state, const struct mu_report_target *target)
{
    struct mu_error error;

    /* Before the case is opened: another format is no reason to. */
    if (target->format != MU_REPORT_HTML && target->format != MU_REPORT_TEXT) {
        (void)mu_fail(&error, MU_INPUT, MU_SAY_error_dossier_format, NULL);
        mu_app_say_error(app, &error);
        return;
    }
    if (put_out(app, state, target, &error) == MU_OK)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_report_saved, target->path, NULL);
    else
        mu_app_say_error(app, &error);
}

/* A page in the person's home folder, not the workbook of other reports. */
static void usual_path(struct case_paper *self, enum mu_language language)
{
    char name[MU_CASE_NUMBER_SIZE + 96];
    char *ending;

    snprintf(name, sizeof name, "%s%s",
             self->asked ? mu_choice_word(&mu_case_papers, self->asked, language)
                         : mu_message_text(MU_SAY_dossier_file_name, language),
             self->number);
    for (char *at = name; *at; at++)
        if (*at == '/')
            *at = '-';
    mu_save_as_usual(&self->save, name);
    ending = strrchr(self->save.usual, '.');
    if (ending && strcmp(ending, ".xlsx") == 0)
        memcpy(ending, ".html", sizeof ".html");
}

static void reason_given(struct mu_app *app, void *state, const char *reason)
{
    struct case_paper *self = state;
    char question[MU_SAVE_AS_SIZE + 256];
    struct mu_error error;

    if (!reason)
        return;
    mu_text_copy(self->reason, sizeof self->reason, reason);
    if (!self->to_printer) {
        usual_path(self, mu_app_language(app));
        mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_dossier_path,
                          self->save.usual, NULL);
        mu_save_as_ask(app, &self->save, question, write_file, self);
        return;
    }
    if (put_out(app, self, NULL, &error) == MU_OK)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_dossier_to_printer, self->number, NULL);
    else
        mu_app_say_error(app, &error);
}

static void ask_reason(struct mu_app *app, struct case_paper *self, int paper, bool to_printer)
{
    enum mu_language language = mu_app_language(app);
    char question[TITLE_SIZE];

    self->asked = paper;
    self->to_printer = to_printer;
    mu_message_format(question, sizeof question, language,
                      to_printer ? MU_SAY_dossier_ask_print : MU_SAY_dossier_ask_save, self->number,
                      paper ? mu_choice_word(&mu_case_papers, paper, language)
                            : mu_message_text(MU_SAY_dossier_whole_file, language),
                      NULL);
    mu_app_prompt(app, question, MU_REASON_SIZE, true, reason_given, self);
}

static void save_all(struct mu_app *app, void *state)
{
    ask_reason(app, state, 0, false);
}

static void print_all(struct mu_app *app, void *state)
{
    ask_reason(app, state, 0, true);
}

static int chosen(const struct case_paper *self)
{
    return (int)self->item[self->list.cursor].paper;
}

static void save_one(struct mu_app *app, void *state)
{
    ask_reason(app, state, chosen(state), false);
}

static void print_one(struct mu_app *app, void *state)
{
    ask_reason(app, state, chosen(state), true);
}

static const struct mu_list_key keys_of_list[] = {
    {MU_DO_save, save_all, MU_SAY_dossier_save_label, false, MU_SAY_error_may_export_case,
     MU_MAY_export_case},
    {MU_DO_new, print_all, MU_SAY_dossier_print_label, false, MU_SAY_error_may_export_case,
     MU_MAY_export_case},
    {MU_DO_accept, save_one, MU_SAY_dossier_save_one_label, true, MU_SAY_error_may_export_case,
     MU_MAY_export_case},
    {MU_DO_same, print_one, MU_SAY_dossier_print_one_label, true, MU_SAY_error_may_export_case,
     MU_MAY_export_case},
};

static const struct mu_list_keys keys = {keys_of_list, sizeof keys_of_list / sizeof *keys_of_list,
                                         read_again, NULL};

static bool paper_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct case_paper *self = state;

    return mu_list_keys_event(&keys, app, self, &self->list, event);
}

static struct mu_offer paper_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct case_paper *self = state;

    return mu_list_keys_offer(&keys, app, &self->list, action);
}

/* ---- drawing ---- */

enum { NUMBER, ITEM, NEED, STATE, MADE };

static const struct mu_column columns[] = {
    [NUMBER] = {MU_SAY_dossier_number, 4, 5, 3, MU_RIGHT, false},
    [ITEM] = {MU_SAY_dossier_item, 16, 28, 0, MU_MARK, false},
    [NEED] = {MU_SAY_dossier_need, 10, 12, 2, MU_MARK, false},
    [STATE] = {MU_SAY_dossier_state, 8, 30, 0, MU_MARK, false},
    [MADE] = {MU_SAY_dossier_made_head, 18, 24, 1, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct case_paper *self = context;
    const struct mu_dossier_item *item = &self->item[row];
    char made[MU_DOSSIER_TOLD_SIZE];

    *style = item->need == MU_DOSSIER_NOT ? MU_STYLE_DIM : MU_STYLE_NORMAL;
    switch (column) {
    case NUMBER:
        snprintf(out, size, "%zu", row + 1);
        break;
    case ITEM:
        mu_text_copy(out, size, mu_choice_word(&mu_case_papers, (int)item->paper, language));
        break;
    case NEED:
        mu_text_copy(out, size, mu_message_text(mu_dossier_need_name(item->need), language));
        break;
    case STATE:
        if (item->lack)
            *style = MU_STYLE_WARNING;
        mu_text_copy(out, size,
                     mu_message_text(item->lack    ? MU_SAY_dossier_missing
                                     : item->there ? MU_SAY_dossier_there
                                                   : MU_SAY_dossier_none,
                                     language));
        break;
    default:
        mu_dossier_made_of(item, language, made);
        mu_text_copy(out, size, made);
        break;
    }
}

static const struct mu_list_source source = {.cell = cell};

static void draw_why(const struct case_paper *self, struct mu_grid *grid, struct mu_area area,
                     enum mu_language language)
{
    const struct mu_dossier_item *item = &self->item[self->list.cursor];
    int row = area.row;

    if (item->lack)
        mu_grid_put(grid, row++, area.column + 1, area.columns - 2,
                    mu_message_text(item->lack, language), MU_MARK, MU_STYLE_WARNING);
    mu_grid_paragraph(
        grid, (struct mu_area){row, area.column + 1, area.row + area.rows - row, area.columns - 2},
        mu_message_text(item->why, language), MU_STYLE_NORMAL);
}

static void paper_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    struct case_paper *self = state;
    enum mu_language language = mu_app_language(app);
    char title[TITLE_SIZE], count[MU_COUNT_SIZE];
    struct mu_area area = layout->work, below = area;

    area.rows -= WHY_ROWS;
    below.row = area.row + area.rows;
    below.rows = WHY_ROWS;
    mu_count_text(self->missing, count);
    mu_message_format(title, sizeof title, language,
                      self->missing ? MU_SAY_dossier_status_missing : MU_SAY_dossier_status_whole,
                      self->number, count, NULL);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 2, title, MU_MARK, MU_STYLE_TITLE);
    mu_list_draw(&self->list, grid, area, true, language);
    draw_why(self, grid, below, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_dossier_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static void paper_close(struct mu_app *app, void *state)
{
    (void)app;
    free(state);
}

static const struct mu_screen_type paper_type = {
    .name = "case_paper",
    .title = MU_SAY_dossier_screen,
    .event = paper_event,
    .draw = paper_draw,
    .offer = paper_offer,
    .typing = mu_typing_keys,
    .resume = read_again,
    .close = paper_close,
};

enum mu_status mu_open_case_paper(struct mu_app *app, int64_t case_id, struct mu_error *error)
{
    struct case_paper *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->case_id = case_id;
    status = read_items(app, self, error);
    if (status != MU_OK) {
        free(self);
        return status;
    }
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    mu_list_count(&self->list, MU_DOSSIER_ITEMS);
    return mu_app_push(app, &paper_type, self, error);
}
