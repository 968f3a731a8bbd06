"""Made-up traffic, one step a second."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from agents.models import Agent
from routing.demo import agents_at_work, customers_at_the_other_end
from routing.demo.staff import come_and_go, free_agents, go_home
from routing.demo.talk import Talk, talks
from routing.models import DemoTraffic

# After switching off, work in hand is finished before everybody goes home.
FINISHING: Final = timedelta(minutes=10)


def is_running(now: datetime) -> bool:
    """Whether a step would do anything: switched on, or not long ago."""
    switch = DemoTraffic.objects.first()
    return switch is not None and _is_running(switch, now)


def demo_step(*, now: datetime, random: Random) -> int:
    """Let everybody do what is due; returns how many things happened.

    Does nothing while switched off, and never acts for an agent somebody is signed in
    as. What a person did first is left as it is.
    """
    switch = DemoTraffic.objects.first()
    if switch is None or not _is_running(switch, now):
        return 0

    agents = free_agents(now)
    current = talks(agents)
    moves = _work(agents, current, random, now)
    if switch.is_on:
        moves += come_and_go(agents, random=random, now=now)
        moves += customers_at_the_other_end.come(current, random=random, now=now)
    elif not _has_work(agents, current):
        moves += go_home(agents, now=now)
    return moves


def _is_running(switch: DemoTraffic, now: datetime) -> bool:
    return switch.is_on or now - switch.changed_at < FINISHING


def _work(agents: list[Agent], current: list[Talk], random: Random, now: datetime) -> int:
    return (
        agents_at_work.decide_offers(agents, now=now)
        + agents_at_work.pick_open_items(agents, current, random=random, now=now)
        + agents_at_work.work_on(agents, current, now=now)
        + customers_at_the_other_end.answer(current, now=now)
    )


def _has_work(agents: list[Agent], current: list[Talk]) -> bool:
    own = {agent.pk for agent in agents}
    return any(talk.item.agent_id in own for talk in current)
