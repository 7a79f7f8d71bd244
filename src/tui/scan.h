/* Scanners are keyboards: this tells their bursts from fingers. Nothing is held back: it looks on
 * and says, at the closing Enter or Tab, whether a scanner typed. */
#ifndef MULIN_TUI_SCAN_H
#define MULIN_TUI_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MU_SCAN_GAP = 50,     /* milliseconds at most between two characters of a scanner */
    MU_SCAN_SHORTEST = 4, /* characters at least */
    MU_SCAN_SIZE = 256    /* bytes kept, NUL counted; a longer burst is not a scan */
};

struct mu_scan {
    char text[MU_SCAN_SIZE];
    size_t length, characters;
    int64_t last; /* time of the last character */
    bool overflow;
};

void mu_scan_reset(struct mu_scan *scan);
/* Characters came in at `now` (milliseconds of any steady clock). */
void mu_scan_text(struct mu_scan *scan, const char *text, int64_t now);
/* Enter or Tab came in at `now`. True when it closes a scan; scan->text then holds it until the
 * next call. */
bool mu_scan_end(struct mu_scan *scan, int64_t now);

#endif
