"""What to do with many agents at once."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.http import QueryDict

from agents.forms.attributes import check_field, value_field, value_of
from agents.models import AgentAttribute, CapacityProfile, OperatingHours, Presence, Skill
from agents.permissions import STAFFING
from config.forms import AppForm, Fieldsets
from workstreams.agent_changes import KEEP, AgentChange
from workstreams.models import Queue

AS_THEY_ARE: Final = ("", "Leave as they are")
AS_IT_IS: Final = ("keep", "Leave as it is")
SEVERAL: Final = {"size": 6, "class": "form-select"}
NOTHING: Final = "Say what to change."
NOT_FOR_SUPERVISORS: Final = (
    "Only administrators change skills, attributes and operating hours of agents."
)
TWICE: Final = "{} stands above already: one change of a skill at a time."
SKILL_VERBS: Final = (
    ("add", "Add, or rate anew"),
    ("remove", "Remove"),
    ("activate", "Let them count again"),
    ("deactivate", "Do not count them for now"),
)
ANY_SKILL_VERB: Final = "|".join(verb for verb, _ in SKILL_VERBS)
STAFFING_FIELDS: Final = STAFFING | {"queues_verb", "profiles_verb", "profiles", "limit"}
# Endings of the fields of each change of skills, in their order.
PLACES: Final = ("", "_2", "_3")

FIELDSETS: Final[Fieldsets] = (
    (
        "Skills",
        tuple(
            row
            for each in PLACES
            for row in (f"skills_verb{each}", (f"skills{each}", f"rating{each}"))
        ),
    ),
    ("Queues", ("queues_verb", "queues")),
    ("Capacity profiles", ("profiles_verb", ("profiles", "limit"))),
    ("Presence and hours", (("presence", "default_presence"), "operating_hours")),
)
SHOWN_WHEN: Final[dict[str, str]] = {
    "skills_verb_2": f"skills_verb={ANY_SKILL_VERB}",
    "skills_verb_3": f"skills_verb_2={ANY_SKILL_VERB}",
    **{f"skills{each}": f"skills_verb{each}={ANY_SKILL_VERB}" for each in PLACES},
    **{f"rating{each}": f"skills_verb{each}=add" for each in PLACES},
    "queues": "queues_verb=join|leave",
    "profiles": "profiles_verb=add|limit|default|remove",
    "limit": "profiles_verb=limit",
}


def _several(rows: Any, label: str) -> forms.ModelMultipleChoiceField:  # type: ignore[type-arg]  # any row
    return forms.ModelMultipleChoiceField(
        rows, required=False, label=label, widget=forms.SelectMultiple(attrs=SEVERAL)
    )


def _verb(label: str, *verbs: tuple[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[AS_THEY_ARE, *verbs], required=False, label=label)


class AgentChangeForm(AppForm):
    """Some things with skills, one with queues, profiles and an attribute, and the settings."""

    skills_verb = _verb("Change skills", *SKILL_VERBS)
    skills = _several(Skill.objects.select_related("rating_model"), "Which skills")
    rating = forms.IntegerField(required=False, min_value=0, max_value=32767, label="Rating")
    skills_verb_2 = _verb("And then", *SKILL_VERBS)
    skills_2 = _several(Skill.objects.select_related("rating_model"), "Which skills then")
    rating_2 = forms.IntegerField(required=False, min_value=0, max_value=32767, label="Rating then")
    skills_verb_3 = _verb("And at last", *SKILL_VERBS)
    skills_3 = _several(Skill.objects.select_related("rating_model"), "Which skills at last")
    rating_3 = forms.IntegerField(
        required=False, min_value=0, max_value=32767, label="Rating at last"
    )
    queues_verb = _verb("Change queues", ("join", "Join"), ("leave", "Leave"))
    queues = _several(Queue.objects.order_by("type", "name"), "Which queues")
    profiles_verb = _verb(
        "Change capacity profiles",
        ("add", "Give"),
        ("limit", "Give, with a limit of their own"),
        ("default", "Give, with the profile's limit"),
        ("remove", "Take away"),
    )
    profiles = _several(CapacityProfile.objects.all(), "Which profiles")
    limit = forms.IntegerField(required=False, min_value=0, max_value=32767, label="Own limit")
    attribute = forms.ChoiceField(required=False, label="Change an attribute")
    presence = forms.ModelChoiceField(
        Presence.objects.filter(agents_may_set=True),
        required=False,
        empty_label="Leave as it is",
        label="Presence now",
    )
    default_presence = forms.ChoiceField(required=False, label="Default presence")
    operating_hours = forms.ChoiceField(required=False, label="Operating hours")

    fieldsets = FIELDSETS
    shown_when = SHOWN_WHEN

    # What this person cannot change, said on the page.
    note = ""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        presences = Presence.objects.filter(agents_may_set=True)
        self.rows: dict[str, dict[str, Any]] = {
            "default_presence": {str(row.pk): row for row in presences},
            "operating_hours": {str(row.pk): row for row in OperatingHours.objects.all()},
        }
        for name, empty in (("default_presence", "None: Available"), ("operating_hours", "None")):
            rows = [(pk, str(row)) for pk, row in self.rows[name].items()]
            self.fields[name].choices = [AS_IT_IS, ("none", empty), *rows]  # type: ignore[attr-defined]  # ChoiceField
        self.attributes = {f"attribute_{row.pk}": row for row in AgentAttribute.objects.all()}
        self._add_attributes()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for verb, rows in (
            *((f"skills_verb{each}", f"skills{each}") for each in PLACES),
            ("queues_verb", "queues"),
            ("profiles_verb", "profiles"),
        ):
            if cleaned.get(verb) and not cleaned.get(rows) and rows not in self.errors:
                self.add_error(rows, "Choose at least one.")
        for each in PLACES:
            if cleaned.get(f"skills_verb{each}") == "add":
                self._clean_rating(cleaned, each)
        self._refuse_twice(cleaned)
        if (name := self._chosen_attribute()) and name not in self.errors:
            check_field(self, name, self.attributes[name])
        if cleaned.get("profiles_verb") == "limit" and cleaned.get("limit") is None:
            self.add_error("limit", "Name the limit.")
        if not self.errors and self.change() == AgentChange():
            self.add_error(None, NOTHING)
        return cleaned

    def change(self) -> AgentChange:
        said = self.cleaned_data
        queues, profiles = said["queues"], said["profiles"]
        queue, profile = said["queues_verb"], said["profiles_verb"]
        limit = {"add": KEEP, "default": None, "limit": said["limit"]}
        return AgentChange(
            skills=dict(self._skills("add")),
            skills_removed=tuple(skill for skill, _ in self._skills("remove")),
            skills_activated=tuple(skill for skill, _ in self._skills("activate")),
            skills_deactivated=tuple(skill for skill, _ in self._skills("deactivate")),
            queues_joined=tuple(queues) if queue == "join" else (),
            queues_left=tuple(queues) if queue == "leave" else (),
            profiles=dict.fromkeys(profiles, limit[profile]) if profile in limit else {},
            profiles_removed=tuple(profiles) if profile == "remove" else (),
            attributes=self._attribute(),
            presence=said["presence"],
            default_presence=self._setting("default_presence"),
            operating_hours=self._setting("operating_hours"),
        )

    def fingerprint(self) -> str:
        """Another once anything of the form is another: only what was previewed is applied."""
        data = self.data
        lists = data.lists() if isinstance(data, QueryDict) else data.items()
        said = {name: values for name, values in lists if name in self.fields}
        said["agents"] = data.get("agents", "")
        text = json.dumps(said, sort_keys=True, default=str)
        return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()

    def _add_attributes(self) -> None:
        """A field for each, shown when it is the one that is changed."""
        names = [(str(row.pk), row.name) for row in self.attributes.values()]
        self.fields["attribute"].choices = [AS_THEY_ARE, *names]  # type: ignore[attr-defined]  # ChoiceField
        for name, row in self.attributes.items():
            self.fields[name] = value_field(row, label=row.name)
            self.fields[name].help_text = "Empty: those who have a value lose it."
        shown = {name: f"attribute={row.pk}" for name, row in self.attributes.items()}
        self.shown_when = {**SHOWN_WHEN, **shown}  # type: ignore[misc]  # a form has fields of its own
        if self.attributes:
            *others, last = FIELDSETS
            own = ("Attributes", ("attribute", *self.attributes))
            self.fieldsets = (*others, own, last)  # type: ignore[misc]  # as above

    def _chosen_attribute(self) -> str:
        pk = self.cleaned_data.get("attribute")
        return f"attribute_{pk}" if pk else ""

    def _attribute(self) -> dict[AgentAttribute, Any]:
        name = self._chosen_attribute()
        if not name:
            return {}
        row = self.attributes[name]
        return {row: value_of(row, self.cleaned_data[name])}

    def _setting(self, name: str) -> Any:
        match self.cleaned_data.get(name):
            case "keep" | "" | None:
                return KEEP
            case "none":
                return None
            case pk:
                return self.rows[name][pk]

    def _skills(self, verb: str) -> Iterator[tuple[Skill, Any]]:
        """Skills that this is to be done with, each with the rating beside it."""
        said = self.cleaned_data
        for each in PLACES:
            if said[f"skills_verb{each}"] == verb:
                yield from ((skill, said[f"rating{each}"]) for skill in said[f"skills{each}"])

    def _clean_rating(self, cleaned: dict[str, Any], place: str) -> None:
        field = f"rating{place}"
        rating = cleaned.get(field)
        if rating is None:
            if field not in self.errors:
                self.add_error(field, "Name the rating.")
            return
        for skill in cleaned.get(f"skills{place}") or ():
            scale = skill.rating_model
            if not scale.minimum <= rating <= scale.maximum:
                sentence = f"{skill} is rated from {scale.minimum} to {scale.maximum}."
                self.add_error(field, sentence)

    def _refuse_twice(self, cleaned: dict[str, Any]) -> None:
        """What would be undone by the next change is a slip."""
        seen: set[Skill] = set()
        for each in PLACES:
            chosen = set(cleaned.get(f"skills{each}") or ())
            for skill in sorted(chosen & seen, key=str):
                self.add_error(f"skills{each}", TWICE.format(skill))
            seen |= chosen


class StaffingChangeForm(AgentChangeForm):
    """What supervisors change of many agents at once (B 13.1)."""

    note = NOT_FOR_SUPERVISORS

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fieldsets = (  # type: ignore[misc]  # a form has fields of its own
            *(each for each in FIELDSETS if each[0] in ("Queues", "Capacity profiles")),
            ("Presence", (("presence", "default_presence"),)),
        )
        self.close(set(self.fields) - STAFFING_FIELDS, reason=NOT_FOR_SUPERVISORS)
