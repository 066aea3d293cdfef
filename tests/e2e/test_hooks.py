"""The desk's own programs: asked before a change, told after it, and run only where somebody allowed them."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from helpers import DeskAtWork

from tkt.desk import Desk
from tkt.hooks import Change, Vetoed, ask

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLE = CHECKOUT / "tests/data/incident_log_sample.csv"
TKT = f"PYTHONPATH={CHECKOUT} {sys.executable} -m tkt"
"""The command line, as a hook calls it."""


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    found: str = desk.json("new", "E104", "--channel", "phone", "--text", "help", "--from", "a@b.example")[
        "id"
    ]
    return found


def hook(desk: DeskAtWork, name: str, script: str, first: str = "#!/bin/sh") -> Path:
    """A hook that nobody has allowed yet."""
    file = desk.write(f"config/hooks/{name}", f"{first}\n{script}\n")
    file.chmod(0o755)
    return file


def trusted(desk: DeskAtWork, name: str, script: str, first: str = "#!/bin/sh") -> Path:
    file = hook(desk, name, script, first)
    desk.tkt("trust", "--yes")
    return file


def read(desk: DeskAtWork, name: str) -> Any:
    """What a hook wrote into a file."""
    return json.loads((desk.root / name).read_text())


def notes(desk: DeskAtWork, *args: str) -> list[str]:
    """What a command that writes told beside its answer."""
    found: list[str] = desk.json(*args)["written"]["notes"]
    return found


# before a change


def test_a_hook_may_refuse_and_then_nothing_is_written(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "pre-change", "echo 'not on a Friday 周五' >&2; exit 1")
    head, text = desk.git("rev-parse", "HEAD"), desk.path(ticket).read_bytes()
    refused = desk.tkt("note", ticket, "-m", "a long story", code=1)
    assert "error: config/hooks/pre-change: says no: not on a Friday 周五" in refused.err
    assert desk.git("rev-parse", "HEAD") == head
    assert desk.path(ticket).read_bytes() == text
    assert desk.git("status", "--porcelain") == "?? config/hooks/pre-change\n"
    # and what was typed is kept
    (kept,) = (desk.root / ".git/tkt/rescue").iterdir()
    assert str(kept.relative_to(desk.root)) in refused.err
    assert "a long story" in kept.read_text()
    # and a program gets the code
    assert desk.tkt("note", ticket, "-m", "x", "--json", code=1).error["code"] == "hook"


def test_a_refusal_is_told_in_the_readers_language(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "pre-change", "echo 周五不收单; exit 1")
    refused = desk.tkt("--lang", "zh", "note", ticket, "-m", "x", code=1)
    assert "config/hooks/pre-change" in refused.err
    assert "周五不收单" in refused.err


def test_a_new_ticket_may_be_refused(desk: DeskAtWork) -> None:
    trusted(desk, "pre-new", "exit 1")
    refused = desk.tkt("new", "E104", "--channel", "phone", "--text", "my words", code=1)
    assert "says no with exit code 1" in refused.err
    assert list(desk.root.glob("tickets/*/*.yaml")) == []
    (kept,) = (desk.root / ".git/tkt/rescue").iterdir()
    assert "my words" in kept.read_text()


def test_a_hook_that_says_yes_may_say_more(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "pre-change", "printf 'a \\033[31mVIP\\033[0m\\n'")
    assert "note: config/hooks/pre-change: a VIP" in desk.tkt("note", ticket, "-m", "x").err
    assert notes(desk, "note", ticket, "-m", "y") == ["config/hooks/pre-change: a VIP"]


def test_the_general_hooks_run_before_the_verbs_own_and_the_first_no_ends_it(
    desk: DeskAtWork, ticket: str
) -> None:
    say = 'echo "$TKT_HOOK" >> ran'
    for name in (
        "pre-note",
        "pre-change.20-b",
        "pre-change.10-a",
        "pre-note.x",
        "pre-close",
        "post-change",
        "post-note",
    ):
        trusted(desk, name, say)
    desk.tkt("note", ticket, "-m", "x")
    ran = desk.root / "ran"
    assert ran.read_text().split() == [
        "pre-change.10-a", "pre-change.20-b", "pre-note", "pre-note.x", "post-change", "post-note",
    ]  # fmt: skip
    ran.unlink()
    trusted(desk, "pre-change.20-b", f"{say}; exit 1")
    desk.tkt("note", ticket, "-m", "x", code=1)
    assert ran.read_text().split() == ["pre-change.10-a", "pre-change.20-b"]


def test_a_command_that_changes_nothing_asks_nobody(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "pre-change", "exit 1")
    desk.tkt("set", ticket, "title=E104")
    desk.tkt("list")


def test_the_example_of_the_documents_works(desk: DeskAtWork, ticket: str) -> None:
    text = (CHECKOUT / "docs/hooks.md").read_text("utf-8")
    script = text.split("```python\n")[1].split("```")[0]
    first, _, rest = script.partition("\n")
    people = (desk.root / "config/people.yaml").read_text()
    desk.write("config/people.yaml", people.replace("people:\n", "people:\n  wang: {name: Wang}\n"))
    trusted(desk, "pre-change.owner", rest, first)
    desk.tkt("assign", ticket, "li.wei")
    desk.tkt("note", ticket, "-m", "x")
    refused = desk.tkt("assign", ticket, "wang", code=1)
    assert f"{ticket} is li.wei's" in refused.err
    desk.tkt("assign", ticket, "wang", "--reason", "she is on call")


# what a hook is told


def test_a_hook_gets_the_ticket_as_it_was_and_as_it_is_to_be(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "pre-change", "cat > pre.json")
    trusted(desk, "post-change", "cat > post.json")
    before = desk.json("show", ticket)
    written = desk.at("2026-11-16T03:00:00Z").json("set", ticket, "impact=one", "title=E104 周五")
    pre, post = read(desk, "pre.json"), read(desk, "post.json")
    commit = written.pop("written")["commit"]
    assert pre == {
        "schema": 1,
        "desk": str(desk.root),
        "verb": "set",
        "by": "li.wei",
        "now": "2026-11-16T03:00:00Z",
        "commit": None,
        "changes": [{"old": pre["changes"][0]["old"], "new": written}],
    }
    assert post == {**pre, "commit": commit}
    assert commit == desk.git("rev-parse", "HEAD").strip()
    old = pre["changes"][0]["old"]
    assert (old["title"], old["events"], old["path"]) == ("E104", before["events"], before["path"])


def test_a_new_ticket_was_nothing_before(desk: DeskAtWork) -> None:
    trusted(desk, "pre-change", "cat > pre.json")
    made = desk.json("new", "E105", "--channel", "phone", "--text", "help")
    told = read(desk, "pre.json")
    assert (told["verb"], told["changes"][0]["old"]) == ("new", None)
    assert told["changes"][0]["new"]["id"] == made["id"]


def test_many_tickets_are_one_run(desk: DeskAtWork) -> None:
    trusted(desk, "pre-import", 'echo run >> runs; cat > "$TKT_IN_HOOK.json"')
    trusted(desk, "post-import", 'echo run >> runs; cat > "$TKT_IN_HOOK.json"')
    answer = desk.json("import", "log", str(SAMPLE), "--map", "servicenow")
    for name in ("pre.json", "post.json"):
        told = read(desk, name)
        assert len(told["changes"]) == answer["tickets"] == 421
        assert all(change["old"] is None for change in told["changes"])
    assert read(desk, "post.json")["commit"] == answer["commit"]
    assert (desk.root / "runs").read_text().split() == ["run", "run"]
    # and an import that is refused leaves nothing, not even in the configuration
    desk.git("reset", "-q", "--hard", "HEAD~1")
    trusted(desk, "pre-import", "exit 1")
    desk.tkt("import", "log", str(SAMPLE), "--map", "servicenow", code=1)
    assert desk.git("status", "--porcelain", "-uno") == ""
    assert list(desk.root.glob("tickets/*/*.yaml")) == []


def test_who_does_it_is_whom_the_command_names(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "pre-change", "cat > pre.json")
    people = (desk.root / "config/people.yaml").read_text()
    desk.write("config/people.yaml", people.replace("people:\n", "people:\n  wang: {name: Wang}\n"))
    desk.tkt("note", ticket, "-m", "x", "--by", "wang")
    assert read(desk, "pre.json")["by"] == "wang"


# after a change


def test_what_fails_after_a_change_is_told_and_the_change_stands(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "post-note.1", "echo 'chat is down' >&2; exit 7")
    trusted(desk, "post-note.2", "echo told the team")
    head = desk.git("rev-parse", "HEAD")
    answer = desk.tkt("note", ticket, "-m", "x")
    assert "note: config/hooks/post-note.1 failed, the change stands: exit code 7: chat is down" in answer.err
    assert "note: config/hooks/post-note.2: told the team" in answer.err
    assert desk.git("rev-parse", "HEAD~1") == head


def test_without_a_commit_the_hooks_run_all_the_same(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "post-change", "cat > post.json")
    desk.tkt("note", ticket, "-m", "x", "--no-commit")
    assert read(desk, "post.json")["commit"] is None


def test_an_interruption_after_a_change_ends_the_hooks_alone(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "post-note.1", 'kill -INT "$PPID"; sleep 60')
    trusted(desk, "post-note.2", "touch second")
    code = "import sys; from tkt.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "-C", str(desk.root), "note", ticket, "-m", "x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "interrupted" in done.stderr) == (0, True)
    assert not (desk.root / "second").exists()
    assert "noted" in done.stdout


def test_an_interruption_before_a_change_ends_the_command(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "pre-note", 'kill -INT "$PPID"; sleep 60')
    head = desk.git("rev-parse", "HEAD")
    code = "import sys; from tkt.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "-C", str(desk.root), "note", ticket, "-m", "x"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 130
    assert desk.git("rev-parse", "HEAD") == head
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_correction_tells_what_the_hooks_said(desk: DeskAtWork, ticket: str, tmp_path: Path) -> None:
    desk.tkt("note", ticket, "-m", "x")
    desk.git("init", "-q", "--bare", str(tmp_path / "far.git"))
    desk.git("remote", "add", "origin", str(tmp_path / "far.git"))
    desk.git("push", "-qu", "origin", "main")
    trusted(desk, "post-undo", "echo told")
    assert "note: config/hooks/post-undo: told" in desk.tkt("undo").err
    # and one that is taken off was never there
    desk.tkt("note", ticket, "-m", "x")
    assert "post-undo" not in desk.tkt("undo").err


# a hook that calls tkt


def test_a_hook_before_a_change_may_read_and_not_write(desk: DeskAtWork, ticket: str) -> None:
    trusted(
        desk, "pre-change", f"{TKT} show {ticket} --json > seen.json && {TKT} note {ticket} -m 'from a hook'"
    )
    head = desk.git("rev-parse", "HEAD")
    refused = desk.tkt("move", ticket, "assigned", "--owner", "me", "--force", "--reason", "x", code=1)
    assert "a hook before a change may only read" in refused.err
    assert read(desk, "seen.json")["data"]["status"] == "new"
    assert desk.git("rev-parse", "HEAD") == head


def test_a_hook_after_a_change_may_write_and_starts_no_hooks(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "post-change", f"echo run >> runs; {TKT} note {ticket} -m 'from a hook' 2>&1 >/dev/null")
    assert notes(desk, "note", ticket, "-m", "from me") == []
    said = [event.get("text") for event in desk.json("show", ticket)["events"]]
    assert said[-2:] == ["from me", "from a hook"]
    assert (desk.root / "runs").read_text() == "run\n"
    assert desk.git("status", "--porcelain", "tickets") == ""


def test_a_hook_that_edits_the_ticket_by_hand_overwrites_nothing(desk: DeskAtWork, ticket: str) -> None:
    path = desk.path(ticket).relative_to(desk.root)
    trusted(desk, "pre-note", f"sed -i 's/^title: .*/title: by hand/' {path}")
    desk.tkt("note", ticket, "-m", "mine", code=None)
    assert "title: by hand" in desk.path(ticket).read_text()


# how long one may take


def test_one_that_does_not_answer_refuses_the_change(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "pre-change", "sleep 600")
    opened = Desk.open(desk.root)
    found = opened.ticket(ticket)
    change = Change(
        desk=opened, verb="note", pairs=[(found, found)], now=datetime(2026, 11, 16, 3, tzinfo=UTC)
    )
    with pytest.raises(Vetoed, match=r"did not end within 0\.2 s and was ended, so nothing was written"):
        ask(change, timeout=0.2)
    # and afterwards it is only told
    hook(desk, "pre-change", "exit 0")
    trusted(desk, "post-change", "sleep 600")
    (told,) = ask(change, timeout=0.2).after(None)
    assert "did not end within 0.2 s" in str(told)


# who allowed them


def test_nothing_runs_that_nobody_allowed(desk: DeskAtWork, ticket: str) -> None:
    hook(desk, "pre-change", "touch ran; exit 1")
    assert desk.tkt("note", ticket, "-m", "x").err == ""
    assert not (desk.root / "ran").exists()


def test_what_changed_since_does_not_run_and_every_command_says_so(desk: DeskAtWork, ticket: str) -> None:
    trusted(desk, "pre-change", "touch ran; exit 1")
    hook(desk, "pre-change", "touch changed; exit 1")
    for _ in range(2):
        answer = desk.tkt("note", ticket, "-m", "x")
        assert answer.err.count("config/hooks is not what was allowed here") == 1
        assert "tkt trust" in answer.err
    assert notes(desk, "note", ticket, "-m", "y") != []
    assert not (desk.root / "ran").exists()
    assert not (desk.root / "changed").exists()
    # and a lost right to execute is a change too
    desk.tkt("trust", "--yes")
    (desk.root / "config/hooks/pre-change").chmod(0o644)
    assert "is not what was allowed" in desk.tkt("note", ticket, "-m", "x").err


def test_a_clone_trusts_nothing_that_another_one_did(desk: DeskAtWork, ticket: str, tmp_path: Path) -> None:
    trusted(desk, "pre-change", "exit 1")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "hooks")
    other = tmp_path / "other"
    desk.git("clone", "-q", str(desk.root), str(other))
    clone = DeskAtWork(other, desk.capsys)
    assert clone.json("trust", "--list")["state"] == "untrusted"
    clone.tkt("note", ticket, "-m", "x")


def test_a_job_allows_a_set_by_its_hash(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook(desk, "pre-change", "exit 1")
    listed = desk.tkt("trust", "--list").out
    (pin,) = [word for word in listed.split() if word.startswith("TKT_TRUST_HOOKS=")]
    monkeypatch.setenv("TKT_TRUST_HOOKS", pin.partition("=")[2])
    desk.tkt("note", ticket, "-m", "x", code=1)
    # and no other
    hook(desk, "pre-change", "echo another; exit 1")
    assert "is not what was allowed" in desk.tkt("note", ticket, "-m", "x").err


# tkt trust


class Terminal(io.StringIO):
    """Somebody who sits there and answers."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "code", "state"), [("y\n", 0, "trusted"), ("\n", 1, "untrusted"), ("", 1, "untrusted")]
)
def test_somebody_at_a_terminal_is_shown_them_and_asked(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, state: str
) -> None:
    hook(desk, "pre-change", "printf '\x1b[2J' # clears the screen\n" + "true\n" * 30)
    hook(desk, "post-close", "exit 0")
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    told = desk.tkt("trust", code=code)
    assert "config/hooks/pre-change: runs before every change\n" in told.out
    assert "config/hooks/post-close: runs after every close\n" in told.out
    assert "  | printf '' # clears the screen" in told.out
    assert "\x1b" not in told.out
    assert "  … 21 more lines" in told.out
    assert "Let these programs run in this clone?" in told.out
    assert desk.json("trust", "--list")["state"] == state


