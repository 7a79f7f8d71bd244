#include <mulin/domain/dossier.h>

enum {
    ASKED_FOR = 1, /* data/codes/case_source.def */
    WRITTEN = 1,   /* data/codes/case_form.def */
    REFUSED = 2,   /* data/codes/case_end.def */
    WITHDRAWN = 3,
    DECIDED = 2,    /* data/codes/case_court.def: the court has; what comes behind it, too */
    FIRST_SIDE = 1, /* data/codes/case_side.def */
    OTHER_SIDE = 2
};

static const enum mu_message reasons[MU_DOSSIER_ITEMS + 1] = {
    [MU_PAPER_COVER] = MU_SAY_dossier_why_cover,
    [MU_PAPER_CONTENTS] = MU_SAY_dossier_why_contents,
    [MU_PAPER_APPLICATION] = MU_SAY_dossier_why_application,
    [MU_PAPER_REGISTER] = MU_SAY_dossier_why_register,
    [MU_PAPER_RIGHTS] = MU_SAY_dossier_why_rights,
    [MU_PAPER_INVESTIGATION] = MU_SAY_dossier_why_investigation,
    [MU_PAPER_EVIDENCE] = MU_SAY_dossier_why_evidence,
    [MU_PAPER_RECORD] = MU_SAY_dossier_why_record,
    [MU_PAPER_AGREEMENT] = MU_SAY_dossier_why_agreement,
    [MU_PAPER_VISITS] = MU_SAY_dossier_why_visits,
    [MU_PAPER_COURT] = MU_SAY_dossier_why_court,
    [MU_PAPER_REMARKS] = MU_SAY_dossier_why_remarks,
    [MU_PAPER_BACK] = MU_SAY_dossier_why_back,
};

enum mu_message mu_dossier_need_name(enum mu_dossier_need need)
{
    return need == MU_DOSSIER_REQUIRED    ? MU_SAY_dossier_required
           : need == MU_DOSSIER_AS_NEEDED ? MU_SAY_dossier_as_needed
                                          : MU_SAY_dossier_not_needed;
}

enum mu_dossier_paper mu_dossier_paper_of(const struct mu_case *mediated,
                                          const struct mu_case_step *step)
{
    /* What puts an earlier step right lies behind it; what it is about always stands before it. */
    while (step->kind == MU_STEP_ADDED && step->about > 0 && step->about < step->number)
        step = &mediated->step[step->about - 1];
    switch (step->kind) {
    case MU_STEP_INTAKE:
    case MU_STEP_AMENDED:
    case MU_STEP_PARTY:
    case MU_STEP_MEDIATOR:
        return MU_PAPER_REGISTER;
    case MU_STEP_INFORMED:
        return MU_PAPER_RIGHTS;
    case MU_STEP_INVESTIGATED:
        return MU_PAPER_INVESTIGATION;
    case MU_STEP_MEETING:
        return MU_PAPER_RECORD;
    case MU_STEP_AGREED:
    case MU_STEP_PROMISE:
        return MU_PAPER_AGREEMENT;
    case MU_STEP_PERFORMED:
    case MU_STEP_VISITED:
        return MU_PAPER_VISITS;
    case MU_STEP_CONFIRMED:
        return MU_PAPER_COURT;
    case MU_STEP_ATTACHED:
        return (enum mu_dossier_paper)step->record.attachment.paper;
    default:
        return MU_PAPER_REMARKS;
    }
}

static bool wishes(const struct mu_case *mediated, int side)
{
    for (size_t i = 0; i < mediated->persons; i++)
        if (mediated->person[i].party.side == side && *mediated->person[i].party.wish)
            return true;
    return false;
}

static bool has_side(const struct mu_case *mediated, int side)
{
    for (size_t i = 0; i < mediated->persons; i++)
        if (mediated->person[i].party.side == side)
            return true;
    return false;
}

/* The last step of a kind, or NULL. */
static const struct mu_case_step *last(const struct mu_case *mediated, enum mu_case_step_kind kind)
{
    for (size_t i = mediated->steps; i-- > 0;)
        if (mediated->step[i].kind == kind)
            return &mediated->step[i];
    return NULL;
}

/* Who refuses or takes the matter back may have done so before anybody met. */
static bool ended_without_meeting(const struct mu_case *mediated)
{
    const struct mu_case_step *end = last(mediated, MU_STEP_ENDED);

    if (mediated->outcome == MU_CASE_HANDED_ON)
        return true;
    return (mediated->outcome == MU_CASE_FAILED || mediated->outcome == MU_CASE_WITHDRAWN) && end &&
           (end->record.ending.how == REFUSED || end->record.ending.how == WITHDRAWN);
}

static enum mu_dossier_need need_of(const struct mu_case *mediated, enum mu_dossier_paper paper)
{
    switch (paper) {
    case MU_PAPER_COVER:
    case MU_PAPER_CONTENTS:
    case MU_PAPER_REGISTER:
    case MU_PAPER_RIGHTS:
    case MU_PAPER_BACK:
        return MU_DOSSIER_REQUIRED;
    case MU_PAPER_APPLICATION:
        return mediated->intake && mediated->intake->source == ASKED_FOR ? MU_DOSSIER_REQUIRED
                                                                         : MU_DOSSIER_NOT;
    case MU_PAPER_RECORD:
        return ended_without_meeting(mediated) ? MU_DOSSIER_AS_NEEDED : MU_DOSSIER_REQUIRED;
    case MU_PAPER_AGREEMENT:
    case MU_PAPER_VISITS:
        return mediated->agreed ? MU_DOSSIER_REQUIRED : MU_DOSSIER_NOT;
    case MU_PAPER_COURT:
        if (last(mediated, MU_STEP_CONFIRMED))
            return MU_DOSSIER_REQUIRED;
        return mediated->agreed ? MU_DOSSIER_AS_NEEDED : MU_DOSSIER_NOT;
    default:
        return MU_DOSSIER_AS_NEEDED;
    }
}

