"""`tkt list` starts fast because it loads little: this is the list of what it may not load."""

import subprocess
import sys

from helpers import DeskAtWork

HEAVY = (
    "git",
    "jinja2",
    "rich",
    "hypothesis",
    "babel",
    "importlib.metadata",
    "asyncio",
    "email",
    "http",
)


def test_list_loads_neither_git_nor_jinja_nor_rich(desk: DeskAtWork) -> None:
    desk.tkt("new", "a ticket", "--channel", "phone", "--text", "words")
    program = (
        "import sys\n"
        "from tkt.cli import main\n"
        f"code = main(['-C', {str(desk.root)!r}, 'list'])\n"
        "print(code, *sorted(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    code, *modules = done.stderr.split()
    assert code == "0"
    assert "a ticket" in done.stdout
    loaded = {name for name in modules if name.split(".")[0] in HEAVY or name in HEAVY}
    assert not loaded
    ours = {name for name in modules if name.startswith("tkt.commands.")}
    assert ours == {
        f"tkt.commands.{name}" for name in ("common", "helping", "listing", "options", "signature")
    }
    assert not {
        name
        for name in modules
        if name.startswith(("tkt.actions", "tkt.kpis", "tkt.store.gitrepo", "tkt.intake"))
    }
