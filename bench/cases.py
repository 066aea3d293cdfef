"""What is measured, and against what? One function a case; `CASES` is the list of them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from pathlib import Path

from figures import Figure
from logs import EMPTY, write_log
from measure import Failed, Taken, median, peak, rounds, run
from sites import help_centre, site, site_again

HERE = Path(__file__).parent
NOW = "2026-11-20T03:00:00Z"
FIRST_DAY = "2025-01-01"
CHANGED = 5_000
MARK = "changed on the other branch"
ALLOWED = 0.1
"""Seconds that a search may take beside what it cannot do without."""
WORDS = {"search-zh": "打印机", "search-en": "printer"}
OPEN = "status:new,assigned,in-progress,waiting,resolved"
EVERYTHING = "tag:never-used"  # looks at every ticket, closed ones too, and finds none

Work = Callable[[], Taken]


@dataclass(kw_only=True)
class Bench:
    """A desk to measure on, and how."""

    root: Path
    scratch: Path  # a folder for clones, logs and other desks
    number: int
    tkt: Sequence[str]
    clock: str
    at_most: int = 9
    counter: count[int] = field(default_factory=count)

    def ask(self, *words: str, folder: Path | None = None, codes: Sequence[int] = (0,)) -> Taken:
        """A tkt command on the desk, at the instant for which it was made."""
        return run([*self.tkt, *words], folder or self.root, env={"TKT_NOW": NOW}, codes=codes)

    def git(self, *words: str, folder: Path | None = None) -> Taken:
        """A git command."""
        return run(["git", *words], folder or self.root)

    def start(self) -> Taken:
        """What no command can do without."""
        return self.ask("--version")

    def parsing(self, paths: Sequence[Path], processes: int = 1) -> Taken:
        """Parsing these files with PyYAML's C loader, nothing else; in a process of its own."""
        command = [sys.executable, HERE / "floors.py", str(processes)]
        done = run(command, self.root, stdin="\n".join(map(str, paths)).encode())
        wall, cpu = map(float, done.out.split())
        return Taken(wall=wall, cpu=cpu, peak_mb=done.peak_mb, out=b"")

    def drop_index(self, folder: Path | None = None) -> None:
        """As if tkt had never been here."""
        shutil.rmtree(self.cache(folder), ignore_errors=True)

    def cache(self, folder: Path | None = None) -> Path:
        """Where tkt keeps what it can make anew."""
        folder = folder or self.root
        told = self.git("rev-parse", "--git-path", "tkt", folder=folder).out.decode().strip()
        return folder / told

    @cached_property
    def open_files(self) -> list[Path]:
        """All tickets that are not closed."""
        found = (self.root / "tickets").glob("*/*.yaml")
        return sorted(path for path in found if path.parent.name != "closed")

    @cached_property
    def all_files(self) -> list[Path]:
        """All tickets."""
        return [*self.open_files, *sorted((self.root / "tickets/closed").glob("*/*.yaml"))]

    @cached_property
    def clone(self) -> Path:
        """A fresh clone of the desk."""
        folder = self.scratch / f"clone-{self.number}"
        if not folder.exists():
            self.git("clone", "-q", str(self.root), str(folder))
        return folder

    @cached_property
    def halved(self) -> Path:
        """A fresh clone of the desk in which every second open ticket was taken out."""
        folder = self.scratch / f"half-{self.number}"
        if not folder.exists():
            self.git("clone", "-q", str(self.root), str(folder))
            for path in self.open_files[1::2]:
                (folder / path.relative_to(self.root)).unlink()
            self.git(
                "-c",
                "user.name=Bench",
                "-c",
                "user.email=bench@example.com",
                "commit",
                "-qam",
                "fewer",
                folder=folder,
            )
        return folder

    def figure(
        self,
        case: str,
        work: Work,
        floor: Work | None = None,
        words: str = "",
        *,
        note: str = "",
        warm: bool = True,
    ) -> Figure:
        """Both in turn, some times."""
        works = [work] if floor is None else [work, floor]
        found = rounds(*works, at_most=self.at_most, warm=warm)
        return Figure(
            case=case,
            tickets=self.number,
            floor=words,
            seconds=median(found[0], self.clock),
            floor_seconds=median(found[1], self.clock) if floor else None,
            peak_mb=peak(found[0]),
            runs=len(found[0]),
            note=note,
        )


def start(bench: Bench) -> Figure:
    """`tkt --version` against importing typer."""
    typer = [sys.executable, "-c", "import typer"]
    return bench.figure("start", bench.start, lambda: run(typer, bench.root), "python -c 'import typer'")


def fifty(bench: Bench) -> Figure:
    """The first fifty by due."""
    work = lambda: bench.ask("list", OPEN, "-n", "50")  # noqa: E731
    return bench.figure("list", work, lambda: bench.git("status"), "git status")


