"""Creating a workstream."""

import pytest

from workstreams.actions.create_workstream import create_workstream
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import Queue, RecordType, Workstream
from workstreams.signals import configuration_changed


@pytest.fixture
def create(administrator, queue, now):
    """Creates a chat workstream that falls back to ``queue``."""

    def create(**settings):
        chosen = {
            "name": "Shop chat",
            "type": "messaging",
            "channel": "live_chat",
            "distribution_mode": "push",
            "fallback_queue": queue,
        } | settings
        return create_workstream(**chosen, by=administrator, now=now)

    return create


def test_a_new_workstream_takes_the_defaults_of_its_channel(create, queue):
    workstream = create(name="  Shop chat ")

    assert (workstream.name, workstream.fallback_queue) == ("Shop chat", queue)
    assert (workstream.wrap_up_block, workstream.capacity_units) == ("always", 1)
    assert workstream.keep_same_agent is False
    assert workstream.auto_close_after_minutes is None


def test_a_new_workstream_begins_with_the_built_in_templates_of_its_channel(create):
    workstream = create(channel="sms")

    templates = {
        "notification_template": "SMS - incoming unauthenticated - default",
        "authenticated_template": "SMS - incoming authenticated - default",
        "consult_template": "SMS - consult - default",
        "transfer_template": "SMS - transfer - default",
        "supervisor_assign_template": "SMS - supervisor assign - default",
        "session_template": "SMS session - default",
    }
    assert {field: getattr(workstream, field).name for field in templates} == templates


@pytest.mark.parametrize(
    ("settings", "keeps", "closes"),
    [
        ({"persistent_chat": True}, True, True),
        ({"channel": "sms"}, True, True),
        ({"channel": "teams"}, True, True),
        ({"channel": "whatsapp"}, True, True),
        ({"channel": "facebook"}, True, True),
        ({"channel": "line"}, True, True),
        ({"channel": "wechat"}, True, True),
        ({"channel": "sms", "distribution_mode": "pick"}, False, True),
        ({"channel": "custom"}, False, False),
    ],
)
def test_affinity_is_on_where_conversations_come_back(create, settings, keeps, closes):
    workstream = create(**settings)

    assert workstream.keep_same_agent is keeps
    assert (workstream.auto_close_after_minutes is not None) is closes


def test_a_new_queue_is_created_with_the_workstream(create):
    workstream = create(fallback_queue=None, new_queue="Shop")

    assert workstream.fallback_queue == Queue.objects.get(name="Shop")
    assert workstream.fallback_queue.memberships.count() == 0


def test_a_refused_workstream_leaves_no_queue_behind(create):
    create()

    with pytest.raises(InvalidSettings) as refusal:
        create(name="SHOP chat", fallback_queue=None, new_queue="Shop")

    assert refusal.value.errors.keys() == {"name"}
    assert not Queue.objects.filter(name="Shop").exists()


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"type": "carrier pigeon"}, "type"),
        ({"channel": "voice"}, "channel"),
        ({"type": "voice", "distribution_mode": "pick"}, "distribution_mode"),
        ({"distribution_mode": "both"}, "distribution_mode"),
        ({"type": "record"}, "record_type"),
        ({"channel": "sms", "persistent_chat": True}, "persistent_chat"),
        ({"type": "voice", "channel": ""}, "fallback_queue"),
        ({"type": "voice", "channel": "sms"}, "channel"),
        ({"fallback_queue": None}, "fallback_queue"),
        ({"new_queue": "support"}, "new_queue"),
    ],
)
def test_what_does_not_go_together_is_refused_by_field(create, settings, field):
    with pytest.raises(InvalidSettings) as refusal:
        create(**settings)

    assert refusal.value.errors.keys() == {field}
    assert not Workstream.objects.exists()


@pytest.fixture
def cases():
    """What a record workstream is created with."""
    case = RecordType.objects.get(name="case")
    return {
        "type": "record",
        "channel": "",
        "record_type": case,
        "fallback_queue": None,
        "new_queue": "Cases",
    }


def test_records_are_refused_while_they_are_not_routed(create, cases):
    with pytest.raises(InvalidSettings, match="service configuration") as refusal:
        create(**cases)

    assert refusal.value.errors.keys() == {"record_type"}
    assert not Queue.objects.filter(name="Cases").exists()


@pytest.mark.usefixtures("record_routing")
def test_a_record_workstream_names_its_records(create, cases):
    case, workstream = cases["record_type"], create(**cases)

    assert (workstream.channel, workstream.record_type) == ("record", case)


def test_creation_is_announced_once(create, administrator, now):
    heard = []

    def hear(sender, by, now, **kwargs):
        heard.append((sender, by, now))

    configuration_changed.connect(hear)
    try:
        create(fallback_queue=None, new_queue="Shop")
    finally:
        configuration_changed.disconnect(hear)

    assert heard == [(Workstream, administrator, now)]
