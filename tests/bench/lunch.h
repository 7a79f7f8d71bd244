/* People who come for lunch, served by the desk, and what it says to SQLite then. */
#ifndef MULIN_TESTS_BENCH_LUNCH_H
#define MULIN_TESTS_BENCH_LUNCH_H

#include "recorder.h"

#include <mulin/desk/desk.h>

#define LUNCH "2026-03-10T11:30"

enum { PATH_SIZE = 4096, CARD_SIZE = 64 };

/* The record file of `home`, in PATH_SIZE bytes. */
void home_path(char *out, const char *home);

struct queue {
    char (*card)[CARD_SIZE]; /* owned (free) */
    size_t count;
};

/* People with a card from all over the register, as they stand in a queue. */
struct queue read_queue(const char *home, size_t count);

void serve(struct mu_desk *desk, const char *card);

struct lunch {
    struct recording opening, meals; /* of the desk; of all meals */
    size_t *ends;                    /* meal i ran the statements from ends[i] up to ends[i + 1] */
};

/* Serves everybody in `home`; clear with lunch_clear. */
struct lunch record_lunch(const char *home, const struct queue *queue);
void lunch_clear(struct lunch *lunch);

#endif
