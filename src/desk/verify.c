/* Verification: independent checks in the order in which their faults are told. A large file is
 * checked by a crew, each member with a connection of its own; what needs the vault is checked by
 * the caller meanwhile, and what compares the findings of others when the crew is done. */
#include "base/crew.h"
#include "base/gate.h"
#include "desk/desk_internal.h"
#include "store/audit_store.h"
#include "store/canteen_store.h"
#include "store/certificate_store.h"
#include "store/closing_store.h"
#include "store/ledger_walk.h"
#include "store/migration.h"
#include "store/points_month_store.h"
#include "store/sealed_column.h"
#include "store/search_store.h"
#include "store/service_store.h"
#include "store/tag_store.h"
#include "store/twin_store.h"
#include "store/vault_rows.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum {
    CACHE_KIB = 16 * 1024, /* of each connection: the upper pages of every index find room */
    RANGE = 1 << 16,       /* entries or services that are looked at as one piece, at least */
    MOST_RANGES = 4096,
    OPEN_MS = 100,          /* other desks save as often as that, but for what reads longer */
    LARGE_BYTES = 64 << 20, /* a smaller file is checked before threads have begun */
};

/* Who checks by which connection, and what the entries it walked come to. */
struct member {
    struct mu_db *db;
    struct mu_ledger_part *part; /* owned */
    struct mu_fingerprint served;
};

struct verify {
    struct member caller, crew[MU_CREW_MOST];
    size_t members;       /* of the crew; 0: the caller checks everything, one after the other */
    struct mu_gate *gate; /* owned */
    mu_progress *progress;
    void *context;
    atomic_bool left;       /* the person has */
    _Atomic int64_t walked; /* entries */
    size_t file_parts;
    struct mu_ledger_span span;
    int64_t last_service;
    struct mu_ledger_lines lines;
    struct mu_ledger_report ledger;
    struct mu_chain_report audit;
};

/* What was found, with its number. */
static enum mu_status tell_number(enum mu_message finding, int64_t number, struct mu_error *error)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)number);
    return mu_fail(error, MU_STORE, finding, text, NULL);
}

/* A crew's members draw nothing; the caller tells how far they are. */
static bool tell(void *context)
{
    struct verify *verify = context;
    int64_t all = verify->span.last > 0 ? verify->span.last : 1;

    if (verify->progress && !verify->progress(verify->context, verify->walked, all))
        verify->left = true;
    return !verify->left;
}

static bool tell_instead(void *context, int64_t done, int64_t all)
{
    struct verify *verify = context;

    if (verify->members > 0)
        return tell(verify);
    return !verify->progress || verify->progress(verify->context, done, all);
}

static bool has_left(void *context)
{
    struct verify *verify = context;

    return verify->left;
}

/* ---- the file ---- */

static enum mu_status check_file(struct verify *verify, struct member *member, size_t part,
                                 struct mu_error *error)
{
    char finding[MU_ERROR_ARGUMENT_SIZE];
    bool sound = false;
    enum mu_status status = MU_OK;

    if (verify->file_parts > 1)
        status = mu_db_check_part(member->db, part, &sound, finding, sizeof finding, error);
    if (status == MU_OK && !sound) /* what is wrong with a part is told as of the whole */
        status = mu_db_check(member->db, true, &sound, finding, sizeof finding, error);
    if (status == MU_OK && !sound)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_file, finding, NULL);
    return status;
}

/* ---- chains ---- */

static enum mu_status tell_chain(const struct mu_chain_report *chain, struct mu_error *error)
{
    static const enum mu_message faults[] = {
        [MU_CHAIN_GAP] = MU_SAY_error_verify_gap,
        [MU_CHAIN_HASH] = MU_SAY_error_verify_hash,
        [MU_CHAIN_UNBALANCED] = MU_SAY_error_verify_unbalanced,
        [MU_CHAIN_ORPHAN] = MU_SAY_error_verify_orphan,
    };

    if (chain->fault == MU_CHAIN_SOUND)
        return MU_OK;
    return tell_number(faults[chain->fault], chain->entry_id, error);
}

static enum mu_status check_chain(struct verify *verify, struct member *member, size_t part,
                                  struct mu_error *error)
{
    int64_t after = (int64_t)part * RANGE, left = verify->span.last - after;
    int64_t count = left < RANGE ? left : RANGE;
    bool by_caller = member == &verify->caller;
    struct mu_chain_report chain;
    enum mu_status status =
        mu_ledger_part_walk(member->part, member->db, after, count,
                            by_caller ? verify->progress : NULL, verify->context, &chain, error);

