"""Delete a template that no workstream uses."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import BuiltIn
from workstreams.exceptions import InUse
from workstreams.models import NotificationTemplate, SessionTemplate, Workstream
from workstreams.queries.built_in_templates import (
    TEMPLATE_FIELDS,
    built_in_notifications,
)
from workstreams.queries.template_uses import (
    notification_template_dependencies,
    session_template_dependencies,
)
from workstreams.terms import Scenario


@transaction.atomic
def delete_template(
    *, template: NotificationTemplate | SessionTemplate, by: User, now: datetime
) -> None:
    """Delete it. Refuses a built-in one, and InUse with the workstreams that use it.

    Workstreams that were deleted themselves are no reason: they fall back to what is built in.
    """
    model = type(template)
    locked = model.objects.select_for_update().filter(pk=template.pk).first()
    if locked is None:
        return
    if locked.is_built_in:
        raise BuiltIn(name=locked.name)
    dependencies = (
        notification_template_dependencies(locked)
        if isinstance(locked, NotificationTemplate)
        else session_template_dependencies(locked)
    )
    if dependencies:
        raise InUse(dependencies=dependencies)

    if isinstance(locked, NotificationTemplate):
        _take_notifications_off_deleted(locked)
    else:
        _deleted().filter(session_template=locked).update(session_template=None)
    locked.delete()

    announce_configuration(sender=model, by=by, now=now)


def _take_notifications_off_deleted(template: NotificationTemplate) -> None:
    main = TEMPLATE_FIELDS[Scenario.INCOMING]
    for field in set(TEMPLATE_FIELDS.values()) - {main}:
        _deleted().filter(**{field: template}).update(**{field: None})
    for workstream in _deleted().filter(**{main: template}):
        setattr(workstream, main, built_in_notifications(workstream.channel)[main])
        workstream.save(update_fields=[main])


def _deleted() -> "QuerySet[Workstream]":
    return Workstream.with_deleted.exclude(deleted_at=None)
