"""The jobs that `tkt init --ci` writes, run word for word in clean checkouts of a demo desk."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from clones import git
from forge import PACKAGE, Forge, protect
from helpers import DeskAtWork, configure_git

from tkt.ci import FORGES, ROBOTS

NOW = "2026-11-23T02:00:00Z"  # Monday 10:00 in Shanghai
LONG = pytest.mark.long
TICKET = """\
id: 261120-ZZZZ1
title: Nobody answers the phone
channel: web
contact: {name: Wu Min, email: wu.min@tea.example}
received_at: 2026-11-20T02:00:00Z
impact: one
urgency: red
priority: P1
type: product
category: outage
team: tech
events:
- id: z1aa00
  at: 2026-11-20T02:00:00Z
  by: wu.min@tea.example
  role: customer
  did: opened
  status: new
  channel: web
- id: z1aa01
  at: 2026-11-20T02:00:00Z
  by: wu.min@tea.example
  role: customer
  did: message
  text: Nobody answers the phone.
"""
ARTICLE = """\
---
title: {title}
visibility: {visibility}
state: {state}
owner: secret.owner
---
{title} body.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo desk with the files of all three forges, in a bare repository."""
    folder = tmp_path_factory.mktemp("forges")
    with pytest.MonkeyPatch.context() as patch:
        configure_git(folder)
        patch.setenv("HOME", str(folder))
        patch.setenv("GIT_CONFIG_GLOBAL", str(folder / ".gitconfig"))
        for name in ("TKT_NOW", "GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            patch.setenv(name, "2026-11-20T01:00:00Z")
        _main("demo", str(folder / "desk"), "--tickets", "12")
        for forge in FORGES:
            _main("-C", str(folder / "desk"), "init", "--ci", forge)
        git(folder, "clone", "-q", "--bare", str(folder / "desk"), str(folder / "origin.git"))
        git(folder / "origin.git", "config", "receive.advertisePushOptions", "true")
    return folder / "origin.git"


def _main(*args: str) -> None:
    from tkt.cli import main

    assert main([*args]) == 0, args


def forge_of(name: str, made: Path, tmp_path: Path, now: str = NOW) -> Forge:
    shutil.copytree(made, tmp_path / "origin.git")
    return Forge(name, tmp_path / "origin.git", tmp_path / "forge", now)


@pytest.fixture(params=FORGES)
def forge(request: pytest.FixtureRequest, made: Path, tmp_path: Path) -> Forge:
    return forge_of(request.param, made, tmp_path)


@pytest.fixture
def agent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, forge: Forge
) -> DeskAtWork:
    """A person's clone of what the forge has, on a branch of theirs."""
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, NOW)
    configure_git(Path.home())
    git(tmp_path, "clone", "-q", str(forge.origin), "agent")
    git(tmp_path / "agent", "switch", "-q", "-c", "work")
    return DeskAtWork(tmp_path / "agent", capsys, now=NOW)


def some_ticket(desk: DeskAtWork) -> str:
    return str(desk.json("list", "status:in-progress,assigned,new")[0]["id"])


# a pull request


@pytest.mark.parametrize("forge", ["github", "gitlab", pytest.param("gitea", marks=LONG)], indirect=True)
def test_a_good_pull_request_is_green(forge: Forge, agent: DeskAtWork) -> None:
    agent.tkt("note", some_ticket(agent), "-m", "looked into it")
    agent.git("push", "-q", "origin", "work")
    ran = forge.pull_request("work")
    assert ran.failed == [], ran.printed
    assert f"-m pip install {PACKAGE}" in forge.log.replace("--quiet ", "")
    if forge.name == "github":
        assert "Tickets" in ran.summary
        assert len(ran.steps) == 6
    written = {path.name for path in (forge.tmp / "work").glob("tkt-*")}
    assert written >= {"tkt-sla.xml", "tkt-diff.md" if forge.name == "gitlab" else "tkt-sla.xml"}


@pytest.mark.parametrize(
    "forge", ["github", pytest.param("gitlab", marks=LONG), pytest.param("gitea", marks=LONG)], indirect=True
)
def test_a_pull_request_that_removes_an_event_is_red(forge: Forge, agent: DeskAtWork) -> None:
    path = agent.path(some_ticket(agent))
    text = path.read_text("utf-8")
    path.write_text(text[: text.rindex("\n- id:") + 1], "utf-8")
    agent.git("commit", "-qam", "tidy up")
    agent.git("push", "-q", "origin", "work")
    ran = forge.pull_request("work")
    assert ran.failed
    assert "append-only" in ran.printed
    if forge.name == "github":
        assert {"files", "history"} <= set(ran.failed)


