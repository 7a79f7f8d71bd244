#include "desk/desk_internal.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A stored book that no longer fits its hash or does not parse must not decide anything. */
enum mu_status mu_desk_book(struct mu_desk *desk, int version, struct mu_rules **out,
                            struct mu_error *error)
{
    struct mu_rules_faults faults = {0};
    struct mu_rules *rules = NULL;
    char *book = NULL, number[16];
    bool sound = false;
    enum mu_status status = mu_rule_book_text(desk->db, version, &book, &sound, error);

    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%d", version);
    if (sound)
        status = mu_rules_parse(book, strlen(book), &faults, &rules, error);
    if (!sound || status == MU_INPUT)
        status = mu_fail(error, MU_STORE, MU_SAY_error_rule_book_damaged, number, NULL);
    mu_rules_faults_clear(&faults);
    free(book);
    if (status == MU_OK)
        *out = rules;
    return status;
}

static enum mu_status load(struct mu_desk *desk, int version, struct mu_error *error)
{
    struct mu_rules *rules = NULL;
    enum mu_status status = mu_desk_book(desk, version, &rules, error);

    if (status != MU_OK)
        return status;
    mu_rules_free(&desk->rules);
    desk->rules = rules;
    desk->rules_version = version;
    return MU_OK;
}

static enum mu_status version_on(struct mu_desk *desk, struct mu_date day, int *version,
                                 struct mu_error *error)
{
    enum mu_status status = mu_rule_book_version(desk->db, day, version, error);

    if (status == MU_OK && *version == 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_no_rule_book, NULL);
    return status;
}

enum mu_status mu_desk_rules_on(struct mu_desk *desk, struct mu_date day,
                                const struct mu_rules **out, int *version, struct mu_error *error)
{
    int decides;
    enum mu_status status = version_on(desk, day, &decides, error);

    if (status == MU_OK && (!desk->rules || desk->rules_version != decides))
        status = load(desk, decides, error);
    if (status != MU_OK)
        return status;
    *out = desk->rules;
    if (version)
        *version = decides;
    return MU_OK;
}

enum mu_status mu_desk_rules(struct mu_desk *desk, const struct mu_rules **out, int *version,
                             struct mu_error *error)
{
    return mu_desk_rules_on(desk, mu_desk_now(desk).date, out, version, error);
}

enum mu_status mu_desk_rules_text(struct mu_desk *desk, char **book, struct mu_error *error)
{
    bool sound;
    int version;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_rules, error);

    if (status == MU_OK)
        status = version_on(desk, mu_desk_now(desk).date, &version, error);
    return status == MU_OK ? mu_rule_book_text(desk->db, version, book, &sound, error) : status;
}

static enum mu_status write_book(struct mu_desk *desk, const char *book, struct mu_date from,
                                 int *version, struct mu_error *error)
{
    char number[16], note[MU_BOOK_NOTE_SIZE];
    int added = 0;
    enum mu_status status = mu_db_begin(desk->db, error);

    if (status != MU_OK)
        return status;
    status =
        mu_rule_book_add(desk->db, book, from, mu_desk_now(desk), desk->operator.id, &added, error);
    snprintf(number, sizeof number, "%d", added);
    if (status == MU_OK)
        status = mu_rule_book_note(desk->db, added, note, error);
    if (status == MU_OK)
        status = mu_audit_note(desk, MU_MAY_adopt_rules, 0, number, "", note, "", error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK)
        *version = added;
    return status;
}

enum mu_status mu_desk_adopt_rules(struct mu_desk *desk, const char *book, size_t length,
                                   struct mu_date from, struct mu_rules_faults *faults,
                                   int *version, struct mu_error *error)
{
    struct mu_rules *rules = NULL;
    char *text, day[MU_DATE_SIZE];
    enum mu_status status;

    status = mu_desk_may(desk, MU_MAY_adopt_rules, error);
    if (status != MU_OK)
        return status;
    if (mu_date_compare(from, mu_desk_now(desk).date) < 0) {
        mu_date_format(from, day);
        return mu_fail(error, MU_INPUT, MU_SAY_error_rules_from_past, day, NULL);
    }
    status = mu_rules_parse(book, length, faults, &rules, error);
    mu_rules_free(&rules);
    if (status != MU_OK)
        return status;
    text = strndup(book, length);
    if (!text)
        return mu_fail_memory(error);
    status = write_book(desk, text, from, version, error);
    free(text);
    return status;
}
