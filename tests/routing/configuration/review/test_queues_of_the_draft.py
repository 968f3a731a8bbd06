"""A queue that waits for review takes no live work: nobody would be given it there."""

import pytest

from agents.forms.consult import ConsultForm
from agents.forms.transfer import TransferForm
from routing import service
from routing.exceptions import QueueNotPublished
from routing.forms.floor import TransferForm as FloorForm
from tests.factories import make_agent, make_queue
from tests.scenarios import in_conversation
from workstreams.actions.create_queue import create_queue
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.set_queue_members import set_queue_members
from workstreams.forms.queue_commands import MoveWorkForm
from workstreams.models import Queue, WorkItem
from workstreams.terms import WorkstreamType

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream, agent, now):
    """A conversation that began before review was on."""
    return in_conversation(workstream, agent, now)


@pytest.fixture
def drafted(item, reviewed, administrator, now):
    """A queue with a member, which waits in the draft."""
    queue = create_queue(name="VIP care", type=WorkstreamType.MESSAGING, by=administrator, now=now)
    member = make_agent("vera")
    set_queue_members(queue=queue, agents=[member], by=administrator, now=now)
    return queue


def listed(item, agent):
    """Whether each question lists the queue: of an agent, of a supervisor, before a deletion."""
    given = {"item": item, "by": agent, "fetches": "/"}
    forms = [
        (TransferForm(**given), "queue"),
        (ConsultForm(**given), "queue"),
        (FloorForm(queue_type=WorkstreamType.MESSAGING, current_queue_id=item.queue_id), "queue"),
        (MoveWorkForm(queue=item.queue), "move_to"),
    ]
    return ["VIP care" in str(form[name]) for form, name in forms]


def test_it_is_listed_where_work_is_sent_only_once_it_is_published(item, agent, drafted, publish):
    before = listed(item, agent)
    publish()

    assert (before, listed(item, agent)) == ([False] * 4, [True] * 4)


@pytest.mark.parametrize("who", ["agent", "supervisor"])
def test_work_is_transferred_to_it_only_once_it_is_published(
    item, agent, supervisor, drafted, publish, now, who
):
    by = {"agent": agent.user, "supervisor": supervisor}[who]

    with pytest.raises(QueueNotPublished, match="The queue VIP care is not published yet"):
        service.transfer(item_id=item.pk, by=by, queue=drafted, now=now)
    publish()
    service.transfer(item_id=item.pk, by=by, queue=drafted, now=now)

    assert WorkItem.objects.get().queue == drafted


def test_its_members_are_asked_for_advice_only_once_it_is_published(
    item, agent, drafted, publish, now
):
    with pytest.raises(QueueNotPublished):
        service.consult(item_id=item.pk, by=agent, queue=drafted, now=now)
    publish()

    assert service.consult(item_id=item.pk, by=agent, queue=drafted, now=now).queue == drafted


def test_the_work_of_a_queue_that_is_deleted_does_not_go_there(
    item, administrator, drafted, publish, now
):
    old = make_queue("Old")
    publish()
    WorkItem.objects.update(queue=old)
    later = create_queue(name="Later", type=WorkstreamType.MESSAGING, by=administrator, now=now)
    set_queue_members(queue=later, agents=[drafted.members.get()], by=administrator, now=now)

    with pytest.raises(QueueNotPublished):
        delete_queue(queue=old, move_to=later, by=administrator, now=now)
    assert (WorkItem.objects.get().queue, Queue.objects.filter(pk=old.pk).exists()) == (old, True)

    delete_queue(queue=old, move_to=drafted, by=administrator, now=now)
    assert WorkItem.objects.get().queue == drafted
