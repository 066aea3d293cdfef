"""Clones that are not whole, and histories that were bent: every command is right, or says why it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from clones import Origin, git, made_origin, notes_of, state
from helpers import DeskAtWork, configure_git


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    return made_origin(tmp_path_factory.mktemp("origin"))


@pytest.fixture
def origin(made: Origin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Origin:
    configure_git(Path.home())
    monkeypatch.setenv("TKT_NOW", "2026-11-16T03:00:00Z")
    return made.copied_to(tmp_path)


# a sparse checkout that leaves out tickets/closed


@pytest.fixture(
    params=["no-cone", *(pytest.param(it, marks=pytest.mark.long) for it in ("cone", "sparse-index"))]
)
def sparse(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> DeskAtWork:
    desk = origin.cloned(tmp_path / "sparse", capsys)
    if request.param != "no-cone":
        folders = {path.parent for path in map(Path, desk.git("ls-files").split()) if path.parent != Path()}
        wanted = sorted(str(it) for it in folders if it.parts[:2] != ("tickets", "closed"))
        index = "--sparse-index" if request.param == "sparse-index" else "--no-sparse-index"
        desk.git("sparse-checkout", "set", "--cone", index, *wanted)
    else:
        desk.git("sparse-checkout", "set", "--no-cone", "/*", "!/tickets/closed")
    assert not (desk.root / "tickets/closed").exists()
    return desk


def test_a_closed_ticket_is_left_out_and_not_unknown(sparse: DeskAtWork, origin: Origin) -> None:
    before = state(sparse)
    for words in (
        ("show",), ("log",), ("reopen",), ("note", "-m", "x"), ("set", "impact=one"), ("assign", "me"), ("tag", "x"),
        ("reply", "-m", "x"), ("heard", "-m", "x"), ("move", "new"), ("redact",), ("edit",),
    ):  # fmt: skip
        error = sparse.tkt(words[0], origin.closed, *words[1:], "--json", code=2).error
        assert error["code"] == "left-out", words
        assert error["path"] == f"tickets/closed/2026-10/{origin.closed}.yaml"
        assert error["hint"] == "git sparse-checkout add tickets/closed"
    assert state(sparse) == before


def test_the_hint_brings_it_back_from_wherever_one_stands(
    sparse: DeskAtWork, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = DeskAtWork(sparse.root / "tickets/new", sparse.capsys, now=sparse.now)
    hint = inner.tkt("show", origin.closed, "--json", code=2).error["hint"]
    assert hint == f"git -C {sparse.root} sparse-checkout add tickets/closed"
    inner.git(*hint.split()[1:])
    assert sparse.json("show", origin.closed)["status"] == "closed"
    assert len(sparse.json("list", "status:closed")) == 1
    assert sparse.tkt("list", "status:closed").err == ""


def test_lists_name_what_they_do_not_show(sparse: DeskAtWork) -> None:
    told = "tickets/closed: 1 ticket is left out by this clone's sparse checkout, and not looked at"
    for words in (
        ("list", "status:closed"),
        ("list", "status:all"),
        ("search", "E104"),
        ("log",),
        ("check",),
    ):
        assert told in sparse.tkt(*words).err, words
    # nor the second time, when all that is on the disk is known
    assert told in sparse.tkt("search", "E104").err
    # what is not about closed tickets has nothing to say of them
    for words in (("list",), ("sla", "check"), ("doctor",)):
        assert "left out" not in sparse.tkt(*words, code=None).err


@pytest.mark.parametrize(
    "words",
    [
        ("report", "kpi"),
        ("sla", "check", "--since", "2026-10-01"),
        ("forget", "acme", "--dry-run"),
        ("import", "log", "log.csv", "--map", "servicenow"),
    ],
)
def test_what_needs_all_tickets_refuses(sparse: DeskAtWork, words: tuple[str, ...]) -> None:
    error = sparse.tkt(*words, "--json", code=2).error
    assert "1 file is left out" in error["message"]
    assert error["hint"].endswith("sparse-checkout add tickets/closed")


def test_check_misses_nothing_that_is_only_left_out(sparse: DeskAtWork) -> None:
    found = sparse.json("check")
    about_tickets = [(it["code"], it["path"]) for it in found["problems"] if it["code"] != "sla"]
    assert about_tickets == [("left-out", "tickets/closed")]
    assert sparse.tkt("check", "--fix", "--yes").out.startswith("nothing to fix")


def test_a_ticket_is_closed_into_the_folder_that_is_left_out(sparse: DeskAtWork, origin: Origin) -> None:
    written = sparse.json("close", origin.resolved, "--confirmed", "phone")
    path = f"tickets/closed/2026-11/{origin.resolved}.yaml"
    assert written["path"] == path
    assert (sparse.root / path).is_file()
    assert sparse.git("status", "--porcelain") == ""
    assert path in sparse.git("ls-tree", "-r", "--name-only", "HEAD")
    assert len(sparse.json("list", "status:closed")) == 1  # this one is there to be read
    # and when the checkout is made sparse again, it is as the others
    sparse.git("sparse-checkout", "reapply")
    assert sparse.tkt("show", origin.resolved, "--json", code=2).error["code"] == "left-out"
    sparse.tkt("undo")
    assert sparse.json("show", origin.resolved)["status"] == "resolved"
    assert sparse.git("status", "--porcelain") == ""


def test_what_is_undone_goes_back_into_the_folder_that_is_left_out(
    sparse: DeskAtWork, origin: Origin
) -> None:
    sparse.tkt("close", origin.resolved, "--confirmed", "phone")
    sparse.tkt("reopen", origin.resolved, "--reason", "it is back")
    sparse.tkt("undo")
    assert (sparse.root / f"tickets/closed/2026-11/{origin.resolved}.yaml").is_file()
    assert sparse.git("status", "--porcelain") == ""


def test_a_refused_commit_leaves_nothing_in_the_folder_that_is_left_out(
    sparse: DeskAtWork, origin: Origin
) -> None:
    before = state(sparse)
    sparse.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n").chmod(0o755)
    sparse.tkt("close", origin.resolved, "--confirmed", "phone", code=2)
    assert state(sparse) == before
    assert not list(sparse.root.glob("tickets/closed/**/*.yaml"))


def test_a_new_id_is_not_one_that_is_left_out(
    sparse: DeskAtWork, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([origin.closed.partition("-")[2], "ZZZZ9"])
    monkeypatch.setattr("tkt.ids.random_characters", lambda length: next(drawn) if length == 5 else "aaaa")
    sparse.at("2026-10-05T05:00:00Z")
    made = sparse.json("new", "--channel", "phone", "-m", "help", "--quick")
    assert made["id"] == "261005-ZZZZ9"


def test_a_part_of_an_id_that_is_left_out_is_ambiguous(sparse: DeskAtWork, origin: Origin) -> None:
    error = sparse.tkt("show", "26", "--json", code=2).error
    assert error["code"] == "ambiguous"
    assert origin.closed in error["message"]


def test_what_a_branch_did_to_tickets_that_are_left_out_is_judged(sparse: DeskAtWork, origin: Origin) -> None:
    # given a branch that has broken one of them
    sparse.git("sparse-checkout", "disable")
    path = sparse.path(origin.closed)
    path.write_text(path.read_text().replace("urgency: yellow", "urgency: blue"))
    sparse.git("commit", "-qam", "by hand")
    sparse.git("sparse-checkout", "set", "--no-cone", "/*", "!/tickets/closed")
    found = sparse.json("check", "--changed-since", "HEAD~1", code=1)
    assert found["checked"] == 1
    assert {it["path"] for it in found["problems"]} == {f"tickets/closed/2026-10/{origin.closed}.yaml"}
    assert "removed" not in str(found["problems"])
    # and a difference from a commit to the working tree has it too
    differences = sparse.json("diff", "HEAD~1")
    assert origin.closed in str(differences)
    assert "there is no such file" not in str(differences)


def test_a_configuration_that_is_left_out_is_no_missing_one(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = origin.cloned(tmp_path / "sparse", capsys)
    desk.git("sparse-checkout", "set", "tickets")
    error = desk.tkt("list", "--json", code=2).error
    assert error["hint"].endswith("sparse-checkout add config")
    desk.git("sparse-checkout", "add", "config")
    assert [it["id"] for it in desk.json("list")] == [origin.active]
    error = desk.tkt(
        "new", "--channel", "phone", "--from", "zhang@acme.example", "-m", "x", "--json", code=2
    ).error
    assert error["hint"].endswith("sparse-checkout add customers")


def two_sides_of_a_closed_ticket(desk: DeskAtWork, ticket: str) -> None:
    """Branches `one` and `other`, which both wrote on a ticket that is then left out."""
    desk.git("sparse-checkout", "disable")
    for branch, now in (("one", "2026-11-16T03:10:00Z"), ("other", "2026-11-16T03:20:00Z")):
        desk.git("switch", "-q", "-c", branch, "main")
        desk.at(now).tkt("note", ticket, "-m", f"from {branch}")
    desk.git("switch", "-q", "main")
    desk.git("sparse-checkout", "set", "--no-cone", "/*", "!/tickets/closed")


def test_a_merge_in_what_is_left_out_is_repaired(sparse: DeskAtWork, origin: Origin) -> None:
    two_sides_of_a_closed_ticket(sparse, origin.closed)
    sparse.git("switch", "-q", "one")
    git(sparse.root, "merge", "-q", "other", code=1)
    assert "put together event by event" in sparse.tkt("repair").out
    sparse.git("commit", "-q", "--no-edit")
    assert sparse.git("status", "--porcelain") == ""
    assert sparse.json("check")["errors"] == 0
    sparse.git("sparse-checkout", "disable")
    assert notes_of(sparse, origin.closed) == ["from one", "from other"]


def test_what_a_forge_lost_in_what_is_left_out_is_brought_back(sparse: DeskAtWork, origin: Origin) -> None:
    two_sides_of_a_closed_ticket(sparse, origin.closed)
    sparse.git("switch", "-q", "one")
    sparse.git("merge", "-q", "-s", "ours", "-m", "Merge pull request", "other")
    assert "lost an event" in sparse.tkt("check", code=1).err
    # and where a hook refuses the repair, nothing is different from before
    before = state(sparse)
    hook = sparse.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    sparse.tkt("repair", code=2)
    assert state(sparse) == before
    hook.unlink()
    sparse.tkt("repair")
    assert sparse.git("status", "--porcelain") == ""
    assert sparse.json("check")["errors"] == 0
    sparse.git("sparse-checkout", "disable")
    assert notes_of(sparse, origin.closed) == ["from one", "from other"]


def test_two_copies_of_which_one_is_left_out_become_one(sparse: DeskAtWork, origin: Origin) -> None:
    # given a merge that kept a ticket both where it was and where it was closed
    path = sparse.path(origin.resolved)
    text = path.read_text()
    sparse.tkt("close", origin.resolved, "--confirmed", "phone")
    sparse.write(f"tickets/resolved/{origin.resolved}.yaml", text)
    sparse.git("add", "-A", "tickets/resolved")
    sparse.git("commit", "-qm", "both kept")
    sparse.git("sparse-checkout", "reapply")
    error = sparse.tkt("show", origin.resolved, "--json", code=2).error
    assert error["code"] == "ambiguous"
    assert "two-places" in {it["code"] for it in sparse.json("check", code=1)["problems"]}
    before = state(sparse)
    hook = sparse.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    sparse.tkt("repair", code=2)
    assert state(sparse) == before
    hook.unlink()
    sparse.tkt("repair")
    assert sparse.git("status", "--porcelain") == ""
    paths = [path for path in sparse.git("ls-files").split() if origin.resolved in path]
    assert paths == [f"tickets/closed/2026-11/{origin.resolved}.yaml"]


@pytest.mark.parametrize("how", [(), pytest.param(("--rebase",), marks=pytest.mark.long)])
def test_sync_puts_together_what_is_left_out(
    sparse: DeskAtWork,
    origin: Origin,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    how: tuple[str, ...],
) -> None:
    # given a ticket that is closed here while somebody writes on it elsewhere
    other = origin.cloned(tmp_path / "other", capsys)
    other.at("2026-11-16T03:05:00Z").tkt("note", origin.resolved, "-m", "elsewhere")
    other.tkt("sync")
    sparse.at("2026-11-16T03:10:00Z").tkt("close", origin.resolved, "--confirmed", "phone")
    sparse.git("sparse-checkout", "reapply")
    told = sparse.json("sync", *how)
    assert told["merged"] == [origin.resolved]
    assert sparse.git("status", "--porcelain") == ""
    assert sparse.git("rev-list", "--count", "HEAD..@{upstream}").strip() == "0"
    sparse.git("sparse-checkout", "disable")
    assert notes_of(sparse, origin.resolved) == ["elsewhere"]
    assert sparse.json("show", origin.resolved)["status"] == "closed"


# a shallow clone


@pytest.fixture
def shallow(origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> DeskAtWork:
    """The last commit alone, of a branch on which a ticket was just changed."""
    work = origin.cloned(tmp_path / "deep", capsys)
    work.tkt("note", origin.active, "-m", "the last one")
    work.tkt("sync")
    return origin.cloned(tmp_path / "shallow", capsys, "--depth=1")


def test_daily_work_needs_no_history(shallow: DeskAtWork, origin: Origin) -> None:
    assert shallow.json("check")["errors"] == 0
    assert shallow.json("show", origin.closed)["status"] == "closed"
    assert len(shallow.json("log", origin.active)) > 3
    shallow.at("2026-11-16T03:30:00Z").tkt("note", origin.active, "-m", "mine")
    assert "took back" in shallow.tkt("undo").out
    shallow.tkt("note", origin.active, "-m", "mine")
    assert shallow.json("audit", code=None)["commits"] == 1
    shallow.tkt("sync")
    assert shallow.tkt("repair").out.strip() == "nothing to repair"


@pytest.mark.parametrize(
    "words",
    [
        ("diff", "HEAD~1"),
        ("audit", "HEAD~1..HEAD"),
        ("check", "--changed-since", "HEAD~1"),
        pytest.param(("check", "--fix", "--dry-run", "--changed-since", "HEAD~1"), marks=pytest.mark.long),
        pytest.param(("repair", "--since", "HEAD~1"), marks=pytest.mark.long),
        pytest.param(("sync", "--forecast", "HEAD~1"), marks=pytest.mark.long),
        ("forget", "acme", "--yes"),
    ],
)
def test_what_needs_an_older_commit_says_how_to_get_it(shallow: DeskAtWork, words: tuple[str, ...]) -> None:
    before = state(shallow)
    error = shallow.tkt(*words, "--json", code=2).error
    assert error["hint"] == "git fetch --unshallow"
    assert state(shallow) == before
    assert not list((shallow.root / ".git/tkt").glob("*.txt"))
    shallow.git("fetch", "-q", "--unshallow")
    assert "error:" not in shallow.tkt(*words, code=None).err


def test_the_last_commit_of_all_is_not_taken_for_one_about_everything(
    shallow: DeskAtWork, origin: Origin
) -> None:
    error = shallow.tkt("undo", "--json", code=2).error
    assert "this clone is shallow" in error["message"]
    shallow.git(*error["hint"].split()[1:])
    assert shallow.json("undo")["tickets"] == [origin.active]


def test_a_branch_that_was_fetched_without_its_history(
    shallow: DeskAtWork, origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given commits of both, and no older one in this clone
    shallow.at("2026-11-16T03:30:00Z").tkt("note", origin.resolved, "-m", "here")
    other = origin.cloned(tmp_path / "other", capsys)
    other.at("2026-11-16T03:31:00Z").tkt("note", origin.active, "-m", "elsewhere")
    other.at("2026-11-16T03:32:00Z").tkt("note", origin.active, "-m", "again")
    other.tkt("sync")
    shallow.git("fetch", "-q", "--depth=1")
    before = state(shallow)
    for words in (
        ("sync",), ("sync", "--rebase"), ("sync", "--forecast", "origin/main"), ("check", "--changed-since", "origin/main"),
        ("diff", "origin/main...HEAD"), ("diff", "origin/main..HEAD"), ("audit", "origin/main...HEAD"),
    ):  # fmt: skip
        error = shallow.tkt(*words, "--json", code=2).error
        assert "no commit in common" in error["message"] or "shallow" in error["message"], words
        assert error["hint"].startswith("git fetch --unshallow"), words
    assert state(shallow) == before
    shallow.git("fetch", "-q", "--unshallow")
    assert shallow.json("sync")["in"]["commits"] == 2


def test_a_merge_whose_parents_are_missing_is_not_called_right(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = origin.cloned(tmp_path / "deep", capsys)
    work.git("switch", "-q", "-c", "side", "HEAD~1")
    work.tkt("note", origin.active, "-m", "side")
    work.git("switch", "-q", "main")
    work.git("merge", "-q", "--no-edit", "side")
    work.git("push", "-q")
    desk = origin.cloned(tmp_path / "shallow", capsys, "--depth=1")
    assert "too shallow to check the merge" in desk.tkt("check").err
    assert desk.tkt("check", "--merge", "HEAD", "--json", code=2).error["hint"] == "git fetch --unshallow"
    # and with the parents, but not what they come from
    desk.git("fetch", "-q", "--deepen=1")
    assert desk.tkt("check", "--merge", "HEAD", "--json", code=2).error["hint"] == "git fetch --unshallow"
    desk.git("fetch", "-q", "--unshallow")
    desk.tkt("check", "--merge", "HEAD")


def test_a_branch_of_a_single_branch_clone_is_fetched_by_name(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(origin.git, "branch", "side", "main")
    desk = origin.cloned(tmp_path / "one", capsys, "--depth=1", "--branch=side")
    hint = desk.tkt("diff", "origin/main...HEAD", "--json", code=2).error["hint"]
    assert hint == "git fetch --unshallow origin main:refs/remotes/origin/main"
    desk.git(*hint.split()[1:])
    assert desk.json("diff", "origin/main...HEAD")["tickets"] == []


# a partial clone


def test_a_partial_clone_fetches_what_it_needs(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(origin.git, "config", "uploadpack.allowFilter", "true")
    git(origin.git, "config", "uploadpack.allowAnySHA1InWant", "true")
    desk = origin.cloned(tmp_path / "partial", capsys, "--filter=blob:none")
    other = origin.cloned(tmp_path / "other", capsys)
    other.tkt("note", origin.active, "-m", "elsewhere")
    other.tkt("sync")
    desk.at("2026-11-16T03:30:00Z").tkt("note", origin.active, "-m", "here")
    assert desk.json("sync")["merged"] == [origin.active]
    assert desk.json("check")["errors"] == 0
    assert len(desk.json("diff", "HEAD~3")["tickets"]) > 0
    desk.tkt("audit", "HEAD~3..HEAD", code=None)
    # and off line, what is not here is said
    origin.git.rename(tmp_path / "gone.git")
    missing = desk.git("rev-list", "--max-parents=0", "HEAD").strip()
    error = desk.tkt("diff", f"{missing}..HEAD", "--json", code=None)
    assert "Traceback" not in error.err


# a directory that one branch renamed


def renamed_status(desk: DeskAtWork) -> None:
    """`resolved` is called `answered` from now on: its directory, and every word in the configuration."""
    desk.git("mv", "tickets/resolved", "tickets/answered")
    for path in (desk.root / "config").rglob("*.yaml"):
        path.write_text(re.sub(r"(?<!category: )(?<!since: )\bresolved\b(?!_)", "answered", path.read_text()))
    desk.git("commit", "-qam", "resolved is called answered")


@pytest.mark.parametrize("ours", ["renamed", "main"])
def test_a_renamed_status_keeps_each_ticket_once(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str], ours: str
) -> None:
    desk = origin.cloned(tmp_path / "desk", capsys)
    desk.git("switch", "-q", "-c", "renamed")
    renamed_status(desk)
    # given a ticket that is put into the old directory meanwhile, and one in it that is changed
    desk.git("switch", "-q", "main")
    desk.tkt("resolve", origin.active, "--code", "answered", "--cause", "unknown", "-m", "x", "--reply", "y")
    desk.tkt("note", origin.resolved, "-m", "still here")
    theirs = "main" if ours == "renamed" else "renamed"
    desk.git("switch", "-q", "-C", "result", ours)
    git(desk.root, "merge", "-q", "--no-edit", theirs, code=None)
    desk.tkt("repair", code=None)
    git(desk.root, "commit", "-q", "--no-edit", code=None)
    places = [path for path in desk.git("ls-files", "tickets").split() if path.endswith(".yaml")]
    assert sorted(Path(path).stem for path in places) == sorted(
        {origin.active, origin.resolved, origin.closed}
    )
    assert f"tickets/answered/{origin.resolved}.yaml" in places
    assert f"tickets/resolved/{origin.active}.yaml" in places
    assert "still here" in desk.path(origin.resolved).read_text()
    # then `check` says what is left: one directory is no status any more
    told = desk.tkt("check", code=1).err
    assert "tickets/resolved: resolved is not a status, its tickets are not read" in told
    assert "merge" not in {it["code"] for it in desk.json("check", code=1)["problems"]}
    assert desk.tkt("repair").out.strip() == "nothing to repair"


# a branch that was squashed


def test_a_squashed_branch_is_merged_again_without_a_double_event(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = origin.cloned(tmp_path / "desk", capsys)
    desk.git("switch", "-q", "-c", "side")
    desk.tkt("note", origin.active, "-m", "one")
    desk.tkt("resolve", origin.active, "--code", "answered", "--cause", "unknown", "-m", "x", "--reply", "y")
    desk.git("switch", "-q", "main")
    desk.git("merge", "-q", "--squash", "side")
    desk.git("commit", "-qm", "all of side at once")
    assert desk.json("check", "--changed-since", "HEAD~1")["errors"] == 0
    audited = desk.json("audit", "HEAD~1..HEAD", code=None)
    assert {it["rule"] for it in audited["findings"]} <= {"back-dated", "response-time"}  # the test's clock
    # when both go on
    desk.at("2026-11-16T03:10:00Z").tkt("note", origin.active, "-m", "two")
    desk.git("switch", "-q", "side")
    desk.at("2026-11-16T03:20:00Z").tkt("note", origin.active, "-m", "three")
    trees = set()
    for ours, theirs in (("main", "side"), ("side", "main")):
        desk.git("switch", "-q", "-C", "result", ours)
        git(desk.root, "merge", "-q", "--no-edit", theirs, code=None)
        desk.tkt("repair")
        git(desk.root, "commit", "-q", "--no-edit", code=None)
        trees.add(desk.git("rev-parse", "HEAD^{tree}"))
        assert notes_of(desk, origin.active) == [
            "one",
            "two",
            "three",
        ]
        assert desk.json("check")["errors"] == 0
    assert len(trees) == 1


def test_a_rebase_onto_a_squash_of_the_same_branch(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given a branch whose first half the remote has squashed
    desk = origin.cloned(tmp_path / "desk", capsys)
    for words in ("one", "two"):
        desk.tkt("note", origin.active, "-m", words)
    other = DeskAtWork(tmp_path / "other", capsys, now="2026-11-16T03:05:00Z")
    git(tmp_path, "clone", "-q", str(desk.root), "other")
    other.git("reset", "-q", "--soft", "HEAD~2")
    other.git("commit", "-qm", "one and two")
    other.git("push", "-q", str(origin.git), "HEAD:main")
    desk.at("2026-11-16T03:10:00Z").tkt(
        "resolve", origin.active, "--code", "answered", "--cause", "unknown", "-m", "x", "--reply", "y"
    )
    told = desk.json("sync", "--rebase")
    assert told["waiting"] == 0
    assert desk.git("rev-list", "--merges", "--count", "HEAD").strip() == "0"
    found = desk.json("show", origin.active)
    assert found["status"] == "resolved"
    assert notes_of(desk, origin.active) == ["one", "two"]
    assert desk.json("check")["errors"] == 0
    assert desk.git("status", "--porcelain") == ""


# where HEAD is no ordinary branch


def test_a_detached_head_is_read_and_not_written(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = origin.cloned(tmp_path / "desk", capsys)
    desk.git("switch", "-q", "--detach")
    before = state(desk)
    for words in (
        ("check",),
        ("repair",),
        ("diff", "HEAD~1"),
        ("audit", "HEAD~1..HEAD"),
        ("sync", "--forecast", "main"),
    ):
        assert "error:" not in desk.tkt(*words, code=None).err, words
    for words in (("sync",), ("note", origin.active, "-m", "x")):
        assert "HEAD is detached" in desk.tkt(*words, code=2).err
    assert state(desk) == before


def test_a_desk_without_a_commit(origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = origin.cloned(tmp_path / "desk", capsys)
    desk.git("update-ref", "-d", "HEAD")
    desk.git("rm", "-rq", "--cached", ".")
    for words in (
        ("check",),
        ("repair",),
        ("diff",),
        ("check", "--fix", "--dry-run"),
        ("log",),
        ("report", "kpi"),
    ):
        assert "error:" not in desk.tkt(*words, code=None).err, words
    for words in (
        ("sync",),
        ("sync", "--forecast", "HEAD"),
        ("check", "--changed-since", "HEAD"),
        ("diff", "HEAD"),
    ):
        error = desk.tkt(*words, "--json", code=2).error
        assert (error["message"], error["hint"]) == ("there is no commit yet", "git add -A && git commit"), (
            words
        )
    assert desk.tkt("audit", "--json", code=2).error["hint"] == "git add -A && git commit"
    assert "not one of tkt's" in desk.tkt("undo", code=1).err


@pytest.mark.parametrize("words", [("check",), ("repair",), ("sync",), ("diff",), ("audit",)])
def test_a_bare_repository_is_no_desk(
    origin: Origin, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    bare = DeskAtWork(origin.git, capsys)
    assert "no desk here" in bare.tkt(*words, code=2).err


def test_a_linked_worktree_has_its_own_merge(
    origin: Origin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = origin.cloned(tmp_path / "desk", capsys)
    desk.git("branch", "side")
    desk.git("worktree", "add", "-q", str(tmp_path / "tree"), "side")
    tree = DeskAtWork(tmp_path / "tree", capsys, now="2026-11-16T03:10:00Z")
    desk.tkt("note", origin.active, "-m", "one")
    tree.tkt("note", origin.active, "-m", "two")
    git(tree.root, "merge", "-q", "main", code=1)
    # the merge is the worktree's alone
    assert desk.tkt("repair").out.strip() == "nothing to repair"
    desk.tkt("tag", origin.active, "x")
    assert "put together" in tree.tkt("repair").out
    tree.git("commit", "-q", "--no-edit")
    assert notes_of(tree, origin.active) == ["one", "two"]
    assert tree.json("check")["errors"] == 0
    assert tree.json("diff", "main..HEAD")["tickets"]
