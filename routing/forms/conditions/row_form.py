"""The fields of one row: what is asked about, how it is compared, and with what."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.urls import reverse

from routing.catalogue import ConditionField, Lookup
from routing.engine.conditions import OPERATORS, Takes
from routing.engine.conditions.types import OPERATORS_OF, FieldType
from routing.engine.conditions.values import DURATION_UNITS, WrongTypeError, as_number
from routing.forms.conditions.moments import parted
from routing.forms.conditions.nodes import Row
from routing.forms.conditions.values import Input, input_of, listed

# Names of the rows that a value can be, as far as they are few.
Names = Mapping[Lookup, Sequence[str]]
TRUTH: Final = (("true", "Yes"), ("false", "No"))
WITH_VALUE: Final = "op=" + "|".join(
    name for name, each in OPERATORS.items() if each.takes is not Takes.NOTHING
)
SEARCHED: Final = (Lookup.CONTACT, Lookup.ACCOUNT)
# The fields of a value in the order in which they are shown.
VALUES: Final = ("value", "time", "values", "second", "second_time")


class RowForm(forms.Form):
    """Shows what was typed as it is; whether it is right says the check of the whole condition."""

    field = forms.CharField(required=False)
    op = forms.CharField(required=False)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, row: Row, field: ConditionField | None, about: str, names: Names) -> None:
        self.row, self.known, self.names = row, field, names
        self._parts: dict[str, str] = {}
        super().__init__(_data(row), prefix=row.prefix, auto_id="%s")
        row.op = row.op or self._operators[0]
        self._show_field(about)
        self._show_operator()
        self._show_value()

    @property
    def input(self) -> Input:
        return input_of(self.known, self.row.op, has_choices=bool(self._choices))

    @property
    def value_names(self) -> tuple[str, ...]:
        """The fields beside the operator."""
        return tuple(name for name in VALUES if name in self.fields)

    @property
    def value_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.value_names]

    @property
    def suggestions(self) -> list[str]:
        """Names to choose from while typing."""
        lookup = self.known.lookup if self.known else None
        is_asked = self.input is Input.NAME and lookup is not None
        return list(self.names.get(lookup, ())) if is_asked and lookup else []

    @property
    def has_time(self) -> bool:
        return "time" in self.fields

    def has_list(self) -> bool:
        """Whether a list of names belongs to the value."""
        return "list" in self.fields["value"].widget.attrs if "value" in self.fields else False

    def mark_errors(self) -> None:
        for name in self.errors.keys() & self.fields.keys():
            attributes = self.fields[name].widget.attrs
            attributes["class"] = f"{attributes.get('class', '')} is-invalid".strip()

    @property
    def _operators(self) -> tuple[str, ...]:
        return OPERATORS_OF[self.known.type if self.known else FieldType.ANY]

    @property
    def _choices(self) -> list[tuple[str, str]]:
        if self.known is None:
            return []
        if self.known.type is FieldType.BOOLEAN:
            return list(TRUTH)
        if self.known.lookup is not None:
            return [(name, name) for name in self.names.get(self.known.lookup, ())]
        return list(self.known.choices)

    def _show_field(self, about: str) -> None:
        attrs = {
            "list": f"fields-{about}" if about else "fields",
            "autocomplete": "off",
            "placeholder": "Choose or type a field",
            **_looks("Field", self.row),
            **self._refits,
        }
        if self.row.has_focus == "field":
            attrs["autofocus"] = True
        self.fields["field"].widget = forms.TextInput(attrs)

    def _show_operator(self) -> None:
        """Those that fit, and the one that is stored although it does not."""
        offered = dict.fromkeys([*self._operators, *([self.row.op] if self.row.op else [])])
        choices = [(op, OPERATORS[op].words if op in OPERATORS else op) for op in offered]
        looks = _looks("Comparison", self.row, "form-select") | self._refits
        self.fields["op"].widget = forms.Select(looks, choices)

    @property
    def _refits(self) -> dict[str, Any]:
        """Other fields and operators want other inputs; only this row is fetched for them."""
        prefix = self.row.prefix
        return {
            "data-refits": "",
            "hx-post": "",
            "hx-trigger": "change",
            "hx-vals": f'{{"edit_conditions": "refit {prefix}"}}',
            "hx-target": f"#{prefix}",
            "hx-select": f"#{prefix}",
            "hx-swap": "outerHTML",
            "hx-sync": "this:drop",
        }

    def _show_value(self) -> None:
        input_, row = self.input, self.row
        if input_ is Input.CHOICES:
            self._add("values", _choices_widget(self._choices, row))
        elif input_ is Input.CHOICE:
            self._add("value", _choice_widget(self._choices, row))
        elif input_ is Input.RANGE:
            self._show_range()
        elif input_ is Input.DURATION:
            self._add("value", _box(Input.NUMBER, _text(row.value), _looks("Value", row)))
            looks = _looks("Unit", row, "form-select")
            units = [(unit, unit) for unit in DURATION_UNITS]
            if row.value and not row.second:
                units.insert(0, ("", "as written"))
            row.second = row.second or ("" if row.value else DURATION_UNITS[0])
            self._add("second", forms.Select(looks, _with(units, [row.second])))
        elif input_ is Input.DATE:
            self._add_moment("value", "time", "Value")
        else:
            self._add("value", self._line(input_))
        self.data = {**_data(row), **self._parts}

    def _show_range(self) -> None:
        row = self.row
        if self.known is not None and self.known.type is FieldType.DATE:
            self._add_moment("value", "time", "First value")
            self._add_moment("second", "second_time", "Second value")
            return
        kind = Input.NUMBER if self.known else Input.TEXT
        self._add("value", _box(kind, _text(row.value), _looks("First value", row)))
        self._add("second", _box(kind, row.second, _looks("Second value", row)))

    def _add_moment(self, day: str, time: str, label: str) -> None:
        """A box for the day and one for the time, unless browsers would not show what is there."""
        row = self.row
        text = row.second if day == "second" else _text(row.value)
        parts = parted(text)
        if parts is None:
            self._add(day, forms.TextInput(_looks(label, row)))
            return
        looks = _looks(f"{label}, time in UTC (empty: the whole day),", row)
        looks["title"] = "Time in UTC; empty: the whole day"
        self._add(day, forms.DateInput(_looks(label, row) | {"type": "date"}))
        self._add(time, forms.TimeInput(looks | {"type": "time"}))
        for name, part in zip((day, time), parts, strict=True):
            self._parts[f"{row.prefix}-{name}"] = part

    def _line(self, input_: Input) -> forms.Widget:
        looks = _looks("Value", self.row)
        is_looked_up = self.known is not None and self.known.lookup in SEARCHED
        if input_ is Input.LIST:
            looks["placeholder"] = "one, another"
        if input_ is Input.NAME or (input_ is Input.LIST and is_looked_up):
            looks |= self._lookup_attributes()
        return _box(input_, _text(self.row.value), looks)

    def _lookup_attributes(self) -> dict[str, Any]:
        lookup, prefix = self.known.lookup if self.known else None, self.row.prefix
        if lookup not in SEARCHED:
            return {"list": f"names-{lookup}", "autocomplete": "off"}
        url = reverse("routing:rule-names", kwargs={"lookup": lookup, "row": prefix})
        url += "?several=1" if self.input is Input.LIST else ""
        return {
            "list": f"{prefix}-names",
            "autocomplete": "off",
            "hx-get": url,
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{prefix}-names",
            "hx-swap": "outerHTML",
            "hx-sync": "this:queue last",
        }

    def _add(self, name: str, widget: forms.Widget) -> None:
        """Fields are text to Django: what they may hold says the condition's check."""
        self.fields[name] = forms.Field(required=False, widget=widget)
        self.fields[name].shown_when = f"{self.row.prefix}-{WITH_VALUE}"  # type: ignore[attr-defined]  # read by the row's template