    if (status != MU_OK)
        return status;
    verify->walked += count;
    return tell_chain(&chain, error);
}

static enum mu_status check_chain_end(struct verify *verify, struct member *member, size_t part,
                                      struct mu_error *error)
{
    enum mu_status status;

    (void)part;
    for (size_t i = 0; i < verify->members; i++)
        mu_ledger_part_add(member->part, verify->crew[i].part);
    status = mu_ledger_walk_end(member->part, member->db, &verify->ledger, error);
    return status == MU_OK ? tell_chain(&verify->ledger.chain, error) : status;
}

static enum mu_status check_audit(struct verify *verify, struct member *member, size_t part,
                                  struct mu_error *error)
{
    struct mu_chain_report *chain = &verify->audit;
    bool by_caller = member == &verify->caller;
    enum mu_status status = mu_audit_walk(member->db, by_caller ? verify->progress : NULL,
                                          verify->context, chain, error);

    (void)part;
    if (status != MU_OK || chain->fault == MU_CHAIN_SOUND)
        return status;
    return tell_number(chain->fault == MU_CHAIN_GAP ? MU_SAY_error_verify_audit_gap
                                                    : MU_SAY_error_verify_audit_hash,
                       chain->entry_id, error);
}

/* ---- what stands beside the ledger ---- */

static enum mu_status check_meals(struct verify *verify, struct member *member, size_t part,
                                  struct mu_error *error)
{
    int64_t meal_id, entry_id = 0;
    enum mu_status status = mu_meal_find_mismatch(member->db, &meal_id, error);

    (void)verify, (void)part;
    if (status == MU_OK && meal_id == 0)
        status = mu_meal_find_altered(member->db, &meal_id, error);
    if (status == MU_OK && meal_id == 0)
        status = mu_meal_find_missing(member->db, &entry_id, error);
    if (status == MU_OK && meal_id)
        return tell_number(MU_SAY_error_verify_meal, meal_id, error);
    if (status == MU_OK && entry_id)
        return tell_number(MU_SAY_error_verify_no_meal, entry_id, error);
    return status;
}

static enum mu_status check_closings(struct verify *verify, struct member *member, size_t part,
                                     struct mu_error *error)
{
    int64_t closing_id, entry_id;
    enum mu_status status = mu_closing_find_wrong(member->db, &closing_id, &entry_id, error);

    (void)verify, (void)part;
    if (status == MU_OK && closing_id)
        return tell_number(MU_SAY_error_verify_closing, closing_id, error);
    if (status == MU_OK && entry_id)
        return tell_number(MU_SAY_error_verify_no_closing, entry_id, error);
    return status;
}

static enum mu_status check_balances(struct verify *verify, struct member *member, size_t part,
                                     struct mu_error *error)
{
    int64_t account = verify->ledger.wrong_account;

    (void)member, (void)part;
    return account ? tell_number(MU_SAY_error_verify_balance, account, error) : MU_OK;
}

static enum mu_status read_lines(struct verify *verify, struct member *member, size_t part,
                                 struct mu_error *error)
{
    (void)part;
    return mu_ledger_lines_read(&verify->span, member->db, &verify->lines, error);
}

static enum mu_status check_points(struct verify *verify, struct member *member, size_t part,
                                   struct mu_error *error)
{
    char number[MU_CERTIFICATE_NUMBER_SIZE];
    int64_t entry_id;
    enum mu_status status =
        mu_ledger_compare_lines(member->part, &verify->lines, member->db, &entry_id, error);

    (void)part;
    if (status == MU_OK && entry_id)
        return tell_number(MU_SAY_error_verify_points, entry_id, error);
    if (status == MU_OK)
        status = mu_certificate_find_wrong(member->db, number, error);
    if (status == MU_OK && *number)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_certificate, number, NULL);
    return status;
}

/* Services may be numbered with gaps, however wide somebody made them. */
static int64_t range_of_services(const struct verify *verify)
{
    return RANGE + verify->last_service / MOST_RANGES;
}

