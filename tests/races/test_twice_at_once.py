"""The same thing sent twice at once happens once."""

from datetime import datetime
from uuid import UUID, uuid4

from agents.models import Agent, User
from config.clock import database_now
from routing import configuration
from routing.models import ConfigurationVersion
from tests.factories import make_chat_widget
from tests.races.together import queued_behind, together
from tests.scenarios import arrive
from workstreams.actions.save_automated_message import switch_automated_message
from workstreams.actions.send_message import send_message
from workstreams.actions.take_in import take_in
from workstreams.channels.contract import InboundMessage
from workstreams.channels.receive import receive
from workstreams.models import AutomatedMessage, Message, Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import Author

TIMES = 4


def test_a_conversation_with_the_same_key_begins_once(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    configuration.publish(by=None, now=now)
    key, message = uuid4(), uuid4()

    def begin() -> WorkItem:
        return take_in(
            workstream=workstream,
            now=now,
            first_message="Hello",
            client_key=message,
            conversation_key=key,
        )

    items = together(*[begin] * TIMES)

    assert len({item.pk for item in items}) == WorkItem.objects.count() == 1
    assert Message.objects.count() == 1
    assert WorkItemEvent.objects.filter(kind="work-item-arrived").count() == 1


def test_two_first_messages_of_a_conversation_are_both_kept(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    configuration.publish(by=None, now=now)
    widget = make_chat_widget(workstream)
    conversation, keys = uuid4(), [uuid4(), uuid4()]

    def begin(key: UUID) -> WorkItem:
        said = InboundMessage(conversation_key=conversation, client_key=key, text=str(key))
        return receive(instance=widget, message=said, now=now)

    # Both have looked for the conversation and found none when they wait here.
    queued_behind(
        Workstream.objects.filter(pk=workstream.pk),
        *[lambda key=key: begin(key) for key in keys],
    )

    assert WorkItem.objects.count() == 1
    assert set(Message.objects.values_list("client_key", flat=True)) == set(keys)


def test_a_message_with_the_same_key_is_stored_once(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = arrive(workstream, now)
    key = uuid4()

    def say() -> Message:
        return send_message(
            item_id=item.pk, author=Author.CUSTOMER, text="Hello", client_key=key, now=now
        )

    messages = queued_behind(WorkItem.objects.filter(pk=item.pk), *[say] * TIMES)

    assert len({message.pk for message in messages}) == Message.objects.count() == 1
    assert WorkItemEvent.objects.filter(kind="message-added").count() == 1


def test_versions_published_at_once_follow_each_other(
    workstream: Workstream, queue: Queue, administrator: User, now: datetime
) -> None:
    first = configuration.publish(by=None, now=now)
    assert first is not None

    def rename(number: int) -> ConfigurationVersion | None:
        row = Queue.objects.create(name=f"New {number}", type=queue.type)
        return configuration.publish(by=administrator, now=now, note=row.name)

    versions = together(*[lambda number=number: rename(number) for number in range(TIMES)])

    numbers = sorted(ConfigurationVersion.objects.values_list("number", flat=True))
    assert numbers == list(range(first.number, first.number + len(numbers)))
    made = [version.number for version in versions if version is not None]
    assert sorted(made) == numbers[1:]
    assert len(configuration.current().compiled.queues) == Queue.objects.count()


def test_an_untouched_message_is_switched_off_by_two_at_once(administrator: User) -> None:
    def switch() -> None:
        switch_automated_message(
            trigger="agent_joined",
            channel="live_chat",
            is_active=False,
            by=administrator,
            now=database_now(),
        )

    assert together(*[switch] * TIMES) == [None] * TIMES

    rows = AutomatedMessage.objects.filter(channel="live_chat")
    assert set(rows.values_list("is_active", flat=True)) == {False}
