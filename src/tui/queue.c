#include "tui/app_state.h"

#include <stdlib.h>
#include <string.h>

bool mu_queue_full(const struct mu_queue *queue)
{
    return queue->count == QUEUE;
}

bool mu_queue_add(struct mu_queue *queue, const struct mu_event *event)
{
    size_t at = (queue->first + queue->count) % QUEUE;
    char *text = NULL;

    if (mu_queue_full(queue))
        return false;
    if (event->text && !(text = strdup(event->text)))
        return false;
    queue->event[at] = *event;
    queue->event[at].text = queue->text[at] = text;
    queue->count++;
    return true;
}

void mu_queue_put_back(struct mu_queue *queue, const struct mu_event *event)
{
    char *text = event->text ? strdup(event->text) : NULL;

    if (mu_queue_full(queue) || (event->text && !text)) {
        free(text);
        return;
    }
    queue->first = (queue->first + QUEUE - 1) % QUEUE;
    queue->event[queue->first] = *event;
    queue->event[queue->first].text = queue->text[queue->first] = text;
    queue->count++;
}

bool mu_queue_take(struct mu_queue *queue, struct mu_event *event)
{
    free(queue->current);
    queue->current = NULL;
    if (queue->count == 0)
        return false;
    *event = queue->event[queue->first];
    queue->current = queue->text[queue->first];
    queue->text[queue->first] = NULL;
    queue->first = (queue->first + 1) % QUEUE;
    queue->count--;
    return true;
}

void mu_queue_clear(struct mu_queue *queue)
{
    struct mu_event event;

    while (mu_queue_take(queue, &event))
        ;
}
