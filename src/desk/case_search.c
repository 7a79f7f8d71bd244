#include "base/word_text.h"
#include "desk/case_file.h"
#include "store/case_text.h"

#include <mulin/base/text.h>

#include <sodium.h>
#include <string.h>

enum { BEFORE = 60, BEHIND = 240 }; /* bytes of an excerpt around what was looked for */

struct excerpt {
    const char *query; /* folded */
    char text[MU_CASE_LINE_SIZE];
};

static bool begins_rune(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* One line around the place. */
static void cut(const char *text, size_t at, size_t length, char out[MU_CASE_LINE_SIZE])
{
    size_t all = strlen(text), from = at > BEFORE ? at - BEFORE : 0;
    size_t to = at + length + BEHIND < all ? at + length + BEHIND : all;
    size_t used = 0;

    while (from < at && !begins_rune(text[from]))
        from++;
    if (to > from + MU_CASE_LINE_SIZE - 8)
        to = from + MU_CASE_LINE_SIZE - 8;
    while (to < all && to > from && !begins_rune(text[to]))
        to--;
    if (from > 0)
        used = (size_t)(stpcpy(out, "…") - out);
    for (size_t i = from; i < to; i++)
        out[used++] = text[i] == '\n' ? ' ' : text[i];
    memcpy(out + used, "…", sizeof "…");
    if (to == all)
        out[used] = '\0';
}

static bool look_for_place(void *taker, const char *text)
{
    struct excerpt *excerpt = taker;
    size_t at, length;

    if (!mu_word_text_place(text, excerpt->query, &at, &length))
        return true;
    cut(text, at, length, excerpt->text);
    return false;
}

struct telling {
    struct mu_desk *desk;
    struct mu_case_viewer viewer;
    struct mu_case_texts texts;
    const char *folded;
    mu_case_hit_row *row;
    void *context;
};

static enum mu_status tell(const struct telling *telling, const struct mu_case_words_found *hits,
                           struct mu_error *error)
{
    struct excerpt excerpt = {.query = telling->folded};
    struct mu_case_line line;
    enum mu_status status = MU_OK;
    bool more = true, found = false;

    for (size_t i = 0; more && i < hits->count && status == MU_OK; i++) {
        *excerpt.text = '\0';
        status = mu_case_line_read(telling->desk->db, &telling->viewer, hits->case_id[i], &found,
                                   &line, error);
        if (status == MU_OK)
            status = telling->texts.read(telling->texts.context, hits->case_id[i], look_for_place,
                                         &excerpt, error);
        if (status == MU_OK && found && line.access != MU_CASE_HIDDEN)
            more = telling->row(telling->context, &line, excerpt.text);
    }
    sodium_memzero(&excerpt, sizeof excerpt);
    return status;
}

static enum mu_status search(struct telling *telling, const char *words, size_t limit,
                             struct mu_error *error)
{
    struct mu_case_words_search what = {.query = words, .limit = limit};
    struct mu_case_words_found found = {0};
    struct mu_id_set among = {0};
    bool all = false;
    enum mu_status status = mu_case_viewer(telling->desk, &telling->viewer, error);

    if (status == MU_OK)
        status = mu_case_visible(telling->desk->db, &telling->viewer, &all, &among, error);
    what.among = all ? NULL : &among;
    if (status == MU_OK)
        status = mu_case_words_find(telling->desk->db, &what, &telling->texts, &found, error);
    if (status == MU_OK)
        status = tell(telling, &found, error);
    mu_case_words_found_clear(&found);
    mu_id_set_clear(&among);
    return status;
}

enum mu_status mu_search_cases(struct mu_desk *desk, const char *words, size_t limit,
                               mu_case_hit_row *row, void *context, struct mu_error *error)
{
    struct telling telling = {
        .desk = desk, .texts = mu_case_texts_of(desk->db), .row = row, .context = context};
    struct mu_word_text folded = {0};
    char query[MU_CASE_QUERY_BYTES + 1];
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_case, error);

    if (status == MU_OK)
        status = mu_desk_text(words, query, sizeof query, error);
    if (status == MU_OK && !mu_word_text_fold(&folded, query))
        status = mu_fail_memory(error);
    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status == MU_OK) {
        telling.folded = folded.text;
        status = search(&telling, query, limit, error);
        mu_db_end_read(desk->db);
    }
    mu_word_text_clear(&folded);
    return status;
}
