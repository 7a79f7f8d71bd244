#include "desk/goods_file.h"
#include "store/goods_store.h"
#include "store/ledger_store.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A basket on its way into the records. */
struct giving {
    struct mu_desk *desk;
    const struct mu_rules *rules;
    int version;
    struct mu_moment now;
    char reason[MU_REASON_SIZE];
    char key[MU_KEY_SIZE]; /* of the whole basket */
    struct mu_resident person;
    struct mu_goods goods[MU_BASKET];
    char told[MU_CHANGE_SIZE]; /* what is given, for the audit trail */
};

static enum mu_status begin_giving(struct giving *giving, int64_t resident_id, const char *reason,
                                   struct mu_error *error)
{
    struct mu_date last;
    enum mu_status status = mu_desk_text(reason, giving->reason, sizeof giving->reason, error);

    if (status == MU_OK)
        status = mu_desk_moment(giving->desk, &giving->now, &last, error);
    if (status == MU_OK)
        status = mu_desk_rules_on(giving->desk, giving->now.date, &giving->rules, &giving->version,
                                  error);
    return status == MU_OK ? mu_goods_person(giving->desk, resident_id, &giving->person, error)
                           : status;
}

static void tell(struct giving *giving, const struct mu_goods_move *move,
                 const struct mu_goods *goods)
{
    size_t used = strlen(giving->told);

    snprintf(giving->told + used, sizeof giving->told - used, "%s%" PRId64 "=%s %+" PRId64,
             used ? "\n" : "", move->id, goods->name, move->pieces);
}

/* Writes the movement with the entry that it is the document of; `posting` has the moves.
 *   goods  as they stand before it; their stock is brought up to date */
static enum mu_status move_goods(struct giving *giving, struct mu_goods *goods,
                                 struct mu_points_posting *posting, struct mu_goods_move *move,
                                 struct mu_error *error)
{
    unsigned char document[MU_HASH_SIZE];
    enum mu_status status = mu_goods_next_move(giving->desk->db, &move->id, error);

    if (status != MU_OK)
        return status;
    move->goods_id = goods->id;
    move->date = giving->now.date;
    move->moved_at = giving->now;
    move->resident_id = giving->person.id;
    move->operator_id = giving->desk->operator.id;
    mu_text_copy(move->reason, sizeof move->reason, giving->reason);
    goods->stock += move->pieces;
    mu_goods_hash(move, goods->stock, posting->key, document);
    posting->date = giving->now.date;
    posting->now = giving->now;
    posting->rule_id = "goods";
    posting->rules_version = giving->version;
    posting->reason = giving->reason;
    posting->document = document;
    status = mu_points_post(giving->desk, posting, &move->entry_id, error);
    posting->document = NULL;
    if (status == MU_OK)
        status = mu_goods_move_add(giving->desk->db, move, error);
    if (status == MU_OK)
        tell(giving, move, goods);
    return status;
}

/* ---- giving ---- */

/* May the person have so many of these goods, and are there any? */
static enum mu_status check_line(struct giving *giving, const struct mu_basket_line *line,
                                 const struct mu_goods *goods, struct mu_error *error)
{
    char number[24];
    int64_t taken = 0, left;
    enum mu_status status =
        mu_goods_taken(giving->desk->db, goods->id, giving->person.id,
                       mu_month_first(mu_month_number(giving->now.date)), &taken, error);

    if (status != MU_OK)
        return status;
    if (!goods->offered)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_redeem_not_offered, goods->name, NULL);
    if (goods->stock < line->pieces) {
        snprintf(number, sizeof number, "%" PRId64, goods->stock);
        return mu_fail(error, MU_REFUSED, MU_SAY_error_redeem_stock, goods->name, number, NULL);
    }
    left = mu_goods_left(goods, &giving->rules->points, taken);
    if (left < 0 || line->pieces <= left)
        return MU_OK;
    snprintf(number, sizeof number, "%" PRId64, left);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_redeem_limit, goods->name, giving->person.name,
                   number, NULL);
}

