"""What is written when something happens to a demo ticket? One function a step."""

from __future__ import annotations

from datetime import datetime, timedelta

from tkt.clock import instant_text
from tkt.demo.story import Story
from tkt.model import Value

_PROMISE, _TASK = "PR1", "T1"
_WORKING_DAY = 450  # minutes
LEARNS = "lin.xue"
"""Who leads the reviews."""
_MOODS: tuple[tuple[float, tuple[int, ...]], ...] = (
    (0.5, (0, 0, 1, 6, 26)),
    (2, (0, 0, 4, 14, 12)),
    (8, (0, 3, 7, 10, 4)),
    (float("inf"), (2, 5, 8, 5, 1)),
)
"""Hours until the first answer, and how likely 1 to 5 stars are then."""
_CITES = 0.55
"""How often a reply names the article that has the answer."""


def receive(story: Story, at: datetime) -> None:
    """The customer writes or calls."""
    draft, scenario = story.draft, story.scenario
    _as_customer(story, at)
    draft.status = "new"
    draft.values = {
        "title": story.said(scenario.title),
        "channel": story.channel,
        "customer": story.asker.customer.id if story.asker.customer else None,
        "tier": story.asker.tier,
        "contact": story.asker.contact,
        "received_at": at,
        "language": story.language,
        "asks": {key: story.said(text) for key, text in scenario.asks.items()} if scenario.asks else None,
        **story.fields(),
    }
    live = "live" if story.plot.is_live else None
    draft.event("opened", status="new", raised_by="customer", channel=story.channel, first_contact=live)
    draft.event("message", text=story.said(scenario.words))


def triage(story: Story, at: datetime) -> None:
    """Somebody of the first line judges it and gives it to its owner."""
    draft = story.draft
    draft.command(at, story.owner.id)
    _judge(story)
    draft.set("owner", story.owner.id)
    if not story.plot.is_live:
        draft.move("assigned")


def take(story: Story, at: datetime) -> None:
    """The owner starts."""
    story.draft.command(at, story.owner.id)
    _start_work(story, at, "answer")


def ask(story: Story, at: datetime) -> None:
    """The owner asks the customer, and waits."""
    draft = story.draft
    draft.command(at, story.owner.id)
    question = story.said(story.scenario.question)
    draft.event("message", to="customer", asks_customer=True, **story.public_message(), text=question)
    what = story.said(story.scenario.waiting_for)
    draft.move("waiting", waiting=_waiting("customer", what, at + timedelta(days=3)))


def answer(story: Story, at: datetime) -> None:
    """The customer answers; the ticket goes on by itself."""
    _customer_says(story, at, story.scenario.answer)
    if story.draft.status == "waiting":
        story.draft.by_itself("rule:customer-writes")
        _start_work(story, at, "answer")


def progress(story: Story, at: datetime) -> None:
    """The owner says where things stand."""
    _agent_says(story, at, story.scenario.progress)


def note(story: Story, at: datetime) -> None:
    """A colleague writes down what only the desk needs to know."""
    text = story.said(story.scenario.note)
    people = story.config.people.people
    mentions = [name for name in people if f"@{name}" in text]
    story.draft.command(at, story.colleague.id)
    story.draft.event("note", mentions=mentions or None, text=text)


def promise(story: Story, at: datetime) -> None:
    """The owner names a time to the customer: a working day from now."""
    until = instant_text(story.hours.at_the_desk(at, _WORKING_DAY))
    story.draft.command(at, story.owner.id)
    story.draft.event("promised", promise=_PROMISE, until=until, text=story.phrases.promise)


def keep(story: Story, at: datetime) -> None:
    """That is done."""
    story.draft.command(at, story.owner.id)
    story.draft.event("kept", promise=_PROMISE)


def give_task(story: Story, at: datetime) -> None:
    """Another team has a part in it."""
    story.draft.command(at, story.owner.id)
    story.draft.event("task", task=_TASK, title=story.phrases.task, team="operations", target="7h30m")


def finish_task(story: Story, at: datetime) -> None:
    """They did theirs."""
    story.draft.command(at, story.colleague.id)
    story.draft.event("task-done", task=_TASK, spent=story.dice.randrange(5, 30))


def wait_for_vendor(story: Story, at: datetime) -> None:
    """Somebody outside must act."""
    story.draft.command(at, story.owner.id)
    what = story.one_of(story.phrases.vendor)
    story.draft.move("waiting", waiting=_waiting("vendor", what, at + timedelta(days=2)))


