"""Which id does a name in the log get?"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping


class Names:
    """Ids for people or teams. `new` holds those that the desk does not know yet, id → name.

    A name that the map lists has the map's id; one that the desk knows, by name or id, the desk's;
    any other one an id made from the name, the same in every clone.
    """

    def __init__(self, listed: Mapping[str, str], desk: Mapping[str, Iterable[str]]) -> None:
        """`listed`: name → id as the map has it; `desk`: id → the names it goes by."""
        self._desk = frozenset(desk)
        self._ids = {_folded(name): key for key, names in desk.items() for name in names}
        self._ids |= {_folded(name): key for name, key in listed.items()}
        self.new: dict[str, str] = {}

    def id_of(self, name: str) -> str:
        """The id for `name`."""
        folded = _folded(name)
        found = self._ids.get(folded)
        if found is None:
            found = self._ids[folded] = self._free(slug(name))
        if found not in self._desk:
            self.new.setdefault(found, name)
        return found

    def keep_id(self, name: str) -> None:
        """`name` is an id already and stays one, where nobody is called so."""
        self._ids.setdefault(_folded(name), name)

    def _free(self, wanted: str) -> str:
        """`wanted`, numbered where another new name has it already."""
        candidate, number = wanted, 1
        while candidate in self.new:
            number += 1
            candidate = f"{wanted}-{number}"
        return candidate


def slug(name: str) -> str:
    """`Resolver  17` → resolver-17; a name without Latin letters and digits gets a derived id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if found and name.isascii():
        return found
    digest = hashlib.sha256(_folded(name).encode()).hexdigest()[:6]
    return f"{found}-{digest}" if found else f"name-{digest}"


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
