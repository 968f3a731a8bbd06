"""Who serves a queue."""

import pytest

from config.models import Event
from tests.factories import make_agent
from workstreams.actions.change_queue_members import change_queue_members
from workstreams.actions.set_queue_members import set_queue_members
from workstreams.exceptions import SavedMeanwhile
from workstreams.signals import queue_members_changed


@pytest.fixture
def heard():
    """What the signal said."""
    told = []

    def hear(sender, **kwargs):
        told.append((kwargs["queue_ids"], kwargs["agent_ids"], kwargs["now"]))

    queue_members_changed.connect(hear)
    yield told
    queue_members_changed.disconnect(hear)


def test_agents_join_and_leave_in_one_go(queue, agent, administrator, now, heard):
    joining = make_agent("dora")

    changed = change_queue_members(
        queue=queue, add=[joining], remove=[agent], by=administrator, now=now
    )

    assert list(queue.members.all()) == [joining]
    assert changed == {agent.pk, joining.pk}
    assert heard == [([queue.pk], sorted(changed), now)]


def test_each_agent_hears_of_the_change(queue, agent, administrator, now):
    joining = make_agent("dora")

    change_queue_members(queue=queue, add=[joining], remove=[agent], by=administrator, now=now)

    events = Event.objects.filter(kind="queue-members-changed", queue_id=queue.pk)
    assert {(event.agent_id, event.data["joined"]) for event in events} == {
        (joining.pk, True),
        (agent.pk, False),
    }


def test_nothing_is_announced_when_nothing_changes(queue, agent, administrator, now, heard):
    assert change_queue_members(queue=queue, add=[agent], by=administrator, now=now) == set()

    assert heard == []
    assert not Event.objects.filter(kind="queue-members-changed").exists()


def test_setting_members_replaces_them(queue, agent, second_agent, administrator, now):
    joining = make_agent("dora")

    set_queue_members(queue=queue, agents=[second_agent, joining], by=administrator, now=now)

    assert list(queue.members.order_by("memberships__id")) == [second_agent, joining]


def test_a_deleted_queue_takes_no_members(queue, agent, administrator, now):
    queue.__class__.objects.filter(pk=queue.pk).delete()

    with pytest.raises(SavedMeanwhile):
        change_queue_members(queue=queue, add=[agent], by=administrator, now=now)
