"""Can commands work in this desk: is it readable, in a repository at rest, and do others get to see it?"""

from __future__ import annotations

import shlex

from tkt.doctor.finding import Finding, broken, fine, from_error, poor
from tkt.doctor.surroundings import Surroundings
from tkt.hooks import Standing, state
from tkt.i18n import msg, msgn
from tkt.render.people import person_line
from tkt.store.gitclone import remotes, upstream
from tkt.store.gitquick import quick_identity
from tkt.store.gitrepo.state import bare, detached, locked_index
from tkt.store.gitrepo.state import unfinished as unfinished_in


def configuration(around: Surroundings) -> Finding:
    """Whether the desk says what it is."""
    if around.config is None:
        count = len(around.config_error.problems) if around.config_error else 1
        told = msgn(
            "the configuration has {count} fault, and no command works before it is right",
            "the configuration has {count} faults, and no command works before it is right",
            count,
        )
        return broken("configuration", told, msg("tkt check"))
    return fine(
        "configuration", msg("desk {name} in {path}", name=around.config.desk.name, path=str(around.root))
    )


def repository(around: Surroundings) -> Finding | None:
    """Whether there is a repository that takes commits, and on which branch."""
    if around.git is None:
        return None
    if around.git_error is not None:
        return from_error("repository", around.git_error)
    if around.repo is None:
        told = msg("no git repository here: changes are written, and nobody commits them")
        return poor("repository", told, msg("git init"))
    without_tree = bare(around.repo.place)
    if without_tree is not None:
        return from_error("repository", without_tree)
    if around.branch is None and unfinished_in(around.repo.place) is None:
        return from_error("repository", detached())
    return fine(
        "repository",
        msg(
            "repository {path}, branch {branch}",
            path=str(around.repo.place.top),
            branch=around.branch or "–",
        ),
    )


def unfinished(around: Surroundings) -> Finding | None:
    """A merge that somebody began."""
    found = unfinished_in(around.repo.place) if around.repo else None
    return from_error("merge", found) if found else None


def lock(around: Surroundings) -> Finding | None:
    """What a git command that died has left."""
    found = locked_index(around.repo.place) if around.repo else None
    return from_error("lock", found) if found else None


def person(around: Surroundings) -> Finding | None:
    """Who of the desk's people that is, whom git knows."""
    identity = quick_identity(around.here) if around.git is not None else None
    if around.config is None or identity is None:
        return None
    name, mail = identity
    known = next((each for each in around.config.persons.values() if each.has_mail(mail)), None)
    if known is not None:
        told = msg("here you are {name} ({id} in config/people.yaml)", name=known.name, id=known.id)
        return fine("person", told)
    return poor(
        "person",
        msg("nobody in config/people.yaml has the address {mail}", mail=mail),
        msg("add to `people:` there: {line}", line=person_line(name, mail)),
    )


def remote(around: Surroundings) -> Finding | None:
    """Where the work goes."""
    if around.repo is None or around.branch is None:
        return None
    followed, names = upstream(around.here, around.branch), remotes(around.here)
    if followed is not None:
        told = msg("branch {branch} follows {followed}", branch=around.branch, followed=followed)
        return fine("remote", told)
    branch = shlex.quote(around.branch)
    if not names:
        told = msg("no remote: nobody else sees this desk, and it is nowhere but here")
        push = msg("git remote add origin URL && git push -u origin {branch}", branch=branch)
        return poor("remote", told, push)
    told = msg("branch {branch} follows no branch of {remote}", branch=around.branch, remote=names[0])
    push = msg("git push -u {remote} {branch}", branch=branch, remote=shlex.quote(names[0]))
    return poor("remote", told, push)


def hooks(around: Surroundings) -> Finding | None:
    """Whether the desk's own programs run here."""
    found = state(around.here, around.repo)
    count = len(found.hooks)
    if found.standing is Standing.NONE:
        return None
    if found.standing is Standing.TRUSTED:
        return fine(
            "hooks", msgn("{count} hook of config/hooks/ runs", "{count} hooks of config/hooks/ run", count)
        )
    told = msgn(
        "{count} hook of config/hooks/ does not run: nobody has allowed it here",
        "{count} hooks of config/hooks/ do not run: nobody has allowed them here",
        count,
    )
    if found.standing is Standing.CHANGED:
        told = msg("the hooks of config/hooks/ do not run: they are not what was allowed here")
    return poor("hooks", told, msg("look at them, then: tkt trust"))
