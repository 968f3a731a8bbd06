"""Whether this process lives, and whether the whole is ready to serve."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.restored import SENTENCE, furthest_ahead

PROCESSES: Final = ("router", "worker")
FRESH_SECONDS: Final = 15
UNAVAILABLE: Final = 503
# Reads at most a handful of rows.
HEARTBEATS_SQL: Final = """
    SELECT process, extract(epoch FROM clock_timestamp() - max(at)) FROM config_heartbeat
    GROUP BY process
"""


@require_safe
@never_cache
@login_not_required
def livez(request: HttpRequest) -> JsonResponse:
    """This process answers; nothing else is asked."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations, router and worker are fine; else 503 with the reasons."""
    reasons = list(reasons_against())
    answer = {"ready": not reasons, "reasons": reasons}
    return JsonResponse(answer, status=UNAVAILABLE if reasons else 200)


def reasons_against() -> Iterator[str]:
    """Why the product cannot do its work at present."""
    try:
        yield from _unapplied_migrations()
        yield from _restored_events()
        yield from silent_processes().values()
    except Error:
        # The driver's message may carry addresses and names; it is in the log of the server.
        connection.close()
        yield "The database does not answer."


def heartbeat_ages() -> dict[str, float]:
    """Seconds since the last sign of life of the youngest process of each sort."""
    with connection.cursor() as cursor:
        cursor.execute(HEARTBEATS_SQL)
        return {process: float(seconds) for process, seconds in cursor.fetchall()}


def _unapplied_migrations() -> Iterator[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    missing = _known_migrations() - set(applied)
    if missing:
        first = ".".join(min(missing))
        yield f"{len(missing)} migrations are not applied, {first} the first."


def _restored_events() -> Iterator[str]:
    xid = furthest_ahead()
    if xid is not None:
        yield SENTENCE.format(xid=xid)


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """What the code of this process expects; it cannot change while the process runs."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.graph.nodes)


def silent_processes() -> dict[str, str]:
    """By name of what should run and does not, a sentence that says so."""
    ages = heartbeat_ages()
    found = {}
    for process in PROCESSES:
        if process not in ages:
            found[process] = f"No {process} is running."
        elif ages[process] > FRESH_SECONDS:
            seconds = f"{ages[process]:.0f} seconds"
            found[process] = f"The {process} has given no sign of life for {seconds}."
    return found
