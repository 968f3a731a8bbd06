"""The times after which conversations are closed, as they were saved last."""

from collections import defaultdict

from workstreams.auto_close import whole_table
from workstreams.models import AutoCloseTime


def auto_close_times() -> dict[str, dict[str, int | None]]:
    """Minutes by channel and state, every one of them; one statement."""
    changed: dict[str, dict[str, int | None]] = defaultdict(dict)
    for channel, state, minutes in AutoCloseTime.objects.values_list("channel", "state", "minutes"):
        changed[channel][state] = minutes
    return whole_table(changed)
