#include "base/print_job.h"
#include "desk/desk_internal.h"
#include "desk/order_file.h"
#include "desk/ticket_queue.h"
#include "store/canteen_store.h"
#include "store/person_file_store.h"
#include "store/ticket_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/ticket.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    TICKETS = MU_TICKETS_AT_ONCE + MU_TICKETS_WAITING,
    MOMENT = 5000000,      /* nanoseconds between two looks when the desk is closed */
    LAST_WAIT = 1000000000 /* and in all */
};

struct ticket {
    int64_t meal_id;
    int number;
    int limit; /* milliseconds */
    bool running;
    struct mu_print_job job;
};

/* In the order in which they came; those that run first. */
struct mu_ticket_queue {
    size_t count;
    struct ticket ticket[TICKETS];
    /* One that has ended and could not be noted yet, because another desk was saving. */
    bool unnoted;
    struct mu_ticket_result result;
};

static enum mu_status read_meal(struct mu_desk *desk, int64_t meal_id, struct mu_meal *out,
                                struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_meal_read(desk->db, meal_id, &found, out, error);

    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)meal_id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_meal_unknown, number, NULL);
}

static enum mu_status read_names(struct mu_desk *desk, struct mu_ticket *ticket,
                                 struct mu_error *error)
{
    const struct mu_rules *rules;
    const struct mu_session *session;
    const struct mu_tier *tier;
    int version;
    enum mu_status status = mu_desk_rules_on(desk, ticket->meal.date, &rules, &version, error);

    if (status != MU_OK)
        return status;
    session = mu_rules_session(rules, ticket->meal.session);
    tier = mu_rules_tier(rules, ticket->meal.tier);
    mu_text_copy(ticket->centre, sizeof ticket->centre, rules->centre.name);
    mu_text_copy(ticket->session, sizeof ticket->session,
                 session ? session->name : ticket->meal.session);
    mu_text_copy(ticket->tier, sizeof ticket->tier, tier ? tier->name : ticket->meal.tier);
    return MU_OK;
}

/* What the kitchen should put on the tray. */
static enum mu_status read_order(struct mu_desk *desk, struct mu_ticket *ticket,
                                 struct mu_error *error)
{
    const struct mu_meal *meal = &ticket->meal;
    struct mu_day_order order;
    enum mu_status status = mu_order_of_one(desk, meal->resident_id, meal->date, meal->session,
                                            &order, &ticket->ordered, error);

    if (status == MU_OK && ticket->ordered)
        mu_text_copy(ticket->dish, sizeof ticket->dish, order.dish);
    return status;
}

static enum mu_status read_ticket(struct mu_desk *desk, int64_t meal_id, struct mu_ticket *out,
                                  struct mu_error *error)
{
    enum mu_status status;

    memset(out, 0, sizeof *out);
    status = read_meal(desk, meal_id, &out->meal, error);
    if (status == MU_OK)
        status = read_names(desk, out, error);
    if (status == MU_OK)
        status = mu_ticket_number(desk->db, &out->meal, &out->number, error);
    if (status == MU_OK)
        status = mu_ticket_count(desk->db, meal_id, &out->copy, error);
    if (status == MU_OK && out->meal.resident_id)
        status = mu_person_file_diet(desk->db, out->meal.resident_id, out->diet, error);
    if (status == MU_OK && out->meal.resident_id)
        status = read_order(desk, out, error);
    out->copy++;
    return status;
}

enum mu_status mu_read_ticket(struct mu_desk *desk, int64_t meal_id, struct mu_ticket *out,
                              struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    return status == MU_OK ? read_ticket(desk, meal_id, out, error) : status;
}

enum mu_status mu_ticket_rules(struct mu_desk *desk, const struct mu_ticket_rules **out,
                               struct mu_error *error)
{
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    if (status == MU_OK)
        *out = &rules->canteen.tickets;
    return status;
}

/* Starts the command of the rules over the text. */
static enum mu_status hand_over(const struct mu_ticket_rules *rules, const char *text,
                                struct mu_print_job *job, struct mu_error *error)
{
    const char *command[MU_TICKET_ARGUMENTS + 1] = {NULL};
    char *encoded = NULL;
    size_t length = strlen(text);
    int code;

    if (rules->encoding == MU_TICKET_GB18030) {
        if (!mu_print_encode(text, &encoded, &length))
            return mu_fail_memory(error);
        text = encoded;
    }
    for (size_t i = 0; i < rules->argument_count; i++)
        command[i] = rules->argument[i];
    code = mu_print_start(job, command, text, length);
    free(encoded);
    return code == 0 ? MU_OK
                     : mu_fail(error, MU_INPUT, MU_SAY_error_ticket_command, rules->argument[0],
                               mu_errno_text(code), NULL);
}

/* Is printed, or tells why not: then it is over. */
static enum mu_status start(struct mu_desk *desk, struct ticket *ticket, struct mu_error *error)
{
    const struct mu_ticket_rules *rules;
    struct mu_ticket content;
    char text[MU_TICKET_SIZE];
    enum mu_status status = read_ticket(desk, ticket->meal_id, &content, error);

    if (status == MU_OK)
        status = mu_ticket_rules(desk, &rules, error);
    if (status != MU_OK)
        return status;
    if (rules->argument_count == 0)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_ticket_none, NULL);
    mu_ticket_write(&content, rules->columns, MU_CHINESE, text);
    ticket->limit = 1000 * rules->seconds;
    status = hand_over(rules, text, &ticket->job, error);
    ticket->running = status == MU_OK;
    return status;
}