def pipe(bench: Bench) -> Figure:
    """All open ones into a pipe; every line must arrive."""
    work = lambda: bench.ask("list", OPEN, "-n", "0")  # noqa: E731
    ids = {path.stem for path in bench.open_files}
    told = [line.split()[0] for line in work().out.decode().splitlines() if line.strip()]
    arrived = [word for word in told if word in ids]
    if len(arrived) != len(ids) or set(arrived) != ids:
        raise Failed(f"{len(set(arrived))} of {len(ids)} open tickets arrived in the pipe")
    return bench.figure(
        "pipe", work, bench.start, "tkt --version", note=f"{len(arrived):,} lines, all arrived"
    )


def show(bench: Bench) -> Figure:
    """A closed ticket by its whole id."""
    name = bench.all_files[-1].stem
    return bench.figure("show", lambda: bench.ask("show", name), bench.start, "tkt --version")


def show_part(bench: Bench) -> Figure:
    """The same by the part behind the date."""
    part = bench.all_files[-1].stem.split("-")[1]
    return bench.figure("show-part", lambda: bench.ask("show", part), bench.start, "tkt --version")


def show_clone(bench: Bench) -> Figure:
    """The same in a fresh clone."""
    name, clone = bench.all_files[-1].stem, bench.clone

    def work() -> Taken:
        bench.drop_index(clone)
        return bench.ask("show", name, folder=clone)

    return bench.figure("show-clone", work, bench.start, "tkt --version")


def search(bench: Bench, case: str) -> Figure:
    """A word, in titles and messages of all tickets, the best fifty, once the text index stands."""
    word = WORDS[case]

    def floor() -> Taken:
        """The start, `git status`, and a tenth of a second."""
        start, status = bench.start(), bench.git("status")
        return replace(
            start,
            wall=start.wall + status.wall + ALLOWED,
            cpu=start.cpu + status.cpu + ALLOWED,
            peak_mb=max(start.peak_mb, status.peak_mb),
        )

    work = lambda: bench.ask("search", word, "-n", "50")  # noqa: E731
    return bench.figure(case, work, floor, "start + git status + 0.1 s")


def sla_warm(bench: Bench) -> Figure:
    """`sla check` with an index."""
    work = lambda: bench.ask("sla", "check", codes=(0, 1))  # noqa: E731
    return bench.figure("sla-warm", work, lambda: bench.parsing(bench.open_files), "parsing what is open")


def sla_clone(bench: Bench) -> Figure:
    """`sla check` in a fresh clone."""
    return sla_in(bench, "sla-clone", bench.clone, bench.open_files)


def sla_half(bench: Bench) -> Figure:
    """`sla check` in a fresh clone where only half as many are open: one in twenty."""
    return sla_in(bench, "sla-half", bench.halved, bench.open_files[::2])


def sla_in(bench: Bench, case: str, clone: Path, there: Sequence[Path]) -> Figure:
    """`sla check` without an index; `there`: the desk's tickets that are open in the clone too."""
    files = [clone / path.relative_to(bench.root) for path in there]

    def work() -> Taken:
        bench.drop_index(clone)
        return bench.ask("sla", "check", folder=clone, codes=(0, 1))

    return bench.figure(case, work, lambda: bench.parsing(files), "parsing what is open")


def judging(bench: Bench) -> Figure:
    """The verdicts of all tickets, computing alone: reading and parsing are not in the time."""
    told = "\n".join(map(str, bench.all_files)).encode()
    cycles = ""

    def work() -> Taken:
        nonlocal cycles
        done = run([sys.executable, HERE / "judging.py", bench.root, NOW], bench.root, stdin=told)
        wall, cpu, cycles = done.out.decode().split()
        return Taken(wall=float(wall), cpu=float(cpu), peak_mb=done.peak_mb, out=b"")

    figure = bench.figure("verdicts", work, warm=False)
    return replace(figure, note=f"{int(cycles):,} cycles, parsing apart")


def new(bench: Bench) -> Figure:
    """A new ticket with its commit."""

    def work() -> Taken:
        title = f"The receipt printer stops, number {next(bench.counter)}"
        text = "It stops after every tenth receipt since this morning."
        return bench.ask("new", title, "-c", "email", "--from", "desk01@shop-01.example", "-m", text)

    return writing(bench, "new", work)


def move(bench: Bench) -> Figure:
    """A move with its commit."""
    ids = (path.stem for path in bench.open_files if path.parent.name == "assigned")
    return writing(bench, "move", lambda: bench.ask("move", next(ids), "in-progress"))


def writing(bench: Bench, case: str, work: Work) -> Figure:
    """A change against the start and two commits of one file; the desk is put back afterwards."""
    head = bench.git("rev-parse", "HEAD").out.decode().strip()

    def commits() -> int:
        return int(bench.git("rev-list", "--count", f"{head}..").out)

    def checked() -> Taken:
        before = commits()
        done = work()
        if commits() != before + 1:
            raise Failed(f"{case} made no commit")
        return done

    try:
        words = "start + 2 × (git add + git commit)"
        return bench.figure(case, checked, lambda: two_commits(bench), words)
    finally:
        bench.git("reset", "-q", "--hard", head)


