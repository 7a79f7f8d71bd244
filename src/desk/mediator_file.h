/* The act of a mediator: the read and put_back of struct mu_act_kind. Who was new is withdrawn. */
#ifndef MULIN_SRC_DESK_MEDIATOR_FILE_H
#define MULIN_SRC_DESK_MEDIATOR_FILE_H

#include "desk/act.h"

#include <mulin/domain/mediator.h>

enum mu_status mu_mediator_act_read(struct mu_desk *desk, int64_t row, void *record,
                                    struct mu_error *error) MU_CHECKED;
enum mu_status mu_mediator_act_put_back(struct mu_act_writer *writer, int64_t row,
                                        const void *current, const void *wanted,
                                        struct mu_error *error) MU_CHECKED;

#endif
