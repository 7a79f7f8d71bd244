#include <mulin/domain/tag.h>

#include <stdio.h>
#include <string.h>

static const char alone_word[] = "独居", empty_nest_word[] = "空巢", advanced_word[] = "高龄";

/* Nobody has a child before this age. */
enum { YOUNGEST_PARENT = 14 };

/* Generations and branches of a family, as GB/T 4761 numbers them. */
enum kin {
    KIN_HEAD, /* and the spouse */
    KIN_CHILD,
    KIN_GRANDCHILD,
    KIN_PARENT,
    KIN_GRANDPARENT,
    KIN_SIBLING,
    KIN_UNCLE,
    KIN_COUSIN,
    KIN_NEPHEW,
    KIN_OTHER,
    KIN_COUNT
};

static enum kin kin_of(int relation)
{
    static const struct {
        int from, to;
        enum kin kin;
    } ranges[] = {
        {1, 2, KIN_HEAD},         {10, 12, KIN_HEAD},   {20, 39, KIN_CHILD},
        {40, 49, KIN_GRANDCHILD}, {50, 59, KIN_PARENT}, {60, 69, KIN_GRANDPARENT},
        {70, 79, KIN_SIBLING},    {81, 90, KIN_UNCLE},  {91, 92, KIN_COUSIN},
        {93, 96, KIN_NEPHEW},
    };

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (relation >= ranges[i].from && relation <= ranges[i].to)
            return ranges[i].kin;
    return KIN_OTHER;
}

/* Whose descendants they are, one generation or two; children-in-law count as children. */
static const unsigned forebears[KIN_COUNT] = {
    [KIN_HEAD] = 1u << KIN_PARENT | 1u << KIN_GRANDPARENT,
    [KIN_CHILD] = 1u << KIN_HEAD | 1u << KIN_PARENT,
    [KIN_GRANDCHILD] = 1u << KIN_HEAD | 1u << KIN_CHILD,
    [KIN_PARENT] = 1u << KIN_GRANDPARENT,
    [KIN_SIBLING] = 1u << KIN_PARENT | 1u << KIN_GRANDPARENT,
    [KIN_UNCLE] = 1u << KIN_GRANDPARENT,
    [KIN_COUSIN] = 1u << KIN_UNCLE | 1u << KIN_GRANDPARENT,
    [KIN_NEPHEW] = 1u << KIN_SIBLING | 1u << KIN_PARENT,
};

enum nest {
    NEST_OTHER,      /* somebody is younger, or a child lives there */
    NEST_ALONE,      /* one elder */
    NEST_EMPTY,      /* several elders */
    NEST_NO_BIRTH,   /* may be empty: a birth date is missing */
    NEST_NO_RELATION /* may be empty: a relation is missing */
};

/* True when the two are known to be far enough apart to be parent and child. */
static bool generations_apart(const struct mu_housemate *a, const struct mu_housemate *b)
{
    bool a_is_older;

    if (!mu_date_known(a->birth_date) || !mu_date_known(b->birth_date))
        return false;
    a_is_older = mu_date_compare(a->birth_date, b->birth_date) < 0;

    return a_is_older ? mu_age_on(a->birth_date, b->birth_date) >= YOUNGEST_PARENT
                      : mu_age_on(b->birth_date, a->birth_date) >= YOUNGEST_PARENT;
}

static bool is_descendant(const struct mu_housemate *of, const struct mu_housemate *member)
{
    return forebears[kin_of(member->relation)] >> kin_of(of->relation) & 1u;
}

static enum nest children_among(const struct mu_housemates *members)
{
    enum nest nest = NEST_EMPTY;

    for (size_t i = 0; i < members->count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct mu_housemate *a = &members->member[i], *b = &members->member[j];

            if (is_descendant(a, b) || is_descendant(b, a))
                return NEST_OTHER;
            if ((!a->relation || !b->relation) && generations_apart(a, b))
                nest = NEST_NO_RELATION;
        }
    }
    return nest;
}

static enum nest nest_of(const struct mu_housemates *members, const struct mu_register_rules *rules,
                         struct mu_date day)
{
    bool unknown = false;
    enum nest nest;