static enum mu_status check_services(struct verify *verify, struct member *member, size_t part,
                                     struct mu_error *error)
{
    int64_t range = range_of_services(verify), after = (int64_t)part * range, service_id;
    int64_t left = verify->last_service - after;
    enum mu_status status = mu_service_find_altered(member->db, &verify->span, after,
                                                    after + (left < range ? left : range),
                                                    &member->served, &service_id, error);

    if (status == MU_OK && service_id)
        return tell_number(MU_SAY_error_verify_service, service_id, error);
    return status;
}

static enum mu_status compare_services(struct verify *verify, struct member *member, size_t part,
                                       struct mu_error *error)
{
    int64_t service_id = 0, entry_id = 0;
    enum mu_status status = MU_OK;

    (void)part;
    for (size_t i = 0; i < verify->members; i++)
        mu_fingerprint_join(&member->served, &verify->crew[i].served);
    if (!mu_fingerprint_same(&member->served, &verify->lines.services))
        status =
            mu_service_find_difference(member->db, &verify->span, &service_id, &entry_id, error);
    if (status == MU_OK && service_id)
        return tell_number(MU_SAY_error_verify_service, service_id, error);
    if (status == MU_OK && entry_id == 0)
        entry_id = verify->lines.no_rating;
    if (status == MU_OK && entry_id)
        return tell_number(MU_SAY_error_verify_no_service, entry_id, error);
    return status;
}

static enum mu_status check_points_months(struct verify *verify, struct member *member, size_t part,
                                          struct mu_error *error)
{
    char text[24];
    int month;
    int64_t entry_id;
    enum mu_status status = mu_points_month_find_wrong(member->db, &month, &entry_id, error);

    (void)verify, (void)part;
    if (status == MU_OK && month) {
        mu_month_format(mu_month_first(month), text);
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_points_month, text, NULL);
    }
    if (status == MU_OK && entry_id)
        return tell_number(MU_SAY_error_verify_no_points_month, entry_id, error);
    return status;
}

static enum mu_status check_sealed(struct verify *verify, struct member *member, size_t part,
                                   struct mu_error *error)
{
    struct mu_vault_faults faults;
    enum mu_status status = mu_vault_check(member->db, tell_instead, verify, &faults, error);

    (void)part;
    if (status == MU_OK && faults.resident)
        return tell_number(MU_SAY_error_verify_sealed, faults.resident, error);
    if (status == MU_OK && faults.operator)
        return tell_number(MU_SAY_error_verify_draft, faults.operator, error);
    if (status == MU_OK && faults.act)
        return tell_number(MU_SAY_error_verify_act, faults.act, error);
    return status;
}

static enum mu_status check_columns(struct verify *verify, struct member *member, size_t part,
                                    struct mu_error *error)
{
    const char *table;
    char number[24];
    int64_t row;
    enum mu_status status = mu_sealed_columns_check(member->db, &table, &row, error);

    (void)verify, (void)part;
    if (status != MU_OK || !table)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)row);
    return mu_fail(error, MU_STORE, MU_SAY_error_verify_value, table, number, NULL);
}

static enum mu_status check_keys(struct verify *verify, struct member *member, size_t part,
                                 struct mu_error *error)
{
    bool sound = false;
    enum mu_status status = mu_search_check(member->db, &sound, error);

    (void)verify, (void)part;
    if (status == MU_OK && !sound)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_keys, NULL);
    return status;
}

/* ---- residents, schema ---- */

static enum mu_status check_tags(struct verify *verify, struct member *member, size_t part,
                                 struct mu_error *error)
{
    int64_t resident;
    enum mu_status status = mu_tag_check(member->db, &resident, error);

    (void)verify, (void)part;
    if (status == MU_OK && resident)
        return tell_number(MU_SAY_error_verify_tags, resident, error);
    return status;
}

static enum mu_status check_twins(struct verify *verify, struct member *member, size_t part,
                                  struct mu_error *error)
{
    int64_t resident;
    enum mu_status status = mu_twin_check(member->db, &resident, error);

    (void)verify, (void)part;
    if (status == MU_OK && resident)
        return tell_number(MU_SAY_error_verify_twins, resident, error);
    return status;
}

static enum mu_status check_schema(struct verify *verify, struct member *member, size_t part,
                                   struct mu_error *error)
{
    char name[MU_ERROR_ARGUMENT_SIZE];
    enum mu_status status = mu_schema_compare(member->db, name, sizeof name, error);

