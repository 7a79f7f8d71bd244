/* The dossier of a mediation case on paper, ready to be signed (domain/dossier.h). */
#ifndef MULIN_REPORT_DOSSIER_H
#define MULIN_REPORT_DOSSIER_H

#include <mulin/domain/dossier.h>
#include <mulin/report.h>

struct mu_dossier_print {
    const struct mu_case *mediated; /* as mu_read_case_to_export gave it */
    const char *centre;             /* whose committee mediates: name of the rule book's centre */
    const char *operator_name;      /* who prints it, */
    struct mu_moment at;            /* and when */
    int paper;                      /* that item alone; 0: the whole file */
    enum mu_language language;
};

/* Writes it as text of 80 columns (a form feed before each sheet but the first) or as a page whose
 * sheets are printed on A4. Of the whole file the items that are there, and the forms that are to
 * be signed yet; an item alone is refused when there is nothing of it. MU_INPUT (nothing of this
 * item), MU_USAGE (another format), and as mu_report_begin. */
enum mu_status mu_report_dossier(const struct mu_report_target *target,
                                 const struct mu_dossier_print *print,
                                 struct mu_error *error) MU_CHECKED;

/* Hands the text to lp; nothing of it lies on the disk. MU_INPUT, MU_MEMORY. */
enum mu_status mu_print_dossier(const struct mu_dossier_print *print,
                                struct mu_error *error) MU_CHECKED;

/* "2/3": what an item is made of, for a list: 记录 2 份，附件 1 件; "" without any. `out` has
 * MU_DOSSIER_TOLD_SIZE bytes. */
enum { MU_DOSSIER_TOLD_SIZE = 128 };
void mu_dossier_made_of(const struct mu_dossier_item *item, enum mu_language language, char *out);

#endif
