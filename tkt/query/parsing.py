"""How is a query read? `a b` both, `a OR b` one, `-a` not, brackets, `field:value,value`, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tkt.errors import nearest
from tkt.fields import FieldSpec, normalised
from tkt.i18n import msg
from tkt.late import late
from tkt.query.meaning import Settings, term_of
from tkt.query.source import QueryError, Source, quoted
from tkt.query.tree import Either, Every, Node, Not, Term, joined
from tkt.query.typed import Piece, Typed, read_values

DEEPEST = 50  # brackets and minus signs within each other

_FIELD = late(r"(?P<name>[^\W\d][\w.\-]*)(?P<colon>[:：])")
_COMPARISON = late(r"(?P<name>[^\W\d][\w.\-]*?)(?P<value>[<>=≤≥＜＞＝].*)")
_SPACE = late(r"\s")
_OR = late(r"OR(?![^\s()（）])")
_FOREIGN = {
    "AND": msg("conditions side by side must all hold; leave AND out"),
    "&&": msg("conditions side by side must all hold; leave && out"),
    "||": msg("write OR between two conditions"),
    "NOT": msg("write - directly before what is denied: -tag:beta"),
}
_WORDS = FieldSpec(name="text", kind="text")


def parse_tree(text: str, fields: Mapping[str, FieldSpec], settings: Settings) -> Node:
    """The meaning of a query; of an empty one, everything. Errors: QueryError."""
    return _Parser(text, fields, settings).whole()


class _Parser:
    """One pass over the text, one function for each level of the grammar."""

    def __init__(self, text: str, fields: Mapping[str, FieldSpec], settings: Settings) -> None:
        self.source = Source(text)
        self.fields = fields
        self.settings = settings
        self.depth = 0

    def whole(self) -> Node:
        if not self.source.text.strip():
            return Every(())
        self.source.skip_space()
        found = self._either()
        if not self.source.is_at_end:
            raise QueryError(self.source.column, msg("a closing bracket without its opening one"))
        return found

    def _either(self) -> Node:
        parts = [self._every()]
        while self.source.take(_OR):
            self.source.skip_space()
            parts.append(self._every())
        return joined(Either, parts)

    def _every(self) -> Node:
        """Terms side by side, up to OR, a closing bracket or the end; space behind them is read."""
        parts: list[Node] = []
        while not self._is_over():
            parts.append(self._negated())
            self.source.skip_space()
        if not parts:
            raise self._nothing()
        return joined(Every, parts)

    def _is_over(self) -> bool:
        here = self.source.text[self.source.place : self.source.place + 1]
        return here in ("", ")", "）") or _OR.match(self.source.text, self.source.place) is not None

    def _nothing(self) -> QueryError:
        column = self.source.column
        if self.source.take(_OR):
            return QueryError(
                column, msg("OR stands between two conditions"), hint=msg('the word itself is "OR"')
            )
        return QueryError(
            column, msg("a condition is missing"), hint=msg("for example {example}", example="status:open")
        )

    def _negated(self) -> Node:
        column = self.source.column
        if not self.source.take_any("-－"):
            return self._bracketed()
        if self._is_over() or self.source.take(_SPACE):
            raise QueryError(
                column, msg("- stands directly before what it denies"), hint=msg('the sign itself is "-"')
            )
        return Not(self._deeper(column, self._negated))

    def _bracketed(self) -> Node:
        column = self.source.column
        if not self.source.take_any("(（"):
            return self._term()
        self.source.skip_space()
        found = self._deeper(column, self._either)
        if not self.source.take_any(")）"):
            raise QueryError(column, msg("a bracket is not closed"), hint=msg("close it with )"))
        return found

    def _deeper(self, column: int, read: Callable[[], Node]) -> Node:
        if self.depth == DEEPEST:
            raise QueryError(column, msg("brackets and minus signs are nested too deeply"))
        self.depth += 1
        found = read()
        self.depth -= 1
        return found

    def _term(self) -> Node:
        column = self.source.column
        text = self.source.take_quoted()
        if text == "":
            raise QueryError(column, msg("there is nothing between the quotes"))
        if text is not None:
            return self._words(Piece(text, column, is_quoted=True))
        spec = self._field()
        if spec is not None:
            return term_of(spec, read_values(self.source, spec), self.settings)
        return self._words(self._bare(column))

    def _field(self) -> FieldSpec | None:
        """The field that a condition begins with; None where words are searched for."""
        column = self.source.column
        found = _FIELD.match(self.source.text, self.source.place)
        if found is None:
            return None
        spec = self._named(found["name"])
        if spec is None:
            raise self._no_field(column, found["name"])
        self.source.place = found.end()
        return spec

    def _named(self, name: str) -> FieldSpec | None:
        return self.fields.get(name) or self.fields.get(normalised(name))

    def _no_field(self, column: int, name: str) -> QueryError:
        guess = nearest(normalised(name), self.fields)
        words = quoted(self.source.take_word())
        if guess is None:
            hint = msg("to search for the words, put them in quotes: {text}", text=words)
        else:
            hint = msg(
                "did you mean {name}? To search for the words, put them in quotes: {text}",
                name=f"{guess}:",
                text=words,
            )
        return QueryError(column, msg("there is no field {name}", name=name), hint=hint)

    def _bare(self, column: int) -> Piece:
        word = self.source.take_word()
        if word in _FOREIGN:
            raise QueryError(column, _FOREIGN[word], hint=msg("the word itself is {text}", text=quoted(word)))
        found = _COMPARISON.fullmatch(word)
        spec = self._named(found["name"]) if found else None
        if found and spec:
            raise QueryError(
                column + found.end("name"),
                msg("a colon is missing after the field {name}", name=spec.name),
                hint=msg("did you mean {name}?", name=f"{spec.name}:{found['value'].lstrip('=＝')}"),
            )
        return Piece(word, column, is_quoted=word == "OR")

    def _words(self, piece: Piece) -> Term:
        term = term_of(_WORDS, [Typed(piece.column, "", replace(piece, is_quoted=True))], self.settings)
        return replace(term, text=str(piece), words=normalised(piece.text))
