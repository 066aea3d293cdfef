"""What stands in a public article that customers may not read?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tkt.i18n import N_, Message, msg
from tkt.knowledge import personal
from tkt.knowledge.article import Article
from tkt.knowledge.judging import Shelf
from tkt.knowledge.links import Link, is_private, links_in, names_article, resolved
from tkt.knowledge.personal import CUSTOMER, EMAIL, Found, found_in, marks_in, standing_in
from tkt.late import late

_ROOMS = ("tickets/", "customers/", "attachments/", "reviews/", "improvements/", "config/", "replies/")
_PATHS = late(r"(?<![\w./:\-])(?:tickets|customers|attachments|reviews|improvements)/[\w\-][\w./\-]*")
_LOOKS: Mapping[str, str] = {
    personal.NAME: N_("a name"),
    personal.EMAIL: N_("a mail address"),
    personal.PHONE: N_("a phone number"),
    personal.ACCOUNT: N_("somebody's account"),
    personal.ID_NUMBER: N_("the number of an ID"),
    personal.CARD: N_("the number of a bank card"),
    personal.NUMBER: N_("a long number"),
    personal.ORDER: N_("the number of an order"),
    personal.SERIAL: N_("a serial number"),
    personal.ADDRESS: N_("a postal address"),
    personal.LINK: N_("a link with a password or a token"),
    personal.IP: N_("an IP address"),
    personal.SECRET: N_("a password"),
    personal.TICKET: N_("a ticket's id"),
}
LEAST_NAME = 3
"""Characters; a shorter name of a customer is looked for nowhere, as it would be found in everything."""


def leaks_in(
    article: Article, shelf: Shelf, names: Mapping[str, str]
) -> Iterator[tuple[int | None, Message]]:
    """(line in the file, what it is) of everything; `names`: of customers → what they are."""
    allowed = tuple(word.strip().casefold() for word in shelf.config.reports.knowledge.allow)
    lines = list(_lines(article))
    standing = standing_in("\n".join(text for _line, text in lines), names)
    wanted = {name: mark for name, mark in standing.items() if len(name) >= LEAST_NAME}
    for line, text in lines:
        for found in found_in(text, wanted, sure=True):
            if not _is_allowed(found, allowed):
                yield line, _told(found)
        for mark in marks_in(text):
            yield (
                line,
                msg("{mark} stands for what was left out of a ticket: write what a reader needs", mark=mark),
            )
        for path in _PATHS.findall(text):
            yield line, msg("{path} is a path of the desk", path=path)
    for link in links_in(article.body):
        told = _of_link(article, link, shelf, allowed)
        if told is not None:
            yield article.first_line + link.line - 1, told


def _lines(article: Article) -> Iterator[tuple[int | None, str]]:
    """What readers of the public edition see, with its lines in the file."""
    yield article.lines.get("title", 1), article.title
    yield article.lines.get("tags", 1), " ".join(article.tags)
    for place, text in enumerate(article.body.split("\n")):
        yield article.first_line + place, text


def _told(found: Found) -> Message:
    if found.mark == CUSTOMER:
        return msg("{words} is a customer", words=found.words)
    return msg("{words} looks like {what}", words=found.words, what=msg(_LOOKS[found.mark]))


def _is_allowed(found: Found, allowed: tuple[str, ...]) -> bool:
    words = found.words.strip().casefold()
    if words in allowed:
        return True
    return found.mark == EMAIL and any(words.endswith(f"@{word.removeprefix('@')}") for word in allowed)


def _of_link(article: Article, link: Link, shelf: Shelf, allowed: tuple[str, ...]) -> Message | None:
    if link.is_external:
        host = link.host
        is_ours = host is not None and is_private(host, tuple(shelf.config.reports.knowledge.private_hosts))
        if is_ours and str(host).casefold() not in allowed:
            return msg("{address} leads to a host of the house", address=link.address)
        return None
    path = resolved(link.path, article.path.rpartition("/")[0]) if link.path else ""
    if path and path.startswith(_ROOMS):
        return msg("{address} leads into the desk", address=link.address)
    slug = names_article(link.path) if link.path else None
    target = shelf.articles.get(slug) if slug else None
    if target is not None and target.is_in_use and target.visibility != "public":
        return msg("{address} leads to an internal article", address=link.address)
    return None