def two_commits(bench: Bench) -> Taken:
    """The start, and twice `git add` and `git commit` of one new file."""
    name = f"attachments/floor-{next(bench.counter)}.txt"
    (bench.root / name).write_text("one line\n", "utf-8")
    begun = bench.start()
    added = bench.git("add", "--", name)
    done = bench.git("commit", "-q", "-m", "one file", "--", name)
    return Taken(
        wall=begun.wall + 2 * (added.wall + done.wall),
        cpu=begun.cpu + 2 * (added.cpu + done.cpu),
        peak_mb=max(added.peak_mb, done.peak_mb),
        out=b"",
    )


def kpi(bench: Bench) -> Figure:
    """The report as it is asked for, of the last full week, with an index."""
    return bench.figure("kpi", lambda: bench.ask("report", "kpi"))


def kpi_all(bench: Bench) -> Figure:
    """The same over everything: twenty months."""
    return bench.figure("kpi-all", lambda: bench.ask("report", "kpi", "--from", FIRST_DAY))


def index(bench: Bench) -> Figure:
    """Reading everything without an index, which builds it."""

    def work() -> Taken:
        bench.drop_index()
        return bench.ask("list", EVERYTHING)

    floor = lambda: bench.parsing(bench.all_files, processes=2)  # noqa: E731
    return bench.figure("index", work, floor, "parsing all in 2 processes", warm=False)


def checkout(bench: Bench) -> Figure:
    """The list after a `git checkout` of a branch on which open tickets have other titles."""
    files = bench.open_files[:CHANGED]
    other_branch(bench, files)
    branches = {"main": "other", "other": "main"}
    at = ["main"]

    def work() -> Taken:
        at[0] = branches[at[0]]
        bench.git("checkout", "-q", at[0])
        done = bench.ask("list", OPEN, "-n", "0", "--json")
        seen = done.out.count(MARK.encode())
        if seen != (len(files) if at[0] == "other" else 0):
            raise Failed(f"{seen} of {len(files)} changes seen on the branch {at[0]}")
        return done

    try:
        note = f"{len(files):,} changes, all seen"
        floor = lambda: bench.parsing(files)  # noqa: E731
        return bench.figure("checkout", work, floor, "parsing what changed", note=note)
    finally:
        bench.git("checkout", "-q", "main")


def other_branch(bench: Bench, files: Sequence[Path]) -> None:
    """A branch `other`, one commit ahead, with other titles."""
    if bench.git("branch", "--list", "other").out:
        return
    parts = [b"commit refs/heads/other\ncommitter Bench <bench@desk.example> 1795143600 +0000\n"]
    parts.append(b"data 5\nother\nfrom refs/heads/main^0\n")
    for path in files:
        data = path.read_bytes().replace(b"\ntitle: ", b"\ntitle: " + MARK.encode() + b" ", 1)
        parts.append(b"M 100644 inline %s\n" % path.relative_to(bench.root).as_posix().encode())
        parts.append(b"data %d\n%s\n" % (len(data), data))
    run(["git", "fast-import", "--quiet"], bench.root, stdin=b"".join(parts))


def importing(bench: Bench) -> Figure:
    """A log of four rows a ticket into an empty desk."""
    log, plan = write_log(bench.scratch, bench.number)

    def work() -> Taken:
        desk = bench.scratch / f"import-{next(bench.counter)}"
        run([sys.executable, HERE / "desks.py", desk, "--tickets", "0"], bench.scratch)
        done = bench.ask("import", "log", str(log), "--map", str(plan), folder=desk)
        made = sum(1 for _ in (desk / "tickets").rglob("*.yaml"))
        shutil.rmtree(desk)
        if made != bench.number:
            raise Failed(f"{made} of {bench.number} tickets imported")
        return done

    return bench.figure("import", work, note=EMPTY, warm=False)


CASES: dict[str, Callable[[Bench], Figure]] = {
    "start": start,
    "list": fifty,
    "pipe": pipe,
    "show": show,
    "show-part": show_part,
    "show-clone": show_clone,
    "search-zh": lambda bench: search(bench, "search-zh"),
    "search-en": lambda bench: search(bench, "search-en"),
    "sla-warm": sla_warm,
    "sla-clone": sla_clone,
    "sla-half": sla_half,
    "verdicts": judging,
    "new": new,
    "move": move,
    "kpi": kpi,
    "kpi-all": kpi_all,
    "site": site,
    "site-again": site_again,
    "help-centre": help_centre,
    "checkout": checkout,
    "index": index,
    "import": importing,
}
