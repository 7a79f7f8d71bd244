/* Lists of people that leave the desk: to a file, a stream, the printer. */
#include <mulin/report/roster.h>

#include "report/printer.h"

#include <mulin/base/text.h>
#include <mulin/domain/tag.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    PAGE_ROWS = 50, /* people on a printed page */
    TITLE_LINES = 2,
    CELL_SIZE = MU_ADDRESS_SIZE + MU_TOLD_SIZE
};

/* One list on its way. */
struct writing {
    struct mu_roster *roster;
    struct mu_desk *desk;
    const struct mu_roster_export *export;
    struct mu_report *report;
    size_t count, written;
    FILE *pages; /* printing: where the pages go */
    size_t page; /* number of the page; 0: not printing */
    enum mu_status status;
    struct mu_error *error;
};

/* A page has a heading of its own; a file is one long page. */
static enum mu_status begin_report(struct writing *writing, const struct mu_report_target *target)
{
    const struct mu_roster_request *request = mu_roster_asked(writing->roster);
    enum mu_language language = writing->export->language;
    struct mu_report_column columns[MU_ROSTER_COLUMN_COUNT];
    char who[MU_ROSTER_BODY_SIZE], when[MU_ROSTER_BODY_SIZE], words[MU_ROSTER_BODY_SIZE];
    char count[24], page[24], day[MU_DATE_SIZE];
    const char *const lines[TITLE_LINES] = {who, when};
    struct mu_report_table table = {.language = language,
                                    .title = mu_message_text(MU_SAY_list_title, language),
                                    .lines = lines,
                                    .line_count = TITLE_LINES,
                                    .columns = columns,
                                    .column_count = request->column_count};

    mu_roster_words(request, language, words, sizeof words);
    snprintf(count, sizeof count, "%zu", writing->count);
    snprintf(page, sizeof page, "%zu", writing->page);
    mu_date_format(mu_desk_now(writing->desk).date, day);
    mu_message_format(who, sizeof who, language, MU_SAY_list_line_who,
                      writing->export->only ? mu_message_text(MU_SAY_list_marked, language)
                      : *words              ? words
                                            : mu_message_text(MU_SAY_list_everybody, language),
                      count, NULL);
    mu_message_format(when, sizeof when, language,
                      writing->page ? MU_SAY_list_line_page : MU_SAY_list_line_when, day,
                      mu_desk_operator(writing->desk),
                      mu_message_text(writing->export->full ? MU_SAY_list_numbers_whole
                                                            : MU_SAY_list_numbers_masked,
                                      language),
                      page, NULL);
    for (size_t i = 0; i < request->column_count; i++) {
        enum mu_roster_column column = request->column[i];
        bool number = column == MU_ROSTER_NUMBER || column == MU_ROSTER_AGE;

        columns[i] =
            (struct mu_report_column){mu_message_text(mu_roster_columns[column].label, language),
                                      number ? MU_COLUMN_NUMBER : MU_COLUMN_TEXT};
    }
    return mu_report_begin(&writing->report, target, &table, writing->error);
}

static enum mu_status write_person(struct writing *writing, const struct mu_resident *person)
{
    const struct mu_roster_request *request = mu_roster_asked(writing->roster);
    struct mu_date today = mu_desk_now(writing->desk).date;
    char text[MU_ROSTER_COLUMN_COUNT][CELL_SIZE];
    struct mu_report_cell cells[MU_ROSTER_COLUMN_COUNT];

    for (size_t i = 0; i < request->column_count; i++) {
        enum mu_roster_column column = request->column[i];

        mu_roster_cell(person, column, today, writing->export->language, text[i], sizeof text[i]);
        cells[i] = (struct mu_report_cell){.text = text[i]};
        if (column == MU_ROSTER_NUMBER)
            cells[i] = (struct mu_report_cell){.number = person->id};
        else if (column == MU_ROSTER_AGE && *text[i])
            cells[i] = (struct mu_report_cell){.number = mu_resident_age(person, today)};
    }
    return mu_report_row(writing->report, cells, writing->error);
}

/* The next page of a printed list. */
static enum mu_status turn_page(struct writing *writing)
{
    const struct mu_report_target pages = {.format = MU_REPORT_TEXT, .stream = writing->pages};
    enum mu_status status = MU_OK;

