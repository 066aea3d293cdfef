"""Scenes of the gallery: exports for other systems that cannot be written as they are asked for."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing
from helpers import DeskAtWork

Scene = tuple[Callable[[DeskAtWork], object], tuple[str, ...]]
PARQUET = ("export", "parquet", "-o", "out")


def a_file_of_mine(desk: DeskAtWork) -> None:
    desk.write("out/notes.txt", "mine\n")


def an_earlier_export(desk: DeskAtWork) -> None:
    desk.write("out/meta.parquet", b"PAR1")


SCENES: dict[str, Scene] = {
    "Parquet without a folder": (nothing, ("export", "parquet")),
    "Parquet over something else": (a_file_of_mine, PARQUET),
    "Parquet over an earlier export": (an_earlier_export, PARQUET),
    "Parquet over a file": (lambda desk: desk.write("out", "mine\n"), PARQUET),
    "SQL of no key figure": (nothing, ("export", "sql", "K99")),
    "metrics and JSON at once": (nothing, ("export", "metrics", "--json")),
}
