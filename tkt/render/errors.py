"""How is a fault told: to a person as `error:` and `hint:` lines, to a program as one JSON object?"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable
from shutil import get_terminal_size

from tkt.errors import DataError, Problem, Severity, TktError
from tkt.i18n import msg, render
from tkt.render.jsons import json_text
from tkt.render.screen import print_aside
from tkt.render.text import clean, one_line, width, wrap


def print_error(error: TktError, *, as_json: bool) -> None:
    """Tell why a request could not be carried out, on standard error."""
    if as_json:
        _print_object(error_json(error))
    else:
        print_problems(error.problems)


def print_problems(problems: Iterable[Problem]) -> None:
    """One `error:` or `warning:` line a problem, with its hint below, on standard error."""
    for problem in problems:
        where = f"{one_line(problem.where())} " if problem.path is not None else ""
        told = f"{where}{clean(render(problem.message))}"
        is_error = problem.severity is Severity.ERROR
        line = msg("error: {text}", text=told) if is_error else msg("warning: {text}", text=told)
        print_aside(_fitted(render(line)))
        if problem.hint is not None:
            print_aside(render(msg("hint: {text}", text=clean(render(problem.hint)))))


def _fitted(told: str) -> str:
    """Broken between words where a terminal would break it anywhere; hints stay whole, to be pasted."""
    if not sys.stderr.isatty():
        return told
    columns = max(get_terminal_size((80, 24)).columns, 20)
    return "\n".join(each for line in told.split("\n") for each in _hanging(line, columns))


def _hanging(line: str, columns: int) -> list[str]:
    indent = line[: len(line) - len(line.lstrip(" "))]
    if width(line) <= columns:
        return [line]
    first, *more = wrap(line[len(indent) :], max(columns - len(indent) - 2, 20))
    return [f"{indent}{first}", *(f"{indent}  {each}" for each in more)]


def error_json(error: TktError) -> dict[str, object]:
    """code, message, path, line, hint, and all problems where files are at fault or there are several."""
    found = problem_json(error.problem)
    if len(error.problems) > 1 or isinstance(error, DataError):
        found["problems"] = [problem_json(problem) for problem in error.problems]
    return found


def problem_json(problem: Problem) -> dict[str, object]:
    """One problem for a program; `message` and `hint` in the reader's language."""
    return {
        "code": problem.code,
        "message": render(problem.message),
        "path": problem.path,
        "line": problem.line,
        "hint": render(problem.hint) if problem.hint is not None else None,
        "severity": str(problem.severity),
    }


def print_bug(error: Exception, *, as_json: bool) -> None:
    """A bug in tkt: one line, and how to see the rest."""
    where = traceback.extract_tb(error.__traceback__)[-1:]
    place = " ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in where)
    message = msg(
        "this is a bug in tkt: {kind} at {place}: {text}",
        kind=type(error).__name__,
        place=place,
        text=str(error),
    )
    hint = msg("tkt log tells what was recorded all the same; with TKT_DEBUG=1 tkt tells where it went wrong")
    problem = Problem(code="bug", message=message, hint=hint)
    if as_json:
        _print_object(problem_json(problem))
    else:
        print_problems([problem])


def _print_object(error: dict[str, object]) -> None:
    print_aside(json_text({"schema": 1, "error": error}, sys.stderr))
