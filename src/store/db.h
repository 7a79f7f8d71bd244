/* One connection to the record file: settings, statements, transactions.
 * The only way to SQLite for the rest of the program. A connection belongs to one thread at a time;
 * never carried over a fork. */
#ifndef MULIN_SRC_STORE_DB_H
#define MULIN_SRC_STORE_DB_H

#include <mulin/base/date.h>
#include <mulin/base/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mu_db;
struct sqlite3_stmt;

enum mu_db_mode {
    MU_DB_WORK,   /* an existing file, to read and write */
    MU_DB_CREATE, /* a new file: refused when one stands there */
    MU_DB_READ    /* a copy that is only looked at: an older schema stays as it is */
};

/* Opens the record file, sets and reads back the connection's settings (journal_mode TRUNCATE,
 * synchronous EXTRA, foreign_keys, recursive_triggers, trusted_schema off, cell_size_check,
 * secure_delete, defensive mode) and brings an older schema up to date after a copy of the file
 * (FILE.before-N). Refuses a file that is not ours, newer than this program, so damaged that it
 * shows at once, or on a network file system.
 *   out  owned by the caller, untouched unless MU_OK; free with mu_db_free.
 * MU_INPUT (not ours, newer), MU_STORE, MU_MEMORY. */
enum mu_status mu_db_open(const char *path, enum mu_db_mode mode, struct mu_db **out,
                          struct mu_error *error) MU_CHECKED;
/* Another connection to the same file for a thread of its own (base/crew.h), without a vault; its
 * statements fail with MU_STORE soon after `leave` (may be NULL) says so. All of them are opened
 * and freed by the thread that has `db`, while none of them is at work. As mu_db_open. */
enum mu_status mu_db_open_beside(const struct mu_db *db, bool (*leave)(void *context),
                                 void *context, struct mu_db **out,
                                 struct mu_error *error) MU_CHECKED;
/* Its statements and transactions that read go through the gate from now on (NULL: no more), so
 * that several connections of this process leave other desks room to save. While none is at work.
 */
struct mu_gate;
void mu_db_use_gate(struct mu_db *db, struct mu_gate *gate, size_t place);
void mu_db_free(struct mu_db **db);
/* Closes a connection to a file that was just created and takes the file away again. */
void mu_db_remove(struct mu_db **db);
/* Closes a connection to a file that was just created under a name of mu_file_part and gives it the
 * name `path`, on the disk; the file goes when it cannot have it. MU_STORE, also when a file of
 * that name stands there. */
enum mu_status mu_db_finish(struct mu_db **db, const char *path, struct mu_error *error) MU_CHECKED;

/* A prepared statement on its way through one execution. Faults stick to it and are told by
 * mu_query_end, so that binding and stepping need no checks in between. Statements are kept
 * prepared; `sql` is a string literal, recognised by its address. A query must be ended before the
 * same SQL is started again. Indexes of ?1.. count from 1, of columns from 0. */
struct mu_query {
    struct mu_db *db;
    struct sqlite3_stmt *statement;
    int code; /* SQLite's result code of the first fault, or 0 */
};

struct mu_query mu_query(struct mu_db *db, const char *sql);
void mu_bind_integer(struct mu_query *query, int index, int64_t value);
/* Texts and blobs are borrowed until mu_query_end. */
void mu_bind_text(struct mu_query *query, int index, const char *text);
/* Binds NULL for "". */
void mu_bind_optional(struct mu_query *query, int index, const char *text);
/* Binds the ISO form, "" for an unknown date. */
void mu_bind_date(struct mu_query *query, int index, struct mu_date date);
void mu_bind_blob(struct mu_query *query, int index, const void *bytes, size_t length);
/* Binds NULL for 0. */
void mu_bind_reference(struct mu_query *query, int index, int64_t value);

/* Steps; true when there is a row to read. */
bool mu_query_row(struct mu_query *query);
int64_t mu_column_integer(const struct mu_query *query, int column); /* 0 for NULL */
/* Another program may have written what does not fit here: what these copy must not be written back
 * when they return false. */
/* 0 for NULL and, with false, for what is no int. */
bool mu_column_int(const struct mu_query *query, int column, int *out);
/* Copies into `out` of `size` bytes; "" for NULL. False when it was cut, for length or at a NUL. */
bool mu_column_text(const struct mu_query *query, int column, char *out, size_t size);
/* An unknown date for "", for NULL and, with false, for what is no ISO date. */
bool mu_column_date(const struct mu_query *query, int column, struct mu_date *out);
/* The same for a moment, YYYY-MM-DDTHH:MM:SS. */
bool mu_column_moment(const struct mu_query *query, int column, struct mu_moment *out);
/* The text itself, "" for NULL; valid until the next step. */
const char *mu_column_borrow(const struct mu_query *query, int column);
/* Bytes of the text that was borrowed, 0 for NULL. */
size_t mu_column_length(const struct mu_query *query, int column);
/* The blob itself and its length; valid until the next step. */
const void *mu_column_blob(const struct mu_query *query, int column, size_t *length);
/* Resets the statement and tells the first fault. MU_STORE, MU_MEMORY. */
enum mu_status mu_query_end(struct mu_query *query, struct mu_error *error) MU_CHECKED;
/* For statements without rows: steps to the end and ends. */
enum mu_status mu_query_run(struct mu_query *query, struct mu_error *error) MU_CHECKED;
/* Row id of the last INSERT into a table with an INTEGER PRIMARY KEY. */
int64_t mu_db_last_id(const struct mu_db *db);

