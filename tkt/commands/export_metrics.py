"""`tkt export metrics`: what does a monitoring system want to know of the desk?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.signature import reads
from tkt.errors import Conflict, UsageError
from tkt.i18n import N_, msg
from tkt.store.files import FileError, os_message

_BEGINNING = b"# HELP tkt_"

FileOption = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=N_("Where to, in place of what is there; - is standard output."),
        show_default=False,
    ),
]


@reads
def metrics(session: Session, output: FileOption = "-") -> int:
    """Write the desk's numbers in Prometheus' text format: what is open and late now, and counters since ever.

    For node_exporter's textfile collector: -o tkt.prom, which appears whole or not at all.
    """
    is_printed = output in ("", "-")
    if is_printed and session.json:
        raise UsageError(
            msg("--json tells what was written to a file, expected -o FILE with it"),
            hint=msg("tkt report kpi --json, or -o FILE"),
        )
    from tkt.export.measures import families_of
    from tkt.export.metrics import metrics_text
    from tkt.export.output import need_folder, opened
    from tkt.render.screen import print_bytes
    from tkt.reports.asked import Asked
    from tkt.reports.material import Material

    if not is_printed:
        need_folder(output)
        _refuse_others(output)
    material = Material.of(session.desk, Asked(is_grouped=False), now=session.now)
    families = list(families_of(material))
    text = metrics_text(families).encode()
    if is_printed:
        print_bytes(text)
    else:
        with opened(output, force=True) as write:
            write(text)
        if session.json:
            session.answer({"file": output, "metrics": len(families)})
    return session.report(material.ground.problems)


def _refuse_others(path: str) -> None:
    """Metrics take the place of metrics, and of nothing else. Errors: Conflict, FileError."""
    place = Path(path)
    try:
        if not place.is_file():
            return
        with place.open("rb") as stream:
            beginning = stream.read(len(_BEGINNING))
    except OSError as error:
        raise FileError(os_message(error), path=path) from error
    if beginning not in (b"", _BEGINNING):
        raise Conflict(
            msg("exists already and holds no metrics, expected another file; nothing was overwritten"),
            path=path,
            hint=msg("name a file that is not there yet"),
        )
