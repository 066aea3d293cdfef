"""What do customers of the demo desk write about? Texts in `tkt/demodata`, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tkt.errors import Bug
from tkt.schema import Configuration
from tkt.schema.reading import read_struct
from tkt.store.codec.reading import read_document

FOLDER = Path(__file__).parents[1] / "demodata"
LANGUAGES = ("zh", "en")
S = TypeVar("S", bound=msgspec.Struct)


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One problem and its solution; texts have places like {name}."""

    name: str
    type: str
    category: str
    product: str | None = None
    channel: list[str]
    impact: str
    urgency: str
    complexity: str
    criteria: dict[str, str] = {}
    weight: int = 1
    internal: bool = False  # a colleague asks
    vary: dict[str, list[str]] = {}
    fields: dict[str, Any] = {}  # of a kind instant: how long before the request
    asks: dict[str, str] | None = None
    title: str
    words: str
    question: str
    waiting_for: str
    answer: str
    progress: str
    note: str
    solution: str
    resolution: dict[str, str]
    thanks: str
    again: str
    solution_again: str


class Phrases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said in every ticket of one language."""

    next: dict[str, str]
    chase: list[str]
    patience: list[str]
    why_late: dict[str, str]  # cause → the reason that is given
    late: list[str]
    handover: list[str]
    handover_note: list[str]
    vendor: list[str]
    vendor_back: list[str]
    promise: str
    task: str
    waiting_reason: str
    confirm: str
    comments: dict[str, list[str]]
    recommend: dict[str, list[str]]  # beside an answer of 0 to 10
    reopen: str
    raised: str
    spam: list[dict[str, str]]
    test: list[dict[str, str]]
    duplicate: list[str]


@cache
def scenarios(language: str) -> dict[str, Scenario]:
    """Every scenario of a language by its name."""
    found = data_of(f"scenarios.{language}.yaml")
    return {name: _struct(Scenario, {**value, "name": name}, name) for name, value in found.items()}


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language."""
    return _struct(Phrases, data_of("phrases.yaml")[language], language)


def usable(language: str, config: Configuration) -> list[Scenario]:
    """The scenarios whose category the desk has, each as often as its weight."""
    found = [it for it in scenarios(language).values() if config.category(it.type, it.category)]
    return [it for it in found for _ in range(it.weight)]


def data_of(name: str) -> dict[str, Any]:
    """A file of texts."""
    path = FOLDER / name
    return read_document(path.read_bytes(), path.name).value


def _struct(kind: type[S], value: Any, name: str) -> S:
    found, faults = read_struct(kind, value)
    if found is None:
        raise Bug(f"{name}: {faults[0].message}")
    return found
