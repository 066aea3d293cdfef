"""On which line of which file does a finding stand?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tkt.audits import Finding
from tkt.comparison import Comparison, Version
from tkt.store.codec.reading import Document
from tkt.store.codec.tickets import event_line, ticket_document


def placed(findings: Iterable[Finding], comparison: Comparison) -> Iterator[Finding]:
    """The findings with path and line in the newer state; documents are read for tickets with findings alone."""
    files = {pair.id: pair.afters[0] for pair in comparison.tickets if pair.afters}
    documents: dict[str, Document] = {}
    for finding in findings:
        file = files.get(finding.ticket or "")
        if finding.path is not None or file is None or file.ticket is None:
            yield finding
            continue
        if file.path not in documents:
            documents[file.path] = _document(file, comparison)
        yield replace(finding, path=file.path, line=_line(finding, documents[file.path]))


def _document(file: Version, comparison: Comparison) -> Document:
    return ticket_document(
        file.data,
        path=file.path,
        status=file.path.split("/")[1],
        kinds=comparison.desk.config.field_kinds,
    )[1]


def _line(finding: Finding, document: Document) -> int | None:
    line = event_line(document, finding.event) if finding.event else None
    return line or (document.line(*finding.key) if finding.key else None)
