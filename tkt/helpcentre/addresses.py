"""Where do links, pictures and readers' answers of the help centre lead?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from tkt.frozen import dataclass
from tkt.helpcentre.edition import Entry
from tkt.i18n import msg, render
from tkt.knowledge.article import FEEDBACK, FOLDER
from tkt.render.markup_links import anchor_of
from tkt.site.tickets.naming import shard

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
"""What may be a picture; SVG is a document that can hold scripts."""
IMAGES = "images"


def page_named(address: str, slugs: Collection[str]) -> str | None:
    """The page that a link between articles means (`../guides/reset.md#Steps`); None: not of this edition."""
    path, _, fragment = address.partition("#")
    place = PurePosixPath(unquote(path).partition("?")[0])
    if place.suffix not in ("", ".md", ".html") or place.stem not in slugs:
        return None
    if not fragment:
        return f"{place.stem}.html"
    name = unquote(fragment)
    return f"{place.stem}.html#{quote(name if name.startswith('s-') else anchor_of(name))}"


def picture_named(address: str, folder: str) -> str | None:
    """The path in the desk of a picture that an article in `folder` shows; None: none that may be shown."""
    parts: list[str] = folder.split("/")
    for part in unquote(address).partition("?")[0].split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    path = "/".join(parts)
    is_inside = path.startswith(f"{FOLDER}/") and not path.startswith(f"{FEEDBACK}/")
    if not is_inside or any(part.startswith(".") or "\\" in part for part in parts):
        return None
    return path if PurePosixPath(path).suffix.lower() in PICTURES else None


def image_page(path: str) -> str:
    """Where a picture of the desk lies in the folder of pages."""
    return f"{IMAGES}/{path.removeprefix(f'{FOLDER}/')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpful:
    """Where the two answers to "was this helpful" lead."""

    yes: str
    no: str


def helpful_of(address: str | None, entry: Entry) -> Helpful | None:
    """The two answers, prefilled; None where the desk names no address."""
    if address is None:
        return None
    return Helpful(yes=_answer(address, entry, "yes"), no=_answer(address, entry, "no"))


def _answer(address: str, entry: Entry, helpful: str) -> str:
    if "@" in address and ":" not in address:
        words = (
            msg("This helped: {title}", title=entry.title)
            if helpful == "yes"
            else msg("This did not help: {title}", title=entry.title)
        )
        return f"mailto:{address}?subject={quote(render(words), safe='')}&body={quote(entry.slug, safe='')}"
    places = {"slug": entry.slug, "title": entry.title, "helpful": helpful, "language": entry.language}
    return filled(address, places)


def contact_of(address: str | None, language: str) -> str:
    """Where to write when nothing was found; `{query}` stays for the page to fill. Empty: nowhere."""
    if address is None:
        return ""
    if "@" in address and ":" not in address:
        subject = quote(render(msg("Question: {query}", query="")), safe="")
        return f"mailto:{address}?subject={subject}{{query}}"
    return filled(address, {"language": language})


def filled(address: str, places: Mapping[str, str]) -> str:
    """The address with its places filled, whatever they say staying one part of it."""
    for name, value in places.items():
        address = address.replace(f"{{{name}}}", quote(value, safe=""))
    return address


def ticket_address(address: str | None, ticket: str) -> str:
    """The page of a ticket in the dashboard; empty where the desk does not say where that lies."""
    if address is None:
        return ""
    return filled(address, {"id": ticket, "month": shard(ticket)})
