#include "desk/desk_internal.h"
#include "desk/home_folder.h"
#include "desk/ticket_queue.h"
#include "store/db_file.h"
#include "store/draft_store.h"
#include "store/key_file.h"
#include "store/ledger_store.h"
#include "store/migration.h"
#include "store/operator_store.h"
#include "store/vault.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, HAN_BYTES = 3, HURRY_MS = 50 };

enum mu_status mu_desk_text(const char *text, char *out, size_t size, struct mu_error *error)
{
    char han[24], letters[24];

    *out = '\0';
    if (!text || mu_text_clean(out, size, text, false))
        return MU_OK;
    if (mu_text_lacked_memory(out, size, text))
        return mu_fail_memory(error);
    *out = '\0';
    if (!mu_text_valid(text, strlen(text)))
        return mu_fail(error, MU_INPUT, MU_SAY_error_text_encoding, NULL);
    snprintf(han, sizeof han, "%zu", (size - 1) / HAN_BYTES);
    snprintf(letters, sizeof letters, "%zu", size - 1);
    return mu_fail(error, MU_INPUT, MU_SAY_error_text_long, han, letters, NULL);
}

static enum mu_status read_clock(const struct mu_desk_options *options, bool *fixed,
                                 struct mu_moment *now, struct mu_error *error)
{
    *fixed = options->fixed_now && *options->fixed_now;
    if (*fixed && !mu_moment_parse(options->fixed_now, now))
        return mu_fail(error, MU_USAGE, MU_SAY_error_clock, options->fixed_now, NULL);
    if (!*fixed) {
        time_t seconds = time(NULL);
        struct tm local;

        localtime_r(&seconds, &local);
        now->date = (struct mu_date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
        now->minute = local.tm_hour * 60 + local.tm_min;
        now->second = local.tm_sec < 60 ? local.tm_sec : 59;
    }
    return MU_OK;
}

static enum mu_status record_path(const char *home, char *path, struct mu_error *error)
{
    if (snprintf(path, PATH_SIZE, "%s/mulin.db", home) >= PATH_SIZE)
        return mu_fail(error, MU_USAGE, MU_SAY_error_home, home, mu_errno_text(ENAMETOOLONG), NULL);
    return MU_OK;
}

static enum mu_status check_preset(const char *preset, const char **book, struct mu_error *error)
{
    struct mu_rules_faults faults = {0};
    struct mu_rules *rules = NULL;
    enum mu_status status;

    *book = mu_preset_book(preset);
    if (!*book) {
        char names[256] = "";
        size_t used = 0;

        for (size_t i = 0; mu_preset_name(i) && used < sizeof names; i++)
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i ? " " : "",
                                     mu_preset_name(i));
        return mu_fail(error, MU_INPUT, MU_SAY_error_preset, preset, names, NULL);
    }
    status = mu_rules_parse(*book, strlen(*book), &faults, &rules, error);
    mu_rules_faults_clear(&faults);
    mu_rules_free(&rules);
    return status;
}

static enum mu_status furnish(struct mu_db *db, const struct mu_desk_options *options,
                              const char *book, bool demo, struct mu_moment now, bool *key_made,
                              struct mu_error *error)
{
    int64_t keeper = 0;
    int version;
    enum mu_status status = mu_db_begin(db, error);

    if (status != MU_OK)
        return status;
    status = mu_operator_add(db, options->system_user, "keeper", options->system_user, now, &keeper,
                             error);
    if (status == MU_OK)
        status = mu_rule_book_add(db, book, now.date, now, keeper, &version, error);
    if (status == MU_OK && demo)
        status = mu_setting_write(db, "demo", "1", error);
    if (status == MU_OK)
        status = mu_vault_create(db, options->home, key_made, error);
    if (status == MU_OK)
        return mu_db_commit(db, error);
    mu_db_rollback(db);
    return status;
}

enum mu_status mu_home_create(const struct mu_desk_options *options, const char *preset, bool demo,
                              struct mu_error *error)
{
    char path[PATH_SIZE], part[MU_PATH_SIZE];
    const char *book;
    struct mu_db *db = NULL;
    struct mu_moment now;
    bool fixed, key_made = false;
    size_t made = 0;
    enum mu_status status = read_clock(options, &fixed, &now, error);

    if (status == MU_OK)
        status = check_preset(preset, &book, error);
    if (status == MU_OK)
        status = record_path(options->home, path, error);
    if (status == MU_OK && !mu_file_part(path, part))
        status = mu_fail(error, MU_USAGE, MU_SAY_error_home, options->home,
                         mu_errno_text(ENAMETOOLONG), NULL);
    if (status != MU_OK)
        return status;
    if (access(path, F_OK) == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_home_exists, options->home, NULL);
    status = mu_home_folder_make(options->home, &made, error);
    if (status == MU_OK)
        status = mu_home_folder_check(options->home, error);
    if (status == MU_OK)
        status = mu_db_open(part, MU_DB_CREATE, &db, error);
    if (status == MU_OK)
        status = furnish(db, options, book, demo, now, &key_made, error);
    if (status == MU_OK)
        status = mu_db_finish(&db, path, error);
    else if (db)
        mu_db_remove(&db);
    if (status == MU_OK)
        mu_file_sync_name(options->home);
    else if (key_made && access(path, F_OK) != 0)
        mu_key_file_remove(options->home, MU_KEY_NOW);
    if (status != MU_OK)
        mu_home_folder_remove(options->home, made);
    return status;
}

