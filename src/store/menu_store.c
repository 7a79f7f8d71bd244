#include "store/menu_store.h"

#include "store/written_row.h"

#include <stdio.h>
#include <string.h>

static enum mu_status read_dishes(struct mu_db *db, struct mu_menu *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT name, marks FROM dish WHERE menu_id = ?1 ORDER BY position");

    mu_bind_integer(&query, 1, out->id);
    while (mu_query_row(&query)) {
        struct mu_dish *dish = &out->dish[out->count];

        if (out->count == MU_MENU_DISHES) {
            out->incomplete = true;
            break;
        }
        out->incomplete |= !mu_column_text(&query, 0, dish->name, sizeof dish->name);
        dish->marks = (mu_diet_marks)mu_column_integer(&query, 1);
        out->count++;
    }
    return mu_query_end(&query, error);
}

static bool read_head(struct mu_query *query, struct mu_menu *out)
{
    memset(out, 0, sizeof *out);
    if (!mu_query_row(query))
        return false;
    out->id = mu_column_integer(query, 0);
    out->incomplete = !mu_column_int(query, 1, &out->version);
    out->incomplete |= !mu_column_date(query, 2, &out->date);
    out->incomplete |= !mu_column_text(query, 3, out->session, sizeof out->session);
    return true;
}

enum mu_status mu_menu_on(struct mu_db *db, struct mu_date day, const char *session,
                          struct mu_menu *out, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT menu_id, version, date, session FROM menu WHERE date = ?1 AND session = ?2");
    bool found;
    enum mu_status status;

    mu_bind_date(&query, 1, day);
    mu_bind_text(&query, 2, session);
    found = read_head(&query, out);
    status = mu_query_end(&query, error);
    if (status == MU_OK && found)
        return read_dishes(db, out, error);
    out->date = day;
    snprintf(out->session, sizeof out->session, "%s", session);
    return status;
}

enum mu_status mu_menu_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_menu *out,
                             struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT menu_id, version, date, session FROM menu WHERE menu_id = ?1");
    enum mu_status status;

    mu_bind_integer(&query, 1, id);
    *found = read_head(&query, out);
    status = mu_query_end(&query, error);
    return status == MU_OK && *found ? read_dishes(db, out, error) : status;
}

static enum mu_status write_head(struct mu_db *db, struct mu_menu *menu, bool *stale,
                                 struct mu_error *error)
{
    struct mu_query query =
        menu->id ? mu_query(db, "UPDATE menu SET version = version + 1 WHERE menu_id = ?1"
                                " AND version = ?2 RETURNING menu_id, version")
                 : mu_query(db, "INSERT INTO menu (date, session) VALUES (?1, ?2)"
                                " ON CONFLICT DO NOTHING RETURNING menu_id, version");

    if (menu->id) {
        mu_bind_integer(&query, 1, menu->id);
        mu_bind_integer(&query, 2, menu->version);
    } else {
        mu_bind_date(&query, 1, menu->date);
        mu_bind_text(&query, 2, menu->session);
    }
    return mu_written_row(&query, &menu->id, &menu->version, stale, error);
}

static enum mu_status write_dish(struct mu_db *db, const struct mu_menu *menu, size_t index,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO dish (menu_id, position, name, marks)"
                                         " VALUES (?1, ?2, ?3, ?4)");

    mu_bind_integer(&query, 1, menu->id);
    mu_bind_integer(&query, 2, (int64_t)index + 1);
    mu_bind_text(&query, 3, menu->dish[index].name);
    mu_bind_integer(&query, 4, menu->dish[index].marks);
    return mu_query_run(&query, error);
}

enum mu_status mu_menu_write(struct mu_db *db, struct mu_menu *menu, bool *stale,
                             struct mu_error *error)
{
    struct mu_menu written = *menu;
    struct mu_query query;
    enum mu_status status;

    *stale = false;
    if (menu->incomplete)
        return mu_fail(error, MU_STORE, MU_SAY_error_menu_incomplete, menu->session, NULL);
    status = write_head(db, &written, stale, error);
    if (status != MU_OK || *stale)
        return status;
    query = mu_query(db, "DELETE FROM dish WHERE menu_id = ?1");
    mu_bind_integer(&query, 1, written.id);
    status = mu_query_run(&query, error);
    for (size_t i = 0; status == MU_OK && i < written.count; i++)
        status = write_dish(db, &written, i, error);
    if (status == MU_OK)
        *menu = written;
    return status;
}
