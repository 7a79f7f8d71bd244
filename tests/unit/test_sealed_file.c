/* A sealed file comes back byte for byte with its passphrase, and in no other way. */
#include "base/sealed_file.h"
#include "unit/fast_key.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    PIECES = 3,
    LENGTH = PIECES * MU_SEAL_PIECE_SIZE + 1000,
    NOTE_END = MU_SEAL_HEADER_SIZE + MU_SEAL_NOTE_SIZE + MU_SEAL_EXTRA,
    CHUNK = MU_SEAL_PIECE_SIZE + MU_SEAL_EXTRA,
    SEALED_LENGTH = NOTE_END + PIECES * CHUNK + 1000 + MU_SEAL_EXTRA,
    FLIPS = 200,
};

static const char passphrase[] = "井亭的桂花开了";
static const struct mu_seal seal = {
    .name = "home.backup", .plain_name = "mulin.db", .passphrase = passphrase};
static unsigned char text[LENGTH], note[MU_SEAL_NOTE_SIZE];

static int file_of(const void *bytes, size_t length)
{
    int file = memfd_create("story", MFD_CLOEXEC);

    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), length);
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    return file;
}

static size_t length_of(int file)
{
    struct stat about;

    assert_int_equal(fstat(file, &about), 0);
    return (size_t)about.st_size;
}

/* Seals `length` bytes of the text; the bytes are owned by the caller. */
static unsigned char *sealed_bytes(size_t length, size_t *sealed_length)
{
    int plain = file_of(text, length), sealed = file_of("", 0);
    unsigned char *bytes;
    struct mu_error error;

    assert_int_equal(mu_seal_file(sealed, plain, &seal, note, &error), MU_OK);
    *sealed_length = length_of(sealed);
    bytes = malloc(*sealed_length);
    assert_non_null(bytes);
    assert_int_equal(pread(sealed, bytes, *sealed_length, 0), *sealed_length);
    close(plain);
    close(sealed);
    return bytes;
}

static enum mu_status open_with(const struct mu_seal *with, const void *bytes, size_t length,
                                int plain, struct mu_error *error)
{
    unsigned char got[MU_SEAL_NOTE_SIZE] = {0x5a};
    int sealed = file_of(bytes, length);
    enum mu_status status = mu_unseal_file(sealed, plain, with, got, error);

    close(sealed);
    if (status == MU_OK)
        assert_memory_equal(got, note, sizeof note);
    else
        assert_int_equal(got[0], 0x5a);
    return status;
}

/* The sealed bytes are refused as an input, in words. */
static void refused(const void *bytes, size_t length, enum mu_message why)
{
    struct mu_error error = {0};
    int plain = file_of("", 0);

    assert_int_equal(open_with(&seal, bytes, length, plain, &error), MU_INPUT);
    if (why != MU_SAY_COUNT)
        assert_int_equal(error.message, why);
    close(plain);
}

static int fill(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (unsigned char)(i * i >> 7);
    memcpy(text + 70000, "张金凤 330205194403080022", 28);
    memcpy(note, "{\"entries\":3}", 13);
    return 0;
}

static void every_length_comes_back(void **state)
{
    static const size_t lengths[] = {0, 1, 65535, 65536, 65537, 131072, LENGTH};

    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        static unsigned char back[LENGTH + 1];
        struct mu_error error;
        int plain = file_of("", 0);
        size_t length;
        unsigned char *bytes = sealed_bytes(lengths[i], &length);

        assert_int_equal(open_with(&seal, bytes, length, plain, &error), MU_OK);
        assert_int_equal(pread(plain, back, sizeof back, 0), lengths[i]);
        assert_memory_equal(back, text, lengths[i]);
        close(plain);
        free(bytes);
    }
}

static void the_key_is_dear_and_never_the_same(void **state)
{
    size_t length, other_length;
    unsigned char *bytes = sealed_bytes(LENGTH, &length);
    unsigned char *other = sealed_bytes(LENGTH, &other_length);

    (void)state;
    assert_int_equal(length, SEALED_LENGTH);
    assert_true(asked.memory >= 256u << 20);
    assert_true(asked.passes >= 3);
    assert_int_equal(asked.algorithm, crypto_pwhash_ALG_ARGON2ID13);
    assert_int_equal(length, other_length);
    assert_memory_equal(bytes, other, 20); /* kind, format, cost */
    for (size_t i = 20; i + 32 <= length; i += 32)
        assert_memory_not_equal(bytes + i, other + i, 32);
    free(bytes);
    free(other);
}

static void no_word_of_the_text_is_left(void **state)
{
    size_t length;
    unsigned char *bytes = sealed_bytes(LENGTH, &length);

    (void)state;
    assert_null(memmem(bytes, length, "张金凤", 9));
    assert_null(memmem(bytes, length, "330205", 6));
    assert_null(memmem(bytes, length, "entries", 7));
    for (size_t i = 0; i + 16 <= LENGTH; i += 4096)
        assert_null(memmem(bytes, length, text + i, 16));
    free(bytes);
}

