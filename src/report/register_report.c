#include <mulin/base/codes.h>
#include <mulin/base/table_file.h>
#include <mulin/report.h>

#include <stdio.h>
#include <string.h>

enum {
    WHOLE = 10000, /* hundredths of a percent */
    NUMBER_SIZE = 24,
    HEADING_SIZE = 64,
    BARS = 60 /* of a chart at most */
};

const struct mu_register_group *mu_register_rows(const struct mu_register_report *report,
                                                 enum mu_register_by by, size_t *count)
{
    const struct mu_register_groups *groups = &report->tags;

    *count = 0;
    switch (by) {
    case MU_REGISTER_WHOLE:
        return NULL;
    case MU_REGISTER_BY_AGE:
        *count = MU_AGE_BANDS + (report->ages[MU_AGE_BANDS].people ? 1 : 0);
        return report->ages;
    case MU_REGISTER_BY_GRID:
        groups = &report->grids;
        break;
    case MU_REGISTER_BY_ESTATE:
        groups = &report->estates;
        break;
    case MU_REGISTER_BY_TAG:
        break;
    }
    *count = groups->count;
    return groups->group;
}

bool mu_register_has_homes(enum mu_register_by by)
{
    return by == MU_REGISTER_BY_GRID || by == MU_REGISTER_BY_ESTATE;
}

static void copy_text(char *out, enum mu_message message, enum mu_language language)
{
    snprintf(out, MU_REGISTER_LABEL_SIZE, "%s", mu_message_text(message, language));
}

static void age_label(size_t band, enum mu_language language, char *out)
{
    char first[NUMBER_SIZE], last[NUMBER_SIZE];
    int from, to;

    if (band >= MU_AGE_BANDS) {
        copy_text(out, MU_SAY_report_no_birth, language);
        return;
    }
    mu_age_band(band, &from, &to);
    snprintf(first, sizeof first, "%d", from);
    snprintf(last, sizeof last, "%d", to);
    mu_message_format(out, MU_REGISTER_LABEL_SIZE, language,
                      to < 0 ? MU_SAY_report_age_from : MU_SAY_report_ages, first, last, NULL);
}

void mu_register_label(enum mu_register_by by, const struct mu_register_group *rows, size_t index,
                       enum mu_language language, char *out)
{
    if (by == MU_REGISTER_BY_AGE)
        age_label(index, language, out);
    else if (!*rows[index].name)
        copy_text(out, by == MU_REGISTER_BY_GRID ? MU_SAY_report_no_grid : MU_SAY_report_no_estate,
                  language);
    else
        snprintf(out, MU_REGISTER_LABEL_SIZE, "%s", rows[index].name);
}

/* The figures of the whole, one after the other, until the wanted one. */
struct figures {
    const struct mu_register_report *report;
    enum mu_language language;
    enum mu_message section;
    size_t wanted, seen;
    struct mu_register_figure *out;
};

static bool is_wanted(struct figures *figures, int64_t count, int64_t of)
{
    if (figures->seen++ != figures->wanted)
        return false;
    figures->out->section = figures->section;
    figures->out->count = count;
    figures->out->of = of;
    return true;
}

static void say_figure(struct figures *figures, enum mu_message label, int64_t count, int64_t of)
{
    if (is_wanted(figures, count, of))
        copy_text(figures->out->label, label, figures->language);
}

/* A figure for each word of a code table, and one for what is not known when there is any. */
static void code_figures(struct figures *figures, const struct mu_choices *choices,
                         const int64_t *counts, int limit, int64_t of)
{
    for (int code = 1; code < limit; code++)
        if (mu_choice_by_code(choices, code) && is_wanted(figures, counts[code], of))
            snprintf(figures->out->label, sizeof figures->out->label, "%s",
                     mu_choice_word(choices, code, figures->language));
    if (counts[0])
        say_figure(figures, MU_SAY_report_not_known, counts[0], of);
}

static void group_figures(struct figures *figures, enum mu_register_by by)
{
    size_t count;
    const struct mu_register_group *rows = mu_register_rows(figures->report, by, &count);

    for (size_t i = 0; i < count; i++)
        if (is_wanted(figures, rows[i].people, figures->report->all.people))
            mu_register_label(by, rows, i, figures->language, figures->out->label);
}

