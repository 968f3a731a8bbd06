"""What made-up agents do: accept, pick, answer, end, close."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from random import Random
from typing import Final

from agents.models import Agent
from agents.queries.agent_load import capacity_of
from agents.terms import BasePresence
from config.refusal import Refusal
from routing import service
from routing.demo.talk import Talk
from routing.demo.timing import Span, chance, is_due
from routing.exceptions import MayNotDecline
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.actions.send_message import send_message
from workstreams.models import QueueMembership
from workstreams.terms import Author, ItemKind, ItemState, Reason, WorkstreamType

DECIDES: Final[Span] = (2, 9)
PICKS: Final[Span] = (5, 40)
ANSWERS: Final[Span] = (4, 18)
ENDS: Final[Span] = (4, 12)
WAITS_FOR_THE_CUSTOMER: Final[Span] = (180, 300)
WORKS_ON_A_RECORD: Final[Span] = (40, 150)
SPEAKS_ON_THE_PHONE: Final[Span] = (40, 180)
WRITES_NOTES: Final[Span] = (5, 20)
DECLINES: Final = 0.04


def decide_offers(agents: list[Agent], *, now: datetime) -> int:
    """Accept what was offered a few seconds ago, decline a little of it."""
    offers = Assignment.objects.filter(agent__in=agents, outcome=Outcome.PENDING)
    moves = 0
    for offer in offers.select_related("agent__user").order_by("pk"):
        key = f"offer-{offer.pk}"
        if is_due(offer.offered_at, now, key, DECIDES):
            moves += _decide(offer, now, declines=chance(f"{key}-declines", DECLINES))
    return moves


def pick_open_items(
    agents: list[Agent], talks: list[Talk], *, random: Random, now: datetime
) -> int:
    """Take open items of pick workstreams, as far as there is room."""
    moves = 0
    waiting = [talk for talk in talks if _is_for_picking(talk)]
    for talk in waiting:
        if not is_due(talk.item.waiting_since, now, talk.key, PICKS):
            continue
        free = _with_room(agents, talk.item.queue_id)
        if free:
            agent = random.choice(free)
            moves += tried(partial(service.pick, item_id=talk.item.pk, by=agent, now=now))
    return moves


def work_on(agents: list[Agent], talks: list[Talk], *, now: datetime) -> int:
    """Answer, end and close what the agents have in hand."""
    own = {agent.pk: agent for agent in agents}
    return sum(
        _work_on(talk, own[talk.item.agent_id], now) for talk in talks if talk.item.agent_id in own
    )


def tried(move: Callable[[], object]) -> int:
    """1 for a move that was made; 0 when somebody was first, as in real life."""
    try:
        move()
    except Refusal:
        return 0
    return 1


def _decide(offer: Assignment, now: datetime, *, declines: bool) -> int:
    if declines:
        try:
            service.decline(item_id=offer.item_id, by=offer.agent, now=now)
        except MayNotDecline:
            pass
        except Refusal:
            return 0
        else:
            return 1
    return tried(partial(service.accept, item_id=offer.item_id, by=offer.agent, now=now))


def _is_for_picking(talk: Talk) -> bool:
    return talk.item.state == ItemState.OPEN and not talk.item.is_pushed


def _with_room(agents: list[Agent], queue_id: int) -> list[Agent]:
    members = set(
        QueueMembership.objects.filter(queue=queue_id, agent__in=agents).values_list(
            "agent_id", flat=True
        )
    )
    return [agent for agent in agents if agent.pk in members and _has_room(agent)]


def _has_room(agent: Agent) -> bool:
    presence = getattr(agent, "presence", None)
    if presence is None or presence.base not in (BasePresence.AVAILABLE, BasePresence.BUSY):
        return False
    units = capacity_of(agent).units
    return units.limit is not None and units.used < units.limit


def _work_on(talk: Talk, agent: Agent, now: datetime) -> int:
    item_id = talk.item.pk
    if talk.item.state == ItemState.WRAP_UP:
        if not is_due(talk.since, now, talk.key, WRITES_NOTES):
            return 0
        return tried(partial(service.close, item_id=item_id, by=agent, now=now))
    if talk.item.reason != Reason.IN_CONVERSATION:
        return 0
    if _is_said_and_done(talk, now):
        return tried(partial(service.end, item_id=item_id, by=agent, now=now))
    line = talk.agent_line
    if not line or not talk.is_agents_turn or not is_due(talk.since, now, talk.key, ANSWERS):
        return 0
    return tried(
        partial(send_message, item_id=item_id, author=Author.AGENT, text=line, agent=agent, now=now)
    )


def _is_said_and_done(talk: Talk, now: datetime) -> bool:
    if talk.item.kind == ItemKind.RECORD:
        return is_due(talk.since, now, talk.key, WORKS_ON_A_RECORD)
    if talk.item.workstream.type == WorkstreamType.VOICE:
        return is_due(talk.since, now, talk.key, SPEAKS_ON_THE_PHONE)
    if not talk.is_demo:
        return not talk.is_agents_turn and is_due(talk.since, now, talk.key, WAITS_FOR_THE_CUSTOMER)
    if talk.is_agents_turn:
        return not talk.agent_line and is_due(talk.since, now, talk.key, ENDS)
    return not talk.customer_line and is_due(talk.since, now, talk.key, ENDS)
