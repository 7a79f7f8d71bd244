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
    static const char *const names[] = {"data_version", "quick_check", "integrity_check",
                                        "foreign_key_check"};

    if (value && strcmp(value, "1") != 0) /* "1": stop at the first fault */
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}
