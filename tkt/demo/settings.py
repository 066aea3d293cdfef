"""What is set on the demo desk that a new one leaves open: products, units, releases, addresses, who is away?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tkt.demo.arcs import RELEASE, last_week
from tkt.errors import Bug
from tkt.store.files import replace_file

AWAY = "zhou.hao"
_PRODUCTS = """products:
  invoicing: {en: Invoicing, zh: 开票}
  pos: {en: Point of sale, zh: 收银}
  app: {en: App, zh: 店长 App}
  stock: {en: Stock, zh: 库存}
"""
_UNITS = {"invoicing": 1240, "pos": 2860, "app": 3150, "stock": 910}
_SITE = """  keep_after_closing: 30 days
  public_url: https://status.yunzhang.example/
  contact: help@yunzhang.example
"""
_KNOWLEDGE = """knowledge:
  url: https://help.yunzhang.example/
  feedback_url: "mailto:help@yunzhang.example?subject={slug}%20helpful:%20{helpful}"
  contact: "mailto:help@yunzhang.example?subject={query}"
  allow: [help@yunzhang.example]
"""
_RELEASES = ((-46, "5.2.3"), (-18, "5.3.0"), (0, "5.3.1"))
"""Days from the Monday of the last full week, and what went out that night."""


def with_settings(root: Path, now: datetime, zone: ZoneInfo) -> None:
    """Fill them in, in the files of a new desk that is not committed yet."""
    week = last_week(now, zone)
    _put(root, "config/taxonomy.yaml", "products: {}\n", _PRODUCTS)
    _put(root, "config/reports.yaml", "denominators: {}\n", _denominators(week))
    _put(root, "config/reports.yaml", "releases: {}\n", _releases(week))
    _put(root, "config/reports.yaml", "  keep_after_closing: 30 days\n", _SITE)
    _put(root, "config/reports.yaml", "knowledge: {}\n", _KNOWLEDGE)
    _away(root, now.astimezone(zone).date())


def _denominators(week: datetime) -> str:
    lines = [f"  {name}: {{units: {units}, as_of: {week.date()}}}\n" for name, units in _UNITS.items()]
    return "".join(["denominators:\n", *lines])


def _releases(week: datetime) -> str:
    times = [((week + timedelta(days=days) + RELEASE).isoformat(), name) for days, name in _RELEASES]
    lines = [f'  - {{name: "{name}", at: "{at}"}}\n' for at, name in times]
    return "".join(["releases:\n  list:\n", *lines])


def _away(root: Path, today: date) -> None:
    """One person is away all next week."""
    monday = today + timedelta(days=7 - today.weekday())
    days = ", ".join((monday + timedelta(days=number)).isoformat() for number in range(5))
    path = "config/people.yaml"
    before = (root / path).read_bytes()
    lines = before.decode().splitlines(keepends=True)
    place = next((place for place, line in enumerate(lines) if line.strip() == f'"{AWAY}":'), None)
    if place is None:
        raise Bug(f"{path} has no {AWAY}")
    teams = next(number for number in range(place, len(lines)) if lines[number].strip().startswith("teams:"))
    lines.insert(teams + 1, f"    away: [{days}]\n")
    replace_file(root / path, "".join(lines).encode(), expected=before)


def _put(root: Path, path: str, old: str, new: str) -> None:
    before = (root / path).read_bytes()
    if old.encode() not in before:
        raise Bug(f"{path} has no {old.strip()}")
    replace_file(root / path, before.replace(old.encode(), new.encode(), 1), expected=before)
