#include "store/case_list_store.h"

#include "store/vault.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a case c or its number: what makes it open to a viewer. */
#define IN_OFFICE(mediator, today)                                                                 \
    mediator ".withdrawn = 0 AND (" mediator ".until_date = '' OR " mediator                       \
             ".until_date >= " today ")"
/* mu_case_due_stands */
#define STANDS(today) "(e.kind <> 'confirm' OR e.due_on >= " today ")"
/* ?1 the operator, ?2 the mediator as whom they may mediate or 0, ?3 the mediator they are or 0,
 * ?4 today */
#define VISIBLE                                                                                    \
    "(SELECT v.case_id FROM case_mediator v WHERE v.mediator_id = ?3 AND v.at_work = 1"            \
    " UNION SELECT n.case_id FROM case_reader n WHERE n.operator_id = ?1 AND n.until_at = ''"      \
    " UNION SELECT f.case_id FROM mediation_case f WHERE ?2 <> 0 AND f.state <> 'closed'"          \
    " AND NOT EXISTS (SELECT 1 FROM case_mediator w JOIN mediator d"                               \
    " ON d.mediator_id = w.mediator_id WHERE w.case_id = f.case_id AND w.at_work = 1"              \
    " AND " IN_OFFICE("d", "?4") "))"

static void bind_viewer(struct mu_query *query, const struct mu_case_viewer *viewer)
{
    mu_bind_integer(query, 1, viewer->operator_id);
    mu_bind_integer(query, 2, viewer->handles ? viewer->mediator_id : 0);
    mu_bind_integer(query, 3, viewer->mediator_id);
    mu_bind_date(query, 4, viewer->today);
}

enum mu_status mu_case_viewer_read(struct mu_db *db, struct mu_case_viewer *viewer,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT d.mediator_id FROM mediator d WHERE d.operator_id = ?1"
                     " AND (d.from_date = '' OR d.from_date <= ?2) AND " IN_OFFICE("d", "?2"));
    enum mu_status status;

    mu_bind_integer(&query, 1, viewer->operator_id);
    mu_bind_date(&query, 2, viewer->today);
    viewer->mediator_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    return mu_case_reader_named(db, 0, viewer->operator_id, &viewer->reads_all, error);
}

/* ---- a line ---- */

/* "2026-11-30 3 promise" */
static void read_due(const char *text, struct mu_case_due *out)
{
    char day[MU_DATE_SIZE];
    char *rest;

    if (strlen(text) < MU_DATE_SIZE)
        return;
    mu_text_copy(day, sizeof day, text);
    out->number = (int)strtol(text + MU_DATE_SIZE, &rest, 10);
    if (*rest != ' ' || !mu_date_read(day, &out->due_on) ||
        !mu_case_due_from_word(rest + 1, &out->kind))
        *out = (struct mu_case_due){.number = 0};
}

static enum mu_case_access access_of(const struct mu_query *query,
                                     const struct mu_case_viewer *viewer,
                                     const struct mu_case_line *line)
{
    bool mine = mu_column_integer(query, 15) > 0, anybody = mu_column_integer(query, 16) > 0;
    bool named = viewer->reads_all || mu_column_integer(query, 17) > 0;

    if (viewer->handles && viewer->mediator_id &&
        (mine || (!anybody && line->state != MU_CASE_CLOSED)))
        return MU_CASE_HANDLE;
    return mine || named ? MU_CASE_READ : MU_CASE_HIDDEN;
}

static bool open_line(const struct mu_query *query, struct mu_case_line *out)
{
    const struct mu_seal_place place = {"mediation_case", "label", out->id};

    mu_case_outcome_from_word(mu_column_borrow(query, 2), &out->outcome);
    mu_column_int(query, 4, &out->dispute);
    mu_column_int(query, 5, &out->source);
    mu_column_int(query, 6, &out->level);
    mu_column_int(query, 7, &out->weight);
    mu_column_int(query, 8, &out->danger);
    mu_column_int(query, 9, &out->station);
    mu_column_int(query, 10, &out->kept);
    mu_column_date(query, 11, &out->ended_on);
    mu_column_date(query, 12, &out->closed_on);
    mu_column_text(query, 13, out->grade, sizeof out->grade);
    read_due(mu_column_borrow(query, 18), &out->due);
    return mu_column_sealed(query, 14, &place, out->label, sizeof out->label);
}

