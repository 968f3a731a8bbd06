"""What agents, or items of a bucket, are ordered by, as people choose it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms

from agents.models import AgentAttribute
from agents.terms import AttributeType
from routing.catalogue import Catalogue
from routing.engine.methods.attributes import path_of
from routing.engine.methods.check import BY_SKILLS, MOST_ORDERS
from routing.engine.methods.misread import NO_ORDER, WITHOUT_ORDER
from routing.engine.methods.shapes import Order

LEAST_SHOWN: Final = 3
# "by direction": each pair in words.
CHOICES: Final = (
    ("", "Nothing more"),
    (f"{Order.CAPACITY} descending", "Available capacity, most first"),
    (f"{Order.CAPACITY} ascending", "Available capacity, least first"),
    (f"{Order.UNITS} descending", "Free units, most first"),
    (f"{Order.UNITS} ascending", "Free units, least first"),
    (f"{Order.PROFILES} descending", "Room in capacity profiles, most first"),
    (f"{Order.PROFILES} ascending", "Room in capacity profiles, least first"),
    (f"{Order.LEAST_ACTIVE}", "Least active: longest without work"),
    (f"{Order.ROUND_ROBIN}", "Round robin: longest without an assignment in this queue"),
    (f"{Order.NEAREST}", "Proficiency, nearest first"),
    (f"{Order.MOST}", "Proficiency, most first"),
    (f"{Order.SKILL_COUNT}", "Number of required skills, most first"),
    ("agent.name ascending", "Name, A to Z"),
    ("agent.name descending", "Name, Z to A"),
    ("agent.username ascending", "Username, A to Z"),
    ("agent.username descending", "Username, Z to A"),
    ("agent.role ascending", "Role, A to Z"),
    ("agent.role descending", "Role, Z to A"),
    ("agent.locale ascending", "Language, A to Z"),
    ("agent.locale descending", "Language, Z to A"),
    ("agent.nickname ascending", "Nickname, A to Z"),
    ("agent.nickname descending", "Nickname, Z to A"),
    ("agent.hours ascending", "Operating hours, A to Z"),
    ("agent.hours descending", "Operating hours, Z to A"),
    ("agent.units_limit descending", "Capacity in units, most first"),
    ("agent.units_limit ascending", "Capacity in units, least first"),
    ("agent.created_at ascending", "Created, longest here first"),
    ("agent.created_at descending", "Created, newest first"),
)
# What ascending and descending mean, by the type of an attribute.
WAYS: Final = {
    AttributeType.TEXT: ("A to Z", "Z to A"),
    AttributeType.CHOICE: ("A to Z", "Z to A"),
    AttributeType.NUMBER: ("least first", "most first"),
    AttributeType.DATE: ("earliest first", "latest first"),
    AttributeType.BOOLEAN: ("no first", "yes first"),
}
DIRECTIONS: Final = (
    ("ascending", "Smallest or earliest first"),
    ("descending", "Largest or latest first"),
)


class AgentOrders(forms.Form):
    """Up to five things, one after the other."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        orders: Sequence[Mapping[str, Any]],
        skill_types: Iterable[str],
        attributes: Iterable[AgentAttribute] = (),
    ) -> None:
        super().__init__(data)
        choices = [*CHOICES, *(each for row in attributes for each in _choices_of(row))]
        types = [("", "All skills"), *((name, f"Type {name}") for name in skill_types)]
        self.count = min(max(LEAST_SHOWN, len(orders) + 1), MOST_ORDERS)
        for index in range(MOST_ORDERS if data is not None else self.count):
            stored = orders[index] if index < len(orders) else {}
            key = " ".join(filter(None, [stored.get("by"), stored.get("direction")]))
            word = "Order by" if index == 0 else "then by"
            self.fields[f"order-{index}"] = forms.ChoiceField(
                choices=choices if key in dict(choices) else [*choices, (key, key)],
                required=False,
                label=word,
                initial=key,
            )
            kind = stored.get("skill_type") or ""
            known = types if kind in dict(types) else [*types, (kind, f"Type {kind}")]
            self.fields[f"type-{index}"] = forms.ChoiceField(
                choices=known, required=False, label="of", initial=kind
            )
            for name in (f"order-{index}", f"type-{index}"):
                self.fields[name].widget.attrs["class"] = "form-select"

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField, str]]:
        """What is ordered by, of which skills, and when the second is shown."""
        by_skills = "|".join(BY_SKILLS)
        return [
            (self[f"order-{index}"], self[f"type-{index}"], f"order-{index}={by_skills}")
            for index in range(self.count)
        ]

    def document(self) -> list[dict[str, str]]:
        """In the words of the public contract; gaps close."""
        found = []
        for index in range(MOST_ORDERS):
            by, direction = _parts(self.cleaned_data.get(f"order-{index}", ""))
            if by:
                kind = self.cleaned_data.get(f"type-{index}", "") if by in BY_SKILLS else ""
                order = {"by": by, "direction": direction, "skill_type": kind}
                found.append({key: value for key, value in order.items() if value})
        return found


def _parts(chosen: str) -> tuple[str, str]:
    """What is ordered by, and which way; names may have blanks."""
    by, _, direction = chosen.rpartition(" ")
    return (by, direction) if direction in dict(DIRECTIONS) else (chosen, "")


def _choices_of(attribute: AgentAttribute) -> Iterable[tuple[str, str]]:
    ways = WAYS[AttributeType(attribute.type)]
    for direction, words in zip(("ascending", "descending"), ways, strict=True):
        yield f"{path_of(attribute.name)} {direction}", f"{attribute.name}, {words}"


class BucketOrder(forms.Form):
    """A field of the item, either way; without one the oldest first."""

    by = forms.CharField(
        required=False,
        max_length=200,
        label="Order by",
        help_text="A field that holds a date or a number, such as Record: due. Empty: first in,"
        " first out.",
    )
    direction = forms.ChoiceField(choices=DIRECTIONS, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, order: Mapping[str, Any] | None, catalogue: Catalogue
    ) -> None:
        stored = order or {}
        initial = {
            "by": catalogue.label_of(stored["by"]) if stored else "",
            "direction": stored.get("direction", "ascending"),
        }
        super().__init__(data, initial=initial)
        self.catalogue = catalogue
        self.fields["by"].widget.attrs |= {
            "class": "form-control",
            "list": "fields",
            "autocomplete": "off",
        }
        self.fields["direction"].widget.attrs["class"] = "form-select"

    def clean_by(self) -> str:
        """Refuses what is known to hold neither a number nor a date."""
        typed = str(self.cleaned_data["by"]).strip()
        path = self.catalogue.path_of(typed) if typed else ""
        if path and (path in WITHOUT_ORDER or not self.catalogue.may_order(path)):
            raise forms.ValidationError(NO_ORDER)
        return typed

    def document(self) -> dict[str, str] | None:
        """In the words of the public contract."""
        typed = self.cleaned_data.get("by", "")
        if not typed:
            return None
        direction = self.cleaned_data.get("direction") or "ascending"
        return {"by": self.catalogue.path_of(typed), "direction": direction}
