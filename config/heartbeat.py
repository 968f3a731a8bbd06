"""Signs of life: a row that a running process keeps fresh, for ``/readyz`` and ``/metrics``."""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from django.db import Error, connection
from django.db.models.functions import Now

from config.models import Heartbeat

BEAT_SECONDS: Final = 5

logger = logging.getLogger(__name__)


def process_name() -> str:
    """This process among all others: its machine and its number there."""
    return f"{socket.gethostname()}:{os.getpid()}"


def beat(process: str) -> None:
    """Says that this process is alive now, by the database's clock."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(process=process, name=process_name(), at=Now())],
        update_conflicts=True,
        unique_fields=["process", "name"],
        update_fields=["at"],
    )


@contextmanager
def beating(process: str) -> Iterator[None]:
    """Beats from a thread of its own while the block runs, and takes the row away afterwards."""
    stopped = threading.Event()
    thread = threading.Thread(target=_beat_until, args=[process, stopped], daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(BEAT_SECONDS)


def _beat_until(process: str, stopped: threading.Event) -> None:
    while True:
        try:
            beat(process)
        except Error:
            # The database is away: the row grows old, which is what it is for.
            logger.warning("heartbeat missed process=%s", process)
            connection.close()
        if stopped.wait(BEAT_SECONDS):
            break
    with suppress(Error):
        Heartbeat.objects.filter(process=process, name=process_name()).delete()
    connection.close()
