"""How is a difference said: on a terminal, as a comment on a pull request, to a program?

`building` makes a page of plain strings, `text` and `markdown` set it; `jsons` is for programs.
"""

from tkt.render.differences.building import difference_page
from tkt.render.differences.jsons import difference_json
from tkt.render.differences.markdown import page_markdown
from tkt.render.differences.text import page_lines

__all__ = ["difference_json", "difference_page", "page_lines", "page_markdown"]
