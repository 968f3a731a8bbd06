"""The rule builder for conditions about agents."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms

from routing.catalogue import ConditionField
from routing.engine.methods.attributes import attribute_of, condition_faults
from routing.engine.methods.check import agent_condition_faults
from routing.engine.methods.people import agent_field
from routing.engine.methods.values import value_faults
from routing.forms.conditions import Builder
from routing.forms.conditions.documents import to_document
from routing.forms.conditions.nodes import Row, rows_of
from routing.forms.conditions.row_form import Names, RowForm
from routing.forms.conditions.values import Input
from routing.forms.methods.catalogue import STAND_IN, AgentCatalogue
from routing.forms.methods.dialect import from_builder, mixed_faults, to_builder

ITEM_FIELDS: Final = "item-fields"
TRUTH_OPERATORS: Final = ("equals",)


class AgentRow(RowForm):
    """A row whose value may be a field of the item, in braces."""

    def __init__(
        self, row: Row, field: ConditionField | None, names: Names, items: Sequence[str]
    ) -> None:
        self.items = items
        super().__init__(row, field, "", names)

    @property
    def _operators(self) -> tuple[str, ...]:
        offered = super()._operators
        if self.known is None:
            return offered
        field = agent_field(self.known.path.removeprefix(STAND_IN))
        if field is None or field.operators == ("is_working",):
            return TRUTH_OPERATORS
        return tuple(op for op in offered if op in field.operators)

    @property
    def _choices(self) -> list[tuple[str, str]]:
        """An attribute may be compared with what the item holds, too."""
        choices = super()._choices
        if self.known is None or not choices or self._attribute is None:
            return choices
        return [*choices, *((f"{{{label}}}", f"The item's {label}") for label in self.items)]

    @property
    def _attribute(self) -> str | None:
        path = self.known.path if self.known else ""
        return attribute_of(path.removeprefix(STAND_IN))

    def _add_moment(self, day: str, time: str, label: str) -> None:
        """One box for a day or a field; two days of a range are no fields."""
        if self.row.op == "between":
            super()._add_moment(day, time, label)
        else:
            self._add(day, self._line(Input.DATE))

    def _line(self, input_: Input) -> forms.Widget:
        widget = super()._line(input_)
        if input_ is Input.NAME:
            return widget
        attrs = {**widget.attrs, "list": ITEM_FIELDS, "autocomplete": "off"}
        attrs["placeholder"] = "a value, or {a field of the item}"
        if input_ is Input.DATE:
            attrs["placeholder"] = "a day such as 2026-12-24, or {a field of the item}"
        return forms.TextInput(attrs)


class AgentBuilder(Builder):
    """The same groups and rows; what is stored is in the words of methods."""

    catalogue: AgentCatalogue

    def __init__(
        self,
        when: Any,
        data: Mapping[str, Any] | None,
        catalogue: AgentCatalogue,
        names: Names,
    ) -> None:
        self._is_well_formed = not agent_condition_faults(when)
        shown = to_builder(when, catalogue) if self._is_well_formed else None
        super().__init__(shown, data, catalogue, names)

    def can_show(self, when: Any) -> bool:
        return self._is_well_formed

    @property
    def field_lists(self) -> Iterator[tuple[str, list[str]]]:
        yield from super().field_lists
        yield ITEM_FIELDS, [f"{{{label}}}" for label in self.catalogue.item_labels]

    def document(self) -> dict[str, Any]:
        """The condition in the words of the public contract."""
        found: dict[str, Any] = from_builder(super().document(), self.catalogue)
        return found

    def check(self) -> None:
        """Put every fault where it is."""
        shown, paths = to_document(self.root, self.catalogue)
        condition = from_builder(shown, self.catalogue)
        faults = (
            list(mixed_faults(condition))
            or agent_condition_faults(condition)
            or list(value_faults(condition))
            or condition_faults(condition, self.catalogue.attributes)
        )
        for finding in faults:
            self._place(finding, paths)
        for form in self.rows:
            form.mark_errors()

    def _show(self) -> None:
        for _, row in rows_of(self.root):
            row.form = self._row(row, self.catalogue.fields.get(self.catalogue.path_of(row.field)))

    def _row(self, row: Row, known: ConditionField | None) -> RowForm:
        return AgentRow(row, known, self.names, self.catalogue.item_labels)