static enum mu_status check_basket(struct giving *giving, const struct mu_basket *basket,
                                   struct mu_points *sum, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    if (giving->person.status != MU_LIVING_HERE && giving->person.status != MU_MOVED_OUT)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_redeem_ended, giving->person.name, NULL);
    for (size_t i = 0; status == MU_OK && i < basket->count; i++) {
        const struct mu_basket_line *line = &basket->line[i];
        struct mu_goods *goods = &giving->goods[i];
        char number[24];

        snprintf(number, sizeof number, "%" PRId64, line->pieces);
        if (line->pieces < 1 || line->pieces > MU_GOODS_PIECES)
            return mu_fail(error, MU_INPUT, MU_SAY_error_goods_pieces, number, NULL);
        status = mu_goods_file(giving->desk, line->goods_id, goods, error);
        for (size_t j = 0; status == MU_OK && j < i; j++)
            if (giving->goods[j].id == goods->id)
                return mu_fail(error, MU_INPUT, MU_SAY_error_basket_twice, goods->name, NULL);
        if (status == MU_OK)
            status = check_line(giving, line, goods, error);
        if (status == MU_OK)
            sum->count += line->pieces * goods->price.count;
    }
    return status;
}

static enum mu_status give_line(struct giving *giving, const struct mu_points_account *account,
                                size_t index, int64_t pieces, int64_t *move_id,
                                struct mu_error *error)
{
    struct mu_goods *goods = &giving->goods[index];
    struct mu_points_posting posting = {.kind = MU_POINTS_GOODS};
    struct mu_goods_move move = {.kind = MU_GOODS_GIVEN, .pieces = -pieces};
    char key[MU_KEY_SIZE];
    enum mu_status status = mu_points_spread(
        giving->desk, account, (struct mu_points){-pieces * goods->price.count}, &posting, error);

    snprintf(key, sizeof key, "%.*s:%d", MU_KEY_SIZE - 4, giving->key,
             (int)(index % MU_BASKET) + 1);
    posting.key = key;
    if (status == MU_OK)
        status = move_goods(giving, goods, &posting, &move, error);
    if (status == MU_OK && index == 0)
        *move_id = move.id;
    return status;
}

/* The basket was given already under its key. */
static enum mu_status tell_again(struct giving *giving, int64_t move_id, struct mu_redeemed *out,
                                 struct mu_error *error)
{
    struct mu_goods_move move[MU_BASKET];
    size_t count = 0;
    enum mu_status status = mu_goods_together(giving->desk->db, move_id, move, &count, error);

    out->already = true;
    out->move_id = move_id;
    out->before = out->after;
    for (size_t i = 0; i < count; i++)
        out->sum.count -= move[i].points.count;
    out->before.balance = mu_points_add(out->after.balance, out->sum);
    return status;
}

static enum mu_status give(struct giving *giving, const struct mu_basket *basket,
                           struct mu_redeemed *out, struct mu_error *error)
{
    const struct mu_points_rules *rules;
    int64_t before = 0;
    enum mu_status status = begin_giving(giving, basket->resident_id, basket->reason, error);

    if (status != MU_OK)
        return status;
    rules = &giving->rules->points;
    status = mu_goods_basket(giving->desk->db, giving->key, &before, error);
    if (status == MU_OK)
        status = mu_points_account_of(giving->desk, rules, &giving->person, basket->resident_id,
                                      &out->after, error);
    if (status == MU_OK && before)
        return tell_again(giving, before, out, error);
    out->before = out->after;
    if (status == MU_OK)
        status = check_basket(giving, basket, &out->sum, error);
    if (status == MU_OK)
        status = mu_points_enough(&out->before, out->sum, error);
    for (size_t i = 0; status == MU_OK && i < basket->count; i++)
        status = give_line(giving, &out->before, i, basket->line[i].pieces, &out->move_id, error);
    if (status == MU_OK)
        status = mu_points_account_of(giving->desk, rules, &giving->person, basket->resident_id,
                                      &out->after, error);
    return status == MU_OK ? mu_audit_note(giving->desk, MU_MAY_give_goods, giving->person.id, "",
                                           "", giving->told, giving->reason, error)
                           : status;
}

