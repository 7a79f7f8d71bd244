#include "desk/act.h"
#include "desk/household_file.h"
#include "desk/mediator_file.h"
#include "desk/order_file.h"
#include "desk/person_act.h"
#include "desk/place_file.h"
#include "desk/resident_file.h"
#include "desk/resident_tags.h"
#include "desk/team_file.h"
#include "desk/twin_file.h"

#include <mulin/domain/person_file.h>

#include <string.h>

static enum mu_status read_resident(struct mu_desk *desk, int64_t row, void *record,
                                    struct mu_error *error)
{
    return mu_file_read(desk, row, record, error);
}

static enum mu_status put_back_resident(struct mu_act_writer *writer, int64_t row,
                                        const void *current, const void *wanted,
                                        struct mu_error *error)
{
    (void)row;
    return wanted ? mu_file_put_back(writer, current, wanted, error)
                  : mu_file_withdraw(writer, current, error);
}

static enum mu_status read_household(struct mu_desk *desk, int64_t row, void *record,
                                     struct mu_error *error)
{
    return mu_household_file(desk, row, record, error);
}

static enum mu_status put_back_household(struct mu_act_writer *writer, int64_t row,
                                         const void *current, const void *wanted,
                                         struct mu_error *error)
{
    (void)row;
    return mu_household_put_back(writer, current, wanted, error);
}

static const char *const of_the_household[] = {"occupancy", "grid", NULL};

static const struct mu_act_kind kinds[] = {
    {"resident", MU_SAY_act_kind_resident, MU_MAY_save_resident, true, mu_resident_fields,
     &mu_resident_stored_field_count, sizeof(struct mu_resident), of_the_household, read_resident,
     put_back_resident},
    {"household", MU_SAY_act_kind_household, MU_MAY_save_resident, false, mu_household_fields,
     &mu_household_field_count, sizeof(struct mu_household), NULL, read_household,
     put_back_household},
    {"building", MU_SAY_act_kind_building, MU_MAY_save_resident, false, mu_building_fields,
     &mu_building_field_count, sizeof(struct mu_building), NULL, mu_building_record,
     mu_building_put_back},
    {"grid", MU_SAY_act_kind_grid, MU_MAY_save_resident, false, mu_grid_fields,
     &mu_grid_field_count, sizeof(struct mu_grid_record), NULL, mu_grid_of, mu_grid_put_back},
    {"twin", MU_SAY_act_kind_twin, MU_MAY_link_twins, false, mu_twin_fields, &mu_twin_field_count,
     sizeof(struct mu_twin_record), NULL, mu_twin_record_read, mu_twin_put_back},
    {"tag", MU_SAY_act_kind_tag, MU_MAY_save_resident, true, mu_tag_book_fields,
     &mu_tag_book_field_count, sizeof(struct mu_tag_book), NULL, mu_tag_act_read,
     mu_tag_act_put_back},
    {"person_file", MU_SAY_act_kind_person_file, MU_MAY_save_resident, true, mu_person_file_fields,
     &mu_person_file_field_count, sizeof(struct mu_person_file), NULL, mu_person_act_read,
     mu_person_act_put_back},
    {"order", MU_SAY_act_kind_order, MU_MAY_take_orders, false, mu_order_fields,
     &mu_order_stored_field_count, sizeof(struct mu_order), NULL, mu_order_act_read,
     mu_order_act_put_back},
    {"absence", MU_SAY_act_kind_absence, MU_MAY_take_orders, false, mu_absence_fields,
     &mu_absence_stored_field_count, sizeof(struct mu_absence), NULL, mu_absence_act_read,
     mu_absence_act_put_back},
    {"menu", MU_SAY_act_kind_menu, MU_MAY_plan_menus, false, mu_menu_fields, &mu_menu_field_count,
     sizeof(struct mu_menu_record), NULL, mu_menu_act_read, mu_menu_act_put_back},
    {"team", MU_SAY_act_kind_team, MU_MAY_manage_teams, false, mu_team_fields,
     &mu_team_stored_field_count, sizeof(struct mu_team), NULL, mu_team_act_read,
     mu_team_act_put_back},
    {"team_member", MU_SAY_act_kind_team_member, MU_MAY_manage_teams, true, mu_team_book_fields,
     &mu_team_book_field_count, sizeof(struct mu_team_book), NULL, mu_team_book_act_read,
     mu_team_book_act_put_back},
    {"volunteer", MU_SAY_act_kind_volunteer, MU_MAY_manage_teams, true, mu_volunteer_fields,
     &mu_volunteer_field_count, sizeof(struct mu_volunteer), NULL, mu_volunteer_act_read,
     mu_volunteer_act_put_back},
    {"award", MU_SAY_act_kind_award, MU_MAY_manage_teams, true, mu_award_book_fields,
     &mu_award_book_field_count, sizeof(struct mu_award_book), NULL, mu_award_act_read,
     mu_award_act_put_back},
    {"mediator", MU_SAY_act_kind_mediator, MU_MAY_manage_mediators, false, mu_mediator_fields,
     &mu_mediator_stored_field_count, sizeof(struct mu_mediator), NULL, mu_mediator_act_read,
     mu_mediator_act_put_back},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

const struct mu_act_kind *mu_act_kind(const char *word)
{
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].word, word) == 0)
            return &kinds[i];
    return NULL;
}

const struct mu_act_kind *mu_act_kind_at(size_t index)
{
    return index < KINDS ? &kinds[index] : NULL;
}
