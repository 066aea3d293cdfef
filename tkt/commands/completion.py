"""`tkt completion`: how do commands, ids and values complete in a shell?"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.completing.scripts import script_of
from tkt.commands.options import DryRunOption
from tkt.commands.signature import reads
from tkt.errors import UsageError
from tkt.frozen import dataclass
from tkt.i18n import N_, msg
from tkt.store.files import create_file, replace_file


class Shell(StrEnum):
    """A shell whose completion tkt knows."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


ShellArgument = Annotated[
    Shell | None,
    typer.Argument(
        metavar="[SHELL]", help=N_("bash, zsh or fish; else the one you use."), show_default=False
    ),
]
WhichArgument = Annotated[Shell, typer.Argument(metavar="SHELL", help=N_("bash, zsh or fish."))]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where a shell looks for what completes `tkt`, and what else it must be told."""

    file: Path
    lines: tuple[str, ...] = ()  # for the shell's own settings, where it would not look there else
    settings: str = ""  # the file of its settings


@reads
def install(session: Session, shell: ShellArgument = None, dry_run: DryRunOption = False) -> int:
    """Write the completion of a shell to where that shell looks for it."""
    chosen = shell or _used_shell(os.environ)
    where = _setting(chosen, os.environ, Path.home())
    text = script_of(chosen.value)
    is_there = where.file.is_file() and where.file.read_text("utf-8", "replace") == text
    if not dry_run and not is_there:
        _write(where.file, text.encode())
    if session.json:
        session.answer(
            {
                "shell": chosen.value,
                "file": str(where.file),
                "written": not dry_run and not is_there,
                "dry_run": dry_run,
                "settings": where.settings or None,
                "lines": list(where.lines),
            }
        )
        return 0
    _tell(session, chosen, where, is_there=is_there, dry_run=dry_run)
    return 0


@reads
def show(session: Session, shell: WhichArgument) -> int:
    """Print the completion script of a shell."""
    if session.json:
        session.answer({"shell": shell.value, "script": script_of(shell.value)})
    else:
        sys.stdout.write(script_of(shell.value))
    return 0


def _write(file: Path, data: bytes) -> None:
    """Errors: FileError."""
    if file.exists():
        replace_file(file, data, expected=None)
    else:
        create_file(file, data)


def _tell(session: Session, shell: Shell, where: Setting, *, is_there: bool, dry_run: bool) -> None:
    if is_there:
        session.say(msg("{file} is as it should be", file=str(where.file)))
    elif dry_run:
        session.say(msg("would write {file}", file=str(where.file)))
    else:
        session.say(msg("wrote {file}", file=str(where.file)))
    missing = _missing_lines(where)
    if missing:
        session.say(msg("{file} needs these lines, which tkt leaves to you:", file=where.settings))
        session.say(*(f"  {line}" for line in missing))
    if not dry_run:
        session.say(msg("then start a new {shell}", shell=shell.value))


def _missing_lines(where: Setting) -> tuple[str, ...]:
    """The lines that the shell's settings do not have yet."""
    try:
        settings = Path(where.settings).expanduser().read_text("utf-8", "replace") if where.settings else ""
    except OSError:
        settings = ""
    there = {line.strip() for line in settings.splitlines()}
    return tuple(line for line in where.lines if line not in there)


def _used_shell(environ: Mapping[str, str]) -> Shell:
    """The shell that somebody types in: by the parent process, else by $SHELL. Errors: UsageError."""
    for name in (_parent(), environ.get("SHELL", "")):
        word = Path(name.strip()).name.removeprefix("-")
        if word in list(Shell):
            return Shell(word)
    raise UsageError(
        msg("which shell? tkt completes in bash, zsh and fish"), hint=msg("tkt completion install bash")
    )


def _parent() -> str:
    """What the process is called that started this one; empty where the system does not say."""
    try:
        return Path(f"/proc/{os.getppid()}/comm").read_text("utf-8", "replace")
    except OSError:
        return ""


def _setting(shell: Shell, environ: Mapping[str, str], home: Path) -> Setting:
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    settings = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    if shell is Shell.FISH:
        return Setting(file=settings / "fish" / "completions" / "tkt.fish")
    if shell is Shell.ZSH:
        folder = Path(environ.get("ZDOTDIR") or home)
        return Setting(
            file=home / ".zfunc" / "_tkt",
            settings=str(folder / ".zshrc"),
            lines=("fpath=(~/.zfunc $fpath)", "autoload -Uz compinit && compinit"),
        )
    file = data / "bash-completion" / "completions" / "tkt"
    if _has_bash_completion():
        return Setting(file=file)
    return Setting(file=file, settings=str(home / ".bashrc"), lines=(f'source "{file}"',))


def _has_bash_completion() -> bool:
    """Whether the package is there that looks into that folder."""
    folders = (
        "/usr/share/bash-completion",
        "/usr/local/share/bash-completion",
        "/opt/homebrew/share/bash-completion",
    )
    return any((Path(folder) / "bash_completion").is_file() for folder in folders)
