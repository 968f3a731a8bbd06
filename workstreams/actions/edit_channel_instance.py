"""Change the settings of a channel instance."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypedDict, Unpack

from django.db import transaction

from agents.models import OperatingHours, User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_channel_instance import check_channel_instance, refusing_taken
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import ChannelInstance
from workstreams.queries.dependencies import Dependency, rules_of_instance

NAME_STAYS: Final = "Rules compare with this name: {rules}. Change those first, or keep the name."
Named = Callable[[ChannelInstance], Sequence[Dependency]]


def named_by_nothing(instance: ChannelInstance) -> Sequence[Dependency]:
    """What upper apps say of a name that no published rule says."""
    return ()


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
    published: Named = named_by_nothing,
    **settings: Unpack[ChannelInstanceSettings],
) -> ChannelInstance:
    """Save the given settings and leave the others as they are.

    Refuses impossible settings, a taken name, address or number, another name while rules compare
    with it (InvalidSettings), and SavedMeanwhile when it is gone, or no longer has the ``revision``
    that the person saw. ``published`` says which published rules do, which upper apps know.
    """
    if "name" in settings:
        # Rules, which compare with names, are saved with it locked.
        lock_workstream(instance.workstream)
    # Without a join: joined rows would be those from before the wait.
    locked = ChannelInstance.objects.select_for_update(no_key=True).filter(pk=instance.pk).first()
    if locked is None or revision not in (None, locked.revision):
        raise SavedMeanwhile

    is_renamed = settings.get("name", locked.name).strip().lower() != locked.name.lower()
    if is_renamed and (named := rules_of_instance(locked) or published(locked)):
        rules = ", ".join(rule["name"] for rule in named)
        raise InvalidSettings({"name": NAME_STAYS.format(rules=rules)})
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
