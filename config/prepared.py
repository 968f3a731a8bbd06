"""Querysets whose SQL is built once: building it takes Django longer than asking PostgreSQL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)

# Stands in for an id while the SQL is built; no row has it.
FIRST_MARK: Final = 2**53 + 1


@dataclass(frozen=True)
class _Id:
    """Where an id goes that each call gives."""

    name: str


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """The statement, its parameters, and how a row becomes an object."""

    sql: str
    parameters: tuple[Any, ...]
    model: type[Any]
    columns: slice
    attributes: list[str]
    converters: Mapping[int, tuple[list[Any], Any]]
    populators: list[Any]
    annotations: Mapping[str, int]


class Prepared(Generic[M]):
    """``Prepared(build, "item_id")(item_id=7)`` is ``list(build(item_id=7))``.

    ``build`` is called once in the life of the process, with marks for the ids that vary; all
    else is as it was then. Its queryset brings whole objects, with ``select_related`` and
    annotations where wanted; prefetched relations and lists of ids are for ordinary querysets.
    """

    def __init__(self, build: Callable[..., "models.QuerySet[M]"], *names: str) -> None:
        self._build, self._names = build, names
        self._plan: _Plan | None = None

    def __call__(self, **ids: int) -> list[M]:
        plan = self._plan = self._plan or self._make_plan()
        values = [ids[each.name] if isinstance(each, _Id) else each for each in plan.parameters]
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, values)
            return [_object(plan, list(row)) for row in cursor.fetchall()]

    def first(self, **ids: int) -> M | None:
        """The first row, if any."""
        return next(iter(self(**ids)), None)

    def _make_plan(self) -> _Plan:
        marks = {FIRST_MARK + number: name for number, name in enumerate(self._names)}
        queryset = self._build(**{name: mark for mark, name in marks.items()})
        compiler: Any = queryset.query.get_compiler("default")
        sql, parameters = compiler.as_sql()
        selected, places = compiler.select, compiler.klass_info["select_fields"]
        columns = slice(places[0], places[-1] + 1)
        return _Plan(
            sql=sql,
            parameters=tuple(
                _Id(marks[each]) if isinstance(each, int) and each in marks else each
                for each in parameters
            ),
            model=compiler.klass_info["model"],
            columns=columns,
            attributes=[each[0].target.attname for each in selected[columns]],
            converters=compiler.get_converters([each[0] for each in selected]),
            populators=get_related_populators(compiler.klass_info, selected, "default"),
            annotations=compiler.annotation_col_map,
        )


def _object(plan: _Plan, row: list[Any]) -> Any:
    for place, (converters, expression) in plan.converters.items():
        for convert in converters:
            row[place] = convert(row[place], expression, connection)
    found = plan.model.from_db("default", plan.attributes, row[plan.columns])
    for populator in plan.populators:
        populator.populate(row, found)
    for name, place in plan.annotations.items():
        setattr(found, name, row[place])
    return found
