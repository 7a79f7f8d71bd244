/* What the mediators of a made-up community did in the year up to today. Every case goes through
 * the use cases of the desk, as its mediator would enter it. */
#include "desk/demo_people.h"
#include "desk/desk_internal.h"
#include "store/operator_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/case.h>
#include <mulin/desk/mediator.h>
#include <mulin/desk/register.h>

#include <stdio.h>
#include <string.h>

enum { PEOPLE = 160, GROWN_UP = 18, STEPS = 16, LINE = 512 };
/* Codes of data/codes. */
enum { YES = 1, NO = 2, FIRST = 1, OTHER = 2, PLAIN = 1, MAJOR = 3, WRITTEN = 1, ORAL = 2 };
enum {
    ASSIGNED = 1,
    FAILED = 1,
    WITHDRAWN = 3,
    MISTAKE = 4,
    KEPT = 1,
    KEPT_NOT = 3,
    COMMUNITY = 2
};

static const struct {
    const char *name, *team, *skills;
} mediators[] = {
    {DEMO_MEDIATOR, "红烛格老", "邻里 家事"}, {"周玉兰", "红烛格老", "家事 赡养"},
    {"方志明", "红烛格老", "物业 停车"},      {"沈秀云", "和事帮帮团", "邻里 租房"},
    {"贺国庆", "和事帮帮团", "劳动 赔偿"},
};

static const struct theme {
    const char *subject;
    int dispute, level;
    const char *story, *meeting, *promise;
    int yuan; /* 0: nothing is paid */
} themes[] = {
    {"楼上漏水", 2, 2, "厨房天花板滴水有三个月，墙皮掉了一片，说过两次没有修。",
     "申请人要求修好并赔墙面；被申请人说管子老化，愿意修，赔多少要商量。一起上门看了水管。",
     "请人修好水管，赔墙面粉刷", 1200},
    {"遛狗不牵绳", 2, 2, "傍晚遛狗不牵绳，吓着了孩子，双方在楼下吵起来。",
     "被申请人承认没有牵绳，申请人希望以后注意。双方都不愿闹大。", "遛狗牵绳，避开放学时间", 0},
    {"楼道堆杂物", 2, 2, "楼道里堆了纸箱和旧家具，轮椅过不去。",
     "被申请人说家里放不下；楼长答应帮着卖掉旧家具。", "清空楼道", 0},
    {"停车占位", 13, 3, "轮流停车说好了，常有人占着不挪，上班出不去。",
     "双方把轮流的日子重新排了一遍，写在纸上贴到门口。", "按排好的日子停车", 0},
    {"物业费", 13, 3, "路灯坏了半年没修，业主不肯交物业费。", "物业认了修得慢，业主同意修好就交。",
     "修好路灯后补交物业费", 1680},
    {"赡养老人", 1, 1, "老人生病住院，几个子女为谁出钱、谁照看争执。",
     "把各家的难处都摆出来说，商量好轮流照看，医药费平摊。", "每月承担一份生活费", 600},
    {"房租押金", 3, 2, "租户搬走，房东说墙面弄脏了不退押金。",
     "看了搬进来时的照片，污渍有旧有新。双方各让一步。", "退还一部分押金", 900},
    {"装修噪音", 2, 2, "午休时间电钻不停，楼下老人血压上来。", "被申请人拿出工期表，愿意改时间。",
     "中午和周日不施工", 0},
    {"孩子打架", 6, 2, "放学路上两个孩子推搡，一个磕破了额头。",
     "双方家长都到了，孩子互相道了歉，医药费看了单据。", "承担医药费", 380},
    {"摊位油烟", 11, 3, "楼下早点铺的油烟直往二楼窗户里灌。", "店主愿意加高烟管，请求宽限几天。",
     "加高烟管", 0},
};

static const int sources[] = {1, 1, 2, 1, 3, 1, 5, 2, 1, 4};

