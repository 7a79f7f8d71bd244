#include "desk/change_lines.h"
#include "desk/goods_file.h"
#include "store/goods_store.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum mu_status mu_goods_file(struct mu_desk *desk, int64_t goods_id, struct mu_goods *out,
                             struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_goods_by_id(desk->db, goods_id, &found, out, error);

    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%" PRId64, goods_id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_goods_unknown, number, NULL);
}

enum mu_status mu_read_goods(struct mu_desk *desk, int64_t goods_id, struct mu_goods *out,
                             struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    return status == MU_OK ? mu_goods_file(desk, goods_id, out, error) : status;
}

enum mu_status mu_list_goods(struct mu_desk *desk, bool all, mu_goods_row *row, void *context,
                             struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    return status == MU_OK ? mu_goods_all(desk->db, all, row, context, error) : status;
}

/* Those that a text may mean. */
struct search {
    char folded[MU_GOODS_NAME_SIZE];
    struct mu_goods goods;
    size_t count;
    bool exact;
};

static bool compare(void *context, const struct mu_goods *goods)
{
    struct search *search = context;
    char name[MU_GOODS_NAME_SIZE];

    mu_text_fold(name, sizeof name, goods->name);
    search->exact = strcmp(name, search->folded) == 0;
    if (search->exact || strstr(name, search->folded)) {
        search->goods = *goods;
        search->count++;
    }
    return !search->exact;
}

enum mu_status mu_find_goods(struct mu_desk *desk, const char *text, struct mu_goods *out,
                             struct mu_error *error)
{
    struct search search = {.count = 0};
    int64_t number = 0;
    bool found = false;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status != MU_OK)
        return status;
    if (!mu_text_fold_word(search.folded, sizeof search.folded, text) || !*search.folded)
        return mu_fail(error, MU_INPUT, MU_SAY_error_goods_unknown, text, NULL);
    status = mu_goods_all(desk->db, true, compare, &search, error);
    for (const char *at = search.folded; number >= 0 && *at && number < INT32_MAX; at++)
        number = *at >= '0' && *at <= '9' ? number * 10 + (*at - '0') : -1;
    if (status == MU_OK && !search.exact && number > 0)
        status = mu_goods_by_id(desk->db, number, &found, out, error);
    if (status != MU_OK || found)
        return status;
    if (search.count != 1 && !search.exact)
        return mu_fail(error, MU_INPUT,
                       search.count ? MU_SAY_error_goods_several : MU_SAY_error_goods_unknown, text,
                       NULL);
    *out = search.goods;
    return MU_OK;
}

/* ---- changing ---- */

static bool same_name(void *context, const struct mu_goods *goods)
{
    struct search *search = context;
    char name[MU_GOODS_NAME_SIZE];

    mu_text_fold(name, sizeof name, goods->name);
    if (goods->id == search->goods.id || strcmp(name, search->folded) != 0)
        return true;
    search->count++;
    return false;
}

static enum mu_status check_name(struct mu_desk *desk, const struct mu_goods *goods,
                                 const char **field, struct mu_error *error)
{
    struct search search = {.goods = *goods};
    enum mu_status status;

    mu_text_fold(search.folded, sizeof search.folded, goods->name);
    status = mu_goods_all(desk->db, true, same_name, &search, error);
    if (status != MU_OK || !search.count)
        return status;
    if (field)
        *field = "name";
    return mu_fail(error, MU_INPUT, MU_SAY_error_goods_same, goods->name, NULL);
}

static enum mu_status note_change(struct mu_desk *desk, const struct mu_goods *before,
                                  const struct mu_goods *after, struct mu_error *error)
{
    struct mu_goods_form old, new;
    char old_text[MU_CHANGE_SIZE] = "", new_text[MU_CHANGE_SIZE] = "";

    if (before)
        mu_goods_to_form(before, &old);
    mu_goods_to_form(after, &new);
    mu_change_lines(mu_goods_fields, mu_goods_field_count, before ? &old : NULL, &new, old_text,
                    new_text);
    return mu_audit_note(desk, MU_MAY_manage_goods, 0, after->name, old_text, new_text, "", error);
}

enum mu_status mu_goods_put(struct mu_desk *desk, struct mu_goods *goods, const char **field,
                            struct mu_error *error)
{
    struct mu_goods before;
    bool stale = false, added = goods->id == 0;
    enum mu_status status = check_name(desk, goods, field, error);

    if (status == MU_OK && !added)
        status = mu_goods_file(desk, goods->id, &before, error);
    if (status == MU_OK)
        status = added ? mu_goods_add(desk->db, goods, error)
                       : mu_goods_write(desk->db, goods, &stale, error);
    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_goods_stale, goods->name, NULL);
    return status == MU_OK ? note_change(desk, added ? NULL : &before, goods, error) : status;
}

