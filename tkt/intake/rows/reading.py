"""What does one cell say, given what its column holds?

A value in the desk's words, None for an empty cell, or a `BadCell` that tells what was expected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from tkt.actions.contacts import contact_of
from tkt.actions.values import BadValue, chosen, parsed, part_label
from tkt.actions.vocabulary import choices
from tkt.clock import instant_text
from tkt.errors import TktError
from tkt.fields import normalised
from tkt.i18n import Message, current_language, msg
from tkt.intake.log.names import Names
from tkt.intake.rows.headings import BESIDE, NUMBER, STATUS, WORDS
from tkt.intake.rows.instants import EXAMPLE, Moment, moment_of
from tkt.intake.rows.maps import TableMap
from tkt.intake.rows.statuses import status_meant
from tkt.intake.rows.table import BadCell, Cell, ShortNumber
from tkt.intake.rows.xlsx import number_text, shortened
from tkt.late import late
from tkt.model import Kind, Value
from tkt.schema import Configuration
from tkt.store.codec.scalars import clean_text

Read = Value
"""A value, None, or a BadCell."""

_INSTANTS = ("waiting.until", "next_action.by", "customer_deadline.by")
_NOBODY = ("none", "nobody", "无", "空", "暂无", "未分配")
_ID = late(r"[a-z0-9]+(?:[.-][a-z0-9]+)+")
_LONGEST_KNOWN = 60  # characters of a cell that may come again


class CellReader:
    """Reads the cells of one table; collects the people and teams that the desk lacks."""

    def __init__(self, found: TableMap, config: Configuration, day_shift: int = 0) -> None:
        self.config = config
        self.zone = ZoneInfo(found.zone or config.desk.zone)
        people = {
            key: (key, it.name, *filter(None, (it.email, *it.aliases))) for key, it in config.persons.items()
        }
        self.people = Names(found.values.get("owner", {}), people)
        teams = {key: (key, it.en or key, it.zh or key) for key, it in config.people.teams.items()}
        self.teams = Names(found.values.get("team", {}), teams)
        self._map = found
        self._missing = frozenset(found.missing)
        self._values = {
            meaning: {normalised(word): value for word, value in words.items()}
            for meaning, words in found.values.items()
        }
        self._kinds: Mapping[str, Kind] = {
            **{name: kept.type for name, kept in found.keep.items()},
            **config.field_kinds,
        }
        self._shift = day_shift
        self._known: dict[tuple[str, Cell, str], Read] = {}

    def read(self, meaning: str, cell: Cell, beside: Mapping[str, Value]) -> Read:
        """What the cell says; `beside` are the values of the row that are known already."""
        if not isinstance(cell, str) or len(cell) > _LONGEST_KNOWN:
            return self._read(meaning, cell, beside)
        key = (meaning, cell, str(beside.get("type", "")))
        if isinstance(cell, ShortNumber) or key not in self._known:
            self._known[key] = self._read(meaning, cell, beside)
        return self._known[key]

    def moment(self, cell: Cell) -> Moment | BadCell | None:
        """The instant that a cell means."""
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            cell = cell + self._shift
        elif not isinstance(cell, datetime):
            cell = self.text(cell)
        if cell is None or isinstance(cell, BadCell):
            return cell
        found = moment_of(cell, self.zone, self._map.dates)
        if found is None:
            hint = msg(
                "write it so, or say the format in a map: dates: [{example}]", example='"%d/%m/%Y %H:%M"'
            )
            return BadCell(
                msg(
                    "{text} is not a time, expected one like {example}", text=_cut(str(cell)), example=EXAMPLE
                ),
                hint,
            )
        return found

    def text(self, cell: Cell) -> str | BadCell | None:
        """The text that people see in a cell; None for one of the marks that say nothing."""
        if isinstance(cell, ShortNumber):
            return shortened(cell)
        if isinstance(cell, bool):
            return "true" if cell else "false"
        if isinstance(cell, (int, float)):
            return number_text(cell)
        if isinstance(cell, datetime):
            return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.isoformat(sep=" ")
        if cell is None or isinstance(cell, BadCell):
            return cell
        text = clean_text(cell)[0].strip()
        return None if text in self._missing else text

    def _read(self, meaning: str, cell: Cell, beside: Mapping[str, Value]) -> Read:
        kind = self._kinds.get(meaning)
        if kind == "instant":
            found = self.moment(cell)
            return found.at if isinstance(found, Moment) else found
        if kind == "number" and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return cell
        text = str(cell) if kind == "number" and isinstance(cell, ShortNumber) else self.text(cell)
        if text is None or isinstance(text, BadCell):
            return text
        translated = self._values.get(meaning, {}).get(normalised(text))
        if translated is not None and not translated.strip():
            return None
        try:
            return self._meant(meaning, kind, text if translated is None else translated, beside)
        except TktError as error:
            example = f"{{{meaning}: {{{_cut(text)}: …}}}}"
            in_map = msg("or say what it means in a map: values: {example}", example=example)
            known = error.hint if meaning != "urgency" else self._urgencies()
            hint = in_map if known is None else msg("{one}; {two}", one=known, two=in_map)
            return BadCell(error.message, hint)

    def _urgencies(self) -> Message:
        """All of them by name and label: `高` and `high` are not for tkt to guess."""
        language = current_language()
        levels = [f"{name} = {it.label(language, name)}" for name, it in self.config.taxonomy.urgency.items()]
        return msg("known are: {names}", names=tuple(levels))

    def _meant(self, meaning: str, kind: Kind | None, text: str, beside: Mapping[str, Value]) -> Read:
        """Errors: TktError."""
        if meaning == STATUS:
            return status_meant(text, self.config)
        if meaning in ("owner", "team"):
            names = self.people if meaning == "owner" else self.teams
            if _ID.fullmatch(text) and (meaning == "owner" or "." not in text):
                names.keep_id(text)
            return None if normalised(text) in _NOBODY else names.id_of(text)
        if meaning == "contact":
            return contact_of(text) or None
        if "." in meaning:
            return self._part(meaning, text)
        if meaning == "title" or meaning == NUMBER:
            return " ".join(text.split())
        if meaning == WORDS or meaning in BESIDE or kind == "text":
            return text
        if kind == "words":
            return self._words(meaning, text)
        if meaning in self.config.field_kinds:
            return parsed(self.config, meaning, text, beside)
        return _typed(kind, text, meaning)

    def _part(self, meaning: str, text: str) -> str:
        """A part of a stored mapping."""
        known = choices(self.config, meaning, {})
        if known:
            return chosen(part_label(meaning), text, known)
        if meaning in _INSTANTS and not _has_offset(text):
            found = moment_of(text, self.zone, self._map.dates)
            return text if found is None else instant_text(found.end)
        return text

    def _words(self, meaning: str, text: str) -> list[str] | None:
        """`a, b`, or a JSON list where a word holds a comma."""
        if text.startswith('["'):
            try:
                found = json.loads(text)
            except ValueError:
                found = None
            if isinstance(found, list) and all(isinstance(each, str) for each in found):
                return found or None
        items: Sequence[str] = re.split(r"[,，、;；]", text)
        words = list(dict.fromkeys(item.strip() for item in items if item.strip()))
        if meaning == "tags":
            words = ["-".join(word.split()) for word in words]
            return list(parsed(self.config, "tags", words, {}) or ())
        return words


def _typed(kind: Kind | None, text: str, name: str) -> Value:
    """A value of a field that this import declares. Errors: BadValue."""
    if kind == "bool":
        if text.casefold() in ("true", "yes", "y", "1", "是"):
            return True
        if text.casefold() in ("false", "no", "n", "0", "否"):
            return False
        raise BadValue(msg("{label} is true or false, not {value}", label=name, value=_cut(text)))
    if kind == "number":
        if re.fullmatch(r"[+-]?\d{1,18}", text):
            return int(text)
        if re.fullmatch(r"[+-]?\d{1,18}\.\d{1,18}", text):
            return float(text)
        raise BadValue(msg("{label} is a number, not {value}", label=name, value=_cut(text)))
    if kind == "word" and len(text.split()) > 1:
        raise BadValue(msg("{label} is one word without spaces, not {value}", label=name, value=_cut(text)))
    return text


def _has_offset(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
