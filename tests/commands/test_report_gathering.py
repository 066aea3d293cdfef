"""What `tkt report kpi` takes from beside the tickets: git tags, listed releases, answers in customers' files."""

from __future__ import annotations

from helpers import DeskAtWork

from tkt.desk import Desk
from tkt.reports.gathering import gathered
from tkt.store.gitrepo import GitRepo


def test_releases_and_answers_of_customers_are_gathered(desk: DeskAtWork) -> None:
    reports = desk.root / "config" / "reports.yaml"
    text = reports.read_text("utf-8").replace(
        "releases: {}", 'releases: {tags: "v*", list: [{name: spring, at: 2026-03-01}]}'
    )
    reports.write_text(text, "utf-8")
    (desk.root / "customers").mkdir(exist_ok=True)
    (desk.root / "customers" / "globex.yaml").write_text(
        "name: Globex\nevents:\n- id: aaaaaa\n  at: 2026-10-06T09:00:00Z\n  by: globex\n  did: rated\n  kind: nps\n  score: 9\n",
        "utf-8",
    )
    desk.git("tag", "v1.0")
    desk.git("tag", "other")
    found = gathered(Desk.open(desk.root), GitRepo.of(desk.root), keywords=False)
    assert {it.name for it in found.releases} == {"v1.0", "spring"}
    assert [(it.customer, it.score) for it in found.answers] == [("globex", 9)]
    assert found.texts is None