    if (writing->report) {
        status = mu_report_finish(&writing->report, writing->error);
        putc('\f', writing->pages);
    }
    writing->page++;
    return status == MU_OK ? begin_report(writing, &pages) : status;
}

static bool each_person(void *context, const struct mu_resident *person)
{
    struct writing *writing = context;

    if (writing->pages && writing->written % PAGE_ROWS == 0)
        writing->status = turn_page(writing);
    if (writing->status == MU_OK)
        writing->status = write_person(writing, person);
    writing->written++;
    return writing->status == MU_OK;
}

static bool pass_progress(void *context, int64_t done, int64_t all)
{
    const struct mu_roster_export *export = ((struct writing *)context)->export;

    return !export->progress || export->progress(export->context, done, all);
}

/* Everything between the first row and the last. What went wrong here comes before what the desk
 * made of it. */
static enum mu_status write_people(struct writing *writing, const char *target,
                                   bool (*begin)(void *context, size_t people), size_t *people)
{
    const struct mu_roster_export *export = writing->export;
    const struct mu_roster_leaving leaving = {.target = target,
                                              .full = export->full,
                                              .reason = export->reason,
                                              .only = export->only,
                                              .progress = pass_progress,
                                              .begin = begin,
                                              .row = each_person,
                                              .context = writing};
    struct mu_error refused;
    enum mu_status status = mu_take_out_roster(writing->roster, &leaving, people, &refused);

    if (status != MU_OK && writing->status == MU_OK)
        *writing->error = refused;
    if (writing->status != MU_OK)
        status = writing->status;
    if (status == MU_OK && writing->report)
        status = mu_report_finish(&writing->report, writing->error);
    mu_report_drop(&writing->report);
    return status;
}

/* ---- to a file ---- */

static enum mu_status check_name(const struct mu_roster_export *export, struct mu_error *error)
{
    enum mu_report_format format;

    if (!export->path || (mu_report_format_of(export->path, &format) && format == export->format))
        return MU_OK;
    return mu_fail(error, MU_INPUT, MU_SAY_error_list_ending, export->path, NULL);
}

/* What has the name already will be refused: then nobody takes anything out. */
static bool is_refused(const struct mu_roster_export *export)
{
    struct stat found;

    return export->path && lstat(export->path, &found) == 0 &&
           (!export->overwrite || !S_ISREG(found.st_mode));
}

static bool begin_file(void *context, size_t people)
{
    struct writing *writing = context;
    const struct mu_roster_export *export = writing->export;
    const struct mu_report_target target = {.format = export->format,
                                            .path = export->path,
                                            .overwrite = export->overwrite,
                                            .stream = export->stream};

    writing->count = people;
    writing->status = begin_report(writing, &target);
    return writing->status == MU_OK;
}

enum mu_status mu_export_roster(struct mu_roster *roster, const struct mu_roster_export *export,
                                size_t *people, struct mu_error *error)
{
    struct mu_error own = {0};
    struct writing writing = {.roster = roster,
                              .desk = mu_roster_desk(roster),
                              .export = export,
                              .error = error ? error : &own};
    enum mu_status status = check_name(export, writing.error);

    if (status == MU_OK && is_refused(export) && !begin_file(&writing, 0))
        status = writing.status;
    mu_report_drop(&writing.report);
    if (status != MU_OK)
        return status;
    return write_people(&writing, export->path ? export->path : "-", begin_file, people);
}

/* ---- to the printer ---- */

static bool begin_pages(void *context, size_t people)
{
    struct writing *writing = context;

    writing->count = people;
    return true;
}

enum mu_status mu_print_roster(struct mu_roster *roster, const struct mu_roster_export *export,
                               size_t *people, struct mu_error *error)
{
    struct mu_error own = {0};
    struct writing writing = {.roster = roster,
                              .desk = mu_roster_desk(roster),
                              .export = export,
                              .pages = report_pages(),
                              .error = error ? error : &own};
    enum mu_status status = writing.pages ? write_people(&writing, "lp", begin_pages, people)
                                          : mu_fail_memory(writing.error);

    if (status == MU_OK)
        status = report_print(writing.pages, writing.error);
    if (writing.pages)
        fclose(writing.pages);
    return status;
}
