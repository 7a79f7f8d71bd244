/* Certificates of voluntary service, numbered, for those who ask for one. */
#ifndef MULIN_DESK_CERTIFICATE_H
#define MULIN_DESK_CERTIFICATE_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/certificate.h>

/* Everything that is printed. */
struct mu_certificate_paper {
    struct mu_certificate certificate;
    char id_number[MU_ID_NUMBER_SIZE]; /* of the person, masked; "" when it is not known */
    char centre[MU_RULE_NAME_SIZE];    /* that gives it, by the book of its day */
    struct mu_certificate_duty *duty;  /* owned: what the person did, most time first */
    size_t count, room;
};
void mu_certificate_paper_clear(struct mu_certificate_paper *paper);

/* What a certificate would say if it were given out now, without a number. The services of a person
 * count over all linked files; those that were reversed do not.
 * *out is owned by the caller (mu_certificate_paper_clear), untouched on failure. MU_INPUT (no such
 * file; the days are the wrong way round or to come), MU_REFUSED (right; no service in those days),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_draft_certificate(struct mu_desk *desk, int64_t resident_id, struct mu_date from,
                                    struct mu_date to, struct mu_certificate_paper *out,
                                    struct mu_error *error) MU_CHECKED;

/* Gives it out: it gets the next number of the year, and the audit trail says what stands on it.
 * As mu_draft_certificate. */
enum mu_status mu_issue_certificate(struct mu_desk *desk, int64_t resident_id, struct mu_date from,
                                    struct mu_date to, struct mu_certificate_paper *out,
                                    struct mu_error *error) MU_CHECKED;

/* One that was given out, to be compared or printed again. MU_INPUT (no such number), MU_REFUSED
 * (right), MU_STORE, MU_MEMORY. */
enum mu_status mu_read_certificate(struct mu_desk *desk, const char *number,
                                   struct mu_certificate_paper *out,
                                   struct mu_error *error) MU_CHECKED;

/* False stops. Borrowed; the desk must not be called. */
typedef bool mu_certificate_told(void *context, const struct mu_certificate *certificate);
/* Those of a person (0: of everybody), the last one first. MU_INPUT (no such file), MU_REFUSED
 * (right), MU_STORE. */
enum mu_status mu_list_certificates(struct mu_desk *desk, int64_t resident_id,
                                    mu_certificate_told *told, void *context,
                                    struct mu_error *error) MU_CHECKED;

#endif
