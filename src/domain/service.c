#include <mulin/domain/service.h>

#include "domain/chain_hash.h"

enum { DAY = 24 * 60 };

void mu_service_hash(const struct mu_service *service, const char *idempotency_key,
                     unsigned char hash[MU_HASH_SIZE])
{
    struct mu_chain_hash chain;
    char date[MU_DATE_SIZE];

    mu_date_format(service->date, date);
    mu_chain_begin(&chain, "mulin-service-1");
    mu_chain_text(&chain, idempotency_key);
    mu_chain_number(&chain, service->id);
    mu_chain_number(&chain, service->resident_id);
    mu_chain_text(&chain, service->duty);
    mu_chain_text(&chain, service->team);
    mu_chain_text(&chain, date);
    mu_chain_number(&chain, service->starts_at);
    mu_chain_number(&chain, service->ends_at);
    mu_chain_number(&chain, service->minutes);
    mu_chain_number(&chain, service->times);
    mu_chain_number(&chain, service->points.count);
    mu_chain_text(&chain, service->place);
    mu_chain_text(&chain, service->recipient);
    mu_chain_reference(&chain, service->recipient_id);
    mu_chain_text(&chain, service->confirmed_by);
    mu_chain_reference(&chain, service->confirmed_id);
    mu_chain_number(&chain, service->forgotten);
    mu_chain_reference(&chain, service->attendance_id);
    mu_chain_text(&chain, service->note);
    mu_chain_number(&chain, service->operator_id);
    mu_chain_moment(&chain, service->begun_at);
    mu_chain_end(&chain, hash);
}

static bool timed(const struct mu_service *service)
{
    return service->starts_at >= 0 && service->ends_at >= 0;
}

bool mu_services_overlap(const struct mu_service *a, const struct mu_service *b)
{
    int later = mu_date_days_between(a->date, b->date) * DAY;

    return timed(a) && timed(b) && a->starts_at < b->ends_at + later &&
           b->starts_at + later < a->ends_at;
}
