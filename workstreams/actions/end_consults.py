"""Consults end with the work they are about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from agents.terms import BasePresence
from config.prepared import Prepared
from workstreams.actions.record_event import record_event
from workstreams.actions.say_automatically import say_automatically
from workstreams.models import Consult, QueueMembership, WorkItem
from workstreams.terms import ConsultState, ItemState, MessageTrigger

ACCEPTED: Final = "consult-accepted"
# An event stays short.
MOST_TOLD: Final = 500
# An ended talk says so itself, and one that waits for its customer goes on when he writes.
GOES_ON: Final = (ItemState.OPEN, ItemState.ACTIVE)
WORDS: Final = {
    "consult-asked": "{asker} asks {whom} for advice",
    ACCEPTED: "{whom} reads along to advise {asker}",
    "consult-stayed": "{whom}, who had it, stays to advise {asker}",
    "consult-joined": "{whom} joined the conversation",
    "consult-declined": "{whom} declined to advise {asker}",
    "consult-missed": "{whom} did not answer the request for advice",
    "consult-ended": "Advice of {whom} ended",
}
RUNNING: Final = Prepared(
    lambda item_id: Consult.objects.running().filter(item_id=item_id).order_by("pk"), "item_id"
)


def end_consults(item: WorkItem, now: datetime) -> list[Consult]:
    """End all consults of a locked item, each with its event; one query when there are none.
    Those who talked to the customer come back, for ``say_who_left``."""
    joined = []
    for consult in RUNNING(item_id=item.pk):
        if consult.state == ConsultState.JOINED:
            joined.append(consult)
        close_consult(consult, item=item, to=ConsultState.ENDED, now=now)
    return joined


def say_who_left(item: WorkItem, joined: Iterable[Consult], now: datetime) -> None:
    """Tell a customer whose talk goes on who joined it and is gone now that it moved on; who got
    the work himself is not."""
    if item.state not in GOES_ON:
        return
    for consult in joined:
        if consult.agent_id != item.agent_id:
            left = MessageTrigger.AGENT_LEFT_CUSTOMER
            say_automatically(item, left, fact=consult.pk, agent=consult.agent, now=now)


def close_consult(
    consult: Consult, *, item: WorkItem, to: ConsultState, now: datetime, by: str = ""
) -> None:
    """Close a consult of a locked item; everybody concerned hears of it."""
    consult.state = to
    consult.ended_at = now
    consult.save(update_fields=["state", "ended_at"])
    record_consult(consult, kind=f"consult-{to}", item=item, now=now, by=by)


def record_consult(
    consult: Consult, *, kind: str, item: WorkItem, now: datetime, by: str = ""
) -> None:
    """The event of the item names who is asked, so that his pages hear of it (config.live), and
    says who may read the conversation from then on, or no more. One query more for what a queue is
    asked, and asked no more."""
    words = WORDS.get(kind, "").format(asker=consult.asked_by, whom=consult.whom)
    more: dict[str, Any] = {"sentences": [words]} if words else {}
    if consult.queue_id is not None and (consult.agent_id is None or kind == ACCEPTED):
        more["agent_ids"] = list(_who_see(consult.queue_id))
    record_event(
        kind=kind,
        item=item,
        now=now,
        consult_id=consult.pk,
        consulted_agent_id=consult.agent_id,
        consulted_queue_id=consult.queue_id,
        by=by,
        **more,
    )


def _who_see(queue_id: int) -> "QuerySet[QueueMembership, int]":
    """The members of a queue who are signed in; where there are very many, pages of the others
    ask by themselves."""
    members = QueueMembership.objects.filter(queue=queue_id, agent__is_enabled=True)
    there = members.exclude(agent__presence__base=BasePresence.OFFLINE)
    return there.order_by("agent").values_list("agent_id", flat=True)[:MOST_TOLD]
