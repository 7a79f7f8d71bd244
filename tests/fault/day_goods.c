/* Goods on that day: soap comes, somebody takes two pieces for points and brings them back. */
#include "fault/day.h"

#include "unit/home.h"

#include <mulin/desk/goods.h>

enum { SOAP = 1, TAKEN = 2 /* the second movement */ };

static bool untouched(const void *output, size_t size)
{
    const unsigned char *bytes = output;

    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0x5a)
            return false;
    return true;
}

enum mu_status day_add_goods(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_goods_form form = {.name = "香皂", .unit = "块", .price = "3", .offered = MU_OFFERED};
    enum mu_status status = mu_save_goods(desk, &form, NULL, error);

    (void)day;
    *outputs = form.id == (status == MU_OK ? SOAP : 0);
    return status;
}

enum mu_status day_receive_goods(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    struct mu_goods goods;
    enum mu_status status;

    (void)day;
    memset(&goods, 0x5a, sizeof goods);
    status = mu_stock_goods(desk, SOAP, MU_GOODS_RECEIVED, 5, "捐赠", &goods, error);
    *outputs = status == MU_OK ? goods.stock == 5 : untouched(&goods, sizeof goods);
    return status;
}

enum mu_status day_redeem(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error)
{
    const struct mu_basket basket = {
        .resident_id = DAY_YOUNG, .line = {{SOAP, 2}}, .count = 1, .reason = "发放日"};
    struct mu_redeemed done;
    enum mu_status status;

    (void)day;
    memset(&done, 0x5a, sizeof done);
    status = mu_redeem(desk, &basket, &done, error);
    *outputs = status == MU_OK ? done.move_id == TAKEN && done.before.balance.count == 7 &&
                                     done.after.balance.count == 1
                               : untouched(&done, sizeof done);
    return status;
}

enum mu_status day_give_back(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_redeemed done;
    enum mu_status status;

    (void)day;
    memset(&done, 0x5a, sizeof done);
    status = mu_give_back(desk, TAKEN, "过敏", &done, error);
    *outputs = status == MU_OK ? done.sum.count == 6 && done.after.balance.count == 7
                               : untouched(&done, sizeof done);
    return status;
}

enum mu_status day_expire(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error)
{
    struct mu_expiry_report report = {.people = 99};
    enum mu_status status = mu_expire_points(desk, NULL, NULL, &report, error);

    (void)day;
    *outputs = report.people == (status == MU_OK ? 0 : 99);
    return status;
}

enum mu_status day_receipt(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error)
{
    struct mu_receipt receipt;
    enum mu_status status;

    (void)day;
    memset(&receipt, 0x5a, sizeof receipt);
    status = mu_read_receipt(desk, TAKEN, &receipt, error);
    *outputs = status == MU_OK ? receipt.count == 1 && receipt.line[0].returned
                               : untouched(&receipt, sizeof receipt);
    return status;
}
