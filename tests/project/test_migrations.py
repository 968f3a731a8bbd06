"""Migrations let work go on: nothing is built under a lock on a table of very many rows."""

from collections.abc import Iterator
from typing import Final

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
)
from django.db.migrations import AddConstraint, AddIndex, Migration, RemoveIndex
from django.db.migrations.loader import MigrationLoader

BIG: Final = {"workitem", "assignment", "contact", "account", "record", "message"}
# What came before has nothing to look at: it makes the columns that it limits.
SINCE: Final = {"routing": "0005", "workstreams": "0010"}
WITHOUT_LOCK: Final = (AddConstraintNotValid, AddIndexConcurrently, RemoveIndexConcurrently)


def test_big_tables_are_not_locked_for_long():
    locking = [
        f"{migration}: {operation.describe()}"
        for migration in later_ones()
        for operation in migration.operations
        if isinstance(operation, AddIndex | RemoveIndex | AddConstraint)
        and not isinstance(operation, WITHOUT_LOCK)
        and operation.model_name_lower in BIG
    ]

    assert not locking


def later_ones() -> Iterator[Migration]:
    """Every migration since, of the apps that have big tables."""
    loader = MigrationLoader(None)
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app in SINCE and name[:4] >= SINCE[app]:
            yield migration
