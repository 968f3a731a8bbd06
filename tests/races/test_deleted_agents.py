"""Who is deleted while the router, or he himself, is about to use his rows: nobody waits for
another in a circle."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import uuid4

import pytest

from agents.actions.delete_agent import delete_agent
from agents.actions.note_window import note_window
from agents.actions.reset_presence import reset_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.exceptions import DefinitionGone
from agents.models import Agent, AgentPresence, Presence, User
from routing import configuration, service
from routing.models import AgentLoad, Assignment
from tests.factories import make_agent
from tests.races.together import before_the_commit, queued_behind
from tests.scenarios import arrive
from workstreams.models import Queue, Workstream

SIGN_IN: Final = uuid4()
WINDOW: Final = uuid4()


@pytest.fixture
def dora(queue: Queue, workstream: Workstream, now: datetime) -> Agent:
    """Never had work, but some waits for her, or for a colleague with less room."""
    make_agent("amira", queues=[queue], units=1)
    dora = make_agent("dora", queues=[queue], units=9)
    arrive(workstream, now)
    configuration.publish(by=None, now=now)
    return dora


@pytest.fixture
def delete(dora: Agent, administrator: User, now: datetime) -> Callable[[], None]:
    return lambda: delete_agent(agent=dora, by=administrator, now=now)


def test_a_cycle_gives_work_to_another_than_who_is_just_being_deleted(
    dora: Agent, delete: Callable[[], None], now: datetime
) -> None:
    AgentLoad.objects.bulk_create([AgentLoad(agent=dora)], ignore_conflicts=True)
    cycles = []

    [answer] = queued_behind(
        AgentLoad.objects.filter(agent=dora),
        delete,
        then=lambda: cycles.append(service.run_cycle(now=now)),
    )

    assert (answer, cycles[0].proposed, cycles[0].assigned) == (None, 1, 0)
    assert not Agent.objects.filter(pk=dora.pk).exists()
    assert service.run_cycle(now=now).assigned == 1


def test_a_cycle_makes_no_load_for_who_is_just_being_deleted(
    dora: Agent, delete: Callable[[], None], now: datetime
) -> None:
    AgentLoad.objects.all().delete()

    _, cycle = before_the_commit(delete, lambda: service.run_cycle(now=now))

    assert (cycle.proposed, cycle.assigned) == (1, 0)
    assert service.run_cycle(now=now).assigned == 1
    assert Assignment.objects.get().agent.user.username == "amira"


def opens_a_page(agent: Agent, now: datetime) -> None:
    note_window(agent=agent, key=uuid4(), now=now, session=SIGN_IN)


def is_back(agent: Agent, now: datetime) -> None:
    note_window(agent=agent, key=WINDOW, now=now)


@pytest.mark.parametrize(
    "move",
    [
        lambda agent, now: sign_in_agent(agent=agent, now=now, session=uuid4()),
        lambda agent, now: sign_out_agent(agent=agent, now=now),
        lambda agent, now: reset_presence(agent=agent, by=agent.user, now=now),
        opens_a_page,
        is_back,
    ],
    ids=["signs in", "signs out", "ends a choice", "opens a page", "is back"],
)
def test_who_comes_or_goes_while_he_is_deleted_is_told_so(
    dora: Agent,
    delete: Callable[[], None],
    now: datetime,
    move: Callable[[Agent, datetime], object],
) -> None:
    sign_in_agent(agent=dora, now=now, session=SIGN_IN)
    note_window(agent=dora, key=WINDOW, now=now)
    if move is is_back:
        offline = Presence.objects.get(name="offline")
        rows = AgentPresence.objects.filter(agent=dora)
        rows.update(presence=offline, base=offline.base, left_at=now)

    answers = queued_behind(Agent.objects.filter(pk=dora.pk), delete, lambda: move(dora, now))

    assert answers[0] is None
    assert type(answers[1]) is DefinitionGone
    assert not Agent.objects.filter(pk=dora.pk).exists()
