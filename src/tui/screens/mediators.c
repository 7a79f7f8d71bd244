/* Who mediates here, with what each has in hand. */
#include "tui/screens/record_form.h"
#include "tui/screens/records.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/mediator.h>
#include <mulin/desk/operators.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- the form ---- */

static enum mu_status form_read(struct mu_app *app, const void *like, void *out,
                                struct mu_error *error)
{
    const struct mu_mediator *mediator = like;

    return mu_read_mediator(mu_screens_desk(app), mediator->id, NULL, out, error);
}

static enum mu_status form_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    return mu_save_mediator(mu_screens_desk(app), record, field, error);
}

static void form_say_saved(struct mu_app *app, const void *record)
{
    const struct mu_mediator *mediator = record;

    mu_app_say(app, MU_TONE_GOOD, MU_SAY_mediator_form_saved, mediator->name, NULL);
}

#define MEDIATOR_FORM(read_again)                                                                  \
    {                                                                                              \
        .name = "mediator_form", .title = MU_SAY_mediator_form_title,                              \
        .line = MU_SAY_mediator_form_line, .fields = mu_mediator_fields,                           \
        .count = &mu_mediator_field_count, .size = sizeof(struct mu_mediator),                     \
        .read = (read_again), .save = form_save, .say_saved = form_say_saved                       \
    }

static const struct mu_record_form new_form = MEDIATOR_FORM(NULL);
static const struct mu_record_form change_form = MEDIATOR_FORM(form_read);

static void open_form(struct mu_app *app, const struct mu_mediator *mediator)
{
    char key[48];
    const char *subject = *mediator->name
                              ? mediator->name
                              : mu_message_text(MU_SAY_mediator_form_new, mu_app_language(app));
    struct mu_error error;

    snprintf(key, sizeof key, "%" PRId64 " %" PRId64, mediator->id, mediator->resident_id);
    if (mu_open_record_form(app, mediator->id ? &change_form : &new_form, mediator, key, subject,
                            &error) != MU_OK)
        mu_app_say_error(app, &error);
}

/* ---- the list ---- */

struct mediators {
    struct mu_records records; /* of struct mu_mediator_entry */
    bool all;                  /* those who left, too */
};

static bool take(void *context, const struct mu_mediator_entry *entry)
{
    return mu_records_add(context, entry) != NULL;
}

static enum mu_status read_all(struct mu_app *app, void *state, struct mu_error *error)
{
    const struct mediators *self = state;

    return mu_list_mediators(mu_screens_desk(app), self->all, take, state, error);
}

static bool may_manage(struct mu_app *app)
{
    struct mu_error error;

    if (mu_desk_ask(mu_screens_desk(app), MU_MAY_manage_mediators, &error) == MU_OK)
        return true;
    mu_app_say_error(app, &error);
    return false;
}

static void change(struct mu_app *app, void *state)
{
    const struct mu_mediator_entry *entry = mu_records_chosen(state);

    if (may_manage(app))
        open_form(app, &entry->mediator);
}

static void found_new(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct mu_mediator mediator = {.resident_id = resident->id, .from = mu_app_now(app).date};

    (void)state;
    mu_text_copy(mediator.name, sizeof mediator.name, resident->name);
    open_form(app, &mediator);
}

