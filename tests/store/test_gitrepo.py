"""How does tkt commit, look and take back, in real repositories?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from gitdesk import IDENTITY, git, hook, staged, write

from tkt.errors import Bug, Conflict, GitError
from tkt.i18n import render
from tkt.store.gitclone import branch_of
from tkt.store.gitrepo import GitRepo, commit_message, state

TICKET = "tickets/new/261121-K7Q2M.yaml"
MOVED = "tickets/closed/2026-11/261121-K7Q2M.yaml"
BODY = "id: 261121-K7Q2M\ntitle: 开票时报错\n" + "".join(f"line{n}: {n}\n" for n in range(20))


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """A repository with one commit: a file of somebody else's and a ticket."""
    repo = GitRepo.init(tmp_path, identity=IDENTITY)
    write(tmp_path, "other.txt", "one\n")
    write(tmp_path, TICKET, BODY)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    return repo


def opened(root: Path) -> GitRepo:
    repo = GitRepo.of(root)
    assert repo is not None
    return repo


def moved(repo: GitRepo) -> tuple[str, str]:
    """Move the ticket and add a line, as a command does."""
    write(repo.root, MOVED, BODY + "resolution: done\n")
    (repo.root / TICKET).unlink()
    return TICKET, MOVED


def names_in(folder: Path, *args: str) -> list[str]:
    return (
        git(folder, "show", "-z", "--format=", "--name-status", "--no-renames", *args)
        .replace("\0", " ")
        .split()
    )


def status(folder: Path) -> str:
    return git(folder, "status", "--porcelain", "--untracked-files=all")


# one commit of its own paths


def test_a_commit_holds_its_own_paths_and_what_else_is_staged_stays_staged(repo: GitRepo) -> None:
    # given a staged, an edited and a new file of somebody else
    write(repo.root, "other.txt", "two\n")
    git(repo.root, "add", "other.txt")
    write(repo.root, "other.txt", "three\n")
    write(repo.root, "new.txt", "new\n")
    # when a ticket is changed and another one is new
    write(repo.root, TICKET, BODY + "x: 1\n")
    write(repo.root, "tickets/new/261121-AAAAA.yaml", "id: 261121-AAAAA\n")
    sha = repo.commit([TICKET, "tickets/new/261121-AAAAA.yaml"], "two tickets\n")
    # then the commit holds these, and the rest is as it was
    assert sha == repo.head()
    assert names_in(repo.root) == ["A", "tickets/new/261121-AAAAA.yaml", "M", TICKET]
    assert status(repo.root) == "MM other.txt\n?? new.txt\n"
    assert git(repo.root, "show", ":other.txt") == "two\n"


def test_a_move_is_a_rename_in_the_log(repo: GitRepo) -> None:
    repo.commit(moved(repo), "moved\n")
    shown = git(repo.root, "log", "-1", "-M", "--name-status", "--format=")
    assert shown.split() == ["R093", TICKET, MOVED]
    assert repo.is_clean()


def test_a_part_of_a_file_that_was_staged_does_not_come_apart(repo: GitRepo) -> None:
    # given a ticket whose file has a staged change, and a later one
    write(repo.root, TICKET, BODY + "a: 1\n")
    git(repo.root, "add", TICKET)
    write(repo.root, TICKET, BODY + "a: 1\nb: 2\n")
    repo.commit([TICKET], "all of it\n")
    assert repo.file_at("HEAD", TICKET) == (BODY + "a: 1\nb: 2\n").encode()
    assert repo.is_clean()


def test_the_first_commit_of_all_may_be_ours(tmp_path: Path) -> None:
    # given an unborn branch with something staged
    repo = GitRepo.init(tmp_path, identity=IDENTITY)
    assert (repo.head(), repo.branch(), repo.last_commit()) == (None, "main", None)
    write(tmp_path, "other.txt", "one\n")
    git(tmp_path, "add", "other.txt")
    write(tmp_path, TICKET, BODY)
    repo.commit([TICKET], "first\n")
    assert names_in(tmp_path) == ["A", TICKET]
    assert status(tmp_path) == "A  other.txt\n"


