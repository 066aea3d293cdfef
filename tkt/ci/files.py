"""What does a forge run for a desk? Its files, made from templates/ci/, with comments in the desk's language."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import asdict

from tkt.errors import UsageError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.late import late
from tkt.model import Person

FORGES = ("github", "gitlab", "gitea")
ROBOT_ID = "tkt-bot"
PRE_COMMIT = ".pre-commit-config.yaml"

_WORKFLOWS = ("pull-request", "schedule", "merge", "pages")
_BRANCH = late(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_MARKS = {
    "variable_start_string": "[[",
    "variable_end_string": "]]",
    "block_start_string": "[%",
    "block_end_string": "%]",
    "comment_start_string": "[#",
    "comment_end_string": "#]",
}


@dataclass(frozen=True, slots=True)
class Robot:
    """Whose name stands on what CI commits."""

    name: str
    mail: str


ROBOTS: Mapping[str, Robot] = {
    "github": Robot("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com"),
    "gitlab": Robot("tkt", "tkt-bot@noreply.invalid"),
    "gitea": Robot("tkt", "tkt-bot@noreply.invalid"),
}
"""By forge; where the desk has no bot of its own."""


def robot_person(forge: str) -> Person:
    """The robot as one of the desk's people."""
    robot = ROBOTS[forge]
    return Person(id=ROBOT_ID, name=robot.name, email=robot.mail, kind="bot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the files are made of.

    `branch` is the desk's, `folder` the desk's place in its repository (empty: the top), `package` what
    pip installs tkt from (empty: a variable of the forge says so).
    """

    forge: str
    language: str
    branch: str
    folder: str = ""
    package: str = ""
    people: tuple[Person, ...] = ()
    lead: Person | None = None

    @property
    def robot(self) -> Robot:
        """The first bot of the desk that has a mail address, else the forge's own."""
        bots = (Robot(it.name, it.email) for it in self.people if it.kind == "bot" and it.email)
        return next(bots, ROBOTS[self.forge])


def ci_files(facts: Facts) -> dict[str, str]:
    """Path from the top of the repository → text. Errors: UsageError, PageError."""
    if not _BRANCH.fullmatch(facts.branch):
        raise UsageError(
            msg(
                "branch {name} cannot stand in a CI file, expected letters, digits and . _ - /",
                name=facts.branch,
            ),
            hint=msg("git branch -m main"),
        )
    made = {path: _text(template, facts) for path, template in templates_of(facts.forge).items()}
    return {path: made[path] for path in sorted(made)}


def templates_of(forge: str) -> dict[str, str]:
    """Path from the top of the repository → the template below templates/ci/ that makes it."""
    common = {PRE_COMMIT: "pre-commit-config.yaml", f".{forge}/CODEOWNERS": "codeowners"}
    if forge == "gitlab":
        return {**common, ".gitlab-ci.yml": "gitlab/gitlab-ci.yml", ".gitlab/tkt.yml": "gitlab/tkt.yml"}
    workflows = {f".{forge}/workflows/tkt-{name}.yml": f"actions/{name}.yml" for name in _WORKFLOWS}
    return {**common, **workflows}


def _text(template: str, facts: Facts) -> str:
    from tkt.defaults import in_one_language
    from tkt.render.pages import filled

    values = {
        "forge": facts.forge,
        "language": facts.language,
        "branch": facts.branch,
        "folder": facts.folder,
        "inside": f"{facts.folder}/" if facts.folder else "",
        "package": facts.package,
        "robot": asdict(facts.robot),
        "lead": None
        if facts.lead is None
        else {"id": facts.lead.id, "name": facts.lead.name, "mail": facts.lead.email},
        "handle": "NAME",
    }
    filters = {"yaml": quoted_scalar, "shell": shlex.quote}
    page = filled(f"ci/{template}.j2", values, filters=filters, marks=_MARKS)
    return in_one_language(page.strip("\n").split("\n"), facts.language)


def quoted_scalar(text: str) -> str:
    """A double-quoted scalar, which JSON and YAML write alike."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
