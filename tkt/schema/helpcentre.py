"""What does the key `knowledge` of config/reports.yaml say?"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from tkt.i18n import N_
from tkt.schema.base import Struct, Words

_CHAR = r"[^\s{}<>\"'`\\]"
_MAIL = r"[^\s{}<>\"'`\\:/?#@]+@[^\s{}<>\"'`\\:/?#@]+"


def _address(places: str) -> str:
    """The pattern of an address of the web or of mail in which these places are filled."""
    return rf"^((https?://|mailto:)({_CHAR}|\{{({places})\}})+|{_MAIL})$"


WebAddress = Annotated[
    str,
    Meta(
        pattern=rf"^https?://{_CHAR}+$",
        description=N_("an address of the web, like https://help.example.com/"),
    ),
]
FeedbackAddress = Annotated[
    str,
    Meta(
        pattern=_address("slug|title|helpful|language"),
        description=N_(
            "an address of the web, mailto:… or a mail address; places are {slug}, {title}, {helpful}, {language}"
        ),
    ),
]
ContactAddress = Annotated[
    str,
    Meta(
        pattern=_address("query|language"),
        description=N_("an address of the web, mailto:… or a mail address; places are {query}, {language}"),
    ),
]
TicketsAddress = Annotated[
    str,
    Meta(
        pattern=rf"^https?://({_CHAR}|\{{(id|month)\}})+$",
        description=N_("an address of the web; places are {id}, {month}"),
    ),
]


class KnowledgeDecl(Struct, frozen=True, kw_only=True):
    """The help centre: what it is called, where it lies, and how its readers answer (docs/knowledge.md)."""

    url: WebAddress | None = None  # where its public edition lies; none: no sitemap, no feed
    title: Words | None = None  # none: made of the desk's name
    feedback_url: FeedbackAddress | None = None  # where "was this helpful" leads; none: it is not asked
    contact: ContactAddress | None = None  # where to write when nothing was found
    tickets_url: TicketsAddress | None = None  # a ticket's page, for sources in the internal edition
    allow: list[
        str
    ] = []  # words that are no leak in a public article: the desk's own address, a customer who agreed
    private_hosts: list[
        str
    ] = []  # hosts of the house: a public article links to none of them, nor below them
