/* The steps of a mediation case: what can be written down, and how it is kept. Pure. */
#ifndef MULIN_DOMAIN_CASE_STEP_H
#define MULIN_DOMAIN_CASE_STEP_H

#include <mulin/base/field.h>
#include <mulin/base/money.h>
#include <mulin/domain/ledger.h>
#include <mulin/domain/operator.h>
#include <mulin/domain/place.h>
#include <mulin/domain/resident.h>
#include <mulin/rules.h>

/* Sizes in bytes, the NUL counted where there is one. */
enum {
    MU_CASE_TEXT_SIZE = 512 * 1024, /* the long text of a step: 100,000 characters and more */
    MU_CASE_LINE_SIZE = 512,
    MU_CASE_LABEL_SIZE = 256,
    MU_CASE_CLOCK_SIZE = 8, /* 14:30 */
    MU_CASE_SALT = 16,      /* no NUL */
    MU_CASE_PARTIES = 99,
    MU_CASE_PROMISES = 99,
    MU_CASE_STEPS = 2000,
};

/* Their words ("intake") stand in the file and in the command. */
enum mu_case_step_kind {
    MU_STEP_INTAKE = 1,   /* 受理登记; text: what it is about, in the mediator's own words */
    MU_STEP_AMENDED,      /* 更正登记: the intake once more, as it should have been */
    MU_STEP_PARTY,        /* 当事人: joined, or the data of a number put right */
    MU_STEP_MEDIATOR,     /* 调解员: assigned, chosen, refused, stepped aside, left */
    MU_STEP_REPORTED,     /* 报告险情: a danger of violence was passed on (section 25) */
    MU_STEP_INFORMED,     /* 告知权利义务 */
    MU_STEP_INVESTIGATED, /* 调查; text: what was found */
    MU_STEP_MEETING,      /* 调解会; text: what each said */
    MU_STEP_AGREED,       /* 达成协议, written or oral; text: facts, and what was agreed */
    MU_STEP_PROMISE,      /* 约定: who does what by when */
    MU_STEP_ENDED,        /* 终止调解: failed, refused, withdrawn; text: why */
    MU_STEP_EXTENDED,     /* 延期, with both sides' consent */
    MU_STEP_PASSED,       /* 移送: to another station or body */
    MU_STEP_RETURNED,     /* 退回 */
    MU_STEP_CONFIRMED,    /* 司法确认 */
    MU_STEP_PERFORMED,    /* 履行 of a promise */
    MU_STEP_VISITED,      /* 回访; text: what was found */
    MU_STEP_CLOSED,       /* 结案 */
    MU_STEP_REOPENED,     /* 重新调解 */
    MU_STEP_ADDED,        /* 补记: puts an earlier step right without changing it; text */
    MU_STEP_ATTACHED,     /* 附件: a scan's name and hash */
    MU_STEP_KINDS
};

struct mu_case_intake {
    char subject[MU_CASE_LINE_SIZE]; /* in a few words: 楼上漏水 */
    int dispute;                     /* data/codes/dispute.def */
    int level;                       /* data/codes/case_level.def */
    int source;                      /* data/codes/case_source.def */
    char sender[MU_PLACE_SIZE];      /* who passed it on */
    int weight;                      /* data/codes/case_weight.def */
    int danger;                      /* data/codes/answer.def: violence was threatened */
    char place[MU_CASE_LINE_SIZE];   /* where: 3栋2单元201 */
    char amount[MU_MONEY_SIZE];      /* yuan that it is about, or "" */
    char people[MU_CASE_CLOCK_SIZE]; /* concerned in all, digits, or "" */
};

struct mu_case_party {
    int side;                       /* data/codes/case_side.def */
    char name[MU_PERSON_NAME_SIZE]; /* of a person or a body */
    int sex;                        /* GB/T 2261.1 */
    int birth_year;
    int ethnic_group; /* GB/T 3304 */
    char id_number[MU_ID_NUMBER_SIZE];
    char occupation[MU_WORD_SIZE];
    char phone[MU_PHONE_SIZE];
    char address[MU_CASE_LINE_SIZE];
    char agent[MU_PERSON_NAME_SIZE]; /* who speaks for them */
    char wish[MU_CASE_LINE_SIZE];    /* what they want */
};

struct mu_case_change_of_mediator {
    int duty; /* data/codes/case_duty.def */
    char name[MU_PERSON_NAME_SIZE];
    int consent; /* data/codes/answer.def: both sides agree although the mediator is close to one */
    char reason[MU_CASE_LINE_SIZE];
};

struct mu_case_report {
    char to[MU_CASE_LINE_SIZE]; /* 某派出所 */
    char at[MU_CASE_CLOCK_SIZE];
    char how[MU_CASE_LINE_SIZE]; /* by phone, whom one spoke to */
};

struct mu_case_notice {
    char how[MU_CASE_LINE_SIZE]; /* read aloud, signed by both */
};

struct mu_case_investigation {
    char from[MU_CASE_CLOCK_SIZE], to[MU_CASE_CLOCK_SIZE];
    char place[MU_CASE_LINE_SIZE];
    char asked[MU_CASE_LINE_SIZE]; /* who was asked */
};

struct mu_case_meeting {
    char from[MU_CASE_CLOCK_SIZE], to[MU_CASE_CLOCK_SIZE];
    char place[MU_CASE_LINE_SIZE];
    char present[MU_CASE_LINE_SIZE]; /* who came */
    char offered[MU_CASE_LINE_SIZE];
    struct mu_date next_on; /* of the next meeting; unknown: none was set */
};