static void another_passphrase_opens_nothing(void **state)
{
    static const char *const wrong[] = {"井亭的桂花开", "井亭的桂花开了 ", "井亭的桂花谢了", ""};
    size_t length;
    unsigned char *bytes = sealed_bytes(1000, &length);

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct mu_seal guess = seal;
        struct mu_error error;
        int plain = file_of("", 0);

        guess.passphrase = wrong[i];
        assert_int_equal(open_with(&guess, bytes, length, plain, &error), MU_INPUT);
        assert_int_equal(error.message, MU_SAY_error_seal_passphrase);
        assert_int_equal(length_of(plain), 0);
        close(plain);
    }
    free(bytes);
}

static void every_flipped_bit_is_found(void **state)
{
    unsigned seed = randombytes_random();
    const char *given = getenv("MULIN_TEST_SEED");
    unsigned char key[randombytes_SEEDBYTES] = {0};
    static struct {
        uint32_t at, bit;
    } flip[FLIPS];
    size_t length;
    unsigned char *bytes = sealed_bytes(LENGTH, &length);

    (void)state;
    if (given)
        seed = (unsigned)strtoul(given, NULL, 10);
    print_message("MULIN_TEST_SEED=%u\n", seed);
    memcpy(key, &seed, sizeof seed);
    randombytes_buf_deterministic(flip, sizeof flip, key);
    for (size_t i = 0; i < FLIPS; i++) {
        /* A half of them in the header and the note, where a flip means most. */
        size_t at = flip[i].at % (i % 2 ? NOTE_END : length);
        unsigned char mask = (unsigned char)(1u << flip[i].bit % 8);

        bytes[at] ^= mask;
        refused(bytes, length, MU_SAY_COUNT);
        bytes[at] ^= mask;
    }
    free(bytes);
}

static void every_cut_is_found(void **state)
{
    size_t length;
    unsigned char *bytes = sealed_bytes(LENGTH, &length);

    (void)state;
    for (size_t end = NOTE_END; end < length; end += CHUNK) {
        refused(bytes, end, MU_SAY_error_seal_damaged);
        refused(bytes, end - 1, MU_SAY_error_seal_damaged);
        refused(bytes, end + 1, MU_SAY_error_seal_damaged);
        refused(bytes, end + MU_SEAL_EXTRA, MU_SAY_error_seal_damaged);
    }
    refused(bytes, length - 1, MU_SAY_error_seal_damaged);
    refused(bytes, length - 1000, MU_SAY_error_seal_damaged);
    for (size_t end = 0; end < NOTE_END; end++)
        refused(bytes, end,
                end < MU_SEAL_HEADER_SIZE ? MU_SAY_error_seal_foreign : MU_SAY_error_seal_damaged);
    free(bytes);
}

/* A text that ends with a whole piece has an empty last chunk: without it, it is cut. */
static void the_empty_end_is_needed(void **state)
{
    size_t length;
    unsigned char *bytes = sealed_bytes(2 * MU_SEAL_PIECE_SIZE, &length);

    (void)state;
    refused(bytes, length - MU_SEAL_EXTRA, MU_SAY_error_seal_damaged);
    free(bytes);
}

static void what_is_appended_is_found(void **state)
{
    size_t length;
    unsigned char *bytes = sealed_bytes(LENGTH, &length);
    unsigned char *longer = calloc(1, length + CHUNK);

    (void)state;
    assert_non_null(longer);
    memcpy(longer, bytes, length);
    refused(longer, length + 1, MU_SAY_error_seal_damaged);
    refused(longer, length + MU_SEAL_EXTRA, MU_SAY_error_seal_damaged);
    refused(longer, length + CHUNK, MU_SAY_error_seal_damaged);
    memcpy(longer + length, bytes + NOTE_END, CHUNK);
    refused(longer, length + CHUNK, MU_SAY_error_seal_damaged);
    free(longer);
    free(bytes);
}