@pytest.mark.parametrize(
    "forge", ["gitlab", pytest.param("github", marks=LONG), pytest.param("gitea", marks=LONG)], indirect=True
)
def test_a_pull_request_that_breaches_a_promise_is_red(forge: Forge, agent: DeskAtWork) -> None:
    agent.write("tickets/new/261120-ZZZZ1.yaml", TICKET)
    agent.git("add", "-A")
    agent.git("commit", "-qm", "what came in on Friday")
    agent.git("push", "-q", "origin", "work")
    ran = forge.pull_request("work")
    if forge.name == "gitlab":
        assert ran.failed == ["tkt-merge-request"]
        (fault, *_) = json.loads((forge.tmp / "work/tkt-quality.json").read_text("utf-8"))
        assert fault["location"]["path"] == "tickets/new/261120-ZZZZ1.yaml"
    else:
        assert "promises" in ran.failed
    assert "261120-ZZZZ1" in (forge.tmp / "work/tkt-sla.xml").read_text("utf-8")


# the clock


@pytest.mark.parametrize("forge", ["github", "gitlab", pytest.param("gitea", marks=LONG)], indirect=True)
def test_the_schedule_ticks_and_pushes_and_has_nothing_to_do_the_second_time(
    forge: Forge, agent: DeskAtWork
) -> None:
    before = forge.tip("main")
    ran = forge.schedule()
    assert ran.failed == [], ran.printed
    ticked = forge.tip("main")
    assert ticked != before
    author = git(forge.origin, "log", "-1", "--format=%an <%ae>", "main").strip()
    assert author == f"{ROBOTS[forge.name].name} <{ROBOTS[forge.name].mail}>"
    assert forge.schedule().failed == []
    assert forge.tip("main") == ticked
    assert forge.tip("tkt/tick") == ""
    assert "api.example" not in forge.log


@pytest.mark.parametrize(
    "forge", ["github", pytest.param("gitlab", marks=LONG), pytest.param("gitea", marks=LONG)], indirect=True
)
def test_where_pushing_is_refused_one_branch_is_kept_up_to_date(forge: Forge, agent: DeskAtWork) -> None:
    # given a branch that takes no pushes
    hook = protect(forge.origin)
    before = forge.tip("main")
    ran = forge.schedule()
    # then the work waits on a branch, and it is said why and where
    assert ran.failed == [], ran.printed
    proposed = forge.tip("tkt/tick")
    assert forge.tip("main") == before
    assert git(forge.origin, "merge-base", "main", "tkt/tick").strip() == before
    assert "takes no pushes" in ran.printed
    if forge.name != "gitlab":
        assert "https://api.example/repos/acme/desk/pulls" in forge.log
        assert '"head": "tkt/tick", "base": "main"' in forge.log
        assert "opened a pull request" in ran.printed
        assert "secret" not in ran.printed
    # a second run has nothing to add
    assert forge.schedule().failed == []
    assert forge.tip("tkt/tick") == proposed
    # when the pull request is squashed, and the branch stays
    hook.unlink()
    work = forge.checked_out("main")
    git(work, "-c", "user.name=x", "-c", "user.email=x@x", "merge", "-q", "--squash", "origin/tkt/tick")
    git(work, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "squashed")
    git(work, "push", "-q", "origin", "main")
    protect(forge.origin)
    # then nothing is proposed any more
    merged = forge.tip("main")
    ran = forge.schedule()
    assert ran.failed == [], ran.printed
    assert forge.tip("main") == merged
    assert forge.tip("tkt/tick") == "", ran.printed


@pytest.mark.parametrize(
    "forge", ["github", pytest.param("gitlab", marks=LONG), pytest.param("gitea", marks=LONG)], indirect=True
)
def test_the_second_job_is_red_for_what_is_late_and_neglected(forge: Forge, agent: DeskAtWork) -> None:
    agent.write("tickets/new/261120-ZZZZ1.yaml", TICKET.replace("2026-11-20T02:00", "2026-11-23T01:00"))
    agent.git("add", "-A")
    agent.git("commit", "-qm", "a call")
    agent.git("push", "-q", "origin", "work:main")
    ran = forge.schedule("late")
    if forge.name == "gitlab":
        assert ran.failed == ["tkt-late"]
    else:
        assert ran.failed == ["promises", "neglect"]
    assert "261120-ZZZZ1" in (forge.tmp / "work/tkt-sla.xml").read_text("utf-8")
    assert "neglected" in ran.summary + ran.printed


