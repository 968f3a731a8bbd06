"""Where signals of the lower apps reach routing; nothing else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import agents.signals
import config.lifetime
import workstreams.signals
from agents.models import User
from routing import service
from routing.actions.check_reach import check_in_force
from routing.actions.close_record_item import close_record_item
from routing.actions.follow_limits import follow_limits
from routing.actions.route_record import route_new_record
from routing.actions.wake_up import wake_up
from routing.keep_models_ready import keeper
from routing.terms import WakeUpKind
from workstreams.models import Queue, WorkItem
from workstreams.terms import ItemState


def route_arrival(*, work_item_id: int, now: datetime, **_: Any) -> WorkItem:
    """A work item arrived: route it in the transaction of its arrival, and say how it is then."""
    return service.route(item_id=work_item_id, now=now)


def route_new(*, record_id: int, by: User, now: datetime, **_: Any) -> None:
    """A record was created: route it in that transaction, if its type is."""
    route_new_record(record_id=record_id, by=by.username, now=now)


def close_with_record(*, record_id: int, by: User, now: datetime, **_: Any) -> None:
    """A record ended: so does its work item."""
    close_record_item(record_id=record_id, by=by.username, now=now)


def wake_for_preferred(*, contact_id: int, **_: Any) -> None:
    """Who is preferred for a contact changed: look at his waiting work."""
    waiting = WorkItem.objects.filter(contact=contact_id, state=ItemState.OPEN, is_pushed=True)
    queue_ids = waiting.order_by("queue_id").values_list("queue_id", flat=True).distinct()
    wake_up(WakeUpKind.MEMBERS, queue_ids=queue_ids)


def wake_for_members(*, queue_ids: Iterable[int], **_: Any) -> None:
    """Members of queues changed."""
    wake_up(WakeUpKind.MEMBERS, queue_ids=queue_ids)


def wake_for_moved_work(*, queue_ids: Iterable[int], **_: Any) -> None:
    """Work came from a queue that is deleted; where it cannot wait yet, that is refused."""
    for queue in Queue.objects.filter(pk__in=queue_ids):
        check_in_force(queue)
    wake_up(WakeUpKind.ARRIVAL, queue_ids=queue_ids)


def wake_for_presence(*, agent_ids: Iterable[int], **_: Any) -> None:
    """Agents' presence changed."""
    wake_up(WakeUpKind.PRESENCE, agent_ids=agent_ids)


def wake_for_capacity(*, agent_ids: Iterable[int], now: datetime, **_: Any) -> None:
    """Agents' limits changed, and so may the presence that their work leaves them."""
    ids = sorted(set(agent_ids))
    follow_limits(agent_ids=ids, now=now)
    wake_up(WakeUpKind.CAPACITY, agent_ids=ids)


def wake_for_skills(*, agent_ids: Iterable[int], **_: Any) -> None:
    """Agents' skills changed."""
    wake_up(WakeUpKind.SKILLS, agent_ids=agent_ids)


def wake_for_attributes(*, agent_ids: Iterable[int], **_: Any) -> None:
    """What is kept of agents changed."""
    wake_up(WakeUpKind.ATTRIBUTES, agent_ids=agent_ids)


def publish_configuration(*, by: User | None, now: datetime, **_: Any) -> None:
    """Configuration was edited: publish it, or keep it in the draft, in the edit's transaction."""
    service.edited(by=by, now=now)


def begin_to_keep_models(**_: Any) -> None:
    """A process starts: no work should wait for it to read a model."""
    keeper.start()


def end_keeping_models(**_: Any) -> None:
    """A process ends."""
    keeper.stop()


RECEIVERS = (
    (config.lifetime.process_started, begin_to_keep_models),
    (config.lifetime.process_ending, end_keeping_models),
    (workstreams.signals.work_item_arrived, route_arrival),
    (workstreams.signals.record_created, route_new),
    (workstreams.signals.record_ended, close_with_record),
    (workstreams.signals.preferred_agents_changed, wake_for_preferred),
    (workstreams.signals.queue_members_changed, wake_for_members),
    (workstreams.signals.work_items_moved, wake_for_moved_work),
    (workstreams.signals.configuration_changed, publish_configuration),
    (agents.signals.configuration_changed, publish_configuration),
    (agents.signals.presence_changed, wake_for_presence),
    (agents.signals.capacity_changed, wake_for_capacity),
    (agents.signals.skills_changed, wake_for_skills),
    (agents.signals.attributes_changed, wake_for_attributes),
)


def connect() -> None:
    """Connect every receiver; called once when the app is ready."""
    for signal, receiver in RECEIVERS:
        signal.connect(receiver, dispatch_uid=receiver.__name__ + str(id(signal)))
