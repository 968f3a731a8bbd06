"""An agent uses a suggestion, or puts it away."""

from datetime import datetime

from workstreams.models import Suggestion


def mark_suggestion(*, suggestion: Suggestion, is_used: bool, now: datetime) -> None:
    """It shows no more; the first mark stays."""
    open_ones = Suggestion.objects.filter(pk=suggestion.pk, used_at=None, dismissed_at=None)
    open_ones.update(**{"used_at" if is_used else "dismissed_at": now})
