"""Who works at the demo desk?"""

from __future__ import annotations

from tkt.model import Person

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
