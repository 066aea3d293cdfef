"""`tkt config`: what is configured, in which shape, and why does a rule decide as it does?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from tkt.commands.common import Session
from tkt.commands.naming import named
from tkt.commands.signature import paged, reads
from tkt.errors import UsageError, did_you_mean
from tkt.i18n import N_, msg
from tkt.model import Ticket
from tkt.render.config_page import ConfigPage, priority_page, workflow_page
from tkt.schema import FILES
from tkt.schema.configuration import COVERING_TEAM
from tkt.schema.schemas import SCHEMAS, json_schema

NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="[NAME]",
        help=N_("desk, workflow, taxonomy, sla, people, channels, rules, views or reports."),
        show_default=False,
    ),
]
SchemaArgument = Annotated[
    str, typer.Argument(metavar="NAME", help=N_("A file of the configuration, calendar, or ticket."))
]


class Topic(StrEnum):
    """What `config explain` explains."""

    PRIORITY = "priority"
    WORKFLOW = "workflow"
    SLA = "sla"
    ON_CALL = "on-call"


@paged
@reads
def show(session: Session, name: NameArgument = "") -> int:
    """Print the configuration as tkt reads it, defaults filled in."""
    if name and name not in FILES:
        raise UsageError(msg("no configuration {name}", name=name), hint=did_you_mean(name, FILES))
    config = session.desk.config
    wanted = [name] if name else list(FILES)
    found = {each: msgspec.to_builtins(getattr(config, each)) for each in wanted}
    if session.json:
        session.answer(found[name] if name else found)
    else:
        from tkt.store.codec.plain import yaml_text

        session.screen.print(yaml_text(found).rstrip("\n"))
    return 0


@reads
def schema(session: Session, name: SchemaArgument) -> int:
    """Print the JSON Schema of a file."""
    import json

    if name not in SCHEMAS:
        raise UsageError(msg("no schema {name}", name=name), hint=did_you_mean(name, SCHEMAS))
    found = json_schema(name)
    if session.json:
        session.answer(found)
    else:
        session.screen.print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


TopicArgument = Annotated[
    Topic, typer.Argument(metavar="priority|workflow|sla|on-call", help=N_("Which rule."))
]
OptionalId = Annotated[
    str,
    typer.Argument(
        metavar="[ID]", help=N_("A ticket, to see how the rule decides for it."), show_default=False
    ),
]


@reads
def explain(session: Session, topic: TopicArgument, ticket: OptionalId = "") -> int:
    """Explain the priority table and the row used; who does what in each status; which promise a ticket has; who is on call."""
    found = session.desk.ticket(named(session, ticket)) if ticket else None
    page = _PAGES[topic](session, found)
    if session.json:
        session.answer(page.data)
    else:
        for line in page.lines(session.screen):
            session.screen.print(line)
    return 0


def _sla_page(session: Session, ticket: Ticket | None) -> ConfigPage:
    from tkt.clocks.choosing import choice
    from tkt.render.policy_page import choice_page, policies_page

    desk = session.desk
    if ticket is None:
        return policies_page(desk.levels, session.told_config)
    chosen = choice(ticket, desk.levels, desk.settled(ticket, session.now))
    return choice_page(ticket, chosen, desk.levels, session.told_config)


def _on_call_page(session: Session, ticket: Ticket | None) -> ConfigPage:
    from tkt.render.on_call_page import on_call_page

    config = session.desk.config
    teams = list(config.people.teams) if ticket is None else [ticket.team or COVERING_TEAM]
    return on_call_page(config, session.now, teams, session.zone_of_reader)


_PAGES: Mapping[Topic, Callable[[Session, Ticket | None], ConfigPage]] = {
    Topic.PRIORITY: lambda session, ticket: priority_page(session.desk.config, ticket),
    Topic.WORKFLOW: lambda session, ticket: workflow_page(session.desk.config, ticket),
    Topic.SLA: _sla_page,
    Topic.ON_CALL: _on_call_page,
}
