/* What the stories of goods share: a shelf, and people with points. */
#ifndef MULIN_TESTS_UNIT_GOODS_HOME_H
#define MULIN_TESTS_UNIT_GOODS_HOME_H

#include "unit/home.h"

#include "desk/points_post.h"
#include "store/db.h"

#include <mulin/base/text.h>
#include <mulin/desk/goods.h>

#define GOODS_CENTRE                                                                               \
    "centre: {name: 云鹭湾社区党群服务中心, division: \"330205\"}\n"                    \
    "canteen:\n"                                                                                   \
    "  sessions:\n"                                                                                \
    "    - {id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 18.00}\n"
#define GOODS_BOOK                                                                                 \
    GOODS_CENTRE "points:\n"                                                                       \
                 "  duties: [{id: patrol, team: 阿姨巡逻队, name: 巡逻, per_time: 5}]\n"    \
                 "  expiry: {months: 24}\n"                                                        \
                 "  goods: {per_month_limit: 3}\n"                                                 \
                 "  transfers: household\n"

static inline void adopt(struct mu_desk *desk, const char *book)
{
    struct mu_rules_faults faults = {0};
    int version;

    assert_int_equal(mu_desk_adopt_rules(desk, book, strlen(book), mu_desk_now(desk).date, &faults,
                                         &version, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
}

static inline int goods_setup(void **state)
{
    home_setup(state);
    adopt(((struct home *)*state)->desk, GOODS_BOOK);
    return 0;
}

/* As somebody earned them at a service on that day. */
static inline void earn(struct mu_desk *desk, int64_t resident_id, struct mu_date day,
                        int64_t points)
{
    struct mu_points_posting posting = {.kind = MU_POINTS_OPENING,
                                        .date = day,
                                        .now = mu_desk_now(desk),
                                        .rule_id = "patrol",
                                        .rules_version = 1,
                                        .reason = "",
                                        .move = {{resident_id, {points}, 60}},
                                        .move_count = 1};
    int64_t entry_id;

    assert_int_equal(mu_db_begin(desk->db, NULL), MU_OK);
    assert_int_equal(mu_points_post(desk, &posting, &entry_id, NULL), MU_OK);
    assert_int_equal(mu_db_commit(desk->db, NULL), MU_OK);
}

/* New goods with so many pieces on the shelf; returns the number. */
static inline int64_t shelf(struct mu_desk *desk, const char *name, const char *price,
                            int64_t pieces)
{
    struct mu_goods_form form = {.offered = MU_OFFERED};

    mu_text_copy(form.name, sizeof form.name, name);
    mu_text_copy(form.price, sizeof form.price, price);
    assert_int_equal(mu_save_goods(desk, &form, NULL, NULL), MU_OK);
    if (pieces)
        assert_int_equal(mu_stock_goods(desk, form.id, MU_GOODS_RECEIVED, pieces, NULL, NULL, NULL),
                         MU_OK);
    return form.id;
}

static inline int64_t stock_of(struct mu_desk *desk, int64_t goods_id)
{
    struct mu_goods goods;

    assert_int_equal(mu_read_goods(desk, goods_id, &goods, NULL), MU_OK);
    return goods.stock;
}

static inline int64_t points_of(struct mu_desk *desk, int64_t resident_id)
{
    struct mu_points_account account;

    assert_int_equal(mu_read_points(desk, resident_id, &account, NULL), MU_OK);
    return account.balance.count;
}

static inline enum mu_status redeem(struct mu_desk *desk, int64_t resident_id, int64_t goods_id,
                                    int64_t pieces, struct mu_redeemed *out, struct mu_error *error)
{
    const struct mu_basket basket = {
        .resident_id = resident_id, .line = {{goods_id, pieces}}, .count = 1};

    return mu_redeem(desk, &basket, out, error);
}

static inline void assert_sound(struct mu_desk *desk)
{
    struct mu_verify_report report;
    struct mu_error error = {0};
    char text[512] = "";

    if (mu_verify(desk, NULL, NULL, &report, &error) != MU_OK)
        mu_error_text(&error, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "");
}

static inline void assert_says(const struct mu_error *error, const char *sentence)
{
    char text[512];

    mu_error_text(error, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, sentence);
}

#endif
