"""Whatever somebody types as a contact, a name or a value: none of it is lost, and none of it crashes."""

from __future__ import annotations

import contextlib
from collections import Counter
from datetime import UTC, datetime

from flowdesk import NINE, desk
from hypothesis import given
from hypothesis import strategies as st

from tkt.actions.values import contact_of, instant, moment
from tkt.errors import UsageError
from tkt.fields import field_named, known_words, meant_by

SCRAPS = [
    "李娜", "Li Na", "13800138000", "+86 138-0013-8000", "(021) 6123-4567", "li@x.example", "<", ">", "(", ")", "（",
    "）", ",", "，", "、", ";", '"', "@", "+", "-", " ", ".", "007", "转", "1", "\n", "：",
]  # fmt: skip
TYPED = st.one_of(st.lists(st.sampled_from(SCRAPS), max_size=8).map("".join), st.text(max_size=40))
NAMES = st.sampled_from(["李娜", "Li Na", "O'Neil-Smith", "欧阳 娜娜"])
PHONES = st.sampled_from(
    ["13800138000", "+86 138-0013-8000", "021-6123 4567", "(0755) 8613 2222", "4008208820"]
)
MAILS = st.sampled_from(["li@x.example", "li.na+desk@mail.x.example", "13800138000@139.example"])


def words_of(text: str) -> Counter[str]:
    """The characters that say something: letters and digits, and what is no punctuation."""
    return Counter(character for character in text if character.isalnum() or character in "@+_")


@given(TYPED)
def test_nothing_that_was_typed_for_a_contact_is_lost(text: str) -> None:
    found = contact_of(text)
    assert words_of("".join(found.values())) == words_of(text)
    assert all(value.strip() for value in found.values())


@given(
    st.permutations(["name", "phone", "email"]),
    NAMES,
    PHONES,
    MAILS,
    st.sampled_from([" ", ", ", "，", " ; ", "\t"]),
)
def test_name_phone_and_mail_are_told_apart_in_any_order(
    order: list[str], name: str, phone: str, mail: str, between: str
) -> None:
    parts = {"name": name, "phone": phone, "email": mail}
    assert contact_of(between.join(parts[each] for each in order)) == parts


@given(TYPED, st.sampled_from(["priority", "owner", "category", "urgency", "code", "waiting_on", "channel"]))
def test_a_word_means_values_of_the_field_or_nothing(text: str, field: str) -> None:
    known = known_words(desk(), field) or {}
    assert set(meant_by(text, known)) <= set(known)


@given(TYPED)
def test_a_name_leads_to_a_field_that_leads_to_itself(text: str) -> None:
    found = field_named(desk(), text)
    assert field_named(desk(), found) == found


@given(st.one_of(TYPED, st.from_regex(r"(today|明天|后天)? ?\d{1,2}[:：]\d{2}", fullmatch=True)))
def test_a_typed_time_is_an_instant_in_utc_or_refused(text: str) -> None:
    now: datetime = NINE
    with contextlib.suppress(UsageError):
        assert instant(text, desk(), now).tzinfo is UTC
        assert moment(text, desk(), now) >= instant(text, desk(), now)
