/* Who is at the desk: at the start, when somebody else takes over, and behind a locked screen. */
#include "tui/line_edit.h"
#include "tui/picker.h"
#include "tui/screens/closing_form.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/operators.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 200, ASIDE_SIZE = 64, PASSWORD_SIZE = 257, BOX_ROWS = 11, BOX_COLUMNS = 46 };

enum occasion { START, CHANGE, LOCK, SIGN };

struct sign_in {
    enum occasion occasion;
    struct mu_operator people[PEOPLE];
    char asides[PEOPLE][ASIDE_SIZE];
    size_t count;
    struct mu_picker *picker;         /* NULL while the password is asked for */
    char name[MU_OPERATOR_NAME_SIZE]; /* whose password */
    struct mu_line_edit password;
    /* Of SIGN: who wants to know, and the operator, who cannot sign twice. */
    void (*signed_by)(struct mu_app *app, void *state, const char *name, const char *password);
    void *state;
    int64_t except;
};

static void forget_password(struct sign_in *self)
{
    explicit_bzero(self->password.text, sizeof self->password.text);
    mu_line_edit_init(&self->password, PASSWORD_SIZE);
    self->password.masked = true;
}

static bool take_person(void *context, const struct mu_operator *operator)
{
    struct sign_in *self = context;

    if (operator->id == self->except)
        return true;
    memcpy(&self->people[self->count++], operator, sizeof * operator);
    return self->count < PEOPLE;
}

/* What stands behind a name: the role and, where everybody is made up, the PIN. */
static void describe(struct mu_app *app, const struct mu_operator *operator, char * out)
{
    enum mu_language language = mu_app_language(app);
    const char *pin = mu_demo_pin(mu_screens_desk(app), operator->name);
    enum mu_role role;
    const char *word = mu_role_from_word(operator->role, &role) ? mu_role_name(role, language) : "";

    if (!operator->has_password)
        mu_message_format(out, ASIDE_SIZE, language, MU_SAY_sign_in_no_password, word, NULL);
    else if (*pin)
        mu_message_format(out, ASIDE_SIZE, language, MU_SAY_sign_in_pin, word, pin, NULL);
    else
        mu_text_copy(out, ASIDE_SIZE, word);
}

static enum mu_status ask_name(struct mu_app *app, struct sign_in *self, struct mu_error *error)
{
    struct mu_pick picks[PEOPLE];
    struct mu_picker *picker;
    enum mu_status status;

    self->count = 0;
    status = mu_list_colleagues(mu_screens_desk(app), take_person, self, error);
    if (status != MU_OK)
        return status;
    for (size_t i = 0; i < self->count; i++) {
        describe(app, &self->people[i], self->asides[i]);
        picks[i] = (struct mu_pick){(int)i, self->people[i].name, self->asides[i], NULL};
    }
    picker = mu_picker_new(picks, self->count, 0, error);
    if (!picker)
        return error->status;
    mu_picker_free(&self->picker);
    self->picker = picker;
    forget_password(self);
    return MU_OK;
}

static void go_to_names(struct mu_app *app, struct sign_in *self)
{
    struct mu_error error;

    if (ask_name(app, self, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void ask_password(struct sign_in *self, const char *name)
{
    mu_picker_free(&self->picker);
    mu_text_copy(self->name, sizeof self->name, name);
    forget_password(self);
}

/* Esc among the names. */
static void leave(struct mu_app *app, struct sign_in *self)
{
    if (self->occasion == START)
        mu_app_quit(app);
    else if (self->occasion == CHANGE || self->occasion == SIGN)
        mu_app_pop(app);
    else
        ask_password(self, mu_desk_operator(mu_screens_desk(app)));
}

static bool name_event(struct mu_app *app, struct sign_in *self, const struct mu_event *event)
{
    int code = 0;

    switch (mu_picker_event(self->picker, event, &code)) {
    case MU_PICKER_CHOSEN:
        ask_password(self, self->people[code].name);
        return true;
    case MU_PICKER_LEFT:
        leave(app, self);
        return true;
    case MU_PICKER_USED:
        return true;
    default:
        return false;
    }
}

/* The popup goes first: who asked may open another. */
static void hand_over(struct mu_app *app, const struct sign_in *self)
{
    struct sign_in kept = *self;

    mu_app_pop(app);
    kept.signed_by(app, kept.state, kept.name, kept.password.text);
    explicit_bzero(&kept, sizeof kept);
}

static void try_password(struct mu_app *app, struct sign_in *self)
{
    struct mu_desk *desk = mu_screens_desk(app);
    struct mu_error error;
    enum mu_status status;

    mu_app_draft(app);
    status = mu_desk_sign_in(desk, self->name, self->password.text, &error);
    forget_password(self);
    if (status != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_app_set_operator(app, mu_desk_operator(desk));
    mu_app_pop(app);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_sign_in_done, mu_desk_operator(desk), NULL);
}

static bool password_event(struct mu_app *app, struct sign_in *self, const struct mu_event *event)
{
    enum mu_line_result result;

    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back) {
        go_to_names(app, self);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_accept) {
        if (event->scan) {
            forget_password(self);
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_prompt_scan, NULL);
        } else if (*self->password.text && self->occasion == SIGN) {
            hand_over(app, self);
        } else if (*self->password.text) {
            try_password(app, self);
        } else {
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_prompt_empty, NULL);
        }
        return true;
    }
    result = mu_line_edit_event(&self->password, event);
    if (result == MU_LINE_FULL)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_prompt_full, NULL);
    return result != MU_LINE_IGNORED;
}