enum mu_status mu_redeem(struct mu_desk *desk, const struct mu_basket *basket,
                         struct mu_redeemed *out, struct mu_error *error)
{
    struct giving giving = {.desk = desk};
    struct mu_redeemed done = {.move_id = 0};
    char limit[16];
    enum mu_status status = mu_desk_may(desk, MU_MAY_give_goods, error);

    if (status != MU_OK)
        return status;
    if (basket->count == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_basket_empty, NULL);
    snprintf(limit, sizeof limit, "%d", MU_BASKET);
    if (basket->count > MU_BASKET)
        return mu_fail(error, MU_INPUT, MU_SAY_error_basket_full, limit, NULL);
    if (basket->key)
        mu_text_copy(giving.key, sizeof giving.key, basket->key);
    else
        mu_new_key(giving.key);
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = give(&giving, basket, &done, error);
    if (status == MU_OK && done.already)
        mu_db_rollback(desk->db);
    else
        status = mu_desk_end(desk, status, error);
    if (status == MU_OK)
        *out = done;
    return status;
}

/* ---- giving back ---- */

static enum mu_status find_given(struct mu_desk *desk, int64_t move_id, struct mu_goods_move *out,
                                 struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_goods_move_read(desk->db, move_id, &found, out, error);

    snprintf(number, sizeof number, "%" PRId64, move_id);
    if (status == MU_OK && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_move_unknown, number, NULL);
    return status;
}

static enum mu_status check_given(const struct mu_goods_move *given, struct mu_error *error)
{
    char number[24], back[24];

    snprintf(number, sizeof number, "%" PRId64, given->id);
    snprintf(back, sizeof back, "%" PRId64, given->returned_by);
    if (given->kind != MU_GOODS_GIVEN)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_move_not_given, number, NULL);
    if (given->returned_by)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_move_returned, number, back, NULL);
    return MU_OK;
}

/* The points go back to the files that they came from. */
static enum mu_status fill_back(struct mu_desk *desk, const struct mu_goods_move *given,
                                struct mu_points_posting *posting, struct mu_error *error)
{
    struct mu_entry entry;
    bool found = false;
    enum mu_status status = mu_ledger_read(desk->db, given->entry_id, &found, &entry, error);

    for (size_t i = 0; status == MU_OK && found && i + 1 < entry.posting_count; i++) {
        struct mu_points_move *move = &posting->move[posting->move_count++];

        move->resident_id = strtoll(entry.posting[i].account + strlen("person:"), NULL, 10);
        move->points.count = entry.posting[i].amount;
    }
    posting->reverses = given->entry_id;
    return status;
}

static enum mu_status give_back(struct giving *giving, int64_t move_id, const char *reason,
                                struct mu_redeemed *out, struct mu_error *error)
{
    struct mu_points_posting posting = {.kind = MU_POINTS_RETURN, .key = giving->key};
    struct mu_goods_move given = {.id = 0}, move = {.kind = MU_GOODS_RETURNED};
    struct mu_goods goods;
    enum mu_status status = find_given(giving->desk, move_id, &given, error);

