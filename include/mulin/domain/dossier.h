/* The dossier of a mediation case: thirteen items in the order in which they are bound. Pure.
 *
 * What belongs into it follows sections 27 to 33 of the People's Mediation Law (2010) and the forms
 * of the Ministry of Justice (司发通〔2010〕239号). The order, and what is required and what as
 * needed, was compared with a county's table of contents after those forms: it counts cover and
 * contents apart and puts proofs of identity and powers of attorney into places of their own, which
 * are evidence here, and it takes either an application or a register of acceptance. The ministry's
 * own print was not at hand. */
#ifndef MULIN_DOMAIN_DOSSIER_H
#define MULIN_DOMAIN_DOSSIER_H

#include <mulin/domain/case.h>

/* The codes of data/codes/case_paper.def. */
enum mu_dossier_paper {
    MU_PAPER_COVER = 1,
    MU_PAPER_CONTENTS,
    MU_PAPER_APPLICATION,
    MU_PAPER_REGISTER,
    MU_PAPER_RIGHTS,
    MU_PAPER_INVESTIGATION,
    MU_PAPER_EVIDENCE,
    MU_PAPER_RECORD,
    MU_PAPER_AGREEMENT,
    MU_PAPER_VISITS,
    MU_PAPER_COURT,
    MU_PAPER_REMARKS,
    MU_PAPER_BACK
};

enum { MU_DOSSIER_ITEMS = MU_PAPER_BACK };

enum mu_dossier_need {
    MU_DOSSIER_REQUIRED = 1, /* 必须 */
    MU_DOSSIER_AS_NEEDED,    /* 按需 */
    MU_DOSSIER_NOT           /* 不需要: this case has no use for it */
};

struct mu_dossier_item {
    enum mu_dossier_paper paper;
    enum mu_dossier_need need;
    bool there;           /* what it is made of was written down, or a scan is attached */
    enum mu_message lack; /* what is missing; 0: nothing. Only of what is required */
    enum mu_message why;  /* what it is for, and why it matters when it is missing */
    int steps;            /* steps of the case that make it up, attachments left out */
    int attachments;
};

/* All items; those behind another in `out` are bound behind it. How many sheets one has is not
 * known before it is printed. */
void mu_dossier_make(const struct mu_case *mediated, struct mu_dossier_item out[MU_DOSSIER_ITEMS]);

/* The required items that are missing, into `out`; returns how many. None of a case that was
 * entered by mistake. */
size_t mu_dossier_missing(const struct mu_case *mediated,
                          struct mu_dossier_item out[MU_DOSSIER_ITEMS]);

/* The item that a step of the case belongs to. */
enum mu_dossier_paper mu_dossier_paper_of(const struct mu_case *mediated,
                                          const struct mu_case_step *step);

/* 必须, 按需, 不需要 */
enum mu_message mu_dossier_need_name(enum mu_dossier_need need);

#endif
