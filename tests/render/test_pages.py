"""Templates run in a sandbox, get plain values, and their faults are told with path and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tkt.render import pages
from tkt.render.pages import PageError, filled


def with_template(root: Path, text: str, name: str = "own.md.j2") -> Path:
    folder = root / "templates"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("fine\n{% if %}", 2, "Expected an expression"),
        ("fine\n\n{{ nobody }}", 3, "'nobody' is undefined"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ page.append(1) }}", 1, "unsafe"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{% include 'nothing.md.j2' %}", None, "no template nothing.md.j2"),
    ],
)
def test_a_broken_template_names_its_line(tmp_path: Path, text: str, line: int | None, told: str) -> None:
    with pytest.raises(PageError, match=told) as caught:
        filled("own.md.j2", {"page": [1]}, desk=with_template(tmp_path, text))
    assert (caught.value.path, caught.value.line) == ("templates/own.md.j2", line)


def test_a_missing_template_is_named() -> None:
    with pytest.raises(PageError, match=r"no template nothing\.md\.j2"):
        filled("nothing.md.j2", {})


def test_markdown_is_not_escaped_as_html_and_html_is(tmp_path: Path) -> None:
    with_template(tmp_path, "{{ x }}")
    with_template(tmp_path, "{{ x }}", "own.html.j2")
    assert filled("own.md.j2", {"x": "<b>"}, desk=tmp_path) == "<b>"
    assert filled("own.html.j2", {"x": "<b>"}, desk=tmp_path) == "&lt;b&gt;"


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "link.md.j2"])
def test_no_template_leads_out_of_the_desk(tmp_path: Path, name: str) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with_template(desk, "fine")
    (desk / "templates" / "link.md.j2").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(PageError):
        filled(name, {}, desk=desk)


def test_a_template_that_writes_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LARGEST_PAGE", 1000)
    with pytest.raises(PageError, match="larger than 1000 characters"):
        filled(
            "own.md.j2", {}, desk=with_template(tmp_path, "{% for i in range(9999) %}xxxxxxxx{% endfor %}")
        )


def test_templates_can_speak_the_readers_language(tmp_path: Path) -> None:
    assert filled("own.md.j2", {}, desk=with_template(tmp_path, "{{ _('n/a') }}")) == "n/a"
