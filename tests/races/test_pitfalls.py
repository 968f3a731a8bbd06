"""Races that peers lost, as their trackers tell; each scenario is told in the table of
``tests/project/test_pitfalls.py``."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection

from agents.models import Agent, User
from routing import service
from routing.exceptions import AlreadyTaken, NotYourItem, OnlyAgentsEnd
from routing.models import Assignment
from tests.factories import make_agent, make_item
from tests.races.together import queued_behind, together
from tests.scenarios import arrive, in_conversation, offered, units_used
from workstreams.actions.send_message import send_message
from workstreams.models import Message, Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import Author, ItemState

PICKERS = 160
AT_ONCE = 40
ITEMS = 12


def kinds(item: WorkItem) -> Counter[str]:
    events = WorkItemEvent.objects.filter(work_item_id=item.pk)
    return Counter(events.values_list("kind", flat=True))


def test_a_rule_an_assignment_a_click_and_a_reopening_at_once_are_one_story(
    workstream: Workstream, both: list[Agent], supervisor: User, now: datetime
) -> None:
    Workstream.objects.update(persistent_chat=True)
    item = offered(workstream, now)
    had = next(each for each in both if each == item.agent)
    service.accept(item_id=item.pk, by=had)
    service.close(item_id=item.pk, by=had)

    outcomes = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: send_message(item_id=item.pk, author=Author.CUSTOMER, text="Back", now=now),
        lambda: service.reopen(item_id=item.pk, by=had),
        lambda: service.assign(item_id=item.pk, agent=both[1], by=supervisor),
        lambda: service.leave(item_id=item.pk),
    )
    service.run_cycle()

    told = [type(each) for each in outcomes]
    assert told == [Message, NotYourItem, Assignment, OnlyAgentsEnd]
    assert [each.agent for each in Assignment.objects.filter(ended_at=None)] == [both[1]]
    given = kinds(item)
    assert (given["work-item-returned"], given["offer-made"]) == (1, 2)
    assert given["work-item-closed"] == 0


@pytest.mark.parametrize("_time", range(3))
def test_of_the_router_a_supervisor_and_two_clicks_at_once_one_gives_it(
    _time: int, workstream: Workstream, both: list[Agent], supervisor: User, now: datetime
) -> None:
    Workstream.objects.update(may_be_picked=True)
    item = arrive(workstream, now)

    outcomes = together(
        service.run_cycle,
        lambda: service.assign(item_id=item.pk, agent=both[0], by=supervisor),
        *[lambda: service.pick(item_id=item.pk, by=both[1])] * 2,
    )

    assert {type(each) for each in outcomes[1:]} <= {Assignment, AlreadyTaken}
    assert Assignment.objects.filter(item=item).count() == 1
    given = kinds(item)
    assert given["offer-made"] + given["work-item-picked"] == 1


def test_what_changes_nothing_tells_of_nothing(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    before = kinds(item)
    together(*[lambda: service.accept(item_id=item.pk, by=agent)] * 2)
    again = kinds(item)
    service.end(item_id=item.pk, by=agent)
    ended = kinds(item)

    together(
        lambda: service.end(item_id=item.pk, by=agent),
        lambda: service.leave(item_id=item.pk),
        lambda: service.end(item_id=item.pk, by=agent),
    )

    assert (again, kinds(item)) == (before, ended)


def test_a_work_item_is_completed_once_however_many_complete_it(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    service.end(item_id=item.pk, by=agent)

    queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        *[lambda: service.close(item_id=item.pk, by=agent)] * 3,
        *[lambda: service.force_close(item_id=item.pk, by=supervisor)] * 3,
    )

    assert kinds(item)["work-item-closed"] == 1
    assert units_used(agent) == 0


def test_of_two_who_accept_one_has_it_and_the_other_is_told(
    workstream: Workstream, both: list[Agent], now: datetime
) -> None:
    item = offered(workstream, now)
    mine = next(each for each in both if each == item.agent)
    other = next(each for each in both if each != item.agent)

    outcomes = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: service.accept(item_id=item.pk, by=mine),
        lambda: service.accept(item_id=item.pk, by=other),
        # The same agent in another window.
        lambda: service.accept(item_id=item.pk, by=mine),
    )

    assert [type(each) for each in outcomes] == [Assignment, AlreadyTaken, Assignment]
    assert kinds(item)["offer-accepted"] == 1


def test_160_who_pick_from_one_queue_take_nothing_over_from_each_other(
    mail: Workstream, queue: Queue, now: datetime
) -> None:
    agents = [make_agent(queues=[queue]) for _ in range(PICKERS)]
    items = [make_item(mail, at=now) for _ in range(ITEMS)]

    def pick(agent: Agent) -> list[int]:
        taken = []
        for item in items:
            try:
                taken.append(service.pick(item_id=item.pk, by=agent).item_id)
            except AlreadyTaken:
                continue
        connection.close()
        return taken

    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = [item_id for found in pool.map(pick, agents) for item_id in found]

    assert sorted(taken) == sorted(item.pk for item in items)
    assert Assignment.objects.count() == ITEMS
    assert not WorkItem.objects.filter(state=ItemState.OPEN).exists()
