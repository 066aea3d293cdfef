"""What a list sets off of an id is enough to type: it finds that ticket and no other."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from querydesk import configuration

from tkt.ids import ALPHABET, enough
from tkt.store.tree import Tree

TAILS = st.text(st.sampled_from(ALPHABET[:4] + "6K"), min_size=5, max_size=5)
DAYS = st.sampled_from(["261116", "261121", "250101"])
NAMES = st.builds(lambda day, tail: f"{day}-{tail}", DAYS, TAILS)


@given(
    names=st.lists(NAMES, min_size=1, max_size=60, unique=True), prefix=st.sampled_from(["", "K0-", "LOG-"])
)
def test_what_is_set_off_is_a_part_of_one_id_alone(names: list[str], prefix: str) -> None:
    everyone = [prefix + name for name in names]
    for name, (start, stop) in enough(everyone[:10], everyone).items():
        part = name[start:stop]
        found = [each for each in everyone if part in each]
        assert found == [name] or part == name
        assert stop - start >= 2


def test_the_shortest_part_is_set_off() -> None:
    everyone = ["261116-K7Q2M", "261116-K8Q2M", "261116-61161", "250101-K8Q2M"]
    shown = {name: name[start:stop] for name, (start, stop) in enough(everyone, everyone).items()}
    assert shown == {
        "261116-K7Q2M": "K7",
        "261116-K8Q2M": "261116-K8Q2M",  # the same five on two days
        "261116-61161": "6116",  # 61 and 611 are parts of days
        "250101-K8Q2M": "250101-K8Q2M",
    }


def test_it_finds_the_ticket_among_closed_ones_too(tmp_path: Path) -> None:
    names = [f"2611{day:02}-{tail}" for day, tail in enumerate(("K7Q2M", "K7Q3M", "AK7Q2", "M3X9P"), 10)]
    for number, name in enumerate(names):
        folder = tmp_path / ("tickets/closed/2026-11" if number % 2 else "tickets/new")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yaml").touch()
    tree = Tree(tmp_path, configuration())
    assert sorted(tree.ids()) == sorted(names)
    for name, (start, stop) in enough(names, tree.ids()).items():
        assert [found.id for found in tree.find(name[start:stop].lower())] == [name]