enum mu_status mu_save_goods(struct mu_desk *desk, struct mu_goods_form *form, const char **field,
                             struct mu_error *error)
{
    struct mu_goods_form typed = *form;
    struct mu_goods goods;
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_goods, error);

    if (field)
        *field = NULL;
    if (status == MU_OK)
        status = mu_desk_text(form->name, typed.name, sizeof typed.name, error);
    if (status == MU_OK)
        status = mu_desk_text(form->unit, typed.unit, sizeof typed.unit, error);
    if (status == MU_OK)
        status = mu_goods_from_form(&typed, &goods, field, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_goods_put(desk, &goods, field, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK)
        mu_goods_to_form(&goods, form);
    return status;
}

/* ---- the stock ---- */

/* What the movement adds to the stock. */
static enum mu_status added_by(const struct mu_goods *goods, enum mu_goods_kind kind,
                               int64_t pieces, const char *reason, int64_t *added,
                               struct mu_error *error)
{
    char number[24];
    bool counted = kind == MU_GOODS_COUNTED;

    snprintf(number, sizeof number, "%" PRId64, pieces);
    if (pieces < !counted || pieces > MU_GOODS_PIECES)
        return mu_fail(error, MU_INPUT,
                       counted ? MU_SAY_error_goods_stock : MU_SAY_error_goods_pieces, number,
                       NULL);
    *added = counted ? pieces - goods->stock : kind == MU_GOODS_SPOILED ? -pieces : pieces;
    if (!*reason && (kind == MU_GOODS_SPOILED || (counted && *added)))
        return mu_fail(error, MU_INPUT, MU_SAY_error_goods_reason, NULL);
    if (goods->stock + *added >= 0)
        return MU_OK;
    snprintf(number, sizeof number, "%" PRId64, goods->stock);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_goods_spoil, goods->name, number, NULL);
}

enum mu_status mu_goods_stock(struct mu_desk *desk, struct mu_goods *goods, enum mu_goods_kind kind,
                              int64_t pieces, const char *reason, struct mu_error *error)
{
    struct mu_goods_move move = {
        .goods_id = goods->id, .kind = kind, .operator_id = desk->operator.id };
    struct mu_date last;
    char text[64];
    enum mu_status status = added_by(goods, kind, pieces, reason, &move.pieces, error);

    if (status == MU_OK)
        status = mu_desk_moment(desk, &move.moved_at, &last, error);
    if (status == MU_OK)
        status = mu_goods_next_move(desk->db, &move.id, error);
    if (status != MU_OK)
        return status;
    move.date = move.moved_at.date;
    mu_text_copy(move.reason, sizeof move.reason, reason);
    status = mu_goods_move_add(desk->db, &move, error);
    if (status != MU_OK)
        return status;
    goods->stock += move.pieces;
    snprintf(text, sizeof text, "%s=%+" PRId64 "\nstock=%" PRId64, mu_goods_kind_word(kind),
             move.pieces, goods->stock);
    return mu_audit_note(desk, MU_MAY_manage_goods, 0, goods->name, "", text, reason, error);
}

enum mu_status mu_stock_goods(struct mu_desk *desk, int64_t goods_id, enum mu_goods_kind kind,
                              int64_t pieces, const char *reason, struct mu_goods *out,
                              struct mu_error *error)
{
    char text[MU_REASON_SIZE];
    struct mu_goods goods;
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_goods, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_goods_file(desk, goods_id, &goods, error);
    if (status == MU_OK)
        status = mu_goods_stock(desk, &goods, kind, pieces, text, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && out)
        *out = goods;
    return status;
}

enum mu_status mu_goods_history(struct mu_desk *desk, const struct mu_goods_filter *filter,
                                mu_goods_move_row *row, void *context, struct mu_error *error)
{
    struct mu_resident person = {.id = 0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK && filter->resident_id)
        status = mu_goods_person(desk, filter->resident_id, &person, error);
    return status == MU_OK ? mu_goods_moves(desk->db, filter->goods_id, person.id, filter->from,
                                            filter->to, filter->limit, row, context, error)
                           : status;
}

/* ---- verifying ---- */

static enum mu_status altered(enum mu_message message, int64_t number, struct mu_error *error)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRId64, number);
    return mu_fail(error, MU_STORE, message, text, NULL);
}

enum mu_status mu_check_goods(struct mu_db *db, struct mu_error *error)
{
    int64_t move_id, entry_id, goods_id;
    enum mu_status status = mu_goods_find_wrong(db, &move_id, &entry_id, &goods_id, error);

    if (status == MU_OK && move_id)
        return altered(MU_SAY_error_verify_goods, move_id, error);
    if (status == MU_OK && entry_id)
        return altered(MU_SAY_error_verify_no_goods, entry_id, error);
    if (status == MU_OK && goods_id)
        return altered(MU_SAY_error_verify_stock, goods_id, error);
    return status;
}
