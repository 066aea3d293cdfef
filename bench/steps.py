"""What may happen to a made ticket, one step after another?"""

from __future__ import annotations

from phrases import (
    AGAIN_EN,
    AGAIN_ZH,
    ENDINGS_EN,
    ENDINGS_ZH,
    GREETINGS_EN,
    GREETINGS_ZH,
    NOTES_EN,
    NOTES_ZH,
    PROGRESS_EN,
    PROGRESS_ZH,
    THANKS_EN,
    THANKS_ZH,
)
from story import DAY, TABLE, URGENCIES, Story, iso


def opening(story: Story, *, triage: str) -> None:
    """It comes in, and unless `triage` is none, is sorted."""
    who, channel = story.asker.email, story.channel
    story.tail["received_at"] = iso(story.at)
    story.tail["triage"] = triage
    text = f"  status: new\n  raised_by: customer\n  channel: {channel}\n"
    story.event(who, "opened", text, role="customer")
    lines = [story.said(line) for line in story.matter.words[: story.dice.choice((1, 1, 1, 2))]]
    lines[0] = story.one_of(GREETINGS_ZH, GREETINGS_EN) + lines[0]
    if story.dice.random() < 0.2:
        lines.append(story.one_of(ENDINGS_ZH, ENDINGS_EN))
    story.event(who, "message", message(lines), role="customer")
    if triage == "none":
        return
    judged(story)
    if triage == "whole":
        story.step(2, 40)
        story.event(story.owner, "triaged", "")
    for name in ("type", "category", "product", "impact", "urgency", "complexity"):
        if triage == "whole":
            value = story.tail.get(name) or getattr(story.matter, name)
            story.event(story.owner, "set", f"  field: {name}\n  to: {value}\n")
    if triage == "whole":
        because = f"category {story.matter.type}/{story.matter.category}"
        story.event(story.owner, "set", f"  field: team\n  to: {story.matter.team}\n  because: {because}\n")
    row = (
        f'"table {story.asker.tier}/{story.tail["impact"]}/{story.tail["urgency"]}: {story.tail["priority"]}"'
    )
    priority = f"  field: priority\n  to: {story.tail['priority']}\n  because: {row}\n"
    story.event(story.owner, "set", priority)


def judged(story: Story) -> None:
    """Impact, urgency, complexity, and the priority that the table gives."""
    dice = story.dice
    story.tail["impact"] = impact = dice.choices(("one", "some", "many"), (78, 18, 4))[0]
    urgency = dice.choices((0, 1, 2), (7, 31, 62))[0]
    story.tail["urgency"] = URGENCIES[urgency]
    story.tail["complexity"] = dice.choices(("simple", "multi-step", "cross-team"), (55, 35, 10))[0]
    story.tail["priority"] = TABLE[story.asker.tier, impact][urgency]
    if story.matter.category == "supplies":
        story.tail["priority"] = "P4"


def assigned(story: Story) -> None:
    """It has an owner."""
    story.tail["owned"] = story.owner
    story.step(2, 45)
    story.event(story.owner, "set", f"  field: owner\n  to: {story.owner}\n")
    story.event(story.owner, "moved", "  from: new\n  to: assigned\n")


def started(story: Story) -> None:
    """The owner begins."""
    story.step(1, 30)
    moved(story, "assigned", "in-progress", next_action(story, 4))


def waiting(story: Story) -> None:
    """The owner asks and waits."""
    story.step(3, 60)
    lines = [story.said(story.matter.question)]
    text = "  to: customer\n  asks_customer: true\n" + message(lines)
    story.event(story.owner, "message", text, role="agent")
    until = iso(story.at + 3 * DAY)
    mapping = f"waiting: {{on: customer, for: {flow(story.matter.missing)}, until: {until}}}\n"
    story.tail["waiting"] = mapping
    moved(story, "in-progress", "waiting", mapping)


def answered(story: Story) -> None:
    """The customer answers, and the ticket goes on."""
    story.step(20, 900)
    text = message([story.said(story.matter.answer)]) + f"  via: {story.channel}\n"
    story.event(story.asker.email, "message", text, role="customer")
    story.tail.pop("waiting")
    story.tail["next_action"] = next_action(story, 5)
    text = "  from: waiting\n  to: in-progress\n" + indented(story.tail["next_action"])
    story.event("rule:customer-writes", "moved", text, role="system")


