"""Where the processes of stories come from: one that has read the product once, and forks.

A process of the product reads for seconds before it serves. Here that is done once a run, and a
story's web and router are there at once. They differ from an operator's in nothing else: the same
entries, settings and environment, and connections of their own.
"""

import os
import socket
from multiprocessing import forkserver, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from tests.browser.nursery.child import live

READ: Final = ["tests.browser.nursery.read_once", "tests.browser.nursery.child"]


def open_nursery(**environment: str) -> None:
    """Start the process that all others come from; it keeps this environment."""
    before = dict(os.environ)
    forkserver.set_forkserver_preload(READ)
    os.environ.update(environment)
    try:
        forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)


def start_web(*, database: str, log: Path, listener: socket.socket) -> BaseProcess:
    """The web process, over a socket that is open already."""
    return _start(database, log, listener)


def start_router(*, database: str, log: Path) -> BaseProcess:
    """The process that assigns work."""
    return _start(database, log)


def _start(*arguments: Any) -> BaseProcess:
    process = get_context("forkserver").Process(target=live, args=arguments, daemon=True)
    process.start()
    return process
