"""Chinese names, and the cities they live in, about as frequent as in life.

Surnames carry their share of the population in hundredths of a percent; given names are those that were
common for people now between twenty and fifty-five, and a few rare characters, one of them outside the
first Unicode plane, because the names of real people have them too.
"""

from __future__ import annotations

import random
from itertools import accumulate
from typing import Literal

Gender = Literal["female", "male"]

_SURNAMES = (
    "王:794 李:774 张:707 刘:538 陈:453 杨:308 黄:223 赵:217 吴:205 周:201 徐:166 孙:152 马:129 朱:126 "
    "胡:116 郭:115 何:106 林:103 罗:99 高:99 梁:86 宋:81 郑:78 谢:72 韩:68 唐:67 冯:64 于:62 董:59 "
    "萧:56 程:52 曹:51 袁:49 邓:47 许:46 傅:44 沈:44 曾:43 彭:42 吕:41 苏:40 卢:39 蒋:38 蔡:37 贾:35 "
    "丁:34 魏:33 薛:32 叶:31 阎:30 余:29 潘:28 杜:27 戴:26 夏:25 钟:25 汪:24 田:24 任:23 姜:22 范:22 "
    "方:21 石:21 姚:20 谭:20 廖:19 邹:18 熊:18 金:17 陆:17 郝:16 孔:16 白:15 崔:15 康:14 毛:14 邱:13 "
    "秦:13 江:13 史:12 顾:12 侯:11 邵:11 孟:10 龙:10 万:10 段:9 钱:9 汤:9 尹:8 黎:8 易:7 常:7 欧阳:7 "
    "上官:2 司马:2 诸葛:1 东方:1 仝:1 逄:1"
)
_FEMALE = (
    "芳:30 娜:26 敏:30 静:34 丽:32 艳:22 燕:20 玲:18 婷:28 颖:14 雪:14 丹:14 倩:12 洁:10 琳:12 悦:8 "
    "莹:10 晶:8 秀英:10 桂英:8 秀兰:7 玉兰:5 丽华:8 海燕:9 晓燕:11 红梅:8 雪梅:7 婷婷:13 丽丽:9 佳怡:8 "
    "雨婷:7 思雨:9 欣怡:12 梓涵:8 诗涵:9 子涵:8 雨桐:6 可欣:6 梦瑶:7 雅婷:8 佳琪:6 文静:9 晓丽:7 晨曦:5 "
    "若曦:4 一诺:4 语嫣:3 思远:2 昕玥:3 媛媛:7 慧敏:6 淑芬:5 春梅:6 月:5 蓉:5 喆:1 翀:1 𬭎:1"
)
_MALE = (
    "伟:40 强:30 磊:30 军:28 勇:24 杰:24 涛:24 超:22 明:20 刚:18 鹏:18 辉:18 斌:16 波:14 浩:14 宇:12 "
    "飞:12 凯:10 健:10 俊:10 帅:8 建华:9 建国:9 建军:9 志强:11 国强:7 志勇:7 文杰:8 俊杰:12 浩然:10 "
    "子轩:8 浩宇:9 宇轩:8 梓轩:6 子豪:7 嘉豪:5 天宇:6 晓东:8 海涛:7 志伟:9 家豪:4 宇航:7 博文:7 明轩:4 "
    "泽宇:5 思远:5 一鸣:4 振华:5 永强:4 春生:3 少杰:3 小明:3 喆:2 翀:2 燊:1 𬭎:1 昇:2"
)
_PETS = "豆豆 咪咪 毛毛 球球 团子 可乐 布丁 奶茶 旺财 小黑 花花 年糕 芝麻 汤圆 糯米 Lucky Coco 橘子 大福 馒头"
_BABIES = (
    "沐宸 浩然 若汐 梓萱 一诺 苡沫 宇轩 梓涵 芊芊 奕辰 沐阳 知夏 语桐 子墨 可馨 艺馨 安安 果果 糖糖 小满"
)
_CITIES = (
    "上海:120 北京:110 广州:80 深圳:85 杭州:70 成都:72 重庆:55 武汉:52 苏州:48 南京:46 西安:42 天津:38 "
    "长沙:36 郑州:35 青岛:30 宁波:30 东莞:28 佛山:26 合肥:26 无锡:25 厦门:22 福州:22 济南:22 沈阳:20 "
    "大连:18 昆明:18 哈尔滨:16 石家庄:14 南昌:14 贵阳:12 南宁:12 太原:11 长春:11 温州:11 泉州:10 绍兴:9 "
    "乌鲁木齐:6 呼和浩特:5 海口:5 拉萨:1"
)


class Weighted:
    """Words, each with a weight (1 where none is said), from which a generator of random numbers draws."""

    def __init__(self, text: str) -> None:
        pairs = [word.partition(":") for word in text.split()]
        self.words = [word for word, _, _ in pairs]
        self._sums = list(accumulate(int(weight or 1) for _, _, weight in pairs))

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self.words, cum_weights=self._sums)[0]


SURNAMES = Weighted(_SURNAMES)
GIVEN: dict[Gender, Weighted] = {"female": Weighted(_FEMALE), "male": Weighted(_MALE)}
CITIES = Weighted(_CITIES)
PET_NAMES, BABY_NAMES = Weighted(_PETS), Weighted(_BABIES)


def full_name(rng: random.Random, gender: Gender) -> str:
    """A surname and a given name, written together as in Chinese."""
    return SURNAMES.draw(rng) + GIVEN[gender].draw(rng)
