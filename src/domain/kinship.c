#include <mulin/domain/kinship.h>

#include <mulin/base/id_number.h>

#include <string.h>

/* A relation as a path of steps: s d son, daughter; f m father, mother; h w husband, wife;
 * B b elder, younger brother; Z z elder, younger sister. "wf" is the wife's father. */
enum { PATH_SIZE = 16, RELATIVE = 97, UNRELATED = 99, HEAD = 2, SPOUSE = 10 };

static const struct {
    int first, last; /* codes that say the same; a path leads back to the first */
    const char *path;
} paths[] = {
    {20, 27, "s"},   {29, 29, "s"},   {30, 37, "d"},  {39, 39, "d"},   {28, 28, "dh"},
    {38, 38, "sw"},  {41, 41, "ss"},  {42, 42, "sd"}, {43, 43, "ds"},  {44, 44, "dd"},
    {45, 45, "ssw"}, {46, 46, "sdh"}, {51, 51, "f"},  {57, 57, "f"},   {52, 52, "m"},
    {58, 58, "m"},   {53, 53, "hf"},  {54, 54, "hm"}, {55, 55, "wf"},  {56, 56, "wm"},
    {61, 61, "ff"},  {62, 62, "fm"},  {63, 63, "mf"}, {64, 64, "mm"},  {71, 71, "B"},
    {72, 72, "Bw"},  {73, 73, "b"},   {74, 74, "bw"}, {75, 75, "Z"},   {76, 76, "Zh"},
    {77, 77, "z"},   {78, 78, "zh"},  {81, 81, "fB"}, {82, 82, "fBw"}, {83, 83, "fb"},
    {84, 84, "fbw"}, {85, 85, "mB"},  {85, 85, "mb"}, {86, 86, "mBw"}, {86, 86, "mbw"},
    {87, 87, "mZh"}, {87, 87, "mzh"}, {88, 88, "mZ"}, {88, 88, "mz"},  {89, 89, "fZh"},
    {89, 89, "fzh"}, {90, 90, "fZ"},  {90, 90, "fz"}, {93, 93, "Bs"},  {93, 93, "bs"},
    {94, 94, "Bd"},  {94, 94, "bd"},  {95, 95, "Zs"}, {95, 95, "zs"},  {96, 96, "Zd"},
    {96, 96, "zd"},
};

static bool male_step(char step)
{
    return strchr("sfhBb", step) != NULL;
}

/* 'B', 'b', 'Z' or 'z' for somebody seen by a brother or sister; 0 when nobody knows who is
 * older. */
static char sibling(const struct mu_kin *who, const struct mu_kin *seen_by)
{
    int order;

    if (!mu_date_known(who->birth_date) || !mu_date_known(seen_by->birth_date) ||
        (who->sex != MU_SEX_MALE && who->sex != MU_SEX_FEMALE))
        return 0;
    order = mu_date_compare(who->birth_date, seen_by->birth_date);
    if (order == 0)
        return 0;
    if (who->sex == MU_SEX_MALE)
        return order < 0 ? 'B' : 'b';
    return order < 0 ? 'Z' : 'z';
}

/* The path from the head to somebody; false when the code says too little. */
static bool path_to(const struct mu_kin *kin, const struct mu_kin *head, char path[PATH_SIZE])
{
    char step = 0;

    if (kin->relation == SPOUSE || kin->relation == 11 || kin->relation == 12) {
        step = head->sex == MU_SEX_MALE ? 'w' : head->sex == MU_SEX_FEMALE ? 'h' : 0;
    } else if (kin->relation == 50) {
        step = kin->sex == MU_SEX_MALE ? 'f' : kin->sex == MU_SEX_FEMALE ? 'm' : 0;
    } else if (kin->relation == 70) {
        step = sibling(kin, head);
    }
    path[0] = step;
    path[1] = '\0';
    if (step || kin->relation <= HEAD)
        return step || kin->relation == HEAD;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (kin->relation >= paths[i].first && kin->relation <= paths[i].last) {
            memcpy(path, paths[i].path, strlen(paths[i].path) + 1);
            return true;
        }
    return false;
}

