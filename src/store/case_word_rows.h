/* The rows in which the words of cases are kept; the rest of the program knows
 * store/case_word_store.h. */
#ifndef MULIN_SRC_STORE_CASE_WORD_ROWS_H
#define MULIN_SRC_STORE_CASE_WORD_ROWS_H

#include "base/word_text.h"
#include "store/vault.h"

enum {
    MU_CASE_PART = 1024,                      /* cases of a part */
    MU_CASE_FRESH = MU_CASE_PART + 512,       /* fresh ones of which a part is made */
    MU_CASE_SLICE_BYTES = MU_CASE_PART / 8,   /* a slice's bits */
    MU_CASE_SLICES = 1 << 14,                 /* slice_id = part_id * this + mark */
    MU_CASE_PARTS = (1 << 26) / MU_CASE_PART, /* more are not read */
};

_Static_assert((int)MU_WORD_MAP_MARKS <= (int)MU_CASE_SLICES, "each mark of a part has its slice");

/* A part that is read. All zero: none; the first is 1. */
struct mu_case_part {
    int64_t id;
    unsigned char key[MU_SEAL_KEY]; /* wipe it */
};

enum mu_status mu_case_words_damaged(const char *table, int64_t row,
                                     struct mu_error *error) MU_CHECKED;

/* The part with the next higher number, in the place of this one; 0: there is none. */
enum mu_status mu_case_part_next(struct mu_db *db, const struct mu_seal_keys *keys,
                                 struct mu_case_part *part, struct mu_error *error) MU_CHECKED;
/* The cases of a part in their order. */
enum mu_status mu_case_part_cases(struct mu_db *db, const struct mu_seal_keys *keys,
                                  int64_t part_id, int64_t cases[MU_CASE_PART],
                                  struct mu_error *error) MU_CHECKED;
/* One slice. */
enum mu_status mu_case_slice_read(struct mu_db *db, const struct mu_case_part *part, uint16_t mark,
                                  unsigned char bits[MU_CASE_SLICE_BYTES],
                                  struct mu_error *error) MU_CHECKED;
/* All slices one behind the other, MU_WORD_MAP_MARKS of them. */
enum mu_status mu_case_slices_read(struct mu_db *db, const struct mu_case_part *part,
                                   unsigned char *bits, struct mu_error *error) MU_CHECKED;
/* A fresh row's map; *there: it has one. */
enum mu_status mu_case_fresh_read(struct mu_db *db, const struct mu_seal_keys *keys,
                                  int64_t case_id, unsigned char *map, bool *there,
                                  struct mu_error *error) MU_CHECKED;
/* Writes it, in the place of what was there. */
enum mu_status mu_case_fresh_write(struct mu_db *db, const struct mu_seal_keys *keys,
                                   int64_t case_id, const unsigned char *map,
                                   struct mu_error *error) MU_CHECKED;
/* Opens the map in the column of a row that is read. */
bool mu_case_fresh_open(const struct mu_query *query, int column, const struct mu_seal_keys *keys,
                        int64_t case_id, unsigned char *map);

/* The map of a case wherever it stands, all zero when it has none. *fresh: in a fresh row. */
enum mu_status mu_case_map_read(struct mu_db *db, const struct mu_seal_keys *keys, int64_t case_id,
                                unsigned char *map, bool *fresh, struct mu_error *error) MU_CHECKED;

/* Makes a part of the fresh ones with the lowest numbers when there are enough. */
enum mu_status mu_case_part_make(struct mu_db *db, const struct mu_seal_keys *keys,
                                 struct mu_error *error) MU_CHECKED;

/* Seals a part's key and list of cases; for the part's first time and for a change of the key. */
enum mu_status mu_case_part_write(struct mu_db *db, const struct mu_seal_keys *keys,
                                  const struct mu_case_part *part,
                                  const int64_t cases[MU_CASE_PART],
                                  struct mu_error *error) MU_CHECKED;

#endif
