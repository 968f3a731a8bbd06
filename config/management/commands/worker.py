"""``manage.py worker``: does the jobs that wait in the database."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from config.env import env_int
from config.heartbeat import beating, process_name

GRACE_SECONDS = 8


class Command(BaseCommand):
    help = "Does queued jobs and periodic duties until it is told to stop (SIGTERM, Ctrl-C)."
    # The commands before this one in a deployment have checked the project.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        assert isinstance(app.connector, DjangoConnector)
        with beating("worker"), app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(self._work())

    async def _work(self) -> None:
        async with app.open_async():
            await app.run_worker_async(
                name=process_name(),
                concurrency=env_int("WORKER_CONCURRENCY", 8),
                shutdown_graceful_timeout=GRACE_SECONDS,
                # Polled, not notified: a NOTIFY inside business transactions serialises commits.
                fetch_job_polling_interval=0.5,
                delete_jobs="successful",
            )
