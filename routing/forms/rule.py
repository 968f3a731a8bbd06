"""The form of one rule: its name, its conditions, and what follows from them."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from config.row_ids import row_id
from routing.forms.conditions import Builder
from routing.forms.conditions.values import in_text
from routing.forms.opened import opened_name
from routing.forms.output_rows import (
    ClassificationOutputs,
    IntakeOutputs,
    OverflowRows,
    RouteOutputs,
    SetRows,
    ShareRows,
    SkillRows,
)
from routing.forms.rule_faults import add_faults, findings_in_words
from routing.forms.rule_head import RuleHead
from routing.queries.condition_fields import condition_fields
from routing.queries.condition_names import listed_names
from routing.queries.rule_lists import RuleList
from routing.terms import RulesetKind
from workstreams.overflow import conditions_of
from workstreams.overflow_row import as_typed

Document = dict[str, Any]
FORMSETS: Final = {
    "set": SetRows,
    "skills": SkillRows,
    "queues": ShareRows,
    "overflow": OverflowRows,
}


class RuleForm:
    """The parts of the form together. ``rows`` holds the formsets by name."""

    def __init__(
        self,
        rules: RuleList,
        rule: Document | None,
        data: Mapping[str, Any] | None = None,
        *,
        into: int = 1,
    ) -> None:
        self.rules, self.kind, self.into = rules, rules.kind, into
        self.original = rule or {"name": "", "when": {}}
        self.head = RuleHead(data, initial=self._head())
        self.conditions = self._builder(data)
        self.rows: dict[str, Any] = {}
        self.outputs: forms.Form | None = None
        self._add_outputs(data)

    @property
    def is_bound(self) -> bool:
        return self.head.is_bound

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, for the summary on top."""
        found = [("", str(error)) for error in self.head.non_field_errors()]
        for form in self._forms():
            if form is not self.head:
                found += [("", str(error)) for error in form.non_field_errors()]
            for bound in form:
                id_ = bound.id_for_label or bound.auto_id
                found += [(id_, f"{bound.label}: {error}") for error in bound.errors]
            if form is self.head:
                found += self.conditions.errors
        for rows in self.rows.values():
            found += [("", str(error)) for error in rows.non_form_errors()]
        return found

    def is_valid(self) -> bool:
        """Each part on its own, then the rule as saving and the engine read it."""
        for part in [self.head, *self.rows.values(), *([self.outputs] if self.outputs else [])]:
            part.is_valid()
        add_faults(self)
        for form in self._forms():
            for name in form.errors.keys() & form.fields.keys():
                attributes = form.fields[name].widget.attrs
                attributes["class"] = f"{attributes.get('class', '')} is-invalid".strip()
        return not self.errors

    def document(self) -> Document:
        """The rule in the words of the public contract; what is not shown stays as it was."""
        name = self.head.cleaned_data["name"]
        when = self.conditions.document()
        return {**self.original, "name": name, "when": when, **self.outcome()}

    def outcome(self) -> Document:
        """What follows when it matches, as far as it can be read."""
        if self.kind == RulesetKind.CLASSIFICATION:
            return {"then": self._then()}
        if self.kind == RulesetKind.ROUTE_TO_QUEUE:
            queues = [row.document() for row in self.filled("queues")]
            return {"queues": queues, "overflow": self._own_overflow()}
        assert self.outputs is not None
        return {"workstream": self.outputs.cleaned_data["workstream"].name, "record_type": None}

    def filled(self, name: str) -> list[Any]:
        """The rows that can be read; entirely empty ones are left out."""
        return [form for form in self.rows[name] if form.is_valid() and not form.is_blank]

    def siblings(self) -> list[Document]:
        """The other rules of its ruleset; a new rule goes ``into`` one."""
        found = self.rules.rulesets[self._place() :][:1]
        rules = [rule for ruleset in found for rule in ruleset["rules"]]
        return [rule for rule in rules if rule is not self.original]

    def place(self, findings: list[dict[str, str]]) -> None:
        """Put what saving the list refused on top."""
        for sentence in findings_in_words(self, findings):
            self.head.add_error(None, sentence)

    def change_rows(self, *, add: str = "", remove: str = "", edit: str = "") -> None:
        """Show one more row of ``add``, or one less: ``remove`` is a name and an index. ``edit``
        is what a button of the conditions asks for."""
        if edit:
            self.conditions.edit(edit)
        removed, _, index = remove.rpartition("-")
        for name, rows in list(self.rows.items()):
            typed = [{field: form[field].data for field in form.fields} for form in rows.forms]
            if name == add and len(typed) < rows.max_num:
                typed.append({})
            if name == removed and (number := row_id(index)) is not None:
                del typed[number : number + 1]
            self._add_rows(name, None, typed)
            if name == add and self.rows[name].forms:
                first = next(iter(self.rows[name].forms[-1].fields.values()))
                first.widget.attrs["autofocus"] = True
        for part in filter(None, (self.head, self.outputs)):
            part.initial = {name: part[name].data for name in part.fields}
            part.is_bound = False

    def _forms(self) -> list[Any]:
        rows = [form for rows in self.rows.values() for form in rows]
        return [self.head, *([self.outputs] if self.outputs else []), *rows]

    def _place(self) -> int:
        """Which of the rulesets, counted from 0, it is in or goes into."""
        for place, ruleset in enumerate(self.rules.rulesets):
            if any(rule is self.original for rule in ruleset["rules"]):
                return place
        return self.into - 1

    def _head(self) -> Document:
        name = self.original["name"]
        found = {"revision": self.rules.revision, "name": name, "opened": name}
        place, rulesets = self._place(), self.rules.rulesets
        if place >= len(rulesets):
            return found
        row, rows = self.rules.rows[place]
        pairs = zip(rulesets[place]["rules"], rows, strict=True)
        own = [each for rule, each in pairs if rule is self.original]
        opened_in = opened_name(rulesets, rulesets[place])
        return {
            **found,
            "opened_row": own[0] if own else "",
            "opened_in": opened_in,
            "opened_in_row": row,
        }

    def _builder(self, data: Mapping[str, Any] | None) -> Builder:
        workstream = self.rules.workstream
        catalogue = condition_fields(workstream, self.rules.record_type)
        names = listed_names(catalogue, workstream)
        return Builder(self.original.get("when"), data, catalogue, names)

    def _add_rows(self, name: str, data: Any, initial: list[Any]) -> None:
        factory: Any = FORMSETS[name]
        workstream = self.rules.workstream
        kwargs: dict[str, Any] = {}
        if workstream and name in ("queues", "overflow"):
            kwargs["type"] = workstream.type
        if name == "set":
            kwargs["catalogue"] = self.conditions.catalogue
        if workstream and name == "overflow":
            kwargs["conditions"] = conditions_of(workstream.type, before_queueing=True)
        if name == "overflow" and data is not None and f"{name}-TOTAL_FORMS" not in data:
            # Who knows nothing of overflow sends none.
            data = {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
        # A sent row that equals its initial would count as untouched, and be left out.
        shown_first = initial if data is None else None
        self.rows[name] = factory(data, initial=shown_first, prefix=name, form_kwargs=kwargs)

    def _add_outputs(self, data: Any) -> None:
        if self.kind == RulesetKind.CLASSIFICATION:
            then = self.original.get("then") or {}
            values = [
                {"field": self.conditions.catalogue.output_label_of(field), "value": in_text(value)}
                for field, value in (then.get("set") or {}).items()
            ]
            self._add_rows("set", data, values or [{}])
            self._add_rows("skills", data, then.get("skills") or [])
            chosen = {name: then.get(name) for name in ("priority", "capacity_profiles")}
            self.outputs = ClassificationOutputs(data, initial=chosen)
        elif self.kind == RulesetKind.ROUTE_TO_QUEUE:
            self._add_rows("queues", data, self.original.get("queues") or [{"percent": 100}])
            own = self.original.get("overflow")
            self.outputs = RouteOutputs(data, initial={"has_own_overflow": own is not None})
            self._add_rows("overflow", data, [as_typed(pair) for pair in own or []])
        else:
            workstream = {"workstream": self.original.get("workstream")}
            record_type = self.rules.record_type
            self.outputs = IntakeOutputs(data, initial=workstream, record_type=record_type)

    def _own_overflow(self) -> list[Document] | None:
        assert self.outputs is not None
        is_own = self.outputs.cleaned_data["has_own_overflow"]
        return [row.document() for row in self.filled("overflow")] if is_own else None

    def _then(self) -> Document:
        assert self.outputs is not None
        return {
            "set": dict(row.pair() for row in self.filled("set")),
            "skills": [row.document() for row in self.filled("skills")],
            "capacity_profiles": [
                each.name for each in self.outputs.cleaned_data["capacity_profiles"]
            ],
            "priority": self.outputs.cleaned_data["priority"],
        }
