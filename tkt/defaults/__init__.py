"""What do the files of a new desk say, in this profile and language?

Beside this module lie their sources, one for every file; a line of a source is kept as it stands,
but for these:

- `#en …` and `#zh …` are comments in one language; the desk's own becomes `# …`, the other goes.
- `#if NAME` … `#end` (at the margin, not nested) keeps what is between for one profile
  (`saas`, `after-sales`), language (`en`, `zh`) or place (`china`, `elsewhere`).
- `@name@`, `@zone@`, `@language@`, `@lead@`, `@manager@` and `@people@` are filled in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tkt.late import late
from tkt.model import Person

PROFILES = ("saas", "after-sales")
_SOURCES = Path(__file__).parent
_DOTTED = {"gitignore": ".gitignore", "gitattributes": ".gitattributes"}  # git would obey them here
_CHINA = frozenset({"Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "Asia/Kashgar", "PRC"})
_CALENDARS = "config/calendars/"
_COMMENT = late(r"(?P<indent>\s*)#(?P<language>en|zh)(?P<text>| .*)")
_AS_COMMENT = r"\g<indent>#\g<text>"


def default_files(
    *,
    profile: str,
    language: str,
    name: str,
    zone: str,
    people: Sequence[Person] = (),
    manager: str | None = None,
) -> dict[str, str]:
    """Path in the desk → text, for every file that has one."""
    place = "china" if zone in _CHINA else "elsewhere"
    chosen = frozenset({profile, language, place})
    filling = {
        "name": _quoted(name),
        "zone": zone,
        "language": language,
        "people": _people_text(people),
        "lead": next((f"lead: {_quoted(it.id)}" for it in people if it.kind == "agent"), "# lead: li.wei"),
        "manager": f"manager: {_quoted(manager)}" if manager else "# manager: wang.fang",
    }
    return {
        path: resolved(text, language=language, chosen=chosen, filling=filling)
        for path, text in source_files()
        if place == "china" or not path.startswith(_CALENDARS)
    }


def source_files() -> Iterator[tuple[str, str]]:
    """(path in the desk, source) of every file, in order of paths."""
    for source in sorted(_SOURCES.rglob("*")):
        if source.is_file() and source.suffix not in (".py", ".pyc"):
            path = source.relative_to(_SOURCES).as_posix()
            yield _DOTTED.get(path, path), source.read_text("utf-8")


def packaged(path: str) -> bytes | None:
    """What the file `path` of a new desk says where it is the same for all of them; None for no such file."""
    file = _SOURCES / path
    return file.read_bytes() if file.is_file() else None


def resolved(text: str, *, language: str, chosen: Collection[str], filling: Mapping[str, str]) -> str:
    """A source as one desk gets it."""
    kept = in_one_language(_kept(text, chosen), language)
    return re.sub(r"@([a-z]+)@", lambda place: filling[place[1]], kept)


def in_one_language(lines: Iterable[str], language: str) -> str:
    """A text with the comments of this language as `# …`, and without those of the other."""
    kept = (line for line in lines if not _is_foreign(line, language))
    return "".join(f"{_COMMENT.sub(_AS_COMMENT, line)}\n" for line in kept)


def _kept(text: str, chosen: Collection[str]) -> Iterator[str]:
    keep = True
    for line in text.splitlines():
        if line.startswith("#if "):
            keep = line.removeprefix("#if ") in chosen
        elif line == "#end":
            keep = True
        elif keep:
            yield line


def _is_foreign(line: str, language: str) -> bool:
    comment = _COMMENT.fullmatch(line)
    return comment is not None and comment["language"] != language


def _people_text(people: Sequence[Person]) -> str:
    """The `people` of config/people.yaml; those without a team answer customers."""
    if not people:
        return "people: {}"
    return "\n".join(["people:", *(line for person in people for line in _person_lines(person))])


def _person_lines(person: Person) -> Iterator[str]:
    yield f"  {_quoted(person.id)}:"
    yield f"    name: {_quoted(person.name)}"
    if person.email:
        yield f"    email: {_quoted(person.email)}"
    if person.kind == "agent":
        yield f"    teams: [{', '.join(person.teams or ('support',))}]"
    else:
        yield f"    kind: {person.kind}"


def _quoted(text: str) -> str:
    """A double-quoted scalar, which JSON and YAML write alike; what does not print is escaped."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
