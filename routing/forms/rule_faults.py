"""What stands against a typed rule, beside the field it concerns; all of it at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from routing.check_rules import OUTPUT_CHECKS, comparable_name, known_rows
from routing.engine.conditions import is_fixed, is_writable
from routing.engine.conditions.check import Finding

if TYPE_CHECKING:
    from routing.forms.rule import RuleForm


def add_faults(form: "RuleForm") -> None:
    """After the fields were read one by one: name, condition and outputs as saving checks them."""
    _check_name(form)
    form.conditions.check()
    if form.outputs is None or form.outputs.is_valid():
        _check_outputs(form)


def findings_in_words(form: "RuleForm", findings: list[dict[str, str]]) -> Iterator[str]:
    """Faults of the list it is saved with, each with the rule that has it."""
    for finding in findings:
        places = [int(part) for part in finding["path"].split(".")[:3] if part.isdigit()]
        ruleset = places.pop(0) if len(places) > 1 else 0
        try:
            name = form.rules.rulesets[ruleset]["rules"][places[0]]["name"]
        except IndexError:
            yield finding["message"]
        else:
            yield f"Rule “{name}”: {finding['message']}"


def _check_name(form: "RuleForm") -> None:
    typed = comparable_name(form.head.cleaned_data)
    for other in form.siblings():
        if typed and comparable_name(other) == typed:
            sentence = f"Another rule is called “{other['name']}”. Choose another name."
            form.head.add_error("name", sentence)
            return


def _check_outputs(form: "RuleForm") -> None:
    """Sums and counts are judged only when every row can be read."""
    kind = form.kind
    outcome = form.outcome()
    is_read = all(rows.is_valid() for rows in form.rows.values())
    # A row with an error counts as unreadable from then on, and may have a second one.
    filled = {name: form.filled(name) for name in form.rows}
    known = known_rows(kind, form.rules.workstream)
    for finding in list(OUTPUT_CHECKS[kind](outcome, "rule", known)):
        place = _place(form, filled, finding)
        if place is not None:
            place[0].add_error(place[1], finding.message)
        elif is_read:
            form.head.add_error(None, finding.message)
    _check_repeated_fields(form)
    _check_own_overflow(form)


def _place(
    form: "RuleForm", filled: dict[str, list[Any]], finding: Finding
) -> tuple[Any, str] | None:
    """The form and field that a path such as `rule.then.skills.0.rating` is about."""
    path = finding.path.removeprefix("rule.").removeprefix("then.")
    name, _, rest = path.partition(".")
    if name == "set" and rest:
        row = next(row for row in filled["set"] if row.pair()[0] == rest)
        is_settable = is_writable(rest) and not is_fixed(rest)
        return row, "value" if is_settable else "field"
    index, _, field = rest.partition(".")
    if name in form.rows and index.isdigit():
        return filled[name][int(index)], field
    if form.outputs is not None and name in form.outputs.fields:
        return form.outputs, name
    return None


def _check_own_overflow(form: "RuleForm") -> None:
    """Lines that would not be saved, because nothing says that they are the rule's own."""
    if "overflow" not in form.rows or form.outputs is None:
        return
    if form.filled("overflow") and not form.outputs.cleaned_data["has_own_overflow"]:
        form.outputs.add_error("has_own_overflow", "Tick this, or remove the overflow below.")


def _check_repeated_fields(form: "RuleForm") -> None:
    named: set[str] = set()
    for row in form.filled("set") if "set" in form.rows else ():
        field = row.pair()[0]
        if field in named:
            row.add_error("field", "Each field can be set once.")
        named.add(field)
