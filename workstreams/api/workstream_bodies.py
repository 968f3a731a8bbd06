"""What may be sent of a workstream, and how it reads as settings."""

from typing import Annotated, Any, Literal

from pydantic import Field

from agents.models import CapacityProfile
from config.api.named_rows import named, named_list
from config.api.problems import Invalid
from config.api.schema import Body, Flag, LongName, Name, number, optional
from workstreams.models import NotificationTemplate, Queue, RecordType, SessionTemplate
from workstreams.queries.built_in_templates import TEMPLATE_FIELDS

Type = Literal["messaging", "record", "voice"]
ChannelName = Literal[
    "live_chat",
    "sms",
    "whatsapp",
    "facebook",
    "line",
    "wechat",
    "teams",
    "custom",
    "record",
    "voice",
]
Mode = Literal["push", "pick"]
BaseName = Literal["available", "busy", "busy_dnd", "away", "offline"]
Matching = Literal["exact", "closest", "none"]
Minutes = Annotated[int, number(1, 525_600)]


class CapacityIn(Body):
    """``unit`` with ``units``, which stay where they are left out, or ``profile`` with
    ``profiles``."""

    format: Literal["unit", "profile"]
    units: Annotated[int, number(0, 1000)] = optional()
    profiles: list[Name] = optional(max_length=50)


class WrapUpIn(Body):
    """``custom`` needs ``seconds``, 30 to 3600."""

    mode: Literal["always", "never", "custom"]
    seconds: Annotated[int, number(30, 3600)] = optional()


class FallbackQueueIn(Body):
    """An existing queue by name, or the name of a new one."""

    existing: LongName = optional()
    new: LongName = optional()

    def chosen(self) -> tuple[Queue | None, str]:
        """The existing queue, or the name of the new one; exactly one of the two."""
        given = self.given()
        if len(given) != 1:
            raise Invalid("fallback_queue", 'Give either "existing" or "new".')
        if "new" in given:
            return None, given["new"]
        return named(Queue, "fallback_queue.existing", given["existing"]), ""


class WorkstreamChanges(Body):
    """What to change; a field left out stays. The distribution mode can never change.

    With a ``revision`` the change is refused when somebody else saved meanwhile.
    """

    name: Name = optional()
    capacity: CapacityIn = optional()
    wrap_up_block: WrapUpIn = optional()
    allowed_presences: list[BaseName] = optional(max_length=5)
    skill_matching: Matching = optional()
    keep_same_agent: Flag = optional()
    may_be_picked: Flag = optional()
    auto_close_after_minutes: Minutes | None = optional()
    notification_template: Name = optional()
    authenticated_template: Name | None = optional()
    consult_template: Name | None = optional()
    transfer_template: Name | None = optional()
    supervisor_assign_template: Name | None = optional()
    session_template: Name | None = optional()
    distribution_mode: Mode = optional()
    type: Type = optional()
    channel: ChannelName = optional()
    record_type: Name | None = optional()
    persistent_chat: Flag = optional()
    revision: Annotated[int, number(1, 2**31 - 1)] = optional()


class WorkstreamIn(Body):
    """A new workstream; what is left out gets the defaults of its channel."""

    name: Name
    type: Type
    distribution_mode: Mode
    fallback_queue: FallbackQueueIn
    channel: ChannelName = optional()
    record_type: Name | None = optional()
    persistent_chat: Flag = False
    capacity: CapacityIn = optional()
    wrap_up_block: WrapUpIn = optional()
    allowed_presences: list[BaseName] = optional(max_length=5)
    skill_matching: Matching = optional()
    keep_same_agent: Flag = optional()
    may_be_picked: Flag = optional()
    auto_close_after_minutes: Minutes | None = optional()
    notification_template: Name = optional()
    authenticated_template: Name | None = optional()
    consult_template: Name | None = optional()
    transfer_template: Name | None = optional()
    supervisor_assign_template: Name | None = optional()
    session_template: Name | None = optional()

    def check_channel(self) -> None:
        """Record and voice workstreams have one channel each, which need not be said."""
        given = self.given()
        needs_none = self.type in ("record", "voice")
        if given.get("channel", self.type) != self.type and needs_none:
            raise Invalid("channel", "Choose a channel of this type.")


class CopyIn(Body):
    """The name of the copy; "Copy of ..." unless given."""

    name: Annotated[str, Field(max_length=100)] = ""


PLAIN = (
    "name",
    "skill_matching",
    "keep_same_agent",
    "may_be_picked",
    "auto_close_after_minutes",
    "distribution_mode",
    "type",
    "channel",
    "persistent_chat",
    "revision",
)


def settings_of(values: dict[str, Any]) -> dict[str, Any]:
    """The sent fields under the names of ``edit_workstream``, with rows instead of names."""
    settings = {name: values[name] for name in PLAIN if name in values}
    if "allowed_presences" in values:
        settings["allowed_presences"] = list(dict.fromkeys(values["allowed_presences"]))
    if "capacity" in values:
        settings |= _capacity(values["capacity"].given())
    if "wrap_up_block" in values:
        block = values["wrap_up_block"].given()
        settings["wrap_up_block"] = block["mode"]
        settings["wrap_up_seconds"] = block.get("seconds")
    for field in TEMPLATE_FIELDS.values():
        if field in values:
            settings[field] = named(NotificationTemplate, field, values[field])
    if "session_template" in values:
        name = values["session_template"]
        settings["session_template"] = named(SessionTemplate, "session_template", name)
    if "record_type" in values:
        settings["record_type"] = named(RecordType, "record_type", values["record_type"])
    return settings


def _capacity(capacity: dict[str, Any]) -> dict[str, Any]:
    settings: dict[str, Any] = {"capacity_format": capacity["format"]}
    if capacity["format"] == "unit":
        if "profiles" in capacity:
            raise Invalid("capacity.profiles", "Unit-based capacity has no profiles.")
        if "units" in capacity:
            settings["capacity_units"] = capacity["units"]
        return settings | {"capacity_profiles": []}
    if "units" in capacity:
        raise Invalid("capacity.units", "Profile-based capacity has no units.")
    names = capacity.get("profiles", [])
    rows = named_list(CapacityProfile.objects.all(), "capacity.profiles", names)
    return settings | {"capacity_profiles": rows}
