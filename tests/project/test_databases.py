"""Tests run on copies of a migrated database, for as long as that is what it would be."""

from pathlib import Path

import psycopg
import pytest

from tests import databases


@pytest.fixture
def migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only one of a project."""
    migration = tmp_path / "agents" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    for path in (migration, tmp_path / "requirements.txt"):
        path.touch()
    monkeypatch.setattr(databases, "BASE_DIRECTORY", tmp_path)
    return migration


def test_a_changed_migration_asks_for_another_database(migration: Path) -> None:
    before = databases.fingerprint()

    assert databases.fingerprint() == before
    migration.write_text("operations = []")
    assert databases.fingerprint() != before


def test_one_more_migration_asks_for_another_database(migration: Path) -> None:
    before = databases.fingerprint()

    migration.with_name("0002_more.py").touch()

    assert databases.fingerprint() != before


def test_other_versions_of_what_is_installed_ask_for_another_database(migration: Path) -> None:
    before = databases.fingerprint()

    (migration.parents[2] / "requirements.txt").write_text("django==5.2.1")

    assert databases.fingerprint() != before


@pytest.mark.django_db
def test_whoever_asks_again_finds_the_same_database() -> None:
    name = databases.migrated()

    assert databases.migrated() == name
    assert databases.exists(name)


@pytest.mark.django_db
def test_nobody_stays_connected_whose_sessions_were_ended() -> None:
    name = databases.name_of("sessions")
    databases.create(name)
    try:
        with psycopg.connect(databases.address_of(name)) as connection:
            connection.execute("SELECT pg_advisory_lock(1)")

            databases.end_sessions(name)
            databases.end_sessions(name)

            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
    finally:
        databases.drop(name)
