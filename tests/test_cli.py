"""The door: whatever the streams, the words and the directory are, a command ends in a way one can read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.cli import _app, _shielded, main
from tkt.commands.common import Common, Door, Session
from tkt.i18n import msg
from tkt.render.text import width

CHECKOUT = Path(__file__).resolve().parents[1]
ORDERS = "\x1b]0;owned\x07\x1b[2Jred\x1b[31m \u202egpj.exe\u2066 \x07bell \x9b31m"
FORBIDDEN = ("\x1b", "\x07", "\u202e", "\u2066", "\x9b")


def process(
    desk: DeskAtWork, *args: str, shell: str = "", env: dict[str, str] | None = None, stdin: str | None = ""
) -> subprocess.CompletedProcess[str]:
    """`tkt` as a process of its own; `shell` is what stands behind it on the command line."""
    command = [sys.executable, "-m", "tkt", "-C", str(desk.root), *args]
    given = {**os.environ, "PYTHONPATH": str(CHECKOUT), **(env or {})}
    if shell:
        script = f'"$@" {shell}'
        command = ["bash", "-c", script, "bash", *command]
    return subprocess.run(
        command, env=given, capture_output=True, text=True, errors="replace", input=stdin, cwd="/", timeout=60
    )


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    """One ticket of a requester."""
    found: str = desk.json("new", "E104", "--channel", "phone", "--text", "help", "--from", "z@acme.example")[
        "id"
    ]
    return found


# --- what a stranger wrote reaches no terminal as an order ---


def test_a_writing_command_prints_no_orders_of_a_stranger(desk: DeskAtWork) -> None:
    who = ("--channel", "phone", "--from", "z@acme.example")
    made = desk.tkt("new", ORDERS, *who, "--text", ORDERS)
    again = desk.tkt("new", ORDERS, *who, "--text", ORDERS)
    assert "earlier tickets" in again.out
    ticket = desk.json("list")[0]["id"]
    answers = (
        made, again,
        desk.tkt("note", ticket, "--text", ORDERS),
        desk.tkt("set", ticket, f"title={ORDERS} and more"),
        desk.tkt("reply", ticket, "--text", ORDERS),
        desk.tkt("wait", ticket, "--on", "vendor", "--for", ORDERS, "--until", "3d", code=None),
        desk.tkt("set", ticket, f"{ORDERS}=x", code=2),
    )  # fmt: skip
    for answer in answers:
        assert not [each for each in FORBIDDEN if each in answer.out + answer.err], (answer.out, answer.err)


def test_a_file_name_is_told_on_one_line_without_orders(desk: DeskAtWork) -> None:
    desk.write("tickets/new/261116-\x1b[2J\nerror: all is lost.yaml", "a: [")
    answer = desk.tkt("check", code=1)
    assert "\x1b" not in answer.err
    assert not [line for line in answer.err.splitlines() if line.startswith("error: all is lost")]


def test_json_says_in_ascii_what_a_terminal_would_obey(desk: DeskAtWork) -> None:
    made = desk.tkt("new", "--channel", "phone", "--text", ORDERS, "--json")
    assert not [each for each in FORBIDDEN if each in made.out]
    assert next(e for e in made.data["events"] if e["did"] == "message")["text"] == ORDERS


# --- streams ---


@pytest.mark.parametrize("command", ["list", "show", "note"])
def test_a_full_disk_behind_standard_output_is_no_bug(desk: DeskAtWork, ticket: str, command: str) -> None:
    words = {"list": ("list",), "show": ("show", ticket), "note": ("note", ticket, "--text", "x")}[command]
    done = process(desk, *words, shell=">/dev/full")
    assert done.returncode == 2
    assert "cannot be printed: No space left" in done.stderr
    assert "bug" not in done.stderr
    assert "nothing was committed" not in done.stderr
    if command == "note":
        assert desk.git("log", "-1", "--format=%s").startswith(f"{ticket}: note")


def test_nobody_reads_the_errors_either(desk: DeskAtWork, ticket: str) -> None:
    assert process(desk, "show", "nonesuch", shell="2>/dev/full").returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_a_stream_that_cannot_say_it_says_what_it_can(desk: DeskAtWork, ticket: str, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = process(desk, "set", ticket, "title=发票 ünd 🐛", env=env)
    assert done.returncode == 0, done.stderr
    done = process(desk, "show", "发票 🐛", env=env)
    assert done.returncode == 2
    assert "bug" not in done.stderr
    # and JSON loses nothing
    done = process(desk, "show", ticket, "--json", env=env)
    assert json.loads(done.stdout)["data"]["title"] == "发票 ünd 🐛"


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_closed_stream_is_as_dev_null(desk: DeskAtWork, ticket: str, closed: str) -> None:
    assert process(desk, "list", shell=closed).returncode == 0
    assert process(desk, "note", ticket, "--text", "x", shell=closed).returncode == 0
    assert desk.json("check")["errors"] == 0
    assert process(desk, "note", ticket, "--text", "-", shell=closed).returncode == 2 or "<" not in closed
    assert process(desk, "show", "nonesuch", shell=closed).returncode == 2


@pytest.mark.parametrize("words", [("list",), ("list", "--json"), ("--help",), ("list", "--help")])
def test_a_reader_who_went_away_is_no_error(desk: DeskAtWork, ticket: str, words: tuple[str, ...]) -> None:
    done = process(desk, *words, shell='| true; exit "${PIPESTATUS[0]}"')
    assert (done.returncode, done.stderr) == (0, "")


def test_bytes_that_are_no_text_are_replaced_and_told(desk: DeskAtWork, ticket: str) -> None:
    done = process(desk, "note", ticket, "--text", "-", shell=r"< <(printf 'caf\351 ok')")
    assert done.returncode == 0, done.stderr
    assert desk.json("show", ticket)["events"][-1]["text"] == "caf\ufffd ok"


def test_a_bug_claims_nothing_that_is_not_known(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.render.jsons.plain", lambda _value: 1 / 0)
    answer = desk.tkt("list", "--json", code=70)
    assert answer.error["code"] == "bug"
    assert "committed" not in answer.error["hint"]


# --- words that deny ---


def shielded(*args: str) -> list[str]:
    name = args[0]
    import typer

    return _shielded(args, typer.main.get_command(_app(name, args)))


@pytest.mark.parametrize(
    ("args", "denied"),
    [
        (("list", "-tag:beta", "-发票", "-invoice"), ["-tag:beta", "-发票", "-invoice"]),
        (("list", "-n50"), []),
        (("list", "-qn5", "--quiet"), []),
        (("list", "-n", "-50x", "-owner:me"), ["-owner:me"]),
        (("list", "-qn", "-123", "-abc"), ["-abc"]),
        (("list", "-needs:answer"), ["-needs:answer"]),
        (("list", "--now", "-abc", "--lang=zh"), []),
        (("list", "--", "-tag:beta"), []),
        (("list", "--json", "-beta"), ["-beta"]),
        (("tag", "K7Q2M", "--reason", "-abc", "-c", "-beta"), ["-c", "-beta"]),
        (("tag", "K7Q2M", "--", "-beta"), []),
        (("sla", "list", "--due", "-abc", "-abc"), ["-abc"]),
        (("report", "kpi", "--from", "2026-11-01", "-tag:beta"), ["-tag:beta"]),
    ],
)  # fmt: skip
def test_only_what_denies_is_shielded(args: tuple[str, ...], denied: list[str]) -> None:
    assert [word[1:] for word in shielded(*args) if word.startswith(" ")] == denied
    assert [word.removeprefix(" ") for word in shielded(*args)] == list(args)


def test_a_limit_that_is_glued_to_its_option_limits(desk: DeskAtWork, ticket: str) -> None:
    desk.json("new", "--channel", "phone", "--text", "another")
    assert len(desk.json("list", "-n1")) == 1
    assert len(desk.json("list", "-qn1")) == 1
    assert len(desk.tkt("list", "--json", "--", "-tag:beta").data) == 2
    assert desk.json("tag", ticket, "beta", "--reason", "-abc")["tags"] == ["beta"]
    assert not desk.tkt("tag", ticket, "--json", "--", "-beta").data.get("tags")


# --- JSON: one object on standard error ---


@pytest.mark.parametrize(
    "command", [("list",), ("search", "E104"), ("sla", "check"), ("log",), ("report", "kpi")]
)
def test_what_cannot_be_read_is_one_object(desk: DeskAtWork, ticket: str, command: tuple[str, ...]) -> None:
    desk.write("tickets/new/261116-AAAAA.yaml", "a: [")
    answer = desk.tkt(*command, "--json", code=2)
    assert answer.data is not None
    assert answer.error["path"] == "tickets/new/261116-AAAAA.yaml"
    assert [each["path"] for each in answer.error["problems"]] == ["tickets/new/261116-AAAAA.yaml"]


def test_notes_are_no_lines_among_json(desk: DeskAtWork) -> None:
    answer = desk.tkt("new", "--channel", "phone", "--raised", "live", "--text", "a\0b", "--json")
    assert answer.err == ""
    assert len(answer.data["written"]["notes"]) == 2
    answer = desk.tkt("new", "--raised", "live", "--text", "x", "--json", code=2)
    assert answer.error["code"] == "cannot-open"


def test_unreadable_files_and_a_refusal_are_one_object(desk: DeskAtWork) -> None:
    def command() -> int:
        session.report([problem])
        raise UsageError(msg("no"))

    from tkt.errors import Problem, UsageError

    problem = Problem(code="yaml", path="a.yaml", message=msg("bad"))
    session = Session(door=Door(directory=desk.root), common=Common(json=True))
    with pytest.raises(UsageError) as raised:
        session.run(command)
    assert [each.code for each in raised.value.problems] == ["usage", "yaml"]


# --- help and usage ---


def test_a_group_alone_shows_its_help(desk: DeskAtWork) -> None:
    answer = desk.tkt("report", code=2)
    assert "kpi" in answer.err
    assert "error:" not in answer.err


@pytest.mark.parametrize("words", [(), ("list",), ("report", "kpi"), ("--lang", "zh", "list")])
def test_help_is_a_command_too(desk: DeskAtWork, words: tuple[str, ...]) -> None:
    assert desk.tkt("help", *words).out == desk.tkt(*words, "--help").out
    assert desk.tkt("help", "nonesuch", code=2).err.startswith("error: no such command: nonesuch")


USAGE = {
    ("list", "--limit"): ("--limit needs a value", "--limit \u9700\u8981\u4e00\u4e2a\u503c"),
    ("edit", "ab", "x"): (
        "nothing more was expected here: x",
        "\u8fd9\u91cc\u4e0d\u9700\u8981\u66f4\u591a\u5185\u5bb9\uff1ax",
    ),
    ("demo", "--tickets", "0"): ("0 is out of range", "0 \u8d85\u51fa\u8303\u56f4"),
    ("list", "--json=1"): ("--json takes no value", "--json \u4e0d\u5e26\u503c"),
    ("list", "--limit", "x"): ("x is not a number", None),
}


@pytest.mark.parametrize("words", USAGE)
def test_usage_errors_speak_the_readers_language(desk: DeskAtWork, words: tuple[str, ...]) -> None:
    english, chinese = USAGE[words]
    assert english in desk.tkt(*words, code=2).err
    told = desk.tkt("--lang", "zh", *words, code=2).err
    assert english not in told
    assert chinese is None or chinese in told


# --- -C ---


def test_every_path_is_relative_to_the_directory_of_c(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (desk.root / "bad.csv").write_text("no,such,columns\n")
    assert main(["-C", "desk", "import", "log", "bad.csv", "--map", "servicenow"]) == 2
    assert "there is no such file" not in capsys.readouterr().err
    assert main(["-C", "desk", "-C", "tickets", "list"]) == 0
    assert main([f"-C{desk.root}", "list"]) == 0
    assert main(["--lang", "zh", "-C", "desk", "list"]) == 0
    assert main(["-C", "desk", "init", "../other"]) == 0
    assert (tmp_path / "other" / "tkt.yaml").is_file()
    assert Path.cwd() == tmp_path


@pytest.mark.parametrize("where", ["nonesuch", "file", ""])
def test_c_needs_a_directory(
    desk: DeskAtWork,
    tmp_path: Path,
    where: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    for words in (["list"], ["init"], ["--json", "demo"]):
        assert main(["-C", where, *words]) == 2
    assert main(["-C"]) == 2
    assert "-C needs a value" in capsys.readouterr().err


# --- times that nobody means ---


@pytest.mark.parametrize(
    "words",
    [
        ("--now", "9999"),
        ("--now", "9999-12-31T23:59:59Z"),
        ("--now", "0001-01-01T00:00:00"),
    ],
)
def test_now_is_a_time_that_somebody_can_mean(desk: DeskAtWork, ticket: str, words: tuple[str, ...]) -> None:
    assert desk.tkt("list", *words, code=2).err.startswith("error:")
    assert desk.tkt("sla", "check", *words, code=2).err.startswith("error:")


@pytest.mark.parametrize(
    "words",
    [
        ("wait", "ID", "--on", "vendor", "--for", "x", "--until", "99999999d"),
        ("wait", "ID", "--on", "vendor", "--for", "x", "--until", "9999-12-31"),
        ("report", "kpi", "--from", "0001-01-01"),
        ("report", "kpi", "--from", "9999-12"),
        ("list", "received:<999999999w"),
    ],
)
def test_a_time_too_far_off_is_an_error_in_words(
    desk: DeskAtWork, ticket: str, words: tuple[str, ...]
) -> None:
    answer = desk.tkt(*(ticket if word == "ID" else word for word in words), code=None)
    assert answer.code in (0, 1, 2)
    assert "bug" not in answer.err


# --- `import`: the user's own files ---

LOG = CHECKOUT / "tests" / "data" / "incident_log_sample.csv"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A short log with one row that is no row."""
    lines = LOG.read_text("utf-8").splitlines()
    found = tmp_path / "log.csv"
    found.write_text("\n".join([*lines[:3], "too,few,cells"]) + "\n", "utf-8")
    return found


