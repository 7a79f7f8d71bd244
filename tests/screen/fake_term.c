#include "screen/fake_term.h"

#include <mulin/base/text.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct fake_term *of(struct mu_term *term)
{
    return term->context;
}

static void next(struct mu_term *term, int timeout, struct mu_event *event)
{
    struct fake_term *fake = of(term);
    struct fake_step *step = &fake->step[fake->next];

    memset(event, 0, sizeof *event);
    while (fake->next < fake->count && step->look && timeout > 0 && step->at <= fake->now) {
        memcpy(step->look, fake->shown, FAKE_SHOWN);
        step = &fake->step[++fake->next];
    }
    if (fake->next == fake->count) {
        event->kind = timeout > 0 ? MU_EVENT_HANGUP : MU_EVENT_NONE;
        return;
    }
    if (step->look || step->at > fake->now + timeout) {
        fake->now += step->look && step->at < fake->now + timeout ? step->at - fake->now : timeout;
        return;
    }
    if (step->at > fake->now)
        fake->now = step->at;
    *event = step->event;
    if (event->kind == MU_EVENT_TEXT || event->kind == MU_EVENT_PASTE)
        event->text = step->long_text ? step->long_text : step->text;
    if (event->kind == MU_EVENT_RESIZE) {
        fake->rows = step->rows;
        fake->columns = step->columns;
    }
    fake->next++;
}

static void size(struct mu_term *term, int *rows, int *columns)
{
    *rows = of(term)->rows;
    *columns = of(term)->columns;
}

static void present(struct mu_term *term, const struct mu_grid *grid)
{
    mu_grid_text(grid, of(term)->shown, FAKE_SHOWN);
    of(term)->presents++;
}

static void theme(struct mu_term *term, enum mu_theme chosen)
{
    of(term)->theme = chosen;
}

static void repaint(struct mu_term *term)
{
    of(term)->repaints++;
}

static void bell(struct mu_term *term)
{
    (void)term;
}

static void settled(struct mu_term *term)
{
    of(term)->settles++;
}

static int64_t milliseconds(struct mu_term *term)
{
    return of(term)->now;
}

void fake_init(struct fake_term *fake, int rows, int columns)
{
    memset(fake, 0, sizeof *fake);
    fake->rows = rows;
    fake->columns = columns;
    fake->term = (struct mu_term){.context = fake,
                                  .next = next,
                                  .size = size,
                                  .present = present,
                                  .theme = theme,
                                  .repaint = repaint,
                                  .bell = bell,
                                  .settled = settled,
                                  .milliseconds = milliseconds};
}

static struct fake_step *add(struct fake_term *fake)
{
    struct fake_step *step = &fake->step[fake->count];

    assert_true(fake->count + 1 < FAKE_STEPS);
    fake->count++;
    step->at = fake->script_time;
    return step;
}

void fake_wait(struct fake_term *fake, int pause)
{
    fake->script_time += pause;
}

void fake_key(struct fake_term *fake, enum mu_key key)
{
    add(fake)->event = (struct mu_event){.kind = MU_EVENT_KEY, .key = key};
}

static void type_apart(struct fake_term *fake, const char *text, int gap)
{
    uint32_t rune;
    size_t step;

    for (; (step = mu_text_rune(text, &rune)) > 0; text += step) {
        struct fake_step *typed = add(fake);

        typed->event.kind = MU_EVENT_TEXT;
        memcpy(typed->text, text, step);
        fake_wait(fake, gap);
    }
}

void fake_type(struct fake_term *fake, const char *text)
{
    type_apart(fake, text, 0);
}

void fake_fingers(struct fake_term *fake, const char *text)
{
    type_apart(fake, text, 120);
}

void fake_scan(struct fake_term *fake, const char *text, enum mu_key end)
{
    type_apart(fake, text, 10);
    fake_key(fake, end);
}

void fake_paste(struct fake_term *fake, const char *text)
{
    struct fake_step *step = add(fake);

    step->event.kind = MU_EVENT_PASTE;
    step->long_text = text;
}

void fake_resize(struct fake_term *fake, int rows, int columns)
{
    struct fake_step *step = add(fake);

    step->event.kind = MU_EVENT_RESIZE;
    step->rows = rows;
    step->columns = columns;
}

void fake_look(struct fake_term *fake, char *out)
{
    add(fake)->look = out;
}
