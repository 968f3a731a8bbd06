"""``manage.py worker``: does the jobs that wait in the database."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

from django.core.management.base import BaseCommand
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.signals import on_stop

from config.env import env_int
from config.heartbeat import beating, process_name
from config.lifetime import lifetime
from config.patience import limit_worker_waits

GRACE_SECONDS = 8
# Jobs that wait for services elsewhere: they have places of their own, and take no others.
SLOW: Final = "bots"

T = TypeVar("T")


class JobThreads(ThreadPoolExecutor):
    """Threads that keep no database connection from one job to the next.

    A kept one would fail every later job of its thread once the server has restarted, and
    outlive the worker's own end.
    """

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        return super().submit(_without_connections, fn, *args, **kwargs)


class Command(BaseCommand):
    help = "Does queued jobs and periodic duties until it is told to stop (SIGTERM, Ctrl-C)."
    # The commands before this one in a deployment have checked the project.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        assert isinstance(app.connector, DjangoConnector)
        with (
            lifetime(),
            beating("worker"),
            app.replace_connector(app.connector.get_worker_connector()),
        ):
            asyncio.run(self._work())

    async def _work(self) -> None:
        """Until it is told to stop, or one of both pools fails: then the other stops too."""
        places = env_int("WORKER_CONCURRENCY", 8)
        others = sorted({task.queue for task in app.tasks.values()} - {SLOW})
        # Jobs run in threads: as many as there are places, however few processors.
        asyncio.get_running_loop().set_default_executor(JobThreads(2 * places + 2))
        async with app.open_async(), asyncio.TaskGroup() as group:
            pools = [group.create_task(_pool(queues, places)) for queues in ([SLOW], others)]
            with on_stop(lambda: _stop(pools)), limit_worker_waits():
                await asyncio.wait(pools)


async def _pool(queues: Sequence[str], places: int) -> None:
    await app.run_worker_async(
        name=f"{process_name()} {queues[0]}",
        queues=queues,
        concurrency=places,
        shutdown_graceful_timeout=GRACE_SECONDS,
        # Polled, not notified: a NOTIFY inside business transactions serialises commits.
        fetch_job_polling_interval=0.5,
        delete_jobs="successful",
        install_signal_handlers=False,
    )


def _stop(pools: Sequence[asyncio.Task[None]]) -> None:
    """Running jobs have their time to end."""
    for pool in pools:
        pool.cancel()


def _without_connections(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    try:
        return work(*args, **kwargs)
    finally:
        connections.close_all()
