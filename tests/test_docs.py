"""The documents agree with the program."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import DeskAtWork
from test_architecture import FLOORS

from tkt.clocks.table import CLOCKS
from tkt.commands import COMMANDS, GROUPS
from tkt.kpis import KPIS

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

CITED = re.compile(r"(?<![\w/])docs/[\w/-]+\.md")
"""A document named from the root, as comments and docstrings name it."""
RULE = r"[A-Z]\d+[a-z]?|K-stat"
RULES_CITED = re.compile(rf"docs/(sla|kpi)\.md,? (?:\w+(?:;| and) )?((?:(?:{RULE})(?:,? and |, | to )?)+)")
"""A document of rules, and the numbers behind it: `docs/sla.md C4, L3 to L6`."""
PART_CITED = re.compile(r"docs/file-format\.md, (`[\w-]+`|[A-Z][a-z-]+(?: keys)?)")


def test_every_command_is_described() -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    names = [*COMMANDS, *(f"{group} {name}" for group, it in GROUPS.items() for name in it.commands)]
    assert not [name for name in names if f"tkt {name}" not in text]


def test_every_option_that_the_commands_page_names_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    from tkt.cli import main

    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    known: set[str] = set()
    for name in [*COMMANDS, *(f"{group} {sub}" for group, it in GROUPS.items() for sub in it.commands)]:
        main([*name.split(), "--help"])
        known |= set(re.findall(r"--[a-z][a-z-]*", capsys.readouterr().out))
    main(["--help"])
    known |= set(re.findall(r"--[a-z][a-z-]*", capsys.readouterr().out))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) <= known


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"`[^`\n]+`", "", path.read_text("utf-8"))  # what is quoted is an example
    links = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]
    assert not [target for target in links if not (path.parent / target).exists()]


def tracked() -> Iterator[tuple[str, str]]:
    """(path, text) of every Python file and every document; of the working tree where there is no git."""
    try:
        told = subprocess.run(
            ["git", "ls-files", "-z", "--", "*.py", "*.md"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        names = [name for name in told.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        folders = (ROOT / "tkt", ROOT / "tests", ROOT / "docs")
        names = [
            str(p.relative_to(ROOT)) for it in folders for p in it.rglob("*") if p.suffix in (".py", ".md")
        ]
    for name in {*names, *(str(path.relative_to(ROOT)) for path in DOCS)}:
        if (ROOT / name).is_file():
            yield name, (ROOT / name).read_text("utf-8")


def rules_of(document: str) -> set[str]:
    """The numbers under which a document has rules: in bold, or at the beginning of a heading."""
    text = (ROOT / "docs" / f"{document}.md").read_text("utf-8")
    return set(re.findall(rf"^(?:#+ |- \*\*|\*\*)({RULE})\b", text, flags=re.MULTILINE))


def rules_cited(text: str) -> Iterator[tuple[str, str]]:
    """(document, number) of every rule that a text quotes; `L3 to L6` are four."""
    for document, numbers in RULES_CITED.findall(text):
        for first, last in re.findall(rf"({RULE})(?: to ({RULE}))?", numbers):
            between = range(int(first[1:]) + 1, int(last[1:]) + 1) if last else ()
            yield from ((document, rule) for rule in (first, *(f"{first[0]}{each}" for each in between)))


def test_every_document_that_is_cited_is_there() -> None:
    missing = [(name, path) for name, text in tracked() for path in CITED.findall(text)]
    assert not [each for each in missing if not (ROOT / each[1]).is_file()]


def test_the_design_notes_are_cited_nowhere() -> None:
    # they do not come with the project
    notes = re.compile(r"(?<![\w/.-])(?:SLA|KPI|EVENTS|DESIGN|DEFAULTS|STYLE|GLOSSARY|LIBRARIES)" + r"\.md")
    assert not [(name, found) for name, text in tracked() for found in notes.findall(text)]


def test_a_rule_that_is_cited_stands_in_its_document() -> None:
    known = {document: rules_of(document) for document in ("sla", "kpi")}
    cited = {(name, *each) for name, text in tracked() for each in rules_cited(text)}
    assert len(cited) > 50
    assert not [each for each in sorted(cited) if each[2] not in known[each[1]]]


@pytest.mark.parametrize("document", ["sla", "kpi"])
def test_a_rule_stands_once_in_its_document(document: str) -> None:
    text = (ROOT / "docs" / f"{document}.md").read_text("utf-8")
    numbers = re.findall(rf"^(?:#+ |- \*\*|\*\*)({RULE})\b", text, flags=re.MULTILINE)
    assert sorted(numbers) == sorted(set(numbers))


def test_every_rule_of_service_levels_is_quoted_by_a_test() -> None:
    texts = [
        path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py") if path.name != "test_docs.py"
    ]
    quoted = {number for text in texts for document, number in rules_cited(text) if document == "sla"}
    assert not sorted(rules_of("sla") - quoted)


def test_citations_are_read_as_they_are_written() -> None:
    text = "docs/sla.md C4, L3 to L5, L1a and docs/kpi.md K-stat; docs/sla.md, Clocks; S3"
    wanted = [("sla", each) for each in ("C4", "L3", "L4", "L5", "L1a")]
    assert list(rules_cited(text)) == [*wanted, ("kpi", "K-stat"), ("sla", "S3")]


def test_a_part_of_the_file_format_that_is_cited_stands_there() -> None:
    text = (ROOT / "docs" / "file-format.md").read_text("utf-8")
    cited = {(name, part) for name, it in tracked() for part in PART_CITED.findall(it)}
    parts = re.compile(r"^(?:#+ |- \*\*|\| )([A-Z][a-z-]+(?: keys)?|`.*?) ?(?=[|.*\n ])", flags=re.MULTILINE)
    stands = " ".join(parts.findall(text))
    assert not [each for each in sorted(cited) if each[1] not in stands]


def test_every_clock_and_every_kpi_is_defined() -> None:
    text = (ROOT / "docs" / "sla.md").read_text("utf-8")
    assert not [clock for clock in CLOCKS if f"| `{clock}` |" not in text]
    assert not [number for number in KPIS if number not in rules_of("kpi")]


def test_the_floors_are_those_that_a_test_holds() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d) \| ([^|]+) \|", text, flags=re.MULTILINE)
    told = {int(number): set(re.findall(r"`(\w+)/?`", modules)) for number, modules in rows}
    assert told == {number: names - {"demodata", "__main__"} for number, names in enumerate(FLOORS)}


def test_the_json_of_an_import_is_as_documented(desk: DeskAtWork) -> None:
    text = (ROOT / "docs" / "json.md").read_text("utf-8")
    part = text[text.index("## `import log`") : text.index("## `undo`")]
    answer = desk.json(
        "import", "log", str(ROOT / "tests/data/incident_log_sample.csv"), "--map", "servicenow", "--dry-run"
    )
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", part))))
    assert set(answer) <= named
