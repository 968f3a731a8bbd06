"""Rows written by statements that are built once for a model and its columns."""

from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

from config.audit import is_audited
from config.prepared.cursor import prepared_cursor


def insert_row(row: models.Model) -> None:
    """``row.save(force_insert=True)`` for a model whose id the database gives; no signals."""
    fields = [each for each in row._meta.concrete_fields if not each.primary_key]
    given = [(each, each.pre_save(row, add=True)) for each in fields]
    kept = [(each, value) for each, value in given if not isinstance(value, DatabaseDefault)]
    names = tuple(each.attname for each, _ in kept)
    with prepared_cursor() as cursor:
        cursor.execute(_insertion(type(row), names), [_to_store(*pair) for pair in kept])
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, "default"


def save_fields(row: models.Model, *names: str) -> None:
    """``row.save(update_fields=names)`` for values that are no expressions; no signals."""
    fields = [row._meta.get_field(name) for name in names]
    values = [_to_store(each, getattr(row, each.attname)) for each in fields]  # type: ignore[union-attr]  # columns
    with prepared_cursor() as cursor:
        cursor.execute(_change(type(row), names), [*values, row.pk])


@cache
def _insertion(model: type[models.Model], attributes: tuple[str, ...]) -> str:
    _refuse_audited(model)
    by_name: dict[str, Any] = {each.attname: each for each in model._meta.concrete_fields}
    fields = [by_name[name] for name in attributes]
    columns, values = ", ".join(_column(each) for each in fields), ", ".join(map(_place, fields))
    table, pk = model._meta.db_table, _column(model._meta.pk)
    return f'INSERT INTO "{table}" ({columns}) VALUES ({values}) RETURNING {pk}'  # noqa: S608  # our names


@cache
def _change(model: type[models.Model], names: tuple[str, ...]) -> str:
    _refuse_audited(model)
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    new = ", ".join(f"{_column(each)} = {_place(each)}" for each in fields)
    table, pk = model._meta.db_table, _column(model._meta.pk)
    return f'UPDATE "{table}" SET {new} WHERE {pk} = %s'  # noqa: S608  # our names


def _refuse_audited(model: type[models.Model]) -> None:
    if is_audited(model):
        raise TypeError(f"{model.__name__}: what is audited says who did it, and is saved instead.")


def _column(field: Any) -> str:
    return f'"{field.column}"'


def _place(field: Any) -> str:
    """Arrays say of what they are, which an empty one does not tell."""
    return f"%s::{field.db_type(connection)}" if hasattr(field, "base_field") else "%s"


def _to_store(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)
