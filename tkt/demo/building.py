"""How does the demo desk get onto the disk?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from tkt.changes import Changes, FileEdit
from tkt.demo.articles import article_files, feedback_files
from tkt.demo.cast import MANAGER, PEOPLE
from tkt.demo.clients import CUSTOMERS
from tkt.demo.generating import demo_tickets
from tkt.demo.lessons import MEETING, lessons
from tkt.demo.settings import with_settings
from tkt.demo.surveys import answered
from tkt.desk import Desk
from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.newdesk import create_desk
from tkt.store.codec.writing import new_customer_text, new_lesson_text
from tkt.store.files import make_folder
from tkt.store.gitrepo import GitRepo, commit_message

NAME = {"en": "Yunzhang support (demo)", "zh": "云掌柜服务台（演示）"}
ZONE = "Asia/Shanghai"
BATCH = 5000
"""Tickets a commit: more would not fit into memory together."""
_SOURCES = 2


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The demo desk that was made."""

    root: Path
    tickets: int
    commit: str | None  # the last one


class _Seen:
    """What the tickets said of articles and reviews, while they were written."""

    def __init__(self) -> None:
        self.sources: dict[str, list[str]] = {}
        self.meetings: dict[str, datetime] = {}

    def watching(self, tickets: Iterable[Ticket]) -> Iterator[Ticket]:
        for ticket in tickets:
            for event in ticket.events:
                if event.did == "reviewed" and str(event.get("review")).startswith(MEETING):
                    self.meetings[str(event.get("review"))] = event.at
                for slug in event.get("articles", ()):
                    known = self.sources.setdefault(slug, [])
                    if len(known) < _SOURCES:
                        known.append(ticket.id)
            yield ticket


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
    with_settings(root, now, ZoneInfo(ZONE))
    repo = GitRepo.init(root, identity=(PEOPLE[0].name, str(PEOPLE[0].email)))
    commit = repo.commit([path.as_posix() for path in paths], commit_message("demo desk", action="demo"))
    changes = Changes(desk=Desk.open(root), now=now)
    seen, roles = _Seen(), dict[str, str]()
    coming = seen.watching(demo_tickets(tickets, seed, now, changes.desk.config, roles))
    left = tickets
    while batch := tuple(islice(coming, BATCH)):
        what = f"demo: {len(batch)} tickets"
        left -= len(batch)
        edits = () if left else tuple(_beside(seen, roles, now, language))
        written = changes.write_all(batch, before={}, edits=edits, what=what, verb="demo")
        commit = written.commit or commit
    return Demo(root=root, tickets=tickets, commit=commit)


def _beside(seen: _Seen, roles: dict[str, str], now: datetime, language: str) -> Iterator[FileEdit]:
    """All that is no ticket: customers and what they answered, articles, what was learnt."""
    zone = ZoneInfo(ZONE)
    today = now.astimezone(zone).date()
    for it in CUSTOMERS:
        text = new_customer_text(answered(it, now, zone))
        yield FileEdit(path=f"customers/{it.id}.yaml", data=text.encode())
    for lesson in lessons(language, now, zone, roles, seen.meetings):
        yield FileEdit(path=lesson.path, data=new_lesson_text(lesson).encode())
    for path, data in (*article_files(today, seen.sources), *feedback_files(today)):
        yield FileEdit(path=path, data=data)