static void place_figures(struct figures *figures)
{
    const struct mu_register_report *report = figures->report;
    size_t grids = report->grids.count;

    if (grids && !*report->grids.group[grids - 1].name)
        grids--;
    figures->section = MU_SAY_report_places;
    say_figure(figures, MU_SAY_report_grids, (int64_t)grids, 0);
    say_figure(figures, MU_SAY_report_estates, report->estate_count, 0);
    say_figure(figures, MU_SAY_report_old_estates, report->old_estates, report->estate_count);
    say_figure(figures, MU_SAY_report_buildings, report->buildings, 0);
    say_figure(figures, MU_SAY_report_old_buildings, report->old_buildings, report->buildings);
    for (int grade = MU_DANGERS - 1; grade > 0; grade--)
        if (is_wanted(figures, report->by_danger[grade], report->buildings))
            mu_message_format(figures->out->label, sizeof figures->out->label, figures->language,
                              MU_SAY_report_danger,
                              mu_choice_word(&mu_dangers, grade, figures->language), NULL);
    say_figure(figures, MU_SAY_report_floods, report->flood_points, 0);
}

bool mu_register_figure(const struct mu_register_report *report, size_t index,
                        enum mu_language language, struct mu_register_figure *out)
{
    struct figures figures = {.report = report, .language = language, .wanted = index, .out = out};
    const struct mu_register_group *all = &report->all;

    figures.section = MU_SAY_report_homes;
    say_figure(&figures, MU_SAY_report_all_homes, all->homes, 0);
    code_figures(&figures, &mu_occupancies, all->by_occupancy, MU_OCCUPANCIES, all->homes);
    figures.section = MU_SAY_report_people;
    say_figure(&figures, MU_SAY_report_living, all->people, 0);
    code_figures(&figures, &mu_sexes, all->by_sex, MU_SEXES, all->people);
    code_figures(&figures, &mu_residences, report->by_residence, MU_RESIDENCES, all->people);
    say_figure(&figures, MU_SAY_report_moved_out, report->moved_out, 0);
    say_figure(&figures, MU_SAY_report_deceased, report->deceased, 0);
    figures.section = MU_SAY_report_by_age;
    group_figures(&figures, MU_REGISTER_BY_AGE);
    figures.section = MU_SAY_report_tags;
    group_figures(&figures, MU_REGISTER_BY_TAG);
    place_figures(&figures);
    return figures.seen > index;
}

size_t mu_register_lines(const struct mu_register_report *report, enum mu_language language,
                         char lines[MU_REGISTER_LINES][MU_REGISTER_LINE_SIZE])
{
    char day[MU_DATE_SIZE], began[MU_DATE_SIZE], homes[NUMBER_SIZE], people[NUMBER_SIZE];
    size_t count = 0;

    mu_date_format(report->date, day);
    mu_date_format(report->began, began);
    snprintf(homes, sizeof homes, "%lld", (long long)report->all.homes);
    snprintf(people, sizeof people, "%lld", (long long)report->all.people);
    mu_message_format(lines[count++], MU_REGISTER_LINE_SIZE, language, MU_SAY_report_line_day, day,
                      homes, people, NULL);
    if (report->disturbed)
        mu_message_format(lines[count++], MU_REGISTER_LINE_SIZE, language,
                          MU_SAY_report_line_disturbed, NULL);
    if (mu_date_compare(report->date, report->began) < 0)
        mu_message_format(lines[count++], MU_REGISTER_LINE_SIZE, language,
                          MU_SAY_report_line_before, began, NULL);
    else if (report->past)
        mu_message_format(lines[count++], MU_REGISTER_LINE_SIZE, language, MU_SAY_report_line_since,
                          NULL);
    if (report->past)
        mu_message_format(lines[count++], MU_REGISTER_LINE_SIZE, language, MU_SAY_report_line_past,
                          NULL);
    mu_message_format(lines[count++], MU_REGISTER_LINE_SIZE, language, MU_SAY_report_line_once,
                      NULL);
    return count;
}

/* Tables. */

static int64_t share(int64_t count, int64_t of)
{
    return of > 0 ? (count * WHOLE + of / 2) / of : 0;
}

enum whole_column { SECTION, LABEL, COUNT, SHARE, WHOLE_COLUMNS };

/* Bars beside each run of figures that are parts of one thing. */
static enum mu_status chart_section(struct mu_report *out, const char *title, size_t first,
                                    size_t end, struct mu_error *error)
{
    const struct mu_report_chart chart = {.title = title,
                                          .labels = LABEL,
                                          .values = COUNT,
                                          .first_row = first,
                                          .row_count = end - first};

    return end - first > 1 && end - first <= BARS ? mu_report_chart(out, &chart, error) : MU_OK;
}