# a red merge button


@pytest.mark.parametrize(
    "forge", ["gitlab", pytest.param("github", marks=LONG), pytest.param("gitea", marks=LONG)], indirect=True
)
def test_two_changes_of_one_ticket_are_put_together_on_the_branch(forge: Forge, agent: DeskAtWork) -> None:
    ticket = some_ticket(agent)
    agent.tkt("note", ticket, "-m", "on the branch")
    agent.git("push", "-q", "origin", "work")
    agent.git("switch", "-q", "main")
    agent.tkt("note", ticket, "-m", "on main")
    agent.git("push", "-q", "origin", "main")
    ran = forge.merge("work")
    assert ran.failed == [], ran.printed
    assert git(forge.origin, "merge-base", "main", "work").strip() == forge.tip("main")
    text = git(forge.origin, "show", f"work:{agent.path(ticket).relative_to(agent.root)}")
    assert "on the branch" in text
    assert "on main" in text


@pytest.mark.parametrize("forge", ["github"], indirect=True)
def test_a_comment_finds_the_branch_of_its_pull_request_and_leaves_other_repositories_alone(
    forge: Forge, agent: DeskAtWork, tmp_path: Path
) -> None:
    agent.git("push", "-q", "origin", "work")
    for repository, expected in (("acme/desk", "work"), ("stranger/desk", None)):
        pull = tmp_path / "pull.json"
        pull.write_text(json.dumps({"head": {"ref": "work", "repo": {"full_name": repository}}}))
        forge.pull = str(pull)
        ran = forge.merge("work", comment_on="7")
        assert ran.outputs.get("name") == expected
        assert bool(ran.failed) is (expected is None), ran.printed


# pages


@pytest.mark.parametrize(
    "forge", ["github", pytest.param("gitlab", marks=LONG), pytest.param("gitea", marks=LONG)], indirect=True
)
def test_only_public_knowledge_is_published(forge: Forge, agent: DeskAtWork) -> None:
    ran, work = forge.pages("internal")
    assert ran.failed == [], ran.printed
    assert "#" in (work / "internal/kpi.md").read_text("utf-8")
    assert json.loads((work / "internal/kpi.json").read_text("utf-8"))["schema"] == 1
    # nothing is public yet
    for path in agent.root.glob("knowledge/*.md"):
        path.unlink()
    articles = {
        "open": ("public", "verified"),
        "draft": ("public", "draft"),
        "old": ("public", "retired"),
        "inside": ("internal", "verified"),
    }
    for name, (visibility, state) in articles.items():
        if name != "open":
            agent.write(
                f"knowledge/{name}.md", ARTICLE.format(title=name, visibility=visibility, state=state)
            )
    agent.git("add", "-A")
    agent.git("commit", "-qm", "articles")
    agent.git("push", "-q", "origin", "work:main")
    ran, work = forge.pages("public")
    assert not list((work / "public").glob("*.md"))
    assert list(ran.steps.values())[-1] == 77 if forge.name == "gitlab" else ran.outputs["articles"] == "0"
    # one is
    agent.write("knowledge/open.md", ARTICLE.format(title="open", visibility="public", state="verified"))
    agent.git("add", "-A")
    agent.git("commit", "-qm", "an article")
    agent.git("push", "-q", "origin", "work:main")
    ran, work = forge.pages("public")
    assert ran.failed == []
    assert {path.name for path in (work / "public").glob("*.md")} == {"open.md"}
    assert "open body." in (work / "public/open.html").read_text("utf-8")
    for path in (work / "public").rglob("*"):
        if path.is_file() and "minisearch" not in path.name:
            text = path.read_text("utf-8", "replace")
            assert not {name for name in ("draft body.", "old body.", "inside body.") if name in text}, path


# the project's own action


@pytest.mark.parametrize("forge", ["github"], indirect=True)
def test_the_action_installs_itself_runs_a_command_and_tells_how_it_ended(
    forge: Forge, agent: DeskAtWork
) -> None:
    for command, code in (('list "status:open" --json', 0), ("show $(touch /tmp/never) ZZZZ9", 2)):
        ran = forge.action(agent.root, command)
        assert ran.outputs["exit-code"] == str(code)
        assert [*ran.steps.values()] == [0, code]
    assert forge.log.splitlines()[0].endswith("/action")
    first = forge.action(agent.root, "list --json")
    assert json.loads(Path(first.outputs["output"]).read_text("utf-8"))["schema"] == 1
