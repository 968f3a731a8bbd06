"""What keeps an item waiting by rules of one's own: who with which counts, and what would help."""

from typing import Any

import pytest

from agents.terms import BasePresence
from routing.engine.configuration import compile_piece
from routing.engine.explain import blockers_of, waiting_because
from tests.routing.engine.methods import NAME, a_method, a_rule, row
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    ago,
    an_agent,
    an_item,
    required,
)

AWAY, DND = BasePresence.AWAY, BasePresence.BUSY_DND
NIGHT = {"weekday": "sunday", "start": "22:00", "end": "23:00"}
HOURS = compile_piece(
    "operating_hours", {"name": "Nights", "time_zone": "UTC", "periods": [NIGHT]}, id=1
)
DAY = {"weekday": "monday", "start": "08:00", "end": "17:00"}
DAYS = compile_piece(
    "operating_hours", {"name": "Days", "time_zone": "UTC", "periods": [DAY]}, id=2
)
OWN = a_queue(assignment_method=NAME)
ROOM = row("agent.capacity", "greater", 0)
ON_CALENDAR = row("agent.calendar", "is_working")
ON_SHIFT = a_rule("Shift", ON_CALENDAR)
MORE = row("agent.capacity", "greater", item="workstream.capacity")
LANGUAGE = a_rule("Germans", row("agent.locale", "equals", "de"))

