"""Which article does a ticket make: problem, environment, cause, fix, and nothing that says who it was?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from tkt.actions.personal import texts_in
from tkt.frozen import dataclass
from tkt.knowledge import personal
from tkt.knowledge.article import LONGEST_SLUG, is_slug, language_of
from tkt.knowledge.limits import limits_in
from tkt.knowledge.personal import Found, left_out
from tkt.late import late
from tkt.model import Customer, Event, Ticket, Value
from tkt.schema import Configuration
from tkt.schema.base import words_in

OPEN = "…"
"""Stands where a person must write something."""
SECTIONS: Mapping[str, tuple[str, str, str, str]] = MappingProxyType(
    {"en": ("Problem", "Environment", "Cause", "Fix"), "zh": ("问题", "环境", "原因", "解决办法")}
)
"""The headings of an article that was drafted from a ticket, by its language."""
_PLAIN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"en": ("Question", "Answer"), "zh": ("问题", "答案")}
)
_FACTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "product": ("Product", "产品"),
        "category": ("About", "事项"),
        "model": ("Model", "型号"),
        "batch": ("Batch", "批次"),
        "environment": ("Environment", "环境"),
    }
)
_OF_THE_ENVIRONMENT = (
    "version",
    "browser",
    "device",
    "system",
    "platform",
    "firmware",
    "app",
    "client",
    "region",
)
"""Fields of a desk's own whose names hold one of these tell of the environment."""
_CONTACT_MARKS = {
    "name": personal.NAME,
    "email": personal.EMAIL,
    "phone": personal.PHONE,
    "address": personal.ADDRESS,
}
_FIELD_MARKS = {"order_no": personal.ORDER, "serial": personal.SERIAL, "customer": personal.CUSTOMER}
_QUOTED = late(
    r"^\s*(?:>|-{3,}\s*(?:Original Message|原始邮件)|On .{5,120} wrote:|发件人[:：]|在.{5,80}写道[:：])"
)
_WORD = late(r"[a-z0-9]+")
_STRUCTURE = late(r"^(\s{0,3})(#{1,6}\s|={3,}\s*$|-{3,}\s*$|---)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as it is to be written: its keys, its text, and what was left out of the ticket's words."""

    keys: Mapping[str, Value]
    body: str
    left: tuple[Found, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.keys["title"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for beside the ticket; None: as the ticket or the title says."""

    title: str | None = None
    kind: str = "answer"
    is_public: bool = False
    language: str | None = None
    owner: str | None = None


def blank_draft(wish: Wish, config: Configuration, today: date) -> Draft:
    """An article about something that no ticket tells of. `wish.title` is given."""
    title = wish.title or OPEN
    language = wish.language or language_of(title)
    body = "".join(f"## {heading}\n\n{OPEN}\n\n" for heading in _PLAIN[language])
    return Draft(keys=_keys(title, language, wish, config, today), body=body.rstrip("\n") + "\n")


def draft_of(
    ticket: Ticket, wish: Wish, config: Configuration, customers: Iterable[Customer], today: date
) -> Draft:
    """The article that a ticket makes."""
    language = wish.language or language_of("\n".join((ticket.title, *_asked(ticket))))
    work = _Drafting(config, language, known_names(ticket, config, customers))
    title = work.clean(" ".join((wish.title or ticket.title).split())) or OPEN
    parts = (
        work.quoted(_asked(ticket)[:1] or [ticket.title]),
        work.environment(ticket),
        work.cause(ticket),
        work.quoted(_answers(ticket)),
    )
    body = "".join(
        f"## {heading}\n\n{text or OPEN}\n\n" for heading, text in zip(SECTIONS[language], parts, strict=True)
    )
    keys = _keys(title, language, wish, config, today, ticket)
    return Draft(keys=keys, body=body.rstrip("\n") + "\n", left=tuple(work.left))


def slug_of(title: str) -> str | None:
    """The name that a title gives: its Latin words; None for one in Chinese, and where nothing is left."""
    if language_of(title) == "zh":
        return None
    words = _WORD.findall(title.casefold())
    while words and len("-".join(words)) > LONGEST_SLUG:
        words.pop()
    slug = "-".join(words)
    return slug if is_slug(slug) else None


def is_open(body: str) -> bool:
    """Whether a place of a draft is still to be filled: a line that is `…` alone."""
    return any(line.strip() == OPEN for line in body.splitlines())


def known_names(
    ticket: Ticket | None, config: Configuration, customers: Iterable[Customer]
) -> dict[str, str]:
    """What is left out whatever it looks like: who asked, all customers, the people of the desk, the ticket's numbers."""
    found: dict[str, str] = {}
    for person in config.people.people.values():
        _name_all(found, (person.name, person.public_name), personal.NAME)
        _name_all(found, (person.email, *person.aliases), personal.EMAIL)
    for customer in customers:
        _name_all(found, (customer.name, customer.id), personal.CUSTOMER)
        for contact in customer.contacts:
            _name_contact(found, contact)
    if ticket is not None:
        _name_contact(found, ticket.get("contact"))
        _name_all(found, (event.by for event in ticket.events if event.role == "customer"), personal.NAME)
        for key, mark in _FIELD_MARKS.items():
            _name_all(found, (ticket.get(key),), mark)
    return found


class _Drafting:
    """The parts of a draft; collects what is left out of them."""

    def __init__(self, config: Configuration, language: str, names: Mapping[str, str]) -> None:
        self.config = config
        self.language = language
        self.names = names
        self.left: list[Found] = []

    def clean(self, text: str) -> str:
        """The text without what is personal."""
        said, found = left_out(text, self.names, self.language)
        self.left.extend(found)
        return said

    def quoted(self, texts: Iterable[str]) -> str:
        """Texts one below the other, each without what it quotes, none of it a heading of the article."""
        said = (self.clean(own) for text in texts if (own := _own_words(text)))
        return "\n\n".join(said)

    def environment(self, ticket: Ticket) -> str:
        """A line for each fact that is known."""
        place = 1 if self.language == "zh" else 0
        colon = "：" if self.language == "zh" else ": "
        facts = [(labels[place], self._fact(ticket, field)) for field, labels in _FACTS.items()]
        for field in self.config.taxonomy.fields:
            if any(word in field for word in _OF_THE_ENVIRONMENT):
                facts.append((field, self._fact(ticket, field)))
        return "\n".join(f"- {label}{colon}{self.clean(said)}" for label, said in facts if said)

    def cause(self, ticket: Ticket) -> str:
        """The class of the cause; why exactly, the author has to say."""
        resolution = ticket.get("resolution")
        cause = resolution.get("cause") if isinstance(resolution, Mapping) else None
        if not cause:
            return OPEN
        word = words_in(self.config.workflow.causes.get(str(cause), str(cause)), self.language, str(cause))
        return f"{self.clean(word)}\n\n{OPEN}"

    def _fact(self, ticket: Ticket, field: str) -> str:
        value = ticket.get(field)
        if value is None:
            return ""
        if field == "product":
            declared = self.config.taxonomy.products.get(str(value))
            return declared.label(self.language, str(value)) if declared else str(value)
        if field == "category":
            category = self.config.category(ticket.get("type"), str(value))
            return category.label(self.language, str(value)) if category else str(value)
        return " ".join(str(value).split())


def _keys(
    title: str, language: str, wish: Wish, config: Configuration, today: date, ticket: Ticket | None = None
) -> dict[str, Value]:
    review_by = today + limits_in(config.reports.thresholds).review_after
    owner = wish.owner if wish.owner in config.people.people else None
    found: dict[str, Value] = {
        "title": title,
        "kind": wish.kind,
        "visibility": "public" if wish.is_public else "internal",
        "state": "draft",
        "owner": owner or (ticket.get("owner") if ticket else None),
        "review_by": review_by.isoformat(),
        "applies_to": [*_applies_to(ticket, config)] if ticket else [],
        "language": language,
        "tags": [],
        "sources": [ticket.id] if ticket else [],
        "related": [],
    }
    return {key: value for key, value in found.items() if value is not None}


def _applies_to(ticket: Ticket, config: Configuration) -> Iterator[str]:
    product, category = ticket.get("product"), ticket.get("category")
    if product in config.taxonomy.products:
        yield str(product)
    kind = ticket.get("type") or config.type_of_category(str(category))
    if kind and config.category(str(kind), category) is not None:
        yield f"{kind}/{category}"


def _asked(ticket: Ticket) -> list[str]:
    """What the customer wrote, from the first words on."""
    said = [
        str(it.get("text") or "") for it in ticket.effective if it.did == "message" and it.role == "customer"
    ]
    return [text for text in said if text.strip()]


def _answers(ticket: Ticket) -> list[str]:
    """How it was solved: the solution, then what the desk told the customer; questions are no answer."""
    resolution = ticket.get("resolution")
    solution = str(resolution.get("text") or "") if isinstance(resolution, Mapping) else ""
    said = [str(it.get("text") or "") for it in ticket.effective if _is_answer(it)]
    return [text for text in dict.fromkeys(text.strip() for text in (solution, *said)) if text]


def _is_answer(event: Event) -> bool:
    return event.is_agent_message and not event.get("asks_customer") and not event.get("canned")


def _own_words(text: str) -> str:
    """The lines up to what is quoted; what looks like a heading or a rule is a plain line."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if _QUOTED.match(line):
            break
        lines.append(_STRUCTURE.sub(r"\1\\\2", line.rstrip()))
    return "\n".join(lines).strip()


def _name_contact(found: dict[str, str], contact: Value) -> None:
    if isinstance(contact, str):
        _name_all(found, (contact,), personal.NAME)
    elif isinstance(contact, Mapping):
        for key, value in contact.items():
            if key not in ("language", "role", "prefers"):
                _name_all(found, texts_in(value), _CONTACT_MARKS.get(str(key), personal.ACCOUNT))


def _name_all(found: dict[str, str], texts: Iterable[Value], mark: str) -> None:
    for text in texts:
        if text is not None and str(text).strip():
            found.setdefault(str(text).strip(), mark)
