"""The quick replies of a workstream, on its page."""

from typing import Any, Final

from workstreams.models import QuickReply, Workstream

MOST_SHOWN: Final = 10


def context(workstream: Workstream) -> dict[str, Any]:
    """``own`` are those of this workstream, ``more`` how many are not shown,
    ``general_count`` those of all workstreams; 3 queries."""
    for_all = QuickReply.objects.filter(owner=None)
    own = for_all.filter(workstreams=workstream)
    return {
        "id": str(workstream.pk),
        "own": list(own.order_by("title", "locale")[:MOST_SHOWN]),
        "more": max(0, own.count() - MOST_SHOWN),
        "general_count": for_all.filter(workstreams=None).count(),
    }