    (void)verify, (void)part;
    if (status == MU_OK && *name)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_schema, name, NULL);
    return status;
}

/* ---- all of it ---- */

/* In the order in which faults are told. */
static const struct check {
    enum mu_status (*run)(struct verify *verify, struct member *member, size_t part,
                          struct mu_error *error);
    enum { BY_CREW, BY_CALLER, AT_LAST } who; /* by the caller when the crew is done */
    enum mu_status (*simple)(struct mu_db *db, struct mu_error *error); /* instead of `run` */
} checks[] = {
    {check_file, BY_CREW, NULL},       {check_chain, BY_CREW, NULL},
    {check_chain_end, AT_LAST, NULL},  {check_audit, BY_CREW, NULL},
    {check_meals, BY_CREW, NULL},      {check_closings, BY_CREW, NULL},
    {check_balances, AT_LAST, NULL},   {read_lines, BY_CREW, NULL},
    {check_points, AT_LAST, NULL},     {check_services, BY_CREW, NULL},
    {compare_services, AT_LAST, NULL}, {check_points_months, BY_CREW, NULL},
    {NULL, BY_CREW, mu_check_goods},   {NULL, BY_CREW, mu_check_books},
    {NULL, BY_CALLER, mu_check_cases}, {check_sealed, BY_CALLER, NULL},
    {check_columns, BY_CALLER, NULL},  {check_keys, BY_CALLER, NULL},
    {check_tags, BY_CREW, NULL},       {check_twins, BY_CREW, NULL},
    {check_schema, BY_CREW, NULL},
};

static size_t ranges(int64_t last, int64_t range)
{
    return last > 0 ? (size_t)((last - 1) / range + 1) : 0;
}

static size_t parts_of(const struct verify *verify, const struct check *check)
{
    if (check->run == check_file)
        return verify->file_parts;
    if (check->run == check_chain)
        return ranges(verify->span.last, RANGE);
    return check->run == check_services ? ranges(verify->last_service, range_of_services(verify))
                                        : 1;
}

/* Each part of each check is a piece. NULL: there are not so many. */
static const struct check *find_piece(const struct verify *verify, size_t piece, size_t *part)
{
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        size_t parts = parts_of(verify, &checks[i]);

        if (piece < parts) {
            *part = piece;
            return &checks[i];
        }
        piece -= parts;
    }
    return NULL;
}

static size_t count_pieces(const struct verify *verify)
{
    size_t pieces = 0;

    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        pieces += parts_of(verify, &checks[i]);
    return pieces;
}

static enum mu_status do_part(struct verify *verify, struct member *member,
                              const struct check *check, size_t part, struct mu_error *error)
{
    return check->simple ? check->simple(member->db, error)
                         : check->run(verify, member, part, error);
}

static enum mu_status do_piece(void *context, size_t number, size_t piece, struct mu_error *error)
{
    struct verify *verify = context;
    size_t part;
    const struct check *check = find_piece(verify, piece, &part);

    return check->who == BY_CREW ? do_part(verify, &verify->crew[number], check, part, error)
                                 : MU_OK;
}

/* What of it is the caller's, or everything, as far as the first piece that fails, or `limit`. */
static enum mu_status do_mine(struct verify *verify, bool everything, int who, size_t *limit,
                              struct mu_error *error)
{
    size_t piece = 0; /* the first of the check */

    for (size_t i = 0; i < sizeof checks / sizeof *checks && piece < *limit; i++) {
        size_t parts = parts_of(verify, &checks[i]);
        bool mine = everything || (int)checks[i].who == who;

        for (size_t part = 0; mine && part < parts && piece + part < *limit; part++) {
            enum mu_status status = do_part(verify, &verify->caller, &checks[i], part, error);

            if (status != MU_OK) {
                *limit = piece + part;
                return status;
            }
        }
        piece += parts;
    }
    return MU_OK;
}

/* The first fault in the order of the pieces, whoever found it. */
static enum mu_status check_together(struct verify *verify, struct mu_error *error)
{
    size_t pieces = count_pieces(verify), mine = pieces, theirs;
    struct mu_error fault, other;
    struct mu_crew *crew;
    enum mu_status status, own;

