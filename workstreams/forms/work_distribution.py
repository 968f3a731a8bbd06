"""The form of a workstream's work distribution settings."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms

from agents.models import CapacityProfile
from agents.terms import BasePresence, CapacityFormat, ResetFrequency
from agents.terms import choices as agent_choices
from config.forms import AppForm, Fieldsets
from workstreams.actions.check_workstream import (
    MAXIMUM_UNITS,
    NEVER_WAITS,
    PICKED_ANYWAY,
    PUSH_ONLY,
    closes_after_inactivity,
)
from workstreams.auto_close import MAXIMUM_MINUTES
from workstreams.models import Workstream
from workstreams.terms import (
    DistributionMode,
    SkillMatching,
    WorkstreamType,
    WrapUpBlock,
    choices,
)

if TYPE_CHECKING:
    ProfileFieldBase = forms.ModelMultipleChoiceField[CapacityProfile]
else:
    ProfileFieldBase = forms.ModelMultipleChoiceField  # takes no parameters when it runs

UNITS: Final = {"days": 24 * 60, "hours": 60, "minutes": 1}
PRESENCES = (
    "Agents get this work only in these presences. Leave Do not disturb out if agents who set it "
    "should get no new work. Agents who miss an offer become Inactive where the service is set to "
    "that, and Inactive counts as Appear away: leave that out too if they should get none."
)
WRAP_UP = (
    "What wrap-up does to the agent's capacity. A capacity profile that resets at the end of the "
    "day is not given back when a custom time is over."
)


GONE = "A capacity profile you chose was deleted meanwhile. Choose from those that are shown."
STAYS = "Chosen when the workstream was created; it stays."
CALLS_ARE_PUSHED = "Calls are always offered automatically."
KEEP = (
    "A conversation that comes back goes to the agent who had it, whatever that agent's capacity"
    " and presence. The agent may still decline it. On by default for persistent chat, SMS, social"
    " channels and Teams."
)
NOT_HERE: Final = {
    "auto_close": NEVER_WAITS,
    "keep_same_agent": PUSH_ONLY,
    "may_be_picked": PICKED_ANYWAY,
}
NOT_OF_RECORDS: Final = {
    "keep_same_agent": "Records never come back, so none is kept with the same agent.",
    "wrap_up_block": "Records have no wrap-up: who ends one closes it at once.",
}
KEEP_REMINDER = (
    "Switch this on: this chat is persistent, and customers who come back would meet another agent"
    " otherwise. "
)


class ProfileField(ProfileFieldBase):
    """Capacity profiles; those that reset at the end of the day say so."""

    def label_from_instance(self, profile: CapacityProfile) -> str:
        resets = profile.reset_frequency == ResetFrequency.END_OF_DAY
        return f"{profile} (given back at the end of the day only)" if resets else str(profile)


class WorkDistributionForm(AppForm):
    """All of *See more*; what the channel or the mode does not have is left out."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    distribution_mode = forms.ChoiceField(
        choices=choices(DistributionMode),
        disabled=True,
        label="Work distribution mode",
        help_text=STAYS,
    )
    auto_close = forms.IntegerField(
        required=False,
        min_value=1,
        label="Auto-close after inactivity",
        help_text="Empty: conversations stay until somebody ends them.",
    )
    auto_close_unit = forms.ChoiceField(
        choices=[(unit, unit.capitalize()) for unit in UNITS], initial="days", label="Unit of time"
    )
    capacity_format = forms.ChoiceField(
        choices=agent_choices(CapacityFormat), widget=forms.RadioSelect, label="Capacity"
    )
    capacity_units = forms.IntegerField(
        min_value=0,
        max_value=MAXIMUM_UNITS,
        label="Units",
        help_text="What one work item takes of the agent's units.",
    )
    capacity_profiles = ProfileField(
        CapacityProfile.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        label="Capacity profiles",
        error_messages={"invalid_choice": GONE},
        help_text="One work item takes one of each; the agent needs room in all of them.",
    )
    wrap_up_block = forms.ChoiceField(
        choices=choices(WrapUpBlock), label="Block capacity for wrap-up", help_text=WRAP_UP
    )
    wrap_up_minutes = forms.DecimalField(
        min_value=Decimal("0.5"),
        max_value=60,
        max_digits=6,
        decimal_places=3,
        label="Minutes",
        help_text="From 0.5 (30 seconds) to 60.",
    )
    allowed_presences = forms.MultipleChoiceField(
        choices=agent_choices(BasePresence),
        widget=forms.CheckboxSelectMultiple,
        help_text=PRESENCES,
        error_messages={
            "invalid_choice": "There is no presence %(value)s. Choose from those that are shown."
        },
    )
    skill_matching = forms.ChoiceField(
        choices=choices(SkillMatching), label="Default skill matching algorithm"
    )
    keep_same_agent = forms.BooleanField(
        required=False,
        label="Keep same agent for entire conversation",
        help_text=KEEP,
    )
    may_be_picked = forms.BooleanField(
        required=False,
        label="Enable picking from this push workstream",
        help_text="Members of its queues see the waiting work among their open work items and may"
        " take it, whatever their capacity and presence.",
    )
    shown_when = {
        "capacity_units": "capacity_format=unit",
        "capacity_profiles": "capacity_format=profile",
        "wrap_up_minutes": "wrap_up_block=custom",
    }

    def __init__(self, data: Any = None, *, workstream: Workstream) -> None:
        self.closes = closes_after_inactivity(workstream)
        self.mode = workstream.distribution_mode
        self.is_push = self.mode == DistributionMode.PUSH
        self.is_record = workstream.type == WorkstreamType.RECORD
        super().__init__(data, initial=_initial(workstream))
        if not self.closes:
            del self.fields["auto_close"], self.fields["auto_close_unit"]
        if not self.is_push:
            del self.fields["keep_same_agent"], self.fields["may_be_picked"]
            if workstream.persistent_chat:
                self.fields["distribution_mode"].help_text = f"{STAYS} {PUSH_ONLY}"
        elif workstream.persistent_chat and not workstream.keep_same_agent:
            self.fields["keep_same_agent"].help_text = KEEP_REMINDER + KEEP
        if self.is_record:
            self.fields.pop("keep_same_agent", None)
            del self.fields["wrap_up_block"], self.fields["wrap_up_minutes"]
        if workstream.type == WorkstreamType.VOICE:
            self.fields["distribution_mode"].help_text = f"{CALLS_ARE_PUSHED} {STAYS}"

    @property
    def fieldsets(self) -> Fieldsets:  # type: ignore[override]  # depends on channel and mode
        closing = (("auto_close", "auto_close_unit"),) if self.closes else ()
        affinity = [name for name in ("keep_same_agent", "may_be_picked") if name in self.fields]
        wrap_up = () if self.is_record else (("Wrap-up", ("wrap_up_block", "wrap_up_minutes")),)
        return (
            ("Distribution", ("revision", "distribution_mode", *affinity, *closing)),
            ("Capacity", ("capacity_format", "capacity_units", "capacity_profiles")),
            *wrap_up,
            ("Agents", ("allowed_presences", "skill_matching")),
        )

    def clean(self) -> None:
        """Nothing that stays is sent changed, and the amount and its unit are within a year."""
        self._refuse_what_is_not_here()
        amount, unit = self.cleaned_data.get("auto_close"), self.cleaned_data.get("auto_close_unit")
        if amount and unit and amount * UNITS[unit] > MAXIMUM_MINUTES:
            self.add_error("auto_close", "Choose at most 365 days.")

    def _refuse_what_is_not_here(self) -> None:
        if self.data.get("distribution_mode") not in (None, "", self.mode):
            self.add_error("distribution_mode", STAYS)
        sentences = NOT_HERE | (NOT_OF_RECORDS if self.is_record else {})
        for name, sentence in sentences.items():
            sent = self.base_fields[name].widget.value_from_datadict(self.data, {}, name)
            # What holds where nothing was chosen is no choice.
            if name not in self.fields and sent and sent != WrapUpBlock.ALWAYS:
                self.add_error(None, sentence)

    def settings(self) -> dict[str, Any]:
        """What ``edit_workstream`` wants."""
        typed = self.cleaned_data
        settings = {
            "revision": typed["revision"],
            "capacity_format": typed["capacity_format"],
            "allowed_presences": typed["allowed_presences"],
            "skill_matching": typed["skill_matching"],
        }
        if typed["capacity_format"] == CapacityFormat.UNIT:
            settings["capacity_units"] = typed["capacity_units"]
        else:
            settings["capacity_profiles"] = list(typed["capacity_profiles"])
        if not self.is_record:
            minutes = typed["wrap_up_minutes"]
            settings["wrap_up_block"] = typed["wrap_up_block"]
            settings["wrap_up_seconds"] = None if minutes is None else round(minutes * 60)
        if self.is_push:
            settings["may_be_picked"] = typed["may_be_picked"]
        if self.is_push and not self.is_record:
            settings["keep_same_agent"] = typed["keep_same_agent"]
        if self.closes:
            amount = typed["auto_close"]
            settings["auto_close_after_minutes"] = (
                amount and amount * UNITS[typed["auto_close_unit"]]
            )
        return settings


def _initial(workstream: Workstream) -> dict[str, Any]:
    amount, unit = _amount(workstream.auto_close_after_minutes)
    seconds = workstream.wrap_up_seconds
    minutes = Decimal(seconds or 60) / 60
    return {
        "revision": workstream.revision,
        "distribution_mode": workstream.distribution_mode,
        "auto_close": amount,
        "auto_close_unit": unit,
        "capacity_format": workstream.capacity_format,
        "capacity_units": workstream.capacity_units,
        "capacity_profiles": [profile.pk for profile in workstream.capacity_profiles.all()],
        "wrap_up_block": workstream.wrap_up_block,
        "wrap_up_minutes": round(minutes, 3).normalize().__format__("f"),
        "allowed_presences": workstream.allowed_presences,
        "skill_matching": workstream.skill_matching,
        "keep_same_agent": workstream.keep_same_agent,
        "may_be_picked": workstream.may_be_picked,
    }


def _amount(minutes: int | None) -> tuple[int | None, str]:
    """The amount in the largest unit that fits without a rest."""
    if minutes is None:
        return None, "days"
    unit = next(unit for unit, size in UNITS.items() if minutes % size == 0)
    return minutes // UNITS[unit], unit
