#include "recorder.h"

#include "measure.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static struct recording *listening;
static sqlite3 *followed; /* the connection that opened while somebody listened */
static sqlite3_stmt *last;

static void *copy(const char *bytes, size_t length)
{
    char *out = need(length + 1, 1);

    memcpy(out, bytes, length);
    return out;
}

static const char *read_text(const char *at, struct recorded_value *out)
{
    char *end = copy(at, strlen(at));

    out->type = SQLITE_TEXT;
    out->bytes = end;
    for (at++; *at != '\'' || at[1] == '\''; at++) {
        if (*at == '\'')
            at++;
        *end++ = *at;
    }
    *end = '\0';
    out->length = (int)(end - out->bytes);
    return at + 1;
}

static const char *read_blob(const char *at, struct recorded_value *out)
{
    char digits[3] = {0};

    out->type = SQLITE_BLOB;
    out->bytes = copy(at, strlen(at));
    for (at += 2; *at != '\''; at += 2) {
        memcpy(digits, at, 2);
        out->bytes[out->length++] = (char)strtol(digits, NULL, 16);
    }
    return at + 1;
}

/* Reads a literal as SQLite writes bound values; returns what follows it. */
static const char *read_value(const char *at, struct recorded_value *out)
{
    char *end;

    if (*at == '\'')
        return read_text(at, out);
    if (at[0] == 'x' && at[1] == '\'')
        return read_blob(at, out);
    if (strncmp(at, "NULL", 4) == 0) {
        out->type = SQLITE_NULL;
        return at + 4;
    }
    out->type = SQLITE_INTEGER;
    out->integer = strtoll(at, &end, 10);
    if (end == at || *end == '.')
        die("a bound value that the recorder does not know: %s", at);
    return end;
}

/* The values of a statement, by laying its text beside the same text with the values in it. */
static void read_values(struct recorded_statement *statement, const char *expanded)
{
    const char *sql = statement->sql;

    while (*sql) {
        struct recorded_value value = {0};
        unsigned long index;
        char *end;

        if (*sql != '?') {
            if (*sql++ != *expanded++)
                die("cannot follow the statement %s", statement->sql);
            continue;
        }
        index = strtoul(sql + 1, &end, 10);
        sql = end;
        expanded = read_value(expanded, &value);
        if (index == 0 || index > RECORDED_VALUES)
            die("too many values in %s", statement->sql);
        free(statement->value[index - 1].bytes); /* a value may stand in a statement twice */
        statement->value[index - 1] = value;
        if (statement->values < (int)index)
            statement->values = (int)index;
    }
}

static void record(sqlite3_stmt *running)
{
    struct recorded_statement *statement;
    char *expanded = sqlite3_expanded_sql(running);

    if (listening->count == listening->room) {
        listening->room = listening->room ? 2 * listening->room : 1024;
        listening->statement =
            realloc(listening->statement, listening->room * sizeof *listening->statement);
    }
    if (!listening->statement || !expanded)
        die("no memory");
    statement = &listening->statement[listening->count++];
    memset(statement, 0, sizeof *statement);
    statement->sql = copy(sqlite3_sql(running), strlen(sqlite3_sql(running)));
    read_values(statement, expanded);
    sqlite3_free(expanded);
    last = running;
}

static int heard(unsigned event, void *context, void *statement, void *text)
{
    (void)context;
    if (event == SQLITE_TRACE_ROW) {
        if (statement == last)
            listening->statement[listening->count - 1].rows++;
    } else if (strncmp(text, "--", 2) != 0) { /* not a trigger's */
        record(statement);
    }
    return 0;
}

static int follow(sqlite3 *connection, char **message, const struct sqlite3_api_routines *api)
{
    (void)message;
    (void)api;
    if (!listening)
        return SQLITE_OK;
    followed = connection;
    return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT | SQLITE_TRACE_ROW, heard, NULL);
}

void recorder_install(void)
{
    if (sqlite3_auto_extension((void (*)(void))follow) != SQLITE_OK)
        die("cannot listen to SQLite");
}

