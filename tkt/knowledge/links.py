"""Which links stand in the text of an article, and where do they lead?"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from tkt.frozen import dataclass
from tkt.late import late

_FENCE = late(r"[ \t]{0,3}(`{3,}|~{3,})")
_CODE = late(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_INLINE = late(r"\]\(\s*(?:<(?P<wide>[^<>\n]*)>|(?P<bare>[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))")
_DEFINED = late(r"^[ \t]{0,3}\[[^\]\n]+\]:[ \t]*<?(?P<it>[^\s<>]+)>?")
_WEB = late(r"(?:https?|ftp)://[^\s<>\"'`()\]\u2018-\u201d\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
_SCHEME = late(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_ENDS = ".,;:!?*_~"
_PRIVATE = (
    "localhost",
    ".local",
    ".localdomain",
    ".internal",
    ".intranet",
    ".lan",
    ".corp",
    ".home",
    ".private",
    ".test",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address in a text, and its line in the text, counted from 1."""

    address: str
    line: int

    @property
    def is_external(self) -> bool:
        """Whether it leads out of the desk: to the web, to mail, to a telephone."""
        return _SCHEME.match(self.address) is not None or self.address.startswith("//")

    @property
    def host(self) -> str | None:
        """The host of a web address; None for anything else, and where there is none."""
        try:
            return urlsplit(self.address).hostname if "//" in self.address[:12] else None
        except ValueError:
            return None

    @property
    def path(self) -> str:
        """What stands before `#` and `?`, as it is meant."""
        return unquote(self.address.partition("#")[0].partition("?")[0])

    @property
    def fragment(self) -> str:
        """What stands behind `#`, as it is meant."""
        return unquote(self.address.partition("#")[2])


def links_in(body: str) -> Iterator[Link]:
    """Every link of a text in its order; code has none."""
    fence = ""
    for number, line in enumerate(body.split("\n"), 1):
        opened = _FENCE.match(line)
        if opened and not fence:
            fence = opened[1]
        elif fence:
            if opened and opened[1].startswith(fence) and not line.strip(f" \t{fence[0]}"):
                fence = ""
        else:
            for address in dict.fromkeys(_addresses(_CODE.sub("", line))):
                yield Link(address=address, line=number)


def resolved(address: str, folder: str) -> str | None:
    """The path in the desk that a relative address means, seen from `folder`; None where it leaves the desk."""
    parts = [part for part in folder.split("/") if part] if not address.startswith("/") else []
    for part in address.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def names_article(path: str) -> str | None:
    """The slug that a relative path means, as pages read it: `../guides/reset.md`; None for another file."""
    place = PurePosixPath(path)
    return place.stem if place.suffix in ("", ".md", ".html") and place.stem else None


def is_private(host: str, own: tuple[str, ...] = ()) -> bool:
    """Whether only the house reaches this host: by its name, its address, or as one of `own` and below them."""
    name = host.casefold().rstrip(".")
    try:
        return not ip_address(name).is_global
    except ValueError:
        pass
    if any(name == it.casefold() or name.endswith(f".{it.casefold()}") for it in own):
        return True
    return "." not in name or name.endswith(_PRIVATE)


def _addresses(line: str) -> Iterator[str]:
    for found in _INLINE.finditer(line):
        address = found["wide"] if found["wide"] is not None else found["bare"]
        if address:
            yield address
    defined = _DEFINED.match(line)
    if defined:
        yield defined["it"]
    for found in _WEB.finditer(line):
        yield found[0].rstrip(_ENDS)
