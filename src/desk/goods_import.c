#include "base/growing.h"
#include "desk/goods_file.h"
#include "desk/import_columns.h"
#include "store/goods_store.h"

#include <mulin/base/table_file.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = -1 };

/* What a column may hold. */
enum column { NAME, UNIT, PRICE, PER_MONTH, STOCK, COLUMNS };

static const char *const names[COLUMNS] = {
    [NAME] = "名称 物品 品名 物品名称 商品 name goods",
    [UNIT] = "单位 计量单位 unit",
    [PRICE] = "积分 分值 兑换积分 所需积分 price points",
    [PER_MONTH] = "每月 每人每月 每月限兑 每月限量 per_month",
    [STOCK] = "库存 数量 件数 库存数量 stock",
};

/* A table on its way into the records. */
struct importing {
    struct mu_desk *desk;
    int at[COLUMNS];             /* in which column what stands; NONE: in none */
    char reason[MU_REASON_SIZE]; /* of a count: the file */
    int64_t *taken;              /* goods that stood in it, owned */
    size_t count, room;
    mu_goods_fault *fault;
    void *context;
    size_t faults;
    struct mu_goods_import result;
};

static enum mu_status find_columns(struct importing *importing, const char *path,
                                   const struct mu_table_row *header, struct mu_error *error)
{
    for (size_t column = 0; column < COLUMNS; column++) {
        importing->at[column] = NONE;
        for (size_t i = header->count; i-- > 0;)
            if (import_header_among(header->cell[i], names[column]))
                importing->at[column] = (int)i;
    }
    return importing->at[NAME] == NONE || importing->at[PRICE] == NONE
               ? mu_fail(error, MU_INPUT, MU_SAY_error_goods_columns, path, NULL)
               : MU_OK;
}

static const char *cell(const struct importing *importing, const struct mu_table_row *row,
                        enum column column)
{
    int at = importing->at[column];

    return at == NONE || (size_t)at >= row->count ? "" : mu_table_cell_text(row->cell[at]);
}

/* What the row says; of what it does not say the form keeps what it has. */
static enum mu_status read_form(const struct importing *importing, const struct mu_table_row *row,
                                struct mu_goods_form *form, struct mu_error *error)
{
    const char *unit = cell(importing, row, UNIT), *per_month = cell(importing, row, PER_MONTH);
    enum mu_status status =
        mu_desk_text(cell(importing, row, PRICE), form->price, sizeof form->price, error);

    if (status == MU_OK && *unit)
        status = mu_desk_text(unit, form->unit, sizeof form->unit, error);
    if (status == MU_OK && *per_month)
        status = mu_desk_text(per_month, form->per_month, sizeof form->per_month, error);
    return status;
}

/* *pieces is NONE when the row says nothing of the stock. */
static enum mu_status read_stock(const struct importing *importing, const struct mu_table_row *row,
                                 int64_t *pieces, struct mu_error *error)
{
    const char *text = cell(importing, row, STOCK);
    struct mu_points number = {NONE};

    if (*text && (!mu_points_parse(text, &number) || number.count > MU_GOODS_PIECES))
        return mu_fail(error, MU_INPUT, MU_SAY_error_goods_stock, text, NULL);
    *pieces = number.count;
    return MU_OK;
}

/* Goods of this name. */
struct lookup {
    char folded[MU_GOODS_NAME_SIZE];
    struct mu_goods goods;
    bool found;
};

static bool compare(void *context, const struct mu_goods *goods)
{
    struct lookup *lookup = context;
    char name[MU_GOODS_NAME_SIZE];

    mu_text_fold(name, sizeof name, goods->name);
    lookup->found = strcmp(name, lookup->folded) == 0;
    if (lookup->found)
        lookup->goods = *goods;
    return !lookup->found;
}

static bool same(const struct mu_goods *a, const struct mu_goods *b)
{
    return strcmp(a->unit, b->unit) == 0 && a->price.count == b->price.count &&
           a->per_month == b->per_month;
}

/* Notes that these goods stood in the file. */
static enum mu_status note_taken(struct importing *importing, int64_t goods_id,
                                 struct mu_error *error)
{
    int64_t *grown = mu_grown(importing->taken, importing->count, &importing->room, sizeof *grown);

    if (!grown)
        return mu_fail_memory(error);
    importing->taken = grown;
    importing->taken[importing->count++] = goods_id;
    return MU_OK;
}

static enum mu_status add(struct importing *importing, const struct mu_goods_form *form,
                          int64_t pieces, struct mu_error *error)
{
    struct mu_goods goods;
    enum mu_status status = mu_goods_from_form(form, &goods, NULL, error);

    if (status == MU_OK)
        status = mu_goods_put(importing->desk, &goods, NULL, error);
    if (status == MU_OK && pieces > 0)
        status = mu_goods_stock(importing->desk, &goods, MU_GOODS_RECEIVED, pieces, "", error);
    if (status != MU_OK)
        return status;
    importing->result.added++;
    importing->result.stocked += pieces > 0;
    return note_taken(importing, goods.id, error);
}