def _data(row: Row) -> dict[str, Any]:
    fields = {
        "field": row.field,
        "op": row.op,
        "value": _text(row.value),
        "values": row.value if isinstance(row.value, list) else [row.value] if row.value else [],
        "second": row.second,
        "was": row.was,
    }
    return {f"{row.prefix}-{name}": value for name, value in fields.items()}


def _text(value: str | list[str]) -> str:
    return listed(value) if isinstance(value, list) else value


def _looks(label: str, row: Row, css: str = "form-control") -> dict[str, Any]:
    return {"class": css, "aria-label": f"{label} of condition {row.place}"}


def _box(input_: Input, text: str, looks: dict[str, Any]) -> forms.Widget:
    """A box of the fitting kind, unless a browser would not show what is in it."""
    if input_ is Input.NUMBER and _is_number(text):
        return forms.NumberInput(looks | {"step": "any"})
    return forms.TextInput(looks)


def _choice_widget(choices: list[tuple[str, str]], row: Row) -> forms.Widget:
    options = _with([("", "Choose"), *choices], [_text(row.value)])
    return forms.Select(_looks("Value", row, "form-select"), options)


def _choices_widget(choices: list[tuple[str, str]], row: Row) -> forms.Widget:
    chosen = row.value if isinstance(row.value, list) else [row.value] if row.value else []
    options = _with(choices, chosen)
    looks = _looks("Values", row, "form-select") | {"size": str(min(max(len(options), 2), 6))}
    return forms.SelectMultiple(looks, options)


def _with(choices: list[tuple[str, str]], chosen: Sequence[str]) -> list[tuple[str, str]]:
    """The choices, and what was chosen although it is none of them."""
    known = {value for value, _ in choices}
    return [*choices, *((value, value) for value in chosen if value not in known)]


def _is_number(text: str) -> bool:
    try:
        return not text or as_number(text) is not None
    except WrongTypeError:
        return False