def imported(desk: DeskAtWork, log: Path, *more: str, code: int | None = 0) -> str:
    return desk.tkt("import", "log", str(log), "--map", "servicenow", *more, code=code).err


def test_rejects_never_go_over_another_file(desk: DeskAtWork, log: Path, tmp_path: Path) -> None:
    before = log.read_bytes()
    mine, link = tmp_path / "mine.txt", tmp_path / "link.csv"
    mine.write_text("my words")
    link.symlink_to(log)
    head = desk.git("rev-parse", "HEAD")
    for rejects in (log, link, mine, tmp_path, tmp_path / "no" / "such", "-"):
        assert imported(desk, log, "--rejects", str(rejects), code=2).startswith("error:")
    assert "is what is imported" in imported(desk, log, "--rejects", str(link), code=2)
    assert (log.read_bytes(), mine.read_text()) == (before, "my words")
    assert desk.git("rev-parse", "HEAD") == head


def test_rejects_go_over_earlier_rejects_and_not_in_a_dry_run(
    desk: DeskAtWork, log: Path, tmp_path: Path
) -> None:
    rejects = tmp_path / "rejects.csv"
    imported(desk, log, "--rejects", str(rejects), "--dry-run")
    assert not rejects.exists()
    imported(desk, log, "--rejects", str(rejects))
    first = rejects.read_text("utf-8-sig")
    assert "too,few,cells" in first
    rejects.write_text(first + "more\n", "utf-8-sig")
    imported(desk, log, "--rejects", str(rejects))
    assert rejects.read_text("utf-8-sig") == first