static enum mu_status change(struct importing *importing, const struct mu_goods *before,
                             const struct mu_goods_form *form, int64_t pieces,
                             struct mu_error *error)
{
    bool counted = pieces != NONE && pieces != before->stock, changed;
    struct mu_goods goods;
    enum mu_status status = mu_goods_from_form(form, &goods, NULL, error);

    if (status != MU_OK)
        return status;
    goods.stock = before->stock;
    changed = !same(&goods, before);
    if (changed)
        status = mu_goods_put(importing->desk, &goods, NULL, error);
    if (status == MU_OK && counted)
        status = mu_goods_stock(importing->desk, &goods, MU_GOODS_COUNTED, pieces,
                                importing->reason, error);
    if (status != MU_OK)
        return status;
    importing->result.changed += changed;
    importing->result.stocked += counted;
    importing->result.same += !changed && !counted;
    return note_taken(importing, goods.id, error);
}

static enum mu_status take_row(struct importing *importing, const struct mu_table_row *row,
                               struct mu_error *error)
{
    struct mu_goods_form form = {.offered = MU_OFFERED};
    struct lookup lookup = {.found = false};
    char name[MU_GOODS_NAME_SIZE];
    int64_t pieces;
    enum mu_status status = mu_desk_text(cell(importing, row, NAME), name, sizeof name, error);

    if (status != MU_OK)
        return status;
    mu_text_fold(lookup.folded, sizeof lookup.folded, name);
    status = mu_goods_all(importing->desk->db, true, compare, &lookup, error);
    if (status != MU_OK)
        return status;
    for (size_t i = 0; lookup.found && i < importing->count; i++)
        if (importing->taken[i] == lookup.goods.id)
            return mu_fail(error, MU_INPUT, MU_SAY_error_basket_twice, name, NULL);
    if (lookup.found)
        mu_goods_to_form(&lookup.goods, &form);
    else
        mu_text_copy(form.name, sizeof form.name, name);
    status = read_form(importing, row, &form, error);
    if (status == MU_OK)
        status = read_stock(importing, row, &pieces, error);
    if (status != MU_OK)
        return status;
    return lookup.found ? change(importing, &lookup.goods, &form, pieces, error)
                        : add(importing, &form, pieces, error);
}

static bool is_blank(const struct mu_table_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (*row->cell[i])
            return false;
    return true;
}

/* A row that cannot be taken is told, and the next one is read. */
static enum mu_status take_rows(struct importing *importing, struct mu_table_file *file,
                                struct mu_error *error)
{
    const struct mu_table_row *row;
    struct mu_error why;
    enum mu_status status;

    while ((status = mu_table_file_next(file, &row, error)) == MU_OK && row) {
        if (is_blank(row))
            continue;
        if (importing->count == MU_GOODS_ROWS)
            return mu_fail(error, MU_INPUT, MU_SAY_error_goods_many, NULL);
        status = take_row(importing, row, &why);
        if (status == MU_STORE || status == MU_MEMORY) {
            if (error)
                *error = why;
            return status;
        }
        if (status == MU_OK)
            continue;
        importing->faults++;
        if (importing->fault)
            importing->fault(importing->context, row->line, &why);
    }
    return status;
}

static enum mu_status import(struct importing *importing, const char *path,
                             struct mu_table_file *file, bool trial, struct mu_error *error)
{
    char number[24];
    enum mu_status status = mu_db_begin(importing->desk->db, error);

    if (status != MU_OK)
        return status;
    status = take_rows(importing, file, error);
    snprintf(number, sizeof number, "%zu", importing->faults);
    if (status == MU_OK && importing->faults)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_goods_rows, path, number, NULL);
    if (status != MU_OK || !trial)
        return mu_desk_end(importing->desk, status, error);
    mu_db_rollback(importing->desk->db);
    return MU_OK;
}

enum mu_status mu_import_goods(struct mu_desk *desk, const char *path, bool trial,
                               mu_goods_fault *fault, void *context, struct mu_goods_import *out,
                               struct mu_error *error)
{
    struct importing importing = {.desk = desk, .fault = fault, .context = context};
    const char *slash = strrchr(path, '/');
    struct mu_table_file *file = NULL;
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_goods, error);

    if (status == MU_OK)
        status = mu_table_file_open(&file, path, error);
    if (status != MU_OK)
        return status;
    mu_text_inert(importing.reason, sizeof importing.reason, slash ? slash + 1 : path);
    status = find_columns(&importing, path, mu_table_file_header(file), error);
    if (status == MU_OK)
        status = import(&importing, path, file, trial, error);
    mu_table_file_close(&file);
    free(importing.taken);
    if (status == MU_OK)
        *out = importing.result;
    return status;
}
