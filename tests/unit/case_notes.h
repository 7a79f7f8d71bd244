/* Mediation cases whose notes are searched: a drawer with what stands in them. */
#ifndef MULIN_TESTS_UNIT_CASE_NOTES_H
#define MULIN_TESTS_UNIT_CASE_NOTES_H

#include "unit/raw_file.h"

#include "desk/desk_internal.h"
#include "store/case_word_rows.h"
#include "store/case_word_store.h"

enum { CASES = MU_CASE_FRESH + 40, NOTES = 3 };

/* The notes of the cases, as the mediators' drawer would have them. */
struct drawer {
    struct home *home;
    char note[CASES + 1][NOTES][256];
    int64_t last;
    size_t opened;
    bool broken; /* no note opens */
};

static inline enum mu_status read_notes(void *context, int64_t case_id, mu_case_text_take *take,
                                        void *taker, struct mu_error *error)
{
    struct drawer *drawer = context;
    bool more = true;

    drawer->opened++;
    if (drawer->broken)
        return mu_fail(error, MU_STORE, MU_SAY_error_sealed_value, "case_step", "1", NULL);
    assert_in_range(case_id, 1, CASES);
    for (int i = 0; i < NOTES && more; i++)
        if (*drawer->note[case_id][i])
            more = take(taker, drawer->note[case_id][i]);
    return MU_OK;
}

static inline struct mu_db *db_of(const struct drawer *drawer)
{
    return drawer->home->desk->db;
}

static inline struct mu_case_texts texts_of(struct drawer *drawer)
{
    return (struct mu_case_texts){read_notes, drawer};
}

static inline int case_notes_setup(void **state)
{
    struct drawer *drawer = calloc(1, sizeof *drawer);
    void *home;

    assert_non_null(drawer);
    home_setup(&home);
    drawer->home = home;
    *state = drawer;
    return 0;
}

static inline int case_notes_teardown(void **state)
{
    struct drawer *drawer = *state;
    void *home = drawer->home;

    home_teardown(&home);
    free(drawer);
    return 0;
}

/* The cases are in the log; what their notes say comes later. */
static inline void open_cases(struct drawer *drawer, int64_t last)
{
    const struct mu_seal_keys *keys;
    unsigned char label[MU_SEAL_MORE];

    assert_int_equal(mu_db_begin(db_of(drawer), NULL), MU_OK);
    assert_int_equal(mu_vault_keys(db_of(drawer), &keys, NULL), MU_OK);
    while (drawer->last < last) {
        const struct mu_seal_place place = {"mediation_case", "label", ++drawer->last};
        struct mu_query query = mu_query(
            db_of(drawer),
            "INSERT INTO mediation_case (case_id, year, serial, number, state, outcome,"
            " dispute, source, level, weight, danger, station, parties, accepted_on, label,"
            " operator_id, steps, head) VALUES (?1, 2026, ?1, 'Nr. ' || ?1, 'accepted',"
            " 'open', 1, 1, 1, 1, 0, 1, 2, '2026-11-22', ?2, 1, 1, zeroblob(32))");

        mu_seal(keys, &place, "", 0, label);
        mu_bind_integer(&query, 1, place.row);
        mu_bind_blob(&query, 2, label, sizeof label);
        assert_int_equal(mu_query_run(&query, NULL), MU_OK);
    }
    assert_int_equal(mu_db_commit(db_of(drawer), NULL), MU_OK);
}

static inline enum mu_status add(struct drawer *drawer, int64_t case_id, const char *text,
                                 struct mu_error *error)
{
    enum mu_status status = mu_db_begin(db_of(drawer), error);

    if (status == MU_OK)
        status = mu_case_words_add(db_of(drawer), case_id, text, error);
    if (status == MU_OK)
        return mu_db_commit(db_of(drawer), error);
    mu_db_rollback(db_of(drawer));
    return status;
}

static inline void keep(struct drawer *drawer, int64_t case_id, const char *text)
{
    int i = 0;

    while (*drawer->note[case_id][i])
        i++;
    assert_in_range(i, 0, NOTES - 1);
    snprintf(drawer->note[case_id][i], sizeof drawer->note[case_id][i], "%s", text);
}

static inline void note_down(struct drawer *drawer, int64_t case_id, const char *text)
{
    if (case_id > drawer->last)
        open_cases(drawer, case_id);
    keep(drawer, case_id, text);
    assert_int_equal(add(drawer, case_id, text, NULL), MU_OK);
}

static inline enum mu_status search(struct drawer *drawer, const struct mu_case_words_search *asked,
                                    struct mu_case_words_found *found, struct mu_error *error)
{
    struct mu_case_texts texts = texts_of(drawer);
    enum mu_status status = mu_db_begin_read(db_of(drawer), error);

    if (status != MU_OK)
        return status;
    status = mu_case_words_find(db_of(drawer), asked, &texts, found, error);
    mu_db_end_read(db_of(drawer));
    return status;
}

/* The cases that the query finds, the newest first: "3 1". */
static inline const char *find(struct drawer *drawer, const char *query)
{
    static char text[512];
    const struct mu_case_words_search asked = {.query = query, .limit = 20};
    struct mu_case_words_found found = {0};
    struct mu_error error;
    size_t used = 0;

    if (search(drawer, &asked, &found, &error) != MU_OK) {
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    *text = '\0';
    for (size_t i = 0; i < found.count; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, i ? " %lld" : "%lld",
                                 (long long)found.case_id[i]);
    mu_case_words_found_clear(&found);
    return text;
}

static inline enum mu_status checked(struct drawer *drawer, struct mu_error *error)
{
    struct mu_case_texts texts = texts_of(drawer);

    return mu_case_words_check(db_of(drawer), &texts, error);
}

static inline void three_quarrels(struct drawer *drawer)
{
    note_down(drawer, 1,
              "楼上周阿宝家卫生间漏水，张金凤家天花板发霉。Ａ座3栋201，电话13800001234。");
    note_down(drawer, 2, "张家与王家为遮雨棚吵架，狗，半夜叫。");
    note_down(drawer, 3, "物业費糾紛：業主不肯交，说水管漏了没人管。");
}

#endif
