"""A folder of pages: only what changed is written, and nothing of other people is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tkt.errors import Conflict, Refused, TktError
from tkt.site.writing import MANIFEST, Output, Written, fingerprint
from tkt.store.files import FileError


def write(folder: Path, pages: dict[str, str], **more) -> Written:
    with Output(folder, more.pop("kind", "site"), **more) as output:
        for name, text in pages.items():
            output.page(name, fingerprint(text), lambda text=text: text)
        return output.finish()


def write_half(folder: Path) -> None:
    with Output(folder, "site") as output:
        output.page("b.html", "2", lambda: "2")
        output.page("c.html", "3", lambda: str(1 // 0))


def test_a_page_whose_fingerprint_is_the_same_is_not_made_again(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1", "b/c.html": "2"})
    found = write(tmp_path / "out", {"a.html": "1", "b/c.html": "3"})
    assert (found.written, found.left, found.removed) == (("b/c.html",), 1, ())
    assert (tmp_path / "out/b/c.html").read_text() == "3"


def test_a_page_that_is_not_due_any_more_is_removed_with_its_empty_folder(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1", "b/c.html": "2"})
    (tmp_path / "out/CNAME").write_text("example.com")
    found = write(tmp_path / "out", {"a.html": "1"})
    assert found.removed == ("b/c.html",)
    assert not (tmp_path / "out/b").exists()
    assert (tmp_path / "out/CNAME").exists()


def test_where_nothing_changed_nothing_is_written_not_even_the_manifest(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    before = (tmp_path / "out" / MANIFEST).stat().st_mtime_ns
    assert write(tmp_path / "out", {"a.html": "1"}) == Written(written=(), left=1, removed=())
    assert (tmp_path / "out" / MANIFEST).stat().st_mtime_ns == before


def test_a_page_that_somebody_deleted_is_made_again(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    (tmp_path / "out/a.html").unlink()
    assert write(tmp_path / "out", {"a.html": "1"}).written == ("a.html",)


@pytest.mark.parametrize("more", [{"force": True}, {"made_by": "another program"}])
def test_everything_is_made_again_where_asked_or_where_the_program_is_another(tmp_path: Path, more) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    assert write(tmp_path / "out", {"a.html": "1"}, **more).written == ("a.html",)


def test_a_folder_with_other_peoples_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Refused, match="not ours"):
        write(tmp_path, {"a.html": "1"})
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_that_is_not_ours_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    (tmp_path / "out/b.html").write_text("mine")
    with pytest.raises(Conflict, match="not ours"):
        write(tmp_path / "out", {"a.html": "1", "b.html": "2"})
    assert (tmp_path / "out/b.html").read_text() == "mine"


def test_public_pages_never_go_into_the_folder_of_internal_ones(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    with pytest.raises(Refused, match="kind site, expected public"):
        write(tmp_path / "out", {"a.html": "1"}, kind="public")


def test_after_an_interruption_no_page_is_trusted_and_none_is_forgotten(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    with pytest.raises(ZeroDivisionError):
        write_half(tmp_path / "out")
    found = write(tmp_path / "out", {"a.html": "1"})
    assert (found.written, found.removed) == (("a.html",), ("b.html",))


def test_hidden_names_stand_in_no_manifest_and_are_removed_all_the_same(tmp_path: Path) -> None:
    write(
        tmp_path / "out", {"secret-one.html": "1", "secret-two.html": "2"}, hides_names=True, made_by="me-en"
    )
    said = (tmp_path / "out" / MANIFEST).read_text()
    assert not any(word in said for word in ("secret", "me-en", fingerprint("1"), fingerprint("2")))
    found = write(tmp_path / "out", {"secret-one.html": "1"}, hides_names=True, made_by="me-en")
    assert (found.written, found.removed) == ((), ("secret-two.html",))
    assert not (tmp_path / "out/secret-two.html").exists()


@pytest.mark.parametrize("name", ["../out.html", "/etc/passwd", "a/../../b"])
def test_no_page_and_no_manifest_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match="leads out"):
        write(tmp_path / "out", {name: "1"})
    write(tmp_path / "in", {"a.html": "1"})
    manifest = tmp_path / "in" / MANIFEST
    said = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**said, "pages": {name: "1"}}))
    with pytest.raises(FileError, match="leads out"):
        write(tmp_path / "in", {"a.html": "1"})


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"form": 1, "kind": "site", "pages": []}'])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(TktError, match="not a manifest"):
        write(tmp_path, {"a.html": "1"})


def test_a_link_in_the_place_of_a_page_is_replaced_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "out", {"a.html": "1"})
    other = tmp_path / "other.txt"
    other.write_text("keep")
    (tmp_path / "out/a.html").unlink()
    (tmp_path / "out/a.html").symlink_to(other)
    write(tmp_path / "out", {"a.html": "2"})
    assert other.read_text() == "keep"
    assert (tmp_path / "out/a.html").read_text() == "2"


def test_what_a_run_notes_the_next_one_knows(tmp_path: Path) -> None:
    for number in (1, 2):
        with Output(tmp_path / "out", "site") as output:
            assert output.remembered == ({} if number == 1 else {"count": 1})
            output.remember("count", number)
            output.finish()
