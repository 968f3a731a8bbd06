"""Jobs of the toolkit itself: what keeps the job queue, and the tables beside it, sound."""

import datetime
from typing import Final

from procrastinate.contrib.django import app

from config.api.idempotency import purge_answers
from config.clock import database_now
from config.models import Heartbeat

STALLED_SECONDS: Final = 30
HEARTBEATS_KEPT_FOR: Final = datetime.timedelta(hours=1)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry-stalled-jobs", queue="housekeeping")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Puts jobs of workers that died back into the queue; the library leaves them as they are."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await manager.retry_job(job)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="forget-dead-processes", queue="housekeeping")
def forget_dead_processes(timestamp: int) -> None:
    """Removes the heartbeats of processes that were killed long ago."""
    Heartbeat.objects.filter(at__lt=database_now() - HEARTBEATS_KEPT_FOR).delete()


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="forget-answers", queue="housekeeping")
def forget_answers(timestamp: int) -> None:
    """Removes the answers kept for repeated requests once their day is over."""
    purge_answers(now=database_now())
