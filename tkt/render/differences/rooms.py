"""How is it told what differs beside the tickets: configuration, knowledge, replies, customers?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tkt.differences import CustomerChange, Difference, Effect, FileChange, TextChange
from tkt.differences.effects import Key
from tkt.durations import duration_text
from tkt.frozen import dataclass
from tkt.i18n import N_, Message, _, current_language, msg, msgn, render
from tkt.model import Value
from tkt.render import words
from tkt.render.differences.events import quoted
from tkt.render.differences.page import Entry, Group, Line, Words
from tkt.render.text import one_line
from tkt.render.values import because_text, field_text

_NAMED = 5  # tickets that an effect names
_HOW: Final = {"added": N_("new"), "changed": N_("changed"), "removed": N_("gone")}
_RULE = "rule:"
_HOOKS = "config/hooks/"


@dataclass(frozen=True, slots=True)
class RoomTeller:
    """Tells everything of one difference that is no ticket."""

    difference: Difference

    def groups(self) -> Iterator[Group]:
        """The groups that hold something."""
        found = self.difference
        named = {change.id for change in found.tickets}
        loose = [it for name, some in found.attachments.items() if name not in named for it in some]
        changed = found.configuration
        groups = (
            Group(_("Configuration"), changed, self._configuration),
            *(self._tried() if changed else ()),
            Group(_("Knowledge"), found.articles, self._article),
            Group(_("Canned replies"), found.replies, self._reply),
            Group(_("Customers"), found.customers, self._customer),
            Group(_("Other files"), [*loose, *found.files], self._file),
        )
        return (group for group in groups if group.items)

    # --- configuration ---

    def _tried(self) -> Iterator[Group]:
        """What the new configuration does to which tickets."""
        found = self.difference.effects
        if self.difference.unread_configuration:
            told = _("one of the two cannot be read, so nobody can say what it does")
            yield Group(_("What it would do"), [Entry("", told, mark="!")], _as_it_is, is_counted=False)
        elif found.considered:
            title = msgn(
                "What the new one would do to {count} ticket (open, or of the last 30 days)",
                "What the new one would do to {count} tickets (open, or of the last 30 days)",
                found.considered,
            )
            items = [self._effect(it) for it in found.all] or [Entry("", _("nothing would be different"))]
            yield Group(render(title), items, _as_it_is, is_counted=False)

    def _configuration(self, change: FileChange) -> Entry:
        is_program = change.path.startswith(_HOOKS) and change.how != "removed"
        told = _("a program that commands would run; a clone runs it once it is trusted there: tkt trust")
        return Entry(change.path, _(_HOW[change.how]), lines=(Line(told, "!"),) if is_program else ())

    def _effect(self, effect: Effect) -> Entry:
        count = len(effect.tickets)
        shown = ", ".join(effect.tickets[:_NAMED]) + (" …" if count > _NAMED else "")
        told = msgn(
            "{count} ticket: {effect} ({tickets})",
            "{count} tickets: {effect} ({tickets})",
            count,
            effect=self._told(effect.key),
            tickets=shown,
        )
        is_gain = effect.key.what == "verdict" and effect.key.after == "breached"
        return Entry("", one_line(render(told)), mark="!" if is_gain or effect.key.what == "team" else "~")

    def _told(self, key: Key) -> Message:
        config = self.difference.config
        if key.what == "verdict":
            old, new = (words.state_name(str(it)) for it in (key.before, key.after))
            clock = words.clock_name(key.source)
            return msg("SLA {clock}: {before} → {after}", clock=clock, before=old, after=new)
        if key.what == "policy":
            return msg("policy {old} → {new}", old=key.before or _("none"), new=key.after or _("none"))
        if key.what == "target":
            policy, row, clock = key.source.split(" ", 2)
            told = {"policy": policy, "row": row, "clock": words.clock_name(clock)}
            return msg(
                "{policy} {row}, {clock}: {old} → {new}",
                **told,
                old=_target(key.before),
                new=_target(key.after),
            )
        if key.what == "owner":
            return msg("the owner is here no more: {who}", who=key.source)
        label = words.field_name(config, key.what)
        old, new = (self._value(key.what, it) for it in (key.before, key.after))
        told_change = msg("{field} {old} → {new}", field=label, old=old, new=new)
        return (
            msg("{told}, by {source}", told=told_change, source=_source(key)) if key.source else told_change
        )

    def _value(self, field: str, value: Value) -> str:
        return field_text(self.difference.config, field, value) if value else _("none")

    # --- texts ---

    def _article(self, change: TextChange) -> Entry:
        lines: list[Line] = []
        if change.becomes_public:
            was = str(change.before.values.get("visibility", "?")) if change.before else _("new")
            told = msg("becomes public: customers can read it ({was} → public)", was=was)
            lines.append(Line(one_line(render(told)), "!", (Words(quoted(change.first_line)),)))
        elif change.leaves_public:
            lines.append(Line(_("is no longer public"), "~"))
        elif change.stays_public:
            lines.append(Line(_("is public: customers read the new text"), "!"))
        keys = tuple(key for key in change.keys if key != "visibility")
        if change.how == "changed" and keys:
            lines.append(Line(_keys(keys), "~"))
        return Entry(change.path, one_line(change.title), _(_HOW[change.how]), tuple(lines))

    def _reply(self, change: TextChange) -> Entry:
        words_now = (Words(quoted(change.first_line)),) if change.after and change.first_line else ()
        line = Line(_("what customers get by it from now on"), "~", words_now)
        return Entry(change.path, _(_HOW[change.how]), lines=(line,) if words_now else ())

    def _customer(self, change: CustomerChange) -> Entry:
        lines = (Line(_keys(change.keys), "~"),) if change.keys else ()
        return Entry(change.path, _(_HOW[change.how]), lines=lines)

    def _file(self, change: FileChange) -> Entry:
        return Entry(change.path, _(_HOW[change.how]))


def _as_it_is(entry: Entry) -> Entry:
    return entry


def _keys(keys: tuple[str, ...]) -> str:
    return one_line(render(msg("what differs: {keys}", keys=keys)))


def _source(key: Key) -> str:
    if key.source.startswith(_RULE):
        return render(msg("rule {name}", name=key.source.removeprefix(_RULE)))
    return because_text(key.source)


def _target(seconds: Value) -> str:
    return _("none") if seconds is None else duration_text(int(seconds), current_language())
