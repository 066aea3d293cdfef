"""Commands start fast because they load little: this is the list of what they may not load."""

from __future__ import annotations

import subprocess
import sys
from time import sleep

import pytest
from helpers import DeskAtWork

HEAVY = (
    "git",
    "jinja2",
    "rich",
    "hypothesis",
    "babel",
    "importlib.metadata",
    "asyncio",
    "email",
    "http",
    "secrets",
    "random",
    "filelock",
)
OF_NO_DESK = (
    "msgspec",
    "yaml",
    "zoneinfo",
    "tkt.store",
    "tkt.schema",
    "tkt.desk",
    "tkt.model",
)
OF_WRITERS = ("tkt.changes", "tkt.kpis", "tkt.store.gitrepo", "tkt.store.undoable", "tkt.intake", "tkt.hooks")
COMMON = ("common", "helping", "signature")


def loaded_by(desk: DeskAtWork, *words: str) -> list[str]:
    """The modules that a command has loaded when it is done."""
    program = (
        "import sys\n"
        "from tkt.cli import main\n"
        f"code = main(['-C', {str(desk.root)!r}, *{words!r}])\n"
        "print(code, *sorted(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    code, *modules = done.stderr.split()
    assert code == "0"
    assert done.stdout
    return modules


def among(modules: list[str], names: tuple[str, ...]) -> set[str]:
    return {name for name in modules if any(name == it or name.startswith(f"{it}.") for it in names)}


def commands_in(modules: list[str]) -> set[str]:
    return {name.removeprefix("tkt.commands.") for name in modules if name.startswith("tkt.commands.")}


def test_the_version_is_told_without_a_look_at_desk_or_command(desk: DeskAtWork) -> None:
    modules = loaded_by(desk, "--version")
    assert not among(modules, (*HEAVY, *OF_NO_DESK, *OF_WRITERS, "json", "hashlib"))
    assert commands_in(modules) == {*COMMON}


def test_the_help_of_all_commands_loads_none(desk: DeskAtWork) -> None:
    modules = loaded_by(desk, "--lang", "en", "--help")
    assert not among(modules, (*HEAVY, *OF_NO_DESK, *OF_WRITERS))
    assert commands_in(modules) == {*COMMON}


@pytest.mark.parametrize("words", [("list",), ("show",)])
def test_who_only_reads_loads_nothing_that_writes(desk: DeskAtWork, words: tuple[str, ...]) -> None:
    ticket = desk.json("new", "a ticket", "--channel", "phone", "--text", "words")["id"]
    given = (ticket[-5:],) if words == ("show",) else ()
    desk.tkt("list")  # what it makes of a new ticket is kept from now on
    modules = loaded_by(desk, *words, *given)
    assert not among(modules, (*HEAVY, *OF_WRITERS))


def test_a_list_of_what_is_kept_already_parses_nothing(desk: DeskAtWork) -> None:
    desk.json("new", "a ticket", "--channel", "phone", "--text", "words")
    sleep(1.1)  # what is as new as what is kept of it is read again
    desk.tkt("list")
    assert not among(loaded_by(desk, "list"), ("yaml",))


def test_show_looks_into_no_index(desk: DeskAtWork) -> None:
    ticket = desk.json("new", "a ticket", "--channel", "phone", "--text", "words")["id"]
    modules = loaded_by(desk, "show", ticket)
    assert not among(
        modules, ("sqlite3", "tkt.store.index", "hashlib", "multiprocessing", "tkt.actions.talking")
    )
