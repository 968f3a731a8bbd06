"""Whoever needs the rows of several agents locks them by id, wherever they lie in their table."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Model
from django.test import Client
from django.urls import reverse

from agents.models import Agent, AgentPresence, OperatingHours, Presence, User
from config.refusal import Refusal
from routing import configuration, service
from routing.actions.follow_limits import follow_limits
from routing.actions.hold_capacity import lock_loads
from routing.models import AgentLoad
from tests.factories import (
    make_agent,
    make_intake_rule,
    make_profile,
    make_queue,
    make_record,
    make_workstream,
)
from tests.races.together import queued_behind
from tests.scenarios import arrive, in_conversation
from workstreams.actions.change_agents import change_agents
from workstreams.actions.copy_queue import copy_queue
from workstreams.actions.delete_customer import delete_customer
from workstreams.actions.edit_queue import edit_queue
from workstreams.agent_changes import AgentChange
from workstreams.models import (
    Account,
    Contact,
    Queue,
    Record,
    ServiceConfiguration,
    Workstream,
)

Move = Callable[[Sequence[Agent], User, datetime], object]


def change(agents: Sequence[Agent], by: User, now: datetime) -> object:
    wanted = AgentChange(
        presence=Presence.objects.get(name="busy"), profiles={make_profile("Chats"): 3}
    )
    return change_agents(agent_ids=[each.pk for each in agents], change=wanted, by=by, now=now)


def follow(agents: Sequence[Agent], by: User, now: datetime) -> None:
    follow_limits(agent_ids=[each.pk for each in agents], now=now)


def give_each_something(agents: Sequence[Agent], by: User, now: datetime) -> object:
    return service.run_cycle(now=now)


@pytest.mark.parametrize(
    ("move", "model"),
    [
        (change, Agent),
        (change, AgentLoad),
        (change, AgentPresence),
        (follow, AgentLoad),
        (give_each_something, AgentLoad),
    ],
)
def test_who_waits_for_the_first_of_two_agents_does_not_hold_the_second(
    queue: Queue, administrator: User, now: datetime, move: Move, model: type[Model]
) -> None:
    first, second = (make_agent(name, queues=[queue]) for name in ("zoe", "amy"))
    workstream = make_workstream(queue=queue, capacity_units=1)
    for _ in range(6):
        arrive(workstream, now)
    with transaction.atomic():
        lock_loads([first.pk, second.pk])
    for each in (Agent, AgentLoad, AgentPresence):
        lies_last(each, first.pk)
    rows = model._default_manager.filter(pk=first.pk)

    queued_behind(
        rows,
        lambda: move([second, first], administrator, now),
        then=lambda: model._default_manager.select_for_update(nowait=True).get(pk=second.pk),
    )


@pytest.mark.usefixtures("record_routing")
def test_who_gives_a_record_to_another_agent_locks_the_presences_of_both_by_id(
    queue: Queue, supervisor: User, now: datetime
) -> None:
    first, second = (make_agent(name, queues=[queue]) for name in ("zoe", "amy"))
    make_intake_rule(make_workstream(queue=queue, type="record", mode="pick"))
    configuration.publish(by=None, now=now)
    record = make_record("Parcel")
    service.route_record(record_id=record.pk, by=supervisor, now=now)

    def give(agent: Agent) -> object:
        return service.assign_record(record_id=record.pk, agent=agent, by=supervisor, now=now)

    give(second)

    assert_waits_for_the_first(AgentPresence, first.pk, second.pk, lambda: give(first))


def test_who_hands_work_to_his_adviser_locks_the_presences_of_both_by_id(
    queue: Queue, workstream: Workstream, now: datetime
) -> None:
    ServiceConfiguration.objects.update_or_create(
        pk=1, defaults={"agent_consults_hold_capacity": True}
    )
    first = make_agent("zoe", queues=[queue])
    item = in_conversation(workstream, first, now)
    second = make_agent("amy", queues=[queue])
    consult = service.consult(item_id=item.pk, by=first, agent=second, now=now)
    service.accept_consult(consult_id=consult.pk, by=second, now=now)

    assert_waits_for_the_first(
        AgentPresence,
        first.pk,
        second.pk,
        lambda: service.hand_over(consult_id=consult.pk, by=first, now=now),
    )


@pytest.mark.parametrize("way", ["named now", "named before", "on its page", "copied"])
def test_who_edits_a_queue_locks_it_and_those_it_overflows_into_by_id(
    administrator: User, now: datetime, way: str
) -> None:
    first, second = make_queue("First"), make_queue("Second")
    hours = OperatingHours.objects.create(name="Day")
    pair = {"condition": "work_item_limit", "threshold": 5, "action": "transfer", "queue": "First"}

    def edit(**settings: Any) -> object:
        return edit_queue(queue=second, by=administrator, now=now, **settings)

    def save_page() -> None:
        client = Client()
        client.force_login(administrator)
        path = reverse("workstreams:queue-edit", args=[second.pk])
        form = client.get(path).context["form"]
        shown = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
        sent = {name: value for name, value in shown.items() if value is not None}
        assert client.post(path, sent | {"operating_hours": hours.pk}).status_code == 303

    if way != "named now":
        edit(overflow=[pair])
    moves: dict[str, Callable[[], object]] = {
        "named now": lambda: edit(overflow=[pair]),
        "named before": lambda: edit(operating_hours=hours),
        "on its page": save_page,
        "copied": lambda: copy_queue(queue=second, by=administrator, now=now),
    }

    assert_waits_for_the_first(Queue, first.pk, second.pk, moves[way])


@pytest.mark.parametrize("model", [Contact, Account])
def test_who_waits_for_a_record_does_not_hold_the_customer_whom_routing_it_needs(
    administrator: User, now: datetime, model: type[Contact | Account]
) -> None:
    customer = model._default_manager.create(name="Ada")
    whose: dict[str, Any] = {model.__name__.lower(): customer}
    record = make_record("Parcel", **whose)

    queued_behind(
        Record.objects.filter(pk=record.pk),
        lambda: delete_customer(row=customer, by=administrator, now=now),
        then=lambda: model._default_manager.select_for_update(nowait=True).get(pk=customer.pk),
    )

    assert not model._default_manager.exists()


def assert_waits_for_the_first(
    model: type[Model], first: int, second: int, move: Callable[[], object]
) -> None:
    """And does not hold the second meanwhile; then it is done."""
    [answer] = queued_behind(
        model._default_manager.filter(pk=first),
        move,
        then=lambda: model._default_manager.select_for_update(nowait=True).get(pk=second),
    )
    assert not isinstance(answer, Refusal), answer


def lies_last(model: type[Model], pk: int) -> None:
    """Written anew it does, and a table that is known to be small is gone through as it lies."""
    name = {Agent: "nickname", AgentLoad: "units_used", AgentPresence: "since"}[model]
    model._default_manager.filter(pk=pk).update(**{name: F(name)})
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {model._meta.db_table}")
