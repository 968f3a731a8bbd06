"""What one agent can do: skills with ratings, capacity profiles, queues.

Each form lists everything there is, so that it works without JavaScript.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms import BoundField

from agents.models import Agent, CapacityProfile, Skill
from config.shown_values import ShownValues
from workstreams.models import Queue

RATING: Final = re.compile(r"rating-(\d{1,9})", re.ASCII)
HAS: Final = re.compile(r"has-(\d{1,9})", re.ASCII)
NUMBER = {"class": "form-control"}
TICK = {"class": "form-check-input"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One skill or profile with its two fields."""

    label: str
    text: str
    first: BoundField
    second: BoundField | None


def rating_field(
    skill: Skill, *, label: str, value: int | None = None, empty: str = "none"
) -> forms.Field:
    """A number on the skill's scale, or one of its named values."""
    scale = skill.rating_model
    if scale.value_names:
        return forms.TypedChoiceField(
            label=label,
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", empty), *scale.choices()],
            initial=value,
            widget=forms.Select(attrs={"class": "form-select"}),
        )
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=scale.minimum,
        max_value=scale.maximum,
        initial=value,
        widget=forms.NumberInput(attrs=NUMBER),
    )


def rated_in(sent: Mapping[str, str]) -> set[int]:
    """The ids of the skills that have a rating in what was sent."""
    found = ((RATING.fullmatch(name), value) for name, value in sent.items())
    return {int(named[1]) for named, value in found if named and value.strip()}


def given_in(sent: Mapping[str, str]) -> set[int]:
    """The ids of the profiles that are ticked in what was sent."""
    return {int(named[1]) for name in sent if (named := HAS.fullmatch(name))}


class AgentSkillsForm(ShownValues):
    """A rating for each skill the agent has; empty for those the agent has not.

    A skill counts from its first rating on; only then can that be switched off.
    """

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has = {row.skill_id: row for row in agent.skills.all()}
        self.known = list(Skill.objects.select_related("rating_model", "skill_type"))
        for skill in self.known:
            row = has.get(skill.pk)
            self.fields[f"rating-{skill.pk}"] = rating_field(
                skill, label=f"Rating of {skill}", value=row.rating if row else None
            )
            if row is not None:
                self.fields[f"active-{skill.pk}"] = forms.BooleanField(
                    label=f"{skill} counts",
                    required=False,
                    initial=row.is_active,
                    widget=forms.CheckboxInput(attrs=TICK),
                )
        self.keep_shown()

    def lines(self) -> Iterable[Line]:
        for skill in self.known:
            scale = skill.rating_model
            yield Line(
                label=skill.name,
                text=f"{skill.skill_type}, {scale.minimum} to {scale.maximum}",
                first=self[f"rating-{skill.pk}"],
                second=self[f"active-{skill.pk}"] if f"active-{skill.pk}" in self.fields else None,
            )

    def ratings(self) -> list[tuple[Skill, int]]:
        rated = ((skill, self.cleaned_data[f"rating-{skill.pk}"]) for skill in self.known)
        return [(skill, rating) for skill, rating in rated if rating is not None]

    def inactive(self) -> list[Skill]:
        return [
            skill for skill in self.known if self.cleaned_data.get(f"active-{skill.pk}") is False
        ]


class AgentProfilesForm(ShownValues):
    """The profiles the agent has, each with a limit of its own where wanted."""

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has = {row.profile_id: row for row in agent.capacity_profiles.all()}
        self.known = list(CapacityProfile.objects.all())
        for profile in self.known:
            row = has.get(profile.pk)
            self.fields[f"has-{profile.pk}"] = forms.BooleanField(
                label=f"Has {profile}",
                required=False,
                initial=row is not None,
                widget=forms.CheckboxInput(attrs=TICK),
            )
            self.fields[f"limit-{profile.pk}"] = forms.IntegerField(
                label=f"Own limit of {profile}",
                required=False,
                min_value=0,
                max_value=32767,
                initial=row.custom_limit if row else None,
                widget=forms.NumberInput(attrs=NUMBER),
            )
        self.keep_shown()

    def lines(self) -> Iterable[Line]:
        for profile in self.known:
            yield Line(
                label=profile.name,
                text=f"Limit {profile.work_item_limit}, {profile.get_reset_frequency_display()}",
                first=self[f"has-{profile.pk}"],
                second=self[f"limit-{profile.pk}"],
            )

    def profiles(self) -> list[tuple[CapacityProfile, int | None]]:
        return [
            (profile, self.cleaned_data[f"limit-{profile.pk}"])
            for profile in self.known
            if self._has(profile)
        ]

    def _has(self, profile: CapacityProfile) -> bool:
        """Who sets a limit for a profile that the agent has means that the agent has it."""
        has, limit = f"has-{profile.pk}", f"limit-{profile.pk}"
        is_meant = limit in self.touched and bool(self[has].data)
        return is_meant or self.cleaned_data[has]


class AgentQueuesForm(ShownValues):
    """The queues the agent serves."""

    queues = forms.ModelMultipleChoiceField(
        Queue.objects.order_by("type", "name"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=TICK),
        label="Queues",
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["queues"] = list(agent.memberships.values_list("queue_id", flat=True))
        self.fields["queues"].label_from_instance = (  # type: ignore[attr-defined]  # ModelChoiceField
            lambda queue: f"{queue.name} ({queue.get_type_display().lower()})"
        )
        self.keep_shown()
