"""Jobs of the toolkit itself: what keeps the job queue, and the tables beside it, sound."""

import datetime
import logging
from typing import Final

from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from config.clock import database_now
from config.models import Heartbeat

log = logging.getLogger(__name__)

STALLED_SECONDS: Final = 30
HEARTBEATS_KEPT_FOR: Final = datetime.timedelta(hours=1)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry-stalled-jobs", queue="housekeeping")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Puts jobs of workers that died back into the queue; the library leaves them as they are."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        try:
            await _put_back(job)
        except ConnectorException:
            log.exception("stalled job not put back job=%s", job.id)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="forget-dead-processes", queue="housekeeping")
def forget_dead_processes(timestamp: int) -> None:
    """Removes the heartbeats of processes that were killed long ago."""
    Heartbeat.objects.filter(at__lt=database_now() - HEARTBEATS_KEPT_FOR).delete()


async def _put_back(job: Job) -> None:
    """Or remove it, where another waits under its lock and will do the same."""
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
