/* The people of an attendance list, one after the other by scanner, pinyin or name; recorded at
 * once. */
#include "tui/screens/attendance.h"

#include "base/growing.h"
#include "tui/screens/screens.h"
#include "tui/screens/search_box.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *mu_attendance_query(const struct attendance *self)
{
    const char *text = self->box.text;

    return mu_text_trim(&text) ? text : "";
}

static struct came *at_cursor(const struct attendance *self)
{
    return self->list.cursor < self->count ? &self->row[self->count - 1 - self->list.cursor] : NULL;
}

/* ---- adding ---- */

/* What would come of it. */
static enum mu_status look(struct mu_app *app, const struct attendance *self, struct came *came,
                           const char *who)
{
    struct mu_service_request request = self->request.all;
    struct mu_service_answer answer;
    enum mu_status status;

    request.who = who;
    request.resident_id = came->id;
    if (came->minutes) {
        request.minutes = came->minutes;
        request.starts_at = request.ends_at = 0;
    }
    status = mu_try_service(mu_screens_desk(app), &request, &answer, NULL);
    came->refused = status != MU_OK;
    came->why = answer.why;
    came->points = answer.service.points;
    if (*answer.name)
        memcpy(came->name, answer.name, sizeof came->name);
    if (answer.service.resident_id)
        came->id = answer.service.resident_id;
    return status;
}

static void say_came(struct mu_app *app, const struct came *came)
{
    char points[MU_POINTS_SIZE];

    if (came->refused) {
        mu_app_say_error(app, &came->why);
        return;
    }
    mu_points_format(came->points, points);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_attendance_added, came->name, points, NULL);
}

static bool stands(struct mu_app *app, struct attendance *self, const struct came *came)
{
    for (size_t i = 0; i < self->count; i++)
        if (self->row[i].id && self->row[i].id == came->id) {
            self->list.cursor = self->count - 1 - i;
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_attendance_twice, came->name, NULL);
            return true;
        }
    return false;
}

void mu_attendance_take(struct mu_app *app, struct attendance *self, struct came came,
                        const char *who)
{
    struct came *grown;
    struct mu_error error;

    (void)look(app, self, &came, who);
    if (stands(app, self, &came))
        return;
    if (!*came.name)
        mu_text_copy(came.name, sizeof came.name, who ? who : "");
    grown = self->count < MU_ATTENDEES
                ? mu_grown(self->row, self->count, &self->room, sizeof *self->row)
                : NULL;
    if (!grown) {
        (void)(mu_fail(&error, MU_INPUT, MU_SAY_error_attendance_many, NULL) == MU_OK);
        mu_app_say_error(app, &error);
        return;
    }
    self->row = grown;
    grown[self->count++] = came;
    self->list.cursor = 0;
    mu_list_count(&self->list, self->count);
    self->changed = true;
    say_came(app, &came);
}

static void box_done(struct attendance *self)
{
    mu_line_edit_clear(&self->box);
    self->hit_count = 0;
    self->stale = false;
    self->next_anew = false;
    mu_list_count(&self->hits, 0);
}

static bool take_hit(void *context, const struct mu_resident *resident)
{
    struct attendance *self = context;

    self->hit[self->hit_count++] = *resident;
    return self->hit_count < MU_ATTENDANCE_HITS;
}

void mu_attendance_catch_up(struct mu_app *app, struct attendance *self)
{
    struct mu_error error;

    if (!self->stale)
        return;
    self->stale = false;
    self->hit_count = 0;
    if (mu_find_residents(mu_screens_desk(app), mu_attendance_query(self), MU_ATTENDANCE_HITS,
                          take_hit, self, &error) != MU_OK)
        mu_app_say_error(app, &error);
    self->hits.cursor = self->hits.top = 0;
    mu_list_count(&self->hits, self->hit_count);
}

static void accept(struct mu_app *app, struct attendance *self)
{
    struct came came = {0};

    mu_attendance_catch_up(app, self);
    if (!*mu_attendance_query(self)) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_attendance_empty_box, NULL);
        return;
    }
    if (self->hits.cursor >= self->hit_count) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_attendance_nobody, NULL);
        return;
    }
    came.id = self->hit[self->hits.cursor].id;
    mu_text_copy(came.name, sizeof came.name, self->hit[self->hits.cursor].name);
    box_done(self);
    mu_attendance_take(app, self, came, NULL);
}

static void scanned(struct mu_app *app, struct attendance *self, const char *text)
{
    box_done(self);
    mu_attendance_take(app, self, (struct came){0}, text);
}

/* ---- the last list's people ---- */

struct gathering {
    int64_t *id; /* owned */
    size_t count, room;
};

static bool gather(void *context, const struct mu_service_line *line)
{
    struct gathering *gathering = context;
    int64_t *grown =
        mu_grown(gathering->id, gathering->count, &gathering->room, sizeof *gathering->id);

    if (!grown)
        return false;
    gathering->id = grown;
    if (!line->service.reversed_by)
        grown[gathering->count++] = line->service.resident_id;
    return true;
}