    if (status == MU_OK)
        status = check_given(&given, error);
    if (status == MU_OK)
        status = begin_giving(giving, given.resident_id, reason, error);
    if (status == MU_OK && !*giving->reason)
        return mu_fail(error, MU_INPUT, MU_SAY_error_goods_reason, NULL);
    if (status == MU_OK)
        status = mu_goods_file(giving->desk, given.goods_id, &goods, error);
    if (status == MU_OK)
        status = mu_points_account_of(giving->desk, &giving->rules->points, &giving->person,
                                      given.resident_id, &out->before, error);
    if (status == MU_OK)
        status = fill_back(giving->desk, &given, &posting, error);
    move.returns = given.id;
    move.pieces = -given.pieces;
    if (status == MU_OK)
        status = move_goods(giving, &goods, &posting, &move, error);
    if (status == MU_OK)
        status = mu_points_account_of(giving->desk, &giving->rules->points, &giving->person,
                                      given.resident_id, &out->after, error);
    out->move_id = move.id;
    out->sum = mu_points_subtract(out->after.balance, out->before.balance);
    return status == MU_OK ? mu_audit_note(giving->desk, MU_MAY_give_goods, giving->person.id, "",
                                           "", giving->told, giving->reason, error)
                           : status;
}

enum mu_status mu_give_back(struct mu_desk *desk, int64_t move_id, const char *reason,
                            struct mu_redeemed *out, struct mu_error *error)
{
    struct giving giving = {.desk = desk};
    struct mu_redeemed done = {.move_id = 0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_give_goods, error);

    if (status != MU_OK)
        return status;
    mu_new_key(giving.key);
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = give_back(&giving, move_id, reason, &done, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && out)
        *out = done;
    return status;
}

/* ---- the receipt ---- */

static void fill_receipt(const struct mu_goods_move *move, size_t count, struct mu_receipt *out)
{
    out->number = move[0].id;
    out->entry_id = move[count - 1].entry_id;
    out->moved_at = move[0].moved_at;
    out->back = move[0].kind == MU_GOODS_RETURNED;
    mu_text_copy(out->name, sizeof out->name, move[0].name);
    mu_text_copy(out->operator_name, sizeof out->operator_name, move[0].operator_name);
    for (size_t i = 0; i < count; i++) {
        struct mu_receipt_line *line = &out->line[out->count++];

        mu_text_copy(line->name, sizeof line->name, move[i].goods_name);
        mu_text_copy(line->unit, sizeof line->unit, move[i].goods_unit);
        line->pieces = move[i].pieces < 0 ? -move[i].pieces : move[i].pieces;
        line->points.count = out->back ? move[i].points.count : -move[i].points.count;
        line->returned = move[i].returned_by != 0;
        out->sum = mu_points_add(out->sum, line->points);
    }
}

static enum mu_status read_receipt(struct mu_desk *desk, int64_t move_id, struct mu_receipt *out,
                                   struct mu_error *error)
{
    struct mu_goods_move move[MU_BASKET];
    struct mu_resident person;
    const struct mu_rules *rules;
    char number[24];
    size_t count = 0;
    enum mu_status status = find_given(desk, move_id, &move[0], error);

    snprintf(number, sizeof number, "%" PRId64, move_id);
    if (status == MU_OK && !move[0].entry_id)
        return mu_fail(error, MU_INPUT, MU_SAY_error_move_not_given, number, NULL);
    if (status == MU_OK)
        status = mu_goods_together(desk->db, move_id, move, &count, error);
    if (status == MU_OK && count == 0) {
        count = 1;
        status = find_given(desk, move_id, &move[0], error);
    }
    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status == MU_OK)
        status = mu_goods_person(desk, move[0].resident_id, &person, error);
    if (status != MU_OK)
        return status;
    mu_text_copy(out->centre, sizeof out->centre, rules->centre.name);
    fill_receipt(move, count, out);
    return mu_points_stood(desk->db, person.id, out->entry_id, &out->balance, error);
}

enum mu_status mu_read_receipt(struct mu_desk *desk, int64_t move_id, struct mu_receipt *out,
                               struct mu_error *error)
{
    struct mu_receipt found = {.count = 0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = read_receipt(desk, move_id, &found, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        *out = found;
    return status;
}
