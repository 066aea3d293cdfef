"""What does each shell run when Tab is pressed? One script for each, beside this file."""

from __future__ import annotations

from pathlib import Path


def script_of(shell: str) -> str:
    """The completion script of `bash`, `zsh` or `fish`."""
    return (Path(__file__).parent / f"tkt.{shell}").read_text("utf-8")