def vendor_answers(story: Story, at: datetime) -> None:
    """They did."""
    story.draft.command(at, story.owner.id)
    story.draft.event("note", text=story.one_of(story.phrases.vendor_back))
    _start_work(story, at, "check")


def hand_over(story: Story, at: datetime) -> None:
    """Another person takes it on, with the whole story."""
    draft = story.draft
    draft.command(at, story.owner.id)
    draft.event("note", mentions=[story.colleague.id], text=story.one_of(story.phrases.handover_note))
    draft.set("owner", story.colleague.id)
    story.hand_to(story.colleague)


def introduce(story: Story, at: datetime) -> None:
    """The new owner says so to the customer."""
    _agent_says(story, at, story.dice.choice(story.phrases.handover))


def chase(story: Story, at: datetime) -> None:
    """The customer asks where things stand."""
    _customer_says(story, at, story.dice.choice(story.phrases.chase))


def raise_urgency(story: Story, at: datetime) -> None:
    """It weighs more than it seemed: another urgency, and with it another priority."""
    levels = list(story.config.taxonomy.urgency)
    higher = levels[max(levels.index(story.scenario.urgency) - 1, 0)]
    story.draft.command(at, story.owner.id)
    story.draft.set("urgency", higher, reason=story.phrases.raised)
    decision = story.decision(higher)
    story.draft.set("priority", decision.priority, because=decision.reason)


def soothe(story: Story, at: datetime) -> None:
    """The owner answers a customer who waits."""
    _agent_says(story, at, story.dice.choice(story.phrases.patience))


def apologise(story: Story, at: datetime) -> None:
    """The first answer comes late, and says so."""
    _agent_says(story, at, story.dice.choice(story.phrases.late))


def solve(story: Story, at: datetime) -> None:
    """The solution, told in the same breath."""
    _solve(story, at, story.scenario.solution)


def solve_untold(story: Story, at: datetime) -> None:
    """It is solved, but nobody tells the customer."""
    story.draft.command(at, story.owner.id)
    story.draft.move("resolved", resolution=_resolution(story))


def solve_again(story: Story, at: datetime) -> None:
    """The solution after a reopen."""
    _solve(story, at, story.scenario.solution_again)


def solve_live(story: Story, at: datetime) -> None:
    """All of it while the customer is on the phone."""
    triage(story, at)
    text = story.said(story.scenario.solution)
    story.draft.event("message", to="customer", sent_by="phone", spent=story.dice.randrange(4, 16), text=text)
    story.draft.move("resolved", resolution=_resolution(story))


def thank(story: Story, at: datetime) -> None:
    """The customer confirms in a few words."""
    _customer_says(story, at, story.scenario.thanks)


def need_no_reply(story: Story, at: datetime) -> None:
    """The owner marks the thanks as such."""
    story.draft.command(at, story.owner.id)
    message = story.last_message().id
    story.draft.event("no-reply-needed", message=message, reason=story.phrases.waiting_reason)


def close(story: Story, at: datetime) -> None:
    """Closed because the customer said so, or said so on the phone."""
    story.draft.command(at, story.owner.id)
    has_thanked = story.draft.events[-1].did == "no-reply-needed"
    how = story.channel if has_thanked else "phone"
    evidence = story.last_message().id if has_thanked else story.phrases.confirm
    story.draft.move("closed", confirmed={"how": how, "evidence": evidence})


def expire(story: Story, at: datetime) -> None:
    """Closed by itself after a week of silence."""
    story.draft.command(at, "tick", "system")
    story.draft.move("closed", auto_closed=True)


def survey(story: Story, at: datetime) -> None:
    """The customer is asked how it was."""
    story.draft.command(at, "tick", "system")
    story.draft.event("surveyed", survey=story.survey, kind="csat", scale=5)


def rate(story: Story, at: datetime) -> None:
    """The customer says how it was: worse where it was late."""
    score = story.dice.choices((1, 2, 3, 4, 5), _moods(story))[0]
    mood = "good" if score > 3 else "fair" if score == 3 else "bad"
    comment = story.dice.choice(story.phrases.comments[mood])
    _as_customer(story, at)
    story.draft.event(
        "rated",
        survey=story.survey,
        kind="csat",
        score=score,
        scale=5,
        solved=score > 2,
        comment=comment or None,
    )