void recorder_listen(struct recording *recording)
{
    listening = recording;
    last = NULL;
    if (!recording && followed)
        sqlite3_trace_v2(followed, 0, NULL, NULL);
    if (!recording)
        followed = NULL;
}

void recording_clear(struct recording *recording)
{
    for (size_t i = 0; i < recording->count; i++) {
        struct recorded_statement *statement = &recording->statement[i];

        free(statement->sql);
        for (int value = 0; value < statement->values; value++)
            free(statement->value[value].bytes);
    }
    free(recording->statement);
    *recording = (struct recording){0};
}

static void apply(sqlite3 *probe, const char *pragma)
{
    sqlite3_stmt *statement = probe_prepare(probe, pragma);

    while (sqlite3_step(statement) == SQLITE_ROW)
        continue;
    if (sqlite3_finalize(statement) != SQLITE_OK)
        die("%s: %s", pragma, sqlite3_errmsg(probe));
}

sqlite3 *probe_open(const char *path, const struct recording *opening)
{
    sqlite3 *probe;
    int settings = 0;

    if (sqlite3_open_v2(path, &probe, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(probe));
    for (size_t i = 0; i < opening->count; i++) {
        const char *sql = opening->statement[i].sql;

        if (strncmp(sql, "PRAGMA ", 7) != 0 || !strchr(sql, '='))
            continue;
        apply(probe, sql);
        settings++;
    }
    if (settings == 0)
        die("the desk made no settings: nothing to compare with");
    return probe;
}

sqlite3_stmt *probe_prepare(sqlite3 *probe, const char *sql)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v3(probe, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK)
        die("%s: %s", sql, sqlite3_errmsg(probe));
    return statement;
}

sqlite3_stmt *probe_known(struct probe *probe, const char *sql)
{
    for (size_t i = 0; i < PROBE_STATEMENTS; i++) {
        if (!probe->prepared[i].sql) {
            probe->prepared[i].sql = sql;
            probe->prepared[i].statement = probe_prepare(probe->file, sql);
        }
        if (strcmp(probe->prepared[i].sql, sql) == 0)
            return probe->prepared[i].statement;
    }
    die("more than %d statements", PROBE_STATEMENTS);
}

static void bind(sqlite3_stmt *statement, const struct recorded_statement *recorded)
{
    for (int i = 0; i < recorded->values; i++) {
        const struct recorded_value *value = &recorded->value[i];

        if (value->type == SQLITE_INTEGER)
            sqlite3_bind_int64(statement, i + 1, value->integer);
        else if (value->type == SQLITE_TEXT)
            sqlite3_bind_text(statement, i + 1, value->bytes, value->length, SQLITE_STATIC);
        else if (value->type == SQLITE_BLOB)
            sqlite3_bind_blob(statement, i + 1, value->bytes, value->length, SQLITE_STATIC);
        else
            sqlite3_bind_null(statement, i + 1);
    }
}

static volatile size_t probe_sink;

void probe_run(sqlite3_stmt *statement, const struct recorded_statement *recorded)
{
    int columns = sqlite3_column_count(statement), rows = 0, code;

    bind(statement, recorded);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int column = 0; column < columns; column++) {
            const unsigned char *text = sqlite3_column_text(statement, column);

            probe_sink += text ? *text : 0;
        }
        if (++rows == recorded->rows && sqlite3_stmt_readonly(statement))
            break;
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        die("probe: %s: %s", recorded->sql, sqlite3_errmsg(sqlite3_db_handle(statement)));
    if (rows != recorded->rows)
        die("probe: %s: %d rows, the desk had %d", recorded->sql, rows, recorded->rows);
    sqlite3_reset(statement);
}

void probe_close(sqlite3 *probe)
{
    sqlite3_stmt *statement;

    while ((statement = sqlite3_next_stmt(probe, NULL)) != NULL)
        sqlite3_finalize(statement);
    sqlite3_close(probe);
}
