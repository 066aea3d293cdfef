"""How does a table of answers, one row an answer, become `rated` events in customers' files?

How likely somebody is to recommend the desk is said of no ticket. An event's id comes from survey, customer,
contact and instant: the same table adds nothing the second time, in any clone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from tkt.clock import instant_text
from tkt.errors import UsageError
from tkt.fields import normalised
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.ids import event_ids
from tkt.intake.rows.faults import RowFault
from tkt.intake.rows.instants import EXAMPLE, moment_of, told_at
from tkt.intake.rows.table import BadCell, Cell, Table, TableRow
from tkt.kpis.ratings import GRADES, NPS
from tkt.model import Customer, Event, in_order

CUSTOMER, CONTACT, SCORE, AT, COMMENT = "customer", "contact", "score", "at", "comment"
MEANINGS = (CUSTOMER, CONTACT, SCORE, AT, COMMENT)
_HEADINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        CUSTOMER: frozenset(("customer", "customer id", "company", "account", "客户", "客户名称", "客户编号", "公司", "公司名称")),
        CONTACT: frozenset(("contact", "email", "e-mail", "mail", "phone", "联系人", "邮箱", "邮件", "电话", "手机", "手机号", "联系方式")),
        SCORE: frozenset(("score", "nps", "rating", "answer", "likelihood", "评分", "得分", "分数", "打分", "推荐度", "推荐意愿")),
        AT: frozenset(("at", "date", "time", "answered at", "submitted", "submitted at", "时间", "日期", "提交时间", "填写时间", "答题时间", "回答时间")),
        COMMENT: frozenset(("comment", "comments", "reason", "why", "feedback", "意见", "评论", "原因", "反馈", "备注", "建议", "理由")),
    }
)  # fmt: skip
"""Meaning → the names that such a column usually has, in small letters."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a table says: the customers as they become, and what was made of its rows."""

    customers: Mapping[str, Customer]  # those with new answers
    new: int
    known: int  # rows that were imported before
    unknown: Mapping[str, tuple[int, ...]]  # who is no customer of the desk → the rows
    faults: tuple[RowFault, ...]  # `used`: only told


@dataclass(frozen=True, kw_only=True)
class _Answer:
    row: int
    customer: Customer
    contact: str | None
    score: int
    at: datetime
    comment: str | None
    survey: str


def columns_of(header: Iterable[str], said: Mapping[str, str]) -> dict[str, int]:
    """Meaning → the place of its column: as `said` (column → meaning), else by its name.

    Errors: UsageError for a column that is not there, and where nothing says who, when, or how much.
    """
    names = list(header)
    found = {}
    for column, meaning in said.items():
        if column not in names:
            raise UsageError(
                msg("there is no column {column}", column=column),
                hint=msg("columns: {names}", names=tuple(names)),
            )
        found[meaning] = names.index(column)
    for meaning, known in _HEADINGS.items():
        places = (place for place, name in enumerate(names) if normalised(name).replace("_", " ") in known)
        place = next((it for it in places if it not in found.values()), None)
        if meaning not in found and place is not None:
            found[meaning] = place
    _must_suffice(found, names)
    return found


def is_heading(name: str) -> bool:
    """Whether a column of that name would be recognised."""
    return any(normalised(name).replace("_", " ") in known for known in _HEADINGS.values())


def answers_in(
    table: Table,
    columns: Mapping[str, int],
    customers: Iterable[Customer],
    *,
    survey: str,
    zone: str,
    now: datetime,
) -> Found:
    """What becomes of the rows. `columns` as `columns_of` gives them; days are the first second in `zone`."""
    reader = _Reader(columns, _People(customers), survey, ZoneInfo(zone), now)
    answers = [it for row in table.rows if (it := reader.answer(row)) is not None]
    work = _Adding(reader.faults)
    for answer in answers:
        work.add(answer)
    return Found(
        customers=work.changed,
        new=work.new,
        known=work.known,
        unknown=MappingProxyType({name: tuple(rows) for name, rows in reader.unknown.items()}),
        faults=tuple(reader.faults),
    )


def _must_suffice(found: Mapping[str, int], names: list[str]) -> None:
    lacking = [it for it in (SCORE, AT) if it not in found]
    if CUSTOMER not in found and CONTACT not in found:
        lacking.insert(0, CUSTOMER)
    if lacking:
        raise UsageError(
            msg("no column says {meaning}", meaning=lacking[0]),
            hint=msg("--map COLUMN={meaning}; columns: {names}", meaning=lacking[0], names=tuple(names)),
        )