/* What becomes of a case: a letter of the plan. */
enum fate {
    SETTLES = 's',  /* closed after a visit that found it kept */
    MAJORITY = 'M', /* the same, and it was a major one */
    BREAKS = 'b',   /* closed although it was not kept */
    FAILS = 'f',
    LEAVES = 'w', /* withdrawn */
    SLIP = 'm',   /* entered by mistake */
    GOES_UP = 'p',
    PROMISES = 'a', /* agreed, and something of it is due */
    MEETS = 'o',    /* being mediated */
    THREATENS = 'd',
    BEGINS = 'n'
};

/* From the oldest to the newest; the days between two cases. */
static const struct plan {
    const char *preset, *fates;
    int apart;
} plans[] = {
    {"changan", "sssMsssfssMsssbsMssswssMssspssMsfssmsMsssspsssooaand", 6},
    {NULL, "ssfswspsoand", 21},
};

struct log {
    struct mu_desk *desk;
    struct demo dealer;
    struct {
        int64_t id;
        char name[MU_PERSON_NAME_SIZE];
    } person[PEOPLE];
    size_t people;
    int64_t mediator[COUNT(mediators)];
};

/* A case on its way to the desk. */
struct draft {
    const struct theme *theme;
    struct mu_case_step step[STEPS];
    char text[STEPS][LINE];
    size_t count;
    struct mu_date accepted;
};

static struct mu_case_step *add(struct draft *draft, enum mu_case_step_kind kind, int days)
{
    struct mu_case_step *step = &draft->step[draft->count++];

    *step = (struct mu_case_step){.kind = kind, .date = mu_date_add_days(draft->accepted, days)};
    return step;
}

static void say(struct draft *draft, const char *text)
{
    char *copy = draft->text[draft->count - 1];

    mu_text_copy(copy, LINE, text);
    draft->step[draft->count - 1].text = copy;
}

#define WRITE(member, text) mu_text_copy(member, sizeof(member), text)

/* ---- the steps ---- */

static void take_in(struct draft *draft, size_t index, char fate)
{
    struct mu_case_intake *intake = &add(draft, MU_STEP_INTAKE, 0)->record.intake;

    WRITE(intake->subject, draft->theme->subject);
    intake->dispute = draft->theme->dispute;
    intake->level = draft->theme->level;
    intake->source = sources[index % COUNT(sources)];
    intake->weight = fate == MAJORITY ? MAJOR : PLAIN;
    intake->danger = fate == THREATENS ? YES : NO;
    if (draft->theme->yuan)
        snprintf(intake->amount, sizeof intake->amount, "%d", draft->theme->yuan);
    say(draft, draft->theme->story);
}

/* Two cases in the plan are of the people of the one before them: they quarrel again. */
static size_t first_of_pair(size_t index)
{
    size_t pair = index % 17 == 6 || index % 17 == 9 ? index - index % 17 + 3 : index;

    return 2 * pair;
}

static void bring(struct draft *draft, const struct log *log, size_t index, int side)
{
    size_t who = (first_of_pair(index) + (size_t)side) % log->people;
    struct mu_case_step *step = add(draft, MU_STEP_PARTY, 0);

    step->resident_id = log->person[who].id;
    step->record.party.side = side;
    WRITE(step->record.party.name, log->person[who].name);
    WRITE(step->record.party.wish, side == FIRST ? "说清楚，以后不再这样" : "");
}

static void assign(struct draft *draft, const struct log *log, size_t which)
{
    struct mu_case_step *step = add(draft, MU_STEP_MEDIATOR, 0);

    step->mediator_id = log->mediator[which];
    step->record.mediator.duty = ASSIGNED;
    WRITE(step->record.mediator.name, mediators[which].name);
}

static void inform(struct draft *draft)
{
    WRITE(add(draft, MU_STEP_INFORMED, 1)->record.notice.how, "当面宣读，双方签字");
}