def noted(story: Story) -> None:
    """A note between colleagues."""
    story.step(2, 90)
    story.event(story.owner, "note", message([story.one_of(NOTES_ZH, NOTES_EN)]))


def progress(story: Story) -> None:
    """The customer hears how far it is."""
    story.step(20, 200)
    text = "  to: customer\n" + message([story.one_of(PROGRESS_ZH, PROGRESS_EN)])
    story.event(story.owner, "message", text, role="agent")


def resolved(story: Story, before: str = "in-progress") -> None:
    """The solution is told and the ticket resolved."""
    story.tail["owned"] = story.owner
    story.step(10, 400)
    greeting = story.asker.name + "您好，" if story.is_chinese else f"Hi {story.asker.name.split()[0]},\n    "
    text = f"  to: customer\n  spent: {story.dice.randrange(5, 60)}\n"
    lines = [greeting + story.said(story.matter.solution)]
    if story.dice.random() < 0.2:
        lines.append("如仍有问题，直接回复即可。" if story.is_chinese else "If anything is left, just reply.")
    story.event(story.owner, "message", text + message(lines), role="agent")
    it = story.matter
    mapping = f"resolution: {{code: {it.code}, cause: {it.cause}, text: {flow(story.said(it.resolution))}}}\n"
    story.tail["resolution"] = mapping
    moved(story, before, "resolved", mapping)


def reopened(story: Story) -> None:
    """It was not solved after all."""
    story.step(300, 3000)
    text = message([story.one_of(AGAIN_ZH, AGAIN_EN)]) + f"  via: {story.channel}\n"
    story.event(story.asker.email, "message", text, role="customer")
    story.step(2, 60)
    why = "客户反馈问题仍在" if story.is_chinese else "the customer says that it is not solved"
    moved(story, "resolved", "in-progress", next_action(story, 6), f"  reason: {why}\n")
    story.tail.pop("resolution")


def closed(story: Story) -> None:
    """Confirmed by the customer, or by seven days of silence."""
    if story.dice.random() < 0.2 or story.matter.type == "complaint" or story.tail["priority"] == "P1":
        story.step(60, 1500)
        text = message([story.one_of(THANKS_ZH, THANKS_EN)]) + f"  via: {story.channel}\n"
        story.event(story.asker.email, "message", text, role="customer")
        thanks = story.last_id
        story.step(1, 40)
        story.event(story.owner, "no-reply-needed", f"  message: {thanks}\n")
        told = f"  confirmed: {{how: {story.channel}, evidence: {thanks}}}\n"
        story.event(story.owner, "moved", "  from: resolved\n  to: closed\n" + told)
        return
    story.step(7 * 1440, 7 * 1440 + 5)
    text = "  from: resolved\n  to: closed\n  auto_closed: true\n"
    story.event("tick", "moved", text, role="system")


def moved(story: Story, old: str, new: str, mapping: str, more: str = "") -> None:
    """A move by the owner, with what it needs, which is stored above as well."""
    name = mapping.partition(":")[0]
    if name == "next_action":
        story.tail[name] = mapping
    text = f"  from: {old}\n  to: {new}\n" + indented(mapping) + more
    story.event(story.owner, "moved", text)


def next_action(story: Story, hours: int) -> str:
    """Who does what by when."""
    what = "答复客户" if story.is_chinese else "answer the customer"
    return f"next_action: {{who: owner, what: {what}, by: {iso(story.at + hours * 3600)}}}\n"


def message(lines: list[str]) -> str:
    """The key `text` of an event."""
    if len(lines) == 1 and len(lines[0]) < 90 and "\n" not in lines[0]:
        return f"  text: {lines[0]}\n"
    return "  text: |-\n" + "".join(f"    {line}\n" for line in lines)


def flow(text: str) -> str:
    """A text inside of a flow mapping."""
    return f'"{text}"' if "," in text else text


def indented(mapping: str) -> str:
    """A stored key as a key of an event."""
    return "".join(f"  {line}\n" for line in mapping.splitlines())