    if (!members || members->count == 0 || members->count > MU_DERIVED_MEMBERS)
        return NEST_OTHER;
    for (size_t i = 0; i < members->count; i++) {
        int age = mu_age_on(members->member[i].birth_date, day);

        if (age >= 0 && age < rules->elder_from)
            return NEST_OTHER;
        unknown |= age < 0;
    }
    nest = children_among(members);
    if (nest == NEST_OTHER)
        return nest;
    if (unknown)
        return NEST_NO_BIRTH;
    return members->count == 1 ? NEST_ALONE : nest;
}

static int elder_age(const struct mu_resident *person, const struct mu_register_rules *rules,
                     struct mu_date day)
{
    int age = mu_resident_age(person, day);

    return person->status == MU_LIVING_HERE && age >= rules->elder_from ? age : -1;
}

static void add(char out[MU_DERIVED_SIZE], const char *word)
{
    size_t used = strlen(out);

    snprintf(out + used, MU_DERIVED_SIZE - used, "%s%s", used ? " " : "", word);
}

void mu_derive_tags(const struct mu_resident *person, const struct mu_housemates *members,
                    const struct mu_register_rules *rules, struct mu_date day,
                    char out[MU_DERIVED_SIZE])
{
    int age = elder_age(person, rules, day);
    enum nest nest;

    *out = '\0';
    if (age < 0)
        return;
    snprintf(out, MU_DERIVED_SIZE, "%d+", rules->elder_from);
    nest = nest_of(members, rules, day);
    if (nest == NEST_ALONE)
        add(out, alone_word);
    if (nest == NEST_ALONE || nest == NEST_EMPTY)
        add(out, empty_nest_word);
    if (age >= rules->advanced_age_from)
        add(out, advanced_word);
}

/* Lines of reasons on their way. */
struct pen {
    char *out;
    size_t size, used;
    enum mu_language language;
};

static void say(struct pen *pen, enum mu_message message, const char *word, const char *first,
                const char *second)
{
    if (pen->used && pen->used + 1 < pen->size)
        pen->out[pen->used++] = '\n';
    pen->used += mu_message_format(pen->out + pen->used, pen->size - pen->used, pen->language,
                                   message, word, first, second, NULL);
}

static void explain_nest(struct pen *pen, enum nest nest, const char *age, const char *count,
                         const char *elder)
{
    switch (nest) {
    case NEST_ALONE:
        say(pen, MU_SAY_tag_why_alone, alone_word, age, NULL);
        say(pen, MU_SAY_tag_why_empty_nest_alone, empty_nest_word, NULL, NULL);
        break;
    case NEST_EMPTY:
        say(pen, MU_SAY_tag_why_empty_nest, empty_nest_word, count, elder);
        break;
    case NEST_NO_BIRTH:
        say(pen, MU_SAY_tag_why_no_birth, empty_nest_word, NULL, NULL);
        break;
    case NEST_NO_RELATION:
        say(pen, MU_SAY_tag_why_no_relation, empty_nest_word, NULL, NULL);
        break;
    case NEST_OTHER:
        break;
    }
}

void mu_derived_explain(const struct mu_resident *person, const struct mu_housemates *members,
                        const struct mu_register_rules *rules, struct mu_date day,
                        enum mu_language language, char *out, size_t size)
{
    struct pen pen = {out, size, 0, language};
    int age = elder_age(person, rules, day);
    char years[16], elder[16], advanced[16], word[24], count[24];

    *out = '\0';
    if (age < 0)
        return;
    snprintf(years, sizeof years, "%d", age);
    snprintf(elder, sizeof elder, "%d", rules->elder_from);
    snprintf(word, sizeof word, "%d+", rules->elder_from);
    say(&pen, MU_SAY_tag_why_elder, word, elder, years);
    snprintf(count, sizeof count, "%zu", members ? members->count : 0);
    explain_nest(&pen, nest_of(members, rules, day), years, count, elder);
    if (age >= rules->advanced_age_from) {
        snprintf(advanced, sizeof advanced, "%d", rules->advanced_age_from);
        say(&pen, MU_SAY_tag_why_elder, advanced_word, advanced, years);
    }
}
