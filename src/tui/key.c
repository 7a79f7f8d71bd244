#include "tui/key.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct mu_action_row rows[MU_DO_COUNT] = {
#define ACTION(name, keys, context, priority, zh_label, en_label, zh_help, en_help)                \
    [MU_DO_##name] = {                                                                             \
        #name, keys, MU_CONTEXT_##context, priority, {zh_label, en_label}, {zh_help, en_help}},
#include "tui/actions.def"
#undef ACTION
};

static const struct {
    enum mu_key key;
    const char *name[2];
} names[] = {
    {MU_KEY_ENTER, {"回车", "Enter"}},
    {MU_KEY_TAB, {"Tab", "Tab"}},
    {MU_KEY_BACKTAB, {"Shift-Tab", "Shift-Tab"}},
    {MU_KEY_BACKSPACE, {"退格", "Backspace"}},
    {MU_KEY_DELETE, {"Delete", "Delete"}},
    {MU_KEY_INSERT, {"Insert", "Insert"}},
    {MU_KEY_ESCAPE, {"Esc", "Esc"}},
    {MU_KEY_UP, {"↑", "Up"}},
    {MU_KEY_DOWN, {"↓", "Down"}},
    {MU_KEY_LEFT, {"←", "Left"}},
    {MU_KEY_RIGHT, {"→", "Right"}},
    {MU_KEY_HOME, {"Home", "Home"}},
    {MU_KEY_END, {"End", "End"}},
    {MU_KEY_PAGE_UP, {"PgUp", "PgUp"}},
    {MU_KEY_PAGE_DOWN, {"PgDn", "PgDn"}},
    {MU_KEY_CONTROL_HOME, {"Ctrl-Home", "Ctrl-Home"}},
    {MU_KEY_CONTROL_END, {"Ctrl-End", "Ctrl-End"}},
    {' ', {"空格", "Space"}},
};

const struct mu_action_row *mu_action_row(enum mu_action action)
{
    return &rows[(size_t)action < MU_DO_COUNT ? action : MU_DO_nothing];
}

const char *mu_context_word(enum mu_context context, enum mu_language language)
{
    static const enum mu_message words[MU_CONTEXT_COUNT] = {
        [MU_CONTEXT_everywhere] = MU_SAY_tui_keys_everywhere,
        [MU_CONTEXT_forms] = MU_SAY_tui_keys_forms,
        [MU_CONTEXT_lists] = MU_SAY_tui_keys_lists,
        [MU_CONTEXT_typing] = MU_SAY_tui_keys_typing,
        [MU_CONTEXT_home] = MU_SAY_tui_keys_home,
        [MU_CONTEXT_menu] = MU_SAY_tui_keys_menu,
    };

    return mu_message_text(words[(size_t)context < MU_CONTEXT_COUNT ? context : 0], language);
}

void mu_key_name(enum mu_key key, enum mu_language language, char *out)
{
    const char *name = NULL;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].key == key)
            name = names[i].name[language == MU_ENGLISH];
    if (name)
        snprintf(out, MU_KEY_NAME_SIZE, "%s", name);
    else if (key >= MU_KEY_F1 && key <= MU_KEY_F12)
        snprintf(out, MU_KEY_NAME_SIZE, "F%d", (int)(key - MU_KEY_F1) + 1);
    else if (key >= MU_KEY_CONTROL_A && key <= MU_KEY_CONTROL_Z)
        snprintf(out, MU_KEY_NAME_SIZE, "^%c", 'A' + (int)(key - MU_KEY_CONTROL_A));
    else if (key > ' ' && key < 127)
        snprintf(out, MU_KEY_NAME_SIZE, "%c", (int)key);
    else
        snprintf(out, MU_KEY_NAME_SIZE, "%s", mu_message_text(MU_SAY_tui_key_other, language));
}

/* F1 to F12. */
static enum mu_key function_key(const char *digits, size_t length)
{
    int number = 0;

    for (size_t i = 0; i < length; i++)
        number = digits[i] >= '0' && digits[i] <= '9' ? number * 10 + (digits[i] - '0') : 100;
    return length >= 1 && length <= 2 && *digits != '0' && number <= 12
               ? (enum mu_key)(MU_KEY_F1 + number - 1)
               : MU_KEY_NONE;
}

enum mu_key mu_key_by_name(const char *name, size_t length)
{
    if (length == 1 && *name > ' ' && *name < 127)
        return (enum mu_key)(unsigned char)*name;
    if (length == 2 && *name == '^' && name[1] >= 'A' && name[1] <= 'Z')
        return (enum mu_key)(MU_KEY_CONTROL_A + (name[1] - 'A'));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].key != ' ' && strlen(names[i].name[1]) == length &&
            strncmp(names[i].name[1], name, length) == 0)
            return names[i].key;
    return length > 1 && *name == 'F' ? function_key(name + 1, length - 1) : MU_KEY_NONE;
}