static void meet(struct draft *draft, int days)
{
    struct mu_case_meeting *meeting = &add(draft, MU_STEP_MEETING, days)->record.meeting;

    WRITE(meeting->from, "14:30");
    WRITE(meeting->to, "16:00");
    WRITE(meeting->place, "调解室");
    WRITE(meeting->present, "双方当事人、楼长");
    say(draft, draft->theme->meeting);
}

static void agree(struct draft *draft, size_t index, int days, int promised)
{
    struct mu_case_agreement *agreement = &add(draft, MU_STEP_AGREED, days)->record.agreement;
    struct mu_case_promise *promise;

    agreement->form = draft->theme->yuan || index % 3 ? WRITTEN : ORAL;
    agreement->effect = YES;
    WRITE(agreement->signed_by, agreement->form == WRITTEN ? "双方签名，调解员签名" : "");
    say(draft, draft->theme->meeting);
    promise = &add(draft, MU_STEP_PROMISE, days)->record.promise;
    WRITE(promise->who, "被申请人");
    WRITE(promise->what, draft->theme->promise);
    if (draft->theme->yuan)
        snprintf(promise->amount, sizeof promise->amount, "%d", draft->theme->yuan);
    promise->due_on = mu_date_add_days(draft->accepted, promised);
}

static void keep(struct draft *draft, bool kept)
{
    struct mu_case_step *step;

    if (kept) {
        step = add(draft, MU_STEP_PERFORMED, 16);
        step->about = 1;
        WRITE(step->record.performance.how, "当面交清");
    }
    step = add(draft, MU_STEP_VISITED, 21);
    step->record.visit.kept = kept ? KEPT : KEPT_NOT;
    WRITE(step->record.visit.met, "上门见了双方");
    step = add(draft, MU_STEP_CLOSED, 22);
    WRITE(step->record.reason.reason, kept ? "" : "告知可以向法院起诉");
}

static void end(struct draft *draft, int how, const char *why)
{
    struct mu_case_step *step = add(draft, MU_STEP_ENDED, 9);

    step->record.ending.how = how;
    step->record.ending.told = how == FAILED ? YES : 0;
    say(draft, why);
    add(draft, MU_STEP_CLOSED, 10);
    if (how == FAILED)
        WRITE(add(draft, MU_STEP_VISITED, 25)->record.visit.met, "两家都去看了，没有再吵");
}

static void report(struct draft *draft)
{
    struct mu_case_report *told = &add(draft, MU_STEP_REPORTED, 0)->record.report;

    WRITE(told->to, "派出所值班民警");
    WRITE(told->at, "15:10");
    WRITE(told->how, "打电话，民警到场劝开");
}

static void pass_up(struct draft *draft)
{
    struct mu_case_passing *passing = &add(draft, MU_STEP_PASSED, 6)->record.passing;

    passing->station = COMMUNITY;
    WRITE(passing->to, "社区人民调解委员会");
    WRITE(passing->reason, "涉及几栋楼，小区里谈不拢");
    add(draft, MU_STEP_CLOSED, 12);
}

/* What was done in it after it was taken in. */
static void go_on(struct draft *draft, size_t index, char fate)
{
    int days = 4 + (int)(index % 8);

    if (fate == BEGINS)
        return;
    if (fate == SLIP) {
        end(draft, MISTAKE, "和前一件是同一件事，登记重了");
        return;
    }
    inform(draft);
    if (fate == THREATENS)
        return;
    if (fate == LEAVES) {
        end(draft, WITHDRAWN, "双方自己谈好了");
        return;
    }
    meet(draft, 2);
    if (fate == FAILS)
        end(draft, FAILED, "双方各不相让，分歧太大");
    else if (fate == GOES_UP)
        pass_up(draft);
    else if (fate == PROMISES)
        agree(draft, index, 3, 12);
    else if (fate != MEETS)
        agree(draft, index, days, 18);
    if (fate == SETTLES || fate == MAJORITY || fate == BREAKS)
        keep(draft, fate != BREAKS);
}

