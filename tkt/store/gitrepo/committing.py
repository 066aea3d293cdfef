"""How do exactly our own paths become one commit?

What else is staged stays staged; where nothing else is, less is asked of git (`plainly`). Hooks and
signing are the user's, and so is the language in which they speak. When the commit fails, the index is
what it was; when git made it and failed only then, it is made.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tkt.errors import GitError
from tkt.i18n import msg
from tkt.store.gitquick import Identity
from tkt.store.gitrepo import apart, looking, overlooked, plainly
from tkt.store.gitrepo.comparing import is_on_disk
from tkt.store.gitrepo.looking import Commit
from tkt.store.gitrepo.running import Runner, told_of_git


def commit_paths(run: Runner, paths: Iterable[str], message: str, identity: Identity | None) -> str:
    """Commit the working copies of `paths` (written, new or gone) and nothing else; its sha.

    `identity` overrides who git was told commits. Errors: GitError with what git and its hooks said.
    """
    wanted = tuple(dict.fromkeys(paths))
    plain = plainly.plain_head(run, wanted)
    sha = None if plain is None else _committed_plainly(run, plain, wanted, message, identity)
    if sha is None:
        overlooked.refuse(run, wanted)
    if sha is None and apart.can_be_apart(run, looking.head(run), wanted):
        sha = _committed_apart(run, wanted, message, identity)
    return sha or _committed_alone(run, wanted, message, identity)


def _committed_plainly(
    run: Runner, before: str, wanted: tuple[str, ...], message: str, identity: Identity | None
) -> str | None:
    """As plainly.commit_plainly, and the index what it was where that fails."""
    try:
        return plainly.commit_plainly(run, before, wanted, lambda: _commit(run, None, message, identity))
    except BaseException:  # an interruption too must not leave our paths staged
        made = _made_since(run, before, wanted)
        if made is not None:
            return made.sha
        plainly.unstage(run, wanted)
        raise


def _committed_apart(run: Runner, wanted: tuple[str, ...], message: str, identity: Identity | None) -> str:
    """The same for thousands of paths."""
    before, was = looking.head(run), apart.staged(run, wanted)
    try:
        apart.commit_apart(run, wanted, lambda env: _commit(run, None, message, identity, env))
    except BaseException:  # an interruption too must not leave our paths staged
        made = _made_since(run, before, wanted)
        if made is not None:
            return made.sha
        apart.restore(run, wanted, was)
        raise
    return run("rev-parse", "HEAD").text.strip()


def _committed_alone(run: Runner, wanted: tuple[str, ...], message: str, identity: Identity | None) -> str:
    """Whatever else is staged stays staged."""
    before = looking.head(run)
    known = _known(run, wanted)
    new = [path for path in wanted if path not in known and is_on_disk(run, path)]
    gone_unseen = {path for path in wanted if path not in known} - set(new)
    try:
        if new:
            run("add", "--intent-to-add", *outside_too(run), *_FROM_STDIN, stdin=run.listed(new))
        _commit(run, [path for path in wanted if path not in gone_unseen], message, identity)
    except BaseException:  # an interruption too must not leave our paths staged
        made = _made_since(run, before, wanted)
        if made is not None:
            run("restore", "--staged", *_FROM_STDIN, stdin=run.listed(made.paths), check=False)
            return made.sha
        if new:
            run(
                "rm",
                "--cached",
                "--force",
                "--quiet",
                "--ignore-unmatch",
                *outside_too(run),
                *_FROM_STDIN,
                stdin=run.listed(new),
                check=False,
            )
        raise
    return run("rev-parse", "HEAD").text.strip()


def _made_since(run: Runner, before: str | None, paths: Iterable[str]) -> Commit | None:
    """The commit that git made all the same, before it died or found no room for its index."""
    commit = looking.last_commit(run)
    if commit is None or commit.sha == before or commit.parents != ((before,) if before else ()):
        return None
    return None if set(commit.paths).isdisjoint(paths) else commit


_FROM_STDIN = ("--pathspec-from-file=-", "--pathspec-file-nul")


def _commit(
    run: Runner,
    paths: Iterable[str] | None,
    message: str,
    identity: Identity | None,
    env: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Commit these paths alone; None: what is staged, in the index that `env` names. Errors: GitError."""
    with told_of_git(), tempfile.NamedTemporaryFile() as listed:  # standard input has the message
        listed.write(run.listed(paths or ()))
        listed.flush()
        alone = ("--only", f"--pathspec-from-file={listed.name}", "--pathspec-file-nul")
        answer = run(
            "commit",
            "--quiet",
            "--cleanup=verbatim",
            "--file=-",
            *(() if paths is None else alone),
            stdin=message.encode(),
            env={**language_of_the_user(), **_identity_variables(identity), **env},
            check=False,
        )
    if answer.status != 0:
        raise GitError(msg("git made no commit: {output}", output=answer.words))


def _known(run: Runner, paths: tuple[str, ...]) -> set[str]:
    """Those of `paths` that are in the index, or for those not on disk in HEAD."""
    listed = run("ls-files", "-z", "--", *run.named(paths))
    known = {run.outside(name) for name in listed.entries} & set(paths)
    gone = tuple(path for path in paths if path not in known and not is_on_disk(run, path))
    if gone and run("rev-parse", "--verify", "--quiet", "HEAD", check=False).status == 0:
        before = run("ls-files", "-z", "--with-tree=HEAD", "--", *run.named(gone))
        known |= {run.outside(name) for name in before.entries} & set(gone)
    return known


def language_of_the_user() -> dict[str, str]:
    """Undo the steady English: hooks and git speak to the user here (an empty value is none)."""
    return {name: os.environ.get(name, "") for name in ("LC_ALL", "LANGUAGE")}


def outside_too(run: Runner) -> tuple[str, ...]:
    """The option for `git add` and `git rm` in a sparse checkout: paths are meant that it leaves out."""
    return ("--sparse",) if run.is_sparse else ()


def _identity_variables(identity: Identity | None) -> dict[str, str]:
    if identity is None:
        return {}
    name, email = identity
    return {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", name), ("EMAIL", email))
    }
