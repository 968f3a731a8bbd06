"""Who is gone by the time a person's move gets to him is not given the work."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import pytest

from agents.actions.delete_agent import delete_agent
from agents.actions.edit_agent import edit_agent
from agents.actions.set_presence import set_presence
from agents.exceptions import DefinitionGone
from agents.models import Agent, Presence, User
from config.refusal import Refusal
from routing import configuration, service
from routing.exceptions import AgentDisabled, AgentNotThere, NoCapacityLeft, PresenceNotAllowed
from routing.models import AgentLoad, Assignment
from tests.factories import make_agent, make_intake_rule, make_record, make_workstream
from tests.races.together import before_the_commit, queued_behind
from tests.scenarios import arrive, in_conversation
from workstreams.models import Consult, Queue, WorkItem, Workstream

Change = Callable[[Agent, datetime], Any]


def goes_offline(agent: Agent, now: datetime) -> None:
    offline = Presence.objects.get(name="offline")
    set_presence(agent=agent, presence=offline, by=None, now=now)


def is_disabled(agent: Agent, now: datetime) -> None:
    edit_agent(agent=agent, by=None, now=now, is_enabled=False)


def has_no_room(agent: Agent, now: datetime) -> None:
    edit_agent(agent=agent, by=None, now=now, capacity_units=0)


CHANGES: Final[dict[str, tuple[Change, type[Refusal]]]] = {
    "offline": (goes_offline, PresenceNotAllowed),
    "disabled": (is_disabled, AgentDisabled),
    "full": (has_no_room, NoCapacityLeft),
}


@pytest.fixture
def item(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    return in_conversation(workstream, agent, now)


@pytest.fixture
def dora(queue: Queue, item: WorkItem) -> Agent:
    return make_agent("dora", queues=[queue])


@pytest.mark.parametrize("behind", ["item", "load"])
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("verb", ["assign", "transfer"])
def test_work_is_given_only_to_who_may_have_it_by_then(
    workstream: Workstream,
    item: WorkItem,
    agent: Agent,
    dora: Agent,
    supervisor: User,
    now: datetime,
    *,
    verb: str,
    change: str,
    behind: str,
) -> None:
    act, refusal = CHANGES[change]
    waits = arrive(workstream, now)
    verbs = {
        "assign": lambda: service.assign(item_id=waits.pk, agent=dora, by=supervisor),
        "transfer": lambda: service.transfer(item_id=item.pk, agent=dora, by=agent.user),
    }
    rows = {
        "item": WorkItem.objects.filter(pk=(waits if verb == "assign" else item).pk),
        "load": AgentLoad.objects.filter(agent=dora),
    }

    [answer] = queued_behind(rows[behind], verbs[verb], then=lambda: act(dora, now))

    assert type(answer) is refusal
    assert not Assignment.objects.filter(agent=dora).exists()


@pytest.mark.parametrize(
    ("change", "refusal"), [(goes_offline, AgentNotThere), (is_disabled, AgentDisabled)]
)
def test_only_who_is_there_by_then_is_asked_for_advice(
    item: WorkItem,
    agent: Agent,
    dora: Agent,
    now: datetime,
    change: Change,
    refusal: type[Refusal],
) -> None:
    [answer] = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: service.consult(item_id=item.pk, by=agent, agent=dora),
        then=lambda: change(dora, now),
    )

    assert type(answer) is refusal
    assert not Consult.objects.exists()


@pytest.mark.usefixtures("record_routing")
def test_a_record_is_not_given_to_who_is_disabled_by_then(
    queue: Queue, dora: Agent, supervisor: User, now: datetime
) -> None:
    make_intake_rule(make_workstream(queue=queue, type="record", mode="pick"))
    configuration.publish(by=None, now=now)
    record = make_record("Parcel")
    service.route_record(record_id=record.pk, by=supervisor, now=now)

    _, answer = before_the_commit(
        lambda: is_disabled(dora, now),
        lambda: service.assign_record(record_id=record.pk, agent=dora, by=supervisor),
    )

    assert type(answer) is AgentDisabled
    assert not Assignment.objects.filter(agent=dora).exists()


@pytest.mark.parametrize("ever_had_work", [True, False])
@pytest.mark.parametrize("verb", ["assign", "transfer", "advice", "record"])
@pytest.mark.usefixtures("record_routing")
def test_nothing_is_given_to_who_is_deleted_by_then(
    workstream: Workstream,
    queue: Queue,
    item: WorkItem,
    agent: Agent,
    dora: Agent,
    supervisor: User,
    administrator: User,
    now: datetime,
    *,
    verb: str,
    ever_had_work: bool,
) -> None:
    waits = arrive(workstream, now)
    make_intake_rule(make_workstream(queue=queue, type="record", mode="pick"))
    configuration.publish(by=None, now=now)
    record = make_record("Parcel")
    service.route_record(record_id=record.pk, by=supervisor, now=now)
    if not ever_had_work:
        AgentLoad.objects.filter(agent=dora).delete()
    verbs = {
        "assign": lambda: service.assign(item_id=waits.pk, agent=dora, by=supervisor),
        "transfer": lambda: service.transfer(item_id=item.pk, agent=dora, by=agent.user),
        "advice": lambda: service.consult(item_id=item.pk, by=agent, agent=dora),
        "record": lambda: service.assign_record(record_id=record.pk, agent=dora, by=supervisor),
    }

    [answer] = queued_behind(
        Agent.objects.filter(pk=dora.pk),
        verbs[verb],
        then=lambda: delete_agent(agent=dora, by=administrator, now=now),
    )

    assert type(answer) is DefinitionGone
    assert not Agent.objects.filter(pk=dora.pk).exists()
