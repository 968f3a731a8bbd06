"""The one database: what DATABASE_URL names, or an embedded PostgreSQL that starts by itself."""

import os
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

from config.env import env_secret, env_str
from config.postgresql import server
from config.postgresql.place import find_place

SCHEMES: Final = ("postgres://", "postgresql://")
CONNECTION_SECONDS: Final = 60
# A server that the network has swallowed is noticed in seconds; what the URL says goes first.
NETWORK: Final = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
# So often a connection asks the same of ``config.prepared`` before the server keeps its plan.
PREPARED: Final[dict[str, Any]] = {"prepare_threshold": 3}
DJANGO_NAMES: Final = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}


def database_settings() -> dict[str, Any]:
    """What Django's ``DATABASES["default"]`` is to be; reads the environment, starts nothing."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": env_str("SWITCHYARD_TEST_DB", "test_switchyard")},
        **(_named_server() if uses_named_server() else _embedded_server()),
    }


def ensure_database() -> bool:
    """Starts the embedded server where it is used; says whether this call started it."""
    return not uses_named_server() and server.ensure_running(find_place())


def stop_embedded_database() -> None:
    """Stops the embedded server where it is used, cleanly, at once."""
    if not uses_named_server():
        server.stop(find_place())


def embedded_database_runs() -> bool:
    """Whether nothing need be started: the embedded server is up, or another one is named."""
    return uses_named_server() or server.process_id(find_place()) is not None


def uses_named_server() -> bool:
    """Whether DATABASE_URL names a server."""
    return bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


def parse_database_url(url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL URL, read as libpq reads it: sockets, options, hosts."""
    # Imported late: commands that need no database start faster without the driver.
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    if not url.startswith(SCHEMES):
        raise ImproperlyConfigured("DATABASE_URL: only PostgreSQL, as postgresql://user@host/name.")
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        # The driver's own message may carry the password.
        raise ImproperlyConfigured("DATABASE_URL is not a valid PostgreSQL URL.") from error
    if not parts.get("dbname"):
        raise ImproperlyConfigured("DATABASE_URL names no database: postgresql://user@host/name.")
    settings = {DJANGO_NAMES[name]: str(parts.pop(name)) for name in DJANGO_NAMES if name in parts}
    return {**settings, "OPTIONS": parts}


def _named_server() -> dict[str, Any]:
    settings = parse_database_url(env_secret("DATABASE_URL"))
    return {**settings, "OPTIONS": PREPARED | NETWORK | settings["OPTIONS"]}


def _embedded_server() -> dict[str, Any]:
    where = {"NAME": server.DATABASE, "USER": server.ROLE, "HOST": str(find_place().sockets)}
    return {**where, "OPTIONS": dict(PREPARED)}