static void add(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_find_for(app, found_new, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void found_own(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    const struct mu_mediator_entry *entry = mu_records_chosen(state);
    struct mu_mediator mediator;
    struct mu_error error;

    if (!entry)
        return;
    mediator = entry->mediator;
    mediator.resident_id = resident->id;
    if (mu_save_mediator(mu_screens_desk(app), &mediator, NULL, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_mediator_form_saved, mediator.name, NULL);
    mu_records_read(app, state);
}

enum { DO_OUTSIDER, DO_OWN_FILE, DO_ALL, CHOICES };

static void picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct mediators *self = state;
    const struct mu_mediator nobody = {.from = mu_app_now(app).date};
    struct mu_error error;

    if (!chosen || (code != DO_ALL && !may_manage(app)))
        return;
    switch (code) {
    case DO_OUTSIDER:
        open_form(app, &nobody);
        break;
    case DO_OWN_FILE:
        if (self->records.count && mu_open_find_for(app, found_own, self, &error) != MU_OK)
            mu_app_say_error(app, &error);
        break;
    default:
        self->all = !self->all;
        mu_records_read(app, self);
        break;
    }
}

static void pick(struct mu_app *app, void *state)
{
    struct mediators *self = state;
    const enum mu_message words[CHOICES] = {[DO_OUTSIDER] = MU_SAY_mediators_add_outsider,
                                            [DO_OWN_FILE] = MU_SAY_mediators_own_file,
                                            [DO_ALL] = self->all ? MU_SAY_mediators_show_current
                                                                 : MU_SAY_mediators_show_left};
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[CHOICES];

    for (int code = 0; code < CHOICES; code++)
        picks[code] =
            (struct mu_pick){.code = code, .text = mu_message_text(words[code], language)};
    mu_app_pick(app, mu_message_text(MU_SAY_mediators_title, language), picks, CHOICES, DO_OUTSIDER,
                picked, self);
}

static const struct mu_list_key all_key[] = {
    {MU_DO_accept, change, MU_SAY_mediators_change_label, true, 0, 0},
    {MU_DO_new, add, 0, false, MU_SAY_error_may_manage_mediators, MU_MAY_manage_mediators},
    {MU_DO_choose, pick, MU_SAY_mediators_more_label, false, 0, 0},
    {MU_DO_undo, mu_records_undo, 0, false, 0, 0},
};

/* ---- drawing ---- */

enum { NAME, TEAM, OPEN, YEAR, OPERATOR, FROM, SKILLS };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_name, 8, 14, 0, MU_MARK, false},
    [TEAM] = {MU_SAY_mediators_team_column, 10, 16, 1, MU_MARK, false},
    [OPEN] = {MU_SAY_mediators_open_column, 5, 6, 0, MU_RIGHT, false},
    [YEAR] = {MU_SAY_mediators_year_column, 5, 9, 0, MU_RIGHT, false},
    [OPERATOR] = {MU_SAY_mediators_operator_column, 8, 11, 2, MU_MARK, false},
    [FROM] = {MU_SAY_mediators_from_column, 10, 10, 3, MU_MARK, false},
    [SKILLS] = {MU_SAY_mediators_skills_column, 8, 40, 4, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_mediator_entry *entry = mu_records_row(context, row);
    char open[MU_COUNT_SIZE], year[MU_COUNT_SIZE], from[MU_DATE_SIZE];

    (void)language;
    mu_count_text(entry->open, open);
    mu_count_text(entry->year, year);
    mu_date_format(entry->mediator.from, from);
    const char *const texts[] = {[NAME] = entry->mediator.name,
                                 [TEAM] = entry->mediator.team,
                                 [OPEN] = open,
                                 [YEAR] = year,
                                 [OPERATOR] = entry->mediator.operator_name,
                                 [FROM] = from,
                                 [SKILLS] = entry->mediator.skills};

    mu_text_copy(out, size, texts[column]);
    if (mu_date_known(entry->mediator.until))
        *style = MU_STYLE_DIM;
}

static void all_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                     const struct mu_layout *layout)
{
    struct mediators *self = state;
    char line[MU_MESSAGE_SIZE], number[MU_COUNT_SIZE];

    mu_count_text((int64_t)self->records.count, number);
    mu_message_format(line, sizeof line, mu_app_language(app),
                      self->all ? MU_SAY_mediators_line_all : MU_SAY_mediators_line, number, NULL);
    mu_records_draw(&self->records, app, grid, layout, line, MU_SAY_mediators_hint);
}

static const struct mu_screen_type all_type = {
    .name = "mediators",
    .title = MU_SAY_mediators_title,
    .event = mu_records_event,
    .draw = all_draw,
    .offer = mu_records_offer,
    .typing = mu_typing_keys,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = mu_records_close,
};

static const struct mu_records_kind all_kind = {
    .type = &all_type,
    .row_size = sizeof(struct mu_mediator_entry),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_mediators_empty,
    .keys = all_key,
    .key_count = sizeof all_key / sizeof *all_key,
    .read = read_all,
};

enum mu_status mu_open_mediators(struct mu_app *app, struct mu_error *error)
{
    return mu_records_open(app, &all_kind, calloc(1, sizeof(struct mediators)), error);
}
