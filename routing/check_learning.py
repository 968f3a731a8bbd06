"""What stands against the model and the inputs of a ruleset of machine learning."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.engine.conditions import Finding, is_readable
from routing.terms import LABELS, LEARNED, RuleType

# The customer's own words; models read them, conditions do not.
MESSAGES: Final = "messages"
MOST_INPUTS: Final = 10
# Prefilled inputs of a new ruleset.
USUAL_INPUTS: Final = ("title", MESSAGES)
# Effort needs a categorical and a detailed description (A 5).
FEWEST_INPUTS: Final = {RuleType.SKILLS: 1, RuleType.SENTIMENT: 1, RuleType.EFFORT: 2}
ONE_EFFORT: Final = "A workstream has one effort ruleset, and there is one already."
SECOND_SENTIMENT: Final = (
    "There is more than one sentiment ruleset: each replaces what the one before it predicted."
)


def input_faults(kind: RuleType, inputs: Any, path: str) -> Iterator[Finding]:
    """The fields whose values are read, in their order."""
    if not isinstance(inputs, list):
        yield Finding(path=path, message="The inputs are a list of fields.")
        return
    least = FEWEST_INPUTS[kind]
    if not least <= len(inputs) <= MOST_INPUTS:
        yield Finding(path=path, message=f"Choose {least} to {MOST_INPUTS} inputs.")
    seen: set[str] = set()
    for index, field in enumerate(inputs[:MOST_INPUTS]):
        if (field != MESSAGES and not is_readable(field)) or len(str(field)) > 200:
            yield Finding(path=f"{path}.{index}", message=f"There is no field {field}.")
        elif field in seen:
            yield Finding(path=f"{path}.{index}", message=f"The field {field} stands here twice.")
        else:
            seen.add(field)


def learned_faults(
    ruleset: Mapping[str, Any], kind: RuleType, path: str, models: Mapping[str, Any]
) -> Iterator[Finding]:
    """Of one ruleset; ``models`` are rows by lower-case name."""
    if ruleset.get("rules"):
        yield Finding(path=f"{path}.rules", message="A ruleset of machine learning has no rules.")
    yield from input_faults(kind, ruleset.get("inputs"), f"{path}.inputs")
    name = ruleset.get("model")
    if name is None and kind is RuleType.SENTIMENT:
        return
    model = models.get(name.lower()) if isinstance(name, str) else None
    if model is None:
        said = f"There is no model {name}." if name else "Choose a model."
        yield Finding(path=f"{path}.model", message=said)
    elif model.kind != kind:
        sentence = f"{name} is a model for something else ({LABELS[RuleType(model.kind)]})."
        yield Finding(path=f"{path}.model", message=sentence)


def list_faults(rulesets: list[Any]) -> Iterator[Finding]:
    """Of all rulesets together."""
    kinds = [each.get("kind") if isinstance(each, Mapping) else None for each in rulesets]
    for index, kind in enumerate(kinds):
        if kind == RuleType.EFFORT and RuleType.EFFORT in kinds[:index]:
            yield Finding(path=f"{index}.kind", message=ONE_EFFORT)


def type_of(ruleset: Mapping[str, Any]) -> RuleType | None:
    """Logical where nothing is said; None for what is no type."""
    kind = ruleset.get("kind", RuleType.LOGICAL)
    return RuleType(kind) if isinstance(kind, str) and kind in list(RuleType) else None


def is_learned(ruleset: Mapping[str, Any]) -> bool:
    """Whether a model decides instead of rules."""
    return ruleset.get("kind") in LEARNED


def ruleset_document(
    *, name: str, kind: str, model: str | None, inputs: list[str], rules: list[Any]
) -> dict[str, Any]:
    """The one form of a ruleset: model and inputs only where a machine learned."""
    learned = {"model": model, "inputs": inputs} if kind in LEARNED else {}
    return {"name": name, "kind": kind, **learned, "rules": rules}


def effort_last(rulesets: list[Any]) -> list[tuple[int, Any]]:
    """Each with its position: while the list is written, too, there is never a second one."""
    numbered = enumerate(rulesets, start=1)
    return sorted(numbered, key=lambda one: one[1].get("kind") == RuleType.EFFORT)
