/* What else can be done on the page of a case: corrections, scans, readers, repeated quarrels. */
#include "tui/screens/case_page.h"
#include "tui/screens/case_page_state.h"
#include "tui/screens/case_step_form.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/operators.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_SHOWN = 8, EVIDENCE = 7 };

/* ---- putting right ---- */

void mu_case_page_mend(struct mu_app *app, void *state)
{
    struct mu_case_page *self = state;
    const struct mu_case_row *row = mu_case_page_row(self);
    const struct mu_case *mediated = &self->mediated;
    int kind = MU_STEP_ADDED, about = 0;
    enum mu_message why = 0;

    if (row->part == MU_PART_PARTIES) {
        kind = MU_STEP_PARTY;
        about = mediated->person[row->index].number;
    } else if (row->part == MU_PART_PROMISES) {
        about = mediated->promise[row->index].step;
    } else if (mediated->step[row->index].kind == MU_STEP_INTAKE ||
               mediated->step[row->index].kind == MU_STEP_AMENDED) {
        kind = MU_STEP_AMENDED;
    } else {
        about = (int)row->index + 1;
    }
    if (!mu_case_may(mediated, (enum mu_case_step_kind)kind, &why) && why) {
        mu_app_say(app, MU_TONE_WARNING, why, NULL);
        return;
    }
    mu_case_page_write(app, self, kind, about);
}

/* ---- scans ---- */

static void attach(struct mu_app *app, struct mu_case_page *self, int paper)
{
    struct mu_case_written written;
    struct mu_error error;
    const struct mu_case_step *step;
    char hash[HASH_SHOWN + 1];

    if (mu_attach_to_case(mu_screens_desk(app), self->id, self->path, paper, &written, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_case_page_read(app, self);
    step = self->mediated.steps ? &self->mediated.step[self->mediated.steps - 1] : NULL;
    if (!step || step->kind != MU_STEP_ATTACHED)
        return;
    snprintf(hash, sizeof hash, "%.*s", HASH_SHOWN, step->record.attachment.hash);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_case_page_attached, step->record.attachment.file, hash,
               NULL);
}

static void paper_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    if (chosen)
        attach(app, state, code);
}

static void path_given(struct mu_app *app, void *state, const char *text)
{
    struct mu_case_page *self = state;
    enum mu_language language = mu_app_language(app);
    const char *folder = getenv("HOME");
    struct mu_pick picks[MU_OFFERS];
    size_t count = 0;

    if (!text)
        return;
    if (strncmp(text, "~/", 2) == 0 && folder)
        snprintf(self->path, sizeof self->path, "%s%s", folder, text + 1);
    else
        mu_text_copy(self->path, sizeof self->path, text);
    for (size_t i = 0; i < mu_case_papers.count && count < MU_OFFERS; i++)
        picks[count++] = (struct mu_pick){
            .code = mu_case_papers.choice[i].code,
            .text = mu_choice_word(&mu_case_papers, mu_case_papers.choice[i].code, language),
            .words = mu_case_papers.choice[i].words};
    mu_app_pick(app, mu_message_text(MU_SAY_case_page_which_paper, language), picks, count,
                EVIDENCE, paper_picked, self);
}

void mu_case_page_attach(struct mu_app *app, struct mu_case_page *self)
{
    mu_app_prompt(app, mu_message_text(MU_SAY_case_page_ask_path, mu_app_language(app)),
                  sizeof self->path, true, path_given, self);
}

/* ---- repeated quarrels ---- */

static void related_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct mu_case_page *self = state;
    struct mu_error error;

    if (chosen && mu_open_case_page(app, self->offers.id[code], &error) != MU_OK)
        mu_app_say_error(app, &error);
}

struct gathering {
    struct mu_case_offers *offers;
    enum mu_language language;
};

static bool offer_case(void *context, const struct mu_case_line *line)
{
    const struct gathering *gathering = context;
    char *text = mu_case_offer(gathering->offers, line->id);

    if (!text)
        return false;
    snprintf(text, MU_OFFER_SIZE, "%s %s %.100s", line->number,
             mu_message_text(mu_case_state_name(line->state), gathering->language),
             line->access == MU_CASE_HIDDEN
                 ? mu_message_text(MU_SAY_case_page_hidden, gathering->language)
                 : line->label);
    return true;
}

