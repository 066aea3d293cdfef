"""Completion: what may stand where somebody presses Tab, asked by real shells."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.commands.completing import complete, run
from tkt.commands.completing.line import TABLE
from tkt.commands.completing.scripts import script_of

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ids(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two open tickets and, last, a closed one."""
    found = [
        str(
            desk.json("new", title, "--channel", "phone", "--text", "x", "--tag", "发票", "--tag", "vip")[
                "id"
            ]
        )
        for title in ("登录不了: why", 'a "quoted" title', "watches")
    ]
    desk.tkt("spam", found[2])
    monkeypatch.chdir(desk.root)
    return found


def words(*typed: str, shell: str = "fish") -> list[str]:
    """The values that are offered behind these words; the last one is being typed."""
    return [line.partition("\t")[0] for line in complete([shell, "--", "tkt", *typed]).splitlines()]


def part(ticket: str) -> str:
    return ticket.rpartition("-")[2]


def test_the_table_of_commands_is_as_the_commands_are() -> None:
    """python tools/completion_table.py writes it anew."""
    sys.path.insert(0, str(CHECKOUT / "tools"))
    try:
        from completion_table import text
    finally:
        sys.path.pop(0)
    assert json.loads(TABLE.read_text("utf-8")) == json.loads(text()), "run: python tools/completion_table.py"


def test_commands_and_options_complete() -> None:
    assert words("sho") == ["show"]
    assert words("sla", "") == ["check", "list", "explain", "ack", "simulate"]
    assert words("-C", "/", "show", "--br") == ["--brief"]
    assert words("reply", "X", "--and", "") == ["wait", "resolve", "start"]
    assert words("reply", "X", "--and=w") == ["--and=wait"]
    assert words("attach", "add", "X", "") == [":files"]
    assert words("--lang", "zh", "no") == ["noreply", "note", "not-spam"] or set(words("no")) == {"noreply", "note", "not-spam"}  # fmt: skip


def test_open_tickets_complete_with_their_titles(ids: list[str]) -> None:
    one, two, closed = ids
    assert set(words("show", "")) == {part(one), part(two)}
    assert words("show", one) == [one]
    assert words("show", part(one).lower()[:4]) == [part(one)]
    assert words("note", one, "") == [part(two)] or part(one) not in words("note", part(one), "")
    assert words("close", f"{part(one)},{part(two)[:3]}") == [f"{part(one)},{part(two)}"]
    assert words("not-spam", "") == [part(closed)]
    assert words("show", part(closed)[:3]) == [part(closed)]
    assert f"{part(one)}\t登录不了: why\n" in complete(["zsh", "--", "tkt", "show", ""])


def test_values_of_the_desk_complete(ids: list[str]) -> None:
    assert words("list", "status:w") == ["status:waiting"]
    assert words("list", "status:new,w") == ["status:new,waiting"]
    assert words("list", "-needs:r") == ["-needs:reply"]
    assert words("list", "tag:")[:2] == ["tag:发票", "tag:vip"]
    assert words("list", "@p") == ["@pool"]
    assert words("list", "statu") == ["status:", "status_page_until:"]
    assert words("assign", "X", "li") == ["li.wei"]
    assert words("set", "X", "urgency=r") == ["urgency=red"]
    assert words("set", "X", "urgen") == ["urgency="]
    assert words("resolve", "X", "--cause", "pro") == ["product", "process"]
    assert words("wait", "X", "--on", "") == ["customer", "vendor", "colleague"]
    assert words("spam", "X", "--as", "") == ["spam", "test"]
    assert "waiting" in words("move", "X", "")
    assert words("tag", "X", "vi") == ["vip"]  # no id has an I: behind an id there may be another one
    assert words("show", "X", "--for", "") == ["me", "li.wei"]


def test_nothing_is_said_where_nothing_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words("show", "") == []
    (tmp_path / "tkt.yaml").write_text("format: [")
    assert run(["fish", "--", "tkt", "list", "status:"]) == 0
    assert run([]) == 0
    assert run(["bash", "tkt show", "no number"]) == 0
    assert capsys.readouterr() == ("", "")


def test_what_a_shell_would_obey_is_never_offered(ids: list[str], desk: DeskAtWork) -> None:
    file = desk.path(ids[0])
    file.write_text(file.read_text("utf-8").replace("[发票, vip]", '["$(touch x)", "a;b", vip]'), "utf-8")
    offered = words("list", "tag:")
    assert "tag:vip" in offered
    assert not [word for word in offered if set(word) & set("$;()")]


