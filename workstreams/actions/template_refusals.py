"""What changes to templates are refused for; each docstring is what people read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import WorkstreamError
from workstreams.models import NotificationTemplate, SessionTemplate


class BuiltInStays(WorkstreamError):
    """{name} is built in and stays as it is. Copy it, and change the copy."""


@contextmanager
def refusing_taken_template_names(
    template: NotificationTemplate | SessionTemplate,
) -> Iterator[None]:
    """Turns the database's refusal of a second template of this name into InvalidSettings."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        constraint = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))
        if constraint.endswith("unique_name_unique"):
            taken = "There is already a session template with this unique name."
            raise InvalidSettings({"unique_name": taken}) from error
        if not constraint.endswith("name_unique"):
            raise
        noun = template._meta.verbose_name
        taken = f"There is already a {noun} named {template.name}."
        raise InvalidSettings({"name": taken}) from error
