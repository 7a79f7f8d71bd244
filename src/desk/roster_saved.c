#include "desk/desk_internal.h"
#include "store/roster_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/roster.h>

#include <string.h>

struct kept {
    mu_roster_kept *row;
    void *context;
    struct mu_date today;
};

static bool tell(void *context, const char *name, const char *body)
{
    const struct kept *kept = context;
    struct mu_roster_request request;
    bool whole;

    mu_roster_body_read(body, kept->today, &request, &whole);
    return kept->row(kept->context, name, &request, whole);
}

enum mu_status mu_list_rosters(struct mu_desk *desk, mu_roster_kept *row, void *context,
                               struct mu_error *error)
{
    struct kept kept = {row, context, mu_desk_now(desk).date};
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_roster_saved(desk->db, desk->operator.id, tell, &kept, error);
    return status;
}

struct wanted {
    const char *name;
    struct mu_roster_request request;
    bool found, whole;
    size_t count;
};

static bool look(void *context, const char *name, const struct mu_roster_request *request,
                 bool whole)
{
    struct wanted *wanted = context;

    wanted->count++;
    if (strcmp(name, wanted->name) == 0) {
        wanted->found = true;
        wanted->request = *request;
        wanted->whole = whole;
    }
    return true;
}

enum mu_status mu_read_roster(struct mu_desk *desk, const char *name, struct mu_roster_request *out,
                              bool *whole, struct mu_error *error)
{
    struct wanted wanted = {.name = name};
    enum mu_status status = mu_list_rosters(desk, look, &wanted, error);

    if (status != MU_OK)
        return status;
    if (!wanted.found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_unknown, name, NULL);
    *out = wanted.request;
    *whole = wanted.whole;
    return MU_OK;
}

static enum mu_status keep(struct mu_desk *desk, const char *name, const char *body,
                           struct mu_error *error)
{
    struct wanted wanted = {.name = name};
    enum mu_status status = mu_list_rosters(desk, look, &wanted, error);

    if (status == MU_OK && !wanted.found && wanted.count >= MU_ROSTERS_SAVED)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_many, NULL);
    if (status == MU_OK)
        status = mu_roster_save(desk->db, desk->operator.id, name, body, error);
    return status;
}

enum mu_status mu_keep_roster(struct mu_desk *desk, const char *name,
                              const struct mu_roster_request *request, struct mu_error *error)
{
    char text[MU_ROSTER_NAME_SIZE], body[MU_ROSTER_BODY_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_desk_text(name, text, sizeof text, error);
    if (status == MU_OK && !*text)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_name, NULL);
    if (status == MU_OK)
        status = mu_roster_check(request, NULL, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    mu_roster_body_write(request, body);
    status = keep(desk, text, body, error);
    if (status == MU_OK)
        return mu_db_commit(desk->db, error);
    mu_db_rollback(desk->db);
    return status;
}

enum mu_status mu_forget_roster(struct mu_desk *desk, const char *name, struct mu_error *error)
{
    bool found;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_roster_forget(desk->db, desk->operator.id, name, &found, error);
    if (status == MU_OK)
        status = mu_db_commit(desk->db, error);
    else
        mu_db_rollback(desk->db);
    if (status == MU_OK && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_unknown, name, NULL);
    return status;
}
