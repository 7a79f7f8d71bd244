/* The hash over a closed month of points. */
#ifndef MULIN_SRC_DOMAIN_POINTS_MONTH_SEAL_H
#define MULIN_SRC_DOMAIN_POINTS_MONTH_SEAL_H

#include "domain/chain_hash.h"

#include <mulin/domain/points_month.h>

/* BLAKE2b-256 over a closed month and its lines, the document of its ledger entry. Fields as in
 * mu_entry_hash: "mulin-points-month-1", the entry's idempotency key, then of each line in the
 * order of resident_id: resident_id, services, minutes, earned, spent, expired, balance,
 * total_minutes, total_earned, stars; then the month: month, last_entry, head, people, services,
 * minutes, earned, spent, expired, balance, operator_id, second_id, second_name, closed_at.
 *
 *     mu_points_seal_begin → mu_points_seal_line … → mu_points_seal_end */
void mu_points_seal_begin(struct mu_chain_hash *seal, const char *idempotency_key);
void mu_points_seal_line(struct mu_chain_hash *seal, const struct mu_points_month_line *line);
void mu_points_seal_end(struct mu_chain_hash *seal, const struct mu_points_month *month,
                        unsigned char hash[MU_HASH_SIZE]);

#endif
