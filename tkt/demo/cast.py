"""Who works at the demo desk, and who asks?"""

from __future__ import annotations

from tkt.model import Customer, Person

PEOPLE: tuple[Person, ...] = (
    Person(
        id="wang.fang",
        name="王芳",
        email="wang.fang@yunzhang.example",
        teams=("support",),
        skills=("senior",),
        languages=("zh", "en"),
    ),
    Person(
        id="zhao.min",
        name="赵敏",
        email="zhao.min@yunzhang.example",
        teams=("support", "experience"),
        languages=("zh",),
    ),
    Person(
        id="emma.clark",
        name="Emma Clark",
        email="emma.clark@yunzhang.example",
        teams=("support", "success", "experience"),
        skills=("english",),
        languages=("en",),
    ),
    Person(
        id="chen.jie",
        name="陈杰",
        email="chen.jie@yunzhang.example",
        teams=("tech", "quality"),
        skills=("senior", "api"),
        languages=("zh", "en"),
    ),
    Person(
        id="ryan.patel",
        name="Ryan Patel",
        email="ryan.patel@yunzhang.example",
        teams=("tech",),
        skills=("api", "english"),
        languages=("en",),
    ),
    Person(
        id="sun.li",
        name="孙莉",
        email="sun.li@yunzhang.example",
        teams=("finance", "success"),
        languages=("zh", "en"),
    ),
    Person(
        id="zhou.hao",
        name="周浩",
        email="zhou.hao@yunzhang.example",
        teams=("operations", "field", "quality"),
        languages=("zh", "en"),
    ),
    Person(
        id="lin.xue",
        name="林雪",
        email="lin.xue@yunzhang.example",
        teams=("quality-audit", "experience"),
        skills=("senior",),
        languages=("zh", "en"),
    ),
)
"""Eight people; the first leads the first line and is who works at the desk."""

MANAGER = "lin.xue"
"""Whom the first line's ladders, and so those of every team, reach last."""


def _contact(name: str, email: str, phone: str) -> dict[str, str]:
    return {"name": name, "email": email, "phone": phone}


CUSTOMERS: tuple[Customer, ...] = (
    Customer(
        id="xinghe",
        name="星河连锁超市",
        tier="vip",
        language="zh",
        contacts=(
            _contact("张伟", "zhang.wei@xinghe.example", "+86 571 5550 1201"),
            _contact("刘洋", "liu.yang@xinghe.example", "+86 571 5550 1202"),
        ),
    ),
    Customer(
        id="nordwind",
        name="Nordwind Trading GmbH",
        tier="vip",
        language="en",
        contacts=(
            _contact("Katrin Vogel", "katrin.vogel@nordwind.example", "+49 40 5550 131"),
            _contact("Jonas Brandt", "jonas.brandt@nordwind.example", "+49 40 5550 132"),
        ),
    ),
    Customer(
        id="qinghe",
        name="青禾食品",
        tier="standard",
        language="zh",
        contacts=(
            _contact("陈静", "chen.jing@qinghe.example", "+86 25 5550 2301"),
            _contact("黄磊", "huang.lei@qinghe.example", "+86 25 5550 2302"),
        ),
    ),
    Customer(
        id="mingde",
        name="明德书店",
        tier="standard",
        language="zh",
        contacts=(
            _contact("许莹", "xu.ying@mingde.example", "+86 21 5550 3401"),
            _contact("马超", "ma.chao@mingde.example", "+86 21 5550 3402"),
        ),
    ),
    Customer(
        id="haitang",
        name="海棠酒店",
        tier="standard",
        language="zh",
        contacts=(
            _contact("高敏", "gao.min@haitang.example", "+86 592 5550 4501"),
            _contact("罗成", "luo.cheng@haitang.example", "+86 592 5550 4502"),
        ),
    ),
    Customer(
        id="suda",
        name="速达生鲜",
        tier="standard",
        language="zh",
        contacts=(
            _contact("何娜", "he.na@suda.example", "+86 28 5550 5601"),
            _contact("邓涛", "deng.tao@suda.example", "+86 28 5550 5602"),
        ),
    ),
    Customer(
        id="baker-sons",
        name="Baker & Sons",
        tier="standard",
        language="en",
        contacts=(
            _contact("Olivia Baker", "olivia@bakersons.example", "+44 113 555 0161"),
            _contact("Daniel Price", "daniel@bakersons.example", "+44 113 555 0162"),
        ),
    ),
    Customer(
        id="larkspur",
        name="Larkspur Garden Centres",
        tier="standard",
        language="en",
        contacts=(
            _contact("Priya Nair", "priya.nair@larkspur.example", "+44 20 5550 0171"),
            _contact("Tom Hughes", "tom.hughes@larkspur.example", "+44 20 5550 0172"),
        ),
    ),
    Customer(
        id="chenguang",
        name="晨光便利店",
        tier="basic",
        language="zh",
        contacts=(_contact("钱进", "qian.jin@chenguang.example", "+86 29 5550 6701"),),
    ),
    Customer(
        id="xiaoman",
        name="小满咖啡",
        tier="basic",
        language="zh",
        contacts=(_contact("叶子", "yezi@xiaoman.example", "+86 512 5550 7801"),),
    ),
    Customer(
        id="pixel-pine",
        name="Pixel & Pine",
        tier="basic",
        language="en",
        contacts=(_contact("Sara Lind", "sara@pixelpine.example", "+46 8 5550 181"),),
    ),
)
"""Two VIPs, six standard customers, three on trial or alone; Chinese and English."""
