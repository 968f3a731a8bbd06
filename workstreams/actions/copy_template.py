"""Copy a template, so that the copy can be changed."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models.functions import Lower

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_template_words import text_error
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.template_refusals import refusing_taken_template_names
from workstreams.models import NotificationTemplate, SessionTemplate
from workstreams.template_words import MOST_NAME

Template = TypeVar("Template", NotificationTemplate, SessionTemplate)
OWN_PREFIX = "copy_"


@transaction.atomic
def copy_template(*, template: Template, by: User, now: datetime, name: str = "") -> Template:
    """A new template of the same words that is not built in, named "Copy of ..." without a
    ``name``. Refuses a name that is taken or too long (InvalidSettings).
    """
    copy = type(template).objects.get(pk=template.pk)
    copy.pk = None
    copy._state.adding = True
    copy.name = name.strip() or _free(copy, "name", f"Copy of {template.name}", " ({})")
    if sentence := text_error(copy.name, MOST_NAME, "name"):
        raise InvalidSettings({"name": sentence})
    copy.is_built_in, copy.revision = False, 1
    if isinstance(copy, SessionTemplate):
        _, _, own = copy.unique_name.partition("_")
        copy.unique_name = _free(copy, "unique_name", f"{OWN_PREFIX}{own}", "_{}")

    with refusing_taken_template_names(copy):
        copy.save(force_insert=True)

    announce_configuration(sender=type(copy), by=by, now=now)
    return copy


def _free(row: Template, field: str, wanted: str, ending: str) -> str:
    """The wanted text, with a number behind it where it is taken."""
    rows = type(row).objects.annotate(lowered=Lower(field)).values_list("lowered", flat=True)
    taken = set(rows.filter(lowered__startswith=wanted[: MOST_NAME - 8].lower()))
    found, number = wanted[:MOST_NAME], 1
    while found.lower() in taken:
        number += 1
        end = ending.format(number)
        found = wanted[: MOST_NAME - len(end)] + end
    return found
