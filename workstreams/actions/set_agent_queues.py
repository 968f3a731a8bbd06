"""Say which queues an agent serves."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from agents.exceptions import DefinitionGone
from agents.models import Agent, User
from config.models import Event
from workstreams.models import Queue, QueueMembership
from workstreams.models.living import living_queues
from workstreams.signals import queue_members_changed


@transaction.atomic
def set_agent_queues(
    *, agent: Agent, queues: Sequence[Queue], by: User | None, now: datetime
) -> None:
    """Make the agent a member of exactly these queues. Refuses DefinitionGone where one that he
    is to join was deleted meanwhile.

    Work the agent already holds stays. Queues that stay keep their order of joining.
    """
    Agent.objects.select_for_update(no_key=True).get(pk=agent.pk)
    before = set(agent.memberships.values_list("queue_id", flat=True))
    wanted = {queue.pk for queue in queues}
    joined, left = sorted(wanted - before), sorted(before - wanted)
    if not joined and not left:
        return

    if joined:
        living = living_queues(joined)
        for queue in queues:
            if queue.pk in joined and queue.pk not in living:
                raise DefinitionGone(name=queue)

    agent.memberships.filter(queue__in=left).delete()
    QueueMembership.objects.bulk_create(
        [QueueMembership(agent=agent, queue_id=queue_id) for queue_id in joined],
        ignore_conflicts=True,
    )

    Event.objects.bulk_create(
        Event(
            at=now,
            kind="queue-members-changed",
            queue_id=queue_id,
            agent_id=agent.pk,
            data={"joined": queue_id in wanted, "by": by.username if by else ""},
        )
        for queue_id in [*joined, *left]
    )
    queue_members_changed.send(
        sender=QueueMembership, queue_ids=[*joined, *left], agent_ids=[agent.pk], now=now
    )
