"""Change a session template."""

from datetime import datetime
from typing import Final, Unpack

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.create_session_template import SessionSettings, fill_in
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.template_refusals import BuiltInStays, refusing_taken_template_names
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import SessionTemplate

STAYS: Final = "This was chosen when the template was created and stays."


@transaction.atomic
def edit_session_template(
    *,
    template: SessionTemplate,
    by: User,
    now: datetime,
    revision: int | None = None,
    **settings: Unpack[SessionSettings],
) -> SessionTemplate:
    """Save the given settings and leave the others as they are.

    Refuses a built-in one (BuiltInStays), another type, impossible settings and taken names
    (InvalidSettings), and SavedMeanwhile where a ``revision`` is given.
    """
    rows = SessionTemplate.objects.select_for_update(no_key=True)
    locked = rows.filter(pk=template.pk).first()
    if locked is None or revision not in (None, locked.revision):
        raise SavedMeanwhile
    if locked.is_built_in:
        raise BuiltInStays(name=locked.name)
    if settings.get("type", locked.type) != locked.type:
        raise InvalidSettings({"type": STAYS})

    fill_in(locked, settings)
    locked.revision += 1
    with refusing_taken_template_names(locked):
        locked.save()

    announce_configuration(sender=SessionTemplate, by=by, now=now)
    return locked
