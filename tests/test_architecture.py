"""The floors of docs/architecture.md: an import goes only downwards, and each library has one owner."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "tkt"

FLOORS: list[set[str]] = [
    {"errors", "clock", "i18n", "frozen", "late"},
    {"model", "keyed", "ids", "durations", "worktime", "schema", "effort", "attachments", "lessons"},
    {"query", "fields", "workflow", "guards", "priority"},
    {"sla", "policies", "clocks"},
    {
        "actions",
        "checks",
        "columns",
        "rules",
        "metrics",
        "kpis",
        "repeats",
        "origins",
        "merging",
        "audits",
        "differences",
        "timerules",
        "notices",
        "neglect",
        "gated",
        "knowledge",
        "addressed",
    },
    {"store", "render"},
    {
        "desk",
        "finding",
        "indexed",
        "rows_on_demand",
        "dated",
        "changes",
        "undo",
        "inspection",
        "neglecting",
        "learnt",
        "newdesk",
        "comparison",
        "differing",
        "repair",
        "sync",
        "synced",
        "fixing",
        "privacy",
        "clone",
        "doctor",
        "driver",
        "hooks",
        "audit",
        "last",
        "requesters",
        "ticking",
        "gate",
        "simulation",
        "ci",
        "holidays",
        "searching",
        "pagelinks",
    },
    {
        "report",
        "reports",
        "site",
        "statuspages",
        "helpcentre",
        "board",
        "intake",
        "demo",
        "demodata",
        "export",
        "batch",
    },
    {"commands"},
    {"cli", "start", "__main__"},
]
OWNERS = {
    "yaml": ("store/codec",),
    "git": ("store/gitrepo",),
    "jinja2": ("render",),
    "rich": ("render",),
    "typer": ("cli.py", "commands"),
    "filelock": ("store/lock.py",),
    "sqlite3": ("store/index",),
    "openpyxl": ("intake/rows",),
    "markdown_it": ("render",),
    "nh3": ("render",),
    "textual": ("board",),
    "duckdb": ("export",),
}
MAY_KNOW_ALL = {"", "defaults", "locale"}
IMPURE = {"os", "subprocess", "shutil", "tempfile", "socket", "random", "secrets", "time", "sys"}


def floor_of(module: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if module in names)


def sources() -> list[Path]:
    return sorted(
        path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE
    )


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every module named in an import statement, wherever it stands, and its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno
            if node.module == "tkt":
                yield from ((f"tkt.{alias.name}", node.lineno) for alias in node.names)


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def test_every_module_stands_on_a_floor() -> None:
    rooms = {room_of(path) for path in sources()} - MAY_KNOW_ALL
    known = set().union(*FLOORS)
    assert rooms <= known, f"not on any floor: {sorted(rooms - known)}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_an_import_goes_only_downwards(path: Path) -> None:
    room = room_of(path)
    if room in MAY_KNOW_ALL:
        return
    upwards = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for name, line in imports_of(path)
        if name.startswith("tkt.") and name.split(".")[1] != room
        and name.split(".")[1] in set().union(*FLOORS)
        and floor_of(name.split(".")[1]) > floor_of(room)
    ]  # fmt: skip
    assert not upwards


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_has_one_owner(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    foreign = [
        f"{place}:{line} imports {name}"
        for name, line in imports_of(path)
        if name.split(".")[0] in OWNERS and not place.startswith(OWNERS[name.split(".")[0]])
    ]
    assert not foreign


@pytest.mark.parametrize(
    "path",
    [path for path in sources() if room_of(path) in set().union(*FLOORS[1:5]) - {"ids"}],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_the_core_is_pure(path: Path) -> None:
    """No file, process, clock or chance below the store; `ids` alone draws random characters."""
    impure = [f"{line}: {name}" for name, line in imports_of(path) if name.split(".")[0] in IMPURE]
    assert not impure
    calls = [
        f"{node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"open", "print", "datetime.now", "date.today", "Path"}
    ]
    assert not calls


def test_modules_are_small_enough_to_read() -> None:
    long = {
        str(path.relative_to(PACKAGE)): count
        for path in sources()
        if (count := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert not long