class _People:
    """Whom a cell means."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        self.by_name: dict[str, Customer] = {}
        self.by_contact: dict[str, Customer] = {}
        for it in customers:
            self.by_name |= {normalised(it.id): it, normalised(it.name): it}
            for contact in it.contacts:
                known = (normalised(str(value)) for key, value in contact.items() if key != "address")
                self.by_contact |= dict.fromkeys(known, it)

    def meant(self, customer: str | None, contact: str | None) -> Customer | None:
        for word in (customer, contact):
            key = normalised(word) if word else ""
            if key:
                found = self.by_name.get(key) or self.by_contact.get(key)
                if found is not None:
                    return found
        return None


class _Reader:
    """Reads rows; what is wrong with them is collected."""

    def __init__(
        self, columns: Mapping[str, int], people: _People, survey: str, zone: ZoneInfo, now: datetime
    ) -> None:
        self.columns, self.people, self.survey, self.zone, self.now = columns, people, survey, zone, now
        self.faults: list[RowFault] = []
        self.unknown: dict[str, list[int]] = {}

    def answer(self, row: TableRow) -> _Answer | None:
        """The answer of a row; None where it has none that counts."""
        if row.fault is not None:
            self.faults.append(RowFault(row=row.number, message=row.fault))
            return None
        score, at = self._score(row), self._at(row)
        company, contact = self._text(row, CUSTOMER), self._text(row, CONTACT)
        if not company and not contact:
            self._fault(row, CUSTOMER, msg("nobody is named, expected a customer or a contact"))
        if score is None or at is None or not (company or contact):
            return None
        customer = self.people.meant(company, contact)
        if customer is None:
            self.unknown.setdefault(company or contact or "", []).append(row.number)
            return None
        return _Answer(
            row=row.number,
            customer=customer,
            contact=contact,
            score=score,
            at=at,
            comment=self._text(row, COMMENT),
            survey=self.survey,
        )

    def _score(self, row: TableRow) -> int | None:
        cell = self._cell(row, SCORE)
        text = (
            "" if cell is None or isinstance(cell, (BadCell, bool)) else str(cell).strip().removesuffix("分")
        )
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not number.is_integer() or not 0 <= number <= GRADES:
            self._fault(row, SCORE, msg("{score} is no score, expected 0 to 10", score=text or "–"))
            return None
        return int(number)

    def _at(self, row: TableRow) -> datetime | None:
        cell = self._cell(row, AT)
        usable = None if cell is None or isinstance(cell, (BadCell, bool)) else moment_of(cell, self.zone)
        if usable is None:
            shown = "–" if cell is None or isinstance(cell, BadCell) else str(cell)
            self._fault(
                row, AT, msg("{text} is no time, expected one like {example}", text=shown, example=EXAMPLE)
            )
        elif usable.at > self.now:
            self._fault(
                row,
                AT,
                msg(
                    "{at} is in the future, it is {now}",
                    at=told_at(usable.at, self.zone),
                    now=told_at(self.now, self.zone),
                ),
            )
        else:
            return usable.at
        return None

    def _text(self, row: TableRow, meaning: str) -> str | None:
        cell = self._cell(row, meaning)
        if cell is None or isinstance(cell, BadCell):
            return None
        return str(cell).strip() or None

    def _cell(self, row: TableRow, meaning: str) -> Cell:
        place = self.columns.get(meaning)
        return None if place is None or place >= len(row.cells) else row.cells[place]

    def _fault(self, row: TableRow, meaning: str, message: Message) -> None:
        self.faults.append(RowFault(row=row.number, column=meaning, message=message))


class _Adding:
    """Adds answers to customers, each once."""

    def __init__(self, faults: list[RowFault]) -> None:
        self.changed: dict[str, Customer] = {}
        self.new = self.known = 0
        self._faults = faults
        self._seen: Counter[tuple[str, ...]] = Counter()

    def add(self, answer: _Answer) -> None:
        customer = self.changed.get(answer.customer.id, answer.customer)
        source = (NPS, answer.survey, customer.id, normalised(answer.contact or ""), instant_text(answer.at))
        event = _event(answer, source, self._seen[source])
        self._seen[source] += 1
        there = next((it for it in customer.events if it.id == event.id), None)
        if there is None:
            self.changed[customer.id] = replace(customer, events=in_order((*customer.events, event)))
            self.new += 1
            return
        self.known += 1
        if there.did != event.did or dict(there.data) != dict(event.data):
            message = msg("read otherwise when it was imported; the answer is kept as it was")
            self._faults.append(RowFault(row=answer.row, message=message, used=True))


def _event(answer: _Answer, source: tuple[str, ...], count: int) -> Event:
    """`count`: so many rows of the same person at the same instant came before."""
    data = {
        "survey": answer.survey,
        "kind": NPS,
        "score": answer.score,
        "scale": GRADES,
        "comment": answer.comment,
    }
    return Event(
        id=next(event_ids(source=(*source, str(count)))),
        at=answer.at,
        by=answer.contact or answer.customer.id,
        did="rated",
        role="customer",
        data=MappingProxyType({key: value for key, value in data.items() if value is not None}),
    )