static size_t running(const struct mu_ticket_queue *queue)
{
    size_t count = 0;

    for (size_t i = 0; i < queue->count; i++)
        count += queue->ticket[i].running;
    return count;
}

static enum mu_status find_queue(struct mu_desk *desk, struct mu_ticket_queue **out,
                                 struct mu_error *error)
{
    if (!desk->tickets)
        desk->tickets = calloc(1, sizeof *desk->tickets);
    *out = desk->tickets;
    return *out ? MU_OK : mu_fail_memory(error);
}

enum mu_status mu_print_ticket(struct mu_desk *desk, int64_t meal_id, struct mu_error *error)
{
    const struct mu_ticket_rules *rules;
    struct mu_ticket_queue *queue;
    struct ticket ticket = {.meal_id = meal_id};
    struct mu_meal meal;
    enum mu_status status = mu_desk_may(desk, MU_MAY_serve_meal, error);

    if (status == MU_OK)
        status = mu_ticket_rules(desk, &rules, error);
    if (status == MU_OK && rules->argument_count == 0)
        status = mu_fail(error, MU_REFUSED, MU_SAY_error_ticket_none, NULL);
    if (status == MU_OK)
        status = read_meal(desk, meal_id, &meal, error);
    if (status == MU_OK)
        status = mu_ticket_number(desk->db, &meal, &ticket.number, error);
    if (status == MU_OK)
        status = find_queue(desk, &queue, error);
    if (status != MU_OK)
        return status;
    if (queue->count == TICKETS)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_ticket_many, NULL);
    if (queue->count < MU_TICKETS_AT_ONCE)
        status = start(desk, &ticket, error);
    if (status == MU_OK)
        queue->ticket[queue->count++] = ticket;
    return status;
}

size_t mu_tickets_open(const struct mu_desk *desk)
{
    return desk->tickets ? desk->tickets->count : 0;
}

static void take_out(struct mu_ticket_queue *queue, size_t index)
{
    queue->count--;
    memmove(&queue->ticket[index], &queue->ticket[index + 1],
            (queue->count - index) * sizeof *queue->ticket);
}

/* Why a command did not print; false while it runs. */
static bool ended(struct ticket *ticket, struct mu_ticket_result *out)
{
    char seconds[16];

    switch (mu_print_poll(&ticket->job, ticket->limit)) {
    case MU_PRINT_RUNNING:
        return false;
    case MU_PRINT_DONE:
        out->printed = true;
        return true;
    case MU_PRINT_HUNG:
        snprintf(seconds, sizeof seconds, "%d", ticket->limit / 1000);
        mu_fail(&out->why, MU_INPUT, MU_SAY_error_ticket_hung, seconds, NULL);
        return true;
    default:
        if (*ticket->job.words)
            mu_fail(&out->why, MU_INPUT, MU_SAY_error_ticket_said, ticket->job.words, NULL);
        else
            mu_fail(&out->why, MU_INPUT, MU_SAY_error_ticket_failed, NULL);
        return true;
    }
}

/* The first ticket that came to an end, of those that run and those that could not be started. */
static bool look(struct mu_desk *desk, struct mu_ticket_queue *queue, struct mu_ticket_result *out)
{
    for (size_t i = 0; i < queue->count; i++) {
        struct ticket *ticket = &queue->ticket[i];
        bool over;

        memset(out, 0, sizeof *out);
        if (!ticket->running && running(queue) >= MU_TICKETS_AT_ONCE)
            return false;
        if (ticket->running)
            over = ended(ticket, out);
        else
            over = start(desk, ticket, &out->why) != MU_OK;
        if (over) {
            out->meal_id = ticket->meal_id;
            out->number = ticket->number;
            take_out(queue, i);
            return true;
        }
    }
    return false;
}

/* False when another desk is saving, which is not waited for. What cannot be noted for another
 * reason is told all the same. */
static bool note(struct mu_desk *desk, const struct mu_ticket_result *result)
{
    char fault[MU_ERROR_ARGUMENT_SIZE] = "";
    struct mu_error error;
    enum mu_status status;

    if (!result->printed)
        mu_error_text(&result->why, MU_CHINESE, fault, sizeof fault);
    status = mu_db_begin(desk->db, &error);
    if (status == MU_OK) {
        status = mu_ticket_add(desk->db, result->meal_id, result->printed, fault, mu_desk_now(desk),
                               desk->operator.id, &error);
        if (status == MU_OK)
            status = mu_db_commit(desk->db, &error);
        else
            mu_db_rollback(desk->db);
    }
    return status == MU_OK || error.message != MU_SAY_error_db_busy;
}

bool mu_ticket_result(struct mu_desk *desk, struct mu_ticket_result *out)
{
    struct mu_ticket_queue *queue = desk->tickets;
    bool noted = false;

    if (!queue)
        return false;
    mu_desk_hurry(desk, true);
    if (!queue->unnoted)
        queue->unnoted = look(desk, queue, &queue->result);
    if (queue->unnoted)
        noted = note(desk, &queue->result);
    mu_desk_hurry(desk, false);
    if (!noted)
        return false;
    queue->unnoted = false;
    *out = queue->result;
    return true;
}

void mu_ticket_queue_free(struct mu_desk *desk)
{
    static const struct timespec moment = {0, MOMENT};
    struct mu_ticket_result result;

    for (int64_t waited = 0; mu_tickets_open(desk) > 0 && waited < LAST_WAIT; waited += MOMENT)
        if (!mu_ticket_result(desk, &result))
            nanosleep(&moment, NULL);
    for (size_t i = 0; i < mu_tickets_open(desk); i++)
        mu_print_stop(&desk->tickets->ticket[i].job);
    free(desk->tickets);
    desk->tickets = NULL;
}
