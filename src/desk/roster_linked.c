/* Files that speak for others stand in lists as one person: the tags of all of them count. */
#include "desk/roster_file.h"

#include "store/register_store.h"

struct taking {
    struct mu_id_set *set;
    bool no_memory;
};

static bool take_number(void *context, int64_t id)
{
    struct taking *taking = context;

    taking->no_memory = !mu_id_set_add(taking->set, id);
    return !taking->no_memory;
}

/* Into an empty set. */
static enum mu_status read_leaders(struct mu_roster *roster, const char *word,
                                   struct mu_id_set *set, struct mu_error *error)
{
    struct taking taking = {set, false};
    enum mu_status status = mu_roster_leaders(roster->desk->db, word, take_number, &taking, error);

    return status == MU_OK && taking.no_memory ? mu_fail_memory(error) : status;
}

enum mu_status mu_roster_read_leaders(struct mu_roster *roster, struct mu_error *error)
{
    return read_leaders(roster, "", &roster->leaders, error);
}

struct joining {
    struct mu_roster *roster;
    char *tags;
};

static bool join(void *context, const struct mu_resident *other)
{
    const struct joining *joining = context;
    struct mu_date day = mu_tags_day(other, joining->roster->teller.today);
    char words[MU_TAGS_SIZE];

    mu_tags_on(other->tags, day, words);
    mu_tags_add(joining->tags, words);
    return true;
}

bool mu_roster_join_tags(struct mu_roster *roster, int64_t id, char tags[MU_TAGS_SIZE])
{
    struct joining joining = {roster, tags};

    if (!mu_id_set_has(&roster->leaders, id))
        return true;
    roster->status = mu_register_linked(roster->desk->db, id, join, &joining, &roster->error);
    return roster->status == MU_OK;
}

enum mu_status mu_roster_take_linked(struct mu_roster *roster, struct mu_error *error)
{
    struct mu_id_set with_word = {0};
    struct mu_resident resident;
    bool found;
    enum mu_status status = MU_OK;

    if (roster->leaders.count)
        status = read_leaders(roster, roster->walk.word, &with_word, error);
    for (int64_t id = 0; status == MU_OK && (id = mu_id_set_next(&with_word, id)) != 0;) {
        status = mu_roster_resident(roster->desk->db, id, false, &found, &resident, error);
        if (status == MU_OK && found && !mu_roster_take(roster, &resident)) {
            status = roster->status;
            if (error)
                *error = roster->error;
        }
    }
    mu_id_set_clear(&with_word);
    return status;
}
