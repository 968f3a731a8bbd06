"""What smart assist bots propose in a conversation."""

from workstreams.models import Suggestion, WorkItem

SHOWN = 4


def open_suggestions(item: WorkItem) -> list[Suggestion]:
    """The newest cards that were neither used nor dismissed; 1 query."""
    cards = Suggestion.objects.filter(item=item, used_at=None, dismissed_at=None)
    return list(cards.select_related("bot").order_by("-message", "position", "pk")[:SHOWN])