static void same_people(struct mu_app *app, struct attendance *self)
{
    struct gathering gathering = {0};
    struct mu_attendance_sheet last;
    struct mu_service_filter filter = {0};
    struct mu_error error;
    char number[24];
    size_t before = self->count;
    enum mu_status status = mu_last_list(mu_screens_desk(app), &last, &error);

    if (status == MU_OK && !last.id) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_attendance_no_last, NULL);
        return;
    }
    filter.attendance_id = last.id;
    if (status == MU_OK)
        status = mu_list_services(mu_screens_desk(app), &filter, gather, &gathering, &error);
    for (size_t i = gathering.count; status == MU_OK && i-- > 0;)
        mu_attendance_take(app, self, (struct came){.id = gathering.id[i]}, NULL);
    free(gathering.id);
    if (status != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    snprintf(number, sizeof number, "%zu", self->count - before);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_attendance_same, number, last.title, NULL);
}

/* ---- changing one ---- */

static void remove_one(struct mu_app *app, struct attendance *self)
{
    struct came *came = at_cursor(self);
    size_t index;

    if (!came) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_attendance_nothing, NULL);
        return;
    }
    mu_app_say(app, MU_TONE_PLAIN, MU_SAY_attendance_removed, came->name, NULL);
    index = (size_t)(came - self->row);
    memmove(came, came + 1, (self->count - index - 1) * sizeof *came);
    self->count--;
    mu_list_count(&self->list, self->count);
    self->changed = true;
}

static void minutes_given(struct mu_app *app, void *state, const char *text)
{
    struct attendance *self = state;
    struct mu_points minutes;
    struct mu_error error;

    if (!text)
        return;
    if (!mu_points_parse(text, &minutes) || minutes.count > MU_SERVICE_LONGEST) {
        (void)(mu_fail(&error, MU_INPUT, MU_SAY_error_service_long, NULL) == MU_OK);
        mu_app_say_error(app, &error);
        return;
    }
    for (size_t i = 0; i < self->count; i++)
        if (self->row[i].id == self->asking) {
            self->row[i].minutes = (int)minutes.count;
            (void)look(app, self, &self->row[i], NULL);
            say_came(app, &self->row[i]);
            self->changed = true;
        }
}

static void ask_minutes(struct mu_app *app, struct attendance *self)
{
    const struct came *came = at_cursor(self);
    char question[MU_MESSAGE_SIZE];

    if (!came || !came->id) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_attendance_nothing, NULL);
        return;
    }
    self->asking = came->id;
    mu_message_format(question, sizeof question, mu_app_language(app),
                      MU_SAY_attendance_ask_minutes, came->name, NULL);
    mu_app_prompt(app, question, 8, true, minutes_given, self);
}

/* ---- recording ---- */

/* Who was refused stays on the screen, with why. */
static void keep_refused(struct attendance *self, const struct mu_service_answer *answers)
{
    size_t kept = 0;

    for (size_t i = 0; i < self->count; i++) {
        if (answers[i].status == MU_OK)
            continue;
        self->row[kept] = self->row[i];
        self->row[kept].refused = true;
        self->row[kept++].why = answers[i].why;
    }
    self->count = kept;
    self->list.cursor = 0;
    mu_list_count(&self->list, self->count);
    self->changed = true;
}

static void say_recorded(struct mu_app *app, const struct attendance *self,
                         const struct mu_attendance_result *result)
{
    char number[2][24], points[MU_POINTS_SIZE];

    snprintf(number[0], sizeof number[0], "%zu", result->recorded);
    snprintf(number[1], sizeof number[1], "%zu", result->refused);
    mu_points_format(result->points, points);
    if (result->refused)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_attendance_recorded_some, number[0], points,
                   number[1], NULL);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_points_list_recorded, self->told.title, number[0],
                   points, NULL);
}

static void save(struct mu_app *app, struct attendance *self)
{
    struct mu_attendee *people = calloc(self->count + 1, sizeof *people);
    struct mu_service_answer *answers = calloc(self->count + 1, sizeof *answers);
    struct mu_attendance_result result = {0};
    struct mu_error error;
    enum mu_status status = people && answers ? MU_OK : mu_fail_memory(&error);

    for (size_t i = 0; status == MU_OK && i < self->count; i++)
        people[i] = (struct mu_attendee){.resident_id = self->row[i].id,
                                         .who = self->row[i].name,
                                         .minutes = self->row[i].minutes};
    if (status == MU_OK)
        status = mu_record_attendance(mu_screens_desk(app), &self->request, people, self->count,
                                      answers, &result, &error);
    if (status == MU_OK)
        keep_refused(self, answers);
    free(people);
    free(answers);
    if (status != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    say_recorded(app, self, &result);
    if (self->count)
        return;
    mu_attendance_drop(app, self);
    mu_app_pop(app);
}

/* ---- events ---- */

static void left(struct mu_app *app, void *state, bool yes)
{
    struct attendance *self = state;

    if (!yes)
        return;
    mu_attendance_drop(app, self);
    mu_app_pop(app);
}

static bool back(struct mu_app *app, struct attendance *self)
{
    char question[MU_MESSAGE_SIZE], number[24];

    if (self->box.length) {
        box_done(self);
        return true;
    }
    if (!self->count) {
        mu_attendance_drop(app, self);
        return false;
    }
    snprintf(number, sizeof number, "%zu", self->count);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_attendance_ask_leave,
                      self->told.title, number, NULL);
    mu_app_confirm(app, question, left, self);
    return true;
}

