"""Write what a shell must know of tkt's commands: their options, and what stands behind each.

python tools/completion_table.py     after a command or an option was added or changed

Completion answers at every press of Tab, and typer takes longer to load than that may take. So the shape of
the commands is kept in a file (tkt/commands/completing/commands.json); a test compares the two.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer

from tkt.cli import _root
from tkt.commands import COMMANDS, GROUPS
from tkt.commands.signature import mounted

FILE = Path(__file__).resolve().parent.parent / "tkt" / "commands" / "completing" / "commands.json"


def table() -> dict[str, Any]:
    """Command → its help, arguments and options; "" is tkt itself."""
    found = {"": {"help": "", "arguments": [], "options": _options(_params(_root))}}
    for name, ref in COMMANDS.items():
        found[name] = _told(ref)
    for name, group in GROUPS.items():
        found[name] = {"help": group.help, "arguments": [], "options": {}, "commands": list(group.commands)}
        for sub, ref in group.commands.items():
            found[f"{name} {sub}"] = _told(ref)
    return found


def text() -> str:
    """The file's content."""
    return json.dumps(table(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _told(ref: Any) -> dict[str, Any]:
    params = _params(mounted(ref.load(), here=ref.here))
    arguments = [str(it.metavar or it.name.upper()) for it in params if it.param_type_name == "argument"]
    return {"help": ref.help, "arguments": arguments, "options": _options(params)}


def _params(function: Any) -> list[Any]:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(function)
    return list(typer.main.get_command(app).params)


def _options(params: list[Any]) -> dict[str, list[str]]:
    """Option → what its value is (empty for none), and its help."""
    found = {}
    for param in params:
        if param.param_type_name == "option" and not getattr(param, "hidden", False):
            choices = getattr(param.type, "choices", None)
            kind = (
                "" if param.is_flag else "|".join(map(str, choices)) if choices else (param.metavar or "TEXT")
            )
            for name in param.opts:
                found[name] = [kind, param.help or ""]
    found["--help"] = ["", "Show this message and exit."]
    return found


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
