/* The verdict about two files inside the desk: as a record of acts, and put back by them. */
#ifndef MULIN_SRC_DESK_TWIN_FILE_H
#define MULIN_SRC_DESK_TWIN_FILE_H

#include "desk/act.h"

#include <mulin/domain/twin.h>

/* A verdict as its acts keep it. Without one in force everything is empty. */
struct mu_twin_record {
    int verdict;      /* enum mu_verdict */
    char leading[24]; /* number of the file that speaks for both; "" of two people */
    char reason[MU_REASON_SIZE];
};

extern const struct mu_field mu_twin_fields[];
extern const size_t mu_twin_field_count;

/* The read and put_back of struct mu_act_kind; the row is the number of the verdict. */
enum mu_status mu_twin_record_read(struct mu_desk *desk, int64_t row, void *record,
                                   struct mu_error *error) MU_CHECKED;
enum mu_status mu_twin_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                const void *wanted, struct mu_error *error) MU_CHECKED;

/* Brings the file that speaks for `resident`, whole, in its place; nothing changes when it speaks
 * for itself. */
enum mu_status mu_file_lead(struct mu_desk *desk, struct mu_resident *resident,
                            struct mu_error *error) MU_CHECKED;

#endif
