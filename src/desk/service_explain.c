#include <mulin/desk/service_explain.h>

#include "desk/service_file.h"

#include <stdio.h>
#include <stdlib.h>

static void tell(void *context, const char *sentence)
{
    fprintf(context, "%s\n", sentence);
}

static enum mu_status write_story(const struct mu_recording *recording,
                                  const struct mu_service_facts *facts, enum mu_language language,
                                  char **text, struct mu_error *error)
{
    char line[256], day[MU_DATE_SIZE], version[16], *story_text = NULL;
    size_t length;
    FILE *story = open_memstream(&story_text, &length);
    int cut;

    if (!story)
        return mu_fail_memory(error);
    mu_date_format(facts->date, day);
    snprintf(version, sizeof version, "%d", recording->version);
    mu_message_format(line, sizeof line, language, MU_SAY_points_by_book, day, version, NULL);
    tell(story, line);
    mu_service_explain(&recording->rules->points, facts, language, tell, story);
    cut = ferror(story);
    if (fclose(story) != 0 || cut || !story_text) {
        free(story_text);
        return mu_fail_memory(error);
    }
    *text = story_text;
    return MU_OK;
}

enum mu_status mu_explain_service(struct mu_desk *desk, const struct mu_service_request *request,
                                  enum mu_language language, char **text, struct mu_error *error)
{
    struct mu_recording recording = {.desk = desk, .now = mu_desk_now(desk)};
    struct mu_date day = mu_date_known(request->date) ? request->date : recording.now.date;
    struct mu_service service = {0};
    const struct mu_duty *duty;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_rules, error);

    if (status == MU_OK)
        status = mu_recording_book(&recording, day, error);
    if (status == MU_OK)
        status = mu_recording_duty(&recording, request->duty, &duty, error);
    if (status == MU_OK)
        status = mu_service_time(request, duty, &service, error);
    if (status != MU_OK)
        return status;
    const struct mu_service_facts facts = {.duty = duty,
                                           .date = day,
                                           .starts_at = service.starts_at,
                                           .minutes = service.minutes,
                                           .times = service.times};
    return write_story(&recording, &facts, language, text, error);
}
