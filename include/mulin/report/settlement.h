/* The settlement of a day or session as a file and on paper. */
#ifndef MULIN_REPORT_SETTLEMENT_H
#define MULIN_REPORT_SETTLEMENT_H

#include <mulin/desk/canteen.h>
#include <mulin/desk/closing.h>
#include <mulin/report.h>

/* Everything is borrowed. */
struct mu_settlement_paper {
    struct mu_date date;
    const char *session; /* id; NULL: the whole day */
    const struct mu_day_totals *totals;
    const struct mu_settlement *settlements; /* that were closed */
    size_t count;
    const struct mu_verify_report *heads;
};

/* Writes the tiers as a table with who paid, what was counted and by whom above it, and the heads
 * below. As mu_report_begin. */
enum mu_status mu_report_settlement(struct mu_desk *desk, const struct mu_report_target *target,
                                    const struct mu_settlement_paper *paper,
                                    enum mu_language language, struct mu_error *error) MU_CHECKED;

#endif