def test_nobody_can_be_asked_in_a_pipe(desk: DeskAtWork) -> None:
    hook(desk, "pre-change", "exit 1")
    for more in ((), ("--json",), ("--quiet",)):
        refused = desk.tkt("trust", *more, code=2)
        assert "tkt trust --yes" in refused.err
    assert desk.json("trust", "--list")["state"] == "untrusted"


def test_what_was_allowed_is_revoked(desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted(desk, "pre-change", "exit 1")
    assert "they run in this clone" in desk.tkt("trust").out
    assert "allowed no more" in desk.tkt("trust", "--revoke").out
    desk.tkt("note", ticket, "-m", "x")
    assert "nothing was allowed" in desk.tkt("trust", "--revoke").out
    # but a variable is a variable
    monkeypatch.setenv("TKT_TRUST_HOOKS", desk.json("trust", "--list")["sha256"])
    assert "TKT_TRUST_HOOKS is set" in desk.tkt("trust", "--revoke").out


def test_what_differs_from_what_was_allowed_is_marked(desk: DeskAtWork) -> None:
    trusted(desk, "pre-change", "exit 1")
    trusted(desk, "pre-new", "exit 1")
    trusted(desk, "pre-close", "exit 1")
    hook(desk, "pre-change", "exit 2")
    (desk.root / "config/hooks/pre-new").unlink()
    listed = desk.tkt("trust", "--list")
    assert "pre-change: runs before every change; is new or has changed" in listed.out
    assert "pre-close: runs before every close\n" in listed.out
    assert "config/hooks/pre-new: is gone" in listed.out
    assert "others were allowed" in listed.out
    data = desk.json("trust", "--list")
    assert (data["state"], data["changed"]) == (
        "changed",
        ["config/hooks/pre-change", "config/hooks/pre-new"],
    )


def test_what_is_no_text_and_what_does_not_run_is_shown_as_that(desk: DeskAtWork) -> None:
    desk.write("config/hooks/pre-change", b"\x7fELF\0\0").chmod(0o755)
    desk.write("config/hooks/README.md", "what these are\n")
    desk.write("config/hooks/pre-close", "#!/bin/sh\n")
    (desk.root / "config/hooks/pre-new").symlink_to("pre-change")
    listed = desk.tkt("trust", "--list")
    assert "(not a text)" in listed.out
    assert "README.md: does not run by itself" in listed.out
    assert "pre-new: a link, which does not run" in listed.out
    assert "warning: config/hooks/pre-close: is named as a hook and does not run" in listed.err
    assert "error: config/hooks/pre-new: is a symbolic link" in listed.err


def test_without_hooks_there_is_nothing_to_allow(desk: DeskAtWork) -> None:
    assert "there is no program in config/hooks" in desk.tkt("trust").out
    assert desk.json("trust") == {"state": "none", "sha256": None, "files": [], "changed": [], "problems": []}


def test_without_git_nothing_is_allowed(desk: DeskAtWork, ticket: str) -> None:
    hook(desk, "pre-change", "exit 1")
    (desk.root / ".git").rename(desk.root.parent / "elsewhere")
    assert "no git repository here" in desk.tkt("trust", "--yes", code=2).err
    assert "none of them runs" in desk.tkt("trust", "--list").out
    desk.tkt("note", ticket, "-m", "x", "--by", "li.wei")


def test_the_json_of_trust_is_as_documented(desk: DeskAtWork) -> None:
    trusted(desk, "pre-change", "exit 1")
    text = (CHECKOUT / "docs/hooks.md").read_text("utf-8")
    part = text[text.index("## JSON") :]
    data = desk.json("trust", "--list")
    assert not [key for key in (*data, *data["files"][0]) if key not in part]


# tkt check


def test_check_names_what_looks_like_a_hook_and_never_runs(desk: DeskAtWork) -> None:
    hook(desk, "pre-resolv", "exit 1")
    hook(desk, "pre-change", "exit 1").chmod(0o644)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "hooks")
    (desk.root / "config/hooks/pre-new").symlink_to(os.devnull)

    def told(*more: str, code: int) -> list[tuple[str, str]]:
        problems = desk.json("check", *more, code=code)["problems"]
        return [(each["path"], each["severity"]) for each in problems if "hooks" in (each["path"] or "")]

    link = ("config/hooks/pre-new", "error")
    usual = [("config/hooks/pre-change", "warning"), link, ("config/hooks/pre-resolv", "warning")]
    assert told(code=1) == usual
    assert told("--changed-since", "HEAD", code=1) == [link]