static enum mu_status write_whole(struct mu_report *out, const struct mu_register_report *report,
                                  enum mu_language language, struct mu_error *error)
{
    struct mu_register_figure figure;
    enum mu_message section = MU_SAY_COUNT;
    enum mu_status status = MU_OK;
    size_t first = 0, row = 0;

    for (; status == MU_OK && mu_register_figure(report, row, language, &figure); row++) {
        struct mu_report_cell cells[WHOLE_COLUMNS] = {
            [SECTION] = {.text = mu_message_text(figure.section, language)},
            [LABEL] = {.text = figure.label},
            [COUNT] = {.number = figure.count},
            [SHARE] = {.text = figure.of ? NULL : "", .number = share(figure.count, figure.of)}};

        if (figure.section != section) {
            if (section != MU_SAY_COUNT)
                status = chart_section(out, mu_message_text(section, language), first, row, error);
            section = figure.section;
            first = row;
        }
        first += first == row && !figure.of;
        if (status == MU_OK)
            status = mu_report_row(out, cells, error);
    }
    return status;
}

enum group_column {
    NAME,
    HOMES,
    FIRST_USE,
    NO_USE = FIRST_USE + MU_OCCUPANCIES - 1,
    PEOPLE,
    ELDERS,
    ADVANCED,
    PLACE_COLUMNS
};
enum person_column { GROUP, MEMBERS, MALE, FEMALE, MEMBERS_SHARE, PERSON_COLUMNS };

static void place_cells(const struct mu_register_group *group, const char *label,
                        struct mu_report_cell cells[PLACE_COLUMNS])
{
    cells[NAME] = (struct mu_report_cell){.text = label};
    cells[HOMES].number = group->homes;
    for (int use = 1; use < MU_OCCUPANCIES; use++)
        cells[FIRST_USE + use - 1].number = group->by_occupancy[use];
    cells[NO_USE].number = group->by_occupancy[0];
    cells[PEOPLE].number = group->people;
    cells[ELDERS].number = group->elders;
    cells[ADVANCED].number = group->advanced;
}

static void person_cells(const struct mu_register_group *group, const char *label, int64_t of,
                         struct mu_report_cell cells[PERSON_COLUMNS])
{
    cells[GROUP] = (struct mu_report_cell){.text = label};
    cells[MEMBERS].number = group->people;
    cells[MALE].number = group->by_sex[1];
    cells[FEMALE].number = group->by_sex[2];
    cells[MEMBERS_SHARE].number = share(group->people, of);
}

static enum mu_status write_groups(struct mu_report *out, const struct mu_register_report *report,
                                   enum mu_register_by by, enum mu_language language,
                                   const char *title, struct mu_error *error)
{
    struct mu_report_cell cells[PLACE_COLUMNS] = {0};
    const struct mu_report_chart chart = {.title = title, .labels = NAME, .values = MEMBERS};
    struct mu_report_chart bars = chart;
    const struct mu_register_group *rows = mu_register_rows(report, by, &bars.row_count);
    char label[MU_REGISTER_LABEL_SIZE];
    bool homes = mu_register_has_homes(by);
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i <= bars.row_count; i++) {
        bool total = i == bars.row_count;
        const struct mu_register_group *group = total ? &report->all : &rows[i];

        /* Somebody may have several tags: their sum says nothing. */
        if (total && (by == MU_REGISTER_BY_TAG || bars.row_count == 0))
            break;
        if (total)
            copy_text(label, MU_SAY_report_total, language);
        else
            mu_register_label(by, rows, i, language, label);
        if (homes)
            place_cells(group, label, cells);
        else
            person_cells(group, label, report->all.people, cells);
        status = total ? mu_report_total(out, cells, error) : mu_report_row(out, cells, error);
    }
    if (bars.row_count > BARS)
        bars.row_count = BARS;
    return status == MU_OK ? mu_report_chart(out, &bars, error) : status;
}

