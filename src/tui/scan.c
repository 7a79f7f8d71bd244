#include "tui/scan.h"

#include <mulin/base/text.h>

#include <string.h>

void mu_scan_reset(struct mu_scan *scan)
{
    memset(scan, 0, sizeof *scan);
}

void mu_scan_text(struct mu_scan *scan, const char *text, int64_t now)
{
    uint32_t rune;
    size_t step;

    if (scan->characters == 0 || now - scan->last > MU_SCAN_GAP)
        mu_scan_reset(scan);
    scan->last = now;
    for (; (step = mu_text_rune(text, &rune)) > 0; text += step) {
        scan->characters++;
        if (scan->length + step >= sizeof scan->text) {
            scan->overflow = true;
            continue;
        }
        memcpy(scan->text + scan->length, text, step);
        scan->length += step;
        scan->text[scan->length] = '\0';
    }
}

bool mu_scan_end(struct mu_scan *scan, int64_t now)
{
    bool scanned =
        scan->characters >= MU_SCAN_SHORTEST && !scan->overflow && now - scan->last <= MU_SCAN_GAP;

    scan->characters = 0; /* the text stays readable, the next character starts anew */
    return scanned;
}
