"""Databases beside the test database: one that is migrated, whose copies all others are.

To migrate takes half a minute, a copy a tenth of a second. What runs later and what is run again
finds the migrated one, until something changes that it came from.

A browser cannot share a transaction with a test, nor what a test that commits leaves for a
moment; so one copy is filled with people once, and stories are played on a copy of that: each finds
its rows as they were filled in.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import quote, urlencode

import psycopg
from django.db import connections

from config.env import BASE_DIRECTORY, env_str, environment_with
from config.postgresql import server
from config.postgresql.place import Place
from config.postgresql.programs import client_program

MAINTENANCE: Final = "postgres"
# What a migrated database comes from.
SOURCES: Final = ("*/migrations/*.py", "*/models/**/*.py", "*/terms*/**/*.py", "*/terms.py")
NEW: Final = "new"  # until it is whole
NAMED: Final = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
ONE_AT_A_TIME: Final = "SELECT pg_advisory_lock(hashtext(%s))"
SERVER_OPTIONS: Final = "-c synchronous_commit=off"  # a copy is thrown away
# Who cleans up behind rows is none: the server lets him go for whoever needs his table.
SESSIONS: Final = "FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
PATIENCE: Final = 60_000  # milliseconds
DRIVER_NAMES: Final = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}


def name_of(part: str) -> str:
    """The name of a database of this run and worker: several may go on at once."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return f"{_prefix()}_{worker}_{part}"


def address_of(name: str) -> str:
    """The database as DATABASE_URL names it; a socket's folder is no host of a URL."""
    known = {**_server(), "options": SERVER_OPTIONS}
    query = urlencode({key: value for key, value in known.items() if value}, quote_via=quote)
    return f"postgresql:///{name}?{query}"


def migrated() -> str:
    """The name of a database with the present schema and its built-in rows, and no others; made
    by who is first, while the others wait."""
    family = f"{_prefix()}_migrated"
    name = f"{family}_{fingerprint()}"
    with _maintenance() as connection:
        connection.execute(ONE_AT_A_TIME, [family])
        if not exists(name):
            new = f"{family}_{NEW}"
            create(new)
            migrate(new)
            for (old,) in connection.execute(NAMED, [f"{family}_"]).fetchall():
                if old != new:
                    drop(old)
            rename(new, name)
    return name


def fingerprint() -> str:
    """Short for all that a migrated database comes from."""
    digest = hashlib.sha256((BASE_DIRECTORY / "requirements.txt").read_bytes())
    for pattern in SOURCES:
        for path in sorted(BASE_DIRECTORY.glob(pattern)):
            digest.update(f"{path.relative_to(BASE_DIRECTORY)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def create(name: str, *, template: str = "template0") -> None:
    """A new database, in place of one that an earlier run left behind."""
    drop(name)
    _say(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def exists(name: str) -> bool:
    """Whether there is a database of the name."""
    asked = "SELECT FROM pg_database WHERE datname = %s"
    with _maintenance() as connection:
        return connection.execute(asked, [name]).fetchone() is not None


def rename(name: str, new: str) -> None:
    """Call the database otherwise, in place of another."""
    drop(new)
    end_sessions(name)
    _say(f'ALTER DATABASE "{name}" RENAME TO "{new}"')


def copy_to(name: str, place: Place) -> None:
    """Fill the product's empty database on another embedded server with what is in this one."""
    said = subprocess.run(
        [_program("pg_dump"), "--no-owner", "--dbname", address_of(name)],
        check=True,
        capture_output=True,
    ).stdout
    there = ["--host", str(place.sockets), "--username", server.ROLE, "--dbname", server.DATABASE]
    how = ["--quiet", "--no-psqlrc", "--single-transaction", "--set", "ON_ERROR_STOP=1"]
    subprocess.run(
        [_program("psql"), *how, *there], input=said, stdout=subprocess.DEVNULL, check=True
    )


def drop(name: str) -> None:
    """Take the database away, whoever is connected."""
    _say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def end_sessions(name: str) -> None:
    """Let nobody be connected to the database any more, nor anything be under way in it."""
    with _maintenance() as connection:
        # Who leaves by himself in this moment is not found any more, and that is no fault.
        connection.execute(f"SELECT pg_terminate_backend(pid, %s) {SESSIONS}", [PATIENCE, name])
        assert not connection.execute(f"SELECT pid {SESSIONS}", [name]).fetchall()


def migrate(name: str) -> None:
    """Bring an empty database to the present schema, with its built-in rows."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=BASE_DIRECTORY,
        env=environment_with(DATABASE_URL=address_of(name)),
        check=True,
    )


@contextmanager
def used_here(name: str) -> Iterator[None]:
    """Let models and actions in this process speak to the database."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _prefix() -> str:
    return env_str("SWITCHYARD_TEST_DB", "test_switchyard")


def _program(name: str) -> str:
    program = client_program(name)
    assert program, "An embedded server comes with its programs."
    return str(program)


def _say(statement: str) -> None:
    with _maintenance() as connection:
        connection.execute(statement)


def _maintenance() -> "psycopg.Connection[Any]":
    return psycopg.connect(dbname=MAINTENANCE, autocommit=True, **_server())


def _server() -> dict[str, Any]:
    settings = connections["default"].settings_dict
    return {theirs: settings[ours] for ours, theirs in DRIVER_NAMES.items() if settings.get(ours)}
