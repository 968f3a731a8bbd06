"""What becomes of the work of an agent who gets no more, in words."""

from typing import Final

from django.db.models import Count, Q

from agents.models import Agent
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.terms import Channel, ItemState

OFFERED: Final = Q(outcome=Outcome.PENDING)
# Customers hold the line there, so ``return_dropped`` gives them back.
LIVE: Final = Q(item__state=ItemState.ACTIVE, item__workstream__persistent_chat=False)
CHAT: Final = LIVE & Q(item__channel=Channel.LIVE_CHAT)
CALL: Final = LIVE & Q(item__channel=Channel.VOICE)
# Of one, and of several.
SENTENCES: Final = {
    "offers": (
        "One offer goes back to its queue, a few minutes after its countdown at the latest.",
        "{} offers go back to their queues, a few minutes after their countdowns at the latest.",
    ),
    "chats": (
        "One live chat goes back to its queue in a few minutes.",
        "{} live chats go back to their queues in a few minutes.",
    ),
    "calls": (
        "One call goes back to its queue within two minutes.",
        "{} calls go back to their queues within two minutes.",
    ),
    "wrapping": (
        "One work item in wrap-up stays until it is closed.",
        "{} work items in wrap-up stay until they are closed.",
    ),
    "staying": (
        "One work item stays: transfer it if it has to go on.",
        "{} work items stay: transfer what has to go on.",
    ),
}


def left_behind(agent: Agent) -> list[str]:
    """A sentence for each sort of work the agent has; 1 query."""
    held = Assignment.objects.filter(agent=agent, ended_at__isnull=True)
    wrapping = Q(item__state=ItemState.WRAP_UP)
    counts = held.aggregate(
        offers=Count("pk", filter=OFFERED),
        chats=Count("pk", filter=~OFFERED & CHAT),
        calls=Count("pk", filter=~OFFERED & CALL),
        wrapping=Count("pk", filter=~OFFERED & wrapping),
        staying=Count("pk", filter=~OFFERED & ~CHAT & ~CALL & ~wrapping),
    )
    return [
        SENTENCES[sort][counts[sort] > 1].format(counts[sort]) for sort in SENTENCES if counts[sort]
    ]
