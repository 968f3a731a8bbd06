"""Databases of stories, beside the test database: nobody else empties or fills them.

A test database loses its built-in rows whenever a test with real transactions empties it, and a
browser cannot share a transaction with a test. So one database is migrated and filled once, and
each story gets a copy of it, which takes a tenth of a second.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import quote, urlencode

import psycopg
from django.db import connections

from config.env import BASE_DIRECTORY, env_str

MAINTENANCE: Final = "postgres"
SERVER_OPTIONS: Final = "-c synchronous_commit=off"  # a story's database is thrown away
DRIVER_NAMES: Final = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}


def name_of(part: str) -> str:
    """The name of a database of this run and worker: several may go on at once."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return f"{env_str('SWITCHYARD_TEST_DB', 'test_switchyard')}_{worker}_{part}"


def address_of(name: str) -> str:
    """The database as DATABASE_URL names it; a socket's folder is no host of a URL."""
    known = {**_server(), "options": SERVER_OPTIONS}
    query = urlencode({key: value for key, value in known.items() if value}, quote_via=quote)
    return f"postgresql:///{name}?{query}"


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
    _say(f'ALTER DATABASE "{name}" RENAME TO "{new}"')


def drop(name: str) -> None:
    """Take the database away, whoever is connected."""
    _say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def migrate(name: str) -> None:
    """Bring an empty database to the present schema, with its built-in rows."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=BASE_DIRECTORY,
        env=os.environ | {"DATABASE_URL": address_of(name)},
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


def _say(statement: str) -> None:
    with _maintenance() as connection:
        connection.execute(statement)


def _maintenance() -> "psycopg.Connection[Any]":
    return psycopg.connect(dbname=MAINTENANCE, autocommit=True, **_server())


def _server() -> dict[str, Any]:
    settings = connections["default"].settings_dict
    return {theirs: settings[ours] for ours, theirs in DRIVER_NAMES.items() if settings.get(ours)}
