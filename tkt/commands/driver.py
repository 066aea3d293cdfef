"""`tkt merge-driver` and `tkt textconv`: what git asks of tkt, one file at a time.

As git writes them they are carried out by `tkt.start`, which loads less; here they are commands like
others, with their help and their faults.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.signature import reads
from tkt.driver.readable import file_bytes, print_readable, readable
from tkt.driver.versions import merge_files
from tkt.i18n import N_

BaseArgument = Annotated[
    Path, typer.Argument(metavar="BASE", help=N_("The version that both come from (%O); empty: none."))
]
OursArgument = Annotated[
    Path, typer.Argument(metavar="OURS", help=N_("Our version (%A); the merged one replaces it."))
]
TheirsArgument = Annotated[Path, typer.Argument(metavar="THEIRS", help=N_("Their version (%B)."))]
PathArgument = Annotated[str, typer.Argument(metavar="PATH", help=N_("What the file is called (%P)."))]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=N_("The file to print."))]


@reads
def merge_driver(
    session: Session, base: BaseArgument, ours: OursArgument, theirs: TheirsArgument, path: PathArgument
) -> None:
    """Merge three versions of a file of the desk; exit code 1 where it stays in conflict."""
    merge_files(base, ours, theirs, path)
    if session.json:
        session.answer({"path": path})


@reads
def textconv(session: Session, file: FileArgument) -> None:
    """Print a file in words, a line a fact; what is no record of a desk is printed as it is."""
    if session.json:
        session.answer({"text": readable(file_bytes(file)).decode("utf-8", "replace")})
    else:
        print_readable(file)
