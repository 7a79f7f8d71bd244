#include "base/growing.h"
#include "desk/household_file.h"
#include "desk/resident_file.h"
#include "desk/resident_tags.h"
#include "store/alert_store.h"
#include "store/canteen_store.h"
#include "store/household_store.h"
#include "store/order_store.h"
#include "store/register_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/household.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows of a page on their way into an array that grows. */
struct gathering {
    struct mu_household_page page;
    size_t member_room, past_room;
    bool no_memory;
    struct mu_teller teller;
};

static struct mu_page_member *next_member(struct gathering *gathering)
{
    struct mu_household_page *page = &gathering->page;
    struct mu_page_member *larger =
        mu_grown(page->member, page->member_count, &gathering->member_room, sizeof *larger);

    gathering->no_memory = !larger;
    if (!larger)
        return NULL;
    page->member = larger;
    memset(&page->member[page->member_count], 0, sizeof *page->member);
    return &page->member[page->member_count++];
}

static bool take_member(void *context, const struct mu_resident *resident)
{
    struct gathering *gathering = context;
    struct mu_page_member *member = next_member(gathering);

    if (!member)
        return false;
    member->resident = *resident;
    member->here = true;
    mu_file_mask(&member->resident);
    return mu_tell_tags(&gathering->teller, &member->resident);
}

static bool take_past_member(void *context, const struct mu_past_member *past)
{
    struct mu_page_member *member = next_member(context);

    if (!member)
        return false;
    member->resident.id = past->resident_id;
    member->resident.relation = past->relation;
    mu_text_copy(member->resident.name, sizeof member->resident.name, past->name);
    member->until = past->until;
    return true;
}

static bool take_past_use(void *context, const struct mu_occupancy_past *past)
{
    struct gathering *gathering = context;
    struct mu_household_page *page = &gathering->page;
    struct mu_occupancy_past *larger =
        mu_grown(page->past, page->past_count, &gathering->past_room, sizeof *larger);

    gathering->no_memory = !larger;
    if (!larger)
        return false;
    page->past = larger;
    page->past[page->past_count++] = *past;
    return true;
}

static bool count_neighbour(void *context, const struct mu_household *household)
{
    struct gathering *gathering = context;

    gathering->page.neighbours += household->joined_into == 0;
    return true;
}

enum mu_status mu_household_file(struct mu_desk *desk, int64_t id, struct mu_household *out,
                                 struct mu_error *error)
{
    bool found = false;
    char number[24];
    enum mu_status status = mu_household_by_id(desk->db, id, &found, out, error);

    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_household_unknown, number, NULL);
}

void mu_household_mask(struct mu_household *household)
{
    char phone[MU_PHONE_SIZE];

    mu_phone_mask(household->contact_phone, phone, sizeof phone);
    memcpy(household->contact_phone, phone, sizeof phone);
}

void mu_household_unmask(struct mu_household *household, const struct mu_household *stored)
{
    struct mu_household masked = *stored;

    mu_household_mask(&masked);
    if (strcmp(household->contact_phone, masked.contact_phone) == 0)
        memcpy(household->contact_phone, stored->contact_phone, sizeof household->contact_phone);
}

bool mu_household_same_home(const struct mu_household *a, const struct mu_household *b)
{
    return strcmp(a->estate, b->estate) == 0 && strcmp(a->building, b->building) == 0 &&
           strcmp(a->unit, b->unit) == 0 && strcmp(a->room, b->room) == 0 &&
           strcmp(a->number, b->number) == 0;
}

static bool has_order(void *context, const struct mu_order *order)
{
    bool *ordered = context;

    (void)order;
    *ordered = true;
    return false;
}

/* What goes on with the people of the household. */
static enum mu_status count_matters(struct mu_desk *desk, struct mu_household_page *page,
                                    struct mu_error *error)
{
    const struct mu_date today = mu_desk_now(desk).date;
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < page->member_count && status == MU_OK; i++) {
        int64_t id = page->member[i].resident.id, alert;
        size_t alerts = 0;
        bool ordered = false;

        if (!page->member[i].here)
            continue;
        status = mu_order_of_person(desk->db, id, today, has_order, &ordered, error);
        if (status == MU_OK)
            status = mu_alert_open_of(desk->db, id, &alert, 1, &alerts, error);
        page->ordering += ordered;
        page->missed += alerts > 0;
    }
    return status;
}

static enum mu_status count_meals(struct mu_desk *desk, struct mu_household_page *page,
                                  struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date, first = {today.year, today.month, 1};
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < page->member_count && status == MU_OK; i++)
        if (page->member[i].here)
            status = mu_meal_count_of(desk->db, page->member[i].resident.id, first, today,
                                      &page->member[i].meals, error);
    return status;
}

static enum mu_status gather(struct mu_desk *desk, int64_t id, struct gathering *gathering,
                             struct mu_error *error)
{
    struct mu_household_page *page = &gathering->page;
    enum mu_status status = mu_household_file(desk, id, &page->household, error);

    if (status != MU_OK)
        return status;
    mu_household_mask(&page->household);
    mu_teller_init(&gathering->teller, desk);
    status = mu_register_household(desk->db, id, take_member, gathering, error);
    if (status == MU_OK && gathering->teller.status != MU_OK) {
        status = gathering->teller.status;
        if (error)
            *error = gathering->teller.error;
    }
    if (status == MU_OK)
        status = mu_household_past_members(desk->db, id, take_past_member, gathering, error);
    if (status == MU_OK)
        status = mu_household_past_uses(desk->db, id, take_past_use, gathering, error);
    if (status == MU_OK)
        status = mu_household_neighbours(desk->db, id, count_neighbour, gathering, error);
    if (status == MU_OK)
        status = count_meals(desk, page, error);
    if (status == MU_OK)
        status = count_matters(desk, page, error);
    if (status == MU_OK && gathering->no_memory)
        status = mu_fail_memory(error);
    return status;
}

enum mu_status mu_read_household(struct mu_desk *desk, int64_t id, struct mu_household_page *out,
                                 struct mu_error *error)
{
    struct gathering gathering = {0};
    enum mu_status status = mu_db_begin_read(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_desk_may(desk, MU_MAY_read_resident, error);
    if (status == MU_OK)
        status = gather(desk, id, &gathering, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        *out = gathering.page;
    else
        mu_household_page_clear(&gathering.page);
    return status;
}

void mu_household_page_clear(struct mu_household_page *page)
{
    free(page->member);
    free(page->past);
    memset(page, 0, sizeof *page);
}
