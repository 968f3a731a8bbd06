"""Note how far an agent has read the conversation that is with him."""

from django.db.models import Exists

from agents.models import Agent
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.models import Message


def mark_read(*, item_id: int, by: Agent, message_id: int) -> None:
    """What was before his eyes, which is named by its last message: what the customer said
    meanwhile has a later one, and stays unread. Who tells it late takes nothing back; one
    statement. For whom it is not, nothing changes."""
    said = Message.objects.filter(pk=message_id, item_id=item_id)
    held = Assignment.objects.filter(
        item_id=item_id, agent=by, outcome=Outcome.ACCEPTED, ended_at__isnull=True
    )
    held.filter(Exists(said), read_until__lt=message_id).update(read_until=message_id)
