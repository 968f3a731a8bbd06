"""Events that were restored to a server which counts its transactions lower are no beginning."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from tests.races.together import Elsewhere

FAR = 50_000_000_000


def tell(xid: int | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO config_event (kind, xid) VALUES "
            "('work-item-closed', coalesce(%s::text::xid8, pg_current_xact_id()))",
            [xid],
        )


def check() -> None:
    call_command("check", databases=["default"], verbosity=0)


@pytest.fixture
def restored(db: None) -> None:
    tell(FAR)


@pytest.fixture
def busy_port(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is started, whatever a test asks for: somebody else listens there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(listener.getsockname()[1]))
        yield


def test_migrate_refuses_restored_events_and_says_what_to_do(restored: None) -> None:
    with pytest.raises(CommandError, match=r"had reached 50000000000\..*[\s\S]*--epoch=12`"):
        call_command("migrate", skip_checks=False, verbosity=0)


def test_the_epoch_it_names_is_past_every_event() -> None:
    assert 11 << 32 < FAR < 12 << 32


def test_serving_refuses_them_before_it_starts_anything(restored: None, busy_port: None) -> None:
    with pytest.raises(CommandError, match="pg_resetwal"):
        call_command("serve", only="web")


def test_who_restores_beneath_running_processes_reads_it_where_readiness_is_asked(
    restored: None, client: Client
) -> None:
    reasons = client.get("/readyz").json()["reasons"]

    assert any("restored from another server" in each for each in reasons)


def test_a_database_that_is_away_is_waited_for(busy_port: None) -> None:
    away = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}

    served = subprocess.run(
        [sys.executable, "manage.py", "serve", "--only", "web"],
        cwd=settings.BASE_DIR, env=away, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip

    assert "is not free" in served.stderr


def test_an_empty_feed_and_events_of_ones_own_are_fine(db: None) -> None:
    check()
    tell()
    check()


@pytest.mark.django_db(transaction=True)
def test_events_of_transactions_that_run_are_fine() -> None:
    other = Elsewhere(tell)
    tell()
    check()
    other.commit()
    check()


def test_a_database_without_tables_is_fine(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO nowhere")
        check()
