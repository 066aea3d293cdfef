"""`tkt audit` on real repositories: which range, judged by what, told how (docs/audit.md)."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from helpers import DeskAtWork

WANG = ("Wang Fang", "wang.fang@desk.example")
_PEOPLE = """\
  wang.fang:
    name: Wang Fang
    email: wang.fang@desk.example
    teams: [support]
"""


class Team:
    """A desk whose commits are dated as its clock is, with a branch beside main."""

    def __init__(self, desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = desk
        self._env = monkeypatch

    def at(self, time: str) -> Team:
        """Go on at this wall time of Shanghai on Monday 2026-11-16."""
        now = f"2026-11-16T{time}:00+08:00"
        self.desk.at(now)
        for name in ("AUTHOR", "COMMITTER"):
            self._env.setenv(f"GIT_{name}_DATE", now)
        return self

    def tkt(self, *args: str, code: int | None = 0) -> Any:
        return self.desk.tkt(*args, code=code)

    def git(self, *args: str) -> str:
        return self.desk.git(*args)

    def audit(self, *args: str, code: int | None = 0) -> list[dict[str, Any]]:
        """The findings."""
        found: list[dict[str, Any]] = self.desk.json("audit", *args, code=code)["findings"]
        return found

    def rules(self, *args: str, code: int | None = 0) -> list[tuple[str, str]]:
        """(rule, level) of the findings, in order."""
        return [(it["rule"], it["level"]) for it in self.audit(*args, code=code)]

    def ticket(self) -> str:
        """A new ticket with its priority."""
        given = ("--set", "impact=one", "--set", "urgency=red")
        found: str = self.desk.json("new", "E104", "--channel", "phone", "--text", "help", *given)["id"]
        return found

    def edit(self, ticket: str, old: str, new: str) -> None:
        """Change a ticket's file by hand."""
        path = self.desk.path(ticket)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def commit(self, *more: str) -> None:
        """Commit everything by hand."""
        self.git("add", "-A")
        self.git("commit", "-qm", "by hand", *more)