# The item, its agents and pieces of the configuration; each obstacle, and what would help.
CASES: dict[str, tuple[Any, list[Any], list[Any], list[tuple[str, str, str]]]] = {
    "operating hours": (
        an_item(),
        [an_agent(1, hours="Nights"), an_agent(2)],
        [OWN, a_method(ON_SHIFT), HOURS],
        [("is_working",
          "2 of 2 members are outside their working hours, 1 of them without operating hours.",
          "Give an agent operating hours. Their next shift begins, or the queue's assignment method"
          " asks for no calendar.")],
    ),
    "operating hours in a group": (
        an_item(),
        [an_agent(1, hours="Nights"), an_agent(2)],
        [OWN, a_method({"name": "Shift", "when": {"any": [ON_CALENDAR]}}), HOURS],
        [("is_working",
          "2 of 2 members are outside their working hours, 1 of them without operating hours.",
          "Give an agent operating hours. Their next shift begins, or the queue's assignment method"
          " asks for no calendar.")],
    ),
    "at work, where a rule asks for those who are not": (
        an_item(),
        [an_agent(hours="Days")],
        [OWN, a_method({"name": "Off", "when": {"not": ON_CALENDAR}}), DAYS],
        [("meets_an_assignment_rule",
          "1 of 1 member meets no assignment rule: “Off” asks not (agent calendar is working).",
          "An agent changes, or the queue's assignment method ends with a more general rule.")],
    ),
    "a skill, where a rule asks for those who lack it": (
        an_item(),
        [an_agent(skills={"Latin": None})],
        [OWN, a_method({"name": "New", "when": {"not": row("agent.skills", "contains", "Latin")}})],
        [("meets_an_assignment_rule",
          "1 of 1 member meets no assignment rule: “New” asks not (agent skills contains Latin).",
          "An agent changes, or the queue's assignment method ends with a more general rule.")],
    ),
    "at work, where a group of a rule asks for those who are not": (
        an_item(),
        [an_agent(hours="Days")],
        [OWN, a_method({"name": "Off", "when": {"any": [{"not": ON_CALENDAR}]}}), DAYS],
        [("meets_an_assignment_rule",
          "1 of 1 member meets no assignment rule: “Off” asks not (agent calendar is working).",
          "An agent changes, or the queue's assignment method ends with a more general rule.")],
    ),
    "rules of a method of one's own": (
        an_item(),
        [an_agent(1, locale="fr"), an_agent(2)],
        [OWN, a_method(LANGUAGE)],
        [("meets_an_assignment_rule",
          "2 of 2 members meet no assignment rule: “Germans” asks agent language equals de"
          " (of 1 agent language is not set).",
          "An agent changes, or the queue's assignment method ends with a more general rule.")],
    ),
    "presence by a rule of one's own": (
        an_item(),
        [an_agent(base_presence=AWAY)],
        [OWN, a_method(a_rule("There"))],
        [("presence_is_allowed",
          "1 of 1 member has a presence that the workstream does not allow: 1 away.",
          "An agent becomes available, or the workstream allows more presences.")],
    ),
    "another presence than a rule of one's own asks for": (
        an_item(),
        [an_agent()],
        [OWN, a_method({"name": "Busy", "when": row("agent.presence", "equals", "busy")})],
        [("presence_is_allowed",
          "1 of 1 member has a presence that its rule does not ask for: 1 available;"
          " “Busy” asks agent presence equals busy.",
          "The presence of an agent changes, or the queue's assignment method asks for others.")],
    ),
    "one of several presences that a rule of one's own asks for": (
        an_item(),
        [an_agent()],
        [OWN, a_method({"name": "Busy", "when": {"any": [
            row("agent.presence", "equals", each) for each in ("busy", "away")]}})],
        [("presence_is_allowed",
          "1 of 1 member has a presence that its rule does not ask for: 1 available; “Busy” asks"
          " (agent presence equals busy or agent presence equals away).",
          "The presence of an agent changes, or the queue's assignment method asks for others.")],
    ),
    "presence by the last of many rules": (
        an_item(capacity_units=2),
        [an_agent(base_presence=BasePresence.BUSY, units_limit=2)],
        [OWN, a_workstream(allowed_presences=["available", "busy"]),
         a_method(*({"name": name, "when": MORE} for name in ("Own", "Near", "Far")),
                  {"name": "There", "when": row("agent.presence", "equals", "available")})],
        [("presence_is_allowed",
          "1 of 1 member has a presence that its rule does not ask for: 1 busy; “There” asks"
          " agent presence equals available.",
          "The presence of an agent changes, or the queue's assignment method asks for others.")],
    ),
    "presence that is compared with a number of the item": (
        an_item(fields={"context": {"level": 2}}),
        [an_agent()],
        [OWN, a_method({"name": "Level",
                        "when": row("agent.presence", "equals", item="context.level")})],
        [("presence_is_allowed",
          "1 of 1 member has a presence that its rule does not ask for: 1 available; “Level” asks"
          " agent presence equals the item's context level.",
          "The presence of an agent changes, or the queue's assignment method asks for others.")],
    ),
    "less room than a rule of one's own asks for": (
        an_item(),
        [an_agent(1, units_limit=3), an_agent(2, units_limit=0)],
        [OWN, a_method(a_rule("Large", row("agent.units", "greater", 3)))],
        [("has_room",
          "2 of 2 members have not the room that “Large” asks for: agent free units is greater"
          " than 3.",
          "An agent finishes work, or is given more capacity.")],
    ),
    "declined by all who may ever meet a rule": (
        an_item(declined={1: 3}, cooling_down=frozenset({1}),
                offered_again_at={1: ago(-20)}),
        [an_agent(1, locale="de"), an_agent(2, locale="fr")],
        [OWN, a_method(LANGUAGE)],
        [("has_not_declined_too_often",
          "1 of 2 members has declined it; offered again at 12:00:20 UTC.",
          "Wait until the cool-down is over, or assign it by hand."),
         ("meets_an_assignment_rule",
          "1 of 2 members meets no assignment rule: “Germans” asks agent language equals de.",
          "An agent changes, or the queue's assignment method ends with a more general rule.")],
    ),
    "declined where the method asks for no skills": (
        an_item(skills=required("German"), declined={1: 3}, cooling_down=frozenset({1}),
                offered_again_at={1: ago(-20)}),
        [an_agent()],
        [OWN, a_method()],
        [("has_not_declined_too_often",
          "1 of 1 member has declined it; offered again at 12:00:20 UTC.",
          "Wait until the cool-down is over, or assign it by hand.")],
    ),
    "skills that the item names": (
        an_item(fields={"context": {"products": ["Printer", "Laptop"]}}),
        [an_agent(skills={"Printer": None})],
        [OWN, a_method(a_rule("Makers", row("agent.skills", "custom_match",
                                            item="context.products")))],
        [("has_every_skill",
          "1 of 1 member lacks a required skill: “Makers” asks agent skills include what the item"
          " names in the item's context products.",
          "Give an agent the skill, or the queue's assignment method ends more generally.")],
    ),
    "a method without rules": (
        an_item(),
        [an_agent()],
        [OWN, a_method(rulesets=[])],
        [("method_has_no_rules",
          "The queue's assignment method has no assignment rules, so nobody meets one.",
          "Add a rule to the assignment method, or choose another one for the queue.")],
    ),
    "presence by work, by a rule of one's own": (
        an_item(),
        [an_agent(base_presence=DND, presence_follows=True, units_used=1)],
        [OWN, a_method(a_rule("There", ROOM, row("agent.locale", "equals", "de")))],
        [("has_room", "1 of 1 member is full, and meets no assignment rule:"
          " “There” asks agent language equals de (agent language is not set).",
          "An agent finishes work, or is given more capacity. That alone is not enough: An agent"
          " changes, or the queue's assignment method ends with a more general rule.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("item", "agents", "pieces", "said"), CASES.values(), ids=CASES.keys())
def test_every_obstacle_of_rules_says_what_it_is_and_what_would_help(item, agents, pieces, said):
    blockers = blockers_of(a_configuration(*pieces), item, agents, now=NOW)

    found = waiting_because(blockers)

    assert [(each["blocker"], each["sentence"], each["would_help"]) for each in found] == said


@pytest.mark.parametrize(
    "asked",
    [
        row("agent.skills", "not_contains", "Latin"),
        row("agent.skills", "not_in", ["Latin", "Greek"]),
        row("agent.skills", "is_not_set"),
        {"any": [row("agent.skills", "not_contains", each) for each in ("Latin", "Greek")]},
        {"all": [{"any": [{"not": row("agent.skills", "contains", "Latin")}]}]},
    ],
    ids=["not contains", "not in", "is not set", "one of several", "not, in a group"],
)
def test_who_has_a_skill_is_not_told_to_lack_it(asked):
    learned = an_agent(skills={"Latin": None, "Greek": None})
    configuration = a_configuration(OWN, a_method({"name": "New", "when": asked}))

    [found] = waiting_because(blockers_of(configuration, an_item(), [learned], now=NOW))

    assert found["blocker"] == "meets_an_assignment_rule"
    assert "skill" not in found["would_help"]


def test_who_lacks_the_skill_that_a_rule_asks_for_is_told_so():
    asked = {"any": [row("agent.skills", "contains", each) for each in ("Latin", "Greek")]}
    configuration = a_configuration(OWN, a_method({"name": "Old", "when": asked}))

    [found] = waiting_because(blockers_of(configuration, an_item(), [an_agent()], now=NOW))

    assert found["blocker"] == "has_every_skill"