static enum mu_status greet(struct mu_desk *desk, const struct mu_desk_options *options,
                            struct mu_error *error)
{
    char demo[MU_SETTING_SIZE];
    enum mu_status status = MU_OK;

    desk->operator_seen = mu_db_change_counter(desk->db);
    if (!options->sign_in)
        status = mu_operator_by_system_user(desk->db, options->system_user, &desk->operator, error);
    if (status == MU_OK && !options->sign_in && desk->operator.id == 0)
        status = mu_fail(error, MU_REFUSED, MU_SAY_error_no_operator, options->system_user, NULL);
    if (status == MU_OK)
        status = mu_setting_read(desk->db, "demo", demo, error);
    if (status == MU_OK)
        desk->demo = *demo != '\0';
    return status;
}

enum mu_status mu_desk_open(const struct mu_desk_options *options, struct mu_desk **out,
                            struct mu_error *error)
{
    char path[PATH_SIZE];
    struct mu_desk *desk;
    enum mu_status status = record_path(options->home, path, error);

    if (status != MU_OK)
        return status;
    desk = calloc(1, sizeof *desk);
    if (!desk)
        return mu_fail_memory(error);
    mu_text_clean(desk->terminal, sizeof desk->terminal, options->terminal ? options->terminal : "",
                  false);
    status = read_clock(options, &desk->fixed, &desk->now, error);
    if (status == MU_OK)
        status = mu_home_folder_check(options->home, error);
    if (status == MU_OK)
        status = mu_db_open(path, MU_DB_WORK, &desk->db, error);
    if (status == MU_OK && options->plain_copy && *mu_db_plain_copy(desk->db))
        mu_text_copy(options->plain_copy, MU_COPY_PATH_SIZE, mu_db_plain_copy(desk->db));
    if (status == MU_OK && !options->key_later)
        status = mu_vault_open(desk->db, options->home, error);
    if (status == MU_OK)
        status = greet(desk, options, error);
    if (status != MU_OK) {
        mu_desk_free(&desk);
        return status;
    }
    desk->change_counter = mu_db_change_counter(desk->db);
    *out = desk;
    return MU_OK;
}

enum mu_status mu_desk_take_key(struct mu_desk *desk, struct mu_error *error)
{
    char path[MU_PATH_SIZE];

    if (mu_db_vault(desk->db))
        return MU_OK;
    mu_text_copy(path, sizeof path, mu_db_path(desk->db));
    return mu_vault_open(desk->db, dirname(path), error);
}

void mu_desk_free(struct mu_desk **desk)
{
    if (!*desk)
        return;
    mu_ticket_queue_free(*desk);
    mu_rules_free(&(*desk)->rules);
    mu_db_free(&(*desk)->db);
    free(*desk);
    *desk = NULL;
}

struct mu_moment mu_desk_now(const struct mu_desk *desk)
{
    const struct mu_desk_options clock = {0};
    struct mu_moment now = desk->now;
    bool fixed;

    if (!desk->fixed && read_clock(&clock, &fixed, &now, NULL) != MU_OK)
        return desk->now;
    return now;
}

enum mu_status mu_desk_moment(struct mu_desk *desk, struct mu_moment *now, struct mu_date *last,
                              struct mu_error *error)
{
    enum mu_status status = mu_ledger_last_day(desk->db, last, error);

    *now = mu_desk_now(desk);
    if (status == MU_OK && mu_date_known(*last) &&
        mu_date_compare(mu_date_add_days(now->date, 1), *last) == 0)
        now->date = *last;
    return status;
}

const char *mu_desk_operator(const struct mu_desk *desk)
{
    return desk->operator.name;
}

int64_t mu_desk_operator_id(const struct mu_desk *desk)
{
    return desk->operator.id;
}

bool mu_desk_demo(const struct mu_desk *desk)
{
    return desk->demo;
}

bool mu_desk_changed(struct mu_desk *desk)
{
    int64_t before = desk->change_counter;

    desk->change_counter = mu_db_change_counter(desk->db);
    return desk->change_counter != before;
}

void mu_desk_hurry(struct mu_desk *desk, bool on)
{
    mu_db_be_patient(desk->db, on ? HURRY_MS : 0);
}

void mu_desk_ask_leaving(struct mu_desk *desk, bool (*leaving)(void))
{
    mu_db_ask_leaving(desk->db, leaving);
}

enum mu_status mu_desk_keep_draft(struct mu_desk *desk, int64_t owner, const char *form,
                                  const char *body, struct mu_error *error)
{
    enum mu_status status = mu_db_begin(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_draft_write(desk->db, owner, form, body, mu_desk_now(desk), error);
    if (status == MU_OK)
        return mu_db_commit(desk->db, error);
    mu_db_rollback(desk->db);
    return status;
}

enum mu_status mu_desk_draft(struct mu_desk *desk, const char *form, char **body,
                             struct mu_error *error)
{
    return mu_draft_read(desk->db, desk->operator.id, form, body, error);
}

enum mu_status mu_desk_drop_draft(struct mu_desk *desk, int64_t owner, const char *form,
                                  struct mu_error *error)
{
    return mu_draft_remove(desk->db, owner, form, error);
}
