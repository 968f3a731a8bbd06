"""Work that came before its workstream was published, which a person moves as it is published."""

from datetime import datetime

from agents.models import Agent, User
from routing import configuration, service
from routing.sweeps import route_published
from tests.factories import make_queue, make_route, make_workstream
from tests.races.together import queued_behind, together
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, WorkItem, Workstream


def early(workstream: Workstream, now: datetime) -> WorkItem:
    """What waits in the fallback queue of what is published now, and its rules send elsewhere."""
    configuration.publish(by=None, now=now)
    shop = make_workstream("Shop", queue=make_queue("Shop"))
    make_route(shop, make_queue("VIP"))
    item = take_in(workstream=shop, title="Help", now=now)
    configuration.publish(by=None, now=now)
    return item


def test_what_a_person_is_moving_is_left_to_him(
    workstream: Workstream, queue: Queue, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = early(workstream, now)

    swept = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: route_published.sweep(now=now, limit=9),
        waiting=0,
        then=lambda: service.transfer(item_id=item.pk, by=supervisor, queue=queue),
    )

    assert [*swept, route_published.sweep(now=now, limit=9)] == [0, 0]
    item.refresh_from_db()
    assert item.queue == queue


def test_two_routers_route_it_once(workstream: Workstream, now: datetime) -> None:
    item = early(workstream, now)

    swept = together(*[lambda: route_published.sweep(now=now, limit=9)] * 2)

    item.refresh_from_db()
    assert (sorted(swept), item.queue.name) == ([0, 1], "VIP")