def test_a_file_that_git_never_saw_may_have_moved(repo: GitRepo) -> None:
    # given a ticket made without a commit, and moved since (staged once, or not at all)
    for name in ("261121-AAAAA", "261121-BBBBB"):
        write(repo.root, f"tickets/new/{name}.yaml", name)
    git(repo.root, "add", "tickets/new/261121-BBBBB.yaml")
    paths = []
    for name in ("261121-AAAAA", "261121-BBBBB"):
        old, new = f"tickets/new/{name}.yaml", f"tickets/assigned/{name}.yaml"
        write(repo.root, new, name)
        (repo.root / old).unlink()
        paths += [old, new]
    repo.commit(paths, "both\n")
    assert names_in(repo.root) == [
        "A",
        "tickets/assigned/261121-AAAAA.yaml",
        "A",
        "tickets/assigned/261121-BBBBB.yaml",
    ]
    assert repo.is_clean()


def test_a_path_that_was_taken_out_of_the_index_alone_is_committed_as_gone(repo: GitRepo) -> None:
    git(repo.root, "rm", "-q", "--cached", TICKET)
    (repo.root / TICKET).unlink()
    repo.commit([TICKET], "gone\n")
    assert names_in(repo.root) == ["D", TICKET]


NAMES = [
    "-rf.yaml",
    "--all",
    "a b.yaml",
    "*.yaml",
    "[a-z]?.yaml",
    ":(top)x.yaml",
    ":!x.yaml",
    "工单.yaml",
    'quote".yaml',
    "back\\slash.yaml",
    "tab\there.yaml",
    "line\nend.yaml",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_itself_and_no_option_or_pattern(repo: GitRepo, name: str) -> None:
    # given files that a pattern would match, beside the one that is meant
    path = f"tickets/new/{name}"
    write(repo.root, "tickets/new/zz.yaml", "not meant")
    write(repo.root, "tickets/new/b1.yaml", "not meant")
    write(repo.root, path, "new")
    for at, expected in (("new", b"new"), ("changed", b"changed")):
        write(repo.root, path, at)
        repo.commit([path], "one\n")
        commit = repo.last_commit()
        assert commit is not None
        assert commit.paths == (path,)
        assert repo.file_at("HEAD", path) == expected
        assert repo.dirty([path]) == ()
    assert repo.dirty() == ("tickets/new/b1.yaml", "tickets/new/zz.yaml")
    write(repo.root, path, "again")
    assert repo.dirty([path]) == (path,)
    write(repo.root, path, "changed")
    repo.take_off_last_commit(commit)
    assert (repo.root / path).read_text() == "new"


def test_more_paths_than_a_command_line_has_room_for(repo: GitRepo) -> None:
    # given 600 tickets with long names, a third new, a third changed, a third gone
    def path(n: int) -> str:
        return f"tickets/new/{'long' * 40}-{n:04}.yaml"

    for n in range(400):
        write(repo.root, path(n), "old")
    git(repo.root, "add", ".")
    git(repo.root, "commit", "-q", "-m", "many")
    for n in range(200):
        (repo.root / path(n)).unlink()
    for n in range(200, 600):
        write(repo.root, path(n), "new")
    paths = [path(n) for n in range(600)]
    write(repo.root, "tickets/new/other.yaml", "not meant")
    assert set(repo.dirty(paths)) == set(paths)
    repo.commit(paths, "all\n")
    commit = repo.last_commit()
    assert commit is not None
    assert [letter for letter, _ in commit.changes] == ["D"] * 200 + ["M"] * 200 + ["A"] * 200
    assert repo.dirty() == ("tickets/new/other.yaml",)
    repo.take_off_last_commit(commit)
    assert len(list((repo.root / "tickets/new").glob("long*"))) == 400


def test_the_message_goes_in_as_it_is(repo: GitRepo) -> None:
    write(repo.root, TICKET, BODY + "x: 1\n")
    message = "subject\n\n# not a comment\n\n\n  indented\nTicket: x\n"
    repo.commit([TICKET], message)
    assert git(repo.root, "log", "-1", "--format=%B").rstrip("\n") == message.rstrip("\n")


def test_another_identity_may_sign_one_commit(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody")
    write(repo.root, TICKET, BODY + "x: 1\n")
    repo.commit([TICKET], "demo\n", identity=("演示", "demo@tkt.example"))
    assert git(repo.root, "log", "-1", "--format=%an <%ae> %cn <%ce>") == (
        "演示 <demo@tkt.example> 演示 <demo@tkt.example>\n"
    )


@pytest.mark.parametrize("folder", ["", "desk [a-z]*", "back\\\\slash"])
def test_where_a_ticket_lay_is_asked_of_head_index_and_disk_at_once(tmp_path: Path, folder: str) -> None:
    # given a desk somewhere in a repository, with a ticket that HEAD, index and disk have elsewhere
    GitRepo.init(tmp_path, identity=IDENTITY)
    root = tmp_path / folder
    write(root, TICKET, BODY)
    write(root, "tickets/new/261121-AAAAA.yaml", "another")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    write(root, "tickets/assigned/261121-K7Q2M.yaml", BODY)
    (root / TICKET).unlink()
    (root / "tickets/new/261121-AAAAA.yaml").unlink()
    git(tmp_path, "add", "-A")
    (root / "tickets/assigned/261121-K7Q2M.yaml").unlink()
    write(root, MOVED, BODY)
    repo = opened(root)
    # then all three places are told, and no other ticket's
    assert sorted(repo.dirty_copies(["261121-K7Q2M"])) == [
        "tickets/assigned/261121-K7Q2M.yaml",
        MOVED,
        TICKET,
    ]
    many = ["261121-K7Q2M", *(f"261121-{n:05}" for n in range(300))]
    assert sorted(repo.dirty_copies(many)) == sorted(repo.dirty_copies(["261121-K7Q2M"]))
    assert repo.dirty_copies([]) == ()
    assert repo.paths_at("HEAD", "tickets") == ("tickets/new/261121-AAAAA.yaml", TICKET)


# hooks, and commits that fail


def test_hooks_run_and_see_only_what_is_committed(repo: GitRepo) -> None:
    write(repo.root, "other.txt", "two\n")
    git(repo.root, "add", "other.txt")
    hook(repo.root, "pre-commit", "git diff --cached --name-only > hook.out")
    write(repo.root, TICKET, BODY + "x: 1\n")
    repo.commit([TICKET], "one\n")
    assert (repo.root / "hook.out").read_text() == f"{TICKET}\n"


def test_hooks_keep_their_language_and_what_they_mean_by_a_path(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    hook(repo.root, "pre-commit", "echo $LC_ALL > hook.out; git ls-files -- '*.txt' >> hook.out")
    write(repo.root, TICKET, BODY + "x: 1\n")
    repo.commit([TICKET], "one\n")
    assert (repo.root / "hook.out").read_text() == "zh_CN.UTF-8\nother.txt\n"


def test_a_hook_may_change_the_message(repo: GitRepo) -> None:
    hook(repo.root, "commit-msg", 'echo "Reviewed-by: hook" >> "$1"')
    write(repo.root, TICKET, BODY + "x: 1\n")
    repo.commit([TICKET], "one\n\nTicket: 261121-K7Q2M\n")
    commit = repo.last_commit()
    assert commit is not None
    assert commit.trailers == {"Ticket": ("261121-K7Q2M",), "Reviewed-by": ("hook",)}


def test_a_failing_hook_is_shown_and_leaves_the_index_as_it_was(repo: GitRepo) -> None:
    # given a staged file of somebody else and a staged half of the ticket
    write(repo.root, "other.txt", "two\n")
    write(repo.root, TICKET, BODY + "half: 1\n")
    git(repo.root, "add", ".")
    hook(repo.root, "pre-commit", "echo 'no tickets on a Friday 周五'; echo 'sorry' >&2; exit 1")
    before, at = staged(repo.root), repo.head()
    # when a move of that ticket is refused
    paths = moved(repo)
    with pytest.raises(GitError) as refused:
        repo.commit(paths, "moved\n")
    # then what the hook said is told, and nothing is staged or committed
    assert render(refused.value.message) == "git made no commit: no tickets on a Friday 周五\nsorry"
    assert staged(repo.root) == before
    assert repo.head() == at


def test_an_ignored_path_is_refused_by_git_and_nothing_stays_staged(repo: GitRepo) -> None:
    write(repo.root, ".git/info/exclude", "*-IGNOR.yaml\n")
    before = staged(repo.root)
    paths = ["tickets/new/261121-AAAAA.yaml", "tickets/new/261121-IGNOR.yaml"]
    for path in paths:
        write(repo.root, path, "x")
    with pytest.raises(GitError, match="ignored"):
        repo.commit(paths, "one\n")
    assert staged(repo.root) == before


def test_nothing_to_commit_is_an_error_of_the_caller(repo: GitRepo) -> None:
    with pytest.raises(GitError, match="nothing"):
        repo.commit([TICKET], "nothing\n")


# refusals by name


def refusal(repo: GitRepo) -> GitError:
    """What the question before a command says, and what the commit says: the same."""
    write(repo.root, TICKET, BODY + "x: 1\n")
    before, at = staged(repo.root), git(repo.root, "rev-parse", "--verify", "-q", "HEAD", check=False)
    with pytest.raises(GitError) as asked:
        repo.refuse_unless_ready()
    with pytest.raises(GitError) as tried:
        repo.commit([TICKET], "one\n")
    assert render(asked.value.message) == render(tried.value.message)
    assert staged(repo.root) == before
    assert git(repo.root, "rev-parse", "--verify", "-q", "HEAD", check=False) == at
    return tried.value


def test_no_identity_is_refused(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repo.root, "config", "--unset", "user.name")
    git(repo.root, "config", "--unset", "user.email")
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.delenv("EMAIL", raising=False)
    assert repo.user() is None
    error = refusal(repo)
    assert str(error) == "git does not know who you are, expected a name and a mail address"
    assert render(error.hint or "") == (
        'git config user.name "Your Name" && git config user.email you@example.com'
    )
    # but an identity may be given, by variables too
    repo.refuse_unless_ready(identity=IDENTITY)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Li Wei")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "li.wei@example.com")
    repo.commit([TICKET], "one\n")
    assert repo.user() == IDENTITY


def test_a_detached_head_is_refused(repo: GitRepo) -> None:
    git(repo.root, "checkout", "-q", "--detach")
    assert repo.branch() is None
    error = refusal(repo)
    assert "detached" in str(error)
    assert "git switch -c NAME" in str(error.hint)


def test_an_unfinished_merge_is_refused(repo: GitRepo) -> None:
    conflict(repo, "merge")
    assert "git merge --abort" in str(refusal(repo).hint)


def test_an_unfinished_rebase_is_refused_as_that_and_not_as_a_detached_head(repo: GitRepo) -> None:
    conflict(repo, "rebase")
    assert "rebase" in str(refusal(repo))


def test_an_unfinished_cherry_pick_is_refused(repo: GitRepo) -> None:
    conflict(repo, "cherry-pick")
    assert "git cherry-pick --abort" in str(refusal(repo).hint)


def conflict(repo: GitRepo, command: str) -> None:
    git(repo.root, "switch", "-q", "-c", "side")
    write(repo.root, "other.txt", "side\n")
    git(repo.root, "commit", "-q", "-a", "-m", "side")
    git(repo.root, "switch", "-q", "main")
    write(repo.root, "other.txt", "main\n")
    git(repo.root, "commit", "-q", "-a", "-m", "main")
    git(repo.root, command, "side", check=False)


def test_a_lock_on_the_index_that_stays_is_refused(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "LOCK_PATIENCE", 0.01)
    lock = write(repo.root, ".git/index.lock", "")
    error = refusal(repo)
    assert "another git command is at work" in str(error)
    assert render(error.hint or "") == f"if no git command is running: rm {lock}"


def test_a_bare_repository_is_refused(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare")
    with pytest.raises(GitError, match="bare repository"):
        opened(tmp_path).refuse_unless_ready()


def test_without_git_there_is_no_repository(tmp_path: Path) -> None:
    assert GitRepo.of(tmp_path) is None


def test_a_broken_repository_is_not_taken_for_none(tmp_path: Path) -> None:
    write(tmp_path, ".git", "gitdir: /nowhere/at/all\n")
    with pytest.raises(GitError, match="git refuses this repository"):
        GitRepo.of(tmp_path)


def test_a_repository_that_belongs_to_somebody_else_shows_what_git_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    GitRepo.init(tmp_path)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitError, match="dubious ownership"):
        GitRepo.of(tmp_path)


# where a repository may be


def test_a_worktree_has_a_file_for_a_git_directory(
    repo: GitRepo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    linked = tmp_path_factory.mktemp("linked") / "tree"
    git(repo.root, "worktree", "add", "-q", "-b", "side", str(linked))
    there = opened(linked)
    assert (there.branch(), repo.branch()) == ("side", "main")
    there.commit(moved(there), "moved\n")
    assert there.is_clean()
    assert repo.is_clean()
    assert there.rescue_folder == repo.root / ".git/tkt/rescue"
    commit = there.last_commit()
    assert commit is not None
    there.take_off_last_commit(commit)
    assert (linked / TICKET).read_text() == BODY


def test_a_submodule_has_a_file_for_a_git_directory(
    repo: GitRepo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outer = tmp_path_factory.mktemp("outer")
    git(outer, "init", "-q")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.root), "desk")
    inner = opened(outer / "desk")
    assert (outer / "desk/.git").is_file()
    inner.commit(moved(inner), "moved\n", identity=IDENTITY)
    assert names_in(outer / "desk") == ["A", MOVED, "D", TICKET]
    assert inner.state_folder == outer / ".git/modules/desk/tkt/desk"


def test_two_desks_share_a_repository(repo: GitRepo) -> None:
    # given two desks in folders whose names want quoting, each with a change
    one, two = opened_desk(repo, "客服 desk"), opened_desk(repo, "-it [x]")
    for desk in (one, two):
        write(desk.root, TICKET, BODY)
    assert one.dirty() == two.dirty() == (TICKET,)
    assert one.state_folder != two.state_folder
    # when one commits
    one.commit([TICKET], "one\n")
    # then paths are its own, and the other's change stays
    commit = one.last_commit()
    assert commit is not None
    assert commit.changes == (("A", TICKET),)
    assert one.is_clean()
    assert two.dirty() == (TICKET,)
    assert one.file_at("HEAD", TICKET) == BODY.encode()
    assert two.file_at("HEAD", TICKET) is None
    assert [it.path for it in one.work_changes("HEAD~1")] == [TICKET]
    assert [it.path for it in two.work_changes("HEAD")] == [TICKET]
    # and the other one cannot take it off
    seen_by_two = two.last_commit()
    assert seen_by_two is not None
    assert seen_by_two.paths == (f"../客服 desk/{TICKET}",)
    with pytest.raises(GitError, match="not of this desk"):
        two.take_off_last_commit(seen_by_two)
    one.take_off_last_commit(commit)
    assert not (one.root / TICKET).exists()
    assert two.dirty() == (TICKET,)


def opened_desk(repo: GitRepo, folder: str) -> GitRepo:
    (repo.root / folder).mkdir()
    return opened(repo.root / folder)


def test_a_hook_of_another_repository_does_not_mislead(
    repo: GitRepo, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given what git tells a hook of quite another repository
    other = GitRepo.init(tmp_path_factory.mktemp("other"), identity=("Other", "other@example.com"))
    write(other.root, "x", "x")
    git(other.root, "add", "x")
    before = staged(other.root)
    for name, value in {
        "GIT_DIR": ".git",
        "GIT_WORK_TREE": str(other.root),
        "GIT_INDEX_FILE": str(other.root / ".git/index"),
        "GIT_OBJECT_DIRECTORY": str(other.root / ".git/objects"),
        "GIT_PREFIX": "sub/",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(other.root)
    # when tkt works on its desk
    there = opened(repo.root)
    assert (there.head(), there.user()) == (repo.head(), IDENTITY)
    there.commit(moved(there), "moved\n")
    # then it did so there, and the other repository is untouched
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"):
        monkeypatch.delenv(name)
    assert names_in(repo.root) == ["A", MOVED, "D", TICKET]
    assert opened(repo.root).is_clean()
    assert git(repo.root, "fsck", "--strict", "--no-dangling") == ""
    assert staged(other.root) == before
    assert other.head() is None


def test_a_hook_of_this_repository_keeps_the_index_that_is_being_committed(repo: GitRepo) -> None:
    # given a hook that asks tkt what is staged
    code = (
        "from pathlib import Path; from tkt.store.gitrepo import GitRepo; "
        "repo = GitRepo.of(Path('.')); print(repo.branch(), repo._run('diff-index', '--cached', '--name-status', 'HEAD').text)"
    )
    hook(repo.root, "pre-commit", f'{sys.executable} -c "{code}" > hook.out')
    write(repo.root, "other.txt", "two\n")
    git(repo.root, "add", "other.txt")
    repo.commit(moved(repo), "moved\n")
    assert (repo.root / "hook.out").read_text().split() == ["main", "A", MOVED, "D", TICKET]


def test_a_user_s_own_pathspec_variables_change_nothing(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_LITERAL_PATHSPECS", "GIT_NOGLOB_PATHSPECS"):
        monkeypatch.setenv(name, "1")
    opened(repo.root).commit(moved(repo), "moved\n")
    assert opened(repo.root).is_clean()


# looking


def test_dirty_names_what_differs_from_the_last_commit(repo: GitRepo) -> None:
    assert repo.is_clean()
    write(repo.root, TICKET, BODY + "x: 1\n")
    write(repo.root, "tickets/new/261121-AAAAA.yaml", "new")
    write(repo.root, "other.txt", "two\n")
    git(repo.root, "add", "other.txt")
    assert repo.dirty() == ("other.txt", TICKET, "tickets/new/261121-AAAAA.yaml")
    assert repo.dirty([TICKET, "tickets/new/261121-BBBBB.yaml"]) == (TICKET,)
    assert repo.dirty([]) == ()
    assert not repo.is_clean()


def test_to_look_takes_no_lock(repo: GitRepo) -> None:
    write(repo.root, ".git/index.lock", "")
    write(repo.root, TICKET, BODY + "x: 1\n")
    assert repo.dirty() == (TICKET,)


def test_a_branch_has_its_name_though_a_tag_has_the_same(repo: GitRepo) -> None:
    git(repo.root, "tag", "main")
    assert repo.branch() == branch_of(repo.root) == "main"


def test_changes_since_a_revision_are_those_of_this_branch_and_its_working_tree(repo: GitRepo) -> None:
    # given a side branch with a commit, a staged, an edited and a new file, and a main that went on
    git(repo.root, "switch", "-q", "-c", "side")
    repo.commit(moved(repo), "moved\n")
    write(repo.root, "staged.txt", "x")
    git(repo.root, "add", "staged.txt")
    write(repo.root, "新.txt", "x")
    git(
        repo.root,
        "branch",
        "-f",
        "main",
        git(repo.root, "commit-tree", "-p", "main", "-m", "on", "main^{tree}").strip(),
    )
    changed = repo.work_changes(repo.left_at("main"))
    assert [it.path for it in changed] == ["staged.txt", MOVED, TICKET, "新.txt"]


@pytest.mark.parametrize("rev", ["nothing", "--all", "-h", "HEAD:other.txt", ""])
def test_a_revision_that_is_none_is_refused(repo: GitRepo, rev: str) -> None:
    for ask in (repo.left_at, repo.resolved, lambda r: repo.file_at(r, TICKET)):
        with pytest.raises(GitError, match="git knows no commit"):
            ask(rev)


def test_a_file_is_read_as_it_was(repo: GitRepo) -> None:
    write(repo.root, "crlf.yaml", "")
    (repo.root / "crlf.yaml").write_bytes(b"a\r\n\xff\0\n\n")
    first = repo.head() or ""
    repo.commit(["crlf.yaml"], "bytes\n")
    assert repo.file_at("HEAD", "crlf.yaml") == b"a\r\n\xff\0\n\n"
    assert repo.file_at(first, "crlf.yaml") is None
    assert repo.file_at("HEAD", "tickets") is None


def test_the_last_commit_is_told_with_its_trailers_and_paths(repo: GitRepo) -> None:
    message = commit_message("new → closed", action="close", tickets=["261121-K7Q2M"])
    sha = repo.commit(moved(repo), message)
    commit = repo.last_commit()
    assert commit is not None
    assert (commit.sha, commit.author) == (sha, IDENTITY[1])
    assert commit.parents == (git(repo.root, "rev-parse", "HEAD~1").strip(),)
    assert commit.message.splitlines()[0] == "261121-K7Q2M: new → closed"
    assert commit.trailers == {"Ticket": ("261121-K7Q2M",), "Action": ("close",)}
    assert commit.changes == (("A", MOVED), ("D", TICKET))


def test_a_file_that_is_named_like_a_revision_confuses_nothing(repo: GitRepo) -> None:
    write(repo.root, "HEAD", "x")
    repo.commit(["HEAD"], "head\n")
    commit = repo.last_commit()
    assert commit is not None
    assert commit.paths == ("HEAD",)


def test_pushed_is_what_a_remote_branch_or_a_tag_holds(
    repo: GitRepo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = repo.head() or ""
    assert not repo.is_pushed(first)
    remote = tmp_path_factory.mktemp("remote")
    git(remote, "init", "-q", "--bare")
    git(repo.root, "remote", "add", "origin", str(remote))
    git(repo.root, "push", "-q", "origin", "main")
    second = repo.commit(moved(repo), "moved\n")
    assert (repo.is_pushed(first), repo.is_pushed(second)) == (True, False)
    git(repo.root, "tag", "v1")
    assert repo.is_pushed(second)


# taking the last commit off


def test_the_last_commit_is_taken_off_and_other_work_stays(repo: GitRepo) -> None:
    # given a commit that moved one ticket and made another, and other work, staged and not
    first = repo.head()
    write(repo.root, "tickets/new/261121-AAAAA.yaml", "new")
    repo.commit([*moved(repo), "tickets/new/261121-AAAAA.yaml"], "moved\n")
    write(repo.root, "other.txt", "two\n")
    git(repo.root, "add", "other.txt")
    write(repo.root, "other.txt", "three\n")
    write(repo.root, "new.txt", "new\n")
    # when it is taken off
    commit = repo.last_commit()
    assert commit is not None
    repo.take_off_last_commit(commit)
    # then the tickets are as they were, and the other work is as it is
    assert repo.head() == first
    assert (repo.root / TICKET).read_text() == BODY
    assert not (repo.root / MOVED).exists()
    assert status(repo.root) == "MM other.txt\n?? new.txt\n"
    assert git(repo.root, "show", ":other.txt") == "two\n"


def refused_take_off(repo: GitRepo) -> GitError | Conflict:
    commit = repo.last_commit()
    assert commit is not None
    before = status(repo.root)
    with pytest.raises((GitError, Conflict)) as refused:
        repo.take_off_last_commit(commit)
    assert repo.head() == commit.sha
    assert status(repo.root) == before
    return refused.value  # type: ignore[return-value]


def test_the_first_commit_a_merge_and_a_pushed_one_are_not_taken_off(repo: GitRepo) -> None:
    assert "the first one" in str(refused_take_off(repo))
    git(repo.root, "switch", "-q", "-c", "side")
    repo.commit(moved(repo), "moved\n")
    git(repo.root, "switch", "-q", "main")
    git(repo.root, "merge", "-q", "--no-ff", "-m", "merge", "side")
    assert "is a merge" in str(refused_take_off(repo))
    git(repo.root, "switch", "-q", "side")
    git(repo.root, "update-ref", "refs/remotes/origin/side", "HEAD")
    assert "is pushed" in str(refused_take_off(repo))


@pytest.mark.parametrize("edit", ["changed", "staged", "put back"])
def test_a_commit_whose_paths_changed_since_is_not_taken_off(repo: GitRepo, edit: str) -> None:
    repo.commit(moved(repo), "moved\n")
    path = TICKET if edit == "put back" else MOVED
    write(repo.root, path, "somebody's work")
    if edit == "staged":
        git(repo.root, "add", path)
    error = refused_take_off(repo)
    assert (error.code, error.path) == ("conflict", path)
    assert (repo.root / path).read_text() == "somebody's work"


def test_a_commit_that_is_not_the_last_any_more_is_not_taken_off(repo: GitRepo) -> None:
    repo.commit(moved(repo), "moved\n")
    commit = repo.last_commit()
    assert commit is not None
    git(repo.root, "commit", "-q", "--allow-empty", "-m", "later")
    with pytest.raises(GitError, match="not the last one"):
        repo.take_off_last_commit(commit)


def test_during_a_merge_nothing_is_taken_off(repo: GitRepo) -> None:
    conflict(repo, "merge")
    assert "merge" in str(refused_take_off(repo))


# making a repository


def test_a_new_repository_has_its_own_identity_and_does_not_sign_with_the_user_s_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "config", "--global", "commit.gpgsign", "true")
    monkeypatch.setenv("GIT_DIR", "/elsewhere/.git")
    repo = GitRepo.init(tmp_path, identity=("演示", "demo@tkt.example"))
    write(tmp_path, TICKET, BODY)
    repo.commit([TICKET], "first\n")
    monkeypatch.delenv("GIT_DIR")
    assert git(tmp_path, "log", "-1", "--format=%an %ae %D") == "演示 demo@tkt.example HEAD -> main\n"


def test_a_user_s_own_name_for_the_first_branch_is_kept(tmp_path: Path) -> None:
    git(tmp_path, "config", "--global", "init.defaultBranch", "trunk")
    assert GitRepo.init(tmp_path).branch() == "trunk"


# messages


def test_a_message_names_one_ticket_first_and_all_in_trailers() -> None:
    assert commit_message("assigned → in-progress", action="move", tickets=["261121-K7Q2M"]) == (
        "261121-K7Q2M: assigned → in-progress\n\nTicket: 261121-K7Q2M\nAction: move\n"
    )
    assert commit_message("set owner", action="set", tickets=["261121-K7Q2M", "261121-AAAAA"]) == (
        "set owner\n\nTicket: 261121-K7Q2M\nTicket: 261121-AAAAA\nAction: set\n"
    )
    many = commit_message("import 421 tickets", action="import", tickets=["261121-K7Q2M"] * 421)
    assert many == "import 421 tickets\n\nTickets: 421\nAction: import\n"


def test_a_message_says_that_the_commit_holds_more_than_the_command_s_own() -> None:
    assert commit_message("note", action="note", tickets=["261121-K7Q2M"], hand_edits=True) == (
        "261121-K7Q2M: note\n\nTicket: 261121-K7Q2M\nAction: note\nHand-edits: yes\n"
    )


@pytest.mark.parametrize("text", ["[skip ci]", "Closes #12", "two\nlines", "@everybody", "cc <a@b>", ""])
def test_a_message_never_holds_what_a_forge_acts_on(text: str) -> None:
    with pytest.raises(Bug):
        commit_message(text, action="note")


# cost


def test_gitpython_is_loaded_by_the_first_command_and_not_before(repo: GitRepo) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from tkt.store.gitrepo import GitRepo; from tkt.store.gitquick import quick_user_email\n"
        "repo = GitRepo.of(Path('.')); quick_user_email(Path('.')); repo.user(); repo.state_folder\n"
        "assert 'git' not in sys.modules\n"
        "repo.head()\n"
        "assert 'git' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=repo.root, check=True)
