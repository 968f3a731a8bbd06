"""Remember that a workstream was tried out."""

from datetime import datetime

from workstreams.models import Workstream, WorkstreamTest


def mark_tested(*, workstream: Workstream, now: datetime) -> None:
    """A test item was sent; its set-up list shows it as done."""
    WorkstreamTest.objects.update_or_create(workstream=workstream, defaults={"at": now})
