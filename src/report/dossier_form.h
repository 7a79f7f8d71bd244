/* The forms of a dossier, and what they share. */
#ifndef MULIN_SRC_REPORT_DOSSIER_FORM_H
#define MULIN_SRC_REPORT_DOSSIER_FORM_H

#include "report/sheet.h"

#include <mulin/report/dossier.h>

struct dossier {
    const struct mu_dossier_print *print;
    const struct mu_case *mediated;
    struct mu_dossier_item item[MU_DOSSIER_ITEMS];
    struct sheets sheets;
};

/* Each writes the sheets of its item. */
void dossier_cover(struct dossier *dossier);
void dossier_contents(struct dossier *dossier);
void dossier_application(struct dossier *dossier);
void dossier_register(struct dossier *dossier);
void dossier_rights(struct dossier *dossier);
void dossier_investigation(struct dossier *dossier);
void dossier_evidence(struct dossier *dossier);
void dossier_record(struct dossier *dossier);
void dossier_agreement(struct dossier *dossier);
void dossier_visits(struct dossier *dossier);
void dossier_court(struct dossier *dossier);
void dossier_remarks(struct dossier *dossier);
void dossier_back(struct dossier *dossier);

enum { DOSSIER_NAMES = 2048, DOSSIER_COUNT = 24 };

/* A new sheet under the number of the case. */
void dossier_sheet(struct dossier *dossier, enum mu_message title);
/* Names of the parties of a side (0: of all), and of the mediators at work, separated by 、. `out`
 * has DOSSIER_NAMES bytes. */
void dossier_names(const struct mu_case *mediated, int side, char *out);
void dossier_mediators(const struct mu_case *mediated, char *out);
/* The fields of every party of a side (0: of all) as the ministry's forms have them. */
void dossier_parties(struct dossier *dossier, int side);
/* 2026-11-22 14:30-15:20 */
enum { DOSSIER_TIME = 40 };
void dossier_time(struct mu_date day, const char *from, const char *to, char *out);
/* Additions to a step, each with its day and by whom. */
void dossier_additions(struct dossier *dossier, const struct mu_case_step *step);
/* The list of the scans that were filed under an item, 0: of all; nothing without any. */
void dossier_scans(struct dossier *dossier, int paper);
/* What the choices call it; "" for a code that is none. */
const char *dossier_word(const struct dossier *dossier, const struct mu_choices *choices, int code);
void dossier_count(int64_t count, char out[DOSSIER_COUNT]);
/* Lines to sign: every party of a side (0: of both sides), the mediators, and the seal. */
void dossier_sign_parties(struct dossier *dossier, int side);
void dossier_sign_mediators(struct dossier *dossier);
void dossier_seal(struct dossier *dossier);
/* The hash of the last step, in groups of eight digits. */
enum { DOSSIER_HEAD = 2 * MU_HASH_SIZE + 8 };
void dossier_head(const struct mu_case *mediated, char out[DOSSIER_HEAD]);

#endif
