#include "store/person_file_store.h"

#include "store/vault.h"
#include "store/written_row.h"

#include <string.h>

static bool open_note(const struct mu_query *query, int column, const char *name, int64_t id,
                      char *out)
{
    const struct mu_seal_place place = {"person_file", name, id};

    return mu_column_sealed(query, column, &place, out, MU_NOTE_SIZE);
}

#define COLUMNS                                                                                    \
    "SELECT resident_id, version, diet, health, guardian, guardian_phone, emergency,"              \
    " emergency_phone, name_consent, party_branch, reports_from FROM person_file"

static void read_row(const struct mu_query *query, struct mu_person_file *out)
{
    bool whole = true;

    out->resident_id = mu_column_integer(query, 0);
    whole &= mu_column_int(query, 1, &out->version);
    whole &= open_note(query, 2, "diet", out->resident_id, out->diet);
    whole &= open_note(query, 3, "health", out->resident_id, out->health);
    whole &= mu_column_text(query, 4, out->guardian, sizeof out->guardian);
    whole &= mu_column_text(query, 5, out->guardian_phone, sizeof out->guardian_phone);
    whole &= mu_column_text(query, 6, out->emergency, sizeof out->emergency);
    whole &= mu_column_text(query, 7, out->emergency_phone, sizeof out->emergency_phone);
    whole &= mu_column_int(query, 8, &out->name_consent);
    whole &= mu_column_text(query, 9, out->party_branch, sizeof out->party_branch);
    whole &= mu_column_text(query, 10, out->reports_from, sizeof out->reports_from);
    out->incomplete = !whole;
}

enum mu_status mu_person_file_read(struct mu_db *db, int64_t resident_id,
                                   struct mu_person_file *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, COLUMNS " WHERE resident_id = ?1");

    *out = (struct mu_person_file){.resident_id = resident_id};
    mu_bind_integer(&query, 1, resident_id);
    if (mu_query_row(&query))
        read_row(&query, out);
    return mu_query_end(&query, error);
}

/* A note sealed for its row; of no length when there is none. */
struct sealed_note {
    size_t length;
    unsigned char bytes[MU_NOTE_SIZE + MU_SEAL_MORE];
};

static void seal_note(const struct mu_seal_keys *keys, const char *name, int64_t id,
                      const char *text, struct sealed_note *out)
{
    const struct mu_seal_place place = {"person_file", name, id};

    out->length = *text ? strlen(text) + MU_SEAL_MORE : 0;
    if (out->length)
        mu_seal(keys, &place, text, strlen(text), out->bytes);
}

/* Unbound parameters are NULL. */
static void bind_note(struct mu_query *query, int index, const struct sealed_note *note)
{
    if (note->length)
        mu_bind_blob(query, index, note->bytes, note->length);
}

static enum mu_status write_row(struct mu_db *db, const struct mu_seal_keys *keys,
                                struct mu_person_file *file, bool *stale, struct mu_error *error)
{
    struct sealed_note diet, health;
    struct mu_query query =
        file->version
            ? mu_query(db, "UPDATE person_file SET diet = ?2, health = ?3, guardian = ?4,"
                           " guardian_phone = ?5, emergency = ?6, emergency_phone = ?7,"
                           " name_consent = ?8, party_branch = ?9, reports_from = ?10,"
                           " version = version + 1 WHERE resident_id = ?1 AND version = ?11"
                           " RETURNING version")
            : mu_query(db, "INSERT INTO person_file (resident_id, diet, health, guardian,"
                           " guardian_phone, emergency, emergency_phone, name_consent,"
                           " party_branch, reports_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
                           " ?9, ?10) ON CONFLICT DO NOTHING RETURNING version");

    seal_note(keys, "diet", file->resident_id, file->diet, &diet);
    seal_note(keys, "health", file->resident_id, file->health, &health);
    mu_bind_integer(&query, 1, file->resident_id);
    bind_note(&query, 2, &diet);
    bind_note(&query, 3, &health);
    mu_bind_text(&query, 4, file->guardian);
    mu_bind_text(&query, 5, file->guardian_phone);
    mu_bind_text(&query, 6, file->emergency);
    mu_bind_text(&query, 7, file->emergency_phone);
    mu_bind_integer(&query, 8, file->name_consent);
    mu_bind_text(&query, 9, file->party_branch);
    mu_bind_text(&query, 10, file->reports_from);
    if (file->version)
        mu_bind_integer(&query, 11, file->version);
    return mu_written_row(&query, NULL, &file->version, stale, error);
}

enum mu_status mu_person_file_write(struct mu_db *db, struct mu_person_file *file, bool *stale,
                                    struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    return status == MU_OK ? write_row(db, keys, file, stale, error) : status;
}

enum mu_status mu_person_file_diet(struct mu_db *db, int64_t resident_id, char *diet,
                                   struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT diet FROM person_file WHERE resident_id = ?1");

    *diet = '\0';
    mu_bind_integer(&query, 1, resident_id);
    if (mu_query_row(&query))
        open_note(&query, 0, "diet", resident_id, diet);
    return mu_query_end(&query, error);
}

/* True when the lists of numbers have one in common, or one of them is empty. */
static bool phones_agree(const char *a, const char *b)
{
    if (!*a || !*b)
        return true;
    while (*a) {
        size_t length = strcspn(a, " ");

        for (const char *at = b; *at; at += strspn(at, " ")) {
            size_t other = strcspn(at, " ");

            if (other == length && strncmp(a, at, length) == 0)
                return true;
            at += other;
        }
        a += length;
        a += strspn(a, " ");
    }
    return false;
}

/* Columns: name, phone. */
static bool is_named(const struct mu_query *query, int column, const struct mu_resident *person)
{
    char name[MU_PERSON_NAME_SIZE], phone[MU_PHONE_SIZE];

    return mu_column_text(query, column, name, sizeof name) &&
           mu_column_text(query, column + 1, phone, sizeof phone) &&
           strcmp(name, person->name) == 0 && phones_agree(phone, person->phone);
}

enum mu_status mu_person_file_relying(struct mu_db *db, const struct mu_resident *person,
                                      mu_person_file_relied *row, void *context,
                                      struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT r.resident_id, r.name, p.guardian, p.guardian_phone, p.emergency,"
                     " p.emergency_phone FROM person_file p"
                     " JOIN resident r ON r.resident_id = p.resident_id"
                     " WHERE (p.guardian = ?1 OR p.emergency = ?1) AND r.resident_id <> ?2"
                     " AND r.status = 1 AND r.linked_to IS NULL ORDER BY r.resident_id");
    bool going_on = true;

    mu_bind_text(&query, 1, person->name);
    mu_bind_integer(&query, 2, person->id);
    while (going_on && mu_query_row(&query)) {
        int64_t id = mu_column_integer(&query, 0);
        char name[MU_PERSON_NAME_SIZE];

        mu_column_text(&query, 1, name, sizeof name);
        if (is_named(&query, 2, person))
            going_on = row(context, id, name, true);
        if (going_on && is_named(&query, 4, person))
            going_on = row(context, id, name, false);
    }
    return mu_query_end(&query, error);
}
