#include "store/db_allowed.h"

#include <stddef.h>
#include <string.h>

bool mu_table_is_append_only(const char *table)
{
    return strncmp(table, "ledger_", 7) == 0 || strncmp(table, "sqlite_", 7) == 0 ||
           strncmp(table, "audit_", 6) == 0 || strcmp(table, "rule_book") == 0;
}

bool mu_pragma_is_harmless(const char *name, const char *value)
{
    static const char *const checks[] = {"quick_check", "integrity_check", "foreign_key_check"};

    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (strcmp(name, checks[i]) == 0)
            return true;
    return strcmp(name, "data_version") == 0 && !value;
}