static bool sign_in_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct sign_in *self = state;

    return self->picker ? name_event(app, self, event) : password_event(app, self, event);
}

static enum mu_message heading(const struct sign_in *self)
{
    if (self->occasion == LOCK)
        return MU_SAY_sign_in_locked;
    if (self->occasion == SIGN)
        return MU_SAY_closing_second;
    return self->occasion == CHANGE ? MU_SAY_sign_in_change : MU_SAY_sign_in_title;
}

static void sign_in_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                         const struct mu_layout *layout)
{
    struct sign_in *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area box = layout->work, inside;
    char text[MU_MESSAGE_SIZE];
    int row;

    box.rows = BOX_ROWS;
    box.columns = BOX_COLUMNS;
    box.column = (layout->columns - BOX_COLUMNS) / 2;
    inside = mu_grid_box(grid, box, mu_message_text(heading(self), language));
    if (self->picker) {
        mu_picker_draw(self->picker, grid, inside, language);
        return;
    }
    row = inside.row + 1;
    mu_message_format(text, sizeof text, language,
                      self->occasion == LOCK ? MU_SAY_sign_in_unlock : MU_SAY_sign_in_password,
                      self->name, NULL);
    row += mu_grid_paragraph(grid, (struct mu_area){row, inside.column + 1, 4, inside.columns - 2},
                             text, MU_STYLE_NORMAL);
    mu_line_edit_draw(&self->password, grid, row + 1, inside.column + 1, inside.columns - 2, true,
                      language);
}

static struct mu_offer sign_in_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)app, (void)state;
    return (struct mu_offer){.kind = action == MU_DO_accept ? MU_OFFER_YES : MU_OFFER_NONE};
}

static void sign_in_close(struct mu_app *app, void *state)
{
    struct sign_in *self = state;

    (void)app;
    mu_picker_free(&self->picker);
    explicit_bzero(self, sizeof *self);
    free(self);
}

#define SIGN_IN                                                                                    \
    .event = sign_in_event, .draw = sign_in_draw, .offer = sign_in_offer, .close = sign_in_close

static const struct mu_screen_type start_type = {
    .name = "sign_in", .title = MU_SAY_sign_in_title, .cover = true, SIGN_IN};
static const struct mu_screen_type lock_type = {
    .name = "lock", .title = MU_SAY_sign_in_locked, .cover = true, SIGN_IN};
static const struct mu_screen_type change_type = {
    .name = "change", .title = MU_SAY_sign_in_change, .popup = true, SIGN_IN};

static const struct mu_screen_type sign_type = {
    .name = "second", .title = MU_SAY_closing_second, .popup = true, SIGN_IN};

static enum mu_status open_popup(struct mu_app *app, const struct mu_screen_type *type,
                                 enum occasion occasion, const char *name, struct mu_error *error)
{
    struct sign_in *self = calloc(1, sizeof *self);
    enum mu_status status = MU_OK;

    if (!self)
        return mu_fail_memory(error);
    self->occasion = occasion;
    if (name)
        ask_password(self, name);
    else
        status = ask_name(app, self, error);
    if (status != MU_OK) {
        sign_in_close(app, self);
        return status;
    }
    return mu_app_push(app, type, self, error);
}

enum mu_status mu_open_sign_in(struct mu_app *app, const char *name, struct mu_error *error)
{
    return open_popup(app, &start_type, START, name, error);
}

void mu_change_operator(struct mu_app *app)
{
    struct mu_error error;

    if (open_popup(app, &change_type, CHANGE, NULL, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

void mu_lock_screen(struct mu_app *app)
{
    const struct mu_operator *self = mu_desk_self(mu_screens_desk(app));
    struct mu_error error;

    if (self->has_password && open_popup(app, &lock_type, LOCK, self->name, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

void mu_ask_colleague(struct mu_app *app,
                      void (*signed_by)(struct mu_app *app, void *state, const char *name,
                                        const char *password),
                      void *state)
{
    struct sign_in *self = calloc(1, sizeof *self);
    struct mu_error error;
    enum mu_status status = self ? MU_OK : mu_fail_memory(&error);

    if (self) {
        self->occasion = SIGN;
        self->signed_by = signed_by;
        self->state = state;
        self->except = mu_desk_operator_id(mu_screens_desk(app));
        status = ask_name(app, self, &error);
    }
    if (status == MU_OK && self->count == 0)
        status = mu_fail(&error, MU_REFUSED, MU_SAY_error_closing_alone, NULL);
    if (status == MU_OK) {
        status = mu_app_push(app, &sign_type, self, &error);
    } else if (self) {
        sign_in_close(app, self);
    }
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}
