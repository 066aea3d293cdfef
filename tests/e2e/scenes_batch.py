"""Scenes of `tkt batch` and `tkt attach` for the gallery."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import file, nothing
from helpers import DeskAtWork

A = "261116-AAAA1"
_ATTACHED = """\
- id: bbbb00
  at: 2026-11-16T01:10:00Z
  by: li.wei
  did: attached
  file: E104.png
  sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
  bytes: 4
  type: image/png
"""


def lines(*each: str) -> Callable[[DeskAtWork], object]:
    return file("lines.jsonl", "".join(f"{line}\n" for line in each))


def has_file(data: bytes | None) -> Callable[[DeskAtWork], object]:
    """A ticket that has a file: this one, or none of that name."""

    def write(desk: DeskAtWork) -> None:
        path = desk.root / f"tickets/new/{A}.yaml"
        path.write_text(path.read_text("utf-8") + _ATTACHED, "utf-8")
        if data is not None:
            desk.write(f"attachments/{A}/9f86d081884c7d65.png", data)

    return write


BATCH = ("batch", "lines.jsonl")
GET = ("attach", "get", A, "E104.png", "-o", "got.png")
SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "batch of what is no JSON": (
        lines("{'do': 'note'}", "[", "[1, 2]", '{"do": NaN}', '{"a": 1, "a": 2}'),
        BATCH,
    ),
    "batch of what is no text": (file("lines.jsonl", b'{"do": "caf\xe9"}\n'), BATCH),
    "batch of operations that are none": (lines('{"do": "nte"}', '{"id": "AAAA1"}', '{"do": 7}'), BATCH),
    "batch with keys that are none": (
        lines(
            '{"do": "note", "id": "AAAA1", "txt": "x"}',
            '{"do": "note", "id": "AAAA1"}',
            '{"do": "note", "id": "AAAA2", "text": ["x"]}',
            '{"do": "note", "id": "AAAA2", "text": "x", "spent": "long"}',
            '{"do": "reply", "id": "AAAA2", "text": "x", "and": "wiat"}',
        ),
        BATCH,
    ),
    "batch that the guards refuse": (lines('{"do": "take", "id": "AAAA1"}'), BATCH),
    "batch about tickets that are none": (
        lines(
            '{"do": "note", "id": "ZZZZ", "text": "x"}',
            '{"do": "note", "id": "$a", "text": "x"}',
            '{"do": "note", "id": "AAAA", "text": "x"}',
            '{"do": "note", "id": "AAAA1", "text": "x", "by": "li.wie"}',
        ),
        BATCH,
    ),
    "batch of events that are written by verbs": (
        lines(
            '{"do": "event", "id": "AAAA1", "event": {"did": "moved", "to": "closed"}}',
            '{"do": "event", "id": "AAAA2", "event": {"did": "ratd"}}',
            '{"do": "event", "id": "AAAA2", "event": {"did": "rated", "scor": 5}}',
            '{"do": "event", "id": "AAAA2", "event": {"did": "rated", "score": "five"}}',
        ),
        BATCH,
    ),
    "batch from a file that is not there": (nothing, ("batch", "lines.jsonl")),
    "attach what is not there": (nothing, ("attach", "add", A, "E104.png")),
    "attach a directory": (nothing, ("attach", "add", A, "config")),
    "attach a link": (
        lambda desk: (desk.root / "link.txt").symlink_to("notes.txt"),
        ("attach", "add", A, "link.txt"),
    ),
    "attach a program": (file("report.pdf", b"MZ\x90\x00"), ("attach", "add", A, "report.pdf")),
    "attach what runs when it is opened": (
        file("invoice.pdf.exe", "x"),
        ("attach", "add", A, "invoice.pdf.exe"),
    ),
    "attach an empty file": (file("E104.png", b""), ("attach", "add", A, "E104.png")),
    "attach what is too large": (file("big.log", b"x" * 10_000_001), ("attach", "add", A, "big.log")),
    "attach to a message that is none": (nothing, ("attach", "add", A, "notes.txt", "--message", "zzzz00")),
    "get a file that it has not": (has_file(b"test"), ("attach", "get", A, "E105.png")),
    "get a file that is gone": (has_file(None), GET),
    "get a file that was changed": (has_file(b"tset"), GET),
    "get a file that git LFS keeps": (has_file(b"version https://git-lfs.github.com/spec/v1\n"), GET),
    "open a picture that is none": (has_file(b"test"), ("attach", "open", A, "E104.png")),
    "check files that are not as they were kept": (has_file(b"tsest"), ("check",)),
    "limits of attachments that are none": (
        lambda desk: desk.write(
            "tkt.yaml", (desk.root / "tkt.yaml").read_text("utf-8").replace("file_mb: 10", "file_mb: 99")
        ),
        ("list",),
    ),
}
