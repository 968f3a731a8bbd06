"""What made-up customers do: arrive, answer, lose patience, leave."""

from datetime import datetime
from random import Random
from typing import Final

from routing import service
from routing.demo.agents_at_work import tried
from routing.demo.arrivals import arrive
from routing.demo.talk import Talk
from routing.demo.timing import Span, chance, is_due
from workstreams.actions.send_message import send_message
from workstreams.terms import Author, ItemKind, ItemState, Reason

MAXIMUM_UNFINISHED: Final = 40
ARRIVALS_A_STEP: Final = 0.3
ANSWERS: Final[Span] = (5, 20)
LOSES_PATIENCE: Final[Span] = (360, 720)
GOES_WHEN_ALL_IS_SAID: Final[Span] = (45, 120)
LEAVES_WITHOUT_A_WORD: Final = 0.05


def come(talks: list[Talk], *, random: Random, now: datetime) -> int:
    """Now and then somebody arrives, as long as there is not too much work already."""
    unfinished = sum(talk.is_demo for talk in talks)
    if unfinished >= MAXIMUM_UNFINISHED or random.random() >= ARRIVALS_A_STEP:
        return 0
    return int(arrive(random=random, now=now) is not None)


def answer(talks: list[Talk], *, now: datetime) -> int:
    """Made-up customers answer whoever writes to them, people trying the demo too."""
    return sum(_answer(talk, now) for talk in talks if _is_conversation(talk))


def _is_conversation(talk: Talk) -> bool:
    return talk.is_demo and talk.item.kind == ItemKind.CONVERSATION


def _answer(talk: Talk, now: datetime) -> int:
    item_id = talk.item.pk
    if _leaves(talk, now):
        return tried(lambda: service.leave(item_id=item_id, now=now))
    line = talk.customer_line
    is_asked = talk.item.reason == Reason.IN_CONVERSATION and not talk.is_agents_turn
    if not is_asked or not line or not is_due(talk.since, now, talk.key, ANSWERS):
        return 0
    return tried(lambda: send_message(item_id=item_id, author=Author.CUSTOMER, text=line, now=now))


def _leaves(talk: Talk, now: datetime) -> bool:
    if talk.item.state == ItemState.OPEN:
        return is_due(talk.item.waiting_since, now, talk.key, LOSES_PATIENCE)
    if talk.item.reason != Reason.IN_CONVERSATION or talk.is_agents_turn:
        return False
    if not talk.customer_line:
        return is_due(talk.since, now, talk.key, GOES_WHEN_ALL_IS_SAID)
    leaves = chance(f"{talk.key}-leaves", LEAVES_WITHOUT_A_WORD)
    return leaves and is_due(talk.since, now, talk.key, ANSWERS)
