/* What the measuring programs share. They end with a message on stderr and status 2 when something
 * cannot be measured. */
#ifndef MULIN_TESTS_BENCH_MEASURE_H
#define MULIN_TESTS_BENCH_MEASURE_H

#include <mulin/desk/desk.h>

#include <stddef.h>

_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Dies with the sentence of the error unless `status` is MU_OK. */
void must(enum mu_status status, const struct mu_error *error, const char *what);

/* Memory or death. */
void *need(size_t count, size_t size);

/* A whole number of at least 1 from the command line. */
size_t number(const char *text);

/* The desk of whoever runs this; `now` is a fixed moment or NULL. */
struct mu_desk *open_desk(const char *home, const char *now);

/* A steady clock in microseconds. */
double microseconds(void);

/* Sorts `times`; the share of 0.5 is the median. */
double quantile(double *times, size_t count, double share);

#endif