static bool attendance_key(struct mu_app *app, struct attendance *self,
                           const struct mu_event *event)
{
    switch (event->action) {
    case MU_DO_accept:
        accept(app, self);
        return true;
    case MU_DO_back:
        return back(app, self);
    case MU_DO_save:
        save(app, self);
        return true;
    case MU_DO_same:
        same_people(app, self);
        return true;
    case MU_DO_undo:
        remove_one(app, self);
        return true;
    case MU_DO_choose:
        ask_minutes(app, self);
        return true;
    default:
        mu_attendance_catch_up(app, self);
        if (mu_list_event(*mu_attendance_query(self) ? &self->hits : &self->list, event, NULL) !=
            MU_LIST_IGNORED)
            return true;
        return mu_search_box_typed(app, &self->box, event, &self->next_anew, &self->stale);
    }
}

static bool attendance_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct attendance *self = state;

    if (event->kind != MU_EVENT_KEY)
        return mu_search_box_typed(app, &self->box, event, &self->next_anew, &self->stale);
    if (event->scan) {
        scanned(app, self, event->scan);
        return true;
    }
    return attendance_key(app, self, event);
}

static struct mu_offer attendance_offer(struct mu_app *app, const void *state,
                                        enum mu_action action)
{
    const struct attendance *self = state;
    struct mu_offer offer = {.kind = MU_OFFER_YES};

    (void)app;
    switch (action) {
    case MU_DO_accept:
        offer.label = MU_SAY_attendance_add_label;
        return offer;
    case MU_DO_save:
        offer.label = MU_SAY_attendance_save_label;
        break;
    case MU_DO_same:
        offer.label = MU_SAY_attendance_same_label;
        return offer;
    case MU_DO_undo:
        offer.label = MU_SAY_attendance_remove_label;
        break;
    case MU_DO_choose:
        offer.label = MU_SAY_attendance_minutes_label;
        break;
    default:
        offer.kind = MU_OFFER_NONE;
        return offer;
    }
    if (!self->count) {
        offer.kind = MU_OFFER_NOT_NOW;
        offer.why = MU_SAY_attendance_nothing;
    }
    return offer;
}

static void found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct came came = {.id = resident->id};

    mu_text_copy(came.name, sizeof came.name, resident->name);
    mu_attendance_take(app, state, came, NULL);
}

static void attendance_find(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_find_for(app, found, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static bool attendance_scan(struct mu_app *app, void *state, const char *text)
{
    scanned(app, state, text);
    return true;
}

static void attendance_close(struct mu_app *app, void *state)
{
    struct attendance *self = state;

    (void)app;
    free(self->row);
    free(self);
}

static const struct mu_screen_type attendance_type = {
    .name = "attendance",
    .title = MU_SAY_attendance_title,
    .event = attendance_event,
    .draw = mu_attendance_draw,
    .offer = attendance_offer,
    .find = attendance_find,
    .scan = attendance_scan,
    .draft = mu_attendance_keep,
    .close = attendance_close,
};

enum mu_status mu_attendance_start(struct mu_app *app, const struct mu_list_told *told,
                                   struct attendance **out, struct mu_error *error)
{
    struct attendance *self = calloc(1, sizeof *self);
    const char *field;
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->told = *told;
    self->today = mu_app_now(app).date;
    mu_screen_draft_begin(&self->draft, app, "%s", MU_ATTENDANCE_DRAFT);
    self->changed = true;
    mu_line_edit_init(&self->box, MU_ATTENDANCE_QUERY);
    self->box.folded = true;
    self->box.placeholder = MU_SAY_attendance_placeholder;
    mu_attendance_lists(self);
    status = mu_list_request(&self->told, &self->request, &field, error);
    if (status == MU_OK)
        status = mu_app_push(app, &attendance_type, self, error);
    else
        free(self);
    if (status == MU_OK)
        *out = self;
    return status;
}

enum mu_status mu_open_attendance(struct mu_app *app, const struct mu_list_told *told,
                                  struct mu_error *error)
{
    struct attendance *self;

    return mu_attendance_start(app, told, &self, error);
}
