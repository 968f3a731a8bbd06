"""Whom agents may choose where they transfer work or ask for advice (B 15.6, B 15.7)."""

from datetime import timedelta

import pytest

from agents.models import AgentPresence, OperatingHours
from routing import configuration, service
from routing.exceptions import (
    NotReachable,
    OnlyToQueues,
    OutOfReach,
    QueueOutOfHours,
    QueuesAreNotAsked,
)
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import in_conversation
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import Consult, Queue, QueueMembership

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now)


@pytest.fixture
def people(queue, agent):
    """A member of the item's queue, a colleague from another queue, a stranger, and a boss."""
    shared = served("Shared", agent)
    return {
        "member": make_agent("mia", queues=[queue]),
        "colleague": make_agent("carl", queues=[shared]),
        "stranger": make_agent("stan", queues=[make_queue("Far away")]),
        "boss": make_agent("boss", role="supervisor", queues=[make_queue("Bosses")]),
    }


def served(name, *agents, **fields):
    """A queue with members."""
    queue = make_queue(name, **fields)
    for agent in agents:
        QueueMembership.objects.create(queue=queue, agent=agent)
    return queue


def switch(now, **values):
    save_service_configuration(by=None, now=now, **values)


REACHES = [
    ("every", {"member", "colleague", "stranger", "boss"}),
    ("queue", {"member"}),
    ("colleagues", {"member", "colleague"}),
    ("supervisors", {"boss"}),
]


@pytest.mark.parametrize(("reach", "reached"), REACHES, ids=[reach for reach, _ in REACHES])
def test_agents_ask_only_whom_the_administrator_lets_them(item, agent, people, now, reach, reached):
    switch(now, consult_agents=reach)

    asked = set()
    for name, person in people.items():
        try:
            service.consult(item_id=item.pk, by=agent, agent=person, now=now)
            asked.add(name)
        except OutOfReach:
            continue

    assert asked == reached


@pytest.mark.parametrize(("reach", "reached"), REACHES, ids=[reach for reach, _ in REACHES])
def test_agents_transfer_only_to_whom_the_administrator_lets_them(
    workstream, agent, people, now, reach, reached
):
    got = set()
    switch(now, transfer_agents=reach)
    for name, person in people.items():
        AgentPresence.objects.exclude(agent=agent).update(base="away")
        item = in_conversation(workstream, agent, now)
        AgentPresence.objects.exclude(agent=agent).update(base="available")
        try:
            service.transfer(item_id=item.pk, by=agent.user, agent=person, now=now)
            got.add(name)
        except OutOfReach:
            service.force_close(item_id=item.pk, by=agent.user, now=now)

    assert got == reached


@pytest.mark.parametrize(
    ("reach", "reached"),
    [
        ("every", ["Own", "Related", "Far away"]),
        ("own", ["Own"]),
        ("related", ["Own", "Related"]),
    ],
)
@pytest.mark.parametrize("verb", ["consult", "transfer"])
def test_queues_are_reached_the_same_way(workstream, agent, queue, now, verb, reach, reached):
    member = make_agent("mia", queues=[queue])
    AgentPresence.objects.filter(agent=member).update(base="away")
    queues = [
        served("Own", agent, make_agent("ada")),
        served("Related", member, make_agent("rob")),
        served("Far away", make_agent("stan")),
    ]
    switch(now, **{f"{verb}_queues": reach})
    act = {
        "consult": lambda item, to: service.consult(item_id=item.pk, by=agent, queue=to, now=now),
        "transfer": lambda item, to: service.transfer(
            item_id=item.pk, by=agent.user, queue=to, now=now
        ),
    }[verb]

    got = []
    for to in queues:
        item = in_conversation(workstream, agent, now)
        try:
            act(item, to)
            got.append(to.name)
        except OutOfReach:
            pass
        service.force_close(item_id=item.pk, by=agent.user, now=now)

    assert got == reached


def test_a_switch_leaves_transfers_to_queues_only(item, agent, people, supervisor, now):
    switch(now, transfers_to_agents=False)

    with pytest.raises(OnlyToQueues):
        service.transfer(item_id=item.pk, by=agent.user, agent=people["member"], now=now)
    service.transfer(item_id=item.pk, by=supervisor, agent=people["member"], now=now)

    item.refresh_from_db()
    assert item.agent == people["member"]


def test_a_switch_leaves_queues_alone(item, agent, people, now):
    switch(now, asks_queues=False)

    with pytest.raises(QueuesAreNotAsked):
        service.consult(item_id=item.pk, by=agent, queue=Queue.objects.get(name="Shared"), now=now)
    assert not Consult.objects.exists()


def test_supervisors_choose_freely(item, people, supervisor, now):
    switch(now, transfer_agents="queue", transfer_queues="own")

    service.transfer(item_id=item.pk, by=supervisor, agent=people["stranger"], now=now)
    service.transfer(
        item_id=item.pk, by=supervisor, queue=Queue.objects.get(name="Far away"), now=now
    )


def test_agents_do_not_transfer_to_who_wants_no_disturbance(queue, agent, supervisor, now):
    workstream = make_workstream("Loud", queue=queue, allowed_presences=["available", "busy_dnd"])
    item = in_conversation(workstream, agent, now)
    other = make_agent("dan", queues=[queue])
    AgentPresence.objects.filter(agent=other).update(base="busy_dnd")

    with pytest.raises(NotReachable, match="Do not disturb"):
        service.transfer(item_id=item.pk, by=agent.user, agent=other, now=now)
    service.transfer(item_id=item.pk, by=supervisor, agent=other, now=now)


def test_agents_transfer_to_open_queues_only(item, agent, supervisor, now):
    never = OperatingHours.objects.create(name="Never")
    closed = served("Closed", make_agent("nina"), operating_hours=never)
    configuration.publish(by=None, now=now)

    with pytest.raises(QueueOutOfHours):
        service.transfer(item_id=item.pk, by=agent.user, queue=closed, now=now)
    service.transfer(item_id=item.pk, by=supervisor, queue=closed, now=now)


@pytest.mark.parametrize(
    ("type_", "values", "seconds"),
    [
        ("messaging", {}, 120),
        ("messaging", {"messaging_search_seconds": 30}, 30),
        ("messaging", {"voice_search_seconds": 30}, 120),
        ("voice", {"voice_search_seconds": 45}, 45),
    ],
)
def test_a_queue_is_asked_for_as_long_as_the_service_says(now, type_, values, seconds):
    queue = make_queue("Here", type=type_)
    agent = make_agent("olga", queues=[queue])
    experts = served("Experts", make_agent("eva"))
    item = in_conversation(make_workstream("Work", queue=queue, type=type_), agent, now)
    switch(now, **values)

    asked = service.consult(item_id=item.pk, by=agent, queue=experts, now=now)

    assert asked.deadline_at - now == timedelta(seconds=seconds)


def test_who_is_asked_by_name_has_the_time_of_the_template(item, agent, people, now):
    switch(now, messaging_search_seconds=30)

    asked = service.consult(item_id=item.pk, by=agent, agent=people["member"], now=now)

    assert asked.deadline_at - now == timedelta(seconds=120)
