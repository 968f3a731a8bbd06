"""The rule builder for conditions about agents."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms

from routing.catalogue import ConditionField
from routing.engine.methods.check import agent_condition_faults
from routing.engine.methods.people import AGENT_FIELDS
from routing.forms.conditions import Builder
from routing.forms.conditions.documents import to_document
from routing.forms.conditions.nodes import Row, rows_of
from routing.forms.conditions.row_form import Names, RowForm
from routing.forms.conditions.values import Input
from routing.forms.methods.catalogue import STAND_IN, AgentCatalogue
from routing.forms.methods.dialect import from_builder, to_builder

ITEM_FIELDS: Final = "item-fields"
TRUTH_OPERATORS: Final = ("equals",)


class AgentRow(RowForm):
    """A row whose value may be a field of the item, in braces."""

    @property
    def _operators(self) -> tuple[str, ...]:
        offered = super()._operators
        if self.known is None:
            return offered
        field = AGENT_FIELDS.get(self.known.path.removeprefix(STAND_IN))
        if field is None or field.operators == ("is_working",):
            return TRUTH_OPERATORS
        return tuple(op for op in offered if op in field.operators)

    def _line(self, input_: Input) -> forms.Widget:
        widget = super()._line(input_)
        if input_ is Input.NAME:
            return widget
        attrs = {**widget.attrs, "list": ITEM_FIELDS, "autocomplete": "off"}
        attrs["placeholder"] = "a value, or {a field of the item}"
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
        for finding in agent_condition_faults(from_builder(shown, self.catalogue)):
            self._place(finding, paths)
        for form in self.rows:
            form.mark_errors()

    def _show(self) -> None:
        for _, row in rows_of(self.root):
            row.form = self._row(row, self.catalogue.fields.get(self.catalogue.path_of(row.field)))

    def _row(self, row: Row, known: ConditionField | None) -> RowForm:
        return AgentRow(row, known, "", self.names)
