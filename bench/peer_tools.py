"""How is each of the compared programs filled and asked?"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from cases import HERE, NOW, OPEN
from holdings import OWNER, PRIORITY, Request
from measure import Taken, run
from peer import Peer, commit_all, git_repository

LEVEL = {"P1": "high", "P2": "high", "P3": "medium", "P4": "low"}
TASKRC = """\
confirmation=off
verbose=nothing
defaultwidth=300
report.list.columns=id,entry,priority,project,due,description.count,urgency
report.list.labels=ID,Age,P,Project,Due,Description,Urg
"""
"""One line a task: its usual list prints all annotations, which nobody else does."""
NEW = "The receipt printer stops after every tenth receipt"


class Tkt(Peer):
    """This program."""

    name = "tkt"
    program = "tkt"
    reads_files = True
    commits = True
    lacks = ""
    line = r"^\d{6}-[0-9A-Z]{5} "

    @classmethod
    def found(cls) -> str | None:
        """The one beside this Python first."""
        beside = Path(sys.executable).parent / "tkt"
        return str(beside) if beside.exists() else shutil.which("tkt")

    @property
    def env(self) -> Mapping[str, str]:
        return {"TKT_NOW": NOW}

    def fill(self, requests: Sequence[Request]) -> None:
        made = [sys.executable, HERE / "desks.py", self.folder, "--tickets", str(len(requests))]
        run(made, self.folder.parent)

    def list_open(self) -> Taken:
        return self.ask("list", OPEN, "-n", "0")

    def filtered(self) -> Taken:
        return self.ask("list", f"{OPEN} owner:{OWNER} priority:{PRIORITY}", "-n", "0")

    def show(self, request: Request) -> Taken:
        return self.ask("show", request.id)

    def new(self) -> Taken:
        title = f"{NEW} {next(self.counter)}"
        return self.ask("new", title, "-c", "email", "--from", "desk01@shop-01.example", "-m", NEW)


class Script(Peer):
    """A shell script with awk over Markdown files, as small as such a thing can be."""

    name = "awk script"
    program = "sh"
    reads_files = True
    commits = True
    lacks = "no lock, no check, no deadlines, no history of a ticket; words are appended by hand"
    line = r"^t-\d+ "
    script: ClassVar[Path] = HERE / "peer_script.sh"

    def ask(self, *words: str | Path, codes: Sequence[int] = (0,), stdin: bytes = b"") -> Taken:
        return super().ask(self.script, *words, codes=codes, stdin=stdin)

    def fill(self, requests: Sequence[Request]) -> None:
        git_repository(self.folder)
        folder = self.folder / "tickets"
        folder.mkdir()
        for it in requests:
            head = f"---\nstatus: {'open' if it.is_open else 'closed'}\nowner: {it.owner}\n"
            text = (
                f"{head}priority: {it.priority}\nreceived: {it.received_at}\n---\n# {it.title}\n\n{it.words}"
            )
            (folder / f"t-{it.number}.md").write_text(text, "utf-8")
        commit_all(self.folder)

    def list_open(self) -> Taken:
        return self.ask("list")

    def filtered(self) -> Taken:
        return self.ask("list", OWNER, PRIORITY)

    def show(self, request: Request) -> Taken:
        return self.ask("show", f"t-{request.number}")

    def new(self) -> Taken:
        return self.ask("new", f"t-{10_000_000 + next(self.counter)}", NEW)


class Taskwarrior(Peer):
    """Everything open in one file of its own format."""

    name = "taskwarrior"
    program = "task"
    reads_files = False
    commits = False
    lacks = "one file for all that is open, one person, no git"
    line = r"^ *\d+ "

    @property
    def env(self) -> Mapping[str, str]:
        return {"TASKDATA": str(self.where / "data"), "TASKRC": str(self.where / "taskrc")}

    def fill(self, requests: Sequence[Request]) -> None:
        (self.folder / "data").mkdir(parents=True)
        (self.folder / "taskrc").write_text(TASKRC, "utf-8")
        rows = [self._row(it) for it in requests]
        self.ask("import", "-", stdin="\n".join(rows).encode())

    def _row(self, it: Request) -> str:
        at = re.sub("[-:]", "", it.received_at)
        row = {
            "description": it.title,
            "status": "pending" if it.is_open else "completed",
            "project": it.owner,
            "priority": LEVEL[it.priority][0].upper(),
            "entry": at,
            "annotations": [{"entry": at, "description": it.words}],
        }
        return json.dumps(row if it.is_open else {**row, "end": at}, ensure_ascii=False)

    def list_open(self) -> Taken:
        return self.ask("list")

    def filtered(self) -> Taken:
        return self.ask(f"project:{OWNER}", "priority:M", "list")

    def show(self, request: Request) -> Taken:
        return self.ask(str(request.place), "info")

    def new(self) -> Taken:
        return self.ask("add", f"{NEW} {next(self.counter)}")


class Fossil(Peer):
    """Tickets in the SQLite repository of Fossil."""

    name = "Fossil"
    program = "fossil"
    reads_files = False
    commits = False
    lacks = "a database and not files, its own history and not git, no deadlines"
    line = r"^\d+\t"

    @property
    def env(self) -> Mapping[str, str]:
        return {"USER": "bench", "FOSSIL_USER": "bench", "FOSSIL_HOME": str(self.folder)}

    @property
    def repository(self) -> str:
        """Its one file."""
        return str(self.where / "desk.fossil")

    def fill(self, requests: Sequence[Request]) -> None:
        self.folder.mkdir(parents=True)
        parts = self.folder / "parts"
        self.ask("init", "-A", "bench", "first.fossil")
        parts.mkdir()
        self.ask("deconstruct", parts, "-R", "first.fossil")
        for it in requests:
            (parts / f"ticket-{it.number}").write_bytes(self._artifact(it))
        self.ask("reconstruct", self.repository, parts)
        shutil.rmtree(parts)

    @staticmethod
    def _artifact(it: Request) -> bytes:
        """A ticket as Fossil stores one."""
        values = {
            "comment": it.words,
            "priority": it.priority,
            "status": "Open" if it.is_open else "Closed",
            "subsystem": it.owner,
            "title": it.title,
        }
        coded = {
            name: text.replace("\\", r"\\").replace(" ", r"\s").replace("\n", r"\n")
            for name, text in values.items()
        }
        fields = "".join(f"J {name} {text}\n" for name, text in coded.items())
        key = hashlib.sha1(str(it.number).encode(), usedforsecurity=False).hexdigest()
        data = f"D {it.received_at.rstrip('Z')}.000\n{fields}K {key}\nU bench\n".encode()
        return data + f"Z {hashlib.md5(data, usedforsecurity=False).hexdigest()}\n".encode()

    def _told(self, condition: str) -> Taken:
        return self.ask("ticket", "show", "0", condition, "--quote", "-R", self.repository)

    def list_open(self) -> Taken:
        return self._told("status='Open'")

    def filtered(self) -> Taken:
        return self._told(f"status='Open' AND subsystem='{OWNER}' AND priority='{PRIORITY}'")

    def show(self, request: Request) -> Taken:
        key = hashlib.sha1(str(request.number).encode(), usedforsecurity=False).hexdigest()
        return self._told(f"tkt_uuid='{key}'")

    def new(self) -> Taken:
        title = f"{NEW} {next(self.counter)}"
        return self.ask("ticket", "add", "title", title, "status", "Open", "-R", self.repository)

    def make_cold(self) -> None:
        clone = self.folder.with_name(self.folder.name + "-clone")
        shutil.rmtree(clone, ignore_errors=True)
        clone.mkdir()
        self.where = self.folder
        self.ask("clone", self.repository, str(clone / "desk.fossil"))
        self.where = clone


class Backlog(Peer):
    """Backlog.md: Markdown files, made for a project's own tasks."""

    name = "Backlog.md"
    program = "backlog"
    reads_files = True
    commits = True
    lacks = "no customers, no deadlines, no history of a ticket, no lock"
    line = r"TASK-\d+ - "

    def fill(self, requests: Sequence[Request]) -> None:
        git_repository(self.folder)
        run(["git", "commit", "-q", "--allow-empty", "-m", "first"], self.folder)
        self.ask("init", "Desk", "--defaults", "--integration-mode", "none")
        for name, value in (("remoteOperations", "false"), ("autoCommit", "true")):
            self.ask("config", "set", name, value)
        for it in requests:
            folder = self.folder / "backlog" / ("tasks" if it.is_open else "completed")
            (folder / f"task-{it.number} - {_plain(it.title)}.md").write_text(self._text(it), "utf-8")
        commit_all(self.folder)

    @staticmethod
    def _text(it: Request) -> str:
        at = it.received_at[:16].replace("T", " ")
        return (
            f"---\nid: TASK-{it.number}\ntitle: {json.dumps(it.title, ensure_ascii=False)}\n"
            f"status: {'To Do' if it.is_open else 'Done'}\nassignee:\n  - '@{it.owner}'\n"
            f"created_date: '{at}'\nlabels: []\ndependencies: []\npriority: {LEVEL[it.priority]}\n---\n\n"
            "## Description\n\n<!-- SECTION:DESCRIPTION:BEGIN -->\n"
            f"{it.words}<!-- SECTION:DESCRIPTION:END -->\n"
        )

    def list_open(self) -> Taken:
        return self.ask("task", "list", "--exclude-status", "Done", "--plain")

    def filtered(self) -> Taken:
        who = ("--assignee", f"@{OWNER}", "--priority", "medium")
        return self.ask("task", "list", "--exclude-status", "Done", *who, "--plain")

    def show(self, request: Request) -> Taken:
        return self.ask("task", str(request.number), "--plain")

    def new(self) -> Taken:
        return self.ask("task", "create", f"{NEW} {next(self.counter)}", "--plain")