static void offer_related(struct mu_app *app, struct mu_case_page *self)
{
    struct gathering gathering = {&self->offers, mu_app_language(app)};
    struct mu_error error;

    self->offers.count = 0;
    if (mu_list_related_cases(mu_screens_desk(app), self->id, offer_case, &gathering, &error) !=
        MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_case_choose(app, self, MU_SAY_case_page_related, MU_SAY_case_page_not_related,
                       related_picked);
}

/* ---- F4 ---- */

enum { DO_PAPER, DO_ADD, DO_ATTACH, DO_RELATED, DO_READERS, DO_FILE, DO_NUMBERS };

static int64_t file_of_row(const struct mu_case_page *self)
{
    const struct mu_case_row *row = mu_case_page_row(self);

    return row && row->part == MU_PART_PARTIES ? self->mediated.person[row->index].resident_id : 0;
}

/* The step at the cursor; 0 on a party. */
static int step_of_row(const struct mu_case_page *self)
{
    const struct mu_case_row *row = mu_case_page_row(self);

    if (!row || row->part == MU_PART_PARTIES)
        return 0;
    return row->part == MU_PART_STEPS ? (int)row->index + 1
                                      : self->mediated.promise[row->index].step;
}

/* Whole numbers of the party at the cursor, now that the reason stands in the trail. */
static void reason_given(struct mu_app *app, void *state, const char *text)
{
    struct mu_case_page *self = state;
    const struct mu_case_row *row = mu_case_page_row(self);
    struct mu_case whole;
    struct mu_error error;
    char words[MU_PERSON_NAME_SIZE + MU_PHONE_SIZE + MU_ID_NUMBER_SIZE + 64];

    if (!text || !row || row->part != MU_PART_PARTIES)
        return;
    if (mu_read_case_to_export(mu_screens_desk(app), self->id, text, &whole, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    if (row->index < whole.persons) {
        const struct mu_case_party *party = &whole.person[row->index].party;

        mu_message_format(words, sizeof words, mu_app_language(app), MU_SAY_case_page_numbers,
                          *party->phone ? party->phone : "—",
                          *party->id_number ? party->id_number : "—", NULL);
        mu_app_read(app, party->name, words);
    }
    mu_case_clear(&whole);
}

static void more_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct mu_case_page *self = state;
    struct mu_error error;
    enum mu_status status = MU_OK;

    if (!chosen)
        return;
    switch (code) {
    case DO_PAPER:
        status = mu_open_case_paper(app, self->id, &error);
        break;
    case DO_ADD:
        mu_case_page_write(app, self, MU_STEP_ADDED, step_of_row(self));
        break;
    case DO_ATTACH:
        mu_case_page_attach(app, self);
        break;
    case DO_RELATED:
        offer_related(app, self);
        break;
    case DO_NUMBERS:
        mu_app_prompt(app, mu_message_text(MU_SAY_case_page_ask_reason, mu_app_language(app)),
                      MU_REASON_SIZE, true, reason_given, self);
        break;
    case DO_READERS:
        status = mu_open_case_readers(app, self->id, self->mediated.number, &error);
        break;
    default:
        status = mu_open_resident_file(app, file_of_row(self), &error);
        break;
    }
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

void mu_case_page_more(struct mu_app *app, void *state)
{
    struct mu_case_page *self = state;
    enum mu_language language = mu_app_language(app);
    bool handles = self->access == MU_CASE_HANDLE;
    const struct {
        int code;
        enum mu_message words;
        bool offered;
    } all[] = {
        {DO_PAPER, MU_SAY_case_page_do_paper, true},
        {DO_ADD, MU_SAY_case_page_do_add,
         handles && step_of_row(self) && mu_case_may(&self->mediated, MU_STEP_ADDED, NULL)},
        {DO_ATTACH, MU_SAY_case_page_do_attach,
         handles && mu_case_may(&self->mediated, MU_STEP_ATTACHED, NULL)},
        {DO_RELATED, MU_SAY_case_page_do_related, true},
        {DO_NUMBERS, MU_SAY_case_page_do_numbers,
         mu_case_page_row(self) && mu_case_page_row(self)->part == MU_PART_PARTIES &&
             mu_desk_ask(mu_screens_desk(app), MU_MAY_export_case, NULL) == MU_OK},
        {DO_FILE, MU_SAY_case_page_do_file,
         file_of_row(self) &&
             mu_desk_ask(mu_screens_desk(app), MU_MAY_read_resident, NULL) == MU_OK},
        {DO_READERS, MU_SAY_case_page_do_readers,
         mu_desk_ask(mu_screens_desk(app), MU_MAY_name_case_readers, NULL) == MU_OK},
    };
    struct mu_pick picks[sizeof all / sizeof *all];
    size_t count = 0;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].offered)
            picks[count++] = (struct mu_pick){.code = all[i].code,
                                              .text = mu_message_text(all[i].words, language)};
    mu_app_pick(app, self->mediated.number, picks, count, picks[0].code, more_picked, self);
}
