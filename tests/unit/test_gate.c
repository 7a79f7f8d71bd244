/* Many read again and again: the room is empty now and then all the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/crew.h"
#include "base/gate.h"

#include <stdatomic.h>

enum { MEMBERS = 3, EMPTIED = 20 };

struct room {
    struct mu_gate *gate;
    atomic_int inside, emptied, together;
    atomic_int left; /* members that need not wait for others any more */
};

/* Nobody leaves before another one has come, as long as one may: without a gate it would never be
 * empty. */
static enum mu_status read_on(void *context, size_t member, size_t piece, struct mu_error *error)
{
    struct room *room = context;

    (void)piece, (void)error;
    while (room->emptied < EMPTIED) {
        mu_gate_enter(room->gate, member);
        if (room->inside++ > 0)
            room->together++;
        for (int i = 0; i < 200000 && room->inside < 2 && room->left == 0; i++)
            continue;
        if (--room->inside == 0)
            room->emptied++;
        mu_gate_leave(room->gate, member);
    }
    room->left++;
    return MU_OK;
}

static void those_who_read_leave_room(void **state)
{
    struct room room = {.emptied = 0};
    struct mu_crew *crew;
    size_t failed;

    (void)state;
    assert_int_equal(mu_gate_new(1, &room.gate, NULL), MU_OK);
    assert_int_equal(mu_crew_begin(read_on, &room, MEMBERS, MEMBERS, &crew, NULL), MU_OK);
    assert_int_equal(mu_crew_end(&crew, NULL, &failed, NULL), MU_OK);
    assert_true(room.emptied >= EMPTIED);
    mu_gate_free(&room.gate);
    assert_null(room.gate);
}

/* The second is let in at once: waiting for the first would be of no use to anybody. */
static void nobody_waits_for_a_long_reader(void **state)
{
    struct mu_gate *gate;

    (void)state;
    assert_int_equal(mu_gate_new(1, &gate, NULL), MU_OK);
    mu_gate_enter(gate, 0);
    for (int i = 0; i < 1000; i++) {
        mu_gate_enter(gate, 1);
        mu_gate_leave(gate, 1);
    }
    mu_gate_leave(gate, 0);
    mu_gate_free(&gate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_who_read_leave_room),
        cmocka_unit_test(nobody_waits_for_a_long_reader),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
