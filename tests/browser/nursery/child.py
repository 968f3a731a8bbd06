"""What a new process of a story does."""

import os
import signal
import socket
from pathlib import Path

from config.supervisor import PARENT_VARIABLE, end_with_parent


def live(database: str, log: Path, listener: socket.socket | None = None) -> None:
    """Be the web or the router process over this database, from the first step to the last."""
    # Whatever happens to the process that this one comes from, it does not stay behind.
    os.environ[PARENT_VARIABLE] = str(os.getppid())
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with log.open("wb") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
    _use(database)
    if listener:
        _serve(listener)
    else:
        _route()


def _use(database: str) -> None:
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database


def _serve(listener: socket.socket) -> None:
    from config.web import run

    run(listener.detach())


def _route() -> None:
    from django.core.management import call_command

    call_command("run_router")
