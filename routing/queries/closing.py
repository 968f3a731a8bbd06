"""What closing a work item by force takes from whom, and who is told."""

from dataclasses import dataclass

from django.db.models import F, Q

from agents.models import Agent
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.automated_messages import is_raised
from workstreams.models import WorkItem
from workstreams.queries.automated_texts import automated_texts
from workstreams.terms import MessageTrigger


@dataclass(frozen=True, kw_only=True)
class Closing:
    """``had_by`` is who has the work, or had it last; to be offered it is not to have it, but what
    is offered holds capacity that it ``gives_back``, too."""

    customer_is_told: bool
    had_by: Agent | None
    gives_back: bool


def closing_of(item: WorkItem) -> Closing:
    """What the close does; 2 queries, 1 for a record."""
    open_or_taken = Q(ended_at=None) | Q(outcome=Outcome.ACCEPTED)
    receipts = Assignment.objects.filter(open_or_taken, item=item).select_related("agent__user")
    last = receipts.order_by(F("ended_at").desc(nulls_first=True), "-pk").first()
    return Closing(
        customer_is_told=_is_told(item),
        had_by=last.agent if last else None,
        gives_back=last is not None and _gives_back(last),
    )


def _gives_back(receipt: Assignment) -> bool:
    """Not what was given back before, nor what wrap-up keeps for a time of its own."""
    is_kept = receipt.capacity_release_due_at is not None
    return receipt.ended_at is None and receipt.capacity_released_at is None and not is_kept


def _is_told(item: WorkItem) -> bool:
    ended, instance = MessageTrigger.SESSION_ENDED, item.channel_instance
    return (
        is_raised(ended, item.channel)
        and automated_texts([ended], channel=item.channel, instance=instance)[ended].is_active
    )
