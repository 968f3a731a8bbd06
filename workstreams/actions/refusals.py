"""What changes to the configuration are refused for; each docstring is what people read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from workstreams.exceptions import Deleted, WorkstreamError
from workstreams.models.living import IS_LIVING


class InvalidSettings(WorkstreamError):
    """These settings cannot be saved yet: {reasons}

    ``errors`` holds a sentence for each setting that is wrong.
    """

    status = 422

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(errors=dict(errors), reasons=" ".join(errors.values()))
        self.errors = dict(errors)


class BuiltIn(WorkstreamError):
    """{name} is built in and cannot be deleted."""


@contextmanager
def refusing_taken_names(noun: str, name: str) -> Iterator[None]:
    """Turns the database's refusal of a second row of this name (or slug) into InvalidSettings."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        constraint = _constraint(error)
        if "slug" in constraint:
            raise InvalidSettings({"slug": "This address is taken already."}) from error
        if "name_unique" not in constraint:
            raise
        raise InvalidSettings({"name": f"There is already a {noun} named {name}."}) from error


@contextmanager
def refusing_deleted_rows() -> Iterator[None]:
    """Turns the database's refusal of a link to a deleted workstream or queue into Deleted."""
    try:
        yield
    except IntegrityError as error:
        table, is_living, _ = _constraint(error).partition(IS_LIVING)
        if not is_living:
            raise
        raise Deleted(noun=table.removeprefix("workstreams_")) from error


def _constraint(error: IntegrityError) -> str:
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))
