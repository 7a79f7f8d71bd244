/* What somebody said about the columns of a spreadsheet, and what is kept of it. */
#include "desk/desk_internal.h"
#include "desk/import_columns.h"
#include "store/mapping_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/import.h>

#include <string.h>

enum mu_status mu_import_map_header(struct mu_import_mapping *mapping, const char *header,
                                    const char *field, struct mu_error *error)
{
    const struct mu_field *found = import_field_of(field);
    char clean[MU_HEADER_SIZE];
    size_t at = 0;
    if (*field && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mapping_field, field, NULL);
    if (!mu_text_clean(clean, sizeof clean, header, false) || !*clean)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mapping_header, NULL);
    while (at < mapping->count && strcmp(mapping->map[at].header, clean) != 0)
        at++;
    if (at == MU_TABLE_COLUMNS)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mapping_full, NULL);
    if (at == mapping->count)
        mapping->count++;
    memcpy(mapping->map[at].header, clean, sizeof clean);
    mu_text_copy(mapping->map[at].field, MU_FIELD_KEY_SIZE, found ? found->key : "");
    return MU_OK;
}

/* The name of a mapping as it is kept. */
static enum mu_status clean_name(const char *name, char out[MU_MAPPING_SIZE],
                                 struct mu_error *error)
{
    if (mu_text_clean(out, MU_MAPPING_SIZE, name, false) && *out)
        return MU_OK;
    return mu_fail(error, MU_INPUT, MU_SAY_error_mapping_name, NULL);
}

enum mu_status mu_list_mappings(struct mu_desk *desk, mu_mapping_row *row, void *context,
                                struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_import_residents, error);
    return status == MU_OK ? mu_mapping_names(desk->db, row, context, error) : status;
}

static bool take_line(void *context, const char *header, const char *field)
{
    /* What another program put there and fits nothing here says nothing. */
    return mu_import_map_header(context, header, field, NULL) != MU_MEMORY;
}

enum mu_status mu_read_mapping(struct mu_desk *desk, const char *name,
                               struct mu_import_mapping *out, struct mu_error *error)
{
    char clean[MU_MAPPING_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_import_residents, error);
    if (status == MU_OK)
        status = clean_name(name, clean, error);
    if (status != MU_OK)
        return status;
    out->count = 0;
    status = mu_mapping_lines(desk->db, clean, take_line, out, error);
    if (status == MU_OK && out->count == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mapping_unknown, clean, NULL);
    return status;
}

static enum mu_status save(struct mu_desk *desk, const char *name,
                           const struct mu_import_mapping *mapping, struct mu_error *error)
{
    enum mu_status status = mu_mapping_remove(desk->db, name, NULL, error);
    for (size_t i = 0; i < mapping->count && status == MU_OK; i++)
        status = mu_mapping_add_line(desk->db, name, mapping->map[i].header, mapping->map[i].field,
                                     error);
    return status;
}

enum mu_status mu_save_mapping(struct mu_desk *desk, const char *name,
                               const struct mu_import_mapping *mapping, struct mu_error *error)
{
    char clean[MU_MAPPING_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_import_residents, error);
    if (status == MU_OK)
        status = clean_name(name, clean, error);
    if (status == MU_OK && mapping->count == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mapping_nothing, NULL);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = save(desk, clean, mapping, error);
    if (status == MU_OK)
        return mu_db_commit(desk->db, error);
    mu_db_rollback(desk->db);
    return status;
}

enum mu_status mu_remove_mapping(struct mu_desk *desk, const char *name, struct mu_error *error)
{
    char clean[MU_MAPPING_SIZE];
    int64_t lines = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_import_residents, error);
    if (status == MU_OK)
        status = clean_name(name, clean, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_mapping_remove(desk->db, clean, &lines, error);
    if (status == MU_OK && lines == 0)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_mapping_unknown, clean, NULL);
    if (status == MU_OK)
        return mu_db_commit(desk->db, error);
    mu_db_rollback(desk->db);
    return status;
}
