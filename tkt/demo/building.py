"""How does the demo desk get onto the disk?"""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from pathlib import Path

from tkt.changes import Changes, FileEdit
from tkt.demo.cast import CUSTOMERS, MANAGER, PEOPLE
from tkt.demo.generating import demo_tickets
from tkt.desk import Desk
from tkt.frozen import dataclass
from tkt.newdesk import create_desk
from tkt.store.codec.writing import new_customer_text
from tkt.store.files import make_folder
from tkt.store.gitrepo import GitRepo, commit_message

NAME = {"en": "Yunzhang support (demo)", "zh": "云掌柜服务台（演示）"}
ZONE = "Asia/Shanghai"
BATCH = 5000
"""Tickets a commit: more would not fit into memory together."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The demo desk that was made."""

    root: Path
    tickets: int
    commit: str | None  # the last one


def build_demo(
    root: Path, *, tickets: int, seed: int, now: datetime, language: str, profile: str = "saas"
) -> Demo:
    """Make a demo desk in `root`, a repository of its own with an identity of its own, and commit it.

    `root` is a folder that is empty or not there; git needs to know nobody. Errors: as create_desk,
    GitError.
    """
    make_folder(root)
    paths = create_desk(
        root,
        profile=profile,
        language=language,
        name=NAME[language],
        zone=ZONE,
        people=PEOPLE,
        manager=MANAGER,
    )
    repo = GitRepo.init(root, identity=(PEOPLE[0].name, str(PEOPLE[0].email)))
    commit = repo.commit([path.as_posix() for path in paths], commit_message("demo desk", action="demo"))
    changes = Changes(desk=Desk.open(root), now=now)
    edits = _customers()
    coming = demo_tickets(tickets, seed, now, changes.desk.config)
    while batch := tuple(islice(coming, BATCH)):
        what = f"demo: {len(batch)} tickets"
        written = changes.write_all(batch, before={}, edits=edits, what=what, verb="demo")
        commit, edits = written.commit or commit, []
    return Demo(root=root, tickets=tickets, commit=commit)


def _customers() -> list[FileEdit]:
    return [FileEdit(path=f"customers/{it.id}.yaml", data=new_customer_text(it).encode()) for it in CUSTOMERS]
