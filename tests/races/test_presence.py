"""Windows that close and come back, and limits that change, while others move the same agent."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from agents.actions.edit_agent import edit_agent
from agents.actions.note_window import close_window, note_window
from agents.actions.set_presence import set_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, AgentPresence, AgentSession, AgentWindow, Presence, User
from routing import service
from routing.models import AgentLoad
from routing.sweeps import recount_capacity, release_consults, take_offline
from tests.races.together import before_the_commit, queued_behind, together
from tests.scenarios import in_conversation, offered
from workstreams.models import ServiceConfiguration, WorkItem, Workstream

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
    together(
        lambda: take_offline.sweep(now=now, limit=10),
        lambda: note_window(agent=gone, key=uuid4(), now=now),
    )

    assert (row(gone).base, row(gone).is_manual) == ("busy_dnd", True)


def test_who_tells_as_he_is_taken_offline_stays(gone: Agent, now: datetime) -> None:
    key = AgentWindow.objects.filter(agent=gone)[0].key

    _, taken = before_the_commit(
        lambda: note_window(agent=gone, key=key, now=now),
        lambda: take_offline.sweep(now=now, limit=10),
    )

    assert (taken, row(gone).base) == (0, "busy_dnd")
    assert AgentWindow.objects.get(agent=gone).key == key


@pytest.mark.parametrize("is_new", [False, True], ids=["the-same-page", "another-page"])
def test_who_tells_once_he_is_taken_offline_is_back(
    gone: Agent, now: datetime, is_new: bool
) -> None:
    key = uuid4() if is_new else AgentWindow.objects.filter(agent=gone)[0].key

    taken, _ = before_the_commit(
        lambda: take_offline.sweep(now=now, limit=10),
        lambda: note_window(agent=gone, key=key, now=now),
    )

    assert (taken, row(gone).base, row(gone).left_at) == (1, "busy_dnd", None)
    assert AgentWindow.objects.get(agent=gone).key == key


def test_two_windows_that_come_back_at_once_restore_once(gone: Agent, now: datetime) -> None:
    take_offline.sweep(now=now, limit=10)

    queued_behind(
        AgentPresence.objects.filter(agent=gone),
        lambda: note_window(agent=gone, key=uuid4(), now=now),
        lambda: note_window(agent=gone, key=uuid4(), now=now),
    )

    assert (row(gone).base, row(gone).left_at, row(gone).before) == ("busy_dnd", None, None)


def test_a_page_that_opens_waits_for_none_that_closed(gone: Agent, now: datetime) -> None:
    closed = AgentWindow.objects.filter(agent=gone)
    for window in closed:
        close_window(agent=gone, key=window.key, now=now - GONE)

    queued_behind(closed, lambda: note_window(agent=gone, key=uuid4(), now=now), waiting=0)

    assert take_offline.sweep(now=now, limit=10) == 0


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


@pytest.mark.parametrize("comes", ["signs in", "is back"])
def test_who_is_disabled_as_he_comes_is_not_there(
    agent: Agent, administrator: User, now: datetime, comes: str
) -> None:
    key = uuid4()
    note_window(agent=agent, key=key, now=now - GONE)
    take_offline.sweep(now=now, limit=10)
    moves = {
        "signs in": lambda: sign_in_agent(agent=agent, session=key, now=now),
        "is back": lambda: note_window(agent=agent, key=key, now=now),
    }

    before_the_commit(
        lambda: edit_agent(agent=agent, by=administrator, now=now, is_enabled=False),
        moves[comes],
    )

    assert (row(agent).base, row(agent).left_at) == ("offline", None)
    assert not AgentSession.objects.exists()


def test_who_is_disabled_once_he_has_come_is_gone_again(
    agent: Agent, administrator: User, now: datetime
) -> None:
    sign_out_agent(agent=agent, now=now)

    before_the_commit(
        lambda: sign_in_agent(agent=agent, session=uuid4(), now=now),
        lambda: edit_agent(agent=agent, by=administrator, now=now, is_enabled=False),
    )

    assert row(agent).base == "offline"
    assert not AgentSession.objects.exists()


def test_of_two_devices_that_sign_out_at_once_the_second_takes_the_agent_offline(
    agent: Agent, now: datetime
) -> None:
    sessions = [uuid4(), uuid4()]
    for session in sessions:
        sign_in_agent(agent=agent, session=session, now=now)
        note_window(agent=agent, key=uuid4(), session=session, now=now)

    queued_behind(
        AgentPresence.objects.filter(agent=agent),
        lambda: sign_out_agent(agent=agent, session=sessions[0], now=now),
        lambda: sign_out_agent(agent=agent, session=sessions[1], now=now),
    )

    assert row(agent).base == "offline"
    assert not AgentSession.objects.exists()


def test_two_agents_who_advise_each_other_end_at_once_and_both_are_free(
    workstream: Workstream, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    ServiceConfiguration.objects.update_or_create(
        pk=1, defaults={"agent_consults_hold_capacity": True}
    )
    for _ in range(2):
        offered(workstream, now)
    mine = {each.agent_id: each for each in WorkItem.objects.all()}
    for one in (agent, second_agent):
        service.accept(item_id=mine[one.pk].pk, by=one, now=now)
    for one, other in ((agent, second_agent), (second_agent, agent)):
        consult = service.consult(item_id=mine[one.pk].pk, by=one, agent=other, now=now)
        service.accept_consult(consult_id=consult.pk, by=other, now=now)

    together(
        lambda: service.end(item_id=mine[agent.pk].pk, by=agent, now=now),
        lambda: service.end(item_id=mine[second_agent.pk].pk, by=second_agent, now=now),
    )
    together(
        lambda: release_consults.sweep(now=now, limit=10),
        lambda: release_consults.sweep(now=now, limit=10),
    )

    assert recount_capacity.sweep(now=now, limit=10) == 0
    # What stays is the wrap-up of each.
    assert [load.units_used for load in AgentLoad.objects.order_by("agent")] == [1, 1]
