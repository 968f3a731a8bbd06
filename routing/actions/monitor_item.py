"""A supervisor looks at a conversation, and that is written down."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from routing.actions.check_supervision import MONITOR, check_supervision
from routing.actions.consults.lock_consult import note_activity
from routing.actions.lock_item import lock_item
from routing.exceptions import NotInConversation
from routing.permissions import may_be_watched
from workstreams.actions.record_event import record_event


def monitor_item(*, item_id: int, by: User, now: datetime) -> None:
    """Note who watches; auto-close counts anew (A 18).

    Accepted, waiting and ended conversations of others are watched; records and one's own are
    not (B 16.2). Refuses NotInConversation, NotForSupervisors.
    """
    check_supervision(MONITOR)
    with transaction.atomic():
        item = lock_item(item_id)
        if not may_be_watched(item) or (item.agent and item.agent.user_id == by.pk):
            raise NotInConversation

        note_activity(item, now)
        sentences = [f"Watched by {by.display_name}"]
        record_event(
            kind="work-item-monitored", item=item, now=now, by=by.username, sentences=sentences
        )
