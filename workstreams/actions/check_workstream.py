"""Which settings of a workstream do not go together."""

from collections.abc import Sequence
from typing import Any, Final

from agents.models import CapacityProfile
from agents.terms import BasePresence, CapacityFormat
from workstreams.actions.refusals import InvalidSettings
from workstreams.auto_close import MAXIMUM_MINUTES
from workstreams.models import Workstream
from workstreams.terms import (
    MESSAGING_CHANNELS,
    Channel,
    DistributionMode,
    SkillMatching,
    WorkstreamType,
    WrapUpBlock,
)

MAXIMUM_NAME: Final = 100
MAXIMUM_UNITS: Final = 1000
WRAP_UP_SECONDS: Final = (30, 3600)
ONE_CHANNEL: Final[dict[str, Channel]] = {
    WorkstreamType.RECORD: Channel.RECORD,
    WorkstreamType.VOICE: Channel.VOICE,
}

PUSH_ONLY = "Work is kept with the same agent only where it is offered automatically (push)."
PICKED_ANYWAY = "Work of this workstream is picked anyway, so it needs no leave to be picked."
CALLS_ARE_PUSHED = "Calls are always offered automatically (push)."
NEVER_WAITS = (
    "Only persistent chat, SMS, social, Teams and custom conversations close after inactivity."
)
WHOLE_UNITS = f"Units are a whole number from 0 to {MAXIMUM_UNITS}."
MINUTES = "Choose a time between 1 minute and 365 days."


def check_workstream(
    workstream: Workstream, *, profiles: Sequence[CapacityProfile] | None = None
) -> None:
    """Raise InvalidSettings with a sentence for each setting that is wrong.

    ``profiles`` are those about to be saved; None leaves the present ones unchecked.
    """
    errors = {
        **_identity_errors(workstream),
        **_distribution_errors(workstream),
        **_capacity_errors(workstream, profiles),
    }
    if errors:
        raise InvalidSettings(errors)


def closes_after_inactivity(workstream: Workstream) -> bool:
    """Whether its conversations wait for customers, and so may be closed after a while."""
    if workstream.channel == Channel.LIVE_CHAT:
        return workstream.persistent_chat
    return workstream.type == WorkstreamType.MESSAGING


def _identity_errors(workstream: Workstream) -> dict[str, str]:
    errors = {}
    if not workstream.name or len(workstream.name) > MAXIMUM_NAME:
        errors["name"] = f"A name has 1 to {MAXIMUM_NAME} characters."
    if workstream.type not in list(WorkstreamType):
        errors["type"] = "Choose messaging, record or voice."
    elif workstream.channel not in _channels(WorkstreamType(workstream.type)):
        errors["channel"] = "Choose a channel of this type."
    if workstream.type == WorkstreamType.RECORD and workstream.record_type_id is None:
        errors["record_type"] = "Choose which records this workstream takes."
    elif workstream.type != WorkstreamType.RECORD and workstream.record_type_id is not None:
        errors["record_type"] = "Only record workstreams take records. Leave this empty."
    if workstream.persistent_chat and workstream.channel != Channel.LIVE_CHAT:
        errors["persistent_chat"] = "Only chats can be persistent."
    return errors


def _channels(type_: WorkstreamType) -> tuple[Channel, ...]:
    return MESSAGING_CHANNELS if type_ not in ONE_CHANNEL else (ONE_CHANNEL[type_],)


def _distribution_errors(workstream: Workstream) -> dict[str, str]:
    errors = {}
    if workstream.distribution_mode not in list(DistributionMode):
        errors["distribution_mode"] = "Choose push or pick."
    elif workstream.distribution_mode == DistributionMode.PICK:
        if workstream.type == WorkstreamType.VOICE:
            errors["distribution_mode"] = CALLS_ARE_PUSHED
        if workstream.keep_same_agent:
            errors["keep_same_agent"] = PUSH_ONLY
        if workstream.may_be_picked:
            errors["may_be_picked"] = PICKED_ANYWAY
    minutes = workstream.auto_close_after_minutes
    if minutes is not None and not closes_after_inactivity(workstream):
        errors["auto_close_after_minutes"] = NEVER_WAITS
    elif minutes is not None and not _is_within(minutes, 1, MAXIMUM_MINUTES):
        errors["auto_close_after_minutes"] = MINUTES
    if workstream.skill_matching not in list(SkillMatching):
        errors["skill_matching"] = "Choose exact match, closest match or none."
    return errors


def _capacity_errors(
    workstream: Workstream, profiles: Sequence[CapacityProfile] | None
) -> dict[str, str]:
    errors = {}
    if workstream.capacity_format not in list(CapacityFormat):
        errors["capacity_format"] = "Choose unit based or profile based."
    elif workstream.capacity_format == CapacityFormat.PROFILE and profiles == []:
        errors["capacity_profiles"] = "Choose at least one capacity profile."
    if not _is_within(workstream.capacity_units, 0, MAXIMUM_UNITS):
        errors["capacity_units"] = WHOLE_UNITS
    if workstream.wrap_up_block not in list(WrapUpBlock):
        errors["wrap_up_block"] = "Choose always, never or a custom time."
    elif workstream.wrap_up_block == WrapUpBlock.CUSTOM:
        if not _is_within(workstream.wrap_up_seconds, *WRAP_UP_SECONDS):
            errors["wrap_up_seconds"] = "Choose a time between 30 seconds and 60 minutes."
    elif workstream.wrap_up_seconds is not None:
        errors["wrap_up_seconds"] = "A time goes with custom blocking only."
    presences = workstream.allowed_presences
    if not presences or not set(presences) <= set(BasePresence):
        errors["allowed_presences"] = "Choose at least one of the base presences."
    return errors


def _is_within(value: Any, lowest: int, highest: int) -> bool:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and lowest <= value <= highest
