"""The gallery: every way in which tkt says no, in both languages, to be read as a user reads it.

UPDATE_GOLDEN=1 python -m pytest tests/e2e/test_gallery.py    writes tests/golden/gallery/*.txt anew
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from gallery_parts import bad, file, git, nothing, prepared, replaced, ticket, tidied
from goldens import golden
from helpers import DeskAtWork

HERE = Path(__file__).resolve().parent

C = ticket("261116-CCCC1")
SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    # the command line
    "no such command": (nothing, ("lst",)),
    "no such subcommand": (nothing, ("sla", "chek")),
    "no such option": (nothing, ("list", "--limt", "3")),
    "a missing argument": (nothing, ("show",)),
    "a value that is none of the known": (nothing, ("report", "kpi", "--format", "pdf")),
    "a number that is none": (nothing, ("list", "--limit", "many")),
    "no such language": (nothing, ("--lang", "fr", "list")),
    "no such time": (nothing, ("list", "--now", "yesterday")),
    # finding tickets
    "no such ticket": (nothing, ("show", "ZZZZ")),
    "an ambiguous part": (nothing, ("show", "AAAA")),
    "a part that is too short": (nothing, ("show", "A")),
    "no such field": (nothing, ("list", "prioirty:P1")),
    "no such value": (nothing, ("list", "priority:P9")),
    "an open bracket": (nothing, ("list", "(status:open")),
    "AND": (nothing, ("list", "status:open AND owner:me")),
    "no such view": (nothing, ("list", "@mien")),
    "no such saved field to group by": (nothing, ("report", "kpi", "--by", "teem")),
    "a window that ends before it starts": (nothing, ("report", "kpi", "--from", "2026-11-02", "--to", "2026-11-01")),
    # making and changing
    "no channel and no words": (nothing, ("new", "--quick")),
    "no such channel": (nothing, ("new", "--channel", "fone", "--text", "words")),
    "no such category": (nothing, ("new", "--channel", "phone", "--text", "words", "--category", "falt")),
    "set what is no field": (nothing, ("set", "AAAA1", "urgencey=red")),
    "set what is no value": (nothing, ("set", "AAAA1", "urgency=rde")),
    "set without a sign": (nothing, ("set", "AAAA1", "urgency")),
    "set the status": (nothing, ("set", "AAAA1", "status=closed")),
    "set what never changes": (nothing, ("set", "AAAA1", "received_at=2026-01-01")),
    "overrule the priority without a reason": (nothing, ("set", "AAAA1", "impact=one", "urgency=green", "priority=P1")),
    "assign to a stranger": (nothing, ("assign", "AAAA1", "li.wie")),
    "assign to nobody named": (nothing, ("assign", "AAAA1")),
    "an empty note": (nothing, ("note", "AAAA1", "--text", "  ")),
    "a bad tag": (nothing, ("tag", "AAAA1", "two words")),
    "back-date without a reason": (nothing, ("note", "AAAA1", "--text", "x", "--at", "2026-11-16T01:10:00Z")),
    "in the future": (nothing, ("note", "AAAA1", "--text", "x", "--at", "2026-11-17T01:10:00Z")),
    "before it began": (nothing, ("note", "AAAA1", "--text", "x", "--at", "2026-11-15T01:10:00Z", "--reason", "r")),
    # moving
    "everything that a take needs": (nothing, ("take", "AAAA1")),
    "everything that a wait needs": (nothing, ("wait", "AAAA1")),
    "everything that a resolve needs": (nothing, ("resolve", "AAAA1")),
    "no such status": (nothing, ("move", "AAAA1", "in-progres")),
    "where it is already": (nothing, ("move", "AAAA1", "new")),
    "no move leads there": (nothing, ("move", "BBBB1", "new")),
    "close what is not resolved": (nothing, ("close", "AAAA1")),
    "force without a reason": (nothing, ("take", "AAAA1", "--force")),
    "what belongs to another move": (nothing, ("move", "AAAA1", "assigned", "--until", "3d")),
    "wait until what is no time": (nothing, ("wait", "AAAA1", "--on", "vendor", "--for", "x", "--until", "soon")),
    "reopen what is open": (nothing, ("reopen", "AAAA1")),
    # files
    "duplicate keys": (bad(C.replace("channel: phone\nrec", "title: again\nrec")), ("check",)),
    "a YAML tag": (bad(C.replace("title: E104", "title: !!python/name:os.system x")), ("check",)),
    "an anchor and an alias": (bad(C.replace("title: E104", "title: &a x\nproduct: *a")), ("check",)),
    "a NUL": (bad(C.replace("E104", "E\x00")), ("check",)),
    "invalid UTF-8": (bad(C.encode().replace(b"E104", b"caf\xe9")), ("check",)),
    "UTF-16": (bad(C.encode("utf-16")), ("check",)),
    "conflict markers": (bad(C.replace("channel: phone\nrec", "<<<<<<< HEAD\nchannel: web\n=======\nchannel: phone\n>>>>>>> b\nrec")), ("check",)),
    "a naive time": (bad(C.replace("received_at: 2026-11-16T01:00:00Z", "received_at: 2026-11-16 01:00")), ("check",)),
    "an event without its keys": (bad(C.replace("  did: message\n", "")), ("check",)),
    "an id that is not the file's": (bad(ticket("261116-DDDD1")), ("check",)),
    "a full-width colon": (bad(C.replace("title: E104", "title\uff1aE104")), ("check",)),
    "no space behind a colon": (bad(C.replace("title: E104", "title:E104")), ("check",)),
    "a tab": (bad(C.replace("title: E104", "contact:\n\tname: x")), ("check",)),
    "an empty file": (bad(""), ("check",)),
    "a list": (bad("- a\n- b\n"), ("check",)),
    "an unknown status directory": (file("tickets/in-progess/261116-CCCC1.yaml", C), ("check",)),
    "one id in two places": (file("tickets/waiting/261116-AAAA1.yaml", ticket("261116-AAAA1")), ("check",)),
    "write what is in two places": (file("tickets/waiting/261116-AAAA1.yaml", ticket("261116-AAAA1")), ("note", "AAAA1", "-m", "x")),
    "no ticket's name": (file("tickets/new/notes.yaml", "a: 1\n"), ("check",)),
    "priority P9": (bad(C.replace("channel: phone\nrec", "channel: phone\npriority: P9\nrec")), ("check",)),
    "an unknown key": (bad(C.replace("channel: phone\nrec", "channel: phone\nprioirty: P1\nrec")), ("check",)),
    "a directory against the events": (file("tickets/waiting/261116-CCCC1.yaml", C), ("check",)),
    "a customer's file": (file("customers/acme.yaml", "nmae: ACME\n"), ("check",)),
    # configuration
    "a word that is none of the known": (replaced("config/workflow.yaml", "category: waiting", "category: wating"), ("list",)),
    "an unknown key in the configuration": (replaced("config/people.yaml", "teams:", "temas:"), ("list",)),
    "an unknown calendar": (replaced("config/sla.yaml", "calendar: always", "calendar: allways"), ("sla", "check")),
    "an unknown guard": (replaced("config/workflow.yaml", "- one_owner", "- one_ownr"), ("check",)),
    "a target in days": (replaced("config/sla.yaml", "resolution: 8h", "resolution: 2d"), ("sla", "check")),
    "a query that does not parse": (replaced("config/sla.yaml", "audience:internal", "audiense:internal"), ("sla", "check")),
    "an unknown team": (replaced("config/taxonomy.yaml", "team: tech", "team: tehc"), ("check",)),
    "a newer format": (replaced("tkt.yaml", "format: 1", "format: 99"), ("list",)),
    "an unknown time zone": (replaced("tkt.yaml", "zone: Asia/Shanghai", "zone: Asia/Shangai"), ("list",)),
    "no workflow": (lambda desk: (desk.root / "config/workflow.yaml").unlink(), ("list",)),
    "a second desk": (nothing, ("init",)),
    # git
    "take back what is not tkt's": (nothing, ("undo",)),
    "a detached HEAD": (git("checkout", "-q", "--detach"), ("note", "AAAA1", "-m", "x")),
    "a stale lock": (lambda desk: desk.write(".git/index.lock", ""), ("note", "AAAA1", "-m", "x")),
    "no identity": (lambda _desk: Path(os.environ["GIT_CONFIG_GLOBAL"]).write_text(""), ("note", "AAAA1", "-m", "x", "--by", "li.wei")),
    "a commit hook that refuses": (
        lambda desk: desk.write(".git/hooks/pre-commit", "#!/bin/sh\necho no commits on Mondays >&2\nexit 1\n").chmod(0o755),
        ("note", "AAAA1", "-m", "x"),
    ),
    "compare with what is no revision": (nothing, ("check", "--changed-since", "mian")),
    # import
    "no such map": (nothing, ("import", "log", "notes.txt", "--map", "servicenoww")),
    "no such log": (nothing, ("import", "log", "log.csv", "--map", "servicenow")),
    "a log without its columns": (nothing, ("import", "log", "notes.txt", "--map", "servicenow")),
}  # fmt: skip
for room in sorted(HERE.glob("scenes_*.py")):
    SCENES |= import_module(room.stem).SCENES


LANGUAGES = ("en", "zh")


def test_the_gallery(desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.root)
    prepared(desk)
    told: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for language, text in _told(desk, tmp_path, monkeypatch):
        told[language].append(text)
    for language, texts in told.items():
        story = "\n".join(texts)
        assert story == golden(f"gallery/{language}.txt", story)
        assert "Traceback" not in story
        assert "bug in tkt" not in story


def _told(desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Each scene once, and what is said of it in each language: what is refused leaves all as it was."""
    config = Path(os.environ["GIT_CONFIG_GLOBAL"])
    identity = config.read_text()
    start = desk.git("rev-parse", "HEAD").strip()
    usual = {}  # what `check` says of the desk as it is
    for language in LANGUAGES:
        monkeypatch.setenv("TKT_LANG", language)
        usual[language] = set(desk.tkt("check", code=None).err.splitlines())
    for name, (prepare, command) in SCENES.items():
        prepare(desk)
        before, kept = desk.git("ls-files", "-s"), _rescued(desk)
        for language in LANGUAGES:
            for path in _rescued(desk) - kept:  # what was saved for the other language
                path.unlink()
            monkeypatch.setenv("TKT_LANG", language)
            answer = desk.tkt(*command, code=None)
            assert answer.code in (1, 2), f"{name}: {answer.code}\n{answer.out}"
            said = _steady(answer.err, tmp_path, usual[language])
            yield language, f"## {name}\n$ tkt {' '.join(command)}\n{said}[{answer.code}]\n"
        assert desk.git("ls-files", "-s") == before, f"{name} changed the index"
        config.write_text(identity)
        (desk.root / ".git/hooks/pre-commit").unlink(missing_ok=True)
        (desk.root / ".git/index.lock").unlink(missing_ok=True)
        shutil.rmtree(desk.root / ".git/tkt/desk/last", ignore_errors=True)  # what `@` stands for
        tidied(desk)
        desk.git("reset", "-q", "--hard", start)
        if (desk.root / ".git/HEAD").read_text() != "ref: refs/heads/main\n":
            desk.git("checkout", "-qf", "-B", "main", start)
        desk.git("clean", "-qfd")


def _rescued(desk: DeskAtWork) -> set[Path]:
    return set((desk.root / ".git/tkt/rescue").glob("*"))


def _steady(text: str, tmp_path: Path, usual: set[str]) -> str:
    """Without what differs from run to run, and without what is said of the desk anyway."""
    lines = [
        line
        for line in text.replace(str(tmp_path), "TMP").splitlines(keepends=True)
        if line.rstrip("\n") not in usual
    ]
    shown = "".join(lines)
    shown = re.sub(r"rescue/\d{8}T\d{6}Z", "rescue/TIME", shown)
    return re.sub(r"\b[0-9a-f]{10}(?:[0-9a-f]{30})?\b", "SHA", shown)
