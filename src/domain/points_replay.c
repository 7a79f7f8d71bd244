#include <mulin/domain/points_replay.h>

#include <limits.h>

static int whole(struct mu_points points)
{
    return points.count > INT_MAX ? INT_MAX : (int)points.count;
}

/* What services before services[index] had earned when it was recorded. */
static void add_earned(const struct mu_past_service *services, size_t index,
                       struct mu_service_facts *facts)
{
    const struct mu_past_service *service = &services[index];
    struct mu_points day = {0}, month = {0};

    for (size_t i = 0; i < index; i++) {
        const struct mu_past_service *before = &services[i];

        if (before->reversed_by && before->reversed_by < service->entry_id)
            continue;
        month = mu_points_add(month, before->would);
        if (mu_date_compare(before->date, service->date) == 0)
            day = mu_points_add(day, before->would);
    }
    facts->earned_today = whole(day);
    facts->earned_this_month = whole(month);
}

void mu_replay_services(const struct mu_points_rules *draft, struct mu_past_service *services,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mu_past_service *service = &services[i];
        struct mu_service_facts facts = {.duty = service->duty,
                                         .date = service->date,
                                         .starts_at = service->starts_at,
                                         .minutes = service->minutes,
                                         .times = service->times};
        struct mu_service_points points;

        service->would = service->was;
        service->cut = (struct mu_points){0};
        if (!service->duty)
            continue;
        add_earned(services, i, &facts);
        mu_service_points(draft, &facts, &points);
        service->would = points.points;
        service->cut = mu_points_add(points.over_day, points.over_month);
    }
}
