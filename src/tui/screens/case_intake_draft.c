/* The draft of an intake as it is kept: parts that begin with a line [part], the mediator's own
 * words last and as they are. */
#include "tui/screens/case_intake.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORM_SIZE = 16 * 1024 };

static const char about_head[] = "\n[about]\n"; /* no value stands behind a line end */

void mu_intake_drop(struct mu_intake *self)
{
    mu_screen_draft_drop(&self->draft, self->app);
}

/* ---- writing ---- */

static void write_form(FILE *out, const char *head, int64_t id, const struct mu_form *form)
{
    char body[FORM_SIZE];

    mu_form_draft_write(form, NULL, body, sizeof body);
    fprintf(out, "[%s %" PRId64 "]\n%s", head, id, body);
}

static void write_draft(FILE *out, const struct mu_intake *self)
{
    fprintf(out, "[view %d]\nquestion=%zu\npart=%d\nparty=%zu\n", self->one_by_one, self->question,
            self->at.part, self->at.party);
    write_form(out, "matter", 0, self->matter.form);
    write_form(out, "report", 0, self->report.form);
    for (size_t i = 0; i < self->parties; i++)
        write_form(out, "party", self->party[i].step.resident_id, self->party[i].form);
    for (size_t i = 0; i < self->chosen_count; i++)
        fprintf(out, "[mediator %" PRId64 "]\nduty=%d\nconsent=%d\nname=%s\n", self->chosen[i].id,
                self->chosen[i].duty, self->chosen[i].consent, self->chosen[i].name);
    fprintf(out, "%s%s", about_head + 1, mu_text_area_text(self->about));
}

/* Asks all that can be typed in; each answers yes just once. */
static bool due(struct mu_intake *self)
{
    bool changed = self->changed;

    self->changed = false;
    changed |= mu_form_draft_due(self->matter.form);
    changed |= mu_form_draft_due(self->report.form);
    for (size_t i = 0; i < self->parties; i++)
        changed |= mu_form_draft_due(self->party[i].form);
    changed |= mu_text_area_draft_due(self->about);
    return changed;
}

void mu_intake_keep(struct mu_app *app, void *state)
{
    struct mu_intake *self = state;
    char *body = NULL;
    size_t length;
    FILE *out;

    if (!due(self))
        return;
    out = open_memstream(&body, &length);
    if (out)
        write_draft(out, self);
    if (out && fclose(out) == 0) {
        self->changed = !mu_screen_draft_keep(&self->draft, app, body);
    } else {
        self->changed = true;
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
    }
    free(body);
}

/* ---- reading ---- */

static size_t number_in(const char *body, const char *key)
{
    const char *at = strstr(body, key);

    return at ? (size_t)strtoull(strchr(at, '=') + 1, NULL, 10) : 0;
}

static void read_view(struct mu_intake *self, int64_t one_by_one, const char *body)
{
    size_t part = number_in(body, "part=");

    self->one_by_one = one_by_one == 1;
    self->question = number_in(body, "question=");
    if (part < MU_INTAKE_READ_BACK)
        self->at = (struct mu_intake_place){(enum mu_intake_part)part, number_in(body, "party=")};
}

static void read_party(struct mu_intake *self, size_t *party, int64_t id, const char *body)
{
    struct mu_error error;

    if (*party >= self->parties && mu_intake_add_party(self, &error) != MU_OK)
        mu_app_say_error(self->app, &error);
    if (*party >= self->parties)
        return;
    mu_form_draft_read(self->party[*party].form, body);
    self->party[*party].step.resident_id = id;
    ++*party;
}

static void read_mediator(struct mu_intake *self, int64_t id, const char *body)
{
    struct mu_intake_mediator *at = &self->chosen[self->chosen_count];
    const char *name = strstr(body, "name=");

    if (self->chosen_count == MU_INTAKE_MEDIATORS || !name)
        return;
    *at = (struct mu_intake_mediator){.id = id,
                                      .duty = (int)number_in(body, "duty="),
                                      .consent = (int)number_in(body, "consent=")};
    name = strchr(name, '=') + 1;
    snprintf(at->name, sizeof at->name, "%.*s", (int)strcspn(name, "\n"), name);
    self->chosen_count++;
}

static bool named(const char *head, const char *word)
{
    size_t length = strcspn(head, " ");

    return strncmp(head, word, length) == 0 && !word[length];
}

/* `head` is what stands between the brackets: a word and a number. */
static void read_part(struct mu_intake *self, const char *head, const char *body, size_t *party)
{
    int64_t id = strtoll(head + strcspn(head, " "), NULL, 10);

    if (named(head, "view"))
        read_view(self, id, body);
    else if (named(head, "matter"))
        mu_form_draft_read(self->matter.form, body);
    else if (named(head, "report"))
        mu_form_draft_read(self->report.form, body);
    else if (named(head, "party"))
        read_party(self, party, id, body);
    else if (named(head, "mediator"))
        read_mediator(self, id, body);
}

static void read_draft(struct mu_intake *self, char *draft)
{
    char *at = draft, *about = strstr(draft, about_head);
    size_t party = 0;

    if (about) {
        (void)mu_text_area_replace(self->about, about + sizeof about_head - 1);
        *about = '\0';
    }
    while (at && *at == '[') {
        char *head = at + 1, *body = strchr(at, '\n'), *next;
        const char *text;

        if (!body)
            break;
        *body++ = '\0';
        next = *body == '[' ? body : strstr(body, "\n[");
        text = next == body ? "" : body; /* an empty part */
        if (next && next != body)
            *next++ = '\0';
        head[strcspn(head, "]")] = '\0';
        read_part(self, head, text, &party);
        at = next;
    }
}

void mu_intake_take_up(struct mu_intake *self)
{
    struct mu_intake_question question[MU_INTAKE_QUESTIONS];
    struct mu_intake_place place[MU_INTAKE_PAGES];
    size_t count, pages, at = 0;
    struct mu_error error;
    char *draft = NULL;

    if (mu_desk_draft(mu_screens_desk(self->app), MU_INTAKE_DRAFT, &draft, &error) != MU_OK) {
        mu_app_say_error(self->app, &error);
        return;
    }
    if (!draft)
        return;
    read_draft(self, draft);
    free(draft);
    count = mu_intake_questions(self, question);
    if (self->question >= count)
        self->question = count - 1;
    pages = mu_intake_pages(self, place);
    while (at < pages && !(place[at].part == self->at.part && place[at].party == self->at.party))
        at++;
    if (at == pages)
        self->at = place[0];
    (void)due(self); /* what was read need not be kept again */
    mu_app_say(self->app, MU_TONE_PLAIN, MU_SAY_intake_draft_found, NULL);
}
