#include "report/points_told.h"

#include <mulin/domain/head.h>

enum { LINES = 8 };

enum mu_status points_paper_write(const struct mu_report_target *target,
                                  const struct points_paper *paper, enum mu_language language,
                                  struct mu_error *error)
{
    char head[MU_HEAD_SIZE], foot[MU_POINTS_TOLD_SIZE];
    const char *line[LINES];
    struct mu_report_column column[MU_POINTS_PARTS];
    const struct mu_report_table table = {.language = language,
                                          .title = paper->title,
                                          .lines = line,
                                          .line_count = paper->line_count,
                                          .columns = column,
                                          .column_count = paper->parts,
                                          .foot = foot,
                                          .rows = paper->count};
    struct mu_report *out = NULL;
    enum mu_status status;

    for (size_t i = 0; i < paper->parts; i++)
        column[i] = (struct mu_report_column){mu_message_text(paper->part[i].heading, language),
                                              paper->part[i].kind};
    for (size_t i = 0; i < paper->line_count; i++)
        line[i] = paper->lines[i];
    mu_head_print(MU_CHAIN_LEDGER, paper->entries, paper->head, head);
    mu_message_format(foot, sizeof foot, language, MU_SAY_settlement_head, head, NULL);
    status = mu_report_begin(&out, target, &table, error);
    if (status != MU_OK)
        return status;
    status = paper->rows(out, paper->told, language, error);
    if (status == MU_OK)
        return mu_report_finish(&out, error);
    mu_report_drop(&out);
    return status;
}