static enum mu_status read_mediators(struct mu_db *db, struct mu_case_line *line,
                                     struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT d.name FROM case_mediator w JOIN mediator d"
                     " ON d.mediator_id = w.mediator_id WHERE w.case_id = ?1 AND w.at_work = 1"
                     " ORDER BY w.mediator_id");
    size_t used = 0;

    mu_bind_integer(&query, 1, line->id);
    while (mu_query_row(&query)) {
        char next[MU_CASE_LINE_SIZE + MU_PERSON_NAME_SIZE];

        snprintf(next, sizeof next, "%s%s%s", line->mediators, used ? "、" : "",
                 mu_column_borrow(&query, 0));
        mu_text_copy(line->mediators, sizeof line->mediators, next);
        used = strlen(line->mediators);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_case_line_read(struct mu_db *db, const struct mu_case_viewer *viewer,
                                 int64_t case_id, bool *found, struct mu_case_line *out,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(
        db,
        "SELECT c.number, c.state, c.outcome, c.accepted_on, c.dispute, c.source, c.level,"
        " c.weight, c.danger, c.station, c.kept, c.ended_on, c.closed_on, c.grade, c.label,"
        " (SELECT count(*) FROM case_mediator m WHERE m.case_id = c.case_id"
        " AND m.mediator_id = ?3 AND m.at_work = 1),"
        " (SELECT count(*) FROM case_mediator w JOIN mediator d"
        " ON d.mediator_id = w.mediator_id WHERE w.case_id = c.case_id AND w.at_work = 1"
        " AND " IN_OFFICE(
            "d", "?4") "),"
                       " (SELECT count(*) FROM case_reader n WHERE n.case_id = c.case_id"
                       " AND n.operator_id = ?1 AND n.until_at = ''),"
                       " (SELECT min(e.due_on || ' ' || e.number || ' ' || e.kind) FROM case_due e"
                       " WHERE e.case_id = c.case_id AND " STANDS(
                           "?4") ") FROM mediation_case c WHERE c.case_id = ?2");
    struct mu_case_line line = {.id = case_id};
    bool open = true;
    enum mu_status status;

    mu_bind_integer(&query, 1, viewer->operator_id);
    mu_bind_integer(&query, 2, case_id);
    mu_bind_integer(&query, 3, viewer->mediator_id);
    mu_bind_date(&query, 4, viewer->today);
    *found = mu_query_row(&query);
    if (*found) {
        mu_column_text(&query, 0, line.number, sizeof line.number);
        mu_case_state_from_word(mu_column_borrow(&query, 1), &line.state);
        mu_column_date(&query, 3, &line.accepted_on);
        line.access = access_of(&query, viewer, &line);
        if (line.access != MU_CASE_HIDDEN)
            open = open_line(&query, &line);
    }
    status = mu_query_end(&query, error);
    if (status == MU_OK && !open)
        return mu_fail(error, MU_STORE, MU_SAY_error_case_altered, line.number, NULL);
    if (status == MU_OK && *found && line.access != MU_CASE_HIDDEN)
        status = read_mediators(db, &line, error);
    if (status == MU_OK && *found)
        *out = line;
    return status;
}

/* ---- numbers of cases ---- */

#define LIST(open, visible)                                                                        \
    "SELECT c.case_id FROM mediation_case c WHERE c.case_id < ?5" open visible                     \
    " AND (?6 = '' OR c.accepted_on >= ?6) AND (?7 = '' OR c.accepted_on <= ?7)"                   \
    " AND (?8 = 0 OR c.dispute = ?8)"                                                              \
    " AND (?9 = 0 OR EXISTS (SELECT 1 FROM case_mediator m WHERE m.case_id = c.case_id"            \
    " AND m.mediator_id = ?9 AND m.at_work = 1))"                                                  \
    " ORDER BY c.case_id DESC LIMIT ?10"
#define OPEN " AND c.state <> 'closed'"
#define MINE " AND c.case_id IN " VISIBLE

static struct mu_query list_query(struct mu_db *db, bool open, bool mine)
{
    if (open)
        return mine ? mu_query(db, LIST(OPEN, MINE)) : mu_query(db, LIST(OPEN, ""));
    return mine ? mu_query(db, LIST("", MINE)) : mu_query(db, LIST("", ""));
}

enum mu_status mu_case_ids(struct mu_db *db, const struct mu_case_viewer *viewer,
                           const struct mu_case_filter *filter, int64_t before_id, size_t limit,
                           mu_case_id_row *row, void *context, struct mu_error *error)
{
    /* What a case is about would show in whether it is on such a list. */
    bool mine = filter->mine || filter->dispute || filter->mediator_id;
    struct mu_query query = list_query(db, filter->open, mine && !viewer->reads_all);

    bind_viewer(&query, viewer);
    mu_bind_integer(&query, 5, before_id ? before_id : INT64_MAX);
    mu_bind_date(&query, 6, filter->from);
    mu_bind_date(&query, 7, filter->to);
    mu_bind_integer(&query, 8, filter->dispute);
    mu_bind_integer(&query, 9, filter->mediator_id);
    mu_bind_integer(&query, 10, (int64_t)limit);
    while (mu_query_row(&query))
        if (!row(context, mu_column_integer(&query, 0)))
            break;
    return mu_query_end(&query, error);
}

enum mu_status mu_case_visible(struct mu_db *db, const struct mu_case_viewer *viewer, bool *all,
                               struct mu_id_set *out, struct mu_error *error)
{
    struct mu_query query;
    bool room = true;
    enum mu_status status;

    *all = viewer->reads_all;
    if (*all)
        return MU_OK;
    query = mu_query(db, "SELECT s.case_id FROM " VISIBLE " s");
    bind_viewer(&query, viewer);
    while (room && mu_query_row(&query))
        room = mu_id_set_add(out, mu_column_integer(&query, 0));
    status = mu_query_end(&query, error);
    return room ? status : mu_fail_memory(error);
}

/* ---- what is due ---- */

#define DUES(visible)                                                                              \
    "SELECT e.case_id, e.kind, e.number, e.due_on FROM case_due e WHERE e.due_on <= ?5"            \
    " AND " STANDS("?4") visible " ORDER BY e.due_on, e.case_id, e.kind, e.number LIMIT ?6"

enum mu_status mu_case_due_any(struct mu_db *db, struct mu_date until, bool *any,
                               struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT 1 FROM case_due WHERE due_on <= ?1 LIMIT 1");

    mu_bind_date(&query, 1, until);
    *any = mu_query_row(&query);
    return mu_query_end(&query, error);
}

enum mu_status mu_case_due_list(struct mu_db *db, const struct mu_case_viewer *viewer,
                                struct mu_date until, size_t limit, mu_case_due_row *row,
                                void *context, struct mu_error *error)
{
    struct mu_query query = viewer->reads_all ? mu_query(db, DUES(""))
                                              : mu_query(db, DUES(" AND e.case_id IN " VISIBLE));
    struct mu_case_due due;

    bind_viewer(&query, viewer);
    mu_bind_date(&query, 5, until);
    mu_bind_integer(&query, 6, (int64_t)limit);
    while (mu_query_row(&query)) {
        if (!mu_case_due_from_word(mu_column_borrow(&query, 1), &due.kind))
            continue;
        mu_column_int(&query, 2, &due.number);
        mu_column_date(&query, 3, &due.due_on);
        if (!row(context, mu_column_integer(&query, 0), &due))
            break;
    }
    return mu_query_end(&query, error);
}