def _moods(story: Story) -> tuple[int, ...]:
    """How likely 1 to 5 stars are: the longer nobody answered, the fewer."""
    if story.plot.is_late or story.plot.is_slow:
        return (5, 6, 4, 2, 0)
    answered = next((it.at for it in story.draft.events if it.is_agent_message), story.at)
    hours = (answered - story.received_at) / timedelta(hours=1)
    return next(weights for limit, weights in _MOODS if hours <= limit)


def learn(story: Story, did: str, name: str, at: datetime) -> None:
    """What the desk did because of it: a review, or an improvement that is done."""
    story.draft.command(at, LEARNS)
    key = "review" if did == "reviewed" else "improvement"
    story.draft.event(did, **{key: name})


def attach_to_cause(story: Story, cause: str) -> None:
    """It is one of many of the same cause; known by the last thing that happened."""
    story.draft.command(story.at, story.owner.id)
    story.draft.event("linked", relation="caused_by", to=cause)


def answer_for_it(story: Story, now: datetime) -> None:
    """The owner says why the first answer was late."""
    first = next((it for it in story.draft.events if it.is_agent_message), None)
    at = None if first is None else story.hours.at_the_desk(first.at, 45)
    if at is None or at > now:
        return
    story.draft.command(at, story.owner.id)
    cause, reason = story.dice.choice(list(story.phrases.why_late.items()))
    opened = story.draft.events[0].id
    story.draft.event("acknowledged", clock="first_response", cycle=opened, cause=cause, reason=reason)


def come_back(story: Story, at: datetime) -> None:
    """It is not solved after all."""
    _customer_says(story, at, story.scenario.again)


def reopen(story: Story, at: datetime) -> None:
    """The owner takes it up again."""
    story.draft.command(at, story.owner.id)
    _start_work(story, at, "check", reason=story.phrases.reopen)


def dispose(story: Story, at: datetime) -> None:
    """No request at all: spam, a test, or the same again."""
    kind = str(story.plot.disposed_as)
    story.draft.command(at, story.owner.id)
    story.draft.event("disposed", **{"as": kind}, of=story.duplicate_of)
    story.draft.move("closed", resolution={"code": kind})


def _judge(story: Story) -> None:
    draft, scenario = story.draft, story.scenario
    draft.event("triaged", criteria=dict(scenario.criteria) or None)
    draft.set("type", scenario.type)
    draft.set("category", scenario.category)
    draft.set("product", scenario.product)
    for axis in ("impact", "urgency", "complexity"):
        draft.set(axis, getattr(scenario, axis))
    declared = story.config.category(scenario.type, scenario.category)
    if declared is not None and declared.team:
        draft.set("team", declared.team, because=f"category {scenario.type}/{scenario.category}")
    decision = story.decision()
    draft.set("priority", decision.priority, because=decision.reason)


def _solve(story: Story, at: datetime, text: str) -> None:
    story.draft.command(at, story.owner.id)
    spent = story.dice.randrange(3, 40)
    cited = story.article if text is story.scenario.solution and story.dice.random() < _CITES else None
    story.draft.event(
        "message",
        to="customer",
        articles=[cited] if cited else None,
        **story.public_message(),
        spent=spent,
        text=story.said(text),
    )
    story.draft.move("resolved", resolution=_resolution(story))


def _resolution(story: Story) -> Value:
    return {key: story.said(text) for key, text in story.scenario.resolution.items()}


def _start_work(story: Story, at: datetime, what: str, reason: str | None = None) -> None:
    by = story.hours.at_the_desk(at, 240)
    action = {"who": "owner", "what": story.phrases.next[what], "by": instant_text(by)}
    story.draft.move("in-progress", next_action=action, reason=reason)


def _waiting(on: str, what: str, until: datetime) -> Value:
    return {"on": on, "for": what, "until": instant_text(until)}


def _agent_says(story: Story, at: datetime, text: str) -> None:
    story.draft.command(at, story.owner.id)
    story.draft.event("message", to="customer", **story.public_message(), text=story.said(text))


def _customer_says(story: Story, at: datetime, text: str) -> None:
    _as_customer(story, at)
    story.draft.event("message", via=story.channel, text=story.said(text))


def _as_customer(story: Story, at: datetime) -> None:
    story.draft.command(at, story.asker.contact["email"], "customer")