@pytest.fixture
def team(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> Team:
    team = Team(desk, monkeypatch).at("09:00")
    people = desk.root / "config/people.yaml"
    text = people.read_text("utf-8")
    people.write_text(text.replace("\npeople:\n", f"\npeople:\n{_PEOPLE}", 1), "utf-8")
    team.commit()
    return team


@pytest.fixture
def ticket(team: Team) -> str:
    """A ticket on main; then a branch."""
    found = team.ticket()
    team.git("checkout", "-qb", "work")
    return found


def test_what_commands_do_on_a_branch_is_in_order(team: Team, ticket: str) -> None:
    team.at("09:20").tkt("reply", ticket, "--text", "We look into it.")
    team.at("09:40").tkt("set", ticket, "order_no=A-1")
    team.at("10:00").ticket()
    assert team.audit("main..HEAD") == []
    shown = team.tkt("audit", "main..HEAD").out
    assert "0 errors, 0 warnings, 0 notes: 2 changed tickets and 3 commits audited" in shown
    assert "0 of 3 are signed" in shown


def test_an_answer_dated_back_by_hand_is_an_error_and_shown_for_the_clock_it_stops(
    team: Team, ticket: str
) -> None:
    team.at("12:00").tkt("reply", ticket, "--text", "We look into it.", "--no-commit")
    team.edit(ticket, "at: 2026-11-16T04:00:00Z", "at: 2026-11-16T01:05:00Z")
    team.commit()
    found = team.audit("main..HEAD", code=1)
    assert [(it["rule"], it["level"]) for it in found] == [
        ("back-dated", "error"),
        ("response-time", "error"),
    ]
    lines = (team.desk.root / found[0]["path"]).read_text("utf-8").splitlines()
    assert lines[found[0]["line"] - 1] == f"- id: {found[0]['event']}"


def test_an_answer_recorded_late_with_a_reason_is_listed_and_fails_nothing(team: Team, ticket: str) -> None:
    team.at("12:00").tkt(
        "reply", ticket, "--text", "By phone.", "--at", "09:05", "--reason", "no net", code=None
    )
    team.tkt("reply", ticket, "--text", "By phone.", "--at", "2026-11-16T09:05", "--reason", "no net")
    assert team.rules("main..HEAD") == [("response-time", "warning"), ("back-dated", "note")]
    assert team.tkt("audit", "main..HEAD", "--fail-on", "warning", code=3)
    assert team.tkt("audit", "main..HEAD", "--fail-on", "note", code=3)


def test_the_tolerance_can_be_wider(team: Team, ticket: str) -> None:
    team.at("09:10").tkt("note", ticket, "-m", "x", "--no-commit")
    team.at("10:00").commit()
    assert team.rules("main..HEAD", code=1) == [("back-dated", "error")]
    assert team.rules("main..HEAD", "--tolerance", "1h") == []
    assert "is not a duration" in team.tkt("audit", "main..HEAD", "--tolerance", "soon", code=2).err


def test_the_exit_code_follows_what_was_asked_for(team: Team, ticket: str) -> None:
    team.edit(ticket, "title: E104", "title: E105")
    team.commit()
    assert team.rules("main..HEAD", code=1) == [("hand-edit", "error")]
    team.tkt("audit", "main..HEAD", "--fail-on", "warning", code=1)
    team.tkt("audit", "main..HEAD", "--fail-on", "never", code=0)


def test_every_place_that_a_ticket_passed_is_searched_for_what_came_there(team: Team, ticket: str) -> None:
    """A directory in the middle of the range holds no trace at its ends."""
    team.at("09:20").tkt("note", ticket, "-m", "one")
    team.at("10:20").tkt("close", ticket, "--code", "test")
    team.at("11:20").tkt("note", ticket, "-m", "two", code=None)
    assert team.rules("main..HEAD") == []


def test_a_squash_keeps_every_event_and_loses_when_it_was_written(team: Team, ticket: str) -> None:
    team.at("09:20").tkt("note", ticket, "-m", "one")
    team.at("09:40").tkt("note", ticket, "-m", "two")
    team.git("checkout", "-q", "main")
    team.at("15:00").git("merge", "-q", "--squash", "work")
    team.commit()
    assert team.rules("HEAD~1..HEAD", code=1) == [("back-dated", "error")] * 2
    assert team.rules("HEAD~1..HEAD", "--tolerance", "1d") == []


def test_a_rebase_is_told_and_believed(team: Team, ticket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    team.at("09:20").tkt("note", ticket, "-m", "one")
    team.git("checkout", "-q", "main")
    team.at("09:30").ticket()
    team.git("checkout", "-q", "work")
    monkeypatch.delenv("GIT_AUTHOR_DATE")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-16T15:00:00+08:00")
    team.git("rebase", "-q", "main")
    assert team.rules("main..HEAD") == [("before-base", "note"), ("commit-date", "note")]


def test_a_merge_brings_what_its_branches_brought(team: Team, ticket: str) -> None:
    team.at("09:20").tkt("note", ticket, "-m", "one")
    team.git("checkout", "-q", "main")
    team.at("09:30").ticket()
    team.at("12:00").git("merge", "-q", "--no-edit", "work")
    assert team.audit("main~2..HEAD") == []
    assert team.rules("main~1..HEAD") == [("before-base", "note")]  # main had gone on meanwhile


def test_an_event_in_somebody_elses_commit(team: Team, ticket: str) -> None:
    team.tkt("note", ticket, "-m", "one", "--by", "wang.fang")
    (found,) = team.audit("main..HEAD")
    assert (found["rule"], found["level"], found["person"]) == ("author", "warning", "wang.fang")
    assert team.rules("main..HEAD", "--strict", code=1) == [("author", "error")]
    team.git("commit", "-q", "--amend", "-m", f"x\n\nCo-authored-by: {WANG[0]} <{WANG[1]}>")
    assert team.audit("main..HEAD") == []


def test_a_branch_does_not_judge_itself(team: Team, ticket: str) -> None:
    people = team.desk.root / "config/people.yaml"
    text = people.read_text("utf-8")
    people.write_text(
        text.replace(
            "\npeople:\n", "\npeople:\n  new.one:\n    name: New\n    email: li.wei@desk.example\n", 1
        ),
        "utf-8",
    )
    team.commit()
    team.tkt("note", ticket, "-m", "one", "--by", "new.one")
    found = team.audit("main..HEAD")
    assert [(it["rule"], it["level"]) for it in found] == [
        ("stranger", "warning"),
        ("configuration", "note"),
        ("configuration", "note"),
        ("people", "note"),
    ]
    told = " ".join(it["message"] for it in found)
    assert "these would not be found: stranger" in told
    assert "new.one was added to config/people.yaml" in told
    (line,) = [it["line"] for it in found if it["rule"] == "people"]
    assert "new.one" in people.read_text("utf-8").splitlines()[line - 1]
    for other in ("HEAD", "work"):
        assert team.rules("main..HEAD", "--config-from", other) == [("configuration", "note")]


def test_a_softer_policy_does_not_hide_what_was_late(team: Team, ticket: str) -> None:
    team.at("12:00").tkt("reply", ticket, "--text", "x", "--at", "2026-11-16T09:05", "--reason", "no net")
    sla = team.desk.root / "config/sla.yaml"
    sla.write_text(sla.read_text("utf-8").replace("first_response: ", "first_response: 9"), "utf-8")
    team.commit()
    assert ("response-time", "warning") in team.rules("main..HEAD")
    assert ("response-time", "warning") not in team.rules("main..HEAD", "--config-from", "work")


def test_what_is_not_committed_is_judged_too(team: Team, ticket: str) -> None:
    team.edit(ticket, "text: help", "text: helped")
    (found,) = team.audit("HEAD", code=1)
    assert (found["rule"], found["commit"]) == ("append-only", None)
    team.edit(ticket, "text: helped", "text: help")
    team.tkt("note", ticket, "-m", "x", "--no-commit")
    assert team.audit("HEAD") == []
    assert [it["rule"] for it in team.at("11:00").audit("HEAD", code=1)] == ["back-dated"]


def test_lost_doubled_and_unreadable_tickets(team: Team, ticket: str) -> None:
    other, third = team.ticket(), team.ticket()
    base = team.git("rev-parse", "HEAD").strip()
    team.desk.path(ticket).unlink()
    team.desk.write(f"tickets/assigned/{other}.yaml", team.desk.path(other).read_bytes())
    team.edit(third, "title:", "title: x\ntitle:")
    team.commit()
    found = team.audit(f"{base}..HEAD", code=1)
    assert {(it["rule"], it["ticket"]) for it in found} == {
        ("gone", ticket),
        ("twice", other),
        ("unreadable", third),
    }
    assert {it["level"] for it in found} == {"error"}
    unreadable = next(it for it in found if it["rule"] == "unreadable")
    assert (unreadable["line"], unreadable["path"]) == (3, f"tickets/new/{third}.yaml")
    # and the way back: what could not be read before has nothing to be compared with
    assert ("unreadable", "warning") in team.rules(f"HEAD..{base}", "--config-from", base)


def test_changed_programs_are_told(team: Team, ticket: str) -> None:
    team.desk.write("config/hooks/ticket-closed", "#!/bin/sh\n")
    team.desk.write(".gitattributes", "* -text\n")
    team.commit()
    assert team.rules("main..HEAD") == [("programs", "note"), ("programs", "note")]


# --- which range ---


def with_remote(team: Team, tmp_path: Path) -> None:
    """main and work, pushed."""
    team.git("init", "-q", "--bare", str(tmp_path / "remote.git"))
    team.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    team.git("push", "-q", "-u", "origin", "main", "work")
    team.git("remote", "set-head", "origin", "main")


def asked(team: Team) -> str:
    found: str = team.desk.json("audit", code=None)["range"]["asked"]
    return found


def test_without_a_range_a_branch_is_compared_with_where_it_left_main(
    team: Team, ticket: str, tmp_path: Path
) -> None:
    with_remote(team, tmp_path)
    team.tkt("note", ticket, "-m", "one")
    team.git("push", "-q")
    assert asked(team) == "origin/main...HEAD"
    assert team.desk.json("audit")["commits"] == 1
    team.git("checkout", "-q", "main")
    team.ticket()
    assert asked(team) == "origin/main...HEAD"
    team.git("checkout", "-q", "work")
    assert team.audit() == []  # what main has gained is not lost


def test_the_desks_own_branch_is_the_base_where_the_desk_names_one(team: Team, ticket: str) -> None:
    desk_file = team.desk.root / "tkt.yaml"
    team.git("branch", "tickets", "main")
    text = desk_file.read_text("utf-8")
    desk_file.write_text(re.sub("git:.*", "git: {branch: tickets}\n", text, flags=re.DOTALL), "utf-8")
    team.commit()
    assert asked(team) == "tickets...HEAD"


def test_without_any_base_it_says_so(team: Team, ticket: str) -> None:
    answer = team.tkt("audit", code=2)
    assert "no base to compare with" in answer.err
    assert "tkt audit main..HEAD" in answer.err


def test_without_a_commit_there_is_nothing_to_audit(tmp_path: Path, desk: DeskAtWork) -> None:
    desk.git("update-ref", "-d", "HEAD")
    assert "there is no commit yet" in desk.tkt("audit", code=2).err


def test_two_dots_tell_what_the_newer_end_lacks(team: Team, ticket: str) -> None:
    team.git("checkout", "-q", "main")
    other = team.ticket()
    team.git("checkout", "-q", "work")
    found = team.audit("main..HEAD", code=1)
    assert {(it["rule"], it["ticket"]) for it in found} == {("gone", other), ("diverged", None)}
    assert team.audit("main...HEAD") == []


def shallow(team: Team, tmp_path: Path, depth: int) -> DeskAtWork:
    folder = tmp_path / "shallow"
    url = team.desk.root.as_uri()
    subprocess.run(
        ["git", "clone", "-q", f"--depth={depth}", "--no-single-branch", url, str(folder)], check=True
    )
    return DeskAtWork(folder, team.desk.capsys, now=team.desk.now)


def test_a_shallow_clone_says_what_to_fetch(team: Team, ticket: str, tmp_path: Path) -> None:
    for text in ("one", "two"):
        team.tkt("note", ticket, "-m", text)
    clone = shallow(team, tmp_path, 1)
    answer = clone.tkt("audit", "origin/main..HEAD", code=2)
    assert "this clone is shallow" in answer.err
    assert "git fetch --unshallow" in answer.err
    assert "git fetch --unshallow origin main" in clone.tkt("audit", "origin/main...HEAD", code=2).err
    clone.git("fetch", "-q", "--unshallow")
    assert clone.json("audit", "origin/main...HEAD")["commits"] == 2


def test_a_shallow_clone_that_holds_the_range_is_enough(team: Team, ticket: str, tmp_path: Path) -> None:
    team.tkt("note", ticket, "-m", "one")
    clone = shallow(team, tmp_path, 2)
    assert clone.json("audit", "HEAD~1..HEAD")["commits"] == 1


# --- how it is told ---


def test_a_desk_below_the_top_has_its_folder_in_sarif(tmp_path: Path, team: Team, ticket: str) -> None:
    """As a forge counts paths."""
    from tkt.cli import main

    product = tmp_path / "product"
    subprocess.run(["git", "init", "-q", str(product)], check=True)
    assert main(["init", str(product / "support desk")]) == 0
    desk = DeskAtWork(product / "support desk", team.desk.capsys, now=team.desk.now)
    found = desk.json("new", "E104", "--channel", "phone", "--text", "help")["id"]
    path = desk.path(found)
    path.write_text(path.read_text("utf-8").replace("text: help", "text: no"), "utf-8")
    log = json.loads(desk.tkt("audit", "HEAD", "--format", "sarif", code=1).out)
    (place,) = log["runs"][0]["results"][0]["locations"]
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == f"support%20desk/tickets/new/{found}.yaml"


def test_json_has_the_range_the_counts_and_the_findings(team: Team, ticket: str) -> None:
    team.edit(ticket, "title: E104", "title: E105")
    team.commit()
    told = team.desk.json("audit", "main..HEAD", code=1)
    assert set(told) == {
        *(
            "range",
            "config_from",
            "tickets",
            "commits",
            "signatures",
            "errors",
            "warnings",
            "notes",
            "findings",
        )
    }
    assert set(told["findings"][0]) == {
        *("rule", "level", "ticket", "event", "path", "line", "message", "hint", "commit", "person")
    }
    assert told["range"]["old"] == told["config_from"] == team.git("rev-parse", "main").strip()
    formatted = team.tkt("audit", "main..HEAD", "--format", "json", code=1)
    assert formatted.data == told
    assert "two answers" in team.tkt("audit", "--json", "--format", "sarif", code=2).err


def test_quiet_leaves_out_what_explains(team: Team, ticket: str) -> None:
    team.edit(ticket, "title: E104", "title: E105")
    team.commit()
    shown = team.tkt("audit", "main..HEAD", "-q", code=1).out
    assert "What these rules want" not in shown
    assert "title was changed by hand" in shown
    assert shown.rstrip().endswith("commit audited")


def test_a_strangers_title_gives_the_terminal_no_orders(team: Team, ticket: str) -> None:
    team.edit(ticket, "title: E104", 'title: "\\e]0;pwned\\a E104 [bold]"')
    team.commit()
    shown = team.tkt("audit", "main..HEAD", code=1).out
    assert "\x1b" not in shown
    assert "E104 [bold]" in shown


def test_signed_commits(team: Team, ticket: str, tmp_path: Path) -> None:
    """With a key of one's own, and with somebody else's."""
    key = tmp_path / "key"
    try:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no ssh-keygen here")
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", f"{key}.pub"), ("commit.gpgsign", "true")):
        team.git("config", name, value)
    team.tkt("note", ticket, "-m", "one")
    assert team.rules("main..HEAD") == [("signature", "warning")]  # git was not told whose key it is
    allowed = tmp_path / "allowed"
    team.git("config", "gpg.ssh.allowedSignersFile", str(allowed))
    public = Path(f"{key}.pub").read_text()
    allowed.write_text(f"li.wei@desk.example {public}")
    assert team.audit("main..HEAD", "--require-signed") == []
    assert "All commits are signed" in team.tkt("audit", "main..HEAD").out
    allowed.write_text(f"wang.fang@desk.example {public}")
    assert team.rules("main..HEAD") == [("signature", "warning")]
    team.git("config", "commit.gpgsign", "false")
    team.tkt("note", ticket, "-m", "two")
    assert ("unsigned", "error") in team.rules("main..HEAD", "--require-signed", code=1)


def test_an_unreadable_configuration_of_the_base_says_how_to_go_on(team: Team, ticket: str) -> None:
    sla = team.desk.root / "config/sla.yaml"
    good = sla.read_text("utf-8")
    sla.write_text("policies: 7\n", "utf-8")
    team.commit()
    sla.write_text(good, "utf-8")
    team.commit()
    answer = team.tkt("audit", "HEAD~1..HEAD", code=2)
    assert "--config-from" in answer.err
    assert team.rules("HEAD~1..HEAD", "--config-from", "HEAD") == [("configuration", "note")]
    # the other way round: the newer end cannot be read, and is judged by the older one
    assert ("configuration", "error") in team.rules("main..HEAD~1", code=1)


def test_policies_that_cannot_be_used_are_an_error(team: Team, ticket: str) -> None:
    sla = team.desk.root / "config/sla.yaml"
    sla.write_text(sla.read_text("utf-8").replace("resolution: 8h", "resolution: 2d", 1), "utf-8")
    team.commit()
    assert team.rules("main..HEAD", code=1) == [("configuration", "error"), ("configuration", "note")]


def test_a_range_that_brings_the_desk_is_judged_by_what_it_brings(team: Team, ticket: str) -> None:
    root = team.git("rev-list", "--max-parents=0", "HEAD").strip()
    assert team.rules(f"{root}..HEAD", code=None)
    team.git("checkout", "-q", "--orphan", "empty")
    team.git("rm", "-rqf", "--cached", ".")
    team.git("commit", "-q", "--allow-empty", "-m", "nothing")
    team.git("checkout", "-qf", "work")
    told = team.desk.json("audit", "empty..work", code=None)
    assert told["config_from"] == team.git("rev-parse", "work").strip()


def test_environment_of_a_hook_does_not_lead_elsewhere(team: Team, ticket: str) -> None:
    assert os.environ.get("GIT_DIR") is None
    team.tkt("note", ticket, "-m", "one")
    assert team.audit("main..work") == []
