#include "tui/screens/household_move.h"

#include "tui/list.h"
#include "tui/screens/record_form.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where to: what the form fills. */
struct move_form {
    int64_t household;
    int64_t ids[MU_MOVE_PEOPLE];
    size_t count;
    bool planned; /* the form was saved: the plan comes next */
    struct mu_move move;
    char estate[MU_PLACE_SIZE], building[MU_PLACE_SIZE], unit[MU_PLACE_SIZE], room[MU_PLACE_SIZE];
    char household_number[MU_NUMBER_SIZE];
    struct mu_date day;
};

#define FIELD(key, kind, required)                                                                 \
    {                                                                                              \
#key, MU_SAY_field_##key, MU_SAY_hint_##key, kind, required, false,                        \
            offsetof(struct move_form, key), sizeof(((struct move_form *)0)->key), NULL            \
    }

static const struct mu_field move_fields[] = {
    FIELD(estate, MU_FIELD_TEXT, false),
    FIELD(building, MU_FIELD_TEXT, false),
    FIELD(unit, MU_FIELD_TEXT, false),
    FIELD(room, MU_FIELD_TEXT, false),
    FIELD(household_number, MU_FIELD_TEXT, false),
    {"day", MU_SAY_field_move_day, MU_SAY_hint_move_day, MU_FIELD_DATE, true, false,
     offsetof(struct move_form, day), sizeof(struct mu_date), NULL},
};

static const size_t move_field_count = sizeof move_fields / sizeof *move_fields;

static enum mu_status form_read(struct mu_app *app, const void *like, void *out,
                                struct mu_error *error)
{
    (void)app, (void)error;
    memcpy(out, like, sizeof(struct move_form));
    return MU_OK;
}

static enum mu_status form_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    struct move_form *self = record;
    struct mu_household to = {0};
    enum mu_status status;

    *field = "estate";
    memcpy(to.estate, self->estate, sizeof to.estate);
    memcpy(to.building, self->building, sizeof to.building);
    memcpy(to.unit, self->unit, sizeof to.unit);
    memcpy(to.room, self->room, sizeof to.room);
    memcpy(to.number, self->household_number, sizeof to.number);
    status = mu_plan_move(mu_screens_desk(app), self->ids, self->count, &to, &self->move, error);
    if (status != MU_OK)
        return status;
    self->move.day = self->day;
    self->planned = true;
    return MU_OK;
}

static enum mu_status form_leave(struct mu_app *app, const void *record, struct mu_error *error)
{
    const struct move_form *self = record;

    return self->planned ? mu_open_move_plan(app, self->household, &self->move, error)
                         : mu_open_household(app, self->household, error);
}

static const struct mu_record_form form = {
    .name = "move_form",
    .title = MU_SAY_move_title,
    .line = MU_SAY_move_form_line,
    .saved = MU_SAY_move_planned,
    .fields = move_fields,
    .count = &move_field_count,
    .size = sizeof(struct move_form),
    .read = form_read,
    .save = form_save,
    .leave = form_leave,
};

enum mu_status mu_open_move_form(struct mu_app *app, int64_t household, const int64_t *resident_ids,
                                 size_t count, struct mu_error *error)
{
    struct mu_household_page page;
    struct move_form record = {.household = household, .count = count};
    char address[MU_ADDRESS_SIZE], number[24];
    enum mu_status status = mu_read_household(mu_screens_desk(app), household, &page, error);

    if (status != MU_OK)
        return status;
    /* Most moves stay in the estate. */
    memcpy(record.estate, page.household.estate, sizeof record.estate);
    mu_household_address(&page.household, address);
    mu_household_page_clear(&page);
    memcpy(record.ids, resident_ids, count * sizeof *resident_ids);
    record.day = mu_app_now(app).date;
    snprintf(number, sizeof number, "%lld", (long long)household);
    return mu_open_record_form(app, &form, &record, number, address, error);
}

/* The plan. */

enum column { NAME, WHAT, RELATION, COLUMNS };

static const struct mu_column columns[COLUMNS] = {
    [NAME] = {MU_SAY_field_name, 10, 20, 0, MU_MARK, false},
    [WHAT] = {MU_SAY_move_what, 8, 10, 0, MU_MARK, false},
    [RELATION] = {MU_SAY_field_relation, 12, 30, 0, MU_MARK, false},
};

