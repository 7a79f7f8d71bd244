#include "store/case_count_store.h"

/* The index case_accepted covers all of them but the number. */
#define COUNTED                                                                                    \
    "SELECT c.accepted_on, c.ended_on, c.outcome, c.dispute, c.source, c.level, c.weight, c.kept," \
    " c.promised, c.paid, c.case_id"
#define OF_DAYS " WHERE c.accepted_on BETWEEN ?1 AND ?2 AND c.outcome <> 'mistake'"

enum { BEHIND = 11 /* column behind those of COUNTED */ };

static int code_of(const struct mu_query *query, int column)
{
    int code;

    mu_column_int(query, column, &code);
    return code;
}

static void read_case(const struct mu_query *query, struct mu_counted_case *out)
{
    *out = (struct mu_counted_case){.id = mu_column_integer(query, 10),
                                    .outcome = MU_CASE_OPEN,
                                    .dispute = code_of(query, 3),
                                    .source = code_of(query, 4),
                                    .level = code_of(query, 5),
                                    .weight = code_of(query, 6),
                                    .kept = code_of(query, 7),
                                    .promised = {mu_column_integer(query, 8)},
                                    .paid = {mu_column_integer(query, 9)}};
    mu_column_date(query, 0, &out->accepted_on);
    mu_column_date(query, 1, &out->ended_on);
    /* What another program wrote there and is no outcome stays open. */
    mu_case_outcome_from_word(mu_column_borrow(query, 2), &out->outcome);
}

enum mu_status mu_counted_cases(struct mu_db *db, struct mu_date from, struct mu_date to,
                                mu_counted_case_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, COUNTED " FROM mediation_case c" OF_DAYS);
    struct mu_counted_case counted;

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, to);
    while (mu_query_row(&query)) {
        read_case(&query, &counted);
        row(context, &counted);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_counted_mediators(struct mu_db *db, struct mu_date from, struct mu_date to,
                                    mu_counted_mediator_row *row, void *context,
                                    struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, COUNTED ", m.mediator_id, n.name FROM mediation_case c"
                             " LEFT JOIN case_mediator m ON m.case_id = c.case_id AND m.at_work = 1"
                             " LEFT JOIN mediator n ON n.mediator_id = m.mediator_id" OF_DAYS
                             " ORDER BY c.case_id, m.mediator_id");
    struct mu_counted_case counted;

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, to);
    while (mu_query_row(&query)) {
        read_case(&query, &counted);
        row(context, &counted, mu_column_integer(&query, BEHIND),
            mu_column_borrow(&query, BEHIND + 1));
    }
    return mu_query_end(&query, error);
}
