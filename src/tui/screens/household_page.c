#include "tui/list.h"
#include "tui/screens/household_move.h"
#include "tui/screens/household_view.h"
#include "tui/screens/person.h"
#include "tui/screens/record_form.h"
#include "tui/screens/screens.h"
#include "tui/screens/standing.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/household.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum column { NAME, RELATION, LINE, TAGS, MEALS, STATUS, COLUMNS };

static const struct mu_column columns[COLUMNS] = {
    [NAME] = {MU_SAY_field_name, 8, 14, 0, MU_MARK, false},
    [RELATION] = {MU_SAY_field_relation, 10, 16, 1, MU_MARK, false},
    [LINE] = {MU_SAY_household_line, 14, 16, 2, MU_MARK, false},
    [TAGS] = {MU_SAY_field_tags, 6, 30, 3, MU_MARK, false},
    [MEALS] = {MU_SAY_household_meals, 8, 8, 4, MU_RIGHT, false},
    [STATUS] = {MU_SAY_field_status, 15, 16, 1, MU_MARK, false},
};

struct household_page {
    struct mu_household_page page;
    struct mu_family family; /* index 0: not told */
    struct mu_list list;
    bool *marked; /* owned; one for each member */
    struct mu_date today, out_on;
    unsigned seen;
};

static enum mu_status read_page(struct mu_app *app, struct household_page *self, int64_t id,
                                struct mu_error *error)
{
    struct mu_household_page page = {0};
    bool *marked, counts;
    enum mu_status status = mu_read_household(mu_screens_desk(app), id, &page, error);

    if (status != MU_OK)
        return status;
    marked = calloc(page.member_count + 1, sizeof *marked);
    if (!marked) {
        mu_household_page_clear(&page);
        return mu_fail_memory(error);
    }
    /* Marks stay with their people when the page is read anew. */
    for (size_t i = 0; i < page.member_count; i++)
        for (size_t j = 0; j < self->page.member_count; j++)
            marked[i] |=
                self->marked[j] && self->page.member[j].resident.id == page.member[i].resident.id;
    mu_household_page_clear(&self->page);
    free(self->marked);
    self->page = page;
    self->family = (struct mu_family){0};
    (void)(mu_read_family(mu_screens_desk(app), id, &counts, &self->family, NULL) == MU_OK);
    self->marked = marked;
    self->today = mu_app_now(app).date;
    mu_list_count(&self->list, page.member_count);
    return MU_OK;
}

