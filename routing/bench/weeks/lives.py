"""Real lives of work items, and any number of copies of them on other days, in bulk."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import DateTimeField, Max, Min, Model
from psycopg import sql

from config.clock import database_now
from config.models import Event
from routing import configuration, service
from routing.models import Assignment, RoutingDecision
from routing.terms import Outcome
from workstreams.actions.take_in import take_in
from workstreams.models import WorkItem, Workstream

AT_ONCE: Final = 20
# A copy's time is that of its original, so much later.
LATER: Final = sql.SQL("{column} + %(day)s * interval '1 day' + copy * %(apart)s")
MOVED: Final = sql.SQL("{column} + (%(first)s + copy) * %(span)s")
COPY: Final = sql.SQL("""
    INSERT INTO {table} ({columns})
    SELECT {values}
    FROM {table} AS original, generate_series(0, %(copies)s - 1) AS copy
    WHERE {item} BETWEEN %(lowest)s AND %(highest)s
    ORDER BY copy, original.id
""")
DAY: Final = timedelta(days=1)


def live(workstream: Workstream, count: int) -> None:
    """So many items come in, are routed, offered, accepted, ended and closed, and nothing else."""
    configuration.publish(by=None, now=database_now())
    for _ in range(count // AT_ONCE):
        for _ in range(AT_ONCE):
            take_in(workstream=workstream, title="Bench", now=database_now())
        service.run_cycle(now=database_now())
        for offer in Assignment.objects.filter(outcome=Outcome.PENDING).select_related("agent"):
            for act in (service.accept, service.end, service.close):
                act(item_id=offer.item_id, by=offer.agent)


class Originals:
    """The lives that were really led, and how often they were copied."""

    def __init__(self) -> None:
        ends = WorkItem.objects.aggregate(lowest=Min("pk"), highest=Max("pk"))
        self.ends: dict[str, int] = {name: number for name, number in ends.items() if number}
        self.count = WorkItem.objects.count()
        self.copied = 0

    def rows_each(self) -> float:
        """Events and decisions of an item."""
        return (Event.objects.count() + RoutingDecision.objects.count()) / self.count

    def copy(self, *, day: int, copies: int) -> None:
        """Add all of them so many times, evenly over a day that is so many days from today."""
        names: dict[str, Any] = {
            **self.ends,
            "day": day,
            "copies": copies,
            "apart": DAY / copies,
            "first": self.copied + 1,
            "span": self.ends["highest"] - self.ends["lowest"] + 1,
        }
        with connection.cursor() as cursor:
            for model, item, given in COPIED:
                cursor.execute(_statement(model, item, given), names)
        self.copied += copies


COPIED: Final[tuple[tuple[type[Model], str, Mapping[str, sql.Composable]], ...]] = (
    (WorkItem, "id", {"id": MOVED, "conversation_key": sql.SQL("gen_random_uuid()")}),
    (Event, "work_item_id", {"work_item_id": MOVED}),
    (RoutingDecision, "work_item_id", {"work_item_id": MOVED}),
)
GIVEN_BY_THE_DATABASE: Final = ("id", "xid")


def _statement(model: type[Model], item: str, given: Mapping[str, Any]) -> sql.Composed:
    """One row of the table for each original and copy; numbers of rows that were copied too move
    with them."""
    values: dict[str, sql.Composable] = {}
    for field in model._meta.concrete_fields:
        name = str(field.column)
        column = sql.Identifier("original", name)
        if name in given:
            values[name] = _filled(given[name], column)
        elif name not in GIVEN_BY_THE_DATABASE:
            values[name] = _filled(LATER, column) if isinstance(field, DateTimeField) else column
    return COPY.format(
        table=sql.Identifier(model._meta.db_table),
        columns=sql.SQL(", ").join(map(sql.Identifier, values)),
        values=sql.SQL(", ").join(values.values()),
        item=sql.Identifier("original", item),
    )


def _filled(text: sql.SQL, column: sql.Composable) -> sql.Composable:
    return text.format(column=column)
