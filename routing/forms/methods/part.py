"""The form of one entry of an assignment method: a rule, a criterion or a ruleset."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms

from agents.models import AgentAttribute
from routing.engine.methods.built_in import rulesets_of
from routing.engine.methods.check import method_faults
from routing.engine.methods.tidy import tidy_method
from routing.forms.conditions import Builder
from routing.forms.methods.builder import AgentBuilder
from routing.forms.methods.catalogue import agent_catalogue
from routing.forms.methods.orders import AgentOrders, BucketOrder
from routing.forms.rule_head import RuleHead
from routing.method_parts import Document, MethodPart, PartKind
from routing.queries.condition_names import listed_names
from routing.queries.method_fields import method_fields, skill_type_names
from workstreams.models import AssignmentMethod
from workstreams.terms import AssignmentMethodName, SkillMatching

# What a new rule about agents begins with: what the built-in methods ask.
USUAL: Final[Document] = rulesets_of(AssignmentMethodName.HIGHEST_CAPACITY, SkillMatching.EXACT)[0][
    "rules"
][0]


class RulesetChoice(forms.Form):
    """Which ruleset is used for items that meet the criterion."""

    ruleset = forms.ChoiceField(label="Use the ruleset")

    def __init__(self, data: Mapping[str, Any] | None, entry: Document, names: list[str]) -> None:
        super().__init__(data, initial={"ruleset": entry.get("ruleset", "")})
        self.fields["ruleset"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["ruleset"].widget.attrs["class"] = "form-select"


class PartForm:
    """The parts of the form together; which there are depends on the list."""

    def __init__(
        self,
        method: AssignmentMethod,
        part: MethodPart,
        number: int | None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.part, self.number, self.data = part, number, data
        self.entry = part.entries[number - 1] if number else _new(part.kind)
        name = self.entry["name"]
        opened = {"opened": name, "opened_in": part.ruleset}
        self.head = RuleHead(data, initial={"revision": method.revision, "name": name, **opened})
        self.conditions: Builder | None = None
        self.bucket: BucketOrder | None = None
        self.orders: AgentOrders | None = None
        self.choice: RulesetChoice | None = None
        if part.kind is not PartKind.RULESETS:
            self._add_conditions(data)

    @property
    def is_bound(self) -> bool:
        return self.head.is_bound

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, for the summary on top."""
        found = [("", str(error)) for error in self.head.non_field_errors()]
        found += _errors(self.head)
        found += self.conditions.errors if self.conditions else []
        for form in self._others():
            found += [("", str(error)) for error in form.non_field_errors()]
            found += _errors(form)
        return found

    def is_valid(self) -> bool:
        """Each part on its own, then the method as saving reads it."""
        for form in (self.head, *self._others()):
            form.is_valid()
        if self.conditions is not None:
            self.conditions.check()
        if not self.errors:
            self._look_at_the_whole()
        for form in (self.head, *self._others()):
            for name in form.errors.keys() & form.fields.keys():
                attributes = form.fields[name].widget.attrs
                attributes["class"] = f"{attributes.get('class', '')} is-invalid".strip()
        return not self.errors

    def document(self) -> Document:
        """The entry in the words of the public contract."""
        found = {**self.entry, "name": self.head.cleaned_data["name"]}
        if self.conditions is not None:
            found["when"] = self.conditions.document()
        if self.bucket is not None:
            found["order_by"] = self.bucket.document()
        if self.orders is not None:
            found["order_by"] = self.orders.document()
        if self.choice is not None:
            found["ruleset"] = self.choice.cleaned_data["ruleset"]
        if self.part.kind is PartKind.RULESETS and not found.get("rules"):
            found["rules"] = [dict(USUAL)]
        return found

    def edit(self, command: str) -> None:
        """What a button of the conditions asks for; nothing that was typed is lost."""
        if self.conditions is not None:
            self.conditions.edit(command)
        for form in (self.head, *self._others()):
            form.initial = {name: form[name].data for name in form.fields}
            form.is_bound = False

    def _add_conditions(self, data: Mapping[str, Any] | None) -> None:
        items, when = method_fields(), self.entry.get("when")
        if self.part.kind is PartKind.RULES:
            types, attributes = skill_type_names(), list(AgentAttribute.objects.all())
            agents = agent_catalogue(items, types, attributes)
            names = listed_names(agents, None)
            self.conditions = AgentBuilder(when, data, agents, names)
            orders = self.entry.get("order_by") or []
            self.orders = AgentOrders(data, orders, types, attributes)
            return
        self.conditions = Builder(when, data, items, listed_names(items, None))
        if self.part.kind is PartKind.PRIORITIZATION:
            self.bucket = BucketOrder(data, self.entry.get("order_by"), items)
        else:
            rulesets = [each["name"] for each in self.part.document["rulesets"]]
            self.choice = RulesetChoice(data, self.entry, rulesets)

    def _look_at_the_whole(self) -> None:
        """What the method would be refused for with this entry in it."""
        entries, place = self.part.entries, (self.number or len(self.part.entries) + 1) - 1
        kept = list(entries)
        entries[place : place + 1] = [self.document()]
        own = f"{self.part.path}.{place}."
        is_ruleset = self.part.kind is PartKind.RULESETS
        for fault in method_faults(tidy_method(self.part.document)):
            if is_ruleset and fault.path.startswith("selection."):
                continue  # criteria follow the new name
            self._place(fault.path.removeprefix(own), fault.message, is_own=own in fault.path)
        entries[:] = kept

    def _place(self, path: str, message: str, *, is_own: bool) -> None:
        first = path.partition(".")[0] if is_own else ""
        if first == "name":
            self.head.add_error("name", message)
        elif first == "order_by" and self.bucket is not None:
            self.bucket.add_error("by", message)
        else:
            self.head.add_error(None, message)

    def _others(self) -> Iterator[forms.Form]:
        for form in (self.bucket, self.orders, self.choice):
            if form is not None:
                yield form


def _new(kind: PartKind) -> Document:
    if kind is PartKind.RULES:
        return {**USUAL, "name": ""}
    return {"name": ""}


def _errors(form: forms.Form) -> list[tuple[str, str]]:
    return [(bound.auto_id, f"{bound.label}: {error}") for bound in form for error in bound.errors]
