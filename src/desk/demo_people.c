#include "desk/demo_people.h"

#include <mulin/base/codes.h>
#include <mulin/base/id_number.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    YEARS = 110,      /* of birth dates that are dealt out */
    BORN_A_DAY = 499, /* of either sex: the three digits of an ID number */
    FIRST_CARD = 8800001,
};

/* The frequent surnames stand more than once; some are read otherwise than usual. */
static const char *const surnames[] = {
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡",
    "郭", "何", "高", "林", "郑", "王", "李", "张", "刘", "陈", "曾", "单", "仇", "解", "查",
    "吕", "沈", "韩", "唐", "冯", "董", "程", "曹", "袁", "邓", "许", "傅", "谢", "蒋", "欧阳",
};
static const char *const given[] = {
    "金", "凤", "国", "芳", "建", "华", "秀", "英", "志", "明", "桂", "兰", "玉", "梅", "德",
    "文", "丽", "娟", "海", "燕", "春", "晓", "小", "红", "军", "伟", "平", "阿", "宝", "珍",
    "娴", "婷", "浩", "宇", "欣", "怡", "子", "涵", "嘉", "豪", "永", "福", "根", "生", "荣",
};
size_t demo_below(struct demo *demo, size_t limit)
{
    uint64_t mixed = (demo->state += 0x9e3779b97f4a7c15u);

    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return (size_t)((mixed ^ (mixed >> 31)) % limit);
}

bool demo_chance(struct demo *demo, size_t percent)
{
    return demo_below(demo, 100) < percent;
}

const char *demo_surname(struct demo *demo)
{
    return PICK(demo, surnames);
}

void demo_name(struct demo *demo, char *out)
{
    const char *surname = PICK(demo, surnames), *first = PICK(demo, given);

    snprintf(out, MU_PERSON_NAME_SIZE, "%s%s%s", surname, first,
             demo_chance(demo, 80) ? PICK(demo, given) : "");
}

/* The last birthday of somebody who is `age` years old today, and no day older. */
static struct mu_date youngest_of(const struct demo *demo, int age)
{
    struct mu_date date = {demo->today.year - age, demo->today.month, demo->today.day};

    if (!mu_date_valid(date)) /* a year without 29 February */
        date.day = 28;
    return date;
}

/* A birth date of somebody of about this age, with an ID number that nobody else has. */
static void be_born(struct demo *demo, int age, bool male, char *day, char *id_number)
{
    const struct mu_date first = {demo->today.year - YEARS, 1, 1};
    struct mu_date date;
    uint16_t *born;
    char text[64];

    do {
        date =
            demo->exact ? youngest_of(demo, age) : mu_date_add_days(demo->today, -(age * 1461 / 4));
        date = mu_date_add_days(date, -(int)demo_below(demo, 365));
        born = &demo->born[2 * mu_date_days_between(first, date) + (male ? 1 : 0)];
    } while (*born == BORN_A_DAY);
    ++*born;
    mu_date_format(date, day);
    snprintf(text, sizeof text, "990000%04d%02d%02d%03d", date.year, date.month, date.day,
             2 * *born + (male ? 1 : 0));
    memcpy(id_number, text, 17);
    id_number[17] = mu_id_number_check(id_number);
    id_number[18] = '\0';
}

static const char *occupation(struct demo *demo, int age)
{
    if (age < 7)
        return "";
    if (age < 18)
        return "学生";
    if (age >= 60)
        return "退休";
    return demo_chance(demo, 4) ? "外卖员" : "";
}

void demo_write_member(struct demo *demo, const struct demo_home *home,
                       const struct demo_member *member)
{
    const char *occupancy = mu_choice_word(&mu_occupancies, home->occupancy, MU_CHINESE);
    char id_number[MU_ID_NUMBER_SIZE], day[MU_DATE_SIZE], card[16] = "";

    be_born(demo, member->age, member->male, day, id_number);
    if (member->age >= 60 && demo_chance(demo, 70))
        snprintf(card, sizeof card, "%zu", FIRST_CARD + demo->people);
    fprintf(demo->file, "%s%s%s,%s,%s,%s,199%08zu,", member->surname, PICK(demo, given),
            demo_chance(demo, 80) ? PICK(demo, given) : "", id_number, member->male ? "男" : "女",
            day, demo_below(demo, 100000000));
    fprintf(demo->file, "%s,%s,%s,%s,%06zu,", home->estate, home->building, home->unit, home->room,
            home->number);
    fprintf(demo->file, "%s,%s,%s,%s,%s,%s,%s\n", member->relation, occupancy,
            home->occupancy == 1 ? "户籍" : "流动", occupation(demo, member->age),
            member->age >= 18 && demo_chance(demo, 8) ? "党员" : "", card, home->grid);
    demo->people++;
}

static enum mu_status fail_file(const char *path, struct mu_error *error)
{
    return mu_fail(error, MU_STORE, MU_SAY_error_file, path, mu_errno_text(errno), NULL);
}

static enum mu_status write_file(struct demo *demo, const char *path,
                                 void (*write)(struct demo *demo, void *context), void *context,
                                 struct mu_error *error)
{
    bool failed;

    demo->file = fopen(path, "wxe");
    if (!demo->file)
        return fail_file(path, error);
    fputs("姓名,身份证号,性别,出生日期,电话,小区,楼栋,单元,室,户号,与户主关系,居住类型,"
          "户籍类型,职业,标签,卡号,网格\n",
          demo->file);
    write(demo, context);
    failed = ferror(demo->file) != 0;
    if (fclose(demo->file) != 0 || failed)
        return fail_file(path, error);
    return MU_OK;
}

enum mu_status demo_spreadsheet(struct demo *demo, const char *path,
                                void (*write)(struct demo *demo, void *context), void *context,
                                struct mu_error *error)
{
    enum mu_status status;

    demo->born = calloc((size_t)2 * 366 * (YEARS + 1), sizeof *demo->born);
    if (!demo->born)
        return mu_fail_memory(error);
    status = write_file(demo, path, write, context, error);
    free(demo->born);
    demo->born = NULL;
    return status;
}