def test_nothing_is_written(ids: list[str], desk: DeskAtWork) -> None:
    before = {path: path.stat().st_mtime_ns for path in desk.root.rglob("*")}
    words("show", "")
    words("list", "status:")
    assert before == {path: path.stat().st_mtime_ns for path in desk.root.rglob("*")}


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program `tkt` that shells find."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "tkt"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={CHECKOUT} exec {sys.executable} -m tkt "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def asked(*command: str, script: str) -> str:
    done = subprocess.run([*command], input=script, capture_output=True, text=True, check=False, timeout=120)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes(ids: list[str], on_path: None) -> None:
    one = part(ids[0])
    script = script_of("bash") + "".join(
        f'COMP_LINE="{line}"; COMP_POINT=${{#COMP_LINE}}; COMPREPLY=(); _tkt; printf "[%s]" "${{COMPREPLY[@]}}"; echo\n'
        for line in (
            f"tkt show {one[:4]}",
            "tkt list status:w",
            "tkt set X urgency=r",
            "tkt sla c",
            "tkt list stat",
        )
    )
    assert asked("bash", "--norc", script=script).splitlines() == [
        f"[{one} ]", "[waiting ]", "[red ]", "[check ]", "[status:][status_page_until:]",
    ]  # fmt: skip


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
def test_fish_completes(ids: list[str], on_path: None, monkeypatch: pytest.MonkeyPatch) -> None:
    one = part(ids[0])
    script = f"{script_of('fish')}\ncomplete -C 'tkt show {one[:4]}'\ncomplete -C 'tkt list status:w'\n"
    out = asked("fish", "--no-config", script=script).splitlines()
    assert [line.split("\t")[0] for line in out] == [one, "status:waiting"]
    assert "登录不了" in out[0]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
def test_zsh_completes(ids: list[str], on_path: None) -> None:
    """With `compadd` replaced by what tells its words, as there is no terminal."""
    one = part(ids[0])
    told = "compadd() { local -a it; eval 'it=(${'${@[-1]}'})'; print -l -- $it }; compdef() { : }\n"
    line = f"words=(tkt show {one[:4]}); CURRENT=3; _tkt\nwords=(tkt list stat); CURRENT=3; _tkt\n"
    assert asked("zsh", "-f", script=told + script_of("zsh") + line).splitlines() == [
        one,
        "status:",
        "status_page_until:",
    ]


def test_it_is_installed_once_and_no_settings_are_touched(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "somebody"
    home.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: home)
    assert desk.json("completion", "install", "zsh", "--dry-run")["written"] is False
    assert not (home / ".zfunc").exists()
    first = desk.json("completion", "install", "zsh")
    assert (first["written"], len(first["lines"])) == (True, 2)
    assert (home / ".zfunc/_tkt").read_text("utf-8") == script_of("zsh")
    assert desk.json("completion", "install", "zsh")["written"] is False
    assert "fpath" in desk.tkt("completion", "install", "zsh").out
    (home / ".zshrc").write_text("\n".join(first["lines"]))
    assert "fpath" not in desk.tkt("completion", "install", "zsh").out
    for shell, file in (
        ("fish", ".config/fish/completions/tkt.fish"),
        ("bash", ".local/share/bash-completion/completions/tkt"),
    ):
        desk.tkt("completion", "install", shell)
        assert (home / file).read_text("utf-8") == script_of(shell)
    assert desk.tkt("completion", "show", "fish").out == script_of("fish")
    assert sorted(path.name for path in home.iterdir()) == [".config", ".local", ".zfunc", ".zshrc"]


def typed_into_bash(line: str, folder: Path) -> str:
    """What a bash at a terminal makes of a line in which Tab is pressed at the end: the words of the program."""
    setup = folder / "setup.bash"
    setup.write_text(f"{script_of('bash')}tkt() {{ printf '<%s>' \"$@\"; echo; }}\nPS1=READY\n")
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp("bash", ["bash", "--noprofile", "--rcfile", str(setup), "-i"])
    seen = b""
    for send, awaited in (("", b"READY"), (f"{line}\t", b"@pool "), ("\n", b">\r\n")):
        os.write(terminal, send.encode())
        while awaited not in seen:
            if not select.select([terminal], [], [], 20)[0]:
                break
            seen += os.read(terminal, 4096)
    os.close(terminal)
    os.waitpid(pid, 0)
    return seen.decode().replace("\r\n", "\n")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_keeps_the_sign_of_a_view(ids: list[str], on_path: None, tmp_path: Path) -> None:
    assert "<list><@pool>" in typed_into_bash("tkt list @po", tmp_path)


@pytest.mark.parametrize("breaks", ["@:=", ":="])
def test_the_sign_of_a_view_stays_whether_bash_cuts_at_it_or_not(
    ids: list[str], monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    monkeypatch.setenv("TKT_WORDBREAKS", breaks)
    line = "tkt list @po"
    assert complete(["bash", line, str(len(line))]) == "@pool \n"
