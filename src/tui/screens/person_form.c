#include "tui/screens/record_form.h"
#include "tui/screens/screens.h"

#include <mulin/desk/person_file.h>
#include <mulin/desk/register.h>

#include <stdio.h>

static enum mu_status form_read(struct mu_app *app, const void *like, void *out,
                                struct mu_error *error)
{
    const struct mu_person_file *file = like;

    return mu_read_person_file(mu_screens_desk(app), file->resident_id, out, error);
}

static enum mu_status form_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    return mu_save_person_file(mu_screens_desk(app), record, field, error);
}

/* Back to the file that the page belongs to. */
static enum mu_status form_leave(struct mu_app *app, const void *record, struct mu_error *error)
{
    const struct mu_person_file *file = record;

    return mu_open_resident_file(app, file->resident_id, error);
}

static const struct mu_record_form form = {
    .name = "person_form",
    .title = MU_SAY_person_file_title,
    .line = MU_SAY_person_file_line,
    .saved = MU_SAY_person_file_saved,
    .fields = mu_person_file_fields,
    .count = &mu_person_file_field_count,
    .size = sizeof(struct mu_person_file),
    .read = form_read,
    .save = form_save,
    .leave = form_leave,
};

enum mu_status mu_open_person_form(struct mu_app *app, int64_t id, struct mu_error *error)
{
    struct mu_resident person;
    struct mu_person_file file;
    char number[24];
    enum mu_status status = mu_read_resident(mu_screens_desk(app), id, &person, error);

    if (status == MU_OK)
        status = mu_read_person_file(mu_screens_desk(app), id, &file, error);
    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)id);
    return mu_open_record_form(app, &form, &file, number, person.name, error);
}
