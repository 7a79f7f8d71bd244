/* Applies the migrations to an empty database and writes what SQLite then says of it as the C table
 * of store/schema.h, ordered as mu_schema_compare reads a file.
 * generate_schema OUT MIGRATION... */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static int complain(const char *what, const char *why)
{
    fprintf(stderr, "generate_schema: %s: %s\n", what, why);
    return 1;
}

static int apply(sqlite3 *model, const char *path)
{
    static char sql[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(sql, 1, sizeof sql, file) : 0;
    int broken = !file || ferror(file) || length == sizeof sql;

    if (file)
        fclose(file);
    if (broken)
        return complain(path, "it cannot be read");
    sql[length] = '\0';
    if (sqlite3_exec(model, sql, NULL, NULL, NULL) != SQLITE_OK)
        return complain(path, sqlite3_errmsg(model));
    return 0;
}

static void write_text(FILE *out, const unsigned char *text)
{
    fputc('"', out);
    for (; *text; text++)
        if (*text >= ' ' && *text < 127 && !strchr("\"\\?", *text))
            fputc(*text, out);
        else
            fprintf(out, "\\%03o", *text);
    fputc('"', out);
}

static int write_schema(sqlite3 *model, FILE *out)
{
    sqlite3_stmt *rows;

    if (sqlite3_prepare_v2(model,
                           "SELECT name, type, sql FROM sqlite_schema"
                           " WHERE name NOT LIKE 'sqlite_%' ORDER BY name, type",
                           -1, &rows, NULL) != SQLITE_OK)
        return complain("the schema", sqlite3_errmsg(model));
    fputs("#include \"store/schema.h\"\n\nconst struct mu_schema_part mu_schema[] = {\n", out);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        fputs("    {", out);
        for (int column = 0; column < 3; column++) {
            write_text(out, sqlite3_column_text(rows, column));
            fputs(column < 2 ? ", " : "},\n", out);
        }
    }
    fputs("    {0, 0, 0},\n};\n", out);
    if (sqlite3_finalize(rows) != SQLITE_OK)
        return complain("the schema", sqlite3_errmsg(model));
    return 0;
}

int main(int argc, char **argv)
{
    sqlite3 *model = NULL;
    FILE *out;
    int status = 0;

    if (argc < 3)
        return complain("usage", "generate_schema OUT MIGRATION...");
    if (sqlite3_open(":memory:", &model) != SQLITE_OK)
        status = complain("the model", "there is no memory for it");
    for (int i = 2; status == 0 && i < argc; i++)
        status = apply(model, argv[i]);
    out = status == 0 ? fopen(argv[1], "w") : NULL;
    if (out) {
        status = write_schema(model, out);
        if (fclose(out) != 0)
            status = complain(argv[1], strerror(errno));
    } else if (status == 0) {
        status = complain(argv[1], strerror(errno));
    }
    sqlite3_close(model);
    return status;
}
