"""How does a template become a page? The one door to Jinja2.

Templates are looked for in the desk's `templates/`, then in the package, then in the checkout. They
run in Jinja2's sandbox and get plain values only; what a desk brings may be a stranger's.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tkt.errors import TktError
from tkt.i18n import _, msg

TEMPLATES = "templates"
LARGEST_PAGE = 20_000_000  # characters
_PACKAGED = Path(__file__).parents[1] / TEMPLATES
_CHECKOUT = Path(__file__).parents[2] / TEMPLATES
_FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class PageError(TktError):
    """A template cannot be used."""

    code: ClassVar[str] = "template"


def filled(
    template: str,
    values: Mapping[str, Any],
    *,
    desk: Path | None = None,
    filters: Mapping[str, Callable[..., str]] | None = None,
    marks: Mapping[str, str] | None = None,
) -> str:
    """The page that `template` (`report/page.md.j2`) makes of plain values; of many pages see `Templates`.

    Errors: as `Templates.page`.
    """
    return Templates(desk, filters=filters, marks=marks).page(template, values)


class Templates:
    """Templates that are compiled once and fill many pages.

    `desk`: the root whose own templates come first. `marks` are other delimiters than Jinja2's, for pages
    in which `{{` means something.
    """

    def __init__(
        self,
        desk: Path | None = None,
        *,
        filters: Mapping[str, Callable[..., str]] | None = None,
        marks: Mapping[str, str] | None = None,
    ) -> None:
        self._environment = environment(desk)
        for option, mark in (marks or {}).items():
            setattr(self._environment, option, mark)
        self._environment.filters.update(filters or {})

    def page(self, template: str, values: Mapping[str, Any]) -> str:
        """The page. Errors: PageError with path and line for a template that is missing, broken, does what the sandbox forbids, or never stops writing."""
        try:
            return _limited(self._environment.get_template(template).generate(**values), template)
        except TemplateNotFound as error:
            raise PageError(
                msg("there is no template {name}", name=str(error)), path=_shown(template)
            ) from error
        except TemplateSyntaxError as error:
            raise PageError(_fault(error.message or ""), path=_shown(template), line=error.lineno) from error
        except _FAULTS as error:
            raise PageError(
                _fault(str(error)), path=_shown(template), line=_line_in(error, template)
            ) from error

    def text(self, name: str) -> str:
        """A file of the templates' folders as it is: a style sheet, a script. Errors: PageError."""
        loader = self._environment.loader
        try:
            return loader.get_source(self._environment, name)[0] if loader is not None else ""
        except TemplateNotFound as error:
            raise PageError(msg("there is no template {name}", name=str(error)), path=_shown(name)) from error


def environment(desk: Path | None = None) -> Environment:
    """Jinja2 as tkt uses it: sandboxed, strict about names, HTML escaped."""
    own: list[BaseLoader] = [_InsideLoader(desk / TEMPLATES)] if desk is not None else []
    found = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*own, FileSystemLoader(_PACKAGED), FileSystemLoader(_CHECKOUT)]),
        autoescape=lambda name: name is not None and name.removesuffix(".j2").endswith((".html", ".xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    found.globals["_"] = _
    return found


class _InsideLoader(FileSystemLoader):
    """A folder whose links lead nowhere outside of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder.resolve()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = super().get_source(environment, template)
        if not Path(found[1]).resolve().is_relative_to(self.folder):
            raise TemplateNotFound(template)
        return found


def _limited(pieces: Any, template: str) -> str:
    found, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_PAGE:
            raise PageError(
                msg("the page is larger than {limit} characters", limit=LARGEST_PAGE), path=_shown(template)
            )
        found.append(piece)
    return "".join(found)


def _fault(text: str) -> Any:
    return msg("the template cannot be used: {fault}", fault=text)


def _shown(template: str) -> str:
    return f"{TEMPLATES}/{template}"


def _line_in(error: BaseException, template: str) -> int | None:
    """The line of the template at which it failed; Jinja2 puts its own lines into the traceback."""
    lines = [
        each.lineno for each in traceback.extract_tb(error.__traceback__) if each.filename.endswith(template)
    ]
    return lines[-1] if lines else None
