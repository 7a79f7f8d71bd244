#include "desk/backup_work.h"
#include "desk/desk_internal.h"
#include "desk/home_folder.h"
#include "store/db_file.h"
#include "store/key_file.h"

#include <mulin/desk/demo.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct places {
    char records[MU_BACKUP_PATH_SIZE], key[MU_KEY_PATH_SIZE]; /* of the home */
    char room[MU_BACKUP_PATH_SIZE];                           /* in which it is made */
    char made_records[MU_BACKUP_PATH_SIZE], made_key[MU_KEY_PATH_SIZE];
};

static enum mu_status find_places(const char *home, struct places *places, struct mu_error *error)
{
    enum mu_status status = mu_path_join(places->records, home, "/mulin.db", error);

    if (status == MU_OK)
        status = mu_path_join(places->room, home, "/demo.tmp", error);
    if (status == MU_OK)
        status = mu_path_join(places->made_records, places->room, "/mulin.db", error);
    if (status != MU_OK)
        return status;
    mu_key_path(home, MU_KEY_NOW, places->key);
    mu_key_path(places->room, MU_KEY_NOW, places->made_key);
    return MU_OK;
}

static enum mu_status cannot(const char *path, struct mu_error *error)
{
    return mu_fail(error, MU_STORE, MU_SAY_error_home, path, strerror(errno), NULL);
}

/* A key that lies in the home becomes the home's. */
static enum mu_status open_room(const struct places *places, struct mu_error *error)
{
    mu_workroom_close(places->room); /* of a try that was killed */
    if (mkdir(places->room, 0700) != 0)
        return cannot(places->room, error);
    if (link(places->key, places->made_key) != 0 && errno != ENOENT)
        return cannot(places->made_key, error);
    return MU_OK;
}

static enum mu_status make(const struct mu_desk_options *options, const struct places *places,
                           const char *preset, size_t people, struct mu_error *error)
{
    struct mu_desk_options here = *options;
    struct mu_desk *desk = NULL;
    enum mu_status status;

    here.home = places->room;
    here.sign_in = false;
    status = mu_home_create(&here, preset, true, error);
    if (status == MU_OK)
        status = mu_desk_open(&here, &desk, error);
    if (status == MU_OK)
        status = mu_fill_demo(desk, preset, people, error);
    mu_desk_free(&desk);
    return status;
}

/* The key first: records without it would open for nobody. */
static enum mu_status move_in(const struct places *places, struct mu_error *error)
{
    bool key_moved = link(places->made_key, places->key) == 0;
    enum mu_status status;

    if (!key_moved && errno != EEXIST)
        return cannot(places->key, error);
    mu_file_sync_name(places->key);
    status = mu_file_finish(places->made_records, places->records, error);
    if (status != MU_OK && key_moved && access(places->records, F_OK) != 0)
        unlink(places->key);
    return status;
}

enum mu_status mu_demo_create(const struct mu_desk_options *options, const char *preset,
                              size_t people, struct mu_error *error)
{
    struct places places;
    size_t made = 0;
    enum mu_status status = find_places(options->home, &places, error);

    if (status == MU_OK && access(places.records, F_OK) == 0)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_home_exists, options->home, NULL);
    if (status == MU_OK)
        status = mu_home_folder_make(options->home, &made, error);
    if (status != MU_OK)
        return status;
    status = mu_home_folder_check(options->home, error);
    if (status == MU_OK) {
        status = open_room(&places, error);
        if (status == MU_OK)
            status = make(options, &places, preset, people, error);
        if (status == MU_OK)
            status = move_in(&places, error);
        mu_workroom_close(places.room);
    }
    if (status != MU_OK)
        mu_home_folder_remove(options->home, made);
    return status;
}
