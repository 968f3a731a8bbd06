"""The form of one rule: its name, its conditions, and what follows from them."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django import forms

from config.row_ids import row_id
from routing.engine.conditions import validate
from routing.forms.condition_rows import (
    ConditionRows,
    as_rows,
    from_rows,
    is_flat,
    shown,
)
from routing.forms.output_rows import (
    ClassificationOutputs,
    IntakeOutputs,
    SetRows,
    ShareRows,
    SkillRows,
)
from routing.forms.rule_head import RuleHead
from routing.queries.rule_lists import RuleList
from routing.terms import RulesetKind

Document = dict[str, Any]
FORMSETS: Final = {
    "conditions": ConditionRows,
    "set": SetRows,
    "skills": SkillRows,
    "queues": ShareRows,
}


class RuleForm:
    """The parts of the form together. ``rows`` holds the formsets by name."""

    def __init__(
        self, rules: RuleList, rule: Document | None, data: Mapping[str, Any] | None = None
    ) -> None:
        self.rules, self.kind = rules, rules.kind
        self.original = rule or {"name": "", "when": {}}
        when = self.original.get("when")
        self.is_flat = is_flat(when)
        join, conditions = as_rows(when) if self.is_flat else ("all", [])
        self.head = RuleHead(data, initial=self._head(join, when))
        self.rows: dict[str, Any] = {}
        self.outputs: forms.Form | None = None
        if self.is_flat:
            self._add_rows("conditions", data, conditions or [{}])
        self._add_outputs(data)

    @property
    def is_bound(self) -> bool:
        return self.head.is_bound

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, for the summary on top."""
        found = [("", str(error)) for error in self.head.non_field_errors()]
        every = [self.head, *([self.outputs] if self.outputs else [])]
        every += [form for rows in self.rows.values() for form in rows]
        for form in every:
            for bound in form:
                id_ = bound.id_for_label or bound.auto_id
                found += [(id_, str(error)) for error in bound.errors]
        for rows in self.rows.values():
            found += [("", str(error)) for error in rows.non_form_errors()]
        return found

    def is_valid(self) -> bool:
        """Each part on its own, then the condition as the engine reads it."""
        parts = [self.head, *self.rows.values(), *([self.outputs] if self.outputs else [])]
        faulty = [part for part in parts if not part.is_valid()]
        if not faulty:
            self._check_condition()
        return not faulty and not self.errors

    def document(self) -> Document:
        """The rule in the words of the public contract; what is not shown stays as it was."""
        document = {**self.original, "name": self.head.cleaned_data["name"], "when": self._when()}
        if self.kind == RulesetKind.CLASSIFICATION:
            document["then"] = self._then()
        elif self.kind == RulesetKind.ROUTE_TO_QUEUE:
            document["queues"] = [row.document() for row in self._filled("queues")]
        elif self.outputs is not None:
            document["workstream"] = self.outputs.cleaned_data["workstream"].name
            document["record_type"] = None
        return document

    def place(self, findings: list[dict[str, str]]) -> None:
        """Put the findings about this rule's outputs beside their fields, others on top."""
        for finding in findings:
            self.head.add_error(None, finding["message"])

    def change_rows(self, *, add: str = "", remove: str = "") -> None:
        """Show one more row of ``add``, or one less: ``remove`` is a name and an index."""
        removed, _, index = remove.rpartition("-")
        for name, rows in list(self.rows.items()):
            typed = [{field: form[field].data for field in form.fields} for form in rows.forms]
            if name == add:
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

    def _head(self, join: str, when: Any) -> Document:
        return {
            "revision": self.rules.revision,
            "name": self.original["name"],
            "join": join,
            "when_json": "" if self.is_flat else json.dumps(when, indent=2, ensure_ascii=False),
        }

    def _add_rows(self, name: str, data: Any, initial: list[Any]) -> None:
        factory: Any = FORMSETS[name]
        workstream = self.rules.workstream
        kwargs = {"type": workstream.type} if name == "queues" and workstream else {}
        # A sent row that equals its initial would count as untouched, and be left out.
        shown_first = initial if data is None else None
        self.rows[name] = factory(data, initial=shown_first, prefix=name, form_kwargs=kwargs)

    def _add_outputs(self, data: Any) -> None:
        if self.kind == RulesetKind.CLASSIFICATION:
            then = self.original.get("then") or {}
            values = [
                {"field": field, "value": shown(value)}
                for field, value in (then.get("set") or {}).items()
            ]
            self._add_rows("set", data, values or [{}])
            self._add_rows("skills", data, then.get("skills") or [])
            chosen = {name: then.get(name) for name in ("priority", "capacity_profiles")}
            self.outputs = ClassificationOutputs(data, initial=chosen)
        elif self.kind == RulesetKind.ROUTE_TO_QUEUE:
            self._add_rows("queues", data, self.original.get("queues") or [{"percent": 100}])
        else:
            workstream = {"workstream": self.original.get("workstream")}
            self.outputs = IntakeOutputs(data, initial=workstream)

    def _filled(self, name: str) -> list[Any]:
        return [form for form in self.rows[name] if not form.is_blank]

    def _when(self) -> Any:
        if self.is_flat:
            rows = [row.document() for row in self._filled("conditions")]
            return from_rows(self.head.cleaned_data["join"] or "all", rows)
        return json.loads(self.head.cleaned_data["when_json"] or "{}")

    def _then(self) -> Document:
        assert self.outputs is not None
        return {
            "set": dict(row.pair() for row in self._filled("set")),
            "skills": [row.document() for row in self._filled("skills")],
            "capacity_profiles": [
                each.name for each in self.outputs.cleaned_data["capacity_profiles"]
            ],
            "priority": self.outputs.cleaned_data["priority"],
        }

    def _check_condition(self) -> None:
        if self.is_flat:
            for row in self._filled("conditions"):
                for finding in validate(row.document(), "row"):
                    name = finding.path.rpartition(".")[2]
                    row.add_error(name if name in row.fields else None, finding.message)
            return
        try:
            findings = validate(self._when())
        except ValueError:
            self.head.add_error("when_json", "This is not JSON.")
            return
        for finding in findings:
            self.head.add_error("when_json", f"{finding.path}: {finding.message}")
