"""A forge in a temporary folder: runs the jobs of the files that `tkt init --ci` wrote, as the forge would.

What a runner does itself (checking out, loading artifacts up) is done here; `run:` and `script:` lines
are run by a shell, word for word, with the variables that the forge sets. `tkt` is this one; `pip
install` and the forge's API are programs that write down how they were called.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from clones import git

PACKAGE = "tkt @ git+https://git.example/tkt@1234567"
FILES = {"github": ".github/workflows", "gitea": ".gitea/workflows", "gitlab": ".gitlab/tkt.yml"}
_PLACE = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_SHIMS = {
    "python": f'#!/bin/sh\n[ "$1" = -m ] || exec "{sys.executable}" "$@"\necho "$@" >>"$FORGE_LOG"\n',
    "tkt": f'#!/bin/sh\nexec "{sys.executable}" -m tkt "$@"\n',
    "curl": '#!/bin/sh\nfor word; do echo "$word"; done >>"$FORGE_LOG"\n'
    '[ -z "$FORGE_PULL" ] || { cp "$FORGE_PULL" pull.json; exit 0; }\n: >answer.json\nprintf 201\n',
}


@dataclass
class Ran:
    """What one job did: each step that ran, its exit code and everything it printed."""

    steps: dict[str, int] = field(default_factory=dict)
    printed: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> list[str]:
        """The steps that were red."""
        return [name for name, code in self.steps.items() if code]


@dataclass
class Forge:
    """One forge with its bare repository; `now` is the time on its runners."""

    name: str
    origin: Path
    tmp: Path
    now: str
    branch: str = "main"
    pull: str = ""  # the file that holds what the forge's API says of a pull request

    def __post_init__(self) -> None:
        self.tmp.mkdir(parents=True, exist_ok=True)
        self.bin = self.tmp / "bin"
        self.bin.mkdir()
        for name, text in _SHIMS.items():
            (self.bin / name).write_text(text)
            (self.bin / name).chmod(0o755)

    @property
    def log(self) -> str:
        """What pip and the forge's API were asked for."""
        file = self.tmp / "log"
        return file.read_text() if file.exists() else ""

    @property
    def environment(self) -> dict[str, str]:
        """What a runner starts with: nothing of this machine's, no identity."""
        home = self.tmp / "home"
        home.mkdir(exist_ok=True)
        return {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LANG": "C.UTF-8",
            "CI": "true",
            "TKT_NOW": self.now,
            "GIT_AUTHOR_DATE": self.now,
            "GIT_COMMITTER_DATE": self.now,
            "FORGE_LOG": str(self.tmp / "log"),
            "FORGE_PULL": self.pull,
        }

    def tip(self, branch: str) -> str:
        return git(self.origin, "rev-parse", "--verify", "-q", f"refs/heads/{branch}", code=None).strip()

    # --- the three kinds of jobs ---

    def pull_request(self, branch: str) -> Ran:
        """The checks of a pull request of `branch`."""
        work = self.checked_out(branch)
        if self.name == "gitlab":
            base = git(work, "merge-base", f"origin/{self.branch}", "HEAD").strip()
            return self._gitlab(work, "tkt-merge-request", {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
        if self.name == "github":  # the trial merge of the forge
            git(work, "checkout", "-q", "--detach", f"origin/{self.branch}")
            identity = ("-c", "user.name=GitHub", "-c", "user.email=noreply@github.com")
            git(work, *identity, "merge", "-q", "--no-ff", "-m", "Merge", f"origin/{branch}")
        else:
            git(work, "checkout", "-q", "--detach")
        return self._actions(work, "pull-request", "pull-request", {"github.base_ref": self.branch})

    def schedule(self, job: str = "tick") -> Ran:
        """What the clock starts: `tick` or `late`."""
        work = self.checked_out(self.branch, *(("--depth=1",) if job == "late" else ()))
        if self.name == "gitlab":
            git(work, "checkout", "-q", "--detach")
            return self._gitlab(work, f"tkt-{job}", {})
        return self._actions(work, "schedule", job, {})

    def merge(self, branch: str, *, comment_on: str = "") -> Ran:
        """What somebody starts whose merge button is red, by hand or by a comment on a pull request."""
        work = self.checked_out(branch)
        if comment_on:
            return self._actions(work, "merge", "merge", {"github.event.issue.number": comment_on})
        if self.name == "gitlab":
            git(work, "checkout", "-q", "--detach")
            return self._gitlab(work, "tkt-merge", {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": branch})
        return self._actions(work, "merge", "merge", {"inputs.branch": branch})

    def pages(self, job: str) -> tuple[Ran, Path]:
        """The job `internal` or `public`, and the folder that it ran in."""
        work = self.checked_out(self.branch)
        if self.name == "gitlab":
            return self._gitlab(work, "pages" if job == "public" else "tkt-internal", {}), work
        return self._actions(work, "pages", job, {}), work

    def action(self, desk: Path, command: str) -> Ran:
        """The project's action.yml, in a desk that lies there."""
        written = yaml.safe_load((Path(__file__).parents[1] / "action.yml").read_text("utf-8"))
        context = {"github.action_path": str(self.tmp / "action"), "inputs.command": command}
        output = self.tmp / "GITHUB_OUTPUT"
        output.write_text("")
        ran = Ran()
        for number, step in enumerate(it for it in written["runs"]["steps"] if "run" in it):
            env = {**self.environment, "GITHUB_OUTPUT": str(output), **_filled(step["env"], context)}
            self._run(ran, str(number), f"set -o pipefail\n{step['run']}", desk, env)
        ran.outputs = _assigned(str(output))
        return ran

    def checked_out(self, branch: str, *options: str) -> Path:
        """A clean checkout, as a runner makes it."""
        work = self.tmp / "work"
        shutil.rmtree(work, ignore_errors=True)
        git(self.tmp, "clone", "-q", *options, "-b", branch, f"file://{self.origin}", str(work))
        git(work, "remote", "set-head", "origin", "--delete")  # runners fetch, and know no such thing
        return work

    # --- how a forge reads its files ---

    def _actions(self, work: Path, file: str, job: str, context: Mapping[str, str]) -> Ran:
        written = yaml.safe_load((work / FILES[self.name] / f"tkt-{file}.yml").read_text("utf-8"))
        wanted = written["jobs"][job]
        context = {"vars.TKT_PACKAGE": PACKAGE, "github.token": "secret", **context}
        ran, variables = Ran(), {**self._variables(), **_filled(written.get("env", {}), context)}
        variables |= _filled(wanted.get("env", {}), context)
        for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
            variables[name] = str(self.tmp / name)
            Path(variables[name]).write_text("")
        for number, step in enumerate(wanted["steps"]):
            if "run" not in step or (ran.failed and "!cancelled()" not in step.get("if", "")):
                continue
            env = {**variables, **_filled(step.get("env", {}), context)}
            assert "${{" not in step["run"], "a stranger's words must not become a part of a script"
            name = step.get("name", str(number))
            self._run(ran, name, step["run"], work, env)
            variables |= _assigned(variables["GITHUB_ENV"])
        ran.summary = Path(variables["GITHUB_STEP_SUMMARY"]).read_text("utf-8")
        ran.outputs = _assigned(variables["GITHUB_OUTPUT"])
        return ran

    def _variables(self) -> dict[str, str]:
        return {
            **self.environment,
            "GITHUB_API_URL": "https://api.example",
            "GITHUB_SERVER_URL": "https://git.example",
            "GITHUB_REPOSITORY": "acme/desk",
        }

    def _gitlab(self, work: Path, job: str, given: Mapping[str, str]) -> Ran:
        written = yaml.safe_load((work / FILES["gitlab"]).read_text("utf-8"))
        wanted = written[job]
        above = written[wanted["extends"]] if "extends" in wanted else {}
        variables = {
            **self.environment,
            "CI_REPOSITORY_URL": f"file://{self.origin}",
            "CI_PROJECT_DIR": str(work),
        }
        variables |= {
            "TKT_PACKAGE": PACKAGE,
            **above.get("variables", {}),
            **wanted.get("variables", {}),
            **given,
        }
        lines = [*above.get("before_script", []), *wanted["script"]]
        ran = Ran()
        self._run(ran, job, "\n".join(lines), work, variables)
        return ran

    def _run(self, ran: Ran, name: str, script: str, work: Path, env: Mapping[str, str]) -> None:
        done = subprocess.run(
            ["bash", "-e", "-c", script], cwd=work, env=dict(env), capture_output=True, text=True, check=False
        )
        ran.steps[name] = done.returncode
        ran.printed += done.stdout + done.stderr


def _filled(env: Mapping[str, Any], context: Mapping[str, str]) -> dict[str, str]:
    return {name: _PLACE.sub(lambda it: context.get(it[1], ""), str(value)) for name, value in env.items()}


def _assigned(file: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in Path(file).read_text("utf-8").splitlines())


def protect(origin: Path, branch: str = "main") -> Path:
    """Have a bare repository refuse pushes to a branch; the hook that does it."""
    hook = origin / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f'#!/bin/sh\nwhile read -r old new ref; do\n  [ "$ref" != refs/heads/{branch} ] || '
        '{ echo "You are not allowed to push code to protected branches on this project." >&2; exit 1; }\ndone\n'
    )
    hook.chmod(0o755)
    return hook


def scripts_of(path: str, text: str) -> Iterator[str]:
    """Every line of shell in a file of a forge."""
    written = yaml.safe_load(text)
    if "workflows" in path:
        for job in written["jobs"].values():
            yield from (step["run"] for step in job["steps"] if "run" in step)
    elif path.endswith("tkt.yml"):
        for job in written.values():
            yield from (*job.get("before_script", ()), *job.get("script", ()))
