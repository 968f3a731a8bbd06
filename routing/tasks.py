"""Routing's jobs by the clock; what has to happen within seconds is the router's instead."""

from typing import Final

from procrastinate.contrib.django import app

from config.clock import database_now
from routing.sweeps import purge

PURGE_LIMIT: Final = 5_000


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="purge-history", queue="housekeeping")
def purge_history(timestamp: int) -> None:
    """Removes old events and explanations, batch by batch until none is left."""
    while purge.sweep(now=database_now(), limit=PURGE_LIMIT) >= PURGE_LIMIT:
        pass
