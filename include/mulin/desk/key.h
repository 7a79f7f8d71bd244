/* The key that ID numbers, notes and half-typed forms are sealed with: its paper copy, a change,
 * and the way back after a loss. mulin(1) says what it protects from and what not. */
#ifndef MULIN_DESK_KEY_H
#define MULIN_DESK_KEY_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>

/* Bytes, the NUL counted. */
enum { MU_KEY_COPY_SIZE = 128, MU_KEY_MARK_SIZE = 9 };

/* What is written on paper: four lines of hex digits, and the mark by which the key is known. */
struct mu_key_copy {
    char text[MU_KEY_COPY_SIZE];
    char mark[MU_KEY_MARK_SIZE];
};

/* The key itself. Who asked is on disk before it is given out. Wipe the copy (mu_key_copy_wipe).
 * MU_REFUSED (right), MU_STORE. */
enum mu_status mu_show_key(struct mu_desk *desk, struct mu_key_copy *out,
                           struct mu_error *error) MU_CHECKED;
void mu_key_copy_wipe(struct mu_key_copy *copy);

/* Seals everything with a new key, in one transaction; broken off at any point, the home opens as
 * before or as after it. Desks at work go on and take up the new key. Other desks wait meanwhile;
 * with very many files longer than they are patient. `before` and `after` get the marks
 * (MU_KEY_MARK_SIZE bytes each). `progress` may be NULL. MU_REFUSED (right, stopped), MU_STORE. */
enum mu_status mu_change_key(struct mu_desk *desk, mu_progress *progress, void *context,
                             char *before, char *after, struct mu_error *error) MU_CHECKED;

/* Writes the lost key file of a home from the text of its paper copy. No desk opens without the
 * key, so nobody's rights are asked: who knows the key has the key. *written is false when the file
 * was there. MU_INPUT (copied wrongly, not the key of these records), MU_STORE. */
enum mu_status mu_restore_key(const struct mu_desk_options *options, const char *text,
                              bool *written, struct mu_error *error) MU_CHECKED;

#endif
