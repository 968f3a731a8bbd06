"""Where work waits at the demo organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agents.models import Agent, OperatingHours, User
from routing.demo.methods import METHOD
from workstreams.actions.create_queue import create_queue
from workstreams.actions.set_queue_members import set_queue_members
from workstreams.models import Queue
from workstreams.terms import AssignmentMethodName, WorkstreamType


@dataclass(frozen=True, kw_only=True)
class Place:
    """A queue to create."""

    name: str
    type: WorkstreamType = WorkstreamType.MESSAGING
    priority: int = 2
    method: str = AssignmentMethodName.HIGHEST_CAPACITY
    hours: str = "Around the clock"


QUEUES: Final = (
    Place(name="VIP support", priority=1, method=METHOD),
    Place(name="Support", method=AssignmentMethodName.ADVANCED_ROUND_ROBIN),
    Place(name="Sales"),
    Place(name="Text messages", priority=3, method=AssignmentMethodName.LEAST_ACTIVE),
    Place(name="Complaints", type=WorkstreamType.RECORD, priority=1, hours="Office hours"),
    Place(name="Cases", type=WorkstreamType.RECORD),
    Place(
        name="Phone support",
        type=WorkstreamType.VOICE,
        priority=1,
        method=AssignmentMethodName.LEAST_ACTIVE,
    ),
)


def create_queues(
    *, members: Mapping[str, list[Agent]], by: User, now: datetime
) -> dict[str, Queue]:
    """All queues with their members."""
    hours = {each.name: each for each in OperatingHours.objects.all()}
    queues = {}
    for place in QUEUES:
        queue = create_queue(
            name=place.name,
            type=place.type,
            priority=place.priority,
            assignment_method=place.method,
            operating_hours=hours[place.hours],
            by=by,
            now=now,
        )
        set_queue_members(queue=queue, agents=members[place.name], by=by, now=now)
        queues[place.name] = queue
    return queues
