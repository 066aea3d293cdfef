"""`tkt tick` on real desks: what is written, committed and told, and what two clones make of it."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.clock import parse_instant
from tkt.desk import Desk
from tkt.notices import owes
from tkt.timerules.waking import wake_of

PEOPLE = """\
people:
  wang.fang: {name: Wang Fang, email: wang@desk.example, teams: [support], languages: [zh], zone: Europe/Berlin}
"""
NEW = ("new", "E104", "--channel", "email", "--text", "help", "--from", "a@b.example")


@pytest.fixture
def asked(desk: DeskAtWork) -> str:
    """A ticket of Monday 10:00 in Shanghai, with 2 h to the first response; Wang Fang leads."""
    people = desk.root / "config/people.yaml"
    text = people.read_text("utf-8").replace("\npeople:\n", f"\n{PEOPLE}", 1)
    text = text.replace('lead: "li.wei"', "lead: wang.fang").replace(
        "# manager: wang.fang", "manager: li.wei"
    )
    people.write_text(text, "utf-8")
    desk.git("commit", "-qam", "people")
    found: str = desk.json(*NEW)["id"]
    return found


def ladder_events(desk: DeskAtWork, ticket: str) -> list[tuple[str, str, str]]:
    """(at, kind, rung) of what the ladder wrote."""
    events = desk.json("show", ticket)["events"]
    return [(e["at"], e["did"], e["rung"]) for e in events if e["did"] in ("warned", "escalated")]


def commits(desk: DeskAtWork) -> int:
    return int(desk.git("rev-list", "--count", "HEAD"))


def test_a_dry_run_says_when_what_to_whom_and_why_and_writes_nothing(desk: DeskAtWork, asked: str) -> None:
    before = desk.git("status", "--porcelain"), commits(desk)
    told = desk.at("2026-11-16T05:40:00Z").tkt("tick", "--dry-run").out
    line = next(line for line in told.splitlines() if "11:00" in line)
    words = " ".join(line.split())
    assert words.startswith(f"today 11:00 {asked} ladder warn Wang Fang, Li ")
    assert words.endswith("first response reached 50% (saas default)")
    assert "nothing was written" in told
    assert (desk.git("status", "--porcelain"), commits(desk)) == before
    (first, *_) = desk.json("tick", "--dry-run")["fired"]
    assert first["rung"] == "50% warn owner-or-team"
    assert (first["at"], first["did"], first["to"]) == (
        "2026-11-16T03:00:00Z", "warned", ["wang.fang", "li.wei"]
    )  # fmt: skip


def test_a_run_after_three_days_off_fires_the_missed_rungs_in_order_with_one_commit(
    desk: DeskAtWork, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = commits(desk)
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2026-11-19T02:00:00Z")
    answer = desk.at("2026-11-19T02:00:00Z").json("tick")
    assert ladder_events(desk, asked) == [
        ("2026-11-16T03:00:00Z", "warned", "50% warn owner-or-team"),
        ("2026-11-16T03:36:00Z", "warned", "80% warn owner+lead"),
        ("2026-11-16T04:00:00Z", "escalated", "due escalate lead"),
        ("2026-11-16T07:30:00Z", "escalated", "due+2h escalate manager"),
        ("2026-11-18T03:52:30Z", "warned", "75% warn owner"),
        ("2026-11-18T08:45:00Z", "warned", "90% warn lead"),
    ]
    assert answer["counts"] == {"warned": 4, "escalated": 2}
    assert commits(desk) == before + 1
    assert desk.git("log", "-1", "--format=%s").strip() == f"{asked}: tick: 4 warned, 2 escalated"
    assert desk.git("log", "-1", "--format=%an").strip() == "Li Wei"
    assert desk.git("status", "--porcelain") == ""
    again = desk.json("tick")
    assert not again["fired"]
    assert "written" not in again
    assert commits(desk) == before + 1
    desk.tkt("check")
    assert "0 errors" in desk.tkt("audit", "HEAD~1..HEAD").out


def test_what_was_taken_out_by_hand_and_comes_again_needs_no_commit(desk: DeskAtWork, asked: str) -> None:
    desk.at("2026-11-16T04:00:00Z").tkt("tick")
    before = commits(desk)
    desk.path(asked).write_text(desk.git("show", f"HEAD~1:tickets/new/{asked}.yaml"), "utf-8")
    assert len(ladder_events(desk, asked)) == 0
    again = desk.json("tick")
    assert again["written"]["commit"] is None
    assert again["written"]["notes"] == []  # nothing by hand is in any commit
    assert (commits(desk), desk.git("status", "--porcelain")) == (before, "")
    assert len(ladder_events(desk, asked)) == 2


def test_what_can_be_derived_again_is_not_kept_where_git_refuses_it(desk: DeskAtWork, asked: str) -> None:
    hook = desk.write(".git/hooks/pre-commit", "#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    refused = desk.at("2026-11-16T04:00:00Z").tkt("tick", code=2).err
    assert "not today" in refused
    assert "kept in" not in refused
    assert not list(desk.root.glob(".git/**/*rescue*/*"))
    assert desk.git("status", "--porcelain") == ""


def test_a_first_run_may_record_what_has_passed_and_tell_nobody(
    desk: DeskAtWork, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.commands.ticking.FLOOD", 1)
    desk.at("2026-11-16T04:00:00Z")
    hint = "tkt tick --no-notices records what has passed and tells nobody"
    assert hint in desk.tkt("tick", "--dry-run").err
    assert hint in desk.json("tick", "--dry-run")["notes"][0]
    assert hint not in desk.tkt("tick", "--dry-run", "--no-notices").err
    assert "nobody is told; nothing was written" in desk.tkt("tick", "--dry-run", "--no-notices").out
    answer = desk.json("tick", "--no-notices")
    assert (answer["counts"], answer["notices"]) == ({"warned": 2}, 0)
    assert desk.json("outbox", "list", "--all") == []
    assert not desk.json("tick")["fired"]
    assert desk.at("2026-11-16T05:00:00Z").json("tick")["notices"] > 0  # the next rung is told
    assert desk.json("outbox", "list")
    assert "--every" in desk.tkt("tick", "--no-notices", "--every", "60s", code=2).err


def test_a_query_limits_it_and_no_commit_leaves_the_commit_to_you(desk: DeskAtWork, asked: str) -> None:
    desk.at("2026-11-16T04:00:00Z")
    assert not desk.json("tick", "priority:P1")["fired"]
    before = commits(desk)
    assert desk.json("tick", "--no-commit", "status:new")["fired"]
    assert commits(desk) == before
    assert asked in desk.git("status", "--porcelain")


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_done(desk: DeskAtWork, asked: str) -> None:
    broken = desk.json(*NEW)["id"]
    desk.path(broken).write_text("id: [", "utf-8")
    answer = desk.at("2026-11-16T04:00:00Z").tkt("tick", code=2)
    assert broken in answer.err
    assert len(ladder_events(desk, asked)) == 2


def test_the_events_of_another_clock_ahead_are_left_alone_until_then(desk: DeskAtWork, asked: str) -> None:
    desk.at("2026-11-16T04:00:00Z").tkt("note", asked, "-m", "later")
    answer = desk.at("2026-11-16T03:30:00Z").json("tick")
    assert (answer["fired"], answer["ahead"]) == ([], [asked])


def test_a_detached_head_is_refused_where_something_is_to_be_written(desk: DeskAtWork, asked: str) -> None:
    desk.git("checkout", "-q", "--detach")
    assert "nothing" in desk.tkt("tick").out  # nothing is to be done yet
    assert "detached" in desk.at("2026-11-16T04:00:00Z").tkt("tick", code=2).err
    assert desk.json("tick", "--dry-run")["fired"]


def test_two_clones_that_tick_at_once_and_merge_end_with_one_of_each(
    desk: DeskAtWork, asked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "clone", "-q", "--bare", str(desk.root), str(tmp_path / "o.git")], check=True)
    one = DeskAtWork(tmp_path / "one", capsys)
    other = DeskAtWork(tmp_path / "other", capsys)
    for clone in (one, other):
        subprocess.run(["git", "clone", "-q", str(tmp_path / "o.git"), str(clone.root)], check=True)
    one.at("2026-11-16T05:40:00Z").tkt("tick")
    other.at("2026-11-16T05:31:00Z").tkt("tick")  # late as well, and noticed earlier
    one.git("push", "-q")
    other.at("2026-11-16T05:45:00Z").tkt("sync")
    one.tkt("sync")
    events = one.json("show", asked)["events"]
    found = [e for e in events if e["did"] in ("warned", "escalated")]
    assert [e["rung"] for e in found] == [
        "50% warn owner-or-team",
        "80% warn owner+lead",
        "due escalate lead",
    ]
    assert {e["recorded_at"] for e in found} == {"2026-11-16T05:31:00Z"}
    assert len({(e["to"], e["about"]["rung"]) for e in events if e["did"] == "queued"}) == sum(
        e["did"] == "queued" for e in events
    )
    assert not one.at("2026-11-16T05:46:00Z").json("tick")["fired"]
    for clone in (one, other):
        clone.tkt("check")
        assert "rewritten" not in clone.tkt("audit", "HEAD^1..HEAD", code=None).out
    assert one.path(asked).read_bytes() == other.path(asked).read_bytes()


def test_a_plain_git_merge_of_two_ticks_leaves_one_of_each(desk: DeskAtWork, asked: str) -> None:
    desk.tkt("doctor", "--fix", code=None)
    desk.git("branch", "other")
    desk.at("2026-11-16T03:50:00Z").tkt("tick")
    desk.git("switch", "-q", "other")
    desk.at("2026-11-16T03:59:00Z").tkt("tick")
    desk.git("merge", "-q", "--no-edit", "main")
    assert [rung for _, _, rung in ladder_events(desk, asked)] == [
        "50% warn owner-or-team",
        "80% warn owner+lead",
    ]
    desk.tkt("check")


def test_every_goes_on_until_it_is_asked_to_stop_and_then_leaves_with_0(
    desk: DeskAtWork, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[float] = []
    real = threading.Event.wait

    def stop_after_two(event: threading.Event, timeout: float | None = None) -> bool:
        if timeout is not None and timeout > 5:
            rounds.append(timeout)
            desk.write(
                "config/views.yaml", "views: {["
            )  # a fault of the third round is told, and ends nothing
            if len(rounds) == 2:
                os.kill(os.getpid(), signal.SIGTERM)
            return real(event, 0.01)
        return real(event, timeout)

    monkeypatch.setattr(threading.Event, "wait", stop_after_two)
    answer = desk.at("2026-11-16T04:00:00Z").tkt("tick", "--every", "60s")
    assert len(rounds) == 2
    assert "2 things done" in answer.out
    assert "views.yaml" in answer.err
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--every", "5s"), "10s or more"),
        (("--every", "60s", "--dry-run"), "--dry-run"),
        (("--every", "60s", "--now", "2026-11-16T04:00:00Z"), "--now"),
        (("--every", "soon"), "duration"),
    ],
)
def test_every_is_refused(desk: DeskAtWork, words: tuple[str, ...], told: str) -> None:
    assert told in desk.tkt("tick", *words, code=2).err


def test_the_outbox_lists_what_is_owed_and_shows_it_in_the_readers_language_and_zone(
    desk: DeskAtWork, asked: str
) -> None:
    desk.at("2026-11-16T11:00:00Z").tkt("tick")  # 19:00 in Shanghai, after hours
    rows = desk.json("outbox", "list", "--to", "wang.fang")
    assert [(r["id"], r["state"], r["about"]["rung"], r["not_before"]) for r in rows] == [
        (asked, "queued", "due escalate lead", "2026-11-17T01:00:00Z")
    ]
    (letter,) = desk.json("outbox", "show", rows[0]["notice"])
    assert letter["letter"]["language"] == "zh"
    assert letter["letter"]["address"] == "wang@desk.example"
    assert "5:00" in letter["letter"]["text"]  # 12:00 in Shanghai
    assert f"tkt show {asked}" in letter["letter"]["text"]
    page = desk.tkt("outbox", "show", asked).out
    assert page.count(f"tkt show {asked}") == 2
    assert "not before tomorrow 09:00" in page
    assert (
        "nothing of it is delivered" in desk.tkt("outbox", "list", "-q").err + desk.tkt("outbox", "list").err
    )


def test_what_was_sent_is_owed_no_more_and_what_died_on_the_way_may_have_been_sent(
    desk: DeskAtWork, asked: str
) -> None:
    desk.at("2026-11-16T11:00:00Z").tkt("tick")
    first, second = (row["notice"] for row in desk.json("outbox", "list"))
    for number, (did, notice) in enumerate((("sending", second), ("sending", first), ("sent", first))):
        write_event(desk, asked, f"aaaa0{number}", f"2026-11-16T11:0{number + 1}:00Z", did, notice)
    desk.at("2026-11-16T11:05:00Z")
    assert [(r["notice"], r["state"]) for r in desk.json("outbox", "list")] == [(second, "sending")]
    desk.at("2026-11-16T11:30:00Z")
    assert [r["state"] for r in desk.json("outbox", "list", "--all")] == ["sent", "possibly sent"]
    other = desk.json(*NEW)["id"]
    assert "owes no notice" in desk.tkt("outbox", "show", other, code=2).err


def test_a_notice_of_a_clock_that_has_ended_is_void_and_next_tells_how_many_wait(
    desk: DeskAtWork, asked: str
) -> None:
    desk.at("2026-11-16T03:10:00Z").tkt("tick")
    assert "1 notice waits for you: tkt outbox list --to me" in desk.tkt("next").err
    desk.at("2026-11-16T03:20:00Z").tkt("reply", asked, "--text", "We look into it.")
    assert desk.json("outbox", "list") == []
    assert {r["state"] for r in desk.json("outbox", "list", "--all")} == {"void"}
    assert "notice" not in desk.tkt("next").err


def write_event(desk: DeskAtWork, ticket: str, id_: str, at: str, did: str, notice: str) -> None:
    """What a sender will write."""
    file = desk.path(ticket)
    event = f'- id: "{id_}"\n  at: {at}\n  by: sender\n  role: system\n  auto: true\n  did: {did}\n  notice: {notice}\n'
    file.write_text(file.read_text("utf-8") + event, "utf-8")


def test_check_says_so_where_minutes_are_promised_and_only_a_forge_looks(desk: DeskAtWork) -> None:
    assert desk.json("check")["problems"] == []
    desk.write(
        ".github/workflows/tkt.yml", "on: {schedule: [{cron: '*/5 * * * *'}]}\njobs: {a: {run: tkt tick}}\n"
    )
    (found,) = desk.json("check")["problems"]
    assert (found["severity"], found["path"]) == ("warning", "tkt.yaml")
    assert ".github/workflows/tkt.yml" in found["message"]
    assert "vip P1 first_response" in found["message"]
    tkt = desk.root / "tkt.yaml"
    tkt.write_text(tkt.read_text("utf-8") + "tick: {every: 60s}\n", "utf-8")
    assert desk.json("check")["problems"] == []
    tkt.write_text(tkt.read_text("utf-8").replace("every: 60s}\n", "every: 20m}\n"), "utf-8")
    assert "every 20m" in desk.json("check")["problems"][0]["message"]


def test_check_finds_rotas_that_name_nobody_and_ladders_that_tell_nobody(desk: DeskAtWork) -> None:
    people = desk.root / "config/people.yaml"
    text = people.read_text("utf-8").replace('    lead: "li.wei"\n', "")
    swap = "{from: 2026-12-24T09:00, until: 2026-12-20T09:00, person: li.wei}"
    rota = f"{{start: Monday, every: 0d, people: [li.wie], overrides: [{swap}]}}"
    people.write_text(f"{text}on_call:\n  tehc: {rota}\n", "utf-8")
    told = [it["message"] for it in desk.json("check", code=None)["problems"]]
    assert any("no team tehc" in it for it in told)
    assert any("nobody li.wie" in it for it in told)
    assert any("Monday is not an instant" in it for it in told)
    assert any("longer than 0" in it for it in told)
    assert any("expected an until that is later" in it for it in told)
    assert any(it == "ladder calm tells nobody of resolution" for it in told)


def test_check_names_the_rungs_that_reach_nobody_once_a_manager_is_named(desk: DeskAtWork) -> None:
    people = desk.root / "config/people.yaml"
    text = people.read_text("utf-8")
    people.write_text(text.replace("  tech:\n", "  tech:\n    manager: li.wei\n", 1), "utf-8")
    critical, standard = [it["message"] for it in desk.json("check")["problems"]]
    assert critical.startswith(
        "ladder critical: nobody is there for due+15m escalate manager, due escalate manager, on tickets of support"
    )
    assert "due+2h escalate manager" in standard
    assert "tech" not in standard
    people.write_text(text.replace("    # manager: wang.fang\n", "    manager: li.wei\n", 1), "utf-8")
    assert desk.json("check")["problems"] == []
    rota = "on_call:\n  tech: {start: 2026-11-16T09:00, every: 7d, people: [li.wei]}\n"
    people.write_text(text + rota, "utf-8")
    assert desk.json("check")["problems"] == [], "50% warn owner+on-call reaches the owner"


def test_the_index_knows_when_each_ticket_has_to_be_looked_at_and_what_it_owes(
    desk: DeskAtWork, asked: str
) -> None:
    desk.at("2026-11-16T03:10:00Z").tkt("tick")
    now = parse_instant("2026-11-16T03:20:00Z")
    for is_asked in (False, True, True, False):  # made without its wake, made with it, and used
        opened = Desk.open(desk.root)
        (row,) = opened.rows(None, now, wakes=is_asked).rows
        assert row.wake == wake_of(opened.ticket(asked), opened.config, opened.levels)
        assert row.wake.at_s == parse_instant("2026-11-16T03:36:00Z").timestamp()
        assert row.owed == owes(opened.ticket(asked)) == 2


def test_an_id_that_looks_like_a_number_is_read_as_it_is_written(desk: DeskAtWork, asked: str) -> None:
    write_event(desk, asked, "779e01", "2026-11-16T02:30:00Z", "queued", "779e01")
    write_event(desk, asked, "aaaa00", "2026-11-16T02:31:00Z", "sent", "779e01")
    ticket = Desk.open(desk.root).ticket(asked)
    assert [event.get("notice") for event in ticket.events[-2:]] == ["779e01", "779e01"]
    assert owes(ticket) == 0
