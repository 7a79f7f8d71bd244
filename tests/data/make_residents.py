#!/usr/bin/env python3
"""make_residents.py ROWS [--encoding utf-8|utf-8-sig|gb18030] [--line-end lf|crlf]: a made-up
community as a CSV file on standard output, the same one every time.

Nobody in it exists: the division codes (99....) are assigned to no place and the phone numbers
(100........) to no network. ID numbers are whole by GB 11643."""
import argparse
import datetime
import random
import sys

SURNAMES = ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
            "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
            "严覃武戴莫孔向汤单解仇区查盖朴缪")
GIVEN = ("伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建国志文慧晓雪梅春花建平金凤凯宇欣怡子涵"
         "浩然思远雨桐嘉诚美玲海燕丹青云鹏飞燕新民德福永昌瑞祥")
ESTATES = ("金桂花园", "云鹭新村", "听涛苑", "望江里", "长安坊", "松竹院", "白鹭洲", "梧桐里")
RELATIONS = ("户主", "配偶", "子", "女")
OCCUPANCIES = ("自住", "自住", "租户", "民宿")
TAGS = ("", "", "", "", "困境家庭", "低保", "残疾、低保", "党员", "残疾", "退役军人")
HEADERS = ("姓名", "身份证号", "性别", "出生日期", "手机", "小区", "楼栋", "单元", "室", "户号", "与户主关系",
           "居住类型", "标签", "卡号", "网格", "备注")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FIRST_DAY = datetime.date(1930, 1, 1).toordinal()
DAYS = 33000  # up to 2020


def id_number(index, day, man):
    order = 2 * (index // DAYS) + man
    digits = f"99{index % 89 + 10:02}{index % 20 + 1:02}{day:%Y%m%d}{order % 1000:03}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


def residents(rows):
    chance = random.Random(20261122)
    household = 0
    left = 0
    for index in range(rows):
        if left == 0:
            household += 1
            left = size = chance.randint(1, 4)
            room = household % 12 // 2 * 100 + household % 2 + 101
            home = (ESTATES[household // 20000 % 8], f"{household // 48 % 400 + 1}栋",
                    str(household // 12 % 4 + 1), str(room), f"H{household:07}")
            occupancy = chance.choice(OCCUPANCIES)
        member = size - left
        left -= 1
        man = member in (0, 2)
        day = datetime.date.fromordinal(FIRST_DAY + index * 7919 % DAYS)
        name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2, 2))))
        yield (name, id_number(index, day, man), "男" if man else "女", day.isoformat(),
               f"100{index * 7 % 10 ** 8:08}", *home, RELATIONS[member], occupancy,
               chance.choice(TAGS), f"C{index:08}" if index % 5 == 0 else "",
               f"第{household // 90 + 1}网格", "" if index % 16 else "耳背，请大声说")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int)
    parser.add_argument("--encoding", default="utf-8")
    parser.add_argument("--line-end", choices=("lf", "crlf"), default="lf")
    options = parser.parse_args()
    end = "\r\n" if options.line_end == "crlf" else "\n"
    out = open(sys.stdout.fileno(), "w", encoding=options.encoding, newline="", closefd=False)
    out.write(",".join(HEADERS) + end)
    for resident in residents(options.rows):
        out.write(",".join(resident) + end)
    out.flush()


if __name__ == "__main__":
    main()
