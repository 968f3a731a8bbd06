"""The form of a queue's overflow: rows before work is queued, and while it waits."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from config.row_ids import row_id
from workstreams.models import Queue
from workstreams.overflow import conditions_of
from workstreams.overflow_row import OverflowRow, as_typed
from workstreams.terms import OverflowCondition

Pair = Mapping[str, Any]
Rows: Final = forms.formset_factory(OverflowRow, extra=0, max_num=9, absolute_max=10)
HOURS: Final = OverflowCondition.OUT_OF_HOURS


class OverflowForm:
    """The parts of the form together: the row of operating hours, which stays while the queue has
    hours, and the formsets ``before`` and ``waiting``."""

    def __init__(
        self, queue: Queue, pairs: list[Pair], data: Mapping[str, Any] | None = None
    ) -> None:
        self.queue = queue
        before = conditions_of(queue.type, before_queueing=True)
        self.conditions: dict[str, list[OverflowCondition]] = {
            "before": [each for each in before if each != HOURS],
            "waiting": conditions_of(queue.type, before_queueing=False),
        }
        self.head_errors: list[str] = []
        self.rows: dict[str, Any] = {}
        self.hours = self._hours(pairs, data) if queue.operating_hours else None
        for name, conditions in self.conditions.items():
            shown = [as_typed(each) for each in pairs if each["condition"] in conditions]
            self._add(name, data, shown)

    def is_valid(self) -> bool:
        """Each row on its own; what they make together is for the action to refuse."""
        parts = [*self.rows.values(), *([self.hours] if self.hours else [])]
        wrong = [part for part in parts if not part.is_valid()]
        return not wrong

    def pairs(self) -> list[Pair]:
        """All rows in their order, in the words of the public contract."""
        return [row.document() for row in self._filled()]

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Put each sentence (``overflow.0.threshold``) at its row."""
        filled = self._filled()
        for path, sentence in errors.items():
            _, _, rest = path.partition(".")
            index, _, field = rest.partition(".")
            if index.isdigit() and int(index) < len(filled):
                row = filled[int(index)]
                row.add_error(field if field in row.fields else None, sentence)
            else:
                self.head_errors.append(sentence)

    def change_rows(self, *, add: str = "", remove: str = "") -> None:
        """Show one more row of ``add``, or one less: ``remove`` is a name and an index."""
        removed, _, index = remove.rpartition("-")
        for name, rows in list(self.rows.items()):
            typed = [{field: form[field].data for field in form.fields} for form in rows.forms]
            if name == add and len(typed) < len(self.conditions[name]):
                typed.append({})
            if name == removed and (number := row_id(index)) is not None:
                del typed[number : number + 1]
            self._add(name, None, typed)
            if name == add and self.rows[name].forms:
                self.rows[name].forms[-1].fields["condition"].widget.attrs["autofocus"] = True
        if self.hours is not None:
            self.hours.initial = {name: self.hours[name].data for name in self.hours.fields}
            self.hours.is_bound = False

    @property
    def is_bound(self) -> bool:
        return bool(self.rows["before"].is_bound)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, for the summary on top."""
        found = [("", sentence) for sentence in self.head_errors]
        for row in self._all():
            found += [("", str(error)) for error in row.non_field_errors()]
            for bound in row:
                found += [(bound.id_for_label, str(error)) for error in bound.errors]
        for rows in self.rows.values():
            found += [("", str(error)) for error in rows.non_form_errors()]
        return found

    def mark_errors(self) -> None:
        """Fields with errors look like it."""
        for row in self._all():
            for name in row.errors.keys() & row.fields.keys():
                attributes = row.fields[name].widget.attrs
                attributes["class"] = f"{attributes.get('class', '')} is-invalid"

    def _all(self) -> list[OverflowRow]:
        rows = [form for rows in self.rows.values() for form in rows]
        return [*([self.hours] if self.hours else []), *rows]

    def _filled(self) -> list[OverflowRow]:
        return [row for row in self._all() if row.is_valid() and not row.is_blank]

    def _hours(self, pairs: list[Pair], data: Mapping[str, Any] | None) -> OverflowRow:
        pair = next((each for each in pairs if each["condition"] == HOURS), None)
        initial = as_typed(pair) if pair else None
        return OverflowRow(
            data, initial=initial, prefix="hours-0", type=self.queue.type, conditions=[HOURS]
        )

    def _add(self, name: str, data: Mapping[str, Any] | None, initial: list[Any]) -> None:
        conditions = self.conditions[name]
        self.rows[name] = Rows(
            data,
            initial=initial if data is None else None,
            prefix=name,
            form_kwargs={"type": self.queue.type, "conditions": conditions},
        )
        self.rows[name].max_num = len(conditions)
