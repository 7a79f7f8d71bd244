/* counters HOME PROCESSES DEMANDS DAYS
 *
 * On each of DAYS days PROCESSES counters of one home open at the same moment and ask DEMANDS times
 * each for a meal of an outdoor worker. One line for each day: the meals that were free, those that
 * were paid in full, and those that failed. Every counter is a process of its own, forked before
 * anything is opened, and opens its desk anew each morning. */
#include <mulin/desk/canteen.h>

#include <pthread.h>
#include <pwd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DAYS = 100000, SECONDS = 120, CLOCK_SIZE = 32 };

struct day {
    atomic_int free, full, failed;
};

struct race {
    pthread_barrier_t morning, noon;
    struct day day[];
};

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "counters: %s\n", what);
    exit(2);
}

static int number(const char *text, int most)
{
    long value = strtol(text, NULL, 10);

    if (value < 1 || value > most)
        die(text);
    return (int)value;
}

static struct mu_desk *open_desk(const char *home, int day)
{
    char now[CLOCK_SIZE], date[MU_DATE_SIZE];
    const struct passwd *account = getpwuid(getuid());
    struct mu_desk *desk = NULL;
    struct mu_error error;
    struct mu_desk_options options = {.home = home, .fixed_now = now};

    if (!account)
        die("this user has no name");
    options.system_user = account->pw_name;
    mu_date_format(mu_date_add_days((struct mu_date){2027, 1, 1}, day), date);
    snprintf(now, sizeof now, "%sT11:30", date);
    if (mu_desk_open(&options, &desk, &error) != MU_OK)
        die("a desk did not open");
    return desk;
}

static void ask(struct mu_desk *desk, struct day *day)
{
    const struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_meal_answer answer;

    if (mu_serve_meal(desk, &request, &answer, NULL) != MU_OK)
        day->failed++;
    else if (answer.meal.pay.fen == 0)
        day->free++;
    else
        day->full++;
}

static void serve(struct race *race, const char *home, int demands, int days)
{
    for (int i = 0; i < days; i++) {
        struct mu_desk *desk;

        alarm(SECONDS); /* nobody waits for ever at a barrier for one that died */
        pthread_barrier_wait(&race->morning);
        desk = open_desk(home, i);
        pthread_barrier_wait(&race->noon);
        for (int j = 0; j < demands; j++)
            ask(desk, &race->day[i]);
        mu_desk_free(&desk);
    }
}

static struct race *begin_race(int processes, int days)
{
    struct race *race = mmap(NULL, sizeof *race + (size_t)days * sizeof *race->day,
                             PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_barrierattr_t shared;

    if (race == MAP_FAILED)
        die("mmap");
    pthread_barrierattr_init(&shared);
    pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_barrier_init(&race->morning, &shared, (unsigned)processes);
    pthread_barrier_init(&race->noon, &shared, (unsigned)processes);
    return race;
}

int main(int count, char **arguments)
{
    int processes, demands, days, status, failed = 0;
    struct race *race;

    if (count != 5)
        die("usage: counters HOME PROCESSES DEMANDS DAYS");
    processes = number(arguments[2], 64);
    demands = number(arguments[3], 1000);
    days = number(arguments[4], DAYS);
    race = begin_race(processes, days);
    for (int i = 0; i < processes; i++) {
        pid_t child = fork();

        if (child < 0)
            die("fork");
        if (child == 0) {
            serve(race, arguments[1], demands, days);
            exit(0);
        }
    }
    while (wait(&status) > 0)
        failed |= status;
    for (int i = 0; i < days; i++)
        printf("%d %d %d\n", race->day[i].free, race->day[i].full, race->day[i].failed);
    munmap(race, sizeof *race + (size_t)days * sizeof *race->day);
    return failed ? 1 : 0;
}
