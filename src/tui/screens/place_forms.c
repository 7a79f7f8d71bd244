#include "tui/screens/place_forms.h"

#include "tui/screens/record_form.h"
#include "tui/screens/screens.h"

#include <mulin/desk/place.h>

#include <stdio.h>

static enum mu_status read_building(struct mu_app *app, const void *like, void *out,
                                    struct mu_error *error)
{
    const struct mu_building *building = like;

    return mu_read_building(mu_screens_desk(app), building->estate, building->building, out, error);
}

static enum mu_status save_building(struct mu_app *app, void *record, const char **field,
                                    struct mu_error *error)
{
    return mu_save_building(mu_screens_desk(app), record, field, error);
}

static const struct mu_record_form building_form = {
    .name = "building_form",
    .title = MU_SAY_place_building,
    .line = MU_SAY_place_form_line,
    .saved = MU_SAY_place_form_saved,
    .fields = mu_building_fields,
    .count = &mu_building_field_count,
    .size = sizeof(struct mu_building),
    .read = read_building,
    .save = save_building,
};

enum mu_status mu_open_building_form(struct mu_app *app, const char *estate, const char *building,
                                     struct mu_error *error)
{
    struct mu_building record;
    char subject[2 * MU_PLACE_SIZE + 2];
    enum mu_status status =
        mu_read_building(mu_screens_desk(app), estate, building, &record, error);

    if (status != MU_OK)
        return status;
    snprintf(subject, sizeof subject, "%s %s", estate, building);
    return mu_open_record_form(app, &building_form, &record, subject, subject, error);
}

static enum mu_status read_grid(struct mu_app *app, const void *like, void *out,
                                struct mu_error *error)
{
    return mu_read_grid(mu_screens_desk(app), ((const struct mu_grid_record *)like)->name, out,
                        error);
}

static enum mu_status save_grid(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    return mu_save_grid(mu_screens_desk(app), record, field, error);
}

static const struct mu_record_form grid_form = {
    .name = "grid_form",
    .title = MU_SAY_place_grid,
    .line = MU_SAY_place_form_line,
    .saved = MU_SAY_place_form_saved,
    .fields = mu_grid_fields,
    .count = &mu_grid_field_count,
    .size = sizeof(struct mu_grid_record),
    .read = read_grid,
    .save = save_grid,
};

enum mu_status mu_open_grid_form(struct mu_app *app, const char *name, struct mu_error *error)
{
    struct mu_grid_record record;
    enum mu_status status = mu_read_grid(mu_screens_desk(app), name, &record, error);

    if (status != MU_OK)
        return status;
    return mu_open_record_form(app, &grid_form, &record, name, name, error);
}
