#include "desk/rule_names.h"

#include <mulin/base/text.h>

void mu_rule_names_init(struct mu_rule_names *names, struct mu_desk *desk)
{
    *names = (struct mu_rule_names){.desk = desk};
}

void mu_rule_names_clear(struct mu_rule_names *names)
{
    mu_rules_free(&names->rules);
    names->version = 0;
}

static enum mu_status open_book(struct mu_rule_names *names, int version, struct mu_error *error)
{
    struct mu_error why;
    enum mu_status status;

    if (names->version == version)
        return MU_OK;
    mu_rule_names_clear(names);
    names->version = version;
    status = mu_desk_book(names->desk, version, &names->rules, &why);
    if (status != MU_MEMORY)
        return MU_OK;
    mu_rule_names_clear(names);
    return mu_fail_memory(error);
}

enum mu_status mu_rule_name(struct mu_rule_names *names, int version, char *text, size_t size,
                            struct mu_error *error)
{
    const struct mu_duty *duty;
    const struct mu_rating_rules *rating;
    enum mu_status status = *text ? open_book(names, version, error) : MU_OK;

    if (status != MU_OK || !*text || !names->rules)
        return status;
    duty = mu_rules_duty(names->rules, text);
    rating = mu_rules_rating(names->rules, text);
    if (duty)
        mu_text_copy(text, size, duty->name);
    else if (rating)
        mu_text_copy(text, size, rating->name);
    return MU_OK;
}
