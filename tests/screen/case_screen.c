#include "screen/case_screen.h"

#include <mulin/base/text.h>
#include <mulin/desk/mediator.h>

static const struct mu_date today = STORY_DAY;

enum { FIRST = 1, OTHER = 2 }; /* data/codes/case_side.def */

/* ---- what the stories begin with ---- */

int64_t story_mediator(const struct story *story, const char *name, const char *operator_name,
                       const char *card)
{
    struct mu_mediator mediator = {.resident_id = card ? story_find(story, card) : 0,
                                   .from = {2026, 1, 1}};

    mu_text_copy(mediator.name, sizeof mediator.name, name);
    mu_text_copy(mediator.operator_name, sizeof mediator.operator_name, operator_name);
    mu_text_copy(mediator.team, sizeof mediator.team, "红烛格老");
    assert_int_equal(mu_save_mediator(story->desk, &mediator, NULL, NULL), MU_OK);
    return mediator.id;
}

/* The keeper, who sits at the desk of the stories, mediates. */
void story_keeper_mediates(const struct story *story)
{
    story_mediator(story, "陈国庆", mu_desk_operator(story->desk), NULL);
}

static struct mu_case_step party(int side, const char *name, int64_t resident_id, const char *wish)
{
    struct mu_case_step step = {.kind = MU_STEP_PARTY, .date = today, .resident_id = resident_id};

    step.record.party.side = side;
    mu_text_copy(step.record.party.name, sizeof step.record.party.name, name);
    mu_text_copy(step.record.party.phone, sizeof step.record.party.phone, "13800004321");
    mu_text_copy(step.record.party.wish, sizeof step.record.party.wish, wish);
    return step;
}

int64_t story_take_in_on(const struct story *story, struct mu_date day, int danger)
{
    char about[] = "楼上卫生间漏水三个月，楼下的墙都花了，说了几次没有修。";
    struct mu_case_step step[3] = {{.kind = MU_STEP_INTAKE, .date = day, .text = about},
                                   party(FIRST, "张金凤", story_find(story, "8801"), "修好，刷墙"),
                                   party(OTHER, "李建国", story_find(story, "8802"), "")};
    const struct mu_case_opening opening = {.step = step, .steps = 3};
    struct mu_case_intake *intake = &step[0].record.intake;
    struct mu_case_written written;
    struct mu_error error;

    mu_text_copy(intake->subject, sizeof intake->subject, "楼上漏水");
    mu_text_copy(intake->place, sizeof intake->place, "3栋2单元201");
    intake->dispute = 2;
    intake->level = 2;
    intake->source = 1;
    intake->danger = danger;
    step[1].date = step[2].date = day;
    if (mu_open_case(story->desk, &opening, &written, NULL, NULL, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    return written.case_id;
}

int64_t story_take_in(const struct story *story)
{
    return story_take_in_on(story, today, NO);
}

void story_open_case(struct story *story, int64_t id)
{
    struct mu_error error;

    assert_int_equal(mu_open_case_page(story->app, id, &error), MU_OK);
    assert_top(story, "case_page");
}

static void add(const struct story *story, int64_t id, const struct mu_case_step *step)
{
    struct mu_case_written written;
    struct mu_error error;

    if (mu_add_case_steps(story->desk, id, step, 1, 0, &written, NULL, NULL, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
}

void story_informed(const struct story *story, int64_t id)
{
    struct mu_case_step step = {.kind = MU_STEP_INFORMED, .date = today};

    add(story, id, &step);
}

/* Chooses a next step by its word. */
void story_next(struct story *story, const char *chinese, const char *english)
{
    story_press(story, F(7));
    story_type(story, story->language == MU_CHINESE ? chinese : english);
    story_press(story, MU_KEY_ENTER);
}

void story_paste(struct story *story, const char *text)
{
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_PASTE, .text = text});
}

struct mu_case story_reread(const struct story *story, int64_t id)
{
    struct mu_case mediated = {0};

    assert_int_equal(mu_reread_case(story->desk, id, &mediated, NULL, NULL), MU_OK);
    return mediated;
}
