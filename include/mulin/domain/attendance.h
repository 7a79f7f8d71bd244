/* Services as they stand in lists, and the lists of those who came together. */
#ifndef MULIN_DOMAIN_ATTENDANCE_H
#define MULIN_DOMAIN_ATTENDANCE_H

#include <mulin/domain/resident.h>
#include <mulin/domain/service.h>

/* A service as it stands in a list. */
struct mu_service_line {
    struct mu_service service;
    char name[MU_PERSON_NAME_SIZE];
    char duty_name[MU_RULE_NAME_SIZE]; /* by today's book */
};

/* Which ones; all that is told has to hold. */
struct mu_service_filter {
    int64_t resident_id;     /* 0: anybody; with the files that this one speaks for */
    struct mu_date from, to; /* both included; unknown: no bound */
    const char *duty;        /* id; NULL: any */
    int64_t attendance_id;   /* 0: of any list or none */
    bool open;               /* only those whose person has not gone */
    size_t limit;            /* 0: all */
};

/* A list of those who came to one activity. */
struct mu_attendance_sheet {
    int64_t id; /* 0: not recorded */
    char title[MU_SERVICE_TEXT_SIZE];
    char duty[MU_RULE_ID_SIZE];
    struct mu_date date;
    char place[MU_SERVICE_TEXT_SIZE];
    char confirmed_by[MU_SERVICE_TEXT_SIZE]; /* "": nobody */
    int64_t operator_id;
    struct mu_moment recorded_at;
    /* Of what was recorded on it and not reversed: */
    int people;
    int minutes;
    struct mu_points points;
};

#endif
