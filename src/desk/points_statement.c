#include "base/growing.h"
#include "desk/desk_internal.h"
#include "desk/resident_file.h"
#include "desk/rule_names.h"
#include "desk/twin_file.h"

#include "store/ledger_store.h"
#include "store/statement_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/points_statement.h>

#include <stdlib.h>

/* A statement that is being read. */
struct reading {
    struct mu_points_statement *statement;
    struct mu_points balance;
    bool no_memory;
};

/* Adds what the entry moved to the sums of the months that are told. */
static void add(struct mu_points_statement *statement, const struct mu_points_entry *entry)
{
    if (mu_points_kind_earns(entry->kind))
        statement->earned = mu_points_add(statement->earned, entry->points);
    else if (entry->kind == MU_POINTS_EXPIRY)
        statement->expired = mu_points_subtract(statement->expired, entry->points);
    else
        statement->spent = mu_points_subtract(statement->spent, entry->points);
    statement->services += entry->services;
    statement->minutes += entry->minutes;
}

static bool take(void *context, const struct mu_points_entry *entry)
{
    struct reading *reading = context;
    struct mu_points_statement *statement = reading->statement;
    struct mu_points_entry *grown;

    reading->balance = mu_points_add(reading->balance, entry->points);
    if (entry->month < statement->from_month) {
        statement->before = reading->balance;
        return true;
    }
    grown = mu_grown(statement->entry, statement->count, &statement->room, sizeof *grown);
    reading->no_memory = !grown;
    if (!grown)
        return false;
    statement->entry = grown;
    grown += statement->count++;
    *grown = *entry;
    grown->balance = reading->balance;
    add(statement, entry);
    return true;
}

static enum mu_status name_entries(struct mu_desk *desk, struct mu_points_statement *statement,
                                   struct mu_error *error)
{
    struct mu_rule_names names;
    enum mu_status status = MU_OK;

    mu_rule_names_init(&names, desk);
    for (size_t i = 0; status == MU_OK && i < statement->count; i++) {
        struct mu_points_entry *entry = &statement->entry[i];

        /* Goods are told by their own names. */
        if (entry->kind == MU_POINTS_GOODS || entry->kind == MU_POINTS_RETURN)
            continue;
        status =
            mu_rule_name(&names, entry->rules_version, entry->about, sizeof entry->about, error);
    }
    mu_rule_names_clear(&names);
    return status;
}

static enum mu_status read(struct mu_desk *desk, int64_t resident_id,
                           struct mu_points_statement *statement, struct mu_error *error)
{
    struct reading reading = {.statement = statement};
    struct mu_resident person;
    enum mu_status status = mu_file_read(desk, resident_id, &person, error);

    if (status == MU_OK)
        status = mu_file_lead(desk, &person, error);
    if (status != MU_OK)
        return status;
    statement->resident_id = person.id;
    mu_text_copy(statement->name, sizeof statement->name, person.name);
    status = mu_statement_read(desk->db, person.id, statement->to_month, take, &reading, error);
    if (status == MU_OK && reading.no_memory)
        return mu_fail_memory(error);
    statement->balance = reading.balance;
    if (status == MU_OK)
        status = name_entries(desk, statement, error);
    if (status == MU_OK)
        status = mu_ledger_head(desk->db, &statement->entries, statement->head, error);
    return status;
}

enum mu_status mu_read_points_statement(struct mu_desk *desk, int64_t resident_id, int from_month,
                                        int to_month, struct mu_points_statement **out,
                                        struct mu_error *error)
{
    struct mu_points_statement *statement;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status != MU_OK)
        return status;
    if (!to_month)
        to_month = mu_month_number(mu_desk_now(desk).date);
    if (from_month > to_month)
        return mu_fail(error, MU_INPUT, MU_SAY_error_statement_months, NULL);
    statement = calloc(1, sizeof *statement);
    if (!statement)
        return mu_fail_memory(error);
    statement->from_month = from_month;
    statement->to_month = to_month;
    status = mu_db_begin_read(desk->db, error);
    if (status == MU_OK) {
        status = read(desk, resident_id, statement, error);
        mu_db_end_read(desk->db);
    }
    if (status == MU_OK)
        *out = statement;
    else
        mu_points_statement_free(&statement);
    return status;
}

enum mu_status mu_take_out_statement(struct mu_desk *desk,
                                     const struct mu_points_statement *statement,
                                     const char *target, struct mu_error *error)
{
    char name[MU_SUBJECT_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    mu_text_inert(name, sizeof name, target);
    status =
        mu_audit_note(desk, MU_MAY_read_points, statement->resident_id, name, "", "", "", error);
    return mu_desk_end(desk, status, error);
}

void mu_points_statement_free(struct mu_points_statement **statement)
{
    struct mu_points_statement *old = *statement;

    *statement = NULL;
    if (!old)
        return;
    free(old->entry);
    free(old);
}