    status = mu_crew_begin(do_piece, verify, verify->members, pieces, &crew, error);
    if (status != MU_OK)
        return status;
    own = do_mine(verify, false, BY_CALLER, &mine, &other);
    status = mu_crew_end(&crew, tell, &theirs, &fault);
    if (verify->left)
        return mu_fail(error, MU_REFUSED, MU_SAY_verify_stopped, NULL);
    if (mine < theirs) {
        theirs = mine;
        status = own;
        fault = other;
    }
    own = do_mine(verify, false, AT_LAST, &theirs, &other);
    if (own != MU_OK) {
        status = own;
        fault = other;
    }
    if (status != MU_OK && error)
        *error = fault;
    return status;
}

static void dismiss_crew(struct verify *verify)
{
    mu_db_use_gate(verify->caller.db, NULL, 0);
    for (size_t i = 0; i < MU_CREW_MOST; i++) {
        mu_ledger_part_free(&verify->crew[i].part);
        mu_db_free(&verify->crew[i].db);
    }
    mu_gate_free(&verify->gate);
}

/* A crew is a help: without the means for it the caller checks everything. */
static void gather_crew(struct verify *verify, size_t members)
{
    if (members == 0 || mu_gate_new(OPEN_MS, &verify->gate, NULL) != MU_OK)
        return;
    for (; verify->members < members; verify->members++) {
        struct member *member = &verify->crew[verify->members];

        if (mu_db_open_beside(verify->caller.db, has_left, verify, &member->db, NULL) != MU_OK ||
            mu_db_bulk(member->db, CACHE_KIB, NULL) != MU_OK ||
            mu_ledger_part_new(&verify->span, &member->part, NULL) != MU_OK)
            break;
        member->served = verify->span.print;
        mu_db_use_gate(member->db, verify->gate, verify->members);
    }
    if (verify->members > 0 &&
        mu_db_check_parts(verify->caller.db, &verify->file_parts, NULL) != MU_OK)
        verify->members = 0;
    if (verify->members > 0)
        mu_db_use_gate(verify->caller.db, verify->gate, verify->members);
}

static enum mu_status check_all(struct verify *verify, size_t members, struct mu_error *error)
{
    enum mu_status status = mu_ledger_span_read(verify->caller.db, &verify->span, error);
    size_t pieces;

    if (status == MU_OK)
        status = mu_service_last(verify->caller.db, &verify->last_service, error);
    if (status == MU_OK)
        status = mu_ledger_part_new(&verify->span, &verify->caller.part, error);
    if (status != MU_OK)
        return status;
    verify->caller.served = verify->span.print;
    verify->file_parts = 1;
    gather_crew(verify, members);
    if (verify->members > 0) {
        status = check_together(verify, error);
    } else {
        verify->file_parts = 1;
        pieces = count_pieces(verify);
        status = do_mine(verify, true, BY_CALLER, &pieces, error);
    }
    dismiss_crew(verify);
    mu_ledger_part_free(&verify->caller.part);
    return status;
}

/* What has to be sorted is sorted in a file: memory does not grow with the records. */
enum mu_status mu_check_records_by(struct mu_desk *desk, size_t members, mu_progress *progress,
                                   void *context, struct mu_verify_report *report,
                                   struct mu_error *error)
{
    struct verify verify = {.caller.db = desk->db, .progress = progress, .context = context};
    enum mu_status status = mu_db_bulk(desk->db, CACHE_KIB, error), ended;

    if (status == MU_OK)
        status = check_all(&verify, members < MU_CREW_MOST ? members : MU_CREW_MOST, error);
    ended = mu_db_bulk(desk->db, 0, status == MU_OK ? error : NULL);
    if (status != MU_OK || ended != MU_OK)
        return status == MU_OK ? ended : status;
    report->entries = verify.ledger.chain.entries;
    memcpy(report->head, verify.ledger.chain.head, sizeof report->head);
    report->audit_entries = verify.audit.entries;
    memcpy(report->audit_head, verify.audit.head, sizeof report->audit_head);
    return MU_OK;
}

enum mu_status mu_check_records(struct mu_desk *desk, mu_progress *progress, void *context,
                                struct mu_verify_report *report, struct mu_error *error)
{
    struct stat file;
    bool large = stat(mu_db_path(desk->db), &file) == 0 && file.st_size >= LARGE_BYTES;

    return mu_check_records_by(desk, large ? mu_crew_processors() : 0, progress, context, report,
                               error);
}