static size_t place_headings(const struct mu_register_report *report, enum mu_language language,
                             char elders[2][HEADING_SIZE], struct mu_report_column *columns)
{
    char number[NUMBER_SIZE];

    for (size_t i = NAME; i < PLACE_COLUMNS; i++)
        columns[i].kind = i == NAME ? MU_COLUMN_TEXT : MU_COLUMN_NUMBER;
    columns[NAME].heading = mu_message_text(MU_SAY_report_name, language);
    columns[HOMES].heading = mu_message_text(MU_SAY_report_homes, language);
    for (int use = 1; use < MU_OCCUPANCIES; use++)
        columns[FIRST_USE + use - 1].heading = mu_choice_word(&mu_occupancies, use, language);
    columns[NO_USE].heading = mu_message_text(MU_SAY_report_not_known, language);
    columns[PEOPLE].heading = mu_message_text(MU_SAY_report_living, language);
    for (int i = 0; i < 2; i++) {
        snprintf(number, sizeof number, "%d", i ? report->advanced_age_from : report->elder_from);
        mu_message_format(elders[i], HEADING_SIZE, language, MU_SAY_report_age_from, number, NULL);
        columns[ELDERS + i].heading = elders[i];
    }
    return PLACE_COLUMNS;
}

static size_t person_headings(enum mu_language language, struct mu_report_column *columns)
{
    columns[GROUP] =
        (struct mu_report_column){mu_message_text(MU_SAY_report_name, language), MU_COLUMN_TEXT};
    columns[MEMBERS] = (struct mu_report_column){mu_message_text(MU_SAY_report_living, language),
                                                 MU_COLUMN_NUMBER};
    columns[MALE] =
        (struct mu_report_column){mu_choice_word(&mu_sexes, 1, language), MU_COLUMN_NUMBER};
    columns[FEMALE] =
        (struct mu_report_column){mu_choice_word(&mu_sexes, 2, language), MU_COLUMN_NUMBER};
    columns[MEMBERS_SHARE] = (struct mu_report_column){
        mu_message_text(MU_SAY_report_share, language), MU_COLUMN_PERCENT};
    return PERSON_COLUMNS;
}

static size_t whole_headings(enum mu_language language, struct mu_report_column *columns)
{
    static const struct {
        enum mu_message heading;
        enum mu_report_kind kind;
    } headings[WHOLE_COLUMNS] = {
        [SECTION] = {MU_SAY_report_section, MU_COLUMN_TEXT},
        [LABEL] = {MU_SAY_report_name, MU_COLUMN_TEXT},
        [COUNT] = {MU_SAY_report_count, MU_COLUMN_NUMBER},
        [SHARE] = {MU_SAY_report_share, MU_COLUMN_PERCENT},
    };

    for (size_t i = 0; i < WHOLE_COLUMNS; i++)
        columns[i] = (struct mu_report_column){mu_message_text(headings[i].heading, language),
                                               headings[i].kind};
    return WHOLE_COLUMNS;
}

enum mu_status mu_report_register(const struct mu_report_target *target,
                                  const struct mu_register_report *report, enum mu_register_by by,
                                  enum mu_language language, struct mu_error *error)
{
    static const enum mu_message titles[] = {
        [MU_REGISTER_WHOLE] = MU_SAY_report_title,
        [MU_REGISTER_BY_GRID] = MU_SAY_report_title_grid,
        [MU_REGISTER_BY_ESTATE] = MU_SAY_report_title_estate,
        [MU_REGISTER_BY_TAG] = MU_SAY_report_title_tag,
        [MU_REGISTER_BY_AGE] = MU_SAY_report_title_age,
    };
    char text[MU_REGISTER_LINES][MU_REGISTER_LINE_SIZE], elders[2][HEADING_SIZE];
    const char *lines[MU_REGISTER_LINES];
    struct mu_report_column columns[PLACE_COLUMNS];
    struct mu_report_table table = {.language = language,
                                    .title = mu_message_text(titles[by], language),
                                    .lines = lines,
                                    .columns = columns};
    struct mu_report *out = NULL;
    enum mu_status status;

    table.line_count = mu_register_lines(report, language, text);
    for (size_t i = 0; i < table.line_count; i++)
        lines[i] = text[i];
    table.column_count = by == MU_REGISTER_WHOLE ? whole_headings(language, columns)
                         : mu_register_has_homes(by)
                             ? place_headings(report, language, elders, columns)
                             : person_headings(language, columns);
    status = mu_report_begin(&out, target, &table, error);
    if (status != MU_OK)
        return status;
    status = by == MU_REGISTER_WHOLE ? write_whole(out, report, language, error)
                                     : write_groups(out, report, by, language, table.title, error);
    if (status == MU_OK)
        return mu_report_finish(&out, error);
    mu_report_drop(&out);
    return status;
}
