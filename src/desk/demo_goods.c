/* What the points of a made-up community buy. */
#include "desk/demo_people.h"
#include "desk/desk_internal.h"

#include <mulin/base/text.h>
#include <mulin/desk/goods.h>

enum { TAKERS = 12, APART = 7 };

static const struct {
    const char *name, *unit, *price, *per_month;
    int stock;
} shelf[] = {
    {"大米（5 公斤）", "袋", "120", "1", 40},
    {"食用油（1.8 升）", "桶", "90", "1", 36},
    {"鸡蛋（30 枚）", "板", "60", "", 50},
    {"洗衣液", "瓶", "45", "", 60},
    {"卷纸", "提", "30", "", 80},
    {"毛巾", "条", "15", "", 120},
};

static enum mu_status fill_shelf(struct mu_desk *desk, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < COUNT(shelf) && status == MU_OK; i++) {
        struct mu_goods_form form = {.offered = MU_OFFERED};

        mu_text_copy(form.name, sizeof form.name, shelf[i].name);
        mu_text_copy(form.unit, sizeof form.unit, shelf[i].unit);
        mu_text_copy(form.price, sizeof form.price, shelf[i].price);
        mu_text_copy(form.per_month, sizeof form.per_month, shelf[i].per_month);
        status = mu_save_goods(desk, &form, NULL, error);
        if (status == MU_OK)
            status = mu_stock_goods(desk, form.id, MU_GOODS_RECEIVED, shelf[i].stock, "街道配送",
                                    NULL, error);
    }
    return status;
}

struct choice {
    struct mu_goods goods; /* id 0: none yet */
    struct mu_points most; /* that can be paid */
};

/* The dearest that somebody can pay. */
static bool take_goods(void *context, const struct mu_goods *goods)
{
    struct choice *choice = context;

    if (goods->price.count <= choice->most.count && goods->price.count > choice->goods.price.count)
        choice->goods = *goods;
    return true;
}

static enum mu_status redeem(struct mu_desk *desk, int64_t resident_id, struct mu_error *error)
{
    struct mu_points_account account;
    struct choice choice = {0};
    struct mu_basket basket = {.resident_id = resident_id, .count = 1};
    struct mu_redeemed redeemed;
    enum mu_status status = mu_read_points(desk, resident_id, &account, error);

    if (status != MU_OK)
        return status;
    choice.most = account.balance;
    status = mu_list_goods(desk, false, take_goods, &choice, error);
    if (status != MU_OK || !choice.goods.id)
        return status;
    basket.line[0] = (struct mu_basket_line){choice.goods.id, 1};
    return mu_redeem(desk, &basket, &redeemed, error);
}

enum mu_status demo_goods(struct mu_desk *desk, const int64_t *volunteers, size_t count,
                          struct mu_error *error)
{
    enum mu_status status = fill_shelf(desk, error);

    for (size_t i = 0; i < TAKERS && i * APART < count && status == MU_OK; i++)
        status = redeem(desk, volunteers[i * APART], error);
    return status;
}