static void chunks_stay_in_their_order_and_file(void **state)
{
    size_t length, other_length;
    unsigned char *bytes = sealed_bytes(LENGTH, &length);
    unsigned char *other = sealed_bytes(LENGTH, &other_length);
    unsigned char *mixed = malloc(length);
    unsigned char *first = mixed + NOTE_END, *second = first + CHUNK;

    (void)state;
    assert_non_null(mixed);
    memcpy(mixed, bytes, length); /* swapped */
    memcpy(first, bytes + NOTE_END + CHUNK, CHUNK);
    memcpy(second, bytes + NOTE_END, CHUNK);
    refused(mixed, length, MU_SAY_error_seal_damaged);
    memcpy(mixed, bytes, length); /* one twice */
    memcpy(second, first, CHUNK);
    refused(mixed, length, MU_SAY_error_seal_damaged);
    memcpy(mixed, bytes, length); /* one left out */
    memmove(second, second + CHUNK, length - NOTE_END - 2 * CHUNK);
    refused(mixed, length - CHUNK, MU_SAY_error_seal_damaged);
    memcpy(mixed, bytes, length); /* one of another night's backup */
    memcpy(first, other + NOTE_END, CHUNK);
    refused(mixed, length, MU_SAY_error_seal_damaged);
    memcpy(mixed, bytes, length); /* the note of another night's */
    memcpy(mixed + MU_SEAL_HEADER_SIZE, other + MU_SEAL_HEADER_SIZE, NOTE_END - 60);
    refused(mixed, length, MU_SAY_error_seal_passphrase);
    free(mixed);
    free(bytes);
    free(other);
}

static void a_header_cannot_ask_for_the_whole_machine(void **state)
{
    static const struct {
        size_t at;
        unsigned char bytes[4];
        enum mu_message why;
    } changes[] = {
        {0, "SQLi", MU_SAY_error_seal_foreign},
        {8, {0, 0, 0, 2}, MU_SAY_error_seal_newer},
        {8, {0, 0, 0, 0}, MU_SAY_error_seal_damaged},
        {12, {0, 0, 0, 0}, MU_SAY_error_seal_damaged},
        {12, {0, 0, 1, 0}, MU_SAY_error_seal_damaged},
        {16, {0, 0, 0, 1}, MU_SAY_error_seal_damaged},
        {16, {0, 0x40, 0, 0}, MU_SAY_error_seal_damaged},
        {16, {0xff, 0xff, 0xff, 0xff}, MU_SAY_error_seal_damaged},
    };
    size_t length;
    unsigned char *bytes = sealed_bytes(1000, &length), kept[4];
    int keys = asked.keys;

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        memcpy(kept, bytes + changes[i].at, 4);
        memcpy(bytes + changes[i].at, changes[i].bytes, 4);
        refused(bytes, length, changes[i].why);
        memcpy(bytes + changes[i].at, kept, 4);
    }
    assert_int_equal(asked.keys, keys);
    free(bytes);
}

static bool stop_at(void *context, int64_t done, int64_t all)
{
    int64_t *last = context;

    assert_true(done > *last && done <= all);
    *last = done;
    return done < all / 2;
}

static void it_stops_when_asked_to(void **state)
{
    int64_t done = 0;
    const struct mu_seal stopping = {.name = "b",
                                     .plain_name = "p",
                                     .passphrase = passphrase,
                                     .progress = stop_at,
                                     .context = &done};
    struct mu_error error;
    size_t length;
    unsigned char *bytes = sealed_bytes(LENGTH, &length);
    int plain = file_of(text, LENGTH), sealed = file_of("", 0), back = file_of("", 0);

    (void)state;
    assert_int_equal(mu_seal_file(sealed, plain, &stopping, note, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_seal_stopped);
    assert_true(length_of(sealed) < length);
    done = 0;
    assert_int_equal(open_with(&stopping, bytes, length, back, &error), MU_REFUSED);
    close(plain);
    close(sealed);
    close(back);
    free(bytes);
}

static void a_full_disk_and_a_folder_are_told(void **state)
{
    int plain = file_of(text, LENGTH), full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    int folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC), sealed = file_of("", 0);
    struct mu_error error;
    char words[512];

    (void)state;
    assert_int_equal(mu_seal_file(full, plain, &seal, note, &error), MU_STORE);
    mu_error_text(&error, MU_ENGLISH, words, sizeof words);
    assert_non_null(strstr(words, "home.backup: cannot be written (the disk is full)"));
    assert_int_equal(mu_seal_file(sealed, folder, &seal, note, &error), MU_STORE);
    mu_error_text(&error, MU_ENGLISH, words, sizeof words);
    assert_non_null(strstr(words, "mulin.db: cannot be read (it is a folder)"));
    close(plain);
    close(full);
    close(folder);
    close(sealed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_length_comes_back),
        cmocka_unit_test(the_key_is_dear_and_never_the_same),
        cmocka_unit_test(no_word_of_the_text_is_left),
        cmocka_unit_test(another_passphrase_opens_nothing),
        cmocka_unit_test(every_flipped_bit_is_found),
        cmocka_unit_test(every_cut_is_found),
        cmocka_unit_test(the_empty_end_is_needed),
        cmocka_unit_test(what_is_appended_is_found),
        cmocka_unit_test(chunks_stay_in_their_order_and_file),
        cmocka_unit_test(a_header_cannot_ask_for_the_whole_machine),
        cmocka_unit_test(it_stops_when_asked_to),
        cmocka_unit_test(a_full_disk_and_a_folder_are_told),
    };

    return cmocka_run_group_tests(tests, fill, NULL);
}
