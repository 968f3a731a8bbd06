"""Change the switches of the whole service."""

from datetime import datetime
from typing import Final

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import ServiceConfiguration
from workstreams.switches import DECLINES, NAMES

STAYS_ON: Final = "Unified routing for records is on, and stays on once it was switched on."
DECLINES_RANGE: Final = "Choose a number from 1 to 5."


@transaction.atomic
def save_service_configuration(
    *,
    by: User | None,
    now: datetime,
    routes_records: bool | None = None,
    maximum_declines: int | None = None,
    revision: int | None = None,
    **switches: bool | None,
) -> ServiceConfiguration:
    """Change what is given, by the names of ``SWITCHES``; None leaves a switch as it is.

    Refuses to switch record routing off and a number out of range (InvalidSettings; A 2, A 12),
    and a save over somebody else's (SavedMeanwhile) where a ``revision`` is given.
    """
    assert set(switches) <= set(NAMES), switches
    ServiceConfiguration.objects.get_or_create(pk=1)
    service = ServiceConfiguration.objects.select_for_update().get(pk=1)
    if revision not in (None, service.revision):
        raise SavedMeanwhile
    if routes_records is False and service.record_routing_enabled_at is not None:
        raise InvalidSettings({"routes_records": STAYS_ON})
    if maximum_declines is not None and not DECLINES[0] <= maximum_declines <= DECLINES[1]:
        raise InvalidSettings({"maximum_declines": DECLINES_RANGE})

    if routes_records and service.record_routing_enabled_at is None:
        service.record_routing_enabled_at = now
    if maximum_declines is not None:
        service.maximum_declines = maximum_declines
    for name in NAMES:
        if (value := switches.get(name)) is not None:
            setattr(service, name, value)
    service.revision += 1
    service.save()

    announce_configuration(sender=ServiceConfiguration, by=by, now=now)
    return service
