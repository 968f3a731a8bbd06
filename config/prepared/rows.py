"""Querysets whose SQL is built once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.signals import post_init, pre_init

from config.prepared.cursor import prepared_cursor

M = TypeVar("M", bound=models.Model)

# Stand in for ids and words while the SQL is built; no row has them.
FIRST_ID: Final = 2**53 + 1
WORD: Final = "\x01{}"
Value = int | str


@dataclass(frozen=True)
class _Given:
    """Where a value goes that each call gives."""

    name: str


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """The statement, its parameters, and how a row becomes an object."""

    sql: str
    parameters: tuple[Any, ...]
    make: Callable[[str, list[str], list[Any]], Any]
    columns: slice
    attributes: list[str]
    converters: Mapping[int, tuple[list[Any], Any]]
    populators: list[Any]
    annotations: Mapping[str, int]


class Prepared(Generic[M]):
    """``Prepared(build, "item_id")(item_id=7)`` is ``list(build(item_id=7))``.

    ``build`` is called once in the life of the process, with marks for the ids and ``words`` that
    vary; all else is as it was then. Its queryset brings whole objects, with ``select_related`` and
    annotations where wanted; prefetched relations and lists of ids are for ordinary querysets.
    """

    def __init__(
        self, build: Callable[..., "models.QuerySet[M]"], *ids: str, words: Sequence[str] = ()
    ) -> None:
        self._build, self._ids, self._words = build, ids, words
        self._plan: _Plan | None = None

    def __call__(self, **given: Value) -> list[M]:
        plan = self._plan = self._plan or self._make_plan()
        values = [
            given[each.name] if isinstance(each, _Given) else each for each in plan.parameters
        ]
        with prepared_cursor() as cursor:
            cursor.execute(plan.sql, values)
            return [_object(plan, list(row)) for row in cursor.fetchall()]

    def first(self, **given: Value) -> M | None:
        """The first row, if any."""
        return next(iter(self(**given)), None)

    def _make_plan(self) -> _Plan:
        marks: dict[Any, str] = {FIRST_ID + place: name for place, name in enumerate(self._ids)}
        marks |= {WORD.format(place): name for place, name in enumerate(self._words)}
        queryset = self._build(**{name: mark for mark, name in marks.items()})
        compiler: Any = queryset.query.get_compiler("default")
        sql, parameters = compiler.as_sql()
        selected, places = compiler.select, compiler.klass_info["select_fields"]
        columns = slice(places[0], places[-1] + 1)
        return _Plan(
            sql=sql,
            parameters=tuple(
                _Given(marks[each]) if isinstance(each, Value) and each in marks else each
                for each in parameters
            ),
            make=_maker(compiler.klass_info["model"]).from_db,
            columns=columns,
            attributes=[each[0].target.attname for each in selected[columns]],
            converters=compiler.get_converters([each[0] for each in selected]),
            populators=_populators(compiler.klass_info, selected),
            annotations=compiler.annotation_col_map,
        )


class _PlainRows:
    """Makes objects of a model as it does itself, without asking each of their fields in turn."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model

    def from_db(self, db: str, names: list[str], values: list[Any]) -> Any:
        """A column that was not read is missing, so that Django reads it when it is asked for."""
        made = self._model.__new__(self._model)
        made._state = state = ModelState()
        state.adding, state.db = False, db
        made.__dict__.update(zip(names, values, strict=True))
        return made


def _maker(model: type[Any]) -> Any:
    """The model itself where it has ways of its own, or somebody wants to hear of its rows."""
    is_plain = (
        model.__init__ is models.Model.__init__
        and model.from_db.__func__ is models.Model.from_db.__func__  # type: ignore[attr-defined]  # a classmethod
        and not any(signal.has_listeners(model) for signal in (pre_init, post_init))
    )
    return _PlainRows(model) if is_plain else model


def _populators(klass_info: Any, selected: Any) -> list[Any]:
    make: Any = get_related_populators
    found: list[Any] = make(klass_info, selected, "default")
    _make_plainly(found)
    return found


def _make_plainly(populators: list[Any]) -> None:
    for each in populators:
        each.model_cls = _maker(each.model_cls)
        _make_plainly(each.related_populators)


def _object(plan: _Plan, row: list[Any]) -> Any:
    for place, (converters, expression) in plan.converters.items():
        for convert in converters:
            row[place] = convert(row[place], expression, connection)
    found = plan.make("default", plan.attributes, row[plan.columns])
    for populator in plan.populators:
        populator.populate(row, found)
    for name, place in plan.annotations.items():
        setattr(found, name, row[place])
    return found
