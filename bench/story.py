"""Who asks what in one made ticket, and how are its events written down?"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from random import Random

from matters import ZH, Matter
from matters_en import EN
from phrases import CITIES_EN, CITIES_ZH, CODES

NOW = 1_795_143_600  # 2026-11-20T03:00:00Z, a Friday, eleven in Shanghai
DAY = 86_400
MONTHS = 20
OPEN_EVERY = 10
CUSTOMERS = 40
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
STATUSES = ("new", "assigned", "in-progress", "waiting", "resolved")
OPEN_SHARES = (12, 16, 27, 30, 15)
OWNERS = {
    "support": ("wang.fang", "zhao.min", "emma.clark"),
    "tech": ("chen.jie", "ryan.patel"),
    "quality": ("chen.jie", "zhou.hao"),
    "operations": ("zhou.hao",),
    "finance": ("sun.li",),
    "quality-audit": ("lin.xue",),
    "experience": ("zhao.min", "emma.clark", "lin.xue"),
    "admin": ("wang.fang", "zhao.min"),
}
CHANNELS = ("email", "web", "wechat", "phone", "chat", "app")
TIERS = ("vip", "standard", "standard", "standard", "basic")
TABLE = {
    ("vip", "many"): ("P1", "P1", "P2"),
    ("vip", "some"): ("P1", "P2", "P3"),
    ("vip", "one"): ("P2", "P3", "P3"),
    ("standard", "many"): ("P1", "P2", "P3"),
    ("standard", "some"): ("P2", "P3", "P3"),
    ("standard", "one"): ("P2", "P3", "P3"),
    ("basic", "many"): ("P1", "P2", "P3"),
    ("basic", "some"): ("P2", "P3", "P4"),
    ("basic", "one"): ("P3", "P3", "P4"),
}
URGENCIES = ("red", "yellow", "green")
FAMILY = ("张", "刘", "陈", "黄", "许", "马", "高", "罗", "何", "邓")
GIVEN = ("伟", "静", "磊", "莹", "超", "敏", "成", "娜")
FIRST = ("Katrin", "Olivia", "Tom", "Priya", "Sara", "Jonas", "Daniel", "Nora", "Liam", "Ines")
LAST = ("Vogel", "Baker", "Hughes", "Nair", "Lind", "Brandt", "Price", "Costa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A customer and one contact."""

    id: str
    tier: str
    language: str
    name: str
    email: str


@dataclass(slots=True, kw_only=True)
class Story:
    """One ticket being written; `at` is the instant of the latest event."""

    dice: Random
    asker: Asker
    matter: Matter
    owner: str
    channel: str
    places: dict[str, str]
    at: int
    stem: int
    events: list[str] = field(default_factory=list)
    tail: dict[str, str] = field(default_factory=dict)  # stored keys that come from events
    command: int = 0
    last_id: str = ""

    @property
    def is_chinese(self) -> bool:
        """Which of the two languages it is in."""
        return self.asker.language == "zh"

    def step(self, low: int, high: int) -> None:
        """A new command, so many minutes after the last."""
        self.at += self.dice.randrange(low, high) * 60 + self.dice.randrange(60)
        self.stem = (self.stem + 7919) % 32768
        self.command = 0

    def event(self, by: str, did: str, text: str = "", *, role: str = "") -> None:
        """Append one; `text` holds its own keys. What the system does is automatic."""
        stem = "ghjkmnpqrstvwxyz"[self.stem % 16] + digits(self.stem, 3).lower()
        self.last_id = f"{stem}0{DIGITS[self.command].lower()}"
        said = f"  role: {role}\n" if role else ""
        said += "  auto: true\n" if role == "system" else ""
        self.events.append(
            f"- id: {self.last_id}\n  at: {iso(self.at)}\n  by: {by}\n{said}  did: {did}\n{text}"
        )
        self.command += 1

    def said(self, text: str) -> str:
        """A phrase with its places filled."""
        return text.format_map(self.places)

    def one_of(self, chinese: tuple[str, ...], english: tuple[str, ...]) -> str:
        """A phrase of the ticket's language."""
        return self.said(self.dice.choice(chinese if self.is_chinese else english))


def asker(place: int) -> Asker:
    """The contact of a customer; even ones speak Chinese."""
    is_chinese = place % 2 == 0
    name = (
        FAMILY[place % 10] + GIVEN[place % 8] if is_chinese else f"{FIRST[place % 10]} {LAST[place // 2 % 8]}"
    )
    return Asker(
        id=f"shop-{place:02}",
        tier=TIERS[place // 2 % 5],
        language="zh" if is_chinese else "en",
        name=name,
        email=f"desk{place:02}@shop-{place:02}.example",
    )


def begun(place: int, dice: Random, askers: list[Asker]) -> Story:
    """Who asks what, and when: in the last days for an open one, in twenty months for others."""
    who = dice.choice(askers)
    matter = dice.choice(ZH if who.language == "zh" else EN)
    if place % OPEN_EVERY == 0:
        days = min(dice.expovariate(1 / 3), 24.0)
        at = NOW - int(days * DAY) - dice.randrange(2 * 3600, 4 * 3600)
    else:
        at = NOW - dice.randrange(3 * DAY, MONTHS * 30 * DAY)
        at = at - at % DAY + dice.randrange(3600, 9 * 3600)  # in the working hours of the desk
    places = {
        "city": dice.choice(CITIES_ZH if who.language == "zh" else CITIES_EN),
        "code": dice.choice(CODES),
        "digit": str(dice.randrange(2, 10)),
        "number": str(dice.randrange(100, 1000)),
        "order": f"SO{dice.randrange(2500, 2612)}-{dice.randrange(10000):04}",
        "account": f"{who.id}-{dice.randrange(1, 9):02}",
        "ago": iso(at - DAY),
        "long_ago": iso(at - 25 * DAY),
    }
    return Story(
        dice=dice,
        asker=who,
        matter=matter,
        owner=dice.choice(OWNERS[matter.team]),
        channel=dice.choice(CHANNELS),
        places=places,
        at=at,
        stem=dice.randrange(32768),
    )


def iso(at: int) -> str:
    """An instant as tkt writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def digits(number: int, length: int) -> str:
    return "".join(DIGITS[(number >> (5 * place)) % 32] for place in range(length))
