"""The rows that a database has, and how what commits leaves no others behind."""

from typing import Any, Final

from django.db import connection, transaction
from psycopg import Cursor, sql

TABLES: Final = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
FULL: Final = "SELECT {name} WHERE EXISTS (SELECT FROM {table})"
# How many rows, and a number that comes of all that is in them.
CONTENT: Final = (
    "SELECT {name}, count(*), sum(hashtextextended(each::text, 0)) FROM {table} AS each"
)
# What each begins with, and the last that it gave; nothing where nobody has asked it.
SEQUENCES: Final = """
    SELECT sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public'
"""


class KnownRows:
    """What is in every table, put back where it was changed.

    To empty all tables makes hundreds of files anew, which takes a second, and a copy of the
    database more than a thousand; a test that commits fills about twenty tables, with a few rows
    each.
    """

    def __init__(self) -> None:
        with connection.cursor() as wrapper:
            cursor: Cursor[Any] = wrapper.cursor
            names = {name for (name,) in cursor.execute(TABLES).fetchall()}
            filled = {name for (name,) in cursor.execute(_of_all(FULL, names)).fetchall()}
            self._is_full = _of_all(FULL, names - filled)
            self._content = _of_all(CONTENT, filled)
            self._known = set(cursor.execute(self._content).fetchall())
            self._rows = {name: _copy(cursor, name) for name in filled}

    def put_back(self) -> None:
        """Empty the tables that differ, and give them the rows they had."""
        with transaction.atomic(), connection.cursor() as wrapper:
            cursor: Cursor[Any] = wrapper.cursor
            found = [*cursor.execute(self._is_full), *cursor.execute(self._content)]
            changed = [name for name, *content in found if (name, *content) not in self._known]
            if not changed:
                return
            # This is no part of the past that audit trails tell of and triggers keep.
            _each(cursor, "ALTER TABLE {} DISABLE TRIGGER USER", changed)
            # At once: some keys look already when a statement ends, not when all is done.
            deletions = [_about("{0} AS (DELETE FROM {0})", name) for name in changed]
            cursor.execute(sql.SQL("WITH {} SELECT").format(sql.SQL(", ").join(deletions)))
            for name in self._rows.keys() & changed:
                with cursor.copy(_about("COPY {} FROM STDIN", name)) as copy:
                    copy.write(self._rows[name])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _each(cursor, "ALTER TABLE {} ENABLE TRIGGER USER", changed)


class KnownNumbers:
    """What every sequence counts on from, put back where it was asked since: rows that come later
    have the numbers that they would have had."""

    def __init__(self) -> None:
        self.numbers = numbers()

    def put_back(self) -> None:
        """Let those that were asked forget it."""
        with connection.cursor() as cursor:
            for name, (start, last) in self.numbers.items() - numbers().items():
                known = [start if last is None else last, last is not None]
                cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, *known])


def content() -> dict[str, list[tuple[str]]]:
    """All rows of each table."""
    with connection.cursor() as wrapper:
        cursor: Cursor[Any] = wrapper.cursor
        names = [name for (name,) in cursor.execute(TABLES).fetchall()]
        ordered = "SELECT each::text FROM {} AS each ORDER BY 1"
        return {name: cursor.execute(_about(ordered, name)).fetchall() for name in names}


def numbers() -> dict[str, tuple[int, int | None]]:
    """What each sequence begins with, and the last that it gave."""
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES)
        return {name: (start, last) for name, start, last in cursor.fetchall()}


def _of_all(statement: str, names: set[str]) -> sql.Composed:
    return sql.SQL(" UNION ALL ").join(
        sql.SQL(statement).format(name=sql.Literal(name), table=sql.Identifier(name))
        for name in sorted(names)
    )


def _about(statement: str, name: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(name))


def _each(cursor: Cursor[Any], statement: str, names: list[str]) -> None:
    for name in names:
        cursor.execute(_about(statement, name))


def _copy(cursor: Cursor[Any], name: str) -> bytes:
    with cursor.copy(_about("COPY {} TO STDOUT", name)) as copy:
        return b"".join(copy)
