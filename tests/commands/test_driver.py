"""What git asks of tkt one file at a time: `tkt merge-driver` and `tkt textconv`, by hand and by git."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers import DeskAtWork
from small_ticket import TICKET

from tkt import start
from tkt.errors import Bug

NAME = "261116-AAAA1"
PATH = f"tickets/new/{NAME}.yaml"
BASE = TICKET.replace("ID", NAME)
ANOTHER = BASE.replace(NAME, "261116-DDDD1").replace("aaaa0", "dddd0")


def note(event: str, text: str, second: int) -> str:
    return f"- id: {event}\n  at: 2026-11-16T01:10:{second:02}Z\n  by: li.wei\n  did: note\n  text: {text}\n"


OURS = BASE + note("bbbb00", "ours", 1)
THEIRS = BASE + note("cccc00", "theirs", 2)
BOTH = OURS + note("cccc00", "theirs", 2)


@dataclass(frozen=True, kw_only=True)
class Left:
    """How the driver left, and what OURS holds now."""

    code: int
    ours: str
    complaint: str


@dataclass(frozen=True)
class Git:
    """The top of a working tree, from which git calls."""

    top: Path

    def calls(self, base: str, ours: str, theirs: str, path: str = PATH, **environment: str) -> Left:
        """Call the driver with three temporary files, as git does."""
        files = [self.top / f".merge_file_{letter}" for letter in "OAB"]
        for file, text in zip(files, (base, ours, theirs), strict=True):
            file.write_text(text, "utf-8")
        words = ["merge-driver", *(file.name for file in files), path]
        done = self.runs(*words, **environment)
        return Left(code=done.returncode, ours=files[1].read_text("utf-8"), complaint=done.stderr)

    def runs(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run tkt in a process of its own, here."""
        return subprocess.run(
            [sys.executable, "-m", "tkt", *words],
            cwd=self.top,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def git(desk: DeskAtWork) -> Git:
    return Git(desk.root)


# the merge driver


def test_what_both_sides_added_is_there_and_the_exit_code_is_zero(git: Git) -> None:
    left = git.calls(BASE, OURS, THEIRS)
    assert (left.code, left.ours, left.complaint) == (0, BOTH, "")
    assert git.calls(BASE, THEIRS, OURS).ours == BOTH


def test_an_empty_base_is_none(git: Git) -> None:
    left = git.calls("", OURS, THEIRS)
    assert (left.code, left.ours) == (0, BOTH)


def test_two_tickets_stay_in_conflict_and_ours_as_it_was(git: Git) -> None:
    left = git.calls(BASE, OURS, ANOTHER)
    assert (left.code, left.ours) == (1, OURS)
    assert PATH in left.complaint
    assert "tkt repair" in left.complaint


@pytest.mark.parametrize("side", [0, 1, 2])
def test_a_version_that_cannot_be_read_leaves_ours_as_it_was(git: Git, side: int) -> None:
    versions = [BASE, OURS, THEIRS]
    versions[side] = "<<<<<<< HEAD\n" + versions[side]
    left = git.calls(*versions)
    assert (left.code, left.ours) == (1, versions[1])
    assert f"{PATH}:1: a conflict marker" in left.complaint
    assert "Traceback" not in left.complaint


def test_an_article_on_which_both_worked_is_written_with_its_markers(git: Git) -> None:
    article = "---\nstate: draft\n---\nfirst\n{}\nlast\n"
    left = git.calls(*(article.format(word) for word in ("base", "ours", "theirs")), path="knowledge/a.md")
    assert left.code == 1
    assert "<<<<<<<" in left.ours
    assert "error: knowledge/a.md: both sides changed the same lines" in left.complaint


def test_any_other_text_is_merged_by_line(git: Git) -> None:
    left = git.calls("1\n2\n3\n", "one\n2\n3\n", "1\n2\nthree\n", path="knowledge/a.css")
    assert (left.code, left.ours) == (0, "one\n2\nthree\n")


def test_fields_of_the_desk_s_own_are_read_as_the_desk_declares_them(git: Git, desk: DeskAtWork) -> None:
    taxonomy = desk.root / "config/taxonomy.yaml"
    taxonomy.write_text(
        taxonomy.read_text("utf-8").replace("\nfields:\n", "\nfields:\n  slot:\n    type: text\n")
    )
    stored = BASE.replace("channel: phone\nrec", "channel: phone\nslot: 0012\nrec")
    left = git.calls(stored, stored + note("bbbb00", "ours", 1), stored + note("cccc00", "theirs", 2))
    assert left.code == 0
    assert "slot: 0012\n" in left.ours


@pytest.mark.parametrize(
    "broken", ["<<<<<<< HEAD\n", "statuses: [a]\nfields: 1\n", "statuses: {a: b}\n", "- a list\n", ""]
)
def test_a_configuration_that_is_in_conflict_itself_stops_no_merge(
    git: Git, desk: DeskAtWork, broken: str
) -> None:
    for name in ("workflow", "taxonomy"):
        desk.write(f"config/{name}.yaml", broken)
    assert git.calls(BASE, OURS, THEIRS).ours == BOTH


def test_without_a_desk_the_usual_holds(tmp_path: Path) -> None:
    assert Git(tmp_path).calls(BASE, OURS, THEIRS).ours == BOTH


def test_the_desk_may_be_a_folder_of_the_repository(tmp_path: Path, desk: DeskAtWork) -> None:
    path = f"desk/{PATH}"
    assert Git(tmp_path).calls(BASE, OURS, THEIRS, path=path).ours == BOTH
    assert path in Git(tmp_path).calls(BASE, OURS, ANOTHER, path=path).complaint


def test_a_file_of_git_s_that_is_gone_is_no_crash(git: Git) -> None:
    done = git.runs("merge-driver", "gone", "gone", "gone", PATH)
    assert done.returncode == 2
    assert done.stderr.startswith("error: gone: ")


def test_a_bug_leaves_with_two_and_one_line_as_git_takes_high_codes_for_a_crash(
    git: Git, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def bug(*_words: object) -> None:
        raise Bug("two and two is five")

    monkeypatch.setattr("tkt.driver.versions.merge_files", bug)
    monkeypatch.setattr(sys, "argv", ["tkt", "merge-driver", "O", "A", "B", PATH])
    with pytest.raises(SystemExit) as left:
        start.run()
    assert left.value.code == 2
    assert "this is a bug in tkt" in capsys.readouterr().err


def test_complaints_are_in_the_reader_s_language(git: Git) -> None:
    complaint = git.calls(BASE, OURS, "", TKT_LANG="zh").complaint
    assert "\u9519\u8bef\uff1a" in complaint


def test_wrong_words_on_the_command_line_are_told_as_everywhere(git: Git) -> None:
    done = git.runs("merge-driver", "one")
    assert (done.returncode, "Missing argument" in done.stderr or "missing" in done.stderr) == (2, True)
    assert "Usage" in git.runs("merge-driver", "--help").stdout


def test_the_driver_loads_nothing_that_it_does_not_need(git: Git) -> None:
    for letter, text in zip("OAB", (BASE, OURS, THEIRS), strict=True):
        (git.top / letter).write_text(text, "utf-8")
    program = (
        "import sys\n"
        f"sys.argv = ['tkt', 'merge-driver', 'O', 'A', 'B', {PATH!r}]\n"
        "from tkt.start import run\n"
        "try:\n run()\n"
        "finally: print(*sorted(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=git.top, capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"typer", "git", "jinja2", "rich", "msgspec", "babel", "email", "http", "asyncio"}
    assert not {
        name for name in done.stdout.split() if name.startswith(("tkt.commands", "tkt.cli", "tkt.schema"))
    }
    assert (git.top / "A").read_text("utf-8") == BOTH


@pytest.mark.parametrize(
    "command", [("merge", "-q", "--no-edit", "theirs"), ("cherry-pick", "theirs"), ("rebase", "-q", "theirs")]
)
def test_git_merges_two_branches_that_worked_on_one_ticket(
    desk: DeskAtWork, command: tuple[str, ...]
) -> None:
    desk.write(PATH, BASE)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "base")
    desk.git("switch", "-qc", "theirs")
    desk.write(PATH, THEIRS)
    desk.git("commit", "-qam", "theirs")
    desk.git("switch", "-q", "main")
    desk.write(PATH, OURS)
    desk.git("commit", "-qam", "ours")
    desk.git(*command)
    assert (desk.root / PATH).read_text("utf-8") == BOTH
    assert desk.tkt("check").code == 0


def test_a_ticket_that_was_moved_on_one_side_and_written_to_on_the_other(desk: DeskAtWork) -> None:
    ticket = desk.json(
        "new", "E104", "--channel", "phone", "--text", "words", "--from", "Ann <ann@a.example>"
    )["id"]
    desk.git("switch", "-qc", "theirs")
    desk.at("2026-11-16T02:05:00Z").tkt("note", ticket, "-m", "theirs")
    desk.git("switch", "-q", "main")
    desk.at("2026-11-16T02:06:00Z").tkt("move", ticket, "assigned", "--force", "--reason", "at once")
    desk.git("merge", "-q", "--no-edit", "theirs")
    shown = desk.json("show", ticket)
    assert shown["status"] == "assigned"
    assert [event["did"] for event in shown["events"]][-2:] == ["note", "moved"]


def test_git_stops_where_the_driver_says_no_and_leaves_our_file(desk: DeskAtWork) -> None:
    desk.git("switch", "-qc", "theirs")
    desk.write(PATH, ANOTHER.replace("261116-DDDD1", NAME))
    desk.git("add", "-A")
    desk.git("commit", "-qm", "theirs")
    desk.git("switch", "-q", "main")
    desk.write(PATH, OURS)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "ours")
    done = subprocess.run(
        ["git", "merge", "--no-edit", "theirs"], cwd=desk.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "tkt repair" in done.stderr
    assert (desk.root / PATH).read_text("utf-8") == OURS
    assert desk.git("ls-files", "--unmerged")
