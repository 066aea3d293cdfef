"""Which door does a command line take?

Git calls `tkt merge-driver` and `tkt textconv` once a file, and a shell `tkt completion words` at every Tab;
these, as they are written there, do not wait for what other commands need. Everything else goes to `tkt.cli`, `tkt merge-driver --help` too.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tkt.errors import TktError

_DRIVER_FILES = 4
_SELDOM = 200_000  # more things than a short command makes, few beside what a long one does


def run() -> None:
    """The console script, and `python -m tkt`."""
    gc.set_threshold(_SELDOM, 20, 100)  # most of what is made while loading stays; a tenth of a short command
    try:
        _run()
    finally:
        gc.freeze()  # rings of garbage go with the process; else the interpreter looks for them once more, for long


def _run() -> None:
    if sys.argv[1:3] == ["completion", "words"]:
        from tkt.commands.completing import run as complete

        sys.exit(complete(sys.argv[3:]))
    command = _of_git(sys.argv[1:])
    if command is None:
        from tkt.cli import run as run_any

        run_any()
    else:
        sys.exit(_carried_out(command))


def _of_git(args: Sequence[str]) -> Callable[[], None] | None:
    """What git asks for; None where it is not git, or nothing that git would ask for."""
    name, given = args[:1], args[1:]
    if any(word.startswith("-") for word in given[:3]):
        return None
    if name == ["merge-driver"] and len(given) == _DRIVER_FILES:
        return lambda: _merge(*given)
    if name == ["textconv"] and len(given) == 1:
        return lambda: _show(*given)
    return None


def _merge(base: str, ours: str, theirs: str, path: str) -> None:
    from pathlib import Path

    from tkt.driver.versions import merge_files

    merge_files(Path(base), Path(ours), Path(theirs), path)


def _show(file: str) -> None:
    from pathlib import Path

    from tkt.driver.readable import print_readable

    _speak()
    print_readable(Path(file))


def _carried_out(command: Callable[[], None]) -> int:
    """0; 1 where a conflict stays; 2 for any other fault, as git takes codes above 128 for a crash."""
    from tkt.errors import EXIT_ERROR, TktError
    from tkt.render.screen import let_go, mend_streams, settle_streams

    mend_streams()
    try:
        command()
    except TktError as error:
        return _told(error)
    except KeyboardInterrupt:
        return EXIT_ERROR
    except BrokenPipeError:
        let_go()
    except Exception as error:
        if os.environ.get("TKT_DEBUG"):
            raise
        return _told_bug(error)
    finally:
        settle_streams()
    return 0


def _told(error: TktError) -> int:
    from tkt.errors import EXIT_ERROR
    from tkt.render.errors import print_error

    _speak()
    print_error(error, as_json=False)
    return min(error.exit_code, EXIT_ERROR)


def _told_bug(error: Exception) -> int:
    from tkt.errors import EXIT_ERROR
    from tkt.render.errors import print_bug

    _speak()
    print_bug(error, as_json=False)
    return EXIT_ERROR


def _speak() -> None:
    """The language as `tkt.cli` chooses it, looked up only where there is something to say."""
    from pathlib import Path

    from tkt import i18n
    from tkt.store.config import desk_language

    i18n.activate(i18n.language_of(os.environ.get("TKT_LANG") or desk_language(Path())))
