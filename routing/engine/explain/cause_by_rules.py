"""Why the rules of a method of one's own let nobody take an item."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from routing.engine.configuration import CompiledConfiguration
from routing.engine.eligible import Rules, has_not_declined_too_often, has_room, just_had
from routing.engine.explain.failures import is_full_of_work
from routing.engine.explain.lacking import (
    Cause,
    capacity_nobody_has,
    full_profiles,
    is_there,
    skills_nobody_has,
    who_could_have_room,
)
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.methods.people import EXACT_MATCH
from routing.engine.methods.plan import Plan, look_at, name_of_row, plan_for
from routing.engine.methods.shapes import CustomMethod
from routing.terms import BlockerCause

NO_RULE_NOW: Final = Cause(kind=BlockerCause.METHOD, passes=True)
FULL: Final = Cause(kind=BlockerCause.FULL)
# By what somebody who may meet a rule at another time fails it now.
OF_TESTS: Final = {
    "presence_is_allowed": Cause(kind=BlockerCause.PRESENCE),
    "is_working": Cause(
        kind=BlockerCause.METHOD,
        detail="all who could take it are outside their working hours",
        passes=True,
    ),
}
# Whoever fails a later one could take it, but for that.
LATEST_FIRST: Final = (
    BlockerCause.DECLINED,
    BlockerCause.FULL,
    BlockerCause.METHOD,
    BlockerCause.PRESENCE,
)


def cause_by_rules(
    configuration: CompiledConfiguration,
    method: CustomMethod,
    item: ItemFacts,
    enabled: Sequence[AgentFacts],
    rules: Rules,
    *,
    now: datetime,
) -> Cause | None:
    """What nobody has comes before who is there: that must be mended whoever comes."""
    plan = plan_for(method, look_at(configuration, item, now))
    able = [*plan.may_ever(enabled)]
    if not able:
        # Another ruleset may be chosen as the item grows old.
        return replace(_of_all(plan, enabled), passes=method.sorts_by_time)
    if missing := capacity_nobody_has(item, able):
        return Cause(kind=BlockerCause.CAPACITY, detail=missing)
    able = who_could_have_room(item, able)
    # Rules that ask for no presence give work to whoever is offline, too, if he ever signed in.
    there = [agent for agent in able if is_there(agent) or _meets_a_rule(plan, agent)]
    if not there:
        return Cause(kind=BlockerCause.OFFLINE)
    found = [_of_one(plan, agent, rules) for agent in there]
    kept = [each for each in found if each is not None]
    if len(kept) < len(found):
        return None
    latest = min(kept, key=lambda each: (LATEST_FIRST.index(each.kind), each.detail))
    if latest.kind is not BlockerCause.FULL:
        return latest
    them = [agent for agent, cause in zip(there, kept, strict=True) if cause == latest]
    return replace(latest, detail=full_profiles(item, them))


def _meets_a_rule(plan: Plan, agent: AgentFacts) -> bool:
    return agent.base_presence is not None and plan.step_of(agent) is not None


def _of_all(plan: Plan, enabled: Sequence[AgentFacts]) -> Cause:
    """What the most general rule asks of each of them in vain, whatever time it is."""
    look, item = plan.look, plan.look.item
    rows = [
        next(row for row, bind in step.when.rows if not bind(look, True)(agent))
        for step in plan.steps[-1:]
        for agent in enabled
    ]
    if rows and all(row.get("op") == EXACT_MATCH and not row.get("value") for row in rows):
        return Cause(kind=BlockerCause.SKILL, detail=skills_nobody_has(item, enabled))
    return Cause(kind=BlockerCause.METHOD)


def _of_one(plan: Plan, agent: AgentFacts, rules: Rules) -> Cause | None:
    """Of who may meet a rule at another time: what keeps it from him now."""
    look, item = plan.look, plan.look.item
    if plan.step_of(agent) is None:
        places = enumerate(plan.steps)
        place = next(place for place, each in places if each.when.bind(look, True)(agent))
        row, test = next(plan.asked_in_vain(agent, place))
        name = name_of_row(row)
        if name == "presence_is_allowed":
            is_full = is_full_of_work(agent)
        else:
            is_full = test(_with_nothing_in_hand(agent))
        return FULL if is_full else OF_TESTS.get(name, NO_RULE_NOW)
    if not has_room(item, agent, rules):
        return FULL
    if has_not_declined_too_often(item, agent, rules) or just_had(item, agent):
        return None
    return Cause(kind=BlockerCause.DECLINED)


def _with_nothing_in_hand(agent: AgentFacts) -> AgentFacts:
    profiles = {name: replace(each, used=0) for name, each in agent.profiles.items()}
    return replace(agent, units_used=0, profiles=profiles)
