"""Add or change a sort of record."""

from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import RecordType

NAME_STAYS: Final = "The name stays: rules and programs call it by that."
TAKEN: Final = "Another record type has this name."


@transaction.atomic
def save_record_type(
    *,
    by: User,
    now: datetime,
    record_type: RecordType | None = None,
    revision: int | None = None,
    **values: Any,
) -> RecordType:
    """A new one, or the present one with other values; what is left out stays.

    Refuses InvalidSettings (a name that is taken or would change), SavedMeanwhile.
    """
    row = RecordType(revision=0)
    if record_type is not None:
        row = RecordType.objects.select_for_update(no_key=True).get(pk=record_type.pk)
        if revision not in (None, row.revision):
            raise SavedMeanwhile
        if values.get("name", row.name) != row.name:
            raise InvalidSettings({"name": NAME_STAYS})

    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    try:
        row.full_clean(validate_constraints=False)
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        faults = {name: " ".join(each) for name, each in error.message_dict.items()}
        raise InvalidSettings(faults) from error
    except IntegrityError as error:
        raise InvalidSettings({"name": TAKEN}) from error

    announce_configuration(sender=RecordType, by=by, now=now)
    return row
