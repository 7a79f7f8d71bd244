#include "store/case_count_store.h"

/* The index case_accepted holds all of them. */
#define COUNTED                                                                                    \
    "SELECT c.accepted_on, c.ended_on, c.outcome, c.weight, c.kept, c.promised, c.paid, "
#define OF_DAYS " WHERE c.accepted_on BETWEEN ?1 AND ?2 AND c.outcome <> 'mistake'"
#define OF_CASES " FROM mediation_case c" OF_DAYS

enum { GROUP = 7, MEDIATOR, NAME };

static const char *const of_groups[MU_COUNTED_GROUPS] = {
    [MU_COUNTED_ALONE] = COUNTED "0" OF_CASES,
    [MU_COUNTED_DISPUTE] = COUNTED "c.dispute" OF_CASES,
    [MU_COUNTED_SOURCE] = COUNTED "c.source" OF_CASES,
    [MU_COUNTED_LEVEL] = COUNTED "c.level" OF_CASES,
};

/* A hundred thousand rows: no column is asked for more often than once. */
static void read_case(const struct mu_query *query, struct mu_counted_case *out)
{
    *out = (struct mu_counted_case){.outcome = MU_CASE_OPEN,
                                    .promised = {mu_column_integer(query, 5)},
                                    .paid = {mu_column_integer(query, 6)}};
    mu_column_int(query, 3, &out->weight);
    mu_column_int(query, 4, &out->kept);
    mu_date_read(mu_column_borrow(query, 0), &out->accepted_on);
    mu_date_read(mu_column_borrow(query, 1), &out->ended_on);
    /* What another program wrote there and is no outcome stays open. */
    mu_case_outcome_from_word(mu_column_borrow(query, 2), &out->outcome);
}

enum mu_status mu_counted_cases(struct mu_db *db, struct mu_date from, struct mu_date to,
                                enum mu_counted_group group, mu_counted_case_row *row,
                                void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, of_groups[group]);
    struct mu_counted_case counted;

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, to);
    while (mu_query_row(&query)) {
        read_case(&query, &counted);
        if (group != MU_COUNTED_ALONE)
            mu_column_int(&query, GROUP, &counted.group);
        row(context, &counted);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_counted_mediators(struct mu_db *db, struct mu_date from, struct mu_date to,
                                    mu_counted_mediator_row *row, void *context,
                                    struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, COUNTED "c.case_id, m.mediator_id, n.name FROM mediation_case c"
                             " LEFT JOIN case_mediator m ON m.case_id = c.case_id AND m.at_work = 1"
                             " LEFT JOIN mediator n ON n.mediator_id = m.mediator_id" OF_DAYS
                             " ORDER BY c.case_id, m.mediator_id");
    struct mu_counted_case counted;

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, to);
    while (mu_query_row(&query)) {
        read_case(&query, &counted);
        row(context, &counted, mu_column_integer(&query, GROUP),
            mu_column_integer(&query, MEDIATOR), mu_column_borrow(&query, NAME));
    }
    return mu_query_end(&query, error);
}
