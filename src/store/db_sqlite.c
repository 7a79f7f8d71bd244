#include "store/db.h"

#include "base/gate.h"
#include "store/db_allowed.h"
#include "store/db_file.h"
#include "store/db_settings.h"
#include "store/db_wait.h"
#include "store/db_watch.h"
#include "store/migration.h"
#include "store/vault.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <libgen.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    STATEMENTS = 1024, /* slots of the statement table, a power of two: more than there are */
    CACHE_KIB = 2000,
};

struct mu_db {
    sqlite3 *handle;
    char *path;
    bool lifted; /* the authorizer lets everything pass: migrations, settings */
    bool bulk;
    char plain_copy[MU_PATH_SIZE];
    struct mu_vault *vault;    /* owned; NULL: sealed values stay closed */
    unsigned long transaction; /* counts on whenever one may have ended */
    struct mu_wait wait;
    struct mu_watch *watch;
    bool inside;   /* a transaction has been begun and not been ended */
    int lost;      /* SQLite's code with which it gave up that transaction by itself; 0 */
    sigset_t held; /* signals that wait for the end of the transaction */
    bool (*leave)(void *context); /* asked while statements run; NULL: nobody is */
    void *leave_context;
    struct mu_gate *gate; /* NULL: nobody else of this process reads */
    size_t place;
    int running; /* statements that have been started */
    bool inside_gate;
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } slot[STATEMENTS];
};

static enum mu_status fail(const struct mu_db *db, int code, struct mu_error *error)
{
    enum mu_message message;

    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return mu_fail_memory(error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        message = MU_SAY_error_db_busy;
        break;
    case SQLITE_FULL:
        message = MU_SAY_error_db_full;
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        message = MU_SAY_error_db_read_only;
        break;
    case SQLITE_CANTOPEN:
        message = MU_SAY_error_db_cannot_open;
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        message = MU_SAY_error_db_damaged;
        break;
    case SQLITE_IOERR:
        message = MU_SAY_error_db_input_output;
        break;
    default:
        message = MU_SAY_error_db_refused;
    }
    return mu_fail(error, MU_STORE, message, db->path,
                   sqlite3_errcode(db->handle) == SQLITE_OK ? sqlite3_errstr(code)
                                                            : sqlite3_errmsg(db->handle),
                   NULL);
}

/* The desk's own statements read, insert, and change what may change; nothing else passes. */
static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    const struct mu_db *db = context;
    bool temporary = database && strcmp(database, "temp") == 0;

    (void)trigger;
    if (db->lifted)
        return SQLITE_OK;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
        return SQLITE_OK;
    case SQLITE_INSERT:
        return strncmp(first, "sqlite_", 7) == 0 && !(temporary && db->bulk) ? SQLITE_DENY
                                                                             : SQLITE_OK;
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return mu_table_is_append_only(first) && !(temporary && db->bulk) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
        return mu_pragma_is_harmless(first, second) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_CREATE_TEMP_TABLE:
    case SQLITE_DROP_TEMP_TABLE:
        return db->bulk ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

/* Some faults make SQLite take back the whole transaction: what the use case still writes would be
 * saved by itself, half of an operation. */
static void note_loss(struct mu_db *db, int code)
{
    if (code != SQLITE_OK && db->inside && db->lost == 0 && sqlite3_get_autocommit(db->handle))
        db->lost = code;
}

enum mu_status mu_db_execute(struct mu_db *db, const char *sql, struct mu_error *error)
{
    int code = db->lost ? db->lost : sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

    note_loss(db, code);
    return code == SQLITE_OK ? MU_OK : fail(db, code, error);
}

static enum mu_status configure(struct mu_db *db, struct mu_error *error)
{
    const char *refused;
    int code;

    sqlite3_extended_result_codes(db->handle, 1);
    db->wait.path = db->path;
    sqlite3_busy_handler(db->handle, mu_wait_for_other_desk, &db->wait);
    code = mu_settings_make(db->handle, &refused);
    if (code != SQLITE_OK)
        return fail(db, code, error);
    if (refused)
        return mu_fail(error, MU_STORE, MU_SAY_error_db_setting, db->path, refused, NULL);
    sqlite3_set_authorizer(db->handle, authorize, db);
    return MU_OK;
}

/* SQLite's statistics of memory cost a lock for every piece of it. They can only be left out before
 * the process opens its first file; after that SQLite refuses, and goes on. */
