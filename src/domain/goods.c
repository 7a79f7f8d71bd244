#include <mulin/domain/goods.h>

#include "domain/chain_hash.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/domain/points.h>

#include <stdio.h>
#include <string.h>

#define GOODS(name, kind, required, carried, choices)                                              \
    {                                                                                              \
#name, MU_SAY_field_goods_##name, MU_SAY_hint_goods_##name, kind, required, carried,       \
            offsetof(struct mu_goods_form, name), sizeof(((struct mu_goods_form *)0)->name),       \
            choices                                                                                \
    }

const struct mu_field mu_goods_fields[] = {
    GOODS(name, MU_FIELD_NOTE, true, false, NULL),
    GOODS(unit, MU_FIELD_NOTE, false, true, NULL),
    GOODS(price, MU_FIELD_TEXT, true, false, NULL),
    GOODS(per_month, MU_FIELD_TEXT, false, true, NULL),
    GOODS(offered, MU_FIELD_CHOICE, false, false, &mu_answers),
};
const size_t mu_goods_field_count = sizeof mu_goods_fields / sizeof *mu_goods_fields;

static const struct {
    const char *word;
    enum mu_message name;
} kinds[MU_GOODS_KINDS] = {
    [MU_GOODS_RECEIVED] = {"received", MU_SAY_goods_received},
    [MU_GOODS_GIVEN] = {"given", MU_SAY_goods_given},
    [MU_GOODS_RETURNED] = {"returned", MU_SAY_goods_returned},
    [MU_GOODS_COUNTED] = {"counted", MU_SAY_goods_counted},
    [MU_GOODS_SPOILED] = {"spoiled", MU_SAY_goods_spoiled},
};

const char *mu_goods_kind_word(enum mu_goods_kind kind)
{
    return kinds[kind].word;
}

bool mu_goods_kind_from_word(const char *word, enum mu_goods_kind *out)
{
    for (int kind = 0; kind < MU_GOODS_KINDS; kind++)
        if (strcmp(word, kinds[kind].word) == 0) {
            *out = (enum mu_goods_kind)kind;
            return true;
        }
    return false;
}

enum mu_message mu_goods_kind_name(enum mu_goods_kind kind)
{
    return kinds[kind].name;
}

void mu_goods_to_form(const struct mu_goods *goods, struct mu_goods_form *out)
{
    *out = (struct mu_goods_form){.id = goods->id,
                                  .version = goods->version,
                                  .offered = goods->offered ? MU_OFFERED : MU_NOT_OFFERED};
    mu_text_copy(out->name, sizeof out->name, goods->name);
    mu_text_copy(out->unit, sizeof out->unit, goods->unit);
    mu_points_format(goods->price, out->price);
    if (goods->per_month)
        snprintf(out->per_month, sizeof out->per_month, "%d", goods->per_month);
}

static enum mu_status refuse(enum mu_message message, const char *key, const char *value,
                             const char **field, struct mu_error *error)
{
    if (field)
        *field = key;
    return mu_fail(error, MU_INPUT, message, value, NULL);
}

enum mu_status mu_goods_from_form(const struct mu_goods_form *form, struct mu_goods *out,
                                  const char **field, struct mu_error *error)
{
    struct mu_points price, per_month = {0};

    if (field)
        *field = NULL;
    if (!*form->name)
        return refuse(MU_SAY_error_goods_name, "name", NULL, field, error);
    if (!mu_points_parse(form->price, &price) || price.count == 0 ||
        price.count > MU_RULE_POINTS_LIMIT)
        return refuse(MU_SAY_error_goods_price, "price", form->price, field, error);
    if (*form->per_month &&
        (!mu_points_parse(form->per_month, &per_month) || per_month.count > MU_GOODS_PIECES))
        return refuse(MU_SAY_error_goods_per_month, "per_month", form->per_month, field, error);
    *out = (struct mu_goods){.id = form->id,
                             .version = form->version,
                             .price = price,
                             .per_month = (int)per_month.count,
                             .offered = form->offered != MU_NOT_OFFERED};
    mu_text_copy(out->name, sizeof out->name, form->name);
    mu_text_copy(out->unit, sizeof out->unit, form->unit);
    return MU_OK;
}

void mu_goods_hash(const struct mu_goods_move *move, int64_t stock, const char *idempotency_key,
                   unsigned char hash[MU_HASH_SIZE])
{
    struct mu_chain_hash chain;
    char date[MU_DATE_SIZE];

    mu_date_format(move->date, date);
    mu_chain_begin(&chain, "mulin-goods-1");
    mu_chain_text(&chain, idempotency_key);
    mu_chain_number(&chain, move->id);
    mu_chain_number(&chain, move->goods_id);
    mu_chain_text(&chain, mu_goods_kind_word(move->kind));
    mu_chain_number(&chain, move->pieces);
    mu_chain_text(&chain, date);
    mu_chain_reference(&chain, move->resident_id);
    mu_chain_reference(&chain, move->returns);
    mu_chain_text(&chain, move->reason);
    mu_chain_number(&chain, move->operator_id);
    mu_chain_moment(&chain, move->moved_at);
    mu_chain_number(&chain, stock);
    mu_chain_end(&chain, hash);
}

int64_t mu_goods_left(const struct mu_goods *goods, const struct mu_points_rules *rules,
                      int64_t taken)
{
    int limit = goods->per_month ? goods->per_month : rules->goods_per_month;

    if (!limit)
        return -1;
    return taken < limit ? limit - taken : 0;
}

struct mu_date mu_points_gone_on(int month, int months)
{
    return mu_month_add(mu_month_first(month), months + 1);
}

int mu_points_gone_month(struct mu_date day, int months)
{
    if (months <= 0)
        return 0;
    return mu_month_number(mu_month_add(mu_month_first(mu_month_number(day)), -months - 1));
}
