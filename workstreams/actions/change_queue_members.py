"""Add agents to a queue and take others out."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from agents.models import Agent, User
from config.models import Event
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import Queue, QueueMembership
from workstreams.signals import queue_members_changed


@transaction.atomic
def change_queue_members(
    *,
    queue: Queue,
    by: User,
    now: datetime,
    add: Iterable[Agent] = (),
    remove: Iterable[Agent] = (),
) -> set[int]:
    """Returns the ids of the agents for whom something changed; members who are in stay in.

    Refuses with SavedMeanwhile when the queue is gone.
    """
    locked = Queue.objects.select_for_update(no_key=True).filter(pk=queue.pk).first()
    if locked is None:
        raise SavedMeanwhile
    members = set(locked.memberships.values_list("agent_id", flat=True))
    leaving = members & {agent.pk for agent in remove}
    joining = [pk for pk in dict.fromkeys(agent.pk for agent in add) if pk not in members]

    locked.memberships.filter(agent_id__in=leaving).delete()
    QueueMembership.objects.bulk_create(
        [QueueMembership(queue=locked, agent_id=agent_id) for agent_id in joining],
        ignore_conflicts=True,
    )
    _record(locked, joining, by, now, joined=True)
    _record(locked, sorted(leaving), by, now, joined=False)

    changed = leaving | set(joining)
    if changed:
        queue_members_changed.send(
            sender=QueueMembership, queue_ids=[locked.pk], agent_ids=sorted(changed), now=now
        )
    return changed


def _record(
    queue: Queue, agent_ids: Collection[int], by: User, now: datetime, *, joined: bool
) -> None:
    """One event an agent, so that each agent's own page hears of it."""
    Event.objects.bulk_create(
        Event(
            at=now,
            kind="queue-members-changed",
            queue_id=queue.pk,
            agent_id=agent_id,
            data={"joined": joined, "by": by.get_username()},
        )
        for agent_id in agent_ids
    )
