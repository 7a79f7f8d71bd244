#include "store/db_settings.h"

#include <sqlite3.h>
#include <string.h>

int mu_setting_in_force(sqlite3 *handle, const char *pragma, const char *expected, bool *same)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(handle, pragma, -1, &statement, NULL);

    *same = false;
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *value = (const char *)sqlite3_column_text(statement, 0);

        *same = value && strcmp(value, expected) == 0;
        code = value ? SQLITE_OK : sqlite3_errcode(handle);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE || code == SQLITE_ROW ? SQLITE_OK : code;
}

static bool configure_handle(sqlite3 *handle)
{
    static const struct {
        int option, value;
    } options[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                   {SQLITE_DBCONFIG_DQS_DDL, 0},
                   {SQLITE_DBCONFIG_DQS_DML, 0},
                   {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}};

    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        int now = -1;

        if (sqlite3_db_config(handle, options[i].option, options[i].value, &now) != SQLITE_OK ||
            now != options[i].value)
            return false;
    }
    return true;
}

int mu_settings_make(sqlite3 *handle, const char **refused)
{
    static const struct {
        const char *set, *get, *expected;
    } settings[] = {
        {"PRAGMA synchronous = EXTRA", "PRAGMA synchronous", "3"},
        {"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1"},
        {"PRAGMA recursive_triggers = ON", "PRAGMA recursive_triggers", "1"},
        {"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0"},
        {"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1"},
        {"PRAGMA mmap_size = 0", "PRAGMA mmap_size", "0"},
        {"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2"},
        {"PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1"},
        {"PRAGMA cache_size = -2000", "PRAGMA cache_size", "-2000"},
        {"PRAGMA journal_mode = TRUNCATE", "PRAGMA journal_mode", "truncate"},
    };

    *refused = configure_handle(handle) ? NULL : "sqlite3_db_config";
    for (size_t i = 0; i < sizeof settings / sizeof *settings && !*refused; i++) {
        bool same = false;
        int code = sqlite3_exec(handle, settings[i].set, NULL, NULL, NULL);

        if (code == SQLITE_OK)
            code = mu_setting_in_force(handle, settings[i].get, settings[i].expected, &same);
        if (code != SQLITE_OK)
            return code;
        if (!same)
            *refused = settings[i].set;
    }
    return SQLITE_OK;
}
