"""Have a worker route the records of a batch."""

from typing import Final

from procrastinate.contrib.django import app

from config.jobs import defer

# The job of routing.tasks, by name: tasks lie above actions.
JOB: Final = "routing.tasks.route_records"


def defer_batch(*, batch_id: int, seconds: int = 0) -> None:
    """At once, or after so many seconds; one worker at a time does records of the batch."""
    job = app.configure_task(
        JOB,
        lock=f"record-batch-{batch_id}",
        queue="records",
        schedule_in={"seconds": seconds} if seconds else None,
    )
    defer(job, batch_id=batch_id)
