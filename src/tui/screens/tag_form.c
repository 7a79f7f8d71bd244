#include "tui/screens/record_form.h"
#include "tui/screens/screens.h"
#include "tui/screens/tag_view.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/register.h>
#include <mulin/desk/tag.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What the form fills, whose it is, and where leaving goes. */
struct tag_record {
    struct mu_tag tag;    /* first: the field table stands over it */
    struct mu_desk *desk; /* borrowed */
    int64_t resident_id;
    char name[MU_PERSON_NAME_SIZE];
    bool to_tags, from_file;
};

/* From the word follow the usual days. */
static void field_left(void *context, struct mu_form *form, const struct mu_field *field)
{
    const struct tag_record *record = context;
    struct mu_tag usual = {0};
    char day[MU_DATE_SIZE];

    if (strcmp(field->key, "word") != 0)
        return;
    mu_text_copy(usual.word, sizeof usual.word, mu_form_text(form, "word"));
    if (mu_propose_tag(record->desk, record->resident_id, &usual, NULL) != MU_OK)
        return;
    mu_date_format(usual.from, day);
    mu_form_suggest(form, "from", day);
    mu_date_format(usual.until, day);
    mu_form_suggest(form, "until", day);
}

static void form_begin(struct mu_form *form, void *record)
{
    const struct tag_record *self = record;

    mu_form_on_left(form, field_left, record);
    if (*self->tag.word)
        mu_form_go(form, "evidence");
}

static enum mu_status form_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    const struct tag_record *self = record;

    (void)app;
    return mu_set_tag(self->desk, self->resident_id, &self->tag, field, error);
}

static void form_say_saved(struct mu_app *app, const void *record)
{
    const struct tag_record *self = record;
    char until[MU_TAG_CELL_SIZE];

    mu_tag_until_text(&self->tag, mu_app_language(app), until);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_tag_form_saved, self->name, self->tag.word, until, NULL);
}

static enum mu_status form_leave(struct mu_app *app, const void *record, struct mu_error *error)
{
    const struct tag_record *self = record;

    return self->to_tags ? mu_open_resident_tags(app, self->resident_id, self->from_file, error)
                         : MU_OK;
}

static const struct mu_record_form form = {
    .name = "tag_form",
    .title = MU_SAY_tag_form_title,
    .line = MU_SAY_tag_form_line,
    .fields = mu_tag_fields,
    .count = &mu_tag_field_count,
    .size = sizeof(struct tag_record),
    .begin = form_begin,
    .save = form_save,
    .say_saved = form_say_saved,
    .leave = form_leave,
};

enum mu_status mu_open_tag_form(struct mu_app *app, int64_t id, const char *word, bool to_tags,
                                bool from_file, struct mu_error *error)
{
    struct tag_record record = {.desk = mu_screens_desk(app),
                                .resident_id = id,
                                .to_tags = to_tags,
                                .from_file = from_file};
    struct mu_resident person;
    char number[MU_COUNT_SIZE];
    enum mu_status status = mu_read_resident(record.desk, id, &person, error);

    if (status == MU_OK)
        status = mu_desk_ask(record.desk, MU_MAY_save_resident, error);
    if (status == MU_OK && *word) {
        mu_text_copy(record.tag.word, sizeof record.tag.word, word);
        status = mu_propose_tag(record.desk, id, &record.tag, error);
    }
    if (status != MU_OK)
        return status;
    mu_text_copy(record.name, sizeof record.name, person.name);
    snprintf(number, sizeof number, "%" PRId64, id);
    return mu_open_record_form(app, &form, &record, number, record.name, error);
}