struct mu_case_agreement {
    int form;                          /* data/codes/case_form.def */
    char signed_by[MU_CASE_LINE_SIZE]; /* signatures, seals, fingerprints as noted */
    int effect;                        /* data/codes/answer.def: its effect was explained to them */
    struct mu_date visit_on;           /* of the first visit; unknown: as the book says */
};

struct mu_case_promise {
    char who[MU_CASE_LINE_SIZE];
    char what[MU_CASE_LINE_SIZE];
    char amount[MU_MONEY_SIZE]; /* yuan, or "" */
    struct mu_date due_on;
};

struct mu_case_ending {
    int how;  /* data/codes/case_end.def */
    int told; /* data/codes/answer.def: of arbitration, administration and court (section 26) */
};

struct mu_case_extension {
    struct mu_date until;
    int consent; /* data/codes/answer.def: both sides agree */
    char reason[MU_CASE_LINE_SIZE];
};

struct mu_case_passing {
    int station; /* data/codes/case_station.def: to whom, or from whom it came back */
    char to[MU_CASE_LINE_SIZE]; /* name of the unit */
    char reason[MU_CASE_LINE_SIZE];
};

struct mu_case_confirmation {
    int court; /* data/codes/case_court.def */
    char name[MU_CASE_LINE_SIZE];
    char document[MU_CASE_LINE_SIZE]; /* its number */
};

struct mu_case_performance {
    char amount[MU_MONEY_SIZE]; /* yuan, or "": all of it was done */
    char how[MU_CASE_LINE_SIZE];
};

struct mu_case_visit {
    int kept;                    /* data/codes/case_kept.def */
    char met[MU_CASE_LINE_SIZE]; /* whom, and how */
    struct mu_date next_on;      /* unknown: no further visit */
};

struct mu_case_reason { /* of closing and of reopening */
    char reason[MU_CASE_LINE_SIZE];
};

struct mu_case_addition {
    char reason[MU_CASE_LINE_SIZE];
};

struct mu_case_attachment {
    int paper;                       /* data/codes/case_paper.def */
    char file[MU_CASE_LINE_SIZE];    /* name, without folder */
    char hash[2 * MU_HASH_SIZE + 1]; /* BLAKE2b-256, hex digits */
    char bytes[24];                  /* digits */
};

union mu_case_record {
    struct mu_case_intake intake;
    struct mu_case_party party;
    struct mu_case_change_of_mediator mediator;
    struct mu_case_report report;
    struct mu_case_notice notice;
    struct mu_case_investigation investigation;
    struct mu_case_meeting meeting;
    struct mu_case_agreement agreement;
    struct mu_case_promise promise;
    struct mu_case_ending ending;
    struct mu_case_extension extension;
    struct mu_case_passing passing;
    struct mu_case_confirmation confirmation;
    struct mu_case_performance performance;
    struct mu_case_visit visit;
    struct mu_case_reason reason;
    struct mu_case_addition addition;
    struct mu_case_attachment attachment;
};

struct mu_case_step {
    int64_t id; /* over all cases; 0: not written down yet */
    int number; /* of the case, from 1 */
    enum mu_case_step_kind kind;
    struct mu_date date;          /* of what happened */
    struct mu_moment recorded_at; /* when it was written down, */
    int64_t operator_id;          /* and by whom */
    char operator_name[MU_OPERATOR_NAME_SIZE];
    int about;           /* number of the party, the promise or the step that it is about, or 0 */
    int64_t resident_id; /* PARTY: their file, or 0 */
    int64_t mediator_id; /* MEDIATOR */
    struct mu_date due;  /* that the book worked out: see mu_case_work_out */
    unsigned char salt[MU_CASE_SALT];
    unsigned char hash[MU_HASH_SIZE];
    union mu_case_record record; /* the member that mu_case_step_type says */
    char *text;                  /* owned; NULL: none */
};

/* What a kind of step is. */
struct mu_case_step_type {
    const char *word;     /* "meeting" */
    enum mu_message name; /* 调解会 */
    enum mu_message help; /* what it is for, one line */
    const struct mu_field
        *fields; /* of the record, which begins at struct mu_case_step's `record` */
    size_t field_count;
    size_t size;                /* bytes of the record */
    enum mu_message text_label; /* of the long text; 0: it has none */
    enum mu_message text_hint;
    bool text_required;
};

/* Static; NULL for what is none. */
const struct mu_case_step_type *mu_case_step_type(enum mu_case_step_kind kind);
bool mu_case_step_from_word(const char *word, enum mu_case_step_kind *out);

/* Frees and wipes what the step owns and empties it. */
void mu_case_step_clear(struct mu_case_step *step);

/* What is sealed of a step: lines KEY=VALUE as of <mulin/domain/snapshot.h> (salt, about, resident,
 * mediator, due, then the fields), an empty line, and the long text as it is. *out is owned (free
 * and wipe); untouched on failure. MU_MEMORY. */
enum mu_status mu_case_body_write(const struct mu_case_step *step, char **out,
                                  struct mu_error *error) MU_CHECKED;
/* Fills in what the body holds into a step whose kind is known. Untouched on failure. MU_STORE (it
 * is none), MU_MEMORY. */
enum mu_status mu_case_body_read(const char *body, struct mu_case_step *step,
                                 struct mu_error *error) MU_CHECKED;

/* BLAKE2b-256 as mulin-ledger(5) hashes entries (length and bytes of each field):
 * "mulin-case-step-1", the number of the case, number, kind, date, recorded_at, operator_id, body,
 * and the hash of the case's step before (zeros for the first). */
void mu_case_step_hash(int64_t case_id, const struct mu_case_step *step, const char *body,
                       const unsigned char previous[MU_HASH_SIZE],
                       unsigned char hash[MU_HASH_SIZE]);

#endif
