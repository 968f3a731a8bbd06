"""How a method came to its agent: its rules with their results, and what it compared."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from routing.engine.configuration import CompiledConfiguration
from routing.engine.eligible import rules_of
from routing.engine.explain.fit import Document
from routing.engine.explain.said import Said
from routing.engine.facts import ItemFacts
from routing.engine.methods.items import bucket_of
from routing.engine.methods.plan import NOT_REACHED, Plan, look_at, plan_for
from routing.engine.methods.rank import are_level, up_to_turns
from routing.engine.rank import columns_of
from routing.terms import RuleResult
from workstreams.terms import MethodKind

ONLY_ONE: Final = "{0} is the only one who may have it."
BEFORE: Final = "{0} comes before {1} by {column}: {value} against {others}."
LIKE: Final = "{0} comes before {1}: they are equal in all that is compared."
FOR_ALL: Final = "For this item alone, {why} Together with all that waited it goes best this way."
FIRST_ALONE: Final = "For this item alone, too, {0} comes first."
MET: Final = "{count} may have it by this rule"
NOBODY: Final = "nobody who may have it meets this rule"
ONLY: Final = "{count} would meet it, had nobody met a stricter rule"
SCORE: Final = ("score", "fairness")
# Numbers of a rule that nobody is ranked by.
BESIDE: Final = ("rule", "room", "bucket", "declines")
WORDS: Final = {
    "last_assigned_at": "last assignment",
    "last_released_at": "last release of capacity",
    "position": "place among the members",
    "least active": "last release of capacity",
    "round robin": "last assignment",
}
# What it says of a number that there is none: a skill or profile that he lacks is not unknown.
ABSENT: Final = {"has": "none", "free": "none", "needed": "any"}
# Columns of a method of one's own that hold moments, beside those whose name says so.
MOMENTS: Final = ("least active", "round robin", "created at")


def stages_of(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    looked: Document,
    *,
    now: datetime,
) -> list[Document]:
    """The rules of a method of one's own as rulesets: prioritisation, selection, assignment;
    ``looked`` is who was looked at."""
    method = configuration.method_of(item.queue_id)
    if method is None or method.kind is not MethodKind.RULES:
        return []
    plan = plan_for(method, look_at(configuration, item, now))
    found = []
    if method.prioritization:
        at = bucket_of(method, item.fields, now)
        names = [each.name for each in method.prioritization]
        found.append(_ruleset("Prioritisation rules", "prioritization", _first(names, at)))
    if method.selection:
        chosen = method.selection.index(plan.criterion) if plan.criterion else None
        names = [each.name for each in method.selection]
        found.append(_ruleset("Selection criteria", "selection", _first(names, chosen)))
    if plan.ruleset is not None:
        rules = _steps(plan, looked["rule"], looked["agents_considered"])
        found.append(_ruleset(plan.ruleset.name, "assignment", rules))
    return found


def compared(
    configuration: CompiledConfiguration, item: ItemFacts, considered: Sequence[Document]
) -> list[str]:
    """The numbers that ranked the agents, by name, in the order they are compared."""
    method = configuration.method_of(item.queue_id)
    if method is None:
        queue = configuration.queues[item.queue_id or 0]
        rules = rules_of(configuration.workstreams[item.workstream_id])
        return columns_of(queue.assignment_method, item, rules)
    if method.kind is not MethodKind.RULES:
        return [*(["declines"] if item.declined else []), *SCORE]
    first: Document = next((each["numbers"] for each in considered if each["eligible"]), {})
    own = up_to_turns([name for name in first if name not in BESIDE])
    return [*(["declines"] if item.declined else []), *own]


def why_first(considered: Sequence[Document], by: Sequence[str]) -> str:
    """`amira comes before ben by room: 4 against 3.`"""
    eligible = [each for each in considered if each["eligible"]]
    if not eligible:
        return ""
    first, *others = eligible
    if not others:
        return Said.of(ONLY_ONE, first["agent"])
    return _why_before(first, others[0], by)


def why_matched(agent: str, considered: Sequence[Document]) -> str:
    """Why a best overall match gave it to the agent, though others may be better for this item;
    nothing of one who stands too far down to be listed."""
    eligible = [each for each in considered if each["eligible"]]
    own = next((each for each in eligible if each["agent"] == agent), None)
    if own is None:
        return ""
    if len(eligible) == 1:
        return Said.of(ONLY_ONE, agent)
    if own is eligible[0]:
        return Said.of(FIRST_ALONE, agent)
    why = _why_before(eligible[0], own, ("declines", *SCORE))
    return Said.of(FOR_ALL.format(why=why.form), *why.usernames, **why.others)


def _why_before(first: Document, other: Document, by: Sequence[str]) -> Said:
    both = first["agent"], other["agent"]
    mine, theirs = first["numbers"], other["numbers"]
    for column in by:
        if not are_level(mine.get(column), theirs.get(column)):
            return Said.of(
                BEFORE,
                *both,
                column=WORDS.get(column, column.replace("_", " ")),
                value=number_in_words(column, mine.get(column)),
                others=number_in_words(column, theirs.get(column)),
            )
    return Said.of(LIKE, *both)


def _ruleset(name: str, kind: str, rules: Iterable[Document]) -> Document:
    return {"name": name, "kind": kind, "rules": list(rules)}


def _first(names: Sequence[str], applied: int | None) -> Iterator[Document]:
    """Rules of which the first that holds is applied; None where none holds."""
    for index, name in enumerate(names):
        yield {"name": name, "result": _result(index, applied).value}


def _result(index: int, applied: int | None) -> RuleResult:
    if applied is None or index < applied:
        return RuleResult.PROCESSED
    return RuleResult.APPLIED if index == applied else RuleResult.NOT_PROCESSED


def _steps(plan: Plan, reached: str | None, considered: Sequence[Document]) -> Iterator[Document]:
    """The rule that let its agents through, those that nobody met, and those not reached."""
    names = [step.name for step in plan.steps]
    at = names.index(reached) if reached in names else None
    through = sum(each["eligible"] for each in considered)
    later = Counter(
        each["numbers"].get("meets") for each in considered if each["failed_test"] == NOT_REACHED
    )
    for index, each in enumerate(_first(names, at)):
        if index == at:
            note = MET.format(count=_agents(through))
        elif at is None or index < at:
            note = NOBODY
        else:
            note = ONLY.format(count=_agents(later[names[index]])) if later[names[index]] else ""
        yield each | ({"note": note} if note else {})


def _agents(count: int) -> str:
    return f"{count} agent" if count == 1 else f"{count} agents"


def number_in_words(column: str, value: Any) -> str:
    """A number of an agent as people write it: moments by the clock, no needless digits."""
    is_moment = column.endswith("_at") or column in MOMENTS
    if value is None:
        return "never" if is_moment else ABSENT.get(column, "unknown")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if is_moment and (at := _moment(value)):
        return f"{at:%H:%M:%S} UTC on {at:%d %b}"
    if isinstance(value, Mapping):
        free = "free" if column == "profiles" else ""
        return ", ".join(
            f"{name} {number_in_words(free or name, each)}" for name, each in value.items()
        )
    if isinstance(value, float):
        return f"{value:g}"
    return str(value) or "nothing"


def _moment(value: Any) -> datetime | None:
    """None of an attribute that is only called like one."""
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