static void keep_no_statistics(void)
{
    static atomic_flag left_out = ATOMIC_FLAG_INIT;

    if (!atomic_flag_test_and_set(&left_out))
        (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum mu_status connect(struct mu_db *db, enum mu_db_mode mode, struct mu_error *error)
{
    char folder[MU_PATH_SIZE], sql[64];
    int code;
    enum mu_status status;

    if (!mu_text_copy(folder, sizeof folder, db->path))
        return mu_fail(error, MU_INPUT, MU_SAY_error_db_cannot_open, db->path,
                       mu_errno_text(ENAMETOOLONG), NULL);
    if (mu_on_network(dirname(folder)))
        return mu_fail(error, MU_STORE, MU_SAY_error_db_network, db->path, NULL);
    keep_no_statistics();
    code = sqlite3_open_v2(db->path, &db->handle,
                           (mode == MU_DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                               SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
                           NULL);
    if (code != SQLITE_OK)
        return db->handle ? fail(db, code, error) : mu_fail_memory(error);
    if (mode != MU_DB_READ && sqlite3_db_readonly(db->handle, "main"))
        return mu_fail(error, MU_STORE, MU_SAY_error_db_read_only, db->path, mu_errno_text(EACCES),
                       NULL);
    db->watch = mu_watch_new(db->handle, db->path);
    status = db->watch ? configure(db, error) : mu_fail_memory(error);
    if (status == MU_OK && mode == MU_DB_CREATE) {
        snprintf(sql, sizeof sql, "PRAGMA application_id = %d", MU_APPLICATION_ID);
        status = mu_db_reshape(db, sql, error);
    }
    return status == MU_OK && mode != MU_DB_READ ? mu_migrate(db, error) : status;
}

enum mu_status mu_db_open(const char *path, enum mu_db_mode mode, struct mu_db **out,
                          struct mu_error *error)
{
    enum mu_status status = mode == MU_DB_CREATE ? mu_file_create(path, error)
                                                 : mu_file_inspect(path, mode == MU_DB_WORK, error);
    struct mu_db *db;

    if (status != MU_OK)
        return status;
    db = calloc(1, sizeof *db);
    if (!db || !(db->path = strdup(path))) {
        free(db);
        if (mode == MU_DB_CREATE)
            unlink(path);
        return mu_fail_memory(error);
    }
    status = connect(db, mode, error);
    if (status != MU_OK) {
        if (mode == MU_DB_CREATE)
            mu_db_remove(&db);
        mu_db_free(&db);
        return status;
    }
    *out = db;
    return MU_OK;
}

enum { LOOK_ROUND = 10000 }; /* steps of SQLite's machine, some milliseconds */

static int look_round(void *context)
{
    struct mu_db *db = context;

    return db->leave(db->leave_context);
}

enum mu_status mu_db_open_beside(const struct mu_db *db, bool (*leave)(void *context),
                                 void *context, struct mu_db **out, struct mu_error *error)
{
    bool reading = sqlite3_db_readonly(db->handle, "main");
    struct mu_db *other = calloc(1, sizeof *other);
    enum mu_status status;

    if (!other || !(other->path = strdup(db->path))) {
        free(other);
        return mu_fail_memory(error);
    }
    status = connect(other, reading ? MU_DB_READ : MU_DB_WORK, error);
    if (status != MU_OK) {
        mu_db_free(&other);
        return status;
    }
    other->leave = leave;
    other->leave_context = context;
    if (leave)
        sqlite3_progress_handler(other->handle, LOOK_ROUND, look_round, other);
    *out = other;
    return MU_OK;
}

static void forget_statements(struct mu_db *db)
{
    for (size_t i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(db->slot[i].statement);
        db->slot[i].statement = NULL;
        db->slot[i].sql = NULL;
    }
}

void mu_db_free(struct mu_db **db)
{
    if (!*db)
        return;
    forget_statements(*db);
    mu_vault_free(&(*db)->vault);
    mu_wait_clear(&(*db)->wait);
    sqlite3_close((*db)->handle);
    mu_watch_free(&(*db)->watch);
    free((*db)->path);
    free(*db);
    *db = NULL;
}

/* Closes the connection; its path, without the journal beside it, is the caller's (free). */
static char *close_whole(struct mu_db **db)
{
    char journal[MU_PATH_SIZE];
    char *path = (*db)->path;

    (*db)->path = NULL;
    mu_db_free(db);
    snprintf(journal, sizeof journal, "%s-journal", path);
    unlink(journal);
    return path;
}

void mu_db_remove(struct mu_db **db)
{
    char *path = close_whole(db);

    unlink(path);
    free(path);
}

enum mu_status mu_db_finish(struct mu_db **db, const char *path, struct mu_error *error)
{
    char *part = close_whole(db);
    enum mu_status status = mu_file_finish(part, path, error);

    free(part);
    return status;
}

struct mu_query mu_query(struct mu_db *db, const char *sql)
{
    struct mu_query query = {db, NULL, db->lost};
    size_t start = ((uintptr_t)sql >> 3) & (STATEMENTS - 1), at = start;

    if (db->lost)
        return query;
    while (db->slot[at].sql && db->slot[at].sql != sql) {
        at = (at + 1) & (STATEMENTS - 1);
        if (at == start) {
            query.code = SQLITE_MISUSE;
            return query;
        }
    }
    if (!db->slot[at].sql) {
        query.code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                        &db->slot[at].statement, NULL);
        if (query.code != SQLITE_OK)
            return query;
        db->slot[at].sql = sql;
    }
    if (sqlite3_stmt_busy(db->slot[at].statement)) {
        query.code = SQLITE_MISUSE;
        return query;
    }
    query.statement = db->slot[at].statement;
    db->running++;
    if (db->gate && !db->inside_gate) {
        mu_gate_enter(db->gate, db->place);
        db->inside_gate = true;
    }
    return query;
}

static void note(struct mu_query *query, int code)
{
    if (query->code == SQLITE_OK && code != SQLITE_OK)
        query->code = code;
}

void mu_bind_integer(struct mu_query *query, int index, int64_t value)
{
    if (query->code == SQLITE_OK)
        note(query, sqlite3_bind_int64(query->statement, index, value));
}

void mu_bind_text(struct mu_query *query, int index, const char *text)
{
    if (query->code == SQLITE_OK)
        note(query, sqlite3_bind_text(query->statement, index, text, -1, SQLITE_STATIC));
}

void mu_bind_date(struct mu_query *query, int index, struct mu_date date)
{
    char text[MU_DATE_SIZE];

    mu_date_format(date, text);
    if (query->code == SQLITE_OK)
        note(query, sqlite3_bind_text(query->statement, index, text, -1, SQLITE_TRANSIENT));
}

void mu_bind_blob(struct mu_query *query, int index, const void *bytes, size_t length)
{
    if (query->code == SQLITE_OK)
        note(query, sqlite3_bind_blob64(query->statement, index, bytes, length, SQLITE_STATIC));
}

bool mu_query_row(struct mu_query *query)
{
    int code;

    if (query->code != SQLITE_OK)
        return false;
    code = sqlite3_step(query->statement);
    mu_wait_read(&query->db->wait);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        query->code = code;
    else if (sqlite3_column_count(query->statement) > 0 || !sqlite3_stmt_readonly(query->statement))
        query->db->wait.gave_up = false; /* a plain BEGIN has not met the other desk yet */
    return code == SQLITE_ROW;
}

int64_t mu_column_integer(const struct mu_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

const char *mu_column_borrow(const struct mu_query *query, int column)
{
    const char *text = (const char *)sqlite3_column_text(query->statement, column);

    return text ? text : "";
}

size_t mu_column_length(const struct mu_query *query, int column)
{
    return (size_t)sqlite3_column_bytes(query->statement, column);
}

const void *mu_column_blob(const struct mu_query *query, int column, size_t *length)
{
    const void *bytes = sqlite3_column_blob(query->statement, column);

    *length = (size_t)sqlite3_column_bytes(query->statement, column);
    return bytes;
}

/* A statement has ended. */
static void leave_gate(struct mu_db *db)
{
    db->running--;
    if (db->inside_gate && db->running == 0 && sqlite3_get_autocommit(db->handle)) {
        mu_gate_leave(db->gate, db->place);
        db->inside_gate = false;
    }
}

void mu_db_use_gate(struct mu_db *db, struct mu_gate *gate, size_t place)
{
    db->gate = gate;
    db->place = place;
}

enum mu_status mu_query_end(struct mu_query *query, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    /* A column for which there was no memory was read as empty: this tells. */
    if (query->statement) {
        note(query, sqlite3_reset(query->statement));
        sqlite3_clear_bindings(query->statement);
        leave_gate(query->db);
    }
    if (query->code != SQLITE_OK)
        status = fail(query->db, query->code, error);
    query->statement = NULL;
    note_loss(query->db, query->code);
    if (sqlite3_get_autocommit(query->db->handle))
        query->db->transaction++;
    return status;
}

int64_t mu_db_last_id(const struct mu_db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

void mu_db_enter(struct mu_db *db)
{
    static const int stops[] = {SIGTSTP, SIGTTOU};
    sigset_t both, before;

    db->inside = true;
    sigemptyset(&both);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        sigaddset(&both, stops[i]);
    pthread_sigmask(SIG_BLOCK, &both, &before);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (!sigismember(&before, stops[i]))
            sigaddset(&db->held, stops[i]);
}

void mu_db_leave(struct mu_db *db)
{
    db->inside = false;
    db->lost = 0;
    pthread_sigmask(SIG_UNBLOCK, &db->held, NULL);
    sigemptyset(&db->held);
}

unsigned long mu_db_transaction(const struct mu_db *db)
{
    return sqlite3_get_autocommit(db->handle) ? 0 : db->transaction + 1;
}

void mu_db_give_vault(struct mu_db *db, struct mu_vault *vault)
{
    mu_vault_free(&db->vault);
    db->vault = vault;
}

struct mu_vault *mu_db_vault(const struct mu_db *db)
{
    return db->vault;
}

struct mu_wait *mu_db_wait(struct mu_db *db)
{
    return &db->wait;
}

char *mu_db_plain_copy(struct mu_db *db)
{
    return db->plain_copy;
}

enum mu_status mu_db_bulk(struct mu_db *db, int cache_kib, struct mu_error *error)
{
    char folder[MU_PATH_SIZE], sql[96];

    mu_text_copy(folder, sizeof folder, db->path);
    db->bulk = cache_kib > 0;
    sqlite3_free(sqlite3_temp_directory);
    sqlite3_temp_directory = db->bulk ? sqlite3_mprintf("%s", dirname(folder)) : NULL;
    snprintf(sql, sizeof sql, "PRAGMA temp_store = %s; PRAGMA cache_size = -%d",
             db->bulk ? "FILE" : "MEMORY", db->bulk ? cache_kib : CACHE_KIB);
    return mu_db_reshape(db, sql, error);
}

/* Through SQLite's own descriptor: closing a second one would drop the locks of the first. */
enum mu_status mu_db_read_bytes(struct mu_db *db, int64_t at, void *bytes, size_t size,
                                size_t *length, struct mu_error *error)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 all = 0;
    size_t wanted = 0;
    int code = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);

    if (code == SQLITE_OK)
        code = file->pMethods->xFileSize(file, &all);
    if (code == SQLITE_OK && at < all)
        wanted = all - at < (int64_t)size ? (size_t)(all - at) : size;
    if (wanted > 0)
        code = file->pMethods->xRead(file, bytes, (int)wanted, at);
    if (code != SQLITE_OK)
        return fail(db, code, error);
    *length = wanted;
    return MU_OK;
}

enum mu_status mu_db_schema_version(struct mu_db *db, int *version, struct mu_error *error)
{
    sqlite3_stmt *statement = NULL;
    int code;

    db->lifted = true;
    code = sqlite3_prepare_v2(db->handle, "PRAGMA user_version", -1, &statement, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
        *version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    db->lifted = false;
    return code == SQLITE_ROW ? MU_OK : fail(db, code, error);
}

enum mu_status mu_db_foreign_keys(struct mu_db *db, bool on, struct mu_error *error)
{
    const char *set = on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF";
    enum mu_status status;
    bool same = false;
    int code;

    db->lifted = true;
    code = sqlite3_exec(db->handle, set, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = mu_setting_in_force(db->handle, "PRAGMA foreign_keys", on ? "1" : "0", &same);
    status = code == SQLITE_OK ? MU_OK : fail(db, code, error);
    if (status == MU_OK && !same)
        status = mu_fail(error, MU_STORE, MU_SAY_error_db_setting, db->path, set, NULL);
    db->lifted = false;
    return status;
}

enum mu_status mu_db_reshape(struct mu_db *db, const char *sql, struct mu_error *error)
{
    enum mu_status status;

    db->lifted = true;
    status = mu_db_execute(db, sql, error);
    db->lifted = false;
    return status;
}

enum mu_status mu_db_apply(struct mu_db *db, const char *sql, int version, struct mu_error *error)
{
    char stamp[48];
    enum mu_status status;

    snprintf(stamp, sizeof stamp, "PRAGMA user_version = %d", version);
    status = mu_db_reshape(db, sql, error);
    return status == MU_OK ? mu_db_reshape(db, stamp, error) : status;
}

const char *mu_db_path(const struct mu_db *db)
{
    return db->path;
}
