"""Change the settings of a channel instance."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from agents.models import OperatingHours, User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_channel_instance import check_channel_instance, refusing_taken
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import ChannelInstance


class ChannelInstanceSettings(TypedDict, total=False):
    """What may be changed; ``settings`` adds to what the channel keeps."""

    name: str
    slug: str
    greeting: str
    allowed_origins: Sequence[str]
    settings: Mapping[str, Any]
    locale: str
    agent_name: str
    operating_hours: OperatingHours | None
    when_closed: str
    is_enabled: bool
    tells_wait: bool
    tells_position: bool
    tells_average_wait: bool
    reconnect_minutes: int | None
    portal_url: str
    redirect_url: str


@transaction.atomic
def edit_channel_instance(
    *,
    instance: ChannelInstance,
    by: User,
    now: datetime,
    revision: int | None = None,
    **settings: Unpack[ChannelInstanceSettings],
) -> ChannelInstance:
    """Save the given settings and leave the others as they are.

    Refuses impossible settings, a taken name, address or number (InvalidSettings), and
    SavedMeanwhile when it is gone, or no longer has the ``revision`` that the person saw.
    """
    # Without a join: joined rows would be those from before the wait.
    locked = ChannelInstance.objects.select_for_update(no_key=True).filter(pk=instance.pk).first()
    if locked is None or revision not in (None, locked.revision):
        raise SavedMeanwhile

    kept = locked.settings
    for name, value in settings.items():
        setattr(locked, name, value)
    locked.name, locked.slug = locked.name.strip(), locked.slug.strip()
    locked.allowed_origins = list(locked.allowed_origins)
    locked.settings = {**kept, **locked.settings}
    locked.revision += 1
    check_channel_instance(locked)
    with refusing_taken(locked):
        locked.save()

    announce_configuration(sender=ChannelInstance, by=by, now=now)
    return locked