@pytest.mark.parametrize("file", ["<(cat LOG)", "- < LOG", "LINK", "/dev/stdin < LOG"])
def test_a_log_may_be_a_pipe_or_a_link(desk: DeskAtWork, log: Path, tmp_path: Path, file: str) -> None:
    (tmp_path / "link").symlink_to(log)
    shell = file.replace("LOG", str(log)).replace("LINK", str(tmp_path / "link"))
    done = process(desk, "import", "log", "--json", "--map", "servicenow", shell=shell)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["data"]["tickets"] == 1
    done = process(desk, "import", "log", "--map", "servicenow", "/nonesuch", shell="--rejects /dev/stdout")
    assert (done.returncode, "there is no such file" in done.stderr) == (2, True)


# --- a title ---


def test_a_ticket_keeps_a_title(desk: DeskAtWork, ticket: str) -> None:
    assert "title" in desk.tkt("set", ticket, "title=", code=2).err
    assert desk.json("show", ticket)["title"] == "E104"


def test_no_line_of_help_is_wider_than_the_terminal(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TKT_LANG", "zh")
    for words in ([], ["new"], ["reply"], ["take"], ["audit"], ["sla"]):
        shown = desk.tkt(*words, "--help").out
        assert [line for line in shown.splitlines() if width(line) > 80] == []
        assert "\u9009\u9879\uff1a\n" in shown


def test_a_terminal_breaks_no_word_of_an_error_and_no_hint(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    desk.capsys.readouterr()
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    *told, hint = desk.tkt("resolve", ticket, code=1).err.splitlines()
    assert max(map(len, told)) <= 60 < len(hint)
    assert "\n    people, outside, unknown" in "\n".join(told)
