"""What may stand for an id, a query, a field, a person … on this desk?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tkt.commands.completing.line import Candidate, Typed
from tkt.commands.completing.tickets import ticket_tags, tickets, title_in

if TYPE_CHECKING:
    from tkt.schema import Configuration

_TO_BRING_BACK = ("reopen", "not-spam")
_MARK = "tkt.yaml"
_WAITING = ("wait", "move")
_KNOWN_FIELD: Mapping[str, str] = {
    "PERSON": "owner", "OWNER": "owner", "TEAM": "team", "CHANNEL": "channel", "CODE": "code", "CAUSE": "cause",
    "TYPE": "type", "CATEGORY": "category", "IMPACT": "impact", "URGENCY": "urgency", "PRIORITY": "priority",
    "STATUS": "status", "WHO": "waiting_on", "CLOCK": "breached",
}  # fmt: skip
"""What an option asks for → the field whose words it takes."""


def values_for(typed: Typed) -> Iterable[Candidate]:
    """What may stand where `typed` ends, before it is compared with what was typed."""
    root = _root(typed.directories)
    if root is None:
        return []
    kinds = (typed.then, typed.kind) if typed.then else (typed.kind,)
    return [each for kind in kinds for each in _of_kind(kind, root, typed)]


def _of_kind(kind: str, root: Path, typed: Typed) -> Iterable[Candidate]:
    asked = _ASKED.get(kind)
    if asked is not None:
        return asked(root, typed)
    if kind in _KNOWN_FIELD and (kind != "WHO" or typed.command in _WAITING):
        return _words(_configuration(root), _KNOWN_FIELD[kind])
    return []


def _root(directories: Sequence[str]) -> Path | None:
    """The desk that the command would work in; looked for without loading what reads one."""
    here = Path.cwd().joinpath(*directories)
    return next((folder for folder in (here, *here.parents) if (folder / _MARK).is_file()), None)


def _configuration(root: Path) -> Configuration:
    from tkt.store.config import load_configuration

    return load_configuration(root)


def _ids(root: Path, typed: Typed) -> Iterator[Candidate]:
    last = typed.start.rpartition(",")[2]
    before = typed.start[: len(typed.start) - len(last)]
    named = {*typed.given, *before.split(",")}
    for each in tickets(root, last, closed=typed.command in _TO_BRING_BACK):
        if each.value not in named:
            yield replace(each, value=f"{before}{each.value}")


def _query(root: Path, typed: Typed) -> Iterator[Candidate]:
    """`@view`, `field:` and, behind the colon, what the field may be."""
    config = _configuration(root)
    sign = "-" if typed.start.startswith("-") else ""
    name, colon, given = typed.start.removeprefix(sign).partition(":")
    if not colon:
        if typed.start.startswith("@"):
            yield from (Candidate(f"@{view}", query) for view, query in config.views.views.items())
            return
        yield from _field_names(config, sign)
        return
    last = given.rpartition(",")[2]
    before = f"{sign}{name}:{given[: len(given) - len(last)]}"
    for each in _field_values(root, config, name):
        yield replace(each, value=f"{before}{each.value}")


def _field_names(config: Configuration, sign: str) -> Iterator[Candidate]:
    from tkt.fields import field_specs

    for name, _spec in dict(field_specs(config)).items():
        if name.isascii():
            yield Candidate(f"{sign}{name}:", is_open=True)


def _field_values(root: Path, config: Configuration, name: str) -> Iterator[Candidate]:
    if name in ("tag", "tags"):
        yield from (Candidate(tag) for tag in ticket_tags(root))
        return
    yield from (Candidate(word) for word in _MEANT_BY_QUERIES.get(name, ()))
    yield from _words(config, name)


_MEANT_BY_QUERIES: Mapping[str, tuple[str, ...]] = {
    "status": ("open", "all", "unresolved"),
    "owner": ("me", "none"),
    "team": ("mine", "none"),
}


def _fields(root: Path, typed: Typed) -> Iterator[Candidate]:
    """`FIELD=` and, behind the sign, what the field may be."""
    from tkt.model import IMMUTABLE

    config = _configuration(root)
    name, equals, _given = typed.start.partition("=")
    if not equals:
        names = (each for each in config.field_kinds if each not in IMMUTABLE)
        yield from (Candidate(f"{each}=", is_open=True) for each in names)
        return
    for each in _words(config, name):
        yield replace(each, value=f"{name}={each.value}")


def _words(config: Configuration, field: str) -> Iterator[Candidate]:
    from tkt.fields import known_words

    for value, others in (known_words(config, field) or {}).items():
        yield Candidate(value, others[0] if others else "")


def _people(root: Path, typed: Typed) -> Iterator[Candidate]:
    config = _configuration(root)
    yield Candidate("me")
    if typed.command == "assign":
        yield Candidate("none")
    for name, it in config.persons.items():
        if it.kind != "former":
            yield Candidate(name, it.name)


def _tags(root: Path, typed: Typed) -> Iterator[Candidate]:
    sign = "-" if typed.start.startswith("-") else ""
    return (Candidate(f"{sign}{tag}") for tag in ticket_tags(root))


def _customers(root: Path, _typed: Typed) -> Iterator[Candidate]:
    folder = root / "customers"
    return (Candidate(path.stem) for path in sorted(folder.glob("*.yaml"))) if folder.is_dir() else iter(())


def _articles(root: Path, typed: Typed) -> Iterator[Candidate]:
    """The names of articles, those that were typed already left out."""
    from tkt.knowledge.article import is_article

    folder = root / "knowledge"
    for path in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
        if is_article(path.relative_to(root).as_posix()) and path.stem not in typed.given:
            yield Candidate(path.stem, title_in(str(path)))


def _kinds(root: Path, _typed: Typed) -> Iterator[Candidate]:
    from tkt.actions.disposing import kinds

    return (Candidate(name) for name in kinds(_configuration(root)))


def _fields_alone(root: Path, _typed: Typed) -> Iterator[Candidate]:
    return (replace(each, value=each.value[:-1]) for each in _field_names(_configuration(root), ""))


def _names(_root: Path, typed: Typed) -> Iterator[Candidate]:
    """The parts of the configuration, for `config show` and `config schema`."""
    from tkt.schema import FILES

    return (Candidate(name) for name in FILES) if typed.command.startswith("config") else iter(())


def _reports(root: Path, _typed: Typed) -> Iterator[Candidate]:
    """Those of config/reports.yaml."""
    from tkt.reports.named import named_reports, title_of

    return (Candidate(name, title_of(name, it)) for name, it in named_reports(_configuration(root)).items())


_ASKED: Mapping[str, Callable[[Path, Typed], Iterable[Candidate]]] = {
    "ID": _ids,
    "QUERY": _query,
    "FIELD=VALUE": _fields,
    "PERSON": _people,
    "TAG": _tags,
    "CUSTOMER": _customers,
    "KIND": _kinds,
    "FIELD": _fields_alone,
    "NAME": _names,
    "SLUG": _articles,
    "REPORT": _reports,
    "SHELL": lambda _root, _typed: [Candidate(name) for name in ("bash", "zsh", "fish")],
}
