"""What are the parts of the help centre called in the reader's language?"""

from __future__ import annotations

from datetime import date

from tkt.i18n import _, current_language, msg, render
from tkt.render.articles_page import KINDS

_STATES = {"draft": msg("draft"), "verified": msg("verified"), "retired": msg("retired")}
_VISIBILITIES = {"internal": msg("internal"), "public": msg("public")}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LANGUAGES = {"en": "English", "zh": "中文"}
"""Each in its own words: who reads it is looking for them."""
HTML_LANGUAGES = {"en": "en", "zh": "zh-CN"}


def kind_word(kind: str) -> str:
    """`Guide`, `操作指南`."""
    return _(KINDS[kind])


def state_word(state: str) -> str:
    """`draft`, `草稿`."""
    return render(_STATES[state])


def visibility_word(visibility: str) -> str:
    """`internal`, `内部`."""
    return render(_VISIBILITIES[visibility])


def day_words(day: date) -> str:
    """`12 March 2026`, `2026年3月12日`."""
    if current_language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
