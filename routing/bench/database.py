"""Databases of the benchmark's own, on the same server, thrown away afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import quote, urlencode

from django.core.management import call_command
from django.db import connection, connections

EMPTY: Final = "switchyard_bench_empty"
OWN: Final = "switchyard_bench"
TWIN: Final = "switchyard_bench_twin"


@contextmanager
def bench_databases() -> Iterator[None]:
    """An empty migrated database to copy from, while the block runs."""
    home = connection.settings_dict["NAME"]
    _execute(f"DROP DATABASE IF EXISTS {EMPTY} WITH (FORCE)", f"CREATE DATABASE {EMPTY}")
    try:
        _use(EMPTY)
        call_command("migrate", verbosity=0)
        yield
    finally:
        _use(home)
        for name in (TWIN, OWN, EMPTY):
            _execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def fresh_database() -> None:
    """Switch to a new copy of the empty one."""
    _use("postgres")
    _execute(
        f"DROP DATABASE IF EXISTS {OWN} WITH (FORCE)", f"CREATE DATABASE {OWN} TEMPLATE {EMPTY}"
    )
    _use(OWN)


def make_twin() -> None:
    """Copy the present database and switch to the copy."""
    _use("postgres")
    _execute(
        f"DROP DATABASE IF EXISTS {TWIN} WITH (FORCE)", f"CREATE DATABASE {TWIN} TEMPLATE {OWN}"
    )
    _use(TWIN)


def use_twin(is_twin: bool) -> None:
    """Switch to the copy, or back."""
    _use(TWIN if is_twin else OWN)


def database_url() -> str:
    """Where processes started by the benchmark find the present database."""
    settings: dict[str, Any] = connection.settings_dict
    user = quote(settings["USER"] or "", safe="")
    password = f":{quote(settings['PASSWORD'], safe='')}" if settings.get("PASSWORD") else ""
    where = {"host": settings["HOST"], "port": settings["PORT"]}
    query = urlencode({key: value for key, value in where.items() if value})
    return f"postgresql://{user}{password}@/{settings['NAME']}?{query}"


def _use(name: str) -> None:
    connection.close()
    connections["default"].settings_dict["NAME"] = name


def _execute(*commands: str) -> None:
    with connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)
    connection.close()
