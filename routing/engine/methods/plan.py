"""What a custom method asks of agents for one item, or for all that are like it."""

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from routing.engine.capacity import could_have_room_for, has_room_for, room
from routing.engine.conditions.types import EQUALITY, PRESENCE
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Failure
from routing.engine.eligible import (
    TESTS,
    AnyCandidate,
    Candidate,
    Rules,
    has_not_declined_too_often,
    have_all_declined,
)
from routing.engine.facts import ItemFacts
from routing.engine.hours import is_open
from routing.engine.methods.condition import Bind, Bound, Row, rows_of
from routing.engine.methods.describe import row_in_words
from routing.engine.methods.items import chosen_ruleset
from routing.engine.methods.notes import note_of
from routing.engine.methods.of_workstream import is_of_workstream
from routing.engine.methods.people import Look, field_at
from routing.engine.methods.rank import ReadPlace, columns_by, key_of
from routing.engine.methods.shapes import AssignmentRuleset, Criterion, CustomMethod, Step
from routing.engine.seats import Place
from routing.engine.skills import Scale
from routing.engine.staff import Staff
from routing.engine.standings import Entry, Standings

# Asked whatever the rules say; room and presence that nobody knows give no work (design 7.24).
FIRST: Final = ("is_member", "is_enabled")
# The same, where a rule is met.
ANYWAY: Final = (*FIRST, "has_not_declined_too_often")
ROOM: Final = "has_room"
PRESENCE_KNOWN: Final = "presence_is_known"
NO_RULE: Final = "meets_an_assignment_rule"
BEFORE_BUCKET: Final = ("rule", "room")
NOT_REACHED: Final = "no_stricter_rule_has_agents"
# What the failed row of the most general rule is called, where it has a name of its own.
BY_FIELD: Final = {
    "agent.presence": "presence_is_allowed",
    "agent.capacity": "has_room",
    "agent.units": "has_room",
    "agent.profile_room": "has_room",
    "agent.skills": "has_every_skill",
    "agent.calendar": "is_working",
}
# Who fails a row that asks for the opposite, or for just so much room, has the skill, works now, or
# may have all the room there is: that has no name of its own.
OF_SKILLS: Final = ("not_contains", "not_in", "is_not_set")
OF_ROOM: Final = (*EQUALITY, *PRESENCE, "less", "less_or_equal", "between")
OTHERWISE: Final = {
    "agent.capacity": OF_ROOM,
    "agent.units": OF_ROOM,
    "agent.profile_room": OF_ROOM,
    "agent.skills": OF_SKILLS,
    "agent.calendar": (),
}
MOST_RULES_SAID: Final = 3

