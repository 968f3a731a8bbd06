"""Rows of conditions as people type them, and back."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django import forms

from routing.engine.conditions import OPERATORS, Takes
from routing.engine.conditions.values import DURATION_UNITS

JOINS: Final = (("all", "all of these are true"), ("any", "at least one of these is true"))
# Suggested while typing; any field of the groups may be named.
FIELDS: Final = (
    "context.topic",
    "context.tier",
    "customer.name",
    "customer.email",
    "contact.name",
    "contact.email",
    "account.name",
    "account.email",
    "attributes.",
    "engagement.instance",
    "case.title",
    "case.number",
    "record.type",
    "record.created_at",
    "channel",
    "title",
    "priority",
    "skills",
)
# The operators beside which a value is typed, as data-shown-when reads it.
WITH_VALUE: Final = "op=" + "|".join(
    name for name, each in OPERATORS.items() if each.takes is not Takes.NOTHING
)
Row = dict[str, str]


class ConditionRow(forms.Form):
    """One row; an entirely empty row is left out."""

    field = forms.CharField(required=False, max_length=200)
    op = forms.ChoiceField(choices=[(name, each.words) for name, each in OPERATORS.items()])
    value = forms.CharField(required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = int((self.prefix or "0").rpartition("-")[2] or 0) + 1
        looks = {
            "field": {
                "class": "form-control",
                "list": "condition-fields",
                "autocomplete": "off",
                "placeholder": "context.tier",
            },
            "op": {"class": "form-select"},
            "value": {"class": "form-control"},
        }
        for name, attributes in looks.items():
            label = {"field": "Field", "op": "Comparison", "value": "Value"}[name]
            attributes["aria-label"] = f"{label} of condition {number}"
            self.fields[name].widget.attrs.update(attributes)
        self.fields["value"].shown_when = WITH_VALUE  # type: ignore[attr-defined]  # read by the row's template

    @property
    def is_blank(self) -> bool:
        """Nothing is typed or chosen; a row that only lacks its field is a mistake."""
        typed = self.cleaned_data
        is_chosen = typed.get("op") not in (None, next(iter(OPERATORS)))
        return not (is_chosen or typed.get("field") or typed.get("value"))

    def document(self) -> dict[str, Any]:
        """The row in the words of the public contract."""
        typed = self.cleaned_data
        row = {"field": typed["field"].strip(), "op": typed["op"]}
        takes = OPERATORS[typed["op"]].takes
        return (
            row if takes is Takes.NOTHING else {**row, "value": typed_value(takes, typed["value"])}
        )


ConditionRows = forms.formset_factory(ConditionRow, extra=0, max_num=100, absolute_max=101)


def is_flat(when: Mapping[str, Any] | None) -> bool:
    """Whether rows joined by one word can show the condition as it is."""
    if not when or "field" in when:
        return not when or _is_plain(when)
    [(join, children)] = when.items() if len(when) == 1 else [("", ())]
    return join in ("all", "any") and all(map(_is_plain, children))


def as_rows(when: Mapping[str, Any] | None) -> tuple[str, list[Row]]:
    """The joining word and the rows of a flat condition."""
    if not when:
        return "all", []
    if "field" in when:
        return "all", [_as_row(when)]
    [(join, children)] = when.items()
    return join, [_as_row(child) for child in children]


def from_rows(join: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The condition of these rows; none means always."""
    if len(rows) == 1:
        return rows[0]
    return {join: rows} if rows else {}


def typed_value(takes: Takes, text: str) -> Any:
    """What the operator wants out of what was typed; the engine's check says what is wrong."""
    text = text.strip()
    if takes is Takes.VALUES:
        return [scalar(part) for part in text.split(",") if part.strip()]
    if takes is Takes.RANGE:
        return [scalar(part) for part in text.replace(" and ", ",").split(",") if part.strip()]
    if takes is Takes.DURATION:
        return _duration(text)
    return scalar(text) if takes in (Takes.VALUE, Takes.NUMBER) else text


def scalar(text: str) -> Any:
    """A number or a truth value where the text is exactly one, else the text."""
    text = text.strip()
    if text in ("true", "false"):
        return text == "true"
    try:
        number = json.loads(text)
    except ValueError:
        return text
    return number if type(number) in (int, float) and str(number) == text else text


def shown(value: Any) -> str:
    """A value as it is typed."""
    if isinstance(value, list | tuple):
        return ", ".join(shown(each) for each in value)
    if isinstance(value, Mapping):
        return " ".join(f"{amount} {unit}" for unit, amount in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _duration(text: str) -> Any:
    amount, _, unit = text.partition(" ")
    unit = unit.strip().lower()
    unit = unit if unit.endswith("s") or not unit else f"{unit}s"
    if unit in DURATION_UNITS:
        return {unit: scalar(amount)}
    return scalar(text)


def _as_row(row: Mapping[str, Any]) -> Row:
    return {"field": row["field"], "op": row["op"], "value": shown(row.get("value"))}


def _is_plain(row: Any) -> bool:
    """Whether the row comes back as it was when shown and typed again."""
    if not isinstance(row, Mapping) or not set(row) <= {"field", "op", "value"}:
        return False
    operator = OPERATORS.get(str(row.get("op")))
    if operator is None or "field" not in row:
        return False
    if operator.takes is Takes.NOTHING:
        return True
    value = row.get("value")
    again = typed_value(operator.takes, shown(value))
    return again == value or str(again) == str(value)
