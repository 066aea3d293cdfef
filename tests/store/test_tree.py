"""Which ticket files are there, and where does a ticket's file belong?"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from tkt.errors import Problem, Severity, UsageError
from tkt.i18n import render
from tkt.store.tree import Scan, Tree

STATUSES = ("new", "in-progress", "closed")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    for status in STATUSES:
        folder = tmp_path / "tickets" / status
        folder.mkdir(parents=True)
        (folder / ".gitkeep").touch()
    return tree_at(tmp_path)


def tree_at(root: Path) -> Tree:
    """A tree needs the names of the statuses alone, and which of them are closed."""
    workflow = SimpleNamespace(statuses=dict.fromkeys(STATUSES))
    return Tree(root, SimpleNamespace(workflow=workflow, closed=frozenset({"closed"})))


def put(tree: Tree, *paths: str) -> None:
    for path in paths:
        file = tree.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("id: x\n")


def the_problem(scan: Scan) -> Problem:
    assert len(scan.problems) == 1, scan.problems
    return scan.problems[0]


def paths(scan: Scan) -> list[str]:
    return [found.path for found in scan.files]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


# where a file belongs


def test_a_file_lies_in_the_directory_of_its_status(tree: Tree) -> None:
    assert tree.path_for("261121-K7Q2M", "new", at("2026-11-21T00:00Z")) == "tickets/new/261121-K7Q2M.yaml"


def test_a_closed_ticket_lies_in_the_month_in_which_it_was_closed_in_utc(tree: Tree) -> None:
    # given an instant that is December in Shanghai and still November in UTC
    path = tree.path_for("261121-K7Q2M", "closed", at("2026-12-01T07:59+08:00"))
    assert path == "tickets/closed/2026-11/261121-K7Q2M.yaml"


def test_no_path_is_made_for_a_status_or_an_id_that_is_none(tree: Tree) -> None:
    with pytest.raises(UsageError) as unknown:
        tree.path_for("261121-K7Q2M", "clsed", at("2026-11-21T00:00Z"))
    assert str(unknown.value.hint) == "did you mean closed?"
    with pytest.raises(UsageError):
        tree.path_for("../../etc/passwd", "new", at("2026-11-21T00:00Z"))


# a scan


def test_a_scan_gives_the_tickets_of_all_statuses_in_order_of_their_ids(tree: Tree) -> None:
    put(
        tree,
        "tickets/new/261121-ZZZZZ.yaml",
        "tickets/closed/2026-10/261001-AAAAA.yaml",
        "tickets/closed/2026-11/261101-BBBBB.yaml",
        "tickets/in-progress/ACME-261121-K7Q2M.yaml",
    )
    scan = tree.scan()
    assert [(found.id, found.status) for found in scan.files] == [
        ("261001-AAAAA", "closed"),
        ("261101-BBBBB", "closed"),
        ("261121-ZZZZZ", "new"),
        ("ACME-261121-K7Q2M", "in-progress"),
    ]
    assert scan.problems == ()
    assert Path(scan.files[0].abspath) == tree.root / scan.files[0].path


def test_only_the_directories_asked_for_are_opened(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tree, "tickets/new/261121-K7Q2M.yaml", "tickets/closed/2026-10/261001-AAAAA.yaml")
    opened: list[str] = []
    real = os.scandir

    def watched(path: Path) -> object:
        opened.append(Path(path).relative_to(tree.root).as_posix())
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", watched)
        assert paths(tree.scan(["new"])) == ["tickets/new/261121-K7Q2M.yaml"]
    assert opened == ["tickets", "tickets/new"]


def test_a_scan_refuses_a_status_that_is_none(tree: Tree) -> None:
    with pytest.raises(UsageError):
        tree.scan(["open"])


def test_a_desk_without_ticket_directories_is_empty(tmp_path: Path) -> None:
    assert tree_at(tmp_path).scan() == Scan(files=())


def test_hidden_files_are_nobodys_business(tree: Tree) -> None:
    put(
        tree,
        "tickets/new/.261121-K7Q2M.yaml.1f.tmp",
        "tickets/new/.261121-K7Q2M.yaml.swp",
        "tickets/.DS_Store",
    )
    assert tree.scan() == Scan(files=())


# what does not belong


def test_an_unknown_status_directory_is_an_error_with_the_nearest_status(tree: Tree) -> None:
    put(tree, "tickets/in_progress/261121-K7Q2M.yaml")
    problem = the_problem(tree.scan(["new"]))
    assert (problem.code, problem.path, problem.severity) == (
        "unknown-status",
        "tickets/in_progress",
        Severity.ERROR,
    )
    assert str(problem.hint) == "git mv tickets/in_progress/* tickets/in-progress"


def test_an_unknown_directory_without_tickets_is_let_be(tree: Tree) -> None:
    put(tree, "tickets/drafts/notes.txt")
    assert tree.scan().problems == ()


def test_a_file_directly_in_tickets_has_no_status(tree: Tree) -> None:
    put(tree, "tickets/261121-K7Q2M.yaml")
    problem = the_problem(tree.scan())
    assert (problem.code, problem.severity) == ("no-status", Severity.ERROR)
    assert str(problem.hint) == "git mv tickets/261121-K7Q2M.yaml tickets/new/"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("261121-k7q2m.yaml", "261121-K7Q2M.yaml"),
        ("261121-K7Q2M.yml", "261121-K7Q2M.yaml"),
        ("26ll21-K7Q2O.yaml", "261121-K7Q20.yaml"),
    ],
)
def test_a_name_that_is_nearly_an_id_comes_with_the_right_one(tree: Tree, name: str, meant: str) -> None:
    put(tree, f"tickets/new/{name}")
    scan = tree.scan()
    assert scan.files == ()
    assert str(the_problem(scan).hint) == f"git mv tickets/new/{name} tickets/new/{meant}"


@pytest.mark.parametrize("name", ["notes.yaml", "261121-K7Q2M.yaml~HEAD", "261121-K7Q2M.yaml.orig"])
def test_what_may_be_a_ticket_and_is_not_read_is_an_error(tree: Tree, name: str) -> None:
    put(tree, f"tickets/new/{name}")
    problem = the_problem(tree.scan())
    assert (problem.code, problem.severity) == ("not-a-ticket", Severity.ERROR)


def test_any_other_file_is_a_warning(tree: Tree) -> None:
    put(tree, "tickets/new/README.md")
    assert the_problem(tree.scan()).severity is Severity.WARNING


def test_links_are_not_followed(tree: Tree, tmp_path: Path) -> None:
    # given a ticket, a month and a status that lead out of the desk
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "261121-K7Q2M.yaml").write_text("secret")
    (tree.root / "tickets/new/261121-K7Q2M.yaml").symlink_to(outside / "261121-K7Q2M.yaml")
    (tree.root / "tickets/closed/2026-11").symlink_to(outside)
    (tree.root / "tickets/in-progress/.gitkeep").unlink()
    (tree.root / "tickets/in-progress").rmdir()
    (tree.root / "tickets/in-progress").symlink_to(outside)
    # then none of them is read, each is told, and no id finds them
    scan = tree.scan()
    assert scan.files == ()
    assert sorted((problem.code, problem.path) for problem in scan.problems) == [
        ("link", "tickets/closed/2026-11"),
        ("link", "tickets/in-progress"),
        ("link", "tickets/new/261121-K7Q2M.yaml"),
    ]
    assert tree.find("K7Q2M") == ()
    assert tree.find("261121-K7Q2M") == ()


def test_tickets_itself_may_not_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere/new").mkdir(parents=True)
    (tmp_path / "elsewhere/new/261121-K7Q2M.yaml").touch()
    (tmp_path / "tickets").symlink_to(tmp_path / "elsewhere")
    tree = tree_at(tmp_path)
    assert tree.scan().files == ()
    assert the_problem(tree.scan()).path == "tickets"
    assert tree.find("K7Q2M") == ()


def test_one_id_in_two_places_names_both_and_neither_is_good(tree: Tree) -> None:
    put(
        tree,
        "tickets/new/261121-K7Q2M.yaml",
        "tickets/closed/2026-11/261121-K7Q2M.yaml",
        "tickets/new/261121-AAAAA.yaml",
    )
    scan = tree.scan()
    problem = the_problem(scan)
    assert problem.code == "two-places"
    assert render(problem.message) == (
        "ticket 261121-K7Q2M lies in 2 places, expected one: "
        "tickets/new/261121-K7Q2M.yaml, tickets/closed/2026-11/261121-K7Q2M.yaml"
    )
    assert paths(scan) == ["tickets/new/261121-AAAAA.yaml"]
    assert len(scan.duplicates) == 2


def test_two_months_are_two_places(tree: Tree) -> None:
    put(tree, "tickets/closed/2026-10/261121-K7Q2M.yaml", "tickets/closed/2026-11/261121-K7Q2M.yaml")
    assert the_problem(tree.scan()).code == "two-places"


def test_a_closed_ticket_outside_of_a_month_is_read_with_a_warning(tree: Tree) -> None:
    put(tree, "tickets/closed/261121-K7Q2M.yaml")
    scan = tree.scan()
    assert paths(scan) == ["tickets/closed/261121-K7Q2M.yaml"]
    assert (the_problem(scan).code, the_problem(scan).severity) == ("no-month", Severity.WARNING)


@pytest.mark.parametrize("name", ["2026-13", "2026-1", "november", "2026"])
def test_a_directory_of_closed_tickets_that_is_no_month_is_an_error(tree: Tree, name: str) -> None:
    put(tree, f"tickets/closed/{name}/261121-K7Q2M.yaml")
    problem = the_problem(tree.scan())
    assert (problem.code, problem.path) == ("wrong-month", f"tickets/closed/{name}")


def test_months_do_not_nest(tree: Tree) -> None:
    put(tree, "tickets/closed/2026-11/2026-10/261121-K7Q2M.yaml")
    scan = tree.scan()
    assert scan.files == ()
    assert the_problem(scan).path == "tickets/closed/2026-11/2026-10"


def test_open_tickets_have_no_directories_of_their_own(tree: Tree) -> None:
    put(tree, "tickets/new/2026-11/261121-K7Q2M.yaml")
    problem = the_problem(tree.scan())
    assert problem.code == "wrong-folder"
    assert str(problem.hint) == "git mv tickets/new/2026-11/* tickets/new"


def test_a_directory_that_cannot_be_listed_is_told(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "new":
            raise PermissionError(13, "Permission denied")
        return real(path)

    put(tree, "tickets/in-progress/261121-K7Q2M.yaml")
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refusing)
        scan = tree.scan()
    assert (the_problem(scan).code, the_problem(scan).path) == ("unreadable", "tickets/new")
    assert len(scan.files) == 1


def test_a_pipe_is_not_opened(tree: Tree) -> None:
    os.mkfifo(tree.root / "tickets/new/261121-K7Q2M.yaml")
    assert the_problem(tree.scan()).code == "not-a-file"


def test_a_status_directory_without_a_gitkeep_is_a_warning_of_its_own(tree: Tree) -> None:
    (tree.root / "tickets/new/.gitkeep").unlink()
    assert tree.scan().problems == ()
    (problem,) = tree.missing_gitkeeps()
    assert (problem.path, problem.severity) == ("tickets/new/.gitkeep", Severity.WARNING)
    assert str(problem.hint) == "tkt check --fix"


# finding one by a part of its id


def test_a_part_of_an_id_finds_it_without_opening_a_file(tree: Tree) -> None:
    put(tree, "tickets/new/261121-K7Q2M.yaml", "tickets/closed/2026-11/261120-ABCDE.yaml")
    (tree.root / "tickets/new/261121-K7Q2M.yaml").chmod(0)
    assert [found.path for found in tree.find("q2m")] == ["tickets/new/261121-K7Q2M.yaml"]
    assert [found.status for found in tree.find("261120")] == ["closed"]


@pytest.mark.parametrize("typed", ["k1O", "klo", "KI0", " kl0 "])
def test_typing_is_lenient(tree: Tree, typed: str) -> None:
    put(tree, "tickets/new/261121-AAK10.yaml")
    assert len(tree.find(typed)) == 1


def test_a_prefix_with_letters_like_digits_is_found_as_it_is_written(tree: Tree) -> None:
    put(tree, "tickets/new/OIL-261121-K7Q2M.yaml")
    for typed in ("OIL-261121-K7Q2M", "oil-261121-k7q2m", "oil", "oil_26"):
        assert [found.id for found in tree.find(typed)] == ["OIL-261121-K7Q2M"], typed


def test_several_candidates_come_in_order(tree: Tree) -> None:
    put(
        tree,
        "tickets/new/261121-K7Q2M.yaml",
        "tickets/closed/2026-11/261101-K7AAA.yaml",
        "tickets/new/261121-BBBBB.yaml",
    )
    assert [found.id for found in tree.find("k7")] == ["261101-K7AAA", "261121-K7Q2M"]


def test_a_whole_id_wins_over_longer_ones_that_contain_it(tree: Tree) -> None:
    put(tree, "tickets/new/261121-K7Q2M.yaml", "tickets/new/ACME-261121-K7Q2M.yaml")
    assert [found.id for found in tree.find("261121-k7q2m")] == ["261121-K7Q2M"]


def test_a_whole_id_in_two_places_is_found_twice(tree: Tree) -> None:
    put(tree, "tickets/new/261121-K7Q2M.yaml", "tickets/closed/2026-11/261121-K7Q2M.yaml")
    assert len(tree.find("261121-K7Q2M")) == 2
    assert len(tree.find("K7Q2M")) == 2


@pytest.mark.parametrize("typed", ["", "k", " k ", "*"])
def test_fewer_than_two_characters_are_refused(tree: Tree, typed: str) -> None:
    with pytest.raises(UsageError):
        tree.find(typed)


def test_a_part_is_never_a_path_or_a_pattern(tree: Tree) -> None:
    put(tree, "tickets/new/261121-K7Q2M.yaml")
    for typed in ("../new/261121-K7Q2M", "26*", "[A-Z]", "261121-K7Q2M.yaml", "26112?"):
        assert tree.find(typed) == ()


# readers beside writers


def test_a_ticket_that_moves_during_the_scan_is_not_in_two_places(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a writer that moves a ticket once its first directory was listed
    old, new = "tickets/new/261121-K7Q2M.yaml", "tickets/in-progress/261121-K7Q2M.yaml"
    put(tree, old, "tickets/in-progress/261121-AAAAA.yaml")
    listed = Tree._entries

    def moving(self: Tree, folder: str, problems: list[Problem] | None = None) -> list[os.DirEntry[str]]:
        entries = listed(self, folder, problems)
        if folder == "tickets/new" and (tree.root / old).exists():
            (tree.root / old).rename(tree.root / new)
        return entries

    monkeypatch.setattr(Tree, "_entries", moving)
    scan = tree.scan()
    assert (paths(scan), scan.duplicates, scan.problems) == (
        ["tickets/in-progress/261121-AAAAA.yaml", new],
        (),
        (),
    )


def test_a_whole_id_is_found_without_a_list_of_all_names(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tree, "tickets/closed/2026-11/261121-K7Q2M.yaml", "tickets/new/261121-AAAAA.yaml")
    monkeypatch.setattr(tree, "_partly", lambda *_place: pytest.fail("a folder was listed"))
    (found,) = tree.find("261121-k7q2m")
    assert found.path == "tickets/closed/2026-11/261121-K7Q2M.yaml"
    assert tree.named("261121-AAAAA")[0].status == "new"
    assert tree.named("261121-BBBBB") == ()