enum mu_action mu_keymap_action(const struct mu_keymap *map, enum mu_key key)
{
    for (int action = 1; key != MU_KEY_NONE && action < MU_DO_COUNT; action++)
        for (int i = 0; i < MU_KEYS_PER_ACTION; i++)
            if (map->key[action][i] == key)
                return (enum mu_action)action;
    return MU_DO_nothing;
}

enum mu_key mu_keymap_key(const struct mu_keymap *map, enum mu_action action)
{
    return map->key[action][0];
}

/* Reads names separated by blanks. Returns the first name that is no key, or NULL. */
static const char *read_keys(const char *names_text, enum mu_key keys[MU_KEYS_PER_ACTION])
{
    int count = 0;

    memset(keys, 0, sizeof(enum mu_key) * MU_KEYS_PER_ACTION);
    for (const char *name = names_text; *(name += strspn(name, " \t")) != '\0';) {
        size_t length = strcspn(name, " \t");
        enum mu_key key = mu_key_by_name(name, length);

        if (key == MU_KEY_NONE || count == MU_KEYS_PER_ACTION)
            return name;
        keys[count++] = key;
        name += length;
    }
    return NULL;
}

void mu_keymap_default(struct mu_keymap *map)
{
    memset(map, 0, sizeof *map);
    for (int action = 1; action < MU_DO_COUNT; action++)
        if (action != MU_DO_number) /* its digits come in as text */
            read_keys(rows[action].keys, map->key[action]);
}

/* Terminals, multiplexers and flow control keep these for themselves; letters are typed. */
static bool is_forbidden(enum mu_key key)
{
    if (key < 128)
        return isalnum((int)key) != 0;
    if (key >= MU_KEY_F1 + 9 && key <= MU_KEY_F12)
        return true;
    return key >= MU_KEY_CONTROL_A && key <= MU_KEY_CONTROL_Z &&
           strchr("CQSZVABHIJM", 'A' + (int)(key - MU_KEY_CONTROL_A)) != NULL;
}

static enum mu_action action_by_name(const char *name, size_t length)
{
    for (int action = 1; action < MU_DO_COUNT; action++)
        if (strlen(rows[action].name) == length && strncmp(rows[action].name, name, length) == 0)
            return (enum mu_action)action;
    return MU_DO_nothing;
}

static enum mu_status read_line(struct mu_keymap *map, char *line, const char *number,
                                struct mu_error *error)
{
    char *name = line + strspn(line, " \t"), *equals = strchr(line, '=');
    enum mu_action action;
    const char *bad;
    char shown[MU_KEY_NAME_SIZE];

    if (*name == '\0')
        return MU_OK;
    action = equals ? action_by_name(name, strcspn(name, " \t=")) : MU_DO_nothing;
    if (action == MU_DO_nothing || action == MU_DO_number)
        return mu_fail(error, MU_INPUT, MU_SAY_tui_keyfile_action, number, name, NULL);
    bad = read_keys(equals + 1, map->key[action]);
    if (bad)
        return mu_fail(error, MU_INPUT, MU_SAY_tui_keyfile_key, number, bad, NULL);
    for (int i = 0; i < MU_KEYS_PER_ACTION; i++) {
        if (!is_forbidden(map->key[action][i]))
            continue;
        mu_key_name(map->key[action][i], MU_ENGLISH, shown);
        return mu_fail(error, MU_INPUT, MU_SAY_tui_keyfile_forbidden, number, shown, NULL);
    }
    return MU_OK;
}

/* Two actions with one key, once the whole file has been read: a key may have moved. */
static enum mu_status check_clashes(const struct mu_keymap *map, struct mu_error *error)
{
    char shown[MU_KEY_NAME_SIZE];

    for (int action = 1; action < MU_DO_COUNT; action++) {
        for (int i = 0; i < MU_KEYS_PER_ACTION; i++) {
            enum mu_key key = map->key[action][i];
            enum mu_action first = mu_keymap_action(map, key);

            if (key == MU_KEY_NONE || (int)first == action)
                continue;
            mu_key_name(key, MU_ENGLISH, shown);
            return mu_fail(error, MU_INPUT, MU_SAY_tui_keyfile_clash, shown, rows[first].name,
                           rows[action].name, NULL);
        }
    }
    return MU_OK;
}

enum mu_status mu_keymap_read(struct mu_keymap *map, const char *text, struct mu_error *error)
{
    struct mu_keymap changed = *map;
    enum mu_status status = MU_OK;
    char line[256], number[16];

    for (int count = 1; *text && status == MU_OK; count++) {
        size_t length = strcspn(text, "\n"), kept = strcspn(text, "#\r\n");

        snprintf(number, sizeof number, "%d", count);
        if (kept >= sizeof line)
            return mu_fail(error, MU_INPUT, MU_SAY_tui_keyfile_action, number, "...", NULL);
        memcpy(line, text, kept);
        line[kept] = '\0';
        status = read_line(&changed, line, number, error);
        text += length + (text[length] == '\n');
    }
    if (status == MU_OK)
        status = check_clashes(&changed, error);
    if (status == MU_OK)
        *map = changed;
    return status;
}