/* Runs SQL without parameters and rows; for set-up, not for the desk's work. */
enum mu_status mu_db_execute(struct mu_db *db, const char *sql, struct mu_error *error) MU_CHECKED;

/* BEGIN IMMEDIATE: waits up to 5 s for another desk. No transaction spans drawing or waiting;
 * Ctrl-Z takes effect behind its end. */
enum mu_status mu_db_begin(struct mu_db *db, struct mu_error *error) MU_CHECKED;
/* How long this connection waits for another desk from now on; 0: the usual 5 s. */
void mu_db_be_patient(struct mu_db *db, int milliseconds);
/* Asked while this connection waits for another desk: has the person left? A second after that it
 * waits no more. NULL: nobody is asked. */
void mu_db_ask_leaving(struct mu_db *db, bool (*leaving)(void));
/* A read transaction, so that several queries see the same state. */
enum mu_status mu_db_begin_read(struct mu_db *db, struct mu_error *error) MU_CHECKED;
/* Ends it; never fails. */
void mu_db_end_read(struct mu_db *db);
/* After a failed commit the transaction is rolled back, yet it may have reached the disk: ask for
 * the idempotency key before telling anybody that it failed. */
enum mu_status mu_db_commit(struct mu_db *db, struct mu_error *error) MU_CHECKED;
/* Never fails; nothing happens outside a transaction. */
void mu_db_rollback(struct mu_db *db);
/* Before a transaction and behind its end: between them signals that would stop the process wait,
 * and once SQLite has given the transaction up by itself every statement fails as that one did. */
void mu_db_enter(struct mu_db *db);
void mu_db_leave(struct mu_db *db);

/* Tells one transaction from another; 0 outside of them. */
unsigned long mu_db_transaction(const struct mu_db *db);

/* What opens the sealed values of the file (store/vault.h), NULL when nothing does. The connection
 * owns it. */
struct mu_vault;
void mu_db_give_vault(struct mu_db *db, struct mu_vault *vault);
struct mu_vault *mu_db_vault(const struct mu_db *db);

/* Where the copy of the records from before the sealing lies, when this connection has brought them
 * up to date and sealed them; else "". MU_PATH_SIZE bytes, the connection's. */
char *mu_db_plain_copy(struct mu_db *db);

/* A number that changes when another connection has committed. */
int64_t mu_db_change_counter(struct mu_db *db);

/* Bulk work: temporary tables may be made and live in unnamed files in the folder of the record
 * file, the page cache grows to `cache_kib` KiB. 0 goes back to the usual settings. Not inside a
 * transaction. */
enum mu_status mu_db_bulk(struct mu_db *db, int cache_kib, struct mu_error *error) MU_CHECKED;

/* Runs SQL of the program's own that makes or drops tables, indexes or triggers, inside the
 * caller's transaction. */
enum mu_status mu_db_reshape(struct mu_db *db, const char *sql, struct mu_error *error) MU_CHECKED;

/* quick_check, or integrity_check when `thorough`, and foreign_key_check. *sound is false when the
 * file is damaged; `finding` (of `size` bytes) then says the first thing that was found. */
enum mu_status mu_db_check(struct mu_db *db, bool thorough, bool *sound, char *finding, size_t size,
                           struct mu_error *error) MU_CHECKED;

/* The thorough check in parts, which can be made by several connections: the pages of the whole
 * file, and then each table with its indexes and references. All are sound when the whole is.
 * MU_STORE. */
enum mu_status mu_db_check_parts(struct mu_db *db, size_t *count,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status mu_db_check_part(struct mu_db *db, size_t part, bool *sound, char *finding,
                                size_t size, struct mu_error *error) MU_CHECKED;

/* Where SQLite's counter of commits stands in the record file: four bytes, the highest first. */
enum { MU_DB_COUNTER = 24 };

/* Reads up to `size` bytes of the record file from `at` on as they stand on the disk: *length of
 * them, 0 at its end. They fit together only inside a read transaction that has begun to read. */
enum mu_status mu_db_read_bytes(struct mu_db *db, int64_t at, void *bytes, size_t size,
                                size_t *length, struct mu_error *error) MU_CHECKED;

/* Writes a consistent copy, byte for byte, into a new file of mode 0600 and brings it to the disk;
 * the file has its name only when it is whole. Desks go on working: a commit waits for what was
 * written last to be read once more, not for the disk; where another program writes, too, for the
 * whole file to be read and compared. Not inside a transaction. `progress` (may be NULL) is told
 * the bytes that were looked at; what it stops leaves no file. MU_REFUSED (stopped), MU_STORE, also
 * when a file stands there; MU_MEMORY. */
typedef bool mu_copy_progress(void *context, int64_t done, int64_t all);
enum mu_status mu_db_copy(struct mu_db *db, const char *path, mu_copy_progress *progress,
                          void *context, struct mu_error *error) MU_CHECKED;

#endif
