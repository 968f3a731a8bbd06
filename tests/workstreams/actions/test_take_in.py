"""Taking work in."""

from datetime import datetime
from uuid import uuid4

import pytest

from agents.exceptions import RatingOutOfRange
from agents.models import Agent
from routing import configuration
from routing.models import RoutingDecision
from tests.factories import make_skill, make_workstream
from workstreams.actions.insert_item import insert_item
from workstreams.actions.take_in import take_in
from workstreams.models import Contact, Message, Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import ItemKind, ItemState, WorkstreamType

# What take_in gives an item before it is stored, beside the key.
GIVEN = (
    "workstream", "channel_instance", "kind", "channel", "title", "queue", "is_pushed", "contact",
    "record", "customer", "context", "attributes", "required_skills", "required_units",
    "created_at", "waiting_since", "last_activity_at", "state_changed_at",
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published(workstream: Workstream, now: datetime) -> None:
    configuration.publish(by=None, now=now)


def test_an_item_waits_in_a_queue_as_soon_as_it_is_taken_in(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    item = take_in(workstream=workstream, title="Help", now=now)

    assert (item.state, item.queue, item.waiting_since) == (ItemState.OPEN, queue, now)
    assert item.configuration_version == RoutingDecision.objects.get(work_item_id=item.pk).version


def test_the_first_message_is_stored_with_it(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = take_in(workstream=workstream, first_message="Where is my order?", now=now)

    assert item.title == "Where is my order?"
    assert Message.objects.get(item=item).text == "Where is my order?"


def test_the_same_conversation_twice_is_one_item(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    key = uuid4()
    first = take_in(workstream=workstream, conversation_key=key, first_message="Hi", now=now)

    second = take_in(workstream=workstream, conversation_key=key, first_message="Hi", now=now)

    assert second == first
    assert (WorkItem.objects.count(), Message.objects.count()) == (1, 1)


def test_a_known_contact_gives_its_name(workstream: Workstream, now: datetime) -> None:
    contact = Contact.objects.create(name="Maria", email="maria@example.com")

    item = take_in(workstream=workstream, contact=contact, now=now)

    assert item.customer_name == "Maria"


def test_required_skills_are_kept_by_id(workstream: Workstream, now: datetime) -> None:
    skill = make_skill("German")

    item = take_in(workstream=workstream, skills={make_skill("German"): 3}, now=now)

    assert item.required_skills == [[skill.pk, 3]]


@pytest.mark.parametrize("rating", [0, 11])
def test_a_rating_that_no_agent_can_have_takes_nothing_in(
    rating: int, workstream: Workstream, now: datetime
) -> None:
    with pytest.raises(RatingOutOfRange):
        take_in(workstream=workstream, skills={make_skill("German"): rating}, now=now)

    assert not WorkItem.objects.exists()


def test_records_become_items_of_their_own_kind(now: datetime) -> None:
    item = take_in(workstream=make_workstream(type=WorkstreamType.RECORD), title="Case", now=now)

    assert item.kind == ItemKind.RECORD


def test_nothing_is_left_when_routing_cannot_write(
    workstream: Workstream, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("routing.actions.route_item.event_of", refuse)
    with pytest.raises(RuntimeError):
        take_in(workstream=workstream, now=now)

    assert not WorkItem.objects.exists()
    assert not WorkItemEvent.objects.exists()


def test_all_of_a_new_item_is_stored(workstream: Workstream, now: datetime) -> None:
    """The insert names its columns: what a column of later begins with must not be lost."""
    contact = Contact.objects.create(name="Ada")
    item = take_in(
        workstream=workstream,
        now=now,
        contact=contact,
        title="Printer",
        customer={"name": "Ada"},
        context={"tier": "gold"},
        attributes={"via": "web"},
    )
    new = WorkItem(
        **{
            field.attname: getattr(item, field.attname)
            for field in WorkItem._meta.concrete_fields
            if field.name in GIVEN
        },
        conversation_key=uuid4(),
    )

    insert_item(new, {})

    stored = WorkItem.objects.get(pk=new.pk)
    names = [field.attname for field in WorkItem._meta.concrete_fields]
    assert {name: getattr(stored, name) for name in names} == {
        name: getattr(new, name) for name in names
    }
