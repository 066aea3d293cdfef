"""Does a map fit the desk: does everything that it names exist there?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tkt.errors import did_you_mean
from tkt.i18n import Message, msg
from tkt.intake.log.maps import LogMap
from tkt.model import STORED
from tkt.schema import Configuration
from tkt.schema.reading import Fault

Path = tuple[str | int, ...]
_SOME_DAY = datetime(2026, 11, 21, 13, 45, tzinfo=UTC)


def map_faults(logmap: LogMap, config: Configuration) -> list[Fault]:
    """Everything in the map that cannot be used on this desk."""
    return [
        *_reading_faults(logmap),
        *_status_faults(logmap, config),
        *_word_faults(logmap, config),
        *_resolution_faults(logmap, config),
        *_field_faults(logmap, config),
    ]


def _reading_faults(logmap: LogMap) -> Iterator[Fault]:
    if not _is_text_encoding(logmap.encoding):
        hint = msg("for example utf-8-sig, gb18030 or cp1252")
        yield Fault(path=("encoding",), message=msg("{name} is no encoding", name=logmap.encoding), hint=hint)
    try:
        ZoneInfo(logmap.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = msg(
            "{name} is no time zone, expected one like Asia/Shanghai or Europe/Berlin", name=logmap.zone
        )
        yield Fault(path=("zone",), message=message)
    for key in ("dates", "title"):
        if not getattr(logmap, key):
            yield Fault(path=(key,), message=msg("{key} is empty, expected at least one", key=key))
    for place, form in enumerate(logmap.dates):
        if not _is_date_format(form):
            message = msg("dates: {format} does not give a whole date", format=form)
            hint = msg("write it as Python's strptime does, for example %d/%m/%Y %H:%M")
            yield Fault(path=("dates", place), message=message, hint=hint)


def _is_text_encoding(name: str) -> bool:
    try:
        b"text".decode(name)
    except LookupError:
        return False
    except UnicodeError:
        return True
    return True


def _is_date_format(form: str) -> bool:
    """Whether a day written and read in this format is the same day."""
    try:
        return datetime.strptime(_SOME_DAY.strftime(form), form).date() == _SOME_DAY.date()
    except ValueError:
        return False


def _status_faults(logmap: LogMap, config: Configuration) -> Iterator[Fault]:
    statuses = config.workflow.statuses
    named: dict[Path, str] = {("opens_as",): logmap.opens_as}
    if logmap.unknown_state is not None:
        named["unknown_state",] = logmap.unknown_state
    for word in logmap.states:
        state = logmap.state(word)
        if state is None:
            continue
        named["states", word] = state.status
        if state.status in statuses:
            yield from _waiting_faults(
                word, state.on is not None, statuses[state.status].category == "waiting"
            )
    yield from _unknown(named, statuses, msg("status"))
    for path, status in named.items():
        if path[0] != "states" and status in statuses and statuses[status].category == "waiting":
            message = msg(
                "{key}: a waiting status needs somebody to wait for, so it cannot stand here", key=path[0]
            )
            yield Fault(path=path, message=message)


def _waiting_faults(word: str, says_on_whom: bool, is_waiting: bool) -> Iterator[Fault]:
    if is_waiting and not says_on_whom:
        hint = msg("write: {example}", example=f"{word}: {{status: waiting, on: customer}}")
        yield Fault(
            path=("states", word), message=msg("states.{word}: on whom does it wait?", word=word), hint=hint
        )
    elif says_on_whom and not is_waiting:
        message = msg("states.{word}: only a waiting status waits on somebody", word=word)
        yield Fault(path=("states", word), message=message)


def _word_faults(logmap: LogMap, config: Configuration) -> Iterator[Fault]:
    taxonomy = config.taxonomy
    tables: dict[str, tuple[Mapping[str, str], Collection[str], Message]] = {
        "channels": (logmap.channels, config.channels.channels, msg("channel")),
        "priorities": (logmap.priorities, taxonomy.priority_names, msg("priority")),
        "impacts": (logmap.impacts, taxonomy.impact, msg("impact")),
        "urgencies": (logmap.urgencies, taxonomy.urgency, msg("urgency")),
    }
    for key, (table, known, kind) in tables.items():
        yield from _unknown({(key, word): name for word, name in table.items()}, known, kind)


def _resolution_faults(logmap: LogMap, config: Configuration) -> Iterator[Fault]:
    decl = logmap.resolution
    if decl is None:
        return
    codes: dict[Path, str] = {("resolution", "code"): decl.code}
    codes |= {("resolution", "codes", word): code for word, code in decl.codes.items()}
    yield from _unknown(codes, (*config.workflow.codes, *config.workflow.uncounted), msg("resolution code"))
    yield from _unknown({("resolution", "cause"): decl.cause}, config.workflow.causes, msg("cause class"))


def _field_faults(logmap: LogMap, config: Configuration) -> Iterator[Fault]:
    for name, kept in logmap.fields.items():
        declared = config.taxonomy.fields.get(name)
        if name in STORED or name == "events":
            message = msg(
                "fields.{name}: every ticket has a field of that name, choose another one", name=name
            )
            yield Fault(path=("fields", name), message=message)
        elif declared is not None and (declared.type != kept.type or declared.any_of):
            message = msg(
                "fields.{name}: the desk's field of that name is of type {theirs}, the map's of type {ours}",
                name=name,
                theirs=declared.type,
                ours=kept.type,
            )
            yield Fault(path=("fields", name), message=message)


def _unknown(named: Mapping[Path, str], known: Collection[str], kind: Message) -> Iterator[Fault]:
    for path, name in named.items():
        if name not in known:
            message = msg("{key}: the desk has no {kind} {name}", key=_dotted(path), kind=kind, name=name)
            yield Fault(path=path, message=message, hint=did_you_mean(name, known))


def _dotted(path: Path) -> str:
    return ".".join(str(step) for step in path)