/* The step back along `step` to somebody of this sex. */
static char step_back(char step, bool to_male)
{
    switch (step) {
    case 's':
    case 'd':
        return to_male ? 'f' : 'm';
    case 'f':
    case 'm':
        return to_male ? 's' : 'd';
    case 'h':
    case 'w':
        return to_male ? 'h' : 'w';
    case 'B':
    case 'Z':
        return to_male ? 'b' : 'z';
    default:
        return to_male ? 'B' : 'Z';
    }
}

/* The path from somebody to the head, given the path from the head. */
static bool turn_round(const char *path, const struct mu_kin *head, char back[PATH_SIZE])
{
    size_t length = strlen(path);

    if (length && head->sex != MU_SEX_MALE && head->sex != MU_SEX_FEMALE)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool to_male = i ? male_step(path[i - 1]) : head->sex == MU_SEX_MALE;

        back[length - 1 - i] = step_back(path[i], to_male);
    }
    back[length] = '\0';
    return true;
}

/* One of the two letters by the sex that `like` leads to. */
static char same_sex(char like, const char letters[2])
{
    return letters[male_step(like) ? 0 : 1];
}

enum outcome { STAYS, SHORTER, UNKNOWN };

/* Makes one of the two steps at `at`, where that says the same: a brother's father is the father.
 *   from_male     the sex of who stands before them
 *   last_sibling  what the one at the end is if a brother or sister of that one; 0: not known */
static enum outcome shorten(char *at, bool from_male, char last_sibling)
{
    char first = at[0], second = at[1], one;
    bool parent = strchr("fm", first), child = strchr("sd", first);
    bool spouse = strchr("hw", first), brother = strchr("BbZz", first);

    if ((child && strchr("fm", second) && male_step(second) == from_male) ||
        (spouse && strchr("hw", second))) {
        memmove(at, at + 2, strlen(at + 2) + 1);
        return SHORTER;
    }
    if (parent && strchr("hw", second)) {
        one = same_sex(second, "fm");
    } else if ((parent && strchr("sd", second)) || (brother && strchr("BbZz", second))) {
        /* Himself, or a brother? Only at the end of the path is it known to be another. */
        if (at[2] || !last_sibling)
            return UNKNOWN;
        one = last_sibling;
    } else if (child && strchr("fm", second)) {
        one = same_sex(second, "hw");
    } else if ((child || spouse) && strchr(child ? "BbZz" : "sd", second)) {
        one = same_sex(second, "sd");
    } else if (brother && strchr("fm", second)) {
        one = second;
    } else {
        return STAYS;
    }
    *at = one;
    memmove(at + 1, at + 2, strlen(at + 2) + 1);
    return SHORTER;
}

static int code_of(const char *path)
{
    if (strcmp(path, "h") == 0 || strcmp(path, "w") == 0)
        return SPOUSE;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (strcmp(paths[i].path, path) == 0)
            return paths[i].first;
    return RELATIVE;
}

int mu_kinship_from(const struct mu_kin *person, const struct mu_kin *next,
                    const struct mu_kin *head)
{
    char path[2 * PATH_SIZE], to_next[PATH_SIZE], to_person[PATH_SIZE];
    char last = sibling(person, next);
    bool changed = true;

    if (person == next)
        return HEAD;
    if (person->relation == UNRELATED || next->relation == UNRELATED)
        return UNRELATED;
    if (!path_to(next, head, to_next) || !path_to(person, head, to_person) ||
        !turn_round(to_next, head, path))
        return 0;
    memcpy(path + strlen(path), to_person, strlen(to_person) + 1);
    while (changed) {
        changed = false;
        for (size_t i = 0; path[i] && path[i + 1] && !changed; i++) {
            bool from_male = i ? male_step(path[i - 1]) : next->sex == MU_SEX_MALE;
            enum outcome outcome = shorten(path + i, from_male, i ? 0 : last);

            if (outcome == UNKNOWN)
                return 0;
            changed = outcome == SHORTER;
        }
    }
    return *path ? code_of(path) : 0;
}