IsWorking = Callable[[str | None], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The ruleset that the item's criterion chose, and its rules bound to the item: for each its
    parts, of which rules may have some in common."""

    look: Look
    ruleset: AssignmentRuleset | None
    criterion: Criterion | None
    tests: tuple[tuple[Bound, ...], ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.ruleset.steps if self.ruleset else ()

    def step_of(self, agent: Candidate) -> int | None:
        """The first rule the agent meets; what several of the others ask is asked once."""
        if not self.tests:
            return None
        for test in self.tests[0]:
            if not test(agent):
                break
        else:  # as most do
            return 0
        known: dict[Bound, bool] = {}
        for index, tests in enumerate(self.tests[1:], start=1):
            for test in tests:
                found = known.get(test)
                if found is None:
                    found = known[test] = test(agent)
                if not found:
                    break
            else:
                return index
        return None

    def asked_in_vain(self, agent: Candidate, place: int = -1) -> Iterator[tuple[Row, Bound]]:
        """The parts of the rule in that place, else of the most general one, that the agent does
        not meet."""
        parts = zip(self.steps[place].when.rows, self.tests[place], strict=True)
        return ((row, test) for (row, _), test in parts if not test(agent))

    def may_ever(self, agents: Iterable[AnyCandidate]) -> Iterator[AnyCandidate]:
        """Who could meet a rule at another time, with other presence, room or calendar."""
        hopeful = [step.when.bind(self.look, True) for step in self.steps]
        return (agent for agent in agents if any(test(agent) for test in hopeful))


def working_at(configuration: CompiledConfiguration, now: datetime) -> IsWorking:
    """Whether a calendar, by its name, says that its agent works now; who has none does not."""
    known: dict[str, bool] = {}

    def is_working(name: str | None) -> bool:
        if name is None or name not in configuration.hours:
            return False
        if name not in known:
            known[name] = is_open(configuration.hours[name], now)
        return known[name]

    return is_working


def types_of_skills(configuration: CompiledConfiguration) -> dict[str, str | None]:
    """Skill types by skill."""
    return {skill.name: skill.type for skill in configuration.skills.values()}


def look_at(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    now: datetime,
    *,
    is_working: IsWorking | None = None,
    types: dict[str, str | None] | None = None,
) -> Look:
    """The item's look; a batch shares the calendars and the types of skills."""
    return Look(
        item=item,
        workstream=configuration.workstreams[item.workstream_id],
        now=now,
        version=configuration.number,
        is_working=is_working or working_at(configuration, now),
        skill_types=types_of_skills(configuration) if types is None else types,
    )


def plan_for(method: CustomMethod, look: Look) -> Plan:
    """Criterion, ruleset, and bound rules."""
    ruleset, criterion = chosen_ruleset(method, look.item.fields, look.now)
    steps = ruleset.steps if ruleset else ()
    bound: dict[Bind, Bound] = {}
    for step in steps:
        for _, bind in step.when.rows:
            if bind not in bound:
                bound[bind] = bind(look, None)
    tests = tuple(tuple(bound[bind] for _, bind in step.when.rows) for step in steps)
    return Plan(look=look, ruleset=ruleset, criterion=criterion, tests=tests)


def failure_named(name: str, plan: Plan, agent: Candidate, rules: Rules) -> Failure:
    """The failure that ``standing`` names, with the numbers that show it."""
    if name == PRESENCE_KNOWN:
        return Failure(test=name, numbers={"presence": "unknown"})
    item = plan.look.item
    is_anyway = name in ANYWAY or (name == ROOM and plan.step_of(agent) is not None)
    first = next(plan.asked_in_vain(agent), None) if plan.steps and not is_anyway else None
    if is_anyway or (first and is_of_workstream(name, *first, item, rules)):
        return Failure(test=name, numbers=TESTS[name][1](item, agent, rules))
    return Failure(test=name, numbers={"rules": _failed_rules(plan, agent)})


def failure_of_part(part: tuple[Row, Bound], plan: Plan, agent: Candidate, rules: Rules) -> Failure:
    """What the most general rule asks of the agent in vain, beside what he fails first."""
    name, item = name_of_row(part[0]), plan.look.item
    if is_of_workstream(name, *part, item, rules):
        return Failure(test=name, numbers=TESTS[name][1](item, agent, rules))
    rule = _told(plan.look, plan.steps[-1], part[0], agent)
    return Failure(test=name, numbers={"rules": [rule]})


def name_of_failure(plan: Plan, agent: Candidate, rules: Rules) -> str | None:
    """The same without numbers, for counting many agents."""
    found = standing(plan, agent, rules)
    return found if isinstance(found, str) else None


def standing(plan: Plan, agent: Candidate, rules: Rules) -> str | int:
    """The first rule the agent meets, by its place; else the name of the first test he fails."""
    item = plan.look.item
    if item.queue_id not in agent.memberships:
        return "is_member"
    if not agent.is_enabled:
        return "is_enabled"
    if agent.base_presence is None:
        return PRESENCE_KNOWN
    step = plan.step_of(agent)
    if step is None:
        return _name_of(plan, agent)
    if not rules.has_capacity_policy or not has_room_for(agent, item):
        return "has_room"
    if (item.declined or item.cooling_down) and not has_not_declined_too_often(item, agent, rules):
        return "has_not_declined_too_often"
    return step


class JudgeByRules:
    """Ranks an agent by the first rule he meets and its order; else the first test he fails."""

    __slots__ = ("_columns", "_rules", "_scales", "keys", "plan")

    def __init__(self, plan: Plan, rules: Rules, scales: Mapping[str, Scale]) -> None:
        self.plan, self._rules, self._scales = plan, rules, scales
        self.keys = [key_of(step.order, plan.look, scales) for step in plan.steps]
        self._columns: dict[int, dict[str, ReadPlace]] = {}

    def __call__(self, place: Place) -> Entry | str:
        seat = place.seat
        found = standing(self.plan, seat, self._rules)
        if isinstance(found, str):
            return found
        return found, *self.keys[found](place), seat.id, seat.version, place

    def columns(self, index: int) -> Mapping[str, ReadPlace]:
        """What the rule in that place ranks by, for the explanation."""
        found = self._columns.get(index)
        if found is None:
            step, look = self.plan.steps[index], self.plan.look
            found = self._columns[index] = {
                "rule": lambda place: step.name,
                "room": lambda place: room(place.seat, look.item),
                **columns_by(step.order, look, self._scales),
            }
        return found


def name_of_standings(method: CustomMethod, item: ItemFacts, version: int) -> Hashable:
    """What a staff knows them by, for all that needs the same."""
    needs = item.capacity_units, item.capacity_profiles, item.skills
    return version, method.id, item.workstream_id, needs


def standings_by_rules(
    staff: Staff,
    method: CustomMethod,
    item: ItemFacts,
    *,
    version: int,
    judge: Callable[[ItemFacts], JudgeByRules],
) -> tuple[Standings, JudgeByRules]:
    """How those who serve the item's queue stand by a steady method, whoever declined the item,
    and by whom they were judged: he is asked for when there are no such standings yet.

    The configuration's ``version`` is in the name, because it says what skills and their scales
    are. What is kept speaks for all items that need the same, so of the item nothing else is read.
    """
    found = staff.standings(
        item.queue_id or 0,
        name_of_standings(method, item, version),
        lambda: judge(replace(item, behind=(), declined={}, cooling_down=frozenset())),
    )
    kept = found.judge
    assert isinstance(kept, JudgeByRules)
    return found, kept


def has_everyone_declined(plan: Plan, agents: Iterable[Candidate], rules: Rules) -> bool:
    """All enabled members who could ever meet a rule, and whose limits let the item through, have
    declined as often as they may."""
    return have_all_declined(plan.look.item, could_ever_meet(plan, agents, rules), rules)


def could_ever_meet(
    plan: Plan, agents: Iterable[AnyCandidate], rules: Rules
) -> Iterator[AnyCandidate]:
    """Those who could have the item by a rule at another time, with nothing else in hand."""
    item = plan.look.item
    return plan.may_ever(
        agent
        for agent in agents
        if all(TESTS[name][0](item, agent, rules) for name in FIRST)
        and could_have_room_for(agent, item)
    )


def _name_of(plan: Plan, agent: Candidate) -> str:
    """By what the last, most general rule asks in vain."""
    first = next(plan.asked_in_vain(agent), None) if plan.steps else None
    return name_of_row(first[0]) if first else NO_RULE


def name_of_row(row: Row) -> str:
    """The name of the test that is failed by not meeting the row."""
    field = _only_field(row) or ""
    if field in OTHERWISE and _asks(OTHERWISE[field], row):
        return NO_RULE
    return BY_FIELD.get(field, NO_RULE)


def _asks(operators: Container[str], row: Row) -> bool:
    """Whether it, or a part of it, asks so, or that something is not so."""
    if "field" in row:
        return row["op"] in operators
    parts = (*row.get("all", ()), *row.get("any", ()))
    return "not" in row or any(_asks(operators, part) for part in parts)


def _only_field(row: Row) -> str | None:
    """The field that the row asks, or all rows of a group ask alike."""
    fields = {each["field"] for each in rows_of(row)}
    return fields.pop() if len(fields) == 1 else None


def _failed_rules(plan: Plan, agent: Candidate) -> list[dict[str, Any]]:
    """For each of the first rules, and for the last, what it asked in vain, and what the agent
    has instead."""
    places = [*range(len(plan.steps))]
    if len(places) > MOST_RULES_SAID:
        places = [*places[: MOST_RULES_SAID - 1], places[-1]]
    parts = ((plan.steps[place], next(plan.asked_in_vain(agent, place), None)) for place in places)
    return [_told(plan.look, step, part[0], agent) for step, part in parts if part is not None]


def _told(look: Look, step: Step, row: Row, agent: Candidate) -> dict[str, Any]:
    """What the row of the rule asks, and what the agent has instead."""
    said: dict[str, Any] = {"rule": step.name, "asks": row_in_words(row)}
    field = _only_field(row)
    if field is None:
        return said
    if "item" in row:
        said["wanted"] = look.value(row["item"])
    said["has"] = field_at(field).bind(look)(agent)
    if "field" in row and (note := note_of(look, row, agent)):
        said["note"] = note
    return said
