#include "lunch.h"

#include "measure.h"

#include <mulin/desk/canteen.h>

#include <stdio.h>
#include <stdlib.h>

enum { APART = 7919 };

void home_path(char *out, const char *home)
{
    if (snprintf(out, PATH_SIZE, "%s/mulin.db", home) >= PATH_SIZE)
        die("%s: too long", home);
}

struct queue read_queue(const char *home, size_t count)
{
    struct queue queue = {need(count, CARD_SIZE), 0};
    char path[PATH_SIZE];
    sqlite3 *file;
    sqlite3_stmt *statement;

    home_path(path, home);
    if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(file));
    statement = probe_prepare(file, "SELECT card FROM resident WHERE card IS NOT NULL"
                                    " AND status = 1 ORDER BY resident_id * ?1 % 1000003 LIMIT ?2");
    sqlite3_bind_int(statement, 1, APART);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)count);
    while (sqlite3_step(statement) == SQLITE_ROW)
        snprintf(queue.card[queue.count++], CARD_SIZE, "%s", sqlite3_column_text(statement, 0));
    probe_close(file);
    if (queue.count < count)
        die("%s: %zu cards, %zu wanted", home, queue.count, count);
    return queue;
}

void serve(struct mu_desk *desk, const char *card)
{
    const struct mu_meal_request request = {.who = card};
    struct mu_meal_answer answer;
    struct mu_error error;

    must(mu_serve_meal(desk, &request, &answer, &error), &error, card);
}

struct lunch record_lunch(const char *home, const struct queue *queue)
{
    struct lunch lunch = {.ends = need(queue->count + 1, sizeof *lunch.ends)};
    struct mu_desk *desk;

    recorder_install();
    recorder_listen(&lunch.opening);
    desk = open_desk(home, LUNCH);
    recorder_listen(&lunch.meals);
    for (size_t i = 0; i < queue->count; i++) {
        lunch.ends[i] = lunch.meals.count;
        serve(desk, queue->card[i]);
    }
    lunch.ends[queue->count] = lunch.meals.count;
    recorder_listen(NULL);
    mu_desk_free(&desk);
    return lunch;
}

void lunch_clear(struct lunch *lunch)
{
    recording_clear(&lunch->opening);
    recording_clear(&lunch->meals);
    free(lunch->ends);
}
