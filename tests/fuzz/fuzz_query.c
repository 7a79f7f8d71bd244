/* Any words asked for: who is found by the keys in the records is who answers to every word, each
 * once, masked. */
#include "fuzz.h"

#include "desk/desk_internal.h"
#include "store/search_word.h"
#include "store/vault.h"

#include <mulin/base/text.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/find.h>
#include <mulin/desk/register.h>

#include <unistd.h>

static const struct mu_resident people[] = {
    {.name = "张金凤", .phone = "13800138000", .card = "8801", .building = "3", .room = "201"},
    {.name = "张金风", .phone = "0574-87654321", .building = "3栋", .unit = "2", .room = "0201"},
    {.name = "单于莺", .id_number = "11010519491231002X", .building = "12", .room = "1104"},
    {.name = "解放", .phone = "138 0018 0001", .card = "ZJF"},
    {.name = "曾乐乐", .phone = "13800138001 13900138000", .card = "k-7"},
    {.name = "Anna Müller", .building = "3号楼", .unit = "1单元", .room = "201室"},
    {.name = "買買提·艾力", .id_number = "110105460715002", .card = "张"},
    {.name = "吕绿", .phone = "+8613812345678"},
};

enum { PEOPLE = sizeof people / sizeof *people };

static char folder[] = "/dev/shm/fuzz-query-XXXXXX";
static struct mu_desk *desk;
static int64_t ids[PEOPLE];
static struct mu_search_tokens keys[PEOPLE];

static void close_home(void)
{
    char command[64];

    mu_desk_free(&desk);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    HOLDS(system(command) == 0);
}

static void open_home(void)
{
    const struct mu_desk_options options = {
        .home = folder, .system_user = "keeper", .fixed_now = "2026-11-22T11:30"};
    const struct mu_seal_keys *marks;
    struct mu_error error;

    if (desk)
        return;
    HOLDS(mkdtemp(folder));
    HOLDS(mu_home_create(&options, "yunluwan", false, &error) == MU_OK);
    HOLDS(mu_desk_open(&options, &desk, &error) == MU_OK);
    atexit(close_home);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct mu_resident file = people[i]; /* masked when it comes back */

        HOLDS(mu_save_resident(desk, &file, NULL, &error) == MU_OK);
        HOLDS(mu_vault_keys(desk->db, &marks, &error) == MU_OK);
        mu_search_tokens(&people[i], marks, &keys[i]);
        ids[i] = file.id;
    }
}

static bool note(void *context, const struct mu_resident *found)
{
    bool *hit = context;
    size_t i = 0;

    while (i < PEOPLE && ids[i] != found->id)
        i++;
    HOLDS(i < PEOPLE && !hit[i]);
    hit[i] = true;
    HOLDS(!*people[i].id_number || strcmp(people[i].id_number, found->id_number) != 0);
    HOLDS(!*people[i].phone || strcmp(people[i].phone, found->phone) != 0);
    return true;
}

/* One word, as it is: nothing of it is cut away. */
static void one_word(const char *text, const bool *hit)
{
    struct mu_search_word word;
    struct mu_error error;

    HOLDS(mu_search_word(desk->db, text, NULL, &word, &error) == MU_OK);
    for (size_t form = 0; form < word.count; form++)
        HOLDS(strlen(word.form[form].prefix) < MU_SEARCH_TOKEN_SIZE);
    for (size_t i = 0; i < PEOPLE; i++)
        HOLDS(hit[i] == mu_search_matches(&word, &people[i], &keys[i], NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_string(data, size), *clean = malloc(size + 1);
    bool hit[PEOPLE] = {false};
    struct mu_error error;

    HOLDS(clean);
    open_home();
    HOLDS(mu_find_residents(desk, text, PEOPLE, note, hit, &error) == MU_OK);
    if (*text && mu_text_clean(clean, size + 1, text, false) && strcmp(clean, text) == 0 &&
        size < 64 && !strchr(text, ' ') && !strstr(text, "\u3000"))
        one_word(text, hit);
    free(text);
    free(clean);
    return 0;
}
