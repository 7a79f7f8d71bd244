/* Tables, indexes and triggers as the migrations make them (generate_schema.c). */
#ifndef MULIN_SRC_STORE_SCHEMA_H
#define MULIN_SRC_STORE_SCHEMA_H

struct mu_schema_part {
    const char *name; /* NULL ends the table */
    const char *type; /* "table", "index", "trigger" */
    const char *sql;  /* as SQLite keeps it */
};

extern const struct mu_schema_part mu_schema[]; /* ordered by name and type */

#endif
