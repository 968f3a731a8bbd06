"""Live chats of agents who dropped out and did not come back go back to their queues (A 17)."""

from datetime import datetime

from django.db.models import QuerySet

from agents.actions.sign_in_agent import RETURN_WITHIN
from routing.actions.drop_chat import drop_chat
from routing.sweeps.each import count_changed
from workstreams.models import WorkItem
from workstreams.terms import Channel, ItemState, Reason


def sweep(*, now: datetime, limit: int) -> int:
    """Give up to ``limit`` chats back to their queues."""
    ids = list(left_alone(now).order_by("pk").values_list("pk", flat=True)[:limit])
    return count_changed(
        ids,
        lambda pk: drop_chat(
            item_id=pk, is_left_alone=lambda: left_alone(now).filter(pk=pk).exists(), now=now
        ),
    )


def left_alone(now: datetime) -> "QuerySet[WorkItem]":
    """Live chats whose agent's windows have been gone for longer than he has to come back."""
    return WorkItem.objects.filter(
        state=ItemState.ACTIVE,
        reason=Reason.IN_CONVERSATION,
        channel=Channel.LIVE_CHAT,
        workstream__persistent_chat=False,
        agent__presence__left_at__lte=now - RETURN_WITHIN,
    )
