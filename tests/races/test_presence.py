"""Windows that close and come back, and limits that change, while others move the same agent."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from agents.actions.edit_agent import edit_agent
from agents.actions.note_window import note_window
from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, Presence, User
from routing import service
from routing.models import AgentLoad
from routing.sweeps import take_offline
from tests.races.together import queued_behind, together
from tests.scenarios import in_conversation, offered
from workstreams.models import Workstream

GONE = timedelta(seconds=90)


@pytest.fixture
def gone(agent: Agent, now: datetime) -> Agent:
    """Chose not to be disturbed, and has two windows that fell silent."""
    chosen = Presence.objects.get(name="busy_dnd")
    set_presence(agent=agent, presence=chosen, by=agent.user, now=now - GONE)
    for _ in range(2):
        note_window(agent=agent, key=uuid4(), now=now - GONE)
    return agent


def row(agent: Agent) -> AgentPresence:
    return AgentPresence.objects.select_related("presence", "before").get(agent=agent)


def test_two_routers_take_an_agent_offline_once_and_remember_what_he_was(
    gone: Agent, now: datetime
) -> None:
    def sweep() -> int:
        return take_offline.sweep(now=now, limit=10)

    done = queued_behind(AgentPresence.objects.filter(agent=gone), sweep, sweep)

    assert sorted(done) == [0, 1]
    assert row(gone).base == "offline"
    assert row(gone).before == Presence.objects.get(name="busy_dnd")


def test_who_comes_back_as_he_is_taken_offline_is_there_in_the_end(
    gone: Agent, now: datetime
) -> None:
    key = uuid4()

    together(
        lambda: take_offline.sweep(now=now, limit=10),
        lambda: note_window(agent=gone, key=key, now=now),
    )
    note_window(agent=gone, key=key, now=now + timedelta(seconds=30))

    assert (row(gone).base, row(gone).is_manual) == ("busy_dnd", True)


def test_two_windows_that_come_back_at_once_restore_once(gone: Agent, now: datetime) -> None:
    take_offline.sweep(now=now, limit=10)

    queued_behind(
        AgentPresence.objects.filter(agent=gone),
        lambda: note_window(agent=gone, key=uuid4(), now=now),
        lambda: note_window(agent=gone, key=uuid4(), now=now),
    )

    assert (row(gone).base, row(gone).left_at, row(gone).before) == ("busy_dnd", None, None)


def test_a_supervisors_choice_stays_whoever_is_first(
    gone: Agent, supervisor: User, now: datetime
) -> None:
    take_offline.sweep(now=now, limit=10)
    away = Presence.objects.get(name="away")

    queued_behind(
        AgentPresence.objects.filter(agent=gone),
        lambda: set_presence(agent=gone, presence=away, by=supervisor, now=now),
        lambda: note_window(agent=gone, key=uuid4(), now=now),
    )

    assert row(gone).presence == away


def test_a_new_limit_and_an_acceptance_leave_the_presence_of_both(
    workstream: Workstream, agent: Agent, administrator: User, now: datetime
) -> None:
    in_conversation(workstream, agent, now)
    item = offered(workstream, now)

    queued_behind(
        AgentLoad.objects.filter(agent=agent),
        lambda: edit_agent(agent=agent, by=administrator, now=now, capacity_units=2),
        lambda: service.accept(item_id=item.pk, by=agent),
    )

    assert row(agent).base == "busy_dnd"
