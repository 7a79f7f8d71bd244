/* The manifest as the note of a sealed file: one JSON object, padded with NULs. */
#ifndef MULIN_SRC_DESK_BACKUP_MANIFEST_H
#define MULIN_SRC_DESK_BACKUP_MANIFEST_H

#include "base/sealed_file.h"

#include <mulin/desk/backup.h>

enum mu_status mu_manifest_write(const struct mu_backup_manifest *manifest,
                                 unsigned char note[MU_SEAL_NOTE_SIZE],
                                 struct mu_error *error) MU_CHECKED;

/* False, *out untouched, when the note is no manifest. */
bool mu_manifest_read(const unsigned char note[MU_SEAL_NOTE_SIZE], struct mu_backup_manifest *out);

#endif
