"""Open a new way in to a workstream."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from agents.models import OperatingHours, User
from config.locales import ENGLISH
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_channel_instance import (
    MAXIMUM_SLUG,
    check_channel_instance,
    refusing_taken,
)
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.models import ChannelInstance, Workstream
from workstreams.terms import AgentName, WhenClosed


@transaction.atomic
def create_channel_instance(
    *,
    workstream: Workstream,
    name: str,
    by: User,
    now: datetime,
    slug: str = "",
    greeting: str | None = None,
    allowed_origins: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    locale: str = ENGLISH,
    agent_name: str = AgentName.FIRST,
    operating_hours: OperatingHours | None = None,
    when_closed: str = WhenClosed.SHOWN,
    is_enabled: bool = True,
    tells_wait: bool = True,
    tells_position: bool = True,
    tells_average_wait: bool = True,
    reconnect_minutes: int | None = None,
    portal_url: str = "",
    redirect_url: str = "",
) -> ChannelInstance:
    """Create it, with an address from its name unless ``slug`` is given.

    Refuses impossible settings, a taken name, address or number (InvalidSettings), and a
    workstream that is gone (SavedMeanwhile).
    """
    instance = ChannelInstance(
        workstream=lock_workstream(workstream),
        name=name.strip(),
        slug=slug.strip() or _free_slug(name),
        allowed_origins=list(allowed_origins),
        settings=dict(settings or {}),
        locale=locale.strip(),
        agent_name=agent_name,
        operating_hours=operating_hours,
        when_closed=when_closed,
        is_enabled=is_enabled,
        tells_wait=tells_wait,
        tells_position=tells_position,
        tells_average_wait=tells_average_wait,
        reconnect_minutes=reconnect_minutes,
        portal_url=portal_url.strip(),
        redirect_url=redirect_url.strip(),
    )
    if greeting is not None:
        instance.greeting = greeting.strip()
    check_channel_instance(instance)

    with refusing_taken(instance):
        instance.save()

    announce_configuration(sender=ChannelInstance, by=by, now=now)
    return instance


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:50].strip("-") or "channel"
    slugs = ChannelInstance.objects.filter(slug__startswith=wanted)
    taken = set(slugs.values_list("slug", flat=True))
    slug, number = wanted[:MAXIMUM_SLUG], 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
