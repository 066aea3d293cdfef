"""Every text that a person reads exists in every language."""

from __future__ import annotations

import ast
import importlib.util
import re
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tkt import i18n
from tkt.i18n import msg, msgn, render

ROOT = Path(__file__).resolve().parent.parent
PLACE = re.compile(r"\{\w+(?:![rs])?\}")


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def source() -> Catalog:
    found: Catalog = tool().collected()
    return found


def catalogue(language: str) -> Catalog:
    return read_po(BytesIO(tool().po_path(language).read_bytes()), locale=language)


def key(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def ids(catalog: Catalog) -> set[str]:
    return {key(message) for message in catalog if message.id}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_catalogue_holds_exactly_the_messages_of_the_source(language: str, source: Catalog) -> None:
    assert ids(catalogue(language)) == ids(source), "run `make messages`"


def test_no_text_hides_from_the_collector_inside_an_f_string(source: Catalog) -> None:
    known = ids(source)
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in (ROOT / "tkt").rglob("*.py")
        if "{" in (text := path.read_text("utf-8"))
        for outer in ast.walk(ast.parse(text))
        if isinstance(outer, ast.JoinedStr)
        for call in ast.walk(outer)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "msg")
        for said in call.args[:1]
        if isinstance(said, ast.Constant) and said.value not in known
    ]
    assert hidden == [], "name it before the f-string"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_message_is_translated(language: str) -> None:
    missing = [message.id for message in catalogue(language) if message.id and not any(message.string)]
    assert missing == []


def test_a_translation_keeps_the_places_of_its_message() -> None:
    for message in catalogue("zh_CN"):
        forms = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        told = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        wanted = set(PLACE.findall(forms[-1]))
        assert all(set(PLACE.findall(each)) == wanted for each in told if message.id), message.id


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_the_program_reads_is_compiled_from_what_people_read(language: str) -> None:
    path = tool().po_path(language)
    compiled = read_mo(BytesIO(path.with_suffix(".mo").read_bytes()))
    written = {key(m): list(m.string) for m in catalogue(language) if m.id and any(m.string)}
    found = {key(m): list(m.string) for m in compiled if m.id}
    assert found == written, "run `make messages`"


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("zh", "zh"),
        ("zh_CN.UTF-8", "zh"),
        ("zh-Hans", "zh"),
        ("en_GB", "en"),
        ("de_DE.UTF-8", "en"),
        ("", "en"),
    ],
)
def test_the_environment_chooses_the_language(wish: str, language: str) -> None:
    assert i18n.language_of(environ={"LANG": wish}) == language


def test_a_message_is_rendered_in_the_readers_language_with_its_arguments() -> None:
    i18n.activate("zh")
    assert render(msg("no ticket {part}", part="K7")) != "no ticket K7"
    assert "K7" in render(msg("no ticket {part}", part="K7"))
    i18n.activate("en")
    assert render(msgn("{count} ticket", "{count} tickets", 1)) == "1 ticket"
    assert render(msgn("{count} ticket", "{count} tickets", 2)) == "2 tickets"


def test_braces_in_an_argument_are_no_places() -> None:
    assert render(msg("no ticket {part}", part="{x}")) == "no ticket {x}"
