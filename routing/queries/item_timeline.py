"""What happened to a work item, as people read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agents.models import Agent
from routing.terms import SKILLS_CHANGED
from workstreams.models import Queue, WorkItem, WorkItemEvent
from workstreams.terms import LABELS, Reason

EVENTS_SHOWN: Final = 300
# What was said is not history of routing.
NOT_SHOWN: Final = ("message-added", "consult-note-added")
WORDS: Final[dict[str, str]] = {
    "work-item-arrived": "Arrived",
    "work-item-queued": "Put into the queue",
    "offer-made": "Offered",
    "offer-accepted": "Offer accepted",
    "offer-declined": "Offer declined",
    "offer-missed": "Offer missed",
    "offer-withdrawn": "Offer withdrawn",
    "work-item-picked": "Picked",
    "work-item-assigned": "Assigned",
    "work-item-released": "Released",
    "offer-unseen": "Back in the queue: its agent was not there to see it",
    "work-item-transferred": "Transferred",
    "work-item-overflowed": "Overflowed to another queue",
    "work-item-moved": "Moved, because its queue was deleted",
    "work-item-ended": "Ended",
    "work-item-closed": "Closed",
    "work-item-rested": "Set to waiting",
    "work-item-returned": "Came back",
    "capacity-released": "Capacity released",
    "bot-started": "Given to a bot",
    "bot-escalated": "Passed on by the bot",
    "bot-ended": "Ended by the bot",
    "suggestions-made": "Suggestions for the agent",
    "message-added": "Message",
    "customer-changed": "Customer changed",
    "work-item-rerouted": "Routed again",
    SKILLS_CHANGED: "Skills changed",
    "agent-dropped": "Back in the queue: its agent dropped out",
    "customer-left": "The customer left the chat",
    "customer-returned": "The customer came back to the chat",
}
ICONS: Final[dict[str, str]] = {
    "work-item-arrived": "work-item",
    "work-item-queued": "queue",
    "offer-made": "bell",
    "offer-accepted": "success",
    "offer-declined": "circle-x",
    "offer-missed": "hours",
    "offer-withdrawn": "undo",
    "offer-unseen": "undo",
    "work-item-picked": "pick",
    "work-item-assigned": "assign",
    "work-item-released": "undo",
    "work-item-transferred": "transfer",
    "work-item-overflowed": "transfer",
    "work-item-moved": "transfer",
    "work-item-ended": "note",
    "work-item-closed": "done",
    "work-item-rested": "pause",
    "work-item-returned": "refresh",
    "capacity-released": "capacity",
    "bot-started": "bot",
    "bot-escalated": "transfer",
    "bot-ended": "done",
    "suggestions-made": "smile",
    "customer-identified": "contact",
    "customer-not-identified": "contact",
    "customer-changed": "contact",
    "work-item-rerouted": "refresh",
    SKILLS_CHANGED: "skill",
    "agent-dropped": "undo",
    "customer-left": "offline",
    "customer-returned": "refresh",
    **dict.fromkeys(
        ("consult-asked", "consult-accepted", "consult-stayed", "consult-joined", "consult-ended"),
        "agents",
    ),
    "consult-declined": "circle-x",
    "consult-missed": "hours",
    "work-item-monitored": "search",
}


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One event of the timeline; names are those of today."""

    at: datetime
    text: str
    icon: str
    queue: str
    agent: str
    state: str
    reason: str


def item_timeline(item: WorkItem) -> list[Moment]:
    """The latest events of the item, oldest first, without its messages; 3 queries."""
    events = list(
        WorkItemEvent.objects.filter(work_item_id=item.pk)
        .exclude(kind__in=NOT_SHOWN)
        .order_by("-id")[:EVENTS_SHOWN]
    )
    agents = _agents(event.agent_id for event in events)
    queues = _queues(event.queue_id for event in events)
    return [
        Moment(
            at=event.at,
            text=_words(event),
            icon=ICONS.get(event.kind, "info"),
            queue=queues.get(event.queue_id, ""),
            agent=agents.get(event.agent_id, ""),
            state=event.state,
            reason=_reason(event.reason),
        )
        for event in reversed(events)
    ]


def _words(event: WorkItemEvent) -> str:
    """What an event says in sentences of its own, or the words of its kind."""
    sentences = event.data.get("sentences") or ()
    words = WORDS.get(event.kind, event.kind.replace("-", " ").capitalize())
    return ". ".join(sentences) or words


def _agents(ids: Iterable[int | None]) -> dict[int | None, str]:
    rows = Agent.objects.filter(pk__in={pk for pk in ids if pk}).select_related("user")
    return {agent.pk: agent.user.display_name for agent in rows}


def _queues(ids: Iterable[int | None]) -> dict[int | None, str]:
    rows = Queue.with_deleted.filter(pk__in={pk for pk in ids if pk})
    return dict(rows.values_list("pk", "name"))


def _reason(reason: str) -> str:
    return LABELS.get(Reason(reason), reason) if reason in list(Reason) else reason
