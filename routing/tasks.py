"""Routing's jobs by the clock; what has to happen within seconds is the router's instead."""

import asyncio
import logging
from contextlib import suppress
from random import Random
from typing import Final

from asgiref.sync import sync_to_async
from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from config.clock import database_now
from routing.actions.ask_for_records import run_loading
from routing.actions.defer_batch import defer_batch
from routing.actions.route_batch import has_waiting, route_batch
from routing.actions.switch_demo_traffic import JOB, LOCK
from routing.actions.train_model import run_training
from routing.demo.traffic import demo_step, is_running
from routing.sweeps import (
    average_waits,
    note_blockers,
    purge_alarms,
    purge_answers,
    purge_chat_starts,
    purge_decisions,
    purge_events,
    purge_record_batches,
    purge_sessions,
    purge_sign_ins,
)

log = logging.getLogger(__name__)

# What is deleted when it is old, and how much of it at a time.
PURGES: Final = (
    (purge_events.sweep, 5_000),
    (purge_decisions.sweep, 5_000),
    (purge_alarms.sweep, 5_000),
    (purge_record_batches.sweep, 1),
    (purge_sessions.sweep, 5_000),
    (purge_sign_ins.sweep, 5_000),
    (purge_answers.sweep, 5_000),
    (purge_chat_starts.sweep, 5_000),
)
# What is done about each queue, and for how many of them at a time.
AVERAGED_QUEUES: Final = 500
BLOCKED_QUEUES: Final = 500
RECORDS_AT_ONCE: Final = 100
HELD_SECONDS: Final = 10
# Jobs that may begin again, after the database could not be reached.
AGAIN: Final = RetryStrategy(max_attempts=20, wait=10)
# A job of the demo is short, so that a worker that is told to stop need not wait for it.
DEMO_STEPS_A_JOB: Final = 5
DEMO_STEP_SECONDS: Final = 1.0


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="purge-history", queue="housekeeping")
def purge_history(timestamp: int) -> None:
    """Removes what is old, batch by batch until none is left. What fails stops nothing else, and
    is tried again the next time."""
    for sweep, limit in PURGES:
        try:
            while sweep(now=database_now(), limit=limit) >= limit:
                pass
        except Exception:
            if not connection.is_usable():
                raise
            log.exception("purge failed sweep=%s", sweep.__module__)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="average-waits", queue="housekeeping")
def renew_average_waits(timestamp: int) -> None:
    """Works out what customers are told of the average wait, of each queue once: all are as of one
    moment, or those would be due again of which somebody was taken shortly before."""
    now = database_now()
    while average_waits.sweep(now=now, limit=AVERAGED_QUEUES) >= AVERAGED_QUEUES:
        pass


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="note-blockers", queue="housekeeping")
def note_what_blocks(timestamp: int) -> None:
    """Lists what work waits for although nobody works on it. Where more queues have some, it is
    their turn a minute later."""
    note_blockers.sweep(now=database_now(), limit=BLOCKED_QUEUES)


@app.task(queue="records", retry=AGAIN)
def route_records(batch_id: int) -> None:
    """Routes the records of a batch, some at a time, until none is left."""
    while route_batch(batch_id=batch_id, now=database_now(), limit=RECORDS_AT_ONCE):
        pass
    if has_waiting(batch_id=batch_id):
        # One that a worker holds who was stopped in the middle, until the database throws him out.
        defer_batch(batch_id=batch_id, seconds=HELD_SECONDS)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock=LOCK, lock=LOCK, queue="demo")
async def flow_demo_traffic(timestamp: int) -> None:
    """Lets the demo traffic flow while it is switched on, from job to job; else does nothing."""
    for _ in range(DEMO_STEPS_A_JOB):
        if not await sync_to_async(_demo_step, thread_sensitive=False)():
            return
        await asyncio.sleep(DEMO_STEP_SECONDS)
    with suppress(AlreadyEnqueued):
        job = app.configure_task(JOB, queueing_lock=LOCK, lock=LOCK, queue="demo")
        await job.defer_async(timestamp=timestamp)


def _demo_step() -> bool:
    """One step; False when the traffic is off."""
    now = database_now()
    if not is_running(now):
        return False
    demo_step(now=now, random=Random())
    return True


@app.task(queue="learning", retry=AGAIN)
def load_records(load_id: int) -> None:
    """Loads closed work for a model."""
    run_loading(load_id=load_id, clock=database_now)


@app.task(queue="learning", retry=AGAIN)
def train_model(version_id: int) -> None:
    """Trains one version of a model."""
    run_training(version_id=version_id, clock=database_now)
