"""A folder of pages whose run was killed, or that two runs write into at once, or that somebody prepared."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.errors import Conflict, Refused
from tkt.site import writing
from tkt.site.holding import JOURNAL
from tkt.site.writing import MANIFEST, Output, Written, fingerprint
from tkt.store.files import FileError


def write(folder: Path, pages: dict[str, str], **more: bool) -> Written:
    with Output(folder, "site", **more) as output:
        for name, text in pages.items():
            output.page(name, fingerprint(text), lambda text=text: text)
        return output.finish()


def killed(work: Callable[[], object]) -> None:
    """Do the work in a process that then dies at once."""
    pid = os.fork()
    if pid == 0:
        work()
        os._exit(9)
    os.waitpid(pid, 0)


def files(folder: Path) -> list[str]:
    return sorted(it.relative_to(folder).as_posix() for it in folder.rglob("*") if it.is_file())


@pytest.mark.parametrize("hides", [False, True])
@pytest.mark.parametrize("before", [{}, {"a.html": "1"}])
def test_what_a_killed_run_made_is_removed_if_it_is_not_due_any_more(
    tmp_path: Path, before: dict[str, str], hides: bool
) -> None:
    folder = tmp_path / "out"
    if before:
        write(folder, before, hides_names=hides)
    killed(
        lambda: [
            output.put(name, "1", "one customer's words")
            for output in [Output(folder, "site", hides_names=hides)]
            for name in ("gone.html", "b/c.html")
        ]
    )
    (folder / "b/theirs.txt").write_text("not ours")
    assert (folder / "gone.html").is_file()
    write(folder, {"a.html": "1"}, hides_names=hides)
    assert files(folder) == [MANIFEST, "a.html", "b/theirs.txt"]


def test_a_killed_run_gives_no_right_to_other_peoples_files(tmp_path: Path) -> None:
    killed(lambda: Output(tmp_path / "out", "site").put("a.html", "1", "1"))
    (tmp_path / "out/b.html").write_text("mine")
    with pytest.raises(Conflict, match="not ours"):
        write(tmp_path / "out", {"a.html": "1", "b.html": "2"})
    assert (tmp_path / "out/b.html").read_text() == "mine"


def test_the_half_of_a_page_that_a_killed_run_left_beside_it_goes(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    killed(lambda: Output(tmp_path / "out", "site").begin())
    (tmp_path / "out/.a.html.77.tmp").write_text("half")
    (tmp_path / f"out/.{MANIFEST}.77.tmp").write_text("half")
    (tmp_path / "out/.theirs.77.tmp").write_text("mine")
    write(tmp_path / "out", {"a.html": "1"})
    assert files(tmp_path / "out") == [".theirs.77.tmp", MANIFEST, "a.html"]


def test_a_full_disk_leaves_no_half_of_a_page_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    whole = writing._write

    def full(place: Path, data: bytes) -> None:
        whole(place, data[:1])
        if b"long" in data:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write", full)
    with pytest.raises(FileError):
        write(tmp_path / "out", {"a.html": "a long page"})
    monkeypatch.undo()
    assert (tmp_path / "out/a.html").read_text() == "1"
    assert not list((tmp_path / "out").glob(".*.tmp"))


def test_two_runs_never_write_at_once(tmp_path: Path) -> None:
    with Output(tmp_path / "out", "site") as output:
        output.put("a.html", "1", "1")
        with pytest.raises(Conflict, match="another command"):
            write(tmp_path / "out", {"a.html": "2", "b.html": "2"})
        output.finish()
    assert (tmp_path / "out/a.html").read_text() == "1"
    assert files(tmp_path / "out") == [MANIFEST, "a.html"]
    assert write(tmp_path / "out", {"a.html": "2"}).written == ("a.html",)


def test_what_another_run_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    with Output(tmp_path / "out", "site") as late:
        write(tmp_path / "out", {"a.html": "1"})
        with pytest.raises(Conflict, match="another command"):
            late.put("b.html", "1", "1")
    assert write(tmp_path / "out", {"a.html": "1"}) == Written(written=(), left=1, removed=())


def test_no_link_to_a_folder_elsewhere_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    (tmp_path / "else").mkdir()
    (tmp_path / "else/b.html").write_text("mine")
    (tmp_path / "out/sub").symlink_to(tmp_path / "else")
    manifest = tmp_path / "out" / MANIFEST
    said = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**said, "pages": {"a.html": "1", "sub/b.html": "1"}}))
    with pytest.raises(FileError, match="is a link"):
        write(tmp_path / "out", {"a.html": "1"})
    with pytest.raises(FileError, match="is a link"):
        write(tmp_path / "out", {"a.html": "1", "sub/c.html": "1"})
    assert files(tmp_path / "else") == ["b.html"]


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    (tmp_path / "out/sub").write_text("mine")
    with pytest.raises(FileError):
        write(tmp_path / "out", {"a.html": "1", "sub/c.html": "1"})


@pytest.mark.parametrize("pages", [{"a.html": 5}, {"a.html": None}, {"a.html": {"b": 1}}])
def test_a_manifest_with_other_than_words_is_refused(tmp_path: Path, pages: dict[str, object]) -> None:
    said = {"form": 1, "kind": "site", "made_by": "", "whole": True, "remembered": {}, "pages": pages}
    (tmp_path / MANIFEST).write_text(json.dumps(said))
    with pytest.raises(Refused, match="not a manifest"):
        write(tmp_path, {"a.html": "1"})


def test_a_manifest_of_brackets_is_refused(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("[" * 100_000)
    with pytest.raises(Refused, match="not a manifest"):
        write(tmp_path, {"a.html": "1"})


def test_a_journal_that_leads_out_of_the_folder_removes_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine")
    killed(lambda: Output(tmp_path / "out", "site").put("a.html", "1", "1"))
    (tmp_path / "out" / JOURNAL).write_text("../mine.html\n")
    with pytest.raises(FileError, match="leads out"):
        write(tmp_path / "out", {"a.html": "1"})
    assert (tmp_path / "mine.html").exists()


@pytest.mark.parametrize("inside", ["knowledge/out", "tickets", ".git/out", "link/out"])
@pytest.mark.parametrize("command", ["report site --public", "report site", "kb build --public"])
def test_the_desks_own_folders_are_never_written_into(desk: DeskAtWork, command: str, inside: str) -> None:
    (desk.root / "link").symlink_to("knowledge")
    refused = desk.tkt(*command.split(), "-o", str(desk.root / inside), code=1)
    assert "desk's own folders" in refused.err
    assert not (desk.root / "knowledge/out").exists()
