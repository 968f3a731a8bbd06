"""Change a notification template."""

from datetime import datetime
from typing import Unpack

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.create_notification_template import NotificationSettings, fill_in
from workstreams.actions.template_refusals import BuiltInStays, refusing_taken_template_names
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import NotificationTemplate


@transaction.atomic
def edit_notification_template(
    *,
    template: NotificationTemplate,
    by: User,
    now: datetime,
    revision: int | None = None,
    **settings: Unpack[NotificationSettings],
) -> NotificationTemplate:
    """Save the given settings and leave the others as they are; running offers keep theirs.

    Refuses a built-in one (BuiltInStays), impossible settings and a taken name
    (InvalidSettings), and SavedMeanwhile where a ``revision`` is given.
    """
    rows = NotificationTemplate.objects.select_for_update(no_key=True)
    locked = rows.filter(pk=template.pk).first()
    if locked is None or revision not in (None, locked.revision):
        raise SavedMeanwhile
    if locked.is_built_in:
        raise BuiltInStays(name=locked.name)

    fill_in(locked, settings)
    locked.revision += 1
    with refusing_taken_template_names(locked):
        locked.save()

    announce_configuration(sender=NotificationTemplate, by=by, now=now)
    return locked
