"""Classify a work item and choose its queue."""

import json
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from config.models.event import APPEND
from config.prepared import Prepared, prepared_cursor
from routing import configuration
from routing.actions.decide_item import Decided, decide_item, is_for_bot, to_fallback
from routing.actions.end_for_overflow import end_for_overflow
from routing.actions.tell_obstacles import tell_closed, tell_obstacles
from routing.actions.wake_up import wake_up
from routing.actions.write_records import write_records
from routing.exceptions import NotPublished
from routing.queries.average_wait import known_wait
from routing.queries.in_force import keeps_same_agent
from routing.queries.item_fields import attach_relations
from routing.queries.refusals import was_refused
from routing.requirement import requirement_key
from routing.sql import array_of, statement
from routing.terms import WakeUpKind
from workstreams.actions.begin_bot_conversation import begin_bot_conversation
from workstreams.actions.record_event import event_of
from workstreams.actions.say_automatically import say_automatically
from workstreams.actions.tell_average_wait import tell_average_wait, tells_average_wait
from workstreams.models import WorkItem
from workstreams.models.living import is_living_queue
from workstreams.terms import MessageTrigger

PLAIN_FIELDS: Final = [
    "title",
    "priority",
    "required_units",
    "required_profiles",
    "requirement_key",
    "configuration_version",
    "overflow_checked_at",
    "fell_back",
    "overflow_transfer_count",
]
JSON_FIELDS: Final = ["context", "attributes", "required_skills"]
STORE: Final = statement("store_routing").replace("{append}", APPEND)
# All of the item, and what routing asks of the way it came.
READ: Final = [
    *(field.name for field in WorkItem._meta.concrete_fields),
    "workstream__name",
    "workstream__type",
    "workstream__persistent_chat",
    "workstream__fallback_queue",
    "workstream__bot",
    "channel_instance__name",
    "channel_instance__locale",
    "channel_instance__agent_name",
    "channel_instance__portal_url",
    "channel_instance__tells_wait",
    "channel_instance__tells_average_wait",
    "channel_instance__operating_hours",
]
LOCKED: Final = Prepared(
    lambda item_id: (
        WorkItem.objects.select_for_update(of=("self",))
        .select_related("workstream", "channel_instance")
        .only(*READ)
        .filter(pk=item_id)
    ),
    "item_id",
)
# A queue that was deleted while an item was on its way is chosen again.
MOST_TRIES: Final = 3


def route_item(*, item_id: int, now: datetime) -> WorkItem:
    """Route an open item in the transaction of its arrival and store the decision; the item as
    it is then.

    An error of rules never loses the item: it goes to the fallback queue, the decision says so
    (A 7) and an alarm tells supervisors. Skills of an earlier routing stay, new ones are added
    (A 5).
    The workstream's bot gets a new conversation first; its queue is where it goes on from (B 12).
    Overflow is looked at once, before a person can get the item (A 8.2). What is new is greeted
    first, in the name of its queue. A way in is closed before its workstream is published: nobody
    would be given what came, and no rule would ever look at it (NotPublished).
    """
    with transaction.atomic(savepoint=False):
        routed = _routed(item_id, now)
        item, choice = routed.item, routed.choice
        is_new = item.configuration_version is None
        item.requirement_key = requirement_key(item, is_personal=_has_a_history(item))
        item.configuration_version = routed.published.number
        ends, may_talk = choice is not None and choice.ends, is_for_bot(item)
        waits = item.is_pushed and not ends and not may_talk
        decision_id, is_served = _store(item, routed.document, now, waits=waits)
        write_records(item, routed.of_records)
        if is_new:
            say_automatically(item, MessageTrigger.GREETING, fact="begun", now=now)
        if may_talk and begin_bot_conversation(item, now=now):
            return item
        published = routed.published
        if ends:
            tell_closed(item, published=published, now=now)
            end_for_overflow(item, now=now)
            return item
        is_blocked = tell_obstacles(
            item, published=published, is_served=is_served, fact=decision_id, now=now
        )
        # How long others waited says nothing of who comes while nobody is there.
        if not is_blocked and tells_average_wait(item):
            tell_average_wait(item, known_wait(item.queue_id, now=now), now=now)
        if item.is_pushed and not waits:
            wake_up(WakeUpKind.ARRIVAL, queue_ids=[item.queue_id])
    return item


def _has_a_history(item: WorkItem) -> bool:
    """Whether one agent is meant, or some are not to be asked first: else it is as any other of its
    sort, of which however many wait together cost one look. What is new has none."""
    if item.configuration_version is None:
        return False
    is_meant = item.last_agent_id is not None and keeps_same_agent(item)
    return is_meant or was_refused(item)


def _routed(item_id: int, now: datetime) -> Decided:
    """Decides again, by the configuration as it is then, where the queue was deleted meanwhile."""
    for _ in range(MOST_TRIES):
        item, published = _locked(item_id), configuration.current()
        if _comes_in(item) and item.workstream_id not in published.compiled.workstreams:
            raise NotPublished(workstream=item.workstream.name)
        came_with = item.queue_id
        routed = decide_item(item, published, now)
        if item.queue_id == came_with or is_living_queue(item.queue_id):
            return routed
    return to_fallback(_locked(item_id), configuration.current())


def _comes_in(item: WorkItem) -> bool:
    """Whether a customer begins it at this moment; what programs hand in waits to be published."""
    return item.configuration_version is None and item.channel_instance_id is not None


def _locked(item_id: int) -> WorkItem:
    item = LOCKED(item_id=item_id)[0]
    attach_relations(item)
    return item


def _store(
    item: WorkItem, document: dict[str, Any], now: datetime, *, waits: bool
) -> tuple[int, bool]:
    """The id of the decision, and whether anybody serves the item's queue; in one statement.
    What ``waits`` for an agent from now on wakes the router."""
    event = event_of(kind="work-item-queued", item=item, now=now, data={})
    plain = {name: getattr(item, name) for name in PLAIN_FIELDS}
    plain["required_profiles"] = array_of(item.required_profiles)
    nested = {name: json.dumps(getattr(item, name)) for name in JSON_FIELDS}
    with prepared_cursor() as cursor:
        more = {"document": json.dumps(document), "waits": waits}
        cursor.execute(STORE, {**event, **plain, **nested, **more})
        decision_id, is_served = cursor.fetchone()
    return decision_id, is_served
