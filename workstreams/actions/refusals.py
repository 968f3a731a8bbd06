"""What changes to the configuration are refused for; each docstring is what people read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from workstreams.exceptions import WorkstreamError


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
        constraint = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))
        if "slug" in constraint:
            raise InvalidSettings({"slug": "This address is taken already."}) from error
        if "name_unique" not in constraint:
            raise
        raise InvalidSettings({"name": f"There is already a {noun} named {name}."}) from error
