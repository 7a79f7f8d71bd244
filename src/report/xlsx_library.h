/* libxlsxwriter, loaded when the first workbook is written: it brings four other libraries with it,
 * and together they would take half of the time that every start of mulin waits for its libraries.
 */
#ifndef MULIN_SRC_REPORT_XLSX_LIBRARY_H
#define MULIN_SRC_REPORT_XLSX_LIBRARY_H

#include <mulin/base/error.h>

#include <xlsxwriter.h>

/* Those of its functions that are called. */
#define MU_XLSX_FUNCTIONS(F)                                                                       \
    F(chart_add_series)                                                                            \
    F(chart_axis_set_reverse)                                                                      \
    F(chart_legend_set_position)                                                                   \
    F(chart_series_set_categories)                                                                 \
    F(chart_series_set_labels)                                                                     \
    F(chart_series_set_values)                                                                     \
    F(chart_title_set_name)                                                                        \
    F(format_set_align)                                                                            \
    F(format_set_bg_color)                                                                         \
    F(format_set_bold)                                                                             \
    F(format_set_border)                                                                           \
    F(format_set_font_size)                                                                        \
    F(format_set_num_format)                                                                       \
    F(format_set_text_wrap)                                                                        \
    F(format_set_top)                                                                              \
    F(lxw_workbook_free)                                                                           \
    F(workbook_add_chart)                                                                          \
    F(workbook_add_format)                                                                         \
    F(workbook_add_worksheet)                                                                      \
    F(workbook_close)                                                                              \
    F(workbook_new_opt)                                                                            \
    F(workbook_validate_sheet_name)                                                                \
    F(worksheet_autofilter)                                                                        \
    F(worksheet_fit_to_pages)                                                                      \
    F(worksheet_freeze_panes)                                                                      \
    F(worksheet_insert_chart_opt)                                                                  \
    F(worksheet_repeat_rows)                                                                       \
    F(worksheet_set_column)                                                                        \
    F(worksheet_set_footer)                                                                        \
    F(worksheet_set_landscape)                                                                     \
    F(worksheet_set_paper)                                                                         \
    F(worksheet_write_number)                                                                      \
    F(worksheet_write_string)

struct mu_xlsx {
#define MU_XLSX_FUNCTION(name) __typeof__(name) *(name);
    MU_XLSX_FUNCTIONS(MU_XLSX_FUNCTION)
#undef MU_XLSX_FUNCTION
};

/* May be called once mu_xlsx_load has said MU_OK. */
extern struct mu_xlsx mu_xlsx;

/* Finds the functions unless they have been found; the library then stays. MU_STORE when this
 * computer does not have it. */
enum mu_status mu_xlsx_load(struct mu_error *error) MU_CHECKED;

#endif
