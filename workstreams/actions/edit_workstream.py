"""Change the settings of a workstream."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypedDict, Unpack

from django.db import transaction

from agents.models import CapacityProfile, User
from agents.terms import CapacityFormat
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_chosen_templates import check_chosen_templates
from workstreams.actions.check_workstream import check_workstream
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.refusals import InvalidSettings, refusing_taken_names
from workstreams.exceptions import Immutable
from workstreams.models import NotificationTemplate, SessionTemplate, Workstream
from workstreams.queries.built_in_templates import TEMPLATE_FIELDS
from workstreams.terms import WrapUpBlock

CHOSEN_TEMPLATES: Final = {*TEMPLATE_FIELDS.values(), "session_template"}
CHOSEN_AT_CREATION: Final = ("type", "channel", "record_type", "persistent_chat")
PROFILE_GONE = "A chosen capacity profile was deleted meanwhile. Choose another one."
STAYS = "This was chosen when the workstream was created and stays."


class WorkstreamSettings(TypedDict, total=False):
    """What may be changed, and what is refused if it would change."""

    name: str
    capacity_format: str
    capacity_units: int
    capacity_profiles: Sequence[CapacityProfile]
    wrap_up_block: str
    wrap_up_seconds: int | None
    allowed_presences: Sequence[str]
    skill_matching: str
    keep_same_agent: bool
    may_be_picked: bool
    auto_close_after_minutes: int | None
    notification_template: NotificationTemplate
    authenticated_template: NotificationTemplate | None
    consult_template: NotificationTemplate | None
    transfer_template: NotificationTemplate | None
    supervisor_assign_template: NotificationTemplate | None
    session_template: SessionTemplate | None
    distribution_mode: str
    type: str
    channel: str
    record_type: object
    persistent_chat: bool


@transaction.atomic
def edit_workstream(
    *,
    workstream: Workstream,
    by: User,
    now: datetime,
    revision: int | None = None,
    **settings: Unpack[WorkstreamSettings],
) -> Workstream:
    """Save the given settings and leave the others as they are.

    Refuses another distribution mode (Immutable), settings that do not go together
    (InvalidSettings), and a save over somebody else's (SavedMeanwhile) where a
    ``revision`` is given.
    """
    locked = lock_workstream(workstream, revision=revision)
    if settings.get("distribution_mode", locked.distribution_mode) != locked.distribution_mode:
        raise Immutable
    for name in CHOSEN_AT_CREATION:
        if settings.get(name, getattr(locked, name)) != getattr(locked, name):
            raise InvalidSettings({name: STAYS})

    profiles = settings.pop("capacity_profiles", None)
    _set(locked, settings)
    if locked.capacity_format == CapacityFormat.UNIT:
        # What it takes no more does not hold on to profiles that nobody sees.
        profiles = []
    chosen = list(locked.capacity_profiles.all()) if profiles is None else _present(profiles)
    check_workstream(locked, profiles=chosen)
    if settings.keys() & CHOSEN_TEMPLATES:
        check_chosen_templates(locked)

    locked.revision += 1
    with refusing_taken_names("workstream", locked.name):
        locked.save()
    if profiles is not None:
        locked.capacity_profiles.set(profiles)

    announce_configuration(sender=Workstream, by=by, now=now)
    return locked


def _present(profiles: Sequence[CapacityProfile]) -> list[CapacityProfile]:
    """The chosen profiles, locked, so that they stay until they are saved."""
    wanted = {profile.pk for profile in profiles}
    rows = CapacityProfile.objects.select_for_update(no_key=True).filter(pk__in=wanted)
    present = list(rows.order_by("pk"))
    if len(present) < len(wanted):
        raise InvalidSettings({"capacity_profiles": PROFILE_GONE})
    return present


def _set(workstream: Workstream, settings: WorkstreamSettings) -> None:
    for name, value in settings.items():
        setattr(workstream, name, value)
    workstream.name = str(workstream.name).strip()
    workstream.allowed_presences = list(workstream.allowed_presences)
    if workstream.wrap_up_block != WrapUpBlock.CUSTOM and not settings.get("wrap_up_seconds"):
        workstream.wrap_up_seconds = None
