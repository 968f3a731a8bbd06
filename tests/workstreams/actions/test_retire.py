"""What was deleted and is still named by finished work."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from routing.models import Rule, RuleQueue, Ruleset
from tests.factories import make_agent, make_chat_widget, make_item, make_queue, make_workstream
from workstreams.actions.create_queue import create_queue
from workstreams.actions.create_workstream import create_workstream
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.actions.take_in import take_in
from workstreams.exceptions import Deleted, InUse
from workstreams.models import (
    Bot,
    NotificationTemplate,
    Queue,
    QuickReply,
    SessionTemplate,
    Workstream,
)


@pytest.fixture
def delete(administrator, now):
    """Deletes as the administrator."""

    def delete(row):
        if isinstance(row, Queue):
            return delete_queue(queue=row, by=administrator, now=now)
        return delete_workstream(workstream=row, by=administrator, now=now)

    return delete


@pytest.fixture
def closed(workstream, now):
    """Finished work of ``workstream`` in its fallback queue."""
    return make_item(workstream, state="closed", closed_at=now)


def test_finished_work_goes_on_naming_a_deleted_workstream(delete, workstream, closed, now):
    delete(workstream)

    closed.refresh_from_db()
    assert closed.workstream.name == "Chat"
    assert closed.workstream.deleted_at == now
    assert not Workstream.objects.exists()


def test_without_any_work_nothing_is_kept(delete, workstream, queue):
    delete(workstream)
    delete(queue)

    assert not Workstream.with_deleted.exists()
    assert not Queue.with_deleted.filter(pk=queue.pk).exists()


def test_the_name_of_a_kept_workstream_is_free(delete, workstream, closed, administrator, now):
    delete(workstream)

    again = create_workstream(
        name="Chat",
        type="messaging",
        channel="live_chat",
        distribution_mode="push",
        fallback_queue=workstream.fallback_queue,
        by=administrator,
        now=now,
    )

    assert again.pk != workstream.pk


def test_a_kept_workstream_lets_go_of_what_it_used(delete, workstream, closed):
    ruleset = Ruleset.objects.create(kind="route_to_queue", workstream=workstream, name="Routes")
    rule = Rule.objects.create(ruleset=ruleset, name="All")
    RuleQueue.objects.create(rule=rule, queue=workstream.fallback_queue)
    workstream.context_variables.create(name="tier")
    template = NotificationTemplate.objects.create(name="Ours")
    session = SessionTemplate.objects.create(name="Ours", unique_name="our_session")
    workstream.bot = Bot.objects.create(name="Robo", kind="scripted")
    workstream.notification_template = workstream.consult_template = template
    workstream.session_template = session
    workstream.save()

    delete(workstream)

    workstream.bot.delete()
    template.delete()
    session.delete()
    assert not Rule.objects.exists()
    assert not workstream.context_variables.exists()


def test_replies_of_the_workstream_alone_go_with_it(delete, workstream, closed):
    alone = QuickReply.objects.create(title="Alone", message="Hi")
    shared = QuickReply.objects.create(title="Shared", message="Hi")
    alone.workstreams.add(workstream)
    shared.workstreams.add(workstream, make_workstream("Other"))

    delete(workstream)

    assert [reply.title for reply in QuickReply.objects.all()] == ["Shared"]
    assert [each.name for each in shared.workstreams.all()] == ["Other"]


def test_a_deleted_workstream_takes_nothing_in(delete, workstream, closed, now):
    delete(workstream)

    with pytest.raises(Deleted, match="This workstream was deleted"):
        take_in(workstream=Workstream.with_deleted.get(), title="Late", now=now)


def test_a_queue_with_finished_work_is_kept_without_members(delete, closed, queue, workstream):
    make_agent(queues=[queue])
    other = make_queue("Other")
    workstream.fallback_queue = other
    workstream.save()

    delete(queue)

    closed.refresh_from_db()
    assert closed.queue.name == "Support"
    assert not closed.queue.memberships.exists()
    assert not Queue.objects.filter(name="Support").exists()


def test_a_queue_that_only_a_deleted_workstream_fell_back_to_can_go(
    delete, closed, workstream, queue, administrator, now
):
    with pytest.raises(InUse):
        delete(queue)

    delete(workstream)
    delete(queue)

    create_queue(name="Support", type="messaging", by=administrator, now=now)
    assert Queue.with_deleted.filter(name="Support").count() == 2


def test_deleted_rows_leave_the_published_configuration(delete, workstream, closed, queue):
    from routing import configuration

    assert "Chat" in configuration.current().compiled.workstream_id_by_name

    delete(workstream)
    delete(queue)

    compiled = configuration.current().compiled
    assert workstream.pk not in compiled.workstreams
    assert queue.pk not in compiled.queues


@pytest.mark.parametrize("row", ["workstream", "queue"])
def test_the_database_refuses_work_of_what_was_deleted(delete, workstream, closed, queue, row):
    delete(workstream)
    delete(queue)
    other = make_workstream("Other")
    gone: dict[str, dict[str, Any]] = {
        "workstream": {"workstream": Workstream.with_deleted.get(pk=workstream.pk)},
        "queue": {"workstream": other, "queue": Queue.with_deleted.get(pk=queue.pk)},
    }

    with pytest.raises(IntegrityError, match="is deleted"), transaction.atomic():
        make_item(**gone[row])


def test_the_database_refuses_a_channel_for_a_deleted_workstream(delete, workstream, closed):
    delete(workstream)

    with pytest.raises(IntegrityError, match="is deleted"), transaction.atomic():
        make_chat_widget(Workstream.with_deleted.get())
