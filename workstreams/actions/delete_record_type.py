"""Remove a sort of record that nothing is of."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import BuiltIn
from workstreams.exceptions import InUse
from workstreams.models import RecordType
from workstreams.queries.record_types import record_type_dependencies


@transaction.atomic
def delete_record_type(*, record_type: RecordType, by: User, now: datetime) -> None:
    """Refuses a built-in one (BuiltIn), and one that records, workstreams or templates are of
    (InUse)."""
    locked = RecordType.objects.select_for_update().filter(pk=record_type.pk).first()
    if locked is None:
        return
    if locked.is_built_in:
        raise BuiltIn(name=locked.label)
    if used := record_type_dependencies(locked):
        raise InUse(dependencies=used)

    locked.delete()

    announce_configuration(sender=RecordType, by=by, now=now)
