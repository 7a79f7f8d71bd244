/* Restoring what anybody hands over: good records come whole, everything else is refused in words
 * and leaves nothing behind. The first byte of an input says what the others are:
 * - r: a file as it is
 * - s: changes to a good backup: three bytes where, one byte what is added there
 * - d: the same to the record file, before somebody who knows the passphrase seals it
 * - m: a manifest before good records */
#include "fuzz.h"

#include "base/sealed_file.h"
#include "unit/fast_key.h"

#include <mulin/base/text.h>
#include <mulin/desk/backup.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/register.h>

#include <fcntl.h>
#include <unistd.h>

enum { EDIT = 4, LIMIT = 1 << 21 };

static const struct mu_backup_options known = {.passphrase = "井亭的桂花开了"};
static char folder[] = "/dev/shm/fuzz-restore-XXXXXX";
static char good[64], records[64], spoiled[64], changed[64], target[64];
/* The good backup, its records and its manifest. */
static uint8_t backup[LIMIT], kept[LIMIT], plain[LIMIT], note[MU_SEAL_NOTE_SIZE];
static size_t backup_length, plain_length;

static void remove_all(void)
{
    char command[96];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    HOLDS(system(command) == 0);
}

static void write_file(const char *path, const uint8_t *bytes, size_t length)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    HOLDS(file >= 0);
    HOLDS(write(file, bytes, length) == (ssize_t)length);
    close(file);
}

static size_t read_file(const char *path, uint8_t *bytes)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length;

    HOLDS(file >= 0);
    length = read(file, bytes, LIMIT);
    HOLDS(length > 0 && length < LIMIT);
    close(file);
    return (size_t)length;
}

static void furnish(const char *home)
{
    const struct mu_desk_options options = {
        .home = home, .system_user = "keeper", .fixed_now = "2026-11-22T11:30"};
    const struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_resident resident = {.status = MU_LIVING_HERE, .name = "张金凤", .room = "201"};
    struct mu_meal_answer answer;
    struct mu_backup_report report;
    struct mu_desk *desk = NULL;

    HOLDS(mu_home_create(&options, "yunluwan", false, NULL) == MU_OK);
    HOLDS(mu_desk_open(&options, &desk, NULL) == MU_OK);
    HOLDS(mu_save_resident(desk, &resident, NULL, NULL) == MU_OK);
    for (int i = 0; i < 3; i++)
        HOLDS(mu_serve_meal(desk, &request, &answer, NULL) == MU_OK);
    HOLDS(mu_backup(desk, good, &known, &report, NULL) == MU_OK);
    mu_desk_free(&desk);
}

static void unseal_good(void)
{
    const struct mu_seal seal = {
        .name = good, .plain_name = records, .passphrase = known.passphrase};
    int sealed = open(good, O_RDONLY | O_CLOEXEC);
    int file = open(records, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    HOLDS(sealed >= 0 && file >= 0);
    HOLDS(mu_unseal_file(sealed, file, &seal, note, NULL) == MU_OK);
    close(sealed);
    close(file);
    backup_length = read_file(good, backup);
    memcpy(kept, backup, backup_length);
    plain_length = read_file(records, plain);
}

static void prepare(void)
{
    char home[64];

    if (*good)
        return;
    HOLDS(mkdtemp(folder));
    atexit(remove_all);
    snprintf(good, sizeof good, "%s/good.backup", folder);
    snprintf(records, sizeof records, "%s/records.db", folder);
    snprintf(spoiled, sizeof spoiled, "%s/spoiled.backup", folder);
    snprintf(changed, sizeof changed, "%s/changed.db", folder);
    snprintf(target, sizeof target, "%s/target", folder);
    snprintf(home, sizeof home, "%s/home", folder);
    furnish(home);
    unseal_good();
}

static void seal(const char *from, const uint8_t *with)
{
    const struct mu_seal seal = {
        .name = spoiled, .plain_name = from, .passphrase = known.passphrase};
    int file = open(from, O_RDONLY | O_CLOEXEC);
    int sealed = open(spoiled, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    HOLDS(file >= 0 && sealed >= 0);
    HOLDS(mu_seal_file(sealed, file, &seal, with, NULL) == MU_OK);
    close(file);
    close(sealed);
}

/* Changes bytes, or changes them back. */
static void edit(uint8_t *bytes, size_t length, const uint8_t *data, size_t size, bool back)
{
    for (size_t i = 0; i + EDIT <= size; i += EDIT) {
        size_t at = ((size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2]) % length;

        bytes[at] = (uint8_t)(back ? bytes[at] - data[i + 3] : bytes[at] + data[i + 3]);
    }
}

/* Writes the backup that the input describes. False when it must be refused. */
static bool lay_out(char kind, const uint8_t *data, size_t size)
{
    uint8_t manifest[MU_SEAL_NOTE_SIZE] = {0};
    bool same;

    switch (kind) {
    case 's':
        edit(backup, backup_length, data, size, false);
        same = memcmp(backup, kept, backup_length) == 0;
        write_file(spoiled, backup, backup_length);
        edit(backup, backup_length, data, size, true);
        return same;
    case 'd':
        edit(plain, plain_length, data, size, false);
        write_file(changed, plain, plain_length);
        edit(plain, plain_length, data, size, true);
        seal(changed, note);
        return true;
    case 'm':
        memcpy(manifest, data, size < sizeof manifest ? size : sizeof manifest);
        seal(records, manifest);
        return true;
    default:
        write_file(spoiled, data, size);
        return false;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mu_backup_report report;
    struct mu_error error;
    char text[1024], command[96];
    enum mu_status status;
    bool possible;

    if (size == 0)
        return 0;
    prepare();
    possible = lay_out((char)data[0], data + 1, size - 1);
    status = mu_restore(spoiled, target, &known, &report, &error);
    if (status == MU_OK) {
        HOLDS(possible);
        snprintf(command, sizeof command, "rm -r '%s'", target);
        HOLDS(system(command) == 0);
        return 0;
    }
    HOLDS(status == MU_INPUT || status == MU_STORE);
    mu_error_text(&error, MU_CHINESE, text, sizeof text);
    HOLDS(*text && mu_text_check(text, false) == MU_TEXT_GOOD);
    HOLDS(access(target, F_OK) != 0);
    return 0;
}
