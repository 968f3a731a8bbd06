"""The embedded server's life: started once however many ask, reused, recovered, stopped."""

import fcntl
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import psutil
import psycopg
from django.core.exceptions import ImproperlyConfigured

from config.postgresql.place import SOCKET_NAME, Place
from config.postgresql.programs import ProgramFailed, give_to_account, owner_of, run_program

ROLE: Final = "switchyard"
DATABASE: Final = "switchyard"
START_SECONDS: Final = 60
RETRY_SECONDS: Final = 0.05

SERVER_SETTINGS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "fsync": "on",
    "synchronous_commit": "on",
    # Statements here are short: compiling one costs more than running it.
    "jit": "off",
    # Nearly all that is read is in memory: else a table of a few hundred rows is read whole
    # for one of them, by every statement that joins it.
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def ensure_running(place: Place) -> bool:
    """Starts the server unless it runs, makes the database; says whether it was started here."""
    if _answers(place, DATABASE):
        return False
    with _alone(place):
        started = not _answers(place, "postgres")
        if started:
            _prepare(place)
            _start(place)
        _create_database(place)
    return started


def stop(place: Place) -> None:
    """Stops the server at once but cleanly; open connections are closed."""
    if not (place.data / "postmaster.pid").exists():
        return
    with _alone(place):
        try:
            run_program(place, "pg_ctl", "stop", "-m", "fast", "-w", "-D", str(place.data))
        except ProgramFailed:
            if _answers(place, "postgres"):
                raise


def process_id(place: Place) -> int | None:
    """The running server's process id, or nothing."""
    try:
        number = int((place.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        process = psutil.Process(number)
        belongs = "postgres" in process.name() and process.uids().effective == owner_of(place)
    except (OSError, ValueError, IndexError, psutil.Error):
        return None
    return number if belongs and process.status() != psutil.STATUS_ZOMBIE else None


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Keeps every other process on this machine from starting or stopping the same server."""
    folder = place.data.parent
    if not folder.exists():
        folder.mkdir(parents=True)
        if place.account:
            folder.chmod(0o755)
    with place.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare(place: Place) -> None:
    if not place.sockets.exists():
        place.sockets.mkdir(mode=0o700, parents=True)
    if not (place.data / "PG_VERSION").exists():
        _initialize(place)
    if place.sockets != place.data:
        if place.sockets.is_symlink() or place.sockets.stat().st_uid not in {0, owner_of(place)}:
            raise ImproperlyConfigured(f"{place.sockets} belongs to someone else.")
        give_to_account(place, place.sockets)


def _initialize(place: Place) -> None:
    """Makes the cluster aside and renames it, so that a start killed halfway leaves no ruin."""
    draft = place.data.with_name(f"{place.data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    give_to_account(place, draft)
    run_program(
        place,
        "initdb",
        *("--pgdata", str(draft), "--username", ROLE, "--auth", "trust", "--encoding", "UTF8"),
        # The server's own Unicode: the same order and the same letters on every system.
        *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
    )
    if place.data.exists():
        place.data.rmdir()
    draft.rename(place.data)


def _start(place: Place) -> None:
    settings = SERVER_SETTINGS | {"unix_socket_directories": str(place.sockets)}
    options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
    deadline = time.monotonic() + START_SECONDS
    while not _answers(place, "postgres"):
        if time.monotonic() > deadline:
            raise ImproperlyConfigured(f"PostgreSQL does not start; its words are in {place.log}.")
        if process_id(place) is None:
            _forget_dead_server(place)
            # Children of a killed server hold its memory for a moment: then the next try gets it.
            with suppress(ProgramFailed):
                run_program(
                    place,
                    "pg_ctl",
                    *("start", "-w", "-t", str(START_SECONDS), "-D", str(place.data)),
                    *("-l", str(place.log), "-o", options),
                )
        time.sleep(RETRY_SECONDS)


def _forget_dead_server(place: Place) -> None:
    """Removes a killed server's marks when its process id seems alive but is no server's.

    The id may belong to another program by now, or wait unreaped in a container. Where a child
    of the old server still holds its memory, PostgreSQL sees that and refuses to start.
    """
    for mark in (place.data / "postmaster.pid", place.sockets / f"{SOCKET_NAME}.lock"):
        with suppress(OSError, ValueError, IndexError):
            if psutil.pid_exists(int(mark.read_text(encoding="utf-8").split()[0])):
                mark.unlink()


def _answers(place: Place, database: str) -> bool:
    try:
        _connect(place, database).close()
    except psycopg.OperationalError:
        return False
    return True


def _create_database(place: Place) -> None:
    with _connect(place, "postgres") as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            connection.execute(f'CREATE DATABASE "{DATABASE}"')


def _connect(place: Place, database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.sockets), user=ROLE, dbname=database, autocommit=True, connect_timeout=5
    )