class Dstask(Peer):
    """dstask: one YAML file a task, a commit a change; one person."""

    name = "dstask"
    program = "dstask"
    reads_files = True
    commits = True
    lacks = "one person, no customers, no history of a ticket"
    line = r'"summary":'  # into a pipe it prints JSON

    @property
    def env(self) -> Mapping[str, str]:
        return {"DSTASK_GIT_REPO": str(self.where), "HOME": str(self.folder.parent)}

    def fill(self, requests: Sequence[Request]) -> None:
        git_repository(self.folder)
        for status in ("pending", "resolved"):
            (self.folder / status).mkdir()
        for it in requests:
            name = uuid.UUID(int=it.number + (4 << 76) + (8 << 60))
            folder = self.folder / ("pending" if it.is_open else "resolved")
            (folder / f"{name}.yml").write_text(self._text(it), "utf-8")
        commit_all(self.folder)

    @staticmethod
    def _text(it: Request) -> str:
        values = {
            "summary": it.title,
            "notes": it.words,
            "tags": [],
            "project": it.owner,
            "priority": it.priority if it.priority != "P4" else "P2",
            "delegatedto": "",
            "subtasks": [],
            "dependencies": [],
            "created": it.received_at,
            "resolved": "0001-01-01T00:00:00Z" if it.is_open else it.received_at,
            "due": "0001-01-01T00:00:00Z",
        }
        return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())

    def list_open(self) -> Taken:
        return self.ask("show-open")

    def filtered(self) -> Taken:
        return self.ask("show-open", f"project:{OWNER}", PRIORITY)

    def show(self, request: Request) -> Taken:  # noqa: ARG002 - any one will do
        return self.ask("1")

    def new(self) -> Taken:
        return self.ask("add", f"{NEW} {next(self.counter)}")


def _plain(title: str) -> str:
    """A title in the name of a file."""
    return re.sub(r"[^\w]+", "-", title).strip("-")[:60]


PEERS: tuple[type[Peer], ...] = (Tkt, Script, Taskwarrior, Dstask, Fossil, Backlog)
WITHOUT = {
    "git-bug": "nothing here fills it",
    "bd": "nothing here fills it",
}
"""Programs of this kind that are not measured, and why."""
