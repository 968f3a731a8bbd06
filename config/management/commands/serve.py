"""``manage.py serve``: web, router and worker under one command."""

import argparse
import logging
import socket
import sys
from contextlib import suppress
from typing import Any, Final

from django.core.checks import Tags
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection

from config.database import embedded_database_runs, ensure_database, stop_embedded_database
from config.env import env_int, env_str
from config.listening import open_socket
from config.supervisor import Program, Supervisor

ROLES: Final = ("web", "router", "worker")

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the web, router and worker processes, and stops them together."
    # The commands before this one in a deployment have checked the project.
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--only", choices=ROLES, help="run one of the three alone")

    def handle(self, *args: Any, only: str | None = None, **options: Any) -> None:
        roles = (only,) if only else ROLES
        ensure_database()
        try:
            self._check_database()
            if "web" in roles:
                with self._listen() as listener:
                    self._supervise(roles, listener)
            else:
                self._supervise(roles, None)
        finally:
            if only is None:
                stop_embedded_database()

    def _check_database(self) -> None:
        """Begin with none that the product cannot work on; one that is away may come back."""
        with suppress(OperationalError):
            self.check(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])
        connection.close()

    def _listen(self) -> socket.socket:
        host, port = env_str("HOST", "127.0.0.1"), env_int("PORT", 8000)
        try:
            listener = open_socket(host, port)
        except OSError as error:
            raise CommandError(
                f"{host}:{port} is not free ({error.strerror}). Set PORT."
            ) from error
        self.stdout.write(f"Switchyard is at http://{host}:{port}/ (Ctrl-C stops it).")
        self.stdout.flush()
        return listener

    def _supervise(self, roles: tuple[str, ...], listener: socket.socket | None) -> None:
        programs = []
        if listener is not None:
            count = env_int("WEB_WORKERS", 1)
            command = [sys.executable, "-m", "config.web", str(listener.fileno())]
            names = [f"web {number}" for number in range(1, count + 1)] if count > 1 else ["web"]
            descriptors = [listener.fileno()]
            programs += [Program(name=n, command=command, descriptors=descriptors) for n in names]
        if "router" in roles:
            programs.append(Program(name="router", command=_manage("run_router")))
        if "worker" in roles:
            programs.append(Program(name="worker", command=_manage("worker")))
        Supervisor(programs, say=logger.warning, watch=_keep_database).run()


def _manage(command: str) -> list[str]:
    return [sys.executable, sys.argv[0], command]


def _keep_database() -> None:
    if embedded_database_runs():
        return
    logger.warning("the embedded database ended; starting it again")
    try:
        ensure_database()
    except ImproperlyConfigured as error:
        logger.error("%s", error)