static enum mu_message register_lacks(const struct mu_case *mediated)
{
    if (!mediated->intake)
        return MU_SAY_dossier_lack_register;
    return has_side(mediated, FIRST_SIDE) && has_side(mediated, OTHER_SIDE)
               ? (enum mu_message)0
               : MU_SAY_dossier_lack_side;
}

/* An agreement in writing takes effect when it is signed (section 29), an oral one when it is made
 * (section 30). */
static enum mu_message agreement_lacks(const struct mu_case *mediated, bool scan)
{
    const struct mu_case_agreement *agreement;

    if (!mediated->agreed)
        return scan ? (enum mu_message)0 : MU_SAY_dossier_lack_agreement;
    agreement = &mediated->step[mediated->agreed - 1].record.agreement;
    return agreement->form == WRITTEN && !*agreement->signed_by && !scan
               ? MU_SAY_dossier_lack_signatures
               : (enum mu_message)0;
}

static enum mu_message court_lacks(const struct mu_case *mediated, bool scan)
{
    const struct mu_case_step *step = last(mediated, MU_STEP_CONFIRMED);

    if (!step)
        return scan ? (enum mu_message)0 : MU_SAY_dossier_lack_court;
    return step->record.confirmation.court >= DECIDED && !*step->record.confirmation.document &&
                   !scan
               ? MU_SAY_dossier_lack_document
               : (enum mu_message)0;
}

/* A visit that belongs to the agreement in force. */
static bool was_visited(const struct mu_case *mediated)
{
    const struct mu_case_step *visit = last(mediated, MU_STEP_VISITED);

    return visit && visit->number > mediated->agreed;
}

/* What is missing of it; 0: nothing. */
static enum mu_message lack_of(const struct mu_case *mediated, const struct mu_dossier_item *item)
{
    bool scan = item->attachments > 0, any = item->steps > 0 || scan;

    switch (item->paper) {
    case MU_PAPER_APPLICATION:
        return scan || (mediated->intake && wishes(mediated, FIRST_SIDE))
                   ? (enum mu_message)0
                   : MU_SAY_dossier_lack_wish;
    case MU_PAPER_REGISTER:
        return register_lacks(mediated);
    case MU_PAPER_RIGHTS:
        return any ? (enum mu_message)0 : MU_SAY_dossier_lack_rights;
    case MU_PAPER_INVESTIGATION:
        return any ? (enum mu_message)0 : MU_SAY_dossier_lack_investigation;
    case MU_PAPER_EVIDENCE:
        return any ? (enum mu_message)0 : MU_SAY_dossier_lack_evidence;
    case MU_PAPER_RECORD:
        return any ? (enum mu_message)0 : MU_SAY_dossier_lack_record;
    case MU_PAPER_AGREEMENT:
        return agreement_lacks(mediated, scan);
    case MU_PAPER_VISITS:
        return was_visited(mediated) || scan ? (enum mu_message)0 : MU_SAY_dossier_lack_visits;
    case MU_PAPER_COURT:
        return court_lacks(mediated, scan);
    default:
        return 0; /* printed from whatever there is */
    }
}

void mu_dossier_make(const struct mu_case *mediated, struct mu_dossier_item out[MU_DOSSIER_ITEMS])
{
    for (int i = 0; i < MU_DOSSIER_ITEMS; i++)
        out[i] = (struct mu_dossier_item){.paper = (enum mu_dossier_paper)(i + 1),
                                          .why = reasons[i + 1]};
    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *step = &mediated->step[i];
        int paper = (int)mu_dossier_paper_of(mediated, step);

        /* A foreign hand may have written any code. */
        if (paper < 1 || paper > MU_DOSSIER_ITEMS)
            paper = MU_PAPER_EVIDENCE;
        if (step->kind == MU_STEP_ATTACHED)
            out[paper - 1].attachments++;
        else
            out[paper - 1].steps++;
    }
    for (int i = 0; i < MU_DOSSIER_ITEMS; i++) {
        struct mu_dossier_item *item = &out[i];
        enum mu_message lack = lack_of(mediated, item);

        item->need = need_of(mediated, item->paper);
        item->there = !lack;
        item->lack = item->need == MU_DOSSIER_REQUIRED ? lack : (enum mu_message)0;
    }
}

size_t mu_dossier_missing(const struct mu_case *mediated,
                          struct mu_dossier_item out[MU_DOSSIER_ITEMS])
{
    struct mu_dossier_item all[MU_DOSSIER_ITEMS];
    size_t count = 0;

    if (mediated->outcome == MU_CASE_MISTAKE)
        return 0;
    mu_dossier_make(mediated, all);
    for (int i = 0; i < MU_DOSSIER_ITEMS; i++)
        if (all[i].lack)
            out[count++] = all[i];
    return count;
}
