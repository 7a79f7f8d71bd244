/* Goods that points buy, what came and went of them, and the receipt of who took some. Pure. */
#ifndef MULIN_DOMAIN_GOODS_H
#define MULIN_DOMAIN_GOODS_H

#include <mulin/base/date.h>
#include <mulin/base/field.h>
#include <mulin/base/points.h>
#include <mulin/domain/ledger.h>
#include <mulin/domain/resident.h>
#include <mulin/rules.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sizes in bytes, the NUL counted. */
enum {
    MU_GOODS_NAME_SIZE = 96,
    MU_GOODS_UNIT_SIZE = 32,
    MU_GOODS_PIECES = 100000, /* of one kind that a hand moves at most */
    MU_BASKET = 12,           /* kinds of goods that are taken at once */
    MU_RECEIPT_SIZE = 4096,
};

struct mu_goods {
    int64_t id; /* 0: none yet */
    int version;
    char name[MU_GOODS_NAME_SIZE];
    char unit[MU_GOODS_UNIT_SIZE]; /* 袋; "": a piece */
    struct mu_points price;        /* of a piece, above nothing */
    int per_month;                 /* pieces a person at most; 0: as the rule book says */
    bool offered;                  /* false: no longer given, kept for what was */
    int64_t stock;                 /* pieces; never below nothing */
};

/* The same as it is typed into a form, a command or a table. */
struct mu_goods_form {
    int64_t id;
    int version;
    char name[MU_GOODS_NAME_SIZE];
    char unit[MU_GOODS_UNIT_SIZE];
    char price[MU_POINTS_SIZE];
    char per_month[MU_POINTS_SIZE]; /* "": as the rule book says */
    int offered;                    /* data/codes/answer.def: 1 yes, 2 no */
};

enum { MU_OFFERED = 1, MU_NOT_OFFERED };

extern const struct mu_field mu_goods_fields[];
extern const size_t mu_goods_field_count;

void mu_goods_to_form(const struct mu_goods *goods, struct mu_goods_form *out);
/* Reads what was typed; the stock of *out is nothing. *field (may be NULL) gets the key of the
 * field to mend. MU_INPUT; *out untouched then. */
enum mu_status mu_goods_from_form(const struct mu_goods_form *form, struct mu_goods *out,
                                  const char **field, struct mu_error *error) MU_CHECKED;

/* Why goods came or went. */
enum mu_goods_kind {
    MU_GOODS_RECEIVED,
    MU_GOODS_GIVEN,
    MU_GOODS_RETURNED,
    MU_GOODS_COUNTED,
    MU_GOODS_SPOILED,
    MU_GOODS_KINDS
};

/* "received"; the word in the record file and for programs. Static. */
const char *mu_goods_kind_word(enum mu_goods_kind kind);
/* False, *out untouched, when the word names none. */
bool mu_goods_kind_from_word(const char *word, enum mu_goods_kind *out);
/* What people call it: 进货. */
enum mu_message mu_goods_kind_name(enum mu_goods_kind kind);

struct mu_goods_move {
    int64_t id; /* 1, 2, 3 … over all goods; 0 before it is written */
    int64_t goods_id;
    enum mu_goods_kind kind;
    int64_t pieces; /* added to the stock; below nothing: taken from it */
    struct mu_date date;
    int64_t resident_id; /* who took or brought them back, or 0 */
    int64_t entry_id;    /* that moved the points, or 0 */
    int64_t returns;     /* the movement that was brought back, or 0 */
    char reason[MU_REASON_SIZE];
    int64_t operator_id;
    struct mu_moment moved_at;
    /* filled when read, not hashed */
    int64_t returned_by;     /* the movement that brought this one back, or 0 */
    struct mu_points points; /* that the entry moved: above nothing, the person gained */
    char goods_name[MU_GOODS_NAME_SIZE];
    char goods_unit[MU_GOODS_UNIT_SIZE];
    char name[MU_PERSON_NAME_SIZE]; /* of the person, "" without one */
    char operator_name[64];
};

/* BLAKE2b-256 over a movement that moved points, the document of its ledger entry. Fields as in
 * mu_entry_hash: "mulin-goods-1", the entry's idempotency key, id, goods_id, word of the kind,
 * pieces, date, resident_id, returns, reason, operator_id, moved_at, and the stock as it stands
 * after it: so that no delivery or count before it can be altered unseen. */
void mu_goods_hash(const struct mu_goods_move *move, int64_t stock, const char *idempotency_key,
                   unsigned char hash[MU_HASH_SIZE]);

/* Pieces of these goods that somebody may still have this month; -1: any number. `taken` is what
 * the person had, without what was brought back. */
int64_t mu_goods_left(const struct mu_goods *goods, const struct mu_points_rules *rules,
                      int64_t taken);

/* The first day on which points that were earned in `month` (202611) no longer count, by a book
 * whose points run out after `months` months. */
struct mu_date mu_points_gone_on(int month, int months);
/* The last month whose points no longer count on the day; 0 when none run out. */
int mu_points_gone_month(struct mu_date day, int months);

struct mu_receipt_line {
    char name[MU_GOODS_NAME_SIZE];
    char unit[MU_GOODS_UNIT_SIZE];
    int64_t pieces;
    struct mu_points points; /* of the whole line */
    bool returned;           /* was brought back since */
};

/* What somebody took home at one time. */
struct mu_receipt {
    char centre[MU_RULE_NAME_SIZE];
    int64_t number;   /* of the first movement */
    int64_t entry_id; /* of the last ledger entry: with it the receipt can be followed */
    struct mu_moment moved_at;
    char name[MU_PERSON_NAME_SIZE]; /* whole; the paper shows it masked */
    char operator_name[64];
    bool back; /* goods were brought back: the points are the person's again */
    struct mu_receipt_line line[MU_BASKET];
    size_t count;
    struct mu_points sum;
    struct mu_points balance; /* after it */
};

/* Writes it in lines of at most `columns` cells (20 to 80), as mu_ticket_write. */
void mu_receipt_write(const struct mu_receipt *receipt, int columns, enum mu_language language,
                      char out[MU_RECEIPT_SIZE]);

#endif