static void read_again(struct mu_app *app, struct household_page *self)
{
    struct mu_error error;

    if (read_page(app, self, self->page.household.id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static const struct mu_page_member *chosen(const struct household_page *self)
{
    return self->list.cursor < self->page.member_count ? &self->page.member[self->list.cursor]
                                                       : NULL;
}

static bool lives_here(const struct mu_page_member *member)
{
    return member && member->here && member->resident.status == MU_LIVING_HERE;
}

/* The form. */

static enum mu_status form_read(struct mu_app *app, const void *like, void *out,
                                struct mu_error *error)
{
    const struct mu_household *household = like;
    struct mu_household_page page;
    enum mu_status status = mu_read_household(mu_screens_desk(app), household->id, &page, error);

    if (status != MU_OK)
        return status;
    memcpy(out, &page.household, sizeof page.household);
    mu_household_page_clear(&page);
    return MU_OK;
}

static enum mu_status form_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    return mu_save_household(mu_screens_desk(app), record, field, error);
}

static enum mu_status form_leave(struct mu_app *app, const void *record, struct mu_error *error)
{
    return mu_open_household(app, ((const struct mu_household *)record)->id, error);
}

static const struct mu_record_form form = {
    .name = "household_form",
    .title = MU_SAY_household_title,
    .line = MU_SAY_household_form_line,
    .saved = MU_SAY_household_form_saved,
    .fields = mu_household_fields,
    .count = &mu_household_field_count,
    .size = sizeof(struct mu_household),
    .read = form_read,
    .save = form_save,
    .leave = form_leave,
};

static void open_form(struct mu_app *app, const struct household_page *self)
{
    struct mu_household household = self->page.household;
    char address[MU_ADDRESS_SIZE], number[24];
    struct mu_error error;

    mu_household_address(&household, address);
    snprintf(number, sizeof number, "%lld", (long long)household.id);
    mu_app_pop(app);
    if (mu_open_record_form(app, &form, &household, number, address, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

/* Moves. */

static void go_to_move(struct mu_app *app, const struct household_page *self)
{
    int64_t ids[MU_MOVE_PEOPLE], household = self->page.household.id;
    size_t count = 0;
    struct mu_error error;

    for (size_t i = 0; i < self->page.member_count && count < MU_MOVE_PEOPLE; i++)
        if (self->marked[i] && lives_here(&self->page.member[i]))
            ids[count++] = self->page.member[i].resident.id;
    if (!count && lives_here(chosen(self)))
        ids[count++] = chosen(self)->resident.id;
    if (!count) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_error_move_nobody, NULL);
        return;
    }
    mu_app_pop(app);
    if (mu_open_move_form(app, household, ids, count, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void go_to_head(struct mu_app *app, const struct household_page *self)
{
    int64_t household = self->page.household.id, resident = chosen(self)->resident.id;
    struct mu_move move;
    struct mu_error error;

    if (mu_plan_head(mu_screens_desk(app), household, resident, &move, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_app_pop(app);
    if (mu_open_move_plan(app, household, &move, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

/* Everybody out, and back. */

static void out_agreed(struct mu_app *app, void *state, bool yes)
{
    struct household_page *self = state;
    char address[MU_ADDRESS_SIZE];
    struct mu_error error;

    if (!yes)
        return;
    mu_household_address(&self->page.household, address);
    if (mu_household_out(mu_screens_desk(app), self->page.household.id, self->out_on, &error) !=
        MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_household_went, address, NULL);
    read_again(app, self);
}

static void ask_out(struct mu_app *app, struct household_page *self);

static void out_day_given(struct mu_app *app, void *state, const char *text)
{
    struct household_page *self = state;
    char question[512], day[MU_DATE_SIZE], address[MU_ADDRESS_SIZE];

    if (!text)
        return;
    self->out_on = self->today;
    if (*text && !mu_date_parse(text, self->today, &self->out_on)) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_error_date, NULL);
        ask_out(app, self);
        return;
    }
    mu_date_format(self->out_on, day);
    mu_household_address(&self->page.household, address);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_household_confirm_out,
                      address, day, NULL);
    if (mu_standing_add_household(app, &self->page, question, sizeof question))
        mu_app_confirm(app, question, out_agreed, self);
}

static void ask_out(struct mu_app *app, struct household_page *self)
{
    mu_app_prompt(app, mu_message_text(MU_SAY_household_ask_out, mu_app_language(app)), 24, false,
                  out_day_given, self);
}

static void back_agreed(struct mu_app *app, void *state, bool yes)
{
    struct household_page *self = state;
    char address[MU_ADDRESS_SIZE];
    struct mu_error error;

    if (!yes)
        return;
    mu_household_address(&self->page.household, address);
    if (mu_household_back(mu_screens_desk(app), self->page.household.id, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_household_came_back, address, NULL);
    read_again(app, self);
}

static void ask_back(struct mu_app *app, struct household_page *self)
{
    char question[512], address[MU_ADDRESS_SIZE];

    mu_household_address(&self->page.household, address);
    mu_message_format(question, sizeof question, mu_app_language(app),
                      MU_SAY_household_confirm_back, address, NULL);
    mu_app_confirm(app, question, back_agreed, self);
}

static void show_past_uses(struct mu_app *app, const struct household_page *self)
{
    enum mu_language language = mu_app_language(app);
    char text[2048] = "", from[MU_DATE_SIZE], until[MU_DATE_SIZE];
    size_t used = 0;

    for (size_t i = 0; i < self->page.past_count && used < sizeof text; i++) {
        const struct mu_occupancy_past *past = &self->page.past[i];

        mu_date_format(past->from, from);
        mu_date_format(past->until, until);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s  %s … %s\n",
                                 mu_choice_word(&mu_occupancies, past->occupancy, language), from,
                                 until);
    }
    mu_app_read(app, mu_message_text(MU_SAY_household_past_uses, language),
                *text ? text : mu_message_text(MU_SAY_household_no_past_uses, language));
}

enum { DO_EDIT, DO_MEMBER, DO_MOVE, DO_HEAD, DO_OUT, DO_BACK, DO_PAST };

static void open_member_form(struct mu_app *app, const struct household_page *self)
{
    int64_t id = chosen(self)->resident.id;
    struct mu_error error;

    mu_app_pop(app);
    if (mu_open_new_member(app, id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void picked(struct mu_app *app, void *state, bool chosen_one, int code)
{
    struct household_page *self = state;

    if (!chosen_one)
        return;
    switch (code) {
    case DO_EDIT:
        open_form(app, self);
        break;
    case DO_MEMBER:
        open_member_form(app, self);
        break;
    case DO_MOVE:
        go_to_move(app, self);
        break;
    case DO_HEAD:
        go_to_head(app, self);
        break;
    case DO_OUT:
        ask_out(app, self);
        break;
    case DO_BACK:
        ask_back(app, self);
        break;
    default:
        show_past_uses(app, self);
        break;
    }
}

static bool some(const struct household_page *self, int status)
{
    for (size_t i = 0; i < self->page.member_count; i++)
        if (self->page.member[i].here && self->page.member[i].resident.status == status)
            return true;
    return false;
}

static void ask_what(struct mu_app *app, struct household_page *self)
{
    const struct mu_page_member *member = chosen(self);
    bool living = some(self, MU_LIVING_HERE);
    const struct {
        int code;
        enum mu_message words;
        const char *key;
        bool offered;
    } all[] = {
        {DO_EDIT, MU_SAY_household_edit, "F2", true},
        {DO_MEMBER, MU_SAY_file_member, "F7", member && member->here},
        {DO_MOVE, MU_SAY_household_move, NULL, living},
        {DO_HEAD, MU_SAY_household_head, NULL,
         lives_here(member) && member->resident.relation != 2},
        {DO_OUT, MU_SAY_household_all_out, NULL, living},
        {DO_BACK, MU_SAY_household_all_back, NULL, some(self, MU_MOVED_OUT)},
        {DO_PAST, MU_SAY_household_past_uses, NULL, true},
    };
    struct mu_pick picks[sizeof all / sizeof *all];
    char address[MU_ADDRESS_SIZE];
    size_t count = 0;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].offered)
            picks[count++] =
                (struct mu_pick){.code = all[i].code,
                                 .text = mu_message_text(all[i].words, mu_app_language(app)),
                                 .aside = all[i].key};
    mu_household_address(&self->page.household, address);
    mu_app_pick(app, address, picks, count, DO_EDIT, picked, self);
}

/* Opens the file of the one at the cursor in place of the page. */
static void open_person(struct mu_app *app, const struct household_page *self)
{
    int64_t id = chosen(self)->resident.id;
    struct mu_error error;

    mu_app_pop(app);
    if (mu_open_resident_file(app, id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void undone(struct mu_app *app, void *state)
{
    read_again(app, state);
}

static bool page_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct household_page *self = state;
    size_t row;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_save:
        open_form(app, self);
        return true;
    case MU_DO_new:
        open_member_form(app, self);
        return true;
    case MU_DO_choose:
        ask_what(app, self);
        return true;
    case MU_DO_undo:
        mu_ask_undo(app, undone, self);
        return true;
    case MU_DO_refresh:
        read_again(app, self);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    default:
        break;
    }
    switch (mu_list_event(&self->list, event, &row)) {
    case MU_LIST_OPENED:
        open_person(app, self);
        return true;
    case MU_LIST_MARKED:
        self->marked[row] = !self->marked[row];
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer page_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct household_page *self = state;

    (void)app;
    switch (action) {
    case MU_DO_save:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_file_edit_label};
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_file_more_label};
    case MU_DO_new:
        if (!chosen(self) || !chosen(self)->here)
            return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = MU_SAY_household_nobody};
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_file_member_label};
    case MU_DO_refresh:
    case MU_DO_mark:
    case MU_DO_undo:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_screen_open};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct household_page *self = context;
    const struct mu_page_member *member = &self->page.member[row];
    const struct mu_resident *resident = &member->resident;
    char day[MU_DATE_SIZE];

    *out = '\0';
    if (!member->here)
        *style = MU_STYLE_DIM;
    switch ((enum column)column) {
    case NAME:
        mu_text_copy(out, size, resident->name);
        break;
    case RELATION:
        mu_text_copy(out, size, mu_choice_word(&mu_relations, resident->relation, language));
        break;
    case LINE:
        if (member->here)
            mu_person_line(resident, self->today, language, out, size);
        break;
    case TAGS:
        snprintf(out, size, *resident->tags && *resident->derived ? "%s %s" : "%s%s",
                 resident->tags, resident->derived);
        break;
    case MEALS:
        if (member->meals)
            snprintf(out, size, "%d", member->meals);
        break;
    case STATUS:
        if (member->here) {
            *style = mu_person_status(resident, language, out, size);
        } else {
            mu_date_format(member->until, day);
            mu_message_format(out, size, language, MU_SAY_household_left, day, NULL);
        }
        break;
    default:
        break;
    }
}

static bool marked(void *context, size_t row)
{
    const struct household_page *self = context;

    return self->marked[row];
}

static const struct mu_list_source source = {.cell = cell, .marked = marked};

static void page_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct household_page *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area rows = layout->work;
    char address[MU_ADDRESS_SIZE], position[64];
    int width = layout->columns;

    mu_household_address(&self->page.household, address);
    mu_list_position(&self->list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, 1, width - 22, address, MU_MARK, MU_STYLE_BIG);
    mu_grid_put(grid, layout->status_row, width - 20, 19, position, MU_RIGHT, MU_STYLE_DIM);
    mu_draw_household(&self->page, &self->family, grid, rows.row, width, language);
    rows.row += MU_HOUSEHOLD_ROWS;
    rows.rows -= MU_HOUSEHOLD_ROWS;
    self->list.empty = MU_SAY_household_nobody;
    mu_list_draw(&self->list, grid, rows, true, language);
    mu_grid_put(grid, layout->hint_row, 1, width - 1,
                mu_message_text(MU_SAY_household_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static bool page_tick(struct mu_app *app, void *state)
{
    struct household_page *self = state;
    struct mu_error error;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    return read_page(app, self, self->page.household.id, &error) == MU_OK;
}

static void page_resume(struct mu_app *app, void *state)
{
    read_again(app, state);
}

static void page_close(struct mu_app *app, void *state)
{
    struct household_page *self = state;

    (void)app;
    mu_household_page_clear(&self->page);
    free(self->marked);
    free(self);
}

static const struct mu_screen_type page_type = {
    .name = "household_page",
    .title = MU_SAY_household_title,
    .event = page_event,
    .draw = page_draw,
    .offer = page_offer,
    .typing = mu_typing_keys,
    .tick = page_tick,
    .resume = page_resume,
    .close = page_close,
};

enum mu_status mu_open_household(struct mu_app *app, int64_t id, struct mu_error *error)
{
    struct household_page *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    mu_list_init(&self->list, columns, COLUMNS, &source, self);
    self->seen = mu_screens_of(app)->changes;
    status = read_page(app, self, id, error);
    if (status != MU_OK) {
        page_close(app, self);
        return status;
    }
    return mu_app_push(app, &page_type, self, error);
}
