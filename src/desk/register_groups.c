#include "desk/register_groups.h"
#include "base/growing.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

/* 0-6 before school, 7-17, 18-34, 35-59 at work, then by ten years. */
static const int band_starts[MU_AGE_BANDS] = {0, 7, 18, 35, 60, 70, 80, 90, 100};

void mu_age_band(size_t band, int *from, int *to)
{
    *from = band_starts[band];
    *to = band + 1 < MU_AGE_BANDS ? band_starts[band + 1] - 1 : -1;
}

size_t register_band(int age)
{
    size_t band = MU_AGE_BANDS;

    while (band > 0 && (age < 0 || age < band_starts[band - 1]))
        band--;
    return band == 0 ? MU_AGE_BANDS : band - 1;
}

/* Groups. They stand in the order of their bytes until everything is counted. */

static struct mu_register_group *insert_group(struct mu_register_groups *groups, size_t at,
                                              const char *name)
{
    struct mu_register_group *group;
    struct mu_register_group *larger =
        mu_grown(groups->group, groups->count, &groups->room, sizeof *larger);

    if (!larger)
        return NULL;
    groups->group = larger;
    group = &groups->group[at];
    memmove(group + 1, group, (groups->count - at) * sizeof *group);
    groups->count++;
    memset(group, 0, sizeof *group);
    mu_text_copy(group->name, sizeof group->name, name);
    return group;
}

struct mu_register_group *register_group(struct mu_register_groups *groups, const char *name)
{
    size_t low = 0, high = groups->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(groups->group[middle].name, name);

        if (order == 0)
            return &groups->group[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return insert_group(groups, low, name);
}

void register_add_home(struct mu_register_group *group, int occupancy)
{
    group->homes++;
    group->by_occupancy[occupancy > 0 && occupancy < MU_OCCUPANCIES ? occupancy : 0]++;
}

void register_add_person(const struct mu_register_report *report, struct mu_register_group *group,
                         int sex, int age)
{
    group->people++;
    group->by_sex[sex > 0 && sex < MU_SEXES ? sex : 0]++;
    group->elders += age >= report->elder_from;
    group->advanced += age >= report->advanced_age_from;
}

static int by_name(const void *first, const void *second)
{
    const struct mu_register_group *a = first, *b = second;

    /* What has no name comes last. */
    if (!*a->name != !*b->name)
        return *a->name ? -1 : 1;
    return mu_place_compare(a->name, b->name);
}

static int by_people(const void *first, const void *second)
{
    const struct mu_register_group *a = first, *b = second;

    if (a->people != b->people)
        return a->people < b->people ? 1 : -1;
    return mu_place_compare(a->name, b->name);
}

static void sort(struct mu_register_groups *groups, int (*order)(const void *, const void *))
{
    if (groups->count)
        qsort(groups->group, groups->count, sizeof *groups->group, order);
}

void register_sort(struct mu_register_report *report)
{
    sort(&report->grids, by_name);
    sort(&report->estates, by_name);
    sort(&report->tags, by_people);
}

void register_clear(struct mu_register_report *report)
{
    free(report->grids.group);
    free(report->estates.group);
    free(report->tags.group);
    *report = (struct mu_register_report){0};
}