enum { RELATIONS_MOST = 128 };

struct move_plan {
    struct mu_move move;
    int64_t household;
    struct mu_list list;
    struct mu_pick picks[RELATIONS_MOST];
};

static void relation_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct move_plan *self = state;

    (void)app;
    if (chosen && self->list.cursor < self->move.count)
        self->move.step[self->list.cursor].relation = code;
}

static void choose_relation(struct mu_app *app, struct move_plan *self)
{
    const struct mu_move_step *step = &self->move.step[self->list.cursor];
    size_t count = 0;

    for (; count < mu_relations.count && count < RELATIONS_MOST; count++) {
        const struct mu_choice *choice = &mu_relations.choice[count];

        self->picks[count] = (struct mu_pick){
            .code = choice->code,
            .text = mu_app_language(app) == MU_CHINESE ? choice->chinese : choice->english};
    }
    mu_app_pick(app, step->name, self->picks, count, step->relation, relation_picked, self);
}

static void go_back(struct mu_app *app, int64_t household)
{
    struct mu_error error;

    mu_app_pop(app);
    if (mu_open_household(app, household, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void carry_out(struct mu_app *app, struct move_plan *self)
{
    char address[MU_ADDRESS_SIZE];
    struct mu_error error;

    if (mu_move(mu_screens_desk(app), &self->move, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_household_address(&self->move.to, address);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_move_done, address, NULL);
    go_back(app, self->household);
}

static bool plan_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct move_plan *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_save:
        carry_out(app, self);
        return true;
    case MU_DO_choose:
        choose_relation(app, self);
        return true;
    case MU_DO_back:
        go_back(app, self->household);
        return true;
    default:
        break;
    }
    switch (mu_list_event(&self->list, event, NULL)) {
    case MU_LIST_OPENED:
        choose_relation(app, self);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer plan_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)app, (void)state;
    switch (action) {
    case MU_DO_save:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_move_carry_out};
    case MU_DO_choose:
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_move_relation};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct move_plan *self = context;
    const struct mu_move_step *step = &self->move.step[row];

    if (column == NAME) {
        mu_text_copy(out, size, step->name);
    } else if (column == WHAT) {
        mu_text_copy(
            out, size,
            mu_message_text(step->moves ? MU_SAY_move_moves : MU_SAY_move_stays, language));
    } else if (step->relation) {
        mu_text_copy(out, size, mu_choice_word(&mu_relations, step->relation, language));
    } else {
        *style = MU_STYLE_WARNING;
        mu_text_copy(out, size, mu_message_text(MU_SAY_move_ask, language));
    }
}

static const struct mu_list_source source = {.cell = cell};

static void plan_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct move_plan *self = state;
    enum mu_language language = mu_app_language(app);
    char address[MU_ADDRESS_SIZE], day[MU_DATE_SIZE];
    struct mu_area rows = layout->work;

    mu_household_address(&self->move.to, address);
    mu_date_format(self->move.day, day);
    mu_grid_say(grid, layout->status_row, 1, layout->columns - 1, MU_MARK, MU_STYLE_TITLE, language,
                MU_SAY_move_plan_line, address, day, NULL);
    rows.row++, rows.rows--;
    mu_list_draw(&self->list, grid, rows, true, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_move_plan_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static void plan_close(struct mu_app *app, void *state)
{
    (void)app;
    free(state);
}

static const struct mu_screen_type plan_type = {
    .name = "move_plan",
    .title = MU_SAY_move_title,
    .event = plan_event,
    .draw = plan_draw,
    .offer = plan_offer,
    .typing = mu_typing_keys,
    .close = plan_close,
};

enum mu_status mu_open_move_plan(struct mu_app *app, int64_t household, const struct mu_move *move,
                                 struct mu_error *error)
{
    struct move_plan *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    self->move = *move;
    self->household = household;
    mu_list_init(&self->list, columns, COLUMNS, &source, self);
    mu_list_count(&self->list, move->count);
    return mu_app_push(app, &plan_type, self, error);
}