/* What is not over yet was taken in these days ago. */
static int days_ago(const struct plan *plan, size_t index)
{
    int left = (int)(strlen(plan->fates) - index);

    switch (plan->fates[index]) {
    case PROMISES:
        return 10 + 2 * (left % 3);
    case MEETS:
        return left % 2 ? 16 : 34;
    case THREATENS:
        return 2;
    case BEGINS:
        return 3;
    default:
        return 24 + left * plan->apart;
    }
}

static enum mu_status write_case(struct log *log, const struct plan *plan, size_t index,
                                 struct mu_error *error)
{
    struct draft draft = {.theme = &themes[index % COUNT(themes)]};
    struct mu_case_opening opening = {.step = draft.step};
    struct mu_case_written written;
    char fate = plan->fates[index];
    enum mu_status status;

    draft.accepted = mu_date_add_days(log->dealer.today, -days_ago(plan, index));
    take_in(&draft, index, fate);
    bring(&draft, log, index, FIRST);
    bring(&draft, log, index, OTHER);
    assign(&draft, log, 0);
    if (index % 3)
        assign(&draft, log, 1 + index % (COUNT(mediators) - 1));
    if (fate == THREATENS)
        report(&draft);
    opening.steps = draft.count;
    status = mu_open_case(log->desk, &opening, &written, NULL, NULL, error);
    if (status != MU_OK)
        return status;
    go_on(&draft, index, fate);
    return draft.count == opening.steps
               ? MU_OK
               : mu_add_case_steps(log->desk, written.case_id, draft.step + opening.steps,
                                   draft.count - opening.steps, 0, &written, NULL, NULL, error);
}

/* ---- people ---- */

static bool take_person(void *context, const struct mu_resident *resident)
{
    struct log *log = context;

    if (mu_resident_age(resident, log->dealer.today) >= GROWN_UP) {
        log->person[log->people].id = resident->id;
        WRITE(log->person[log->people].name, resident->name);
        log->people++;
    }
    return log->people < PEOPLE;
}

static enum mu_status name_mediators(struct log *log, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < COUNT(mediators) && status == MU_OK; i++) {
        struct mu_mediator mediator = {.from = mu_date_add_days(log->dealer.today, -700)};

        WRITE(mediator.name, mediators[i].name);
        WRITE(mediator.team, mediators[i].team);
        WRITE(mediator.skills, mediators[i].skills);
        WRITE(mediator.operator_name, i == 0 ? DEMO_MEDIATOR : "");
        status = mu_save_mediator(log->desk, &mediator, NULL, error);
        log->mediator[i] = mediator.id;
    }
    return status;
}

static enum mu_status write_cases(struct log *log, const char *preset, struct mu_error *error)
{
    const struct plan *plan = plans;
    enum mu_status status = MU_OK;

    while (plan->preset && strcmp(plan->preset, preset) != 0)
        plan++;
    for (size_t i = 0; plan->fates[i] && status == MU_OK; i++)
        status = write_case(log, plan, i, error);
    return status;
}

enum mu_status demo_mediation(struct mu_desk *desk, const char *preset, struct mu_error *error)
{
    struct log log = {.desk = desk, .dealer = {.today = mu_desk_now(desk).date}};
    struct mu_operator keeper = desk->operator, mediator = {0};
    enum mu_status status = mu_list_residents(desk, 0, 4 * PEOPLE, take_person, &log, error);

    if (status != MU_OK || log.people < 2)
        return status;
    status = name_mediators(&log, error);
    if (status == MU_OK)
        status = mu_operator_by_name(desk->db, DEMO_MEDIATOR, &mediator, error);
    if (status != MU_OK)
        return status;
    desk->operator= mediator;
    status = write_cases(&log, preset, error);
    desk->operator= keeper;
    return status;
}
