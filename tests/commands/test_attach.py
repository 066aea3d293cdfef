"""`tkt attach`: what is kept, found again and never run, on a real desk."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import Answer, DeskAtWork

from tkt.store import opener

PNG = b"\x89PNG\r\n\x1a\npixels"


@pytest.fixture
def ticket(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(desk.root.parent)
    found: str = desk.json("new", "E104", "--channel", "email", "--text", "help", "--quick")["id"]
    return found


def given(desk: DeskAtWork, name: str, data: bytes = PNG) -> str:
    file = desk.root.parent / "given" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    return str(file)


def listed(desk: DeskAtWork, ticket: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk.json("attach", "list", ticket)
    return found


def add(desk: DeskAtWork, ticket: str, name: str = "E104.png", data: bytes = PNG, *more: str) -> Answer:
    return desk.tkt("attach", "add", ticket, given(desk, name, data), *more)


def test_a_file_and_what_says_so_are_one_commit(desk: DeskAtWork, ticket: str) -> None:
    add(desk, ticket)
    (it,) = listed(desk, ticket)
    assert it["path"] == f"attachments/{ticket}/{str(it['sha256'])[:16]}.png"
    assert (desk.root / str(it["path"])).read_bytes() == PNG
    touched = desk.git("show", "--name-only", "--format=", "HEAD").split()
    assert touched == [it["path"], f"tickets/new/{ticket}.yaml"]
    assert desk.git("status", "--short") == ""
    assert "attached E104.png" in desk.tkt("log", ticket).out
    assert desk.tkt("check").code == 0


def test_adding_it_again_changes_nothing(desk: DeskAtWork, ticket: str) -> None:
    add(desk, ticket)
    before = desk.git("rev-parse", "HEAD")
    assert "nothing to change" in add(desk, ticket).out
    assert desk.git("rev-parse", "HEAD") == before


def test_what_a_killed_command_has_left_is_used(desk: DeskAtWork, ticket: str) -> None:
    add(desk, ticket, "a.png")
    path = str(listed(desk, ticket)[0]["path"])
    desk.git("reset", "-q", "--hard", "HEAD~1")
    desk.write(path, PNG)
    assert "no event of its ticket speaks of this file" in desk.tkt("check").err
    assert "had changes" not in add(desk, ticket, "a.png").err
    assert desk.git("status", "--short") == ""


def test_where_the_commit_fails_nothing_is_left(desk: DeskAtWork, ticket: str) -> None:
    desk.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n").chmod(0o755)
    desk.tkt("attach", "add", ticket, given(desk, "E104.png"), code=2)
    assert desk.git("status", "--short", "--untracked-files=all") == ""


@pytest.mark.parametrize(
    "name", ["-rf", "../../etc/passwd", "a\x1b[31m\u202e.png", "x" * 300, ".hidden", "NUL"]
)
def test_a_strangers_name_is_only_a_label(desk: DeskAtWork, ticket: str, name: str) -> None:
    out = desk.root.parent / "out"
    out.mkdir()
    add(desk, ticket, "plain", PNG, "--name", name)
    (it,) = listed(desk, ticket)
    desk.tkt("attach", "get", ticket, str(it["sha256"])[:6], "-o", f"{out}/")
    (file,) = out.iterdir()
    assert file.read_bytes() == PNG
    assert file.name[0] not in "-."
    shown = desk.tkt("attach", "list", ticket).out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert desk.git("ls-files", "attachments").split() == ["attachments/.gitkeep", it["path"]]


def test_a_name_that_looks_like_an_option_is_got_behind_two_dashes(desk: DeskAtWork, ticket: str) -> None:
    add(desk, ticket, "-rf")
    desk.tkt("attach", "get", ticket, "--", "-rf")
    assert (desk.root / "_rf").read_bytes() == PNG


def test_a_program_is_told_where_a_file_lies_and_where_its_copy_went(desk: DeskAtWork, ticket: str) -> None:
    add(desk, ticket)
    (it,) = listed(desk, ticket)
    got = desk.json("attach", "get", ticket, "E104.png", "-o", "copy.png")
    assert Path(got.pop("written")).name == "copy.png"
    assert got == it


def test_get_never_writes_over_a_file(desk: DeskAtWork, ticket: str) -> None:
    add(desk, ticket)
    desk.write("E104.png", "mine")
    assert "exists already" in desk.tkt("attach", "get", ticket, "E104.png", code=2).err
    (desk.root / "link").symlink_to("tkt.yaml")
    desk.tkt("attach", "get", ticket, "E104.png", "-o", "link", code=2)
    assert (desk.root / "E104.png").read_text() == "mine"
    assert desk.git("diff", "--stat") == ""


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("setup.exe", b"x", "named .exe"),
        ("report.pdf", b"MZ\x90\x00", "a Windows program"),
        ("big.png", PNG + b"\0" * 10_000_000, "larger than 10 MB"),
    ],
)
def test_what_the_desk_does_not_keep_is_refused(
    desk: DeskAtWork, ticket: str, name: str, data: bytes, said: str
) -> None:
    answer = desk.tkt("attach", "add", ticket, given(desk, name, data), code=1)
    assert said in answer.err
    assert desk.git("status", "--short", "--untracked-files=all") == ""


def test_links_directories_and_pipes_are_refused(desk: DeskAtWork, ticket: str, tmp_path: Path) -> None:
    (tmp_path / "link.png").symlink_to(given(desk, "E104.png"))
    os.mkfifo(tmp_path / "pipe")
    for name in ("link.png", "pipe", ".", "none"):
        desk.tkt("attach", "add", ticket, str(tmp_path / name), code=2)


def test_a_changed_or_missing_file_is_a_clear_fault(desk: DeskAtWork, ticket: str) -> None:
    add(desk, ticket)
    path = str(listed(desk, ticket)[0]["path"])
    desk.write(path, PNG[:-1] + b"X")
    assert "its SHA-256 is another" in desk.tkt("attach", "get", ticket, "E104.png", code=2).err
    assert "its SHA-256 is another" in desk.tkt("check", code=1).err
    assert desk.json("attach", "list", ticket, code=2)[0]["fault"] == "attachment-lost"
    (desk.root / path).unlink()
    hint = desk.tkt("attach", "get", ticket, "E104.png", code=2).err
    assert f"git checkout HEAD -- '{path.removesuffix('.png')}*'" in hint
    assert "no file begins so" in desk.tkt("check", "--changed-since", "HEAD", code=1).err
    desk.write(path, b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\n")
    assert "git lfs pull" in desk.tkt("attach", "get", ticket, "E104.png", code=2).err


def test_a_file_may_be_taken_away_once_what_speaks_of_it_is_redacted(desk: DeskAtWork, ticket: str) -> None:
    add(desk, ticket)
    (it,) = listed(desk, ticket)
    event = next(each["id"] for each in desk.json("show", ticket)["events"] if each["did"] == "attached")
    desk.git("rm", "-q", str(it["path"]))
    desk.git("commit", "-qm", "taken away")
    assert "no file begins so" in desk.tkt("check", code=1).err
    desk.tkt("redact", ticket, "--event", event, "--reason", "a private letter")
    desk.tkt("check")


def test_two_files_of_one_name_are_told_apart_by_their_hashes(desk: DeskAtWork, ticket: str) -> None:
    add(desk, ticket, "log.txt", b"one")
    add(desk, ticket, "log.txt", b"two")
    answer = desk.tkt("attach", "get", ticket, "log.txt", code=2)
    hashes = [str(it["sha256"])[:8] for it in listed(desk, ticket)]
    assert all(each in answer.err for each in hashes)
    assert desk.tkt("attach", "get", ticket, hashes[1], "-o", "-").out == "two"


def test_what_comes_through_a_pipe_needs_a_name(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PNG)))
    assert "--name" in desk.tkt("attach", "add", ticket, "-", code=2).err
    desk.tkt("attach", "add", ticket, "-", "--name", "photo.png")
    assert listed(desk, ticket)[0]["bytes"] == len(PNG)


def test_open_asks_first_and_hands_over_a_copy_outside_of_the_desk(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, ticket)
    assert "nobody is here to be asked" in desk.tkt("attach", "open", ticket, "E104.png", code=2).err
    opened: list[Path] = []
    monkeypatch.setattr("tkt.commands.attach.show_file", opened.append)
    monkeypatch.setattr("tkt.commands.common.Session.is_at_terminal", True)
    monkeypatch.setattr("typer.confirm", lambda *_args, **_named: False)
    desk.tkt("attach", "open", ticket, "E104.png", code=130)
    assert not opened
    monkeypatch.setattr("typer.confirm", lambda *_args, **_named: True)
    desk.tkt("attach", "open", ticket, "E104.png")
    assert opened[0].read_bytes() == PNG
    assert desk.root not in opened[0].parents
    add(desk, ticket, "page.html", b"<script>")
    assert "never opened from here" in desk.tkt("attach", "open", ticket, "page.html", code=1).err


def test_without_a_program_the_copy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    copy = opener.copied_aside("E104.png", PNG)
    with pytest.raises(opener.NoOpener) as told:
        opener.show_file(copy)
    assert str(copy) in str(told.value.hint)


def test_a_sparse_clone_reads_it_from_git(desk: DeskAtWork, ticket: str, tmp_path: Path) -> None:
    add(desk, ticket)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(desk.root), str(clone)], check=True)
    there = DeskAtWork(clone, desk.capsys)
    there.git("sparse-checkout", "set", "config", "tickets", "customers")
    assert not (clone / "attachments" / ticket).exists()
    there.tkt("attach", "get", ticket, "E104.png", "-o", str(tmp_path / "got.png"))
    assert (tmp_path / "got.png").read_bytes() == PNG
    assert there.json("attach", "list", ticket)[0]["fault"] is None
    assert "attachment" not in there.tkt("check").err
    there.tkt("attach", "add", ticket, given(desk, "again.png"))  # the same content, in git alone
    there.tkt("attach", "add", ticket, given(desk, "log.txt", b"words"))
    assert there.git("status", "--short") == ""
    assert len(there.git("ls-files", f"attachments/{ticket}").split()) == 2


def test_two_branches_that_add_the_same_content_meet_in_peace(desk: DeskAtWork, ticket: str) -> None:
    for branch in ("one", "two"):
        desk.git("checkout", "-q", "-b", branch, "main")
        add(desk, ticket)
    desk.git("merge", "-q", "--no-edit", "one")
    assert len(desk.git("ls-files", f"attachments/{ticket}").split()) == 1
    assert len(listed(desk, ticket)) == 2
    assert desk.tkt("check").code == 0


def test_check_names_a_folder_of_no_ticket(desk: DeskAtWork, ticket: str) -> None:
    desk.write("attachments/261116-ZZZZ9/x", b"x")
    assert "is the folder of no ticket" in desk.tkt("check").err


def test_a_kept_file_that_is_gone_comes_back_when_it_is_added_again(desk: DeskAtWork, tmp_path: Path) -> None:
    ticket = desk.json("new", "-c", "phone", "-m", "hello", "--quick")["id"]
    file = tmp_path / "a.txt"
    file.write_text("content")
    desk.tkt("attach", "add", ticket, str(file))
    (kept,) = desk.root.glob(f"attachments/{ticket}/*.txt")
    kept.unlink()
    desk.tkt("attach", "add", ticket, str(file))
    assert kept.read_text() == "content"
    assert desk.git("status", "--short") == ""
    desk.git("rm", "-q", "--cached", "--", kept.relative_to(desk.root).as_posix())
    kept.unlink()
    desk.git("commit", "-qm", "gone")
    desk.tkt("attach", "add", ticket, str(file))
    assert desk.git("show", f"HEAD:{kept.relative_to(desk.root).as_posix()}") == "content"
    desk.tkt("check")
