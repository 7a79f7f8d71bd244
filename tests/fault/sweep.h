/* Every step of a day is done while something fails for the first, the second … the n-th time,
 * until nothing is left that could. Each time the step is done, and there, or refused in a clear
 * sentence, and nothing of it is there; the desk goes on, and a second try does what the first
 * should have. */
#ifndef MULIN_TESTS_FAULT_SWEEP_H
#define MULIN_TESTS_FAULT_SWEEP_H

#include "fault/day.h"

/* What fails, and how. */
struct sweep_kind {
    int variants;
    long
        stride; /* only every so many-th is tried, beginning at MULIN_SEED; MULIN_SOAK divides it */
    /* From now on the `at`-th call fails as the variant says. */
    void (*start)(struct memory_disk *disk, int variant, long at);
    /* Nothing fails any longer; true when something did. */
    bool (*stop)(struct memory_disk *disk);
    /* Is this the sentence for it? */
    bool (*told)(const struct mu_error *error);
    /* Does the sentence say that nobody knows whether it was done? */
    bool (*unknown)(int variant, const struct mu_error *error);
    /* Words for the variant. */
    void (*name)(char *out, size_t size, int variant, long at);
    /* Around the life of a desk; may be NULL. */
    void (*before)(void);
    void (*after)(const char *where);
};

struct sweep {
    struct day day;
    const struct sweep_kind *kind;
    long first, stride;
    long faults, done, refused, unknown; /* what was said of so many faults */
    char where[DAY_WHERE_SIZE];
};

void sweep_use_cases(struct sweep *sweep);
void sweep_questions(struct sweep *sweep);
/* The opening of a home that found its power cut in the middle of a check-in. */
void sweep_opening(struct sweep *sweep);

/* What setup and teardown of a cmocka test do. */
int sweep_setup(void **state, const struct sweep_kind *kind);
int sweep_teardown(void **state);

#endif
