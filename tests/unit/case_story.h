/* A case told step by step, as mediators live through it. Every helper fails the test unless the
 * step is good. */
#ifndef MULIN_TESTS_CASE_STORY_H
#define MULIN_TESTS_CASE_STORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <mulin/domain/case.h>

struct story {
    struct mu_case mediated;
    struct mu_rules rules;
    struct mu_date today;
    const char *field;
    struct mu_error error;
};

static inline void story_set(struct mu_case_step *step, const char *key, const char *value)
{
    static const struct mu_date today = {2026, 11, 23};
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    const struct mu_field *field = mu_field_by_key(type->fields, type->field_count, key);
    struct mu_error error;
    char text[512] = "";

    if (!field)
        fail_msg("%s has no field %s", type->word, key);
    if (mu_field_read(field, value, today, &step->record, &error) != MU_OK) {
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s=%s: %s", key, value, text);
    }
}

/* A step of `month`/`day` of 2026 with its fields: key, value, ..., NULL; "text" is the long one.
 */
static inline struct mu_case_step story_step(enum mu_case_step_kind kind, int month, int day, ...)
{
    struct mu_case_step step = {.kind = kind, .date = {2026, month, day}};
    const char *key;
    va_list pairs;

    va_start(pairs, day);
    while ((key = va_arg(pairs, const char *))) {
        const char *value = va_arg(pairs, const char *);

        if (strcmp(key, "text") == 0)
            step.text = strdup(value);
        else
            story_set(&step, key, value);
    }
    va_end(pairs);
    return step;
}

/* What the case says to the step, which it does not take; the step is freed. */
static inline enum mu_status story_try(struct story *story, struct mu_case_step step)
{
    enum mu_status status = mu_case_check(&story->mediated, &step, &story->rules, story->today,
                                          &story->field, &story->error);

    mu_case_step_clear(&step);
    return status;
}

static inline void story_goes(struct story *story, struct mu_case_step step)
{
    char text[512] = "";

    if (mu_case_check(&story->mediated, &step, &story->rules, story->today, &story->field,
                      &story->error) != MU_OK) {
        mu_error_text(&story->error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s: %s", mu_case_step_type(step.kind)->word, text);
    }
    mu_case_work_out(&step, &story->rules);
    step.number = (int)story->mediated.steps + 1;
    assert_int_equal(mu_case_take(&story->mediated, &step, NULL), MU_OK);
    mu_case_step_clear(&step);
}

/* Good but for this field, and for this reason. */
static inline void story_stops(struct story *story, struct mu_case_step step, const char *field,
                               enum mu_message why)
{
    assert_int_equal(story_try(story, step), MU_INPUT);
    if (field)
        assert_string_equal(story->field, field);
    else
        assert_null(story->field);
    assert_int_equal(story->error.message, why);
}

static inline void story_forbids(struct story *story, enum mu_case_step_kind kind,
                                 enum mu_message why)
{
    struct mu_case_step step = {.kind = kind, .date = story->today};

    assert_int_equal(story_try(story, step), MU_REFUSED);
    assert_int_equal(story->error.message, why);
}

static inline struct mu_case_step about(struct mu_case_step step, int number)
{
    step.about = number;
    return step;
}

static inline struct mu_case_step by_mediator(struct mu_case_step step, int64_t id)
{
    step.mediator_id = id;
    return step;
}

static inline struct mu_case_step of_resident(struct mu_case_step step, int64_t id)
{
    step.resident_id = id;
    return step;
}

static inline struct mu_case_step an_intake(void)
{
    return story_step(MU_STEP_INTAKE, 10, 23, "subject", "楼上漏水", "dispute", "邻里纠纷", "level",
                      "邻里事", "source", "当事人申请", "danger", "否", "text",
                      "厨房天花板滴水三个月。", NULL);
}

static inline struct mu_case_step a_meeting(int month, int day)
{
    return story_step(MU_STEP_MEETING, month, day, "present", "王秀英、张金凤", "text",
                      "双方都说了话。", NULL);
}

static inline struct mu_case_step a_written_agreement(int month, int day)
{
    return story_step(MU_STEP_AGREED, month, day, "form", "书面协议", "signed_by", "双方签名",
                      "text", "张金凤修管子并赔偿。", NULL);
}

static inline struct mu_case_step an_ending(int month, int day, const char *how)
{
    return story_step(MU_STEP_ENDED, month, day, "how", how, "told", "是", "text", "谈不拢", NULL);
}

static inline struct mu_case_step a_party(const char *side, const char *name)
{
    return story_step(MU_STEP_PARTY, 10, 23, "side", side, "name", name, NULL);
}

/* Accepted, with both sides and a mediator. */
static inline void story_accepted(struct story *story)
{
    *story = (struct story){.today = {2026, 11, 23}};
    story->rules.mediation = (struct mu_mediation_rules){.number = "({year})井调字第{serial}号",
                                                         .limit = {.months = 1},
                                                         .extension = {.months = 1},
                                                         .confirm = {.days = 30},
                                                         .visit = {.days = 15}};
    story_goes(story, an_intake());
    story_goes(story, a_party("申请人", "王秀英"));
    story_goes(story, a_party("被申请人", "张金凤"));
    story_goes(story, by_mediator(story_step(MU_STEP_MEDIATOR, 10, 23, "duty", "指派", "name",
                                             "李桂兰", NULL),
                                  5));
}

static inline void story_informed(struct story *story)
{
    story_accepted(story);
    story_goes(story, story_step(MU_STEP_INFORMED, 10, 23, "how", "当面宣读", NULL));
}

/* With an agreement of November 1st: 1200 yuan by the 10th, and a repair by the 20th. */
static inline void story_agreed(struct story *story)
{
    story_informed(story);
    story_goes(story, a_meeting(10, 30));
    story_goes(story, a_written_agreement(11, 1));
    story_goes(story, story_step(MU_STEP_PROMISE, 11, 1, "who", "张金凤", "what", "赔偿", "amount",
                                 "1200", "due_on", "2026-11-10", NULL));
    story_goes(story, story_step(MU_STEP_PROMISE, 11, 1, "who", "张金凤", "what", "修好管子",
                                 "due_on", "2026-11-20", NULL));
}

static inline struct mu_case_step a_visit(int month, int day, const char *kept, const char *next_on)
{
    return story_step(MU_STEP_VISITED, month, day, "kept", kept, "next_on", next_on, NULL);
}

static inline void story_ends(struct story *story)
{
    mu_case_clear(&story->mediated);
}

#endif
