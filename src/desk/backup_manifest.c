#include "desk/backup_manifest.h"

#include <mulin/base/text.h>

#include <json-c/json.h>
#include <limits.h>
#include <sodium.h>
#include <string.h>

enum { DEPTH = 4 };

enum mu_status mu_manifest_write(const struct mu_backup_manifest *manifest,
                                 unsigned char note[MU_SEAL_NOTE_SIZE], struct mu_error *error)
{
    char made_at[MU_MOMENT_SIZE], head[2][2 * MU_HASH_SIZE + 1];
    struct json_object *object = json_object_new_object();
    const char *text = NULL;
    size_t length = 0;

    mu_moment_format(manifest->made_at, made_at);
    mu_hash_text(manifest->heads.head, MU_HASH_SIZE, head[0]);
    mu_hash_text(manifest->heads.audit_head, MU_HASH_SIZE, head[1]);
    if (object && !json_object_object_add(object, "made_at", json_object_new_string(made_at)) &&
        !json_object_object_add(object, "centre", json_object_new_string(manifest->centre)) &&
        !json_object_object_add(object, "schema", json_object_new_int(manifest->schema)) &&
        !json_object_object_add(object, "size", json_object_new_int64(manifest->size)) &&
        !json_object_object_add(object, "entries",
                                json_object_new_int64(manifest->heads.entries)) &&
        !json_object_object_add(object, "head", json_object_new_string(head[0])) &&
        !json_object_object_add(object, "audit_entries",
                                json_object_new_int64(manifest->heads.audit_entries)) &&
        !json_object_object_add(object, "audit_head", json_object_new_string(head[1])))
        text = json_object_to_json_string_length(object, JSON_C_TO_STRING_PLAIN, &length);
    if (!text || length >= MU_SEAL_NOTE_SIZE) {
        json_object_put(object);
        return mu_fail_memory(error);
    }
    memset(note, 0, MU_SEAL_NOTE_SIZE);
    memcpy(note, text, length);
    json_object_put(object);
    return MU_OK;
}

static const char *text_of(const struct json_object *object, const char *key)
{
    struct json_object *value;

    if (!json_object_object_get_ex(object, key, &value) ||
        !json_object_is_type(value, json_type_string))
        return "";
    return json_object_get_string(value);
}

/* -1 when there is no such number. */
static int64_t number_of(const struct json_object *object, const char *key)
{
    struct json_object *value;

    if (!json_object_object_get_ex(object, key, &value) ||
        !json_object_is_type(value, json_type_int))
        return -1;
    return json_object_get_int64(value);
}

static bool read_hash(const struct json_object *object, const char *key,
                      unsigned char hash[MU_HASH_SIZE])
{
    const char *digits = text_of(object, key);
    size_t length = 0;

    return sodium_hex2bin(hash, MU_HASH_SIZE, digits, strlen(digits), NULL, &length, NULL) == 0 &&
           length == MU_HASH_SIZE;
}

static bool read_members(const struct json_object *object, struct mu_backup_manifest *out)
{
    int64_t schema = number_of(object, "schema");

    out->size = number_of(object, "size");
    out->heads.entries = number_of(object, "entries");
    out->heads.audit_entries = number_of(object, "audit_entries");
    if (schema < 1 || schema > INT_MAX || out->size < 0 || out->heads.entries < 0 ||
        out->heads.audit_entries < 0)
        return false;
    out->schema = (int)schema;
    return mu_moment_parse(text_of(object, "made_at"), &out->made_at) &&
           mu_text_copy(out->centre, sizeof out->centre, text_of(object, "centre")) &&
           read_hash(object, "head", out->heads.head) &&
           read_hash(object, "audit_head", out->heads.audit_head);
}

bool mu_manifest_read(const unsigned char note[MU_SEAL_NOTE_SIZE], struct mu_backup_manifest *out)
{
    struct mu_backup_manifest manifest = {0};
    struct json_tokener *tokener = json_tokener_new_ex(DEPTH);
    struct json_object *object = NULL;
    size_t length = strnlen((const char *)note, MU_SEAL_NOTE_SIZE);
    bool good;

    if (!tokener)
        return false;
    object = json_tokener_parse_ex(tokener, (const char *)note, (int)length);
    good = json_object_is_type(object, json_type_object) && read_members(object, &manifest);
    json_object_put(object);
    json_tokener_free(tokener);
    if (good)
        *out = manifest;
    return good;
}
