#include <mulin/domain/audit.h>

#include "domain/chain_hash.h"

void mu_audit_hash(const struct mu_audit_record *record, const unsigned char previous[MU_HASH_SIZE],
                   unsigned char hash[MU_HASH_SIZE])
{
    struct mu_chain_hash chain;

    mu_chain_begin(&chain, "mulin-audit-1");
    mu_chain_number(&chain, record->id);
    mu_chain_moment(&chain, record->recorded_at);
    mu_chain_number(&chain, record->operator_id);
    mu_chain_text(&chain, record->terminal);
    mu_chain_text(&chain, record->action);
    mu_chain_reference(&chain, record->resident_id);
    mu_chain_text(&chain, record->subject);
    mu_chain_text(&chain, record->before);
    mu_chain_text(&chain, record->after);
    mu_chain_text(&chain, record->reason);
    mu_chain_bytes(&chain, previous, MU_HASH_SIZE);
    mu_chain_end(&chain, hash);
}
