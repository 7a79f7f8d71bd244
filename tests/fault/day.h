/* A day's work at the desk, step by step, for the tests that break something under it. */
#ifndef MULIN_TESTS_FAULT_DAY_H
#define MULIN_TESTS_FAULT_DAY_H

#include "fault/memory_disk.h"

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>

enum { DAY_STATE = 16, DAY_WHERE_SIZE = 256 };
/* The files that are there in the morning. */
enum { DAY_OLD = 1, DAY_YOUNG, DAY_LEAVING };

/* A home with a few residents, made on the real disk; its record file goes to memory disks. */
struct day {
    char folder[64];
    char records[80]; /* path of mulin.db */
    char sheet[80];   /* path of the spreadsheet that is imported */
    void *image;      /* what lies in mulin.db in the morning */
    size_t size;
    struct day_sound *sound; /* contents of mulin.db that were verified */
    size_t sound_count;
};

/* One use case with all that belongs to it; the steps are done in their order. */
struct day_step {
    const char *name;
    /* The status of the use case; *outputs is false when it failed and yet touched what it gives
     * out, or did it and gave out something else. */
    enum mu_status (*run)(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error);
    bool repeats; /* done twice it is the same: nobody asks after an unknown outcome */
};
/* The spreadsheet that one of the steps imports. */
extern const char day_sheet[];
extern const struct day_step day_steps[];
/* Of the volunteers (day_teams.c). */
enum mu_status day_found_team(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error) MU_CHECKED;
enum mu_status day_join_team(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error) MU_CHECKED;
enum mu_status day_give_award(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error) MU_CHECKED;
enum mu_status day_leave_volunteers(const struct day *day, struct mu_desk *desk, bool *outputs,
                                    struct mu_error *error) MU_CHECKED;
/* Of the points bank (day_points.c). */
enum mu_status day_serve(const struct day *day, struct mu_desk *desk, bool *outputs,
                         struct mu_error *error) MU_CHECKED;
enum mu_status day_accept(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error) MU_CHECKED;
enum mu_status day_close_month(const struct day *day, struct mu_desk *desk, bool *outputs,
                               struct mu_error *error) MU_CHECKED;
enum mu_status day_attend(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error);
enum mu_status day_serve_once(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error);
enum mu_status day_check_in(const struct day *day, struct mu_desk *desk, bool *outputs,
                            struct mu_error *error);
enum mu_status day_reverse(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error);
enum mu_status day_rate(const struct day *day, struct mu_desk *desk, bool *outputs,
                        struct mu_error *error);
enum mu_status day_bring_over(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error);
enum mu_status day_certify(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error);
enum mu_status day_post_wall(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error);
/* Of goods (day_goods.c). */
enum mu_status day_add_goods(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error) MU_CHECKED;
enum mu_status day_receive_goods(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status day_redeem(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error) MU_CHECKED;
enum mu_status day_give_back(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error) MU_CHECKED;
enum mu_status day_expire(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error) MU_CHECKED;
/* Of the mediation log (day_cases.c); the last two are questions. */
enum mu_status day_name_mediator(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status day_open_case(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error) MU_CHECKED;
enum mu_status day_agree(const struct day *day, struct mu_desk *desk, bool *outputs,
                         struct mu_error *error) MU_CHECKED;
enum mu_status day_close_case(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error) MU_CHECKED;
enum mu_status day_name_reader(const struct day *day, struct mu_desk *desk, bool *outputs,
                               struct mu_error *error) MU_CHECKED;
enum mu_status day_read_case(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error) MU_CHECKED;
enum mu_status day_search_cases(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error) MU_CHECKED;
enum mu_status day_list_cases(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error) MU_CHECKED;
/* Questions about points. */
enum mu_status day_receipt(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error) MU_CHECKED;
enum mu_status day_statement(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error);
extern const size_t day_step_count;
/* What changes nothing, asked when all steps are done. */
extern const struct day_step day_questions[];
extern const size_t day_question_count;

void day_prepare(struct day *day);
void day_clean(struct day *day);
/* A memory disk with the records as they were in the morning. */
struct memory_disk *day_morning(const struct day *day);
/* A copy of a disk that nobody works on. */
struct memory_disk *day_copy(const struct memory_disk *disk);
enum mu_status day_open(const struct day *day, struct mu_desk **desk,
                        struct mu_error *error) MU_CHECKED;
/* What the records on the disk say, all of it, as a number; fails the test when they are not sound
 * (mu_verify). A content that was verified once is known again. The same step does the same to the
 * same records: what is thrown by dice (keys) is not, here.
 *   desk  one at work on this disk, or NULL: one is opened when it is needed */
void day_state(struct day *day, const struct memory_disk *disk, struct mu_desk *desk,
               const char *where, unsigned char state[DAY_STATE]);
/* False when the content was not verified yet. */
bool day_known_state(const struct day *day, const struct memory_disk *disk,
                     unsigned char state[DAY_STATE]);
/* Lets SQLite roll back what a power cut left undone, as the opening of a desk does. */
void day_recover(const struct day *day);
/* Does a step, which must be done and give out what it should. */
void day_do(const struct day *day, const struct day_step *step, struct mu_desk *desk,
            const char *where);
/* Before a step is run otherwise: its keys are always the same. */
void day_dice(const struct day_step *step);

/* The number in an environment variable, at least 1; `otherwise` without one. */
long day_number(const char *variable, long otherwise);

/* Fails the test, after what was being done was printed. */
void day_fail(const char *where, const char *format, ...)
    __attribute__((noreturn, format(printf, 2, 3)));
/* The same with the error's sentence. */
void day_fail_error(const char *where, const char *what, const struct mu_error *error)
    __attribute__((noreturn));

#endif
