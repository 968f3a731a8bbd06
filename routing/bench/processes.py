"""Processes of the product on the benchmark's database."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import httpx
from django.conf import settings

from config.clock import database_now
from config.env import environment_with
from config.models import Heartbeat
from routing.bench.database import database_url
from routing.models import RouterLease

START_SECONDS: Final = 90.0


@contextmanager
def serving(*parts: str) -> Iterator[int]:
    """Web, router or worker; gives the port of the web process, stops all at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = environment_with(DATABASE_URL=database_url(), PORT=str(port), LOG_LEVEL="ERROR")
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), "serve", "--only"]
    programs = [
        subprocess.Popen([*manage, only], env=environment, stdout=subprocess.DEVNULL)
        for only in parts
    ]
    try:
        if "web" in parts:
            _wait_until(lambda: _answers(port))
        if "router" in parts:
            _wait_until(_is_router_active)
        if "worker" in parts:
            _wait_until(Heartbeat.objects.filter(process="worker").exists)
        yield port
    finally:
        for program in programs:
            program.terminate()
        for program in programs:
            program.wait(15)


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("a process of the benchmark did not start")
        time.sleep(0.2)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/livez").is_success
    except httpx.HTTPError:
        return False


def _is_router_active() -> bool:
    return RouterLease.objects.filter(expires_at__gt=database_now()).exists()
