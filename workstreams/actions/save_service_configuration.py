"""Change the switches of the whole service."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.lock_service import lock_service
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import ServiceConfiguration
from workstreams.switches import (
    DECLINES,
    NAMES,
    REACHES,
    SEARCH_NAMES,
    SEARCH_SECONDS,
    WORDS,
)

STAYS_ON: Final = "Unified routing for records is on, and stays on once it was switched on."
DECLINES_RANGE: Final = "Choose a number from 1 to 5."
UNKNOWN_REACH: Final = "Choose one of the list."
TOO_LONG: Final = "At most {} characters."
SEARCH_RANGE: Final = "Choose a number of seconds from 5 to 3600, or none."


@transaction.atomic
def save_service_configuration(
    *,
    by: User | None,
    now: datetime,
    routes_records: bool | None = None,
    maximum_declines: int | None = None,
    revision: int | None = None,
    **values: Any,
) -> ServiceConfiguration:
    """Change what is given, by the names of ``SWITCHES``, ``REACHES``, ``SEARCHES`` and ``WORDS``;
    None takes a search away, and leaves all others as they are.

    Refuses to switch record routing off, numbers out of range, long texts and unknown words
    (InvalidSettings; A 2, A 12, B 15.6), and a save over somebody else's (SavedMeanwhile) where a
    ``revision`` is given.
    """
    longest = {words.name: words.longest for words in WORDS}
    reaches = {reach.name: reach.terms for reach in REACHES}
    assert set(values) <= {*NAMES, *reaches, *SEARCH_NAMES, *longest}, values
    service = lock_service()
    if revision not in (None, service.revision):
        raise SavedMeanwhile
    if routes_records is False and service.record_routing_enabled_at is not None:
        raise InvalidSettings({"routes_records": STAYS_ON})
    if maximum_declines is not None and not DECLINES[0] <= maximum_declines <= DECLINES[1]:
        raise InvalidSettings({"maximum_declines": DECLINES_RANGE})
    for name, terms in reaches.items():
        if (value := values.get(name)) is not None and value not in list(terms):
            raise InvalidSettings({name: UNKNOWN_REACH})
    for name in SEARCH_NAMES:
        seconds = values.get(name)
        if seconds is not None and not SEARCH_SECONDS[0] <= seconds <= SEARCH_SECONDS[1]:
            raise InvalidSettings({name: SEARCH_RANGE})
    for name in longest.keys() & values.keys():
        if values[name] is not None and len(values[name].strip()) > longest[name]:
            raise InvalidSettings({name: TOO_LONG.format(longest[name])})

    if routes_records and service.record_routing_enabled_at is None:
        service.record_routing_enabled_at = now
    if maximum_declines is not None:
        service.maximum_declines = maximum_declines
    for name, value in values.items():
        if value is not None or name in SEARCH_NAMES:
            setattr(service, name, value.strip() if name in longest else value)
    service.revision += 1
    service.save()

    announce_configuration(sender=ServiceConfiguration, by=by, now=now)
    return service
