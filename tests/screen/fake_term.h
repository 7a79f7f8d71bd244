/* A terminal that plays a script: keys at given times, screens looked at in between. Its clock is
 * its own, so nothing waits. When the script is over the line hangs up. */
#ifndef MULIN_TESTS_SCREEN_FAKE_TERM_H
#define MULIN_TESTS_SCREEN_FAKE_TERM_H

#include "tui/term.h"

enum { FAKE_STEPS = 32768, FAKE_TEXT = 32, FAKE_SHOWN = 65536 };

struct fake_step {
    int64_t at;
    struct mu_event event;
    char text[FAKE_TEXT];
    const char *long_text; /* instead of text; borrowed */
    int rows, columns;     /* of a RESIZE */
    char *look;            /* gets the screen, FAKE_SHOWN bytes; not an event */
};

struct fake_term {
    struct mu_term term;
    struct fake_step step[FAKE_STEPS];
    size_t count, next;
    int64_t now, script_time;
    int rows, columns;
    char shown[FAKE_SHOWN]; /* what was presented last, as mu_grid_text writes it */
    int presents, settles, repaints;
    enum mu_theme theme;
};

void fake_init(struct fake_term *fake, int rows, int columns);
/* The steps below come when those before are through. Time passes only in fake_wait. */
void fake_wait(struct fake_term *fake, int milliseconds);
void fake_key(struct fake_term *fake, enum mu_key key);
/* One TEXT event for each character, at once. */
void fake_type(struct fake_term *fake, const char *text);
/* The same, a person's 120 ms apart. */
void fake_fingers(struct fake_term *fake, const char *text);
/* A scanner: 10 ms between characters and before the closing key. */
void fake_scan(struct fake_term *fake, const char *text, enum mu_key end);
void fake_paste(struct fake_term *fake, const char *text);
void fake_resize(struct fake_term *fake, int rows, int columns);
/* Copies the screen, once everything before is handled and drawn. `out` has FAKE_SHOWN bytes. */
void fake_look(struct fake_term *fake, char *out);

#endif
