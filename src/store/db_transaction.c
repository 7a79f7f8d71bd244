#include "store/db.h"
#include "store/db_wait.h"
#include "store/migration.h"

static const char roll_back[] = "ROLLBACK";

/* Prepared before it is needed: a transaction must end even when there is no memory left. */
static enum mu_status prepare_rollback(struct mu_db *db, struct mu_error *error)
{
    struct mu_query query = mu_query(db, roll_back);

    return mu_query_end(&query, error);
}

/* Out of the line first: the process may be stopped now. */
static void leave(struct mu_db *db)
{
    mu_wait_end(mu_db_wait(db));
    mu_db_leave(db);
}

/* A process that is stopped in a transaction would keep every other desk from saving. */
static enum mu_status begin(struct mu_db *db, bool saves, struct mu_error *error)
{
    struct mu_query query;
    enum mu_status status = prepare_rollback(db, error);

    if (status != MU_OK)
        return status;
    query = mu_query(db, saves ? "BEGIN IMMEDIATE" : "BEGIN");
    mu_db_enter(db);
    if (saves)
        mu_wait_in_line(mu_db_wait(db));
    status = mu_query_run(&query, error);
    if (status == MU_OK)
        mu_wait_over(mu_db_wait(db));
    else
        leave(db);
    return status;
}

enum mu_status mu_db_begin(struct mu_db *db, struct mu_error *error)
{
    return begin(db, true, error);
}

enum mu_status mu_db_begin_read(struct mu_db *db, struct mu_error *error)
{
    return begin(db, false, error);
}

/* SQLite has forgotten the transaction even when taking it back failed. */
void mu_db_rollback(struct mu_db *db)
{
    if (mu_db_transaction(db)) {
        struct mu_query query = mu_query(db, roll_back);
        enum mu_status status = mu_query_run(&query, NULL);

        (void)status;
    }
    leave(db);
}

enum mu_status mu_db_commit(struct mu_db *db, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "COMMIT");
    enum mu_status status = mu_query_run(&query, error);

    if (status == MU_OK)
        leave(db);
    else
        mu_db_rollback(db);
    return status;
}

void mu_db_end_read(struct mu_db *db)
{
    struct mu_query query = mu_query(db, "COMMIT");

    if (mu_query_run(&query, NULL) == MU_OK)
        leave(db);
    else
        mu_db_rollback(db);
}

int64_t mu_db_change_counter(struct mu_db *db)
{
    struct mu_query query = mu_query(db, "PRAGMA data_version");
    int64_t version = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;

    return mu_query_end(&query, NULL) == MU_OK ? version : 0;
}
