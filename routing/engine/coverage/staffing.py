"""Work that nobody could get, as the organisation is staffed now: warnings."""

from collections.abc import Iterator

from agents.terms import BasePresence
from routing.engine.configuration import CompiledConfiguration, Queue, Workstream
from routing.engine.coverage.facts import NOBODY, Staff
from routing.engine.coverage.finding import Finding, Severity
from workstreams.terms import DistributionMode, SkillMatching

UNSERVED = "Nobody serves this queue, and work comes here."
NO_PRESENCE = "Its work is offered in no presence that an agent can have, so nobody is offered it."
NO_PROFILE = "Nobody in “{queue}” has the capacity profiles its work holds ({profiles})."
NO_UNITS = "Nobody in “{queue}” has room for {units} units, which each work item takes."
NO_SKILL = "The rule “{rule}” asks for {skill}, and nobody has this skill."
NO_RATING = "The rule “{rule}” asks for {skill} with {rating:g}; the best has {best:g}."


def queues_in_use(configuration: CompiledConfiguration) -> dict[int, list[Workstream]]:
    """Queues that rules or fallbacks send work to, with the workstreams."""
    found: dict[int, list[Workstream]] = {}
    for workstream in configuration.workstreams.values():
        for id_ in queues_of(workstream, configuration):
            found.setdefault(id_, []).append(workstream)
    return found


def unserved_queues(configuration: CompiledConfiguration, staff: Staff) -> Iterator[Finding]:
    """Queues that get work and have no member."""
    for id_ in queues_in_use(configuration):
        if not staff.queues.get(id_, NOBODY).members:
            yield _of_queue(configuration.queues[id_])


def unreachable_people(
    workstream: Workstream, configuration: CompiledConfiguration, staff: Staff
) -> Iterator[Finding]:
    """A workstream whose pushed work nobody can get, and skills nobody has."""
    if workstream.distribution_mode is DistributionMode.PUSH:
        yield from _nobody_gets_it(workstream, configuration, staff)
    if workstream.skill_matching is SkillMatching.EXACT:
        yield from _missing_skills(workstream, staff)


def _nobody_gets_it(
    workstream: Workstream, configuration: CompiledConfiguration, staff: Staff
) -> Iterator[Finding]:
    reachable = workstream.allowed_presences & staff.presences - {BasePresence.OFFLINE}
    if not reachable:
        yield _warning("presences", workstream, NO_PRESENCE, "allowed_presences")
    capacity = workstream.capacity
    if capacity is None:
        return
    for id_ in sorted(queues_of(workstream, configuration)):
        served = staff.queues.get(id_, NOBODY)
        name = configuration.queues[id_].name
        if served.members and not set(capacity.profiles) <= served.profiles:
            missing = ", ".join(sorted(set(capacity.profiles) - served.profiles))
            sentence = NO_PROFILE.format(queue=name, profiles=missing)
            yield _warning("profiles", workstream, sentence, "capacity")
        if served.members and capacity.units > served.units and not capacity.profiles:
            sentence = NO_UNITS.format(queue=name, units=capacity.units)
            yield _warning("units", workstream, sentence, "capacity")


def _missing_skills(workstream: Workstream, staff: Staff) -> Iterator[Finding]:
    for number, ruleset in enumerate(workstream.classification):
        for index, rule in enumerate(ruleset.rules):
            path = f"classification.{number}.rules.{index}"
            for each in rule.then.skills:
                best = staff.skills.get(each.skill)
                if best is None:
                    sentence = NO_SKILL.format(rule=rule.name, skill=each.skill)
                    yield _warning("skill", workstream, sentence, path)
                elif each.rating is not None and each.rating > best:
                    sentence = NO_RATING.format(
                        rule=rule.name, skill=each.skill, rating=each.rating, best=best
                    )
                    yield _warning("rating", workstream, sentence, path)


def queues_of(workstream: Workstream, configuration: CompiledConfiguration) -> set[int]:
    """Queues that its rules or its fallback send work to."""
    names = {share.queue for rule in workstream.route_to_queue for share in rule.shares}
    names |= {workstream.fallback_queue} if workstream.fallback_queue else set()
    ids = configuration.queue_id_by_name
    return {ids[name] for name in names if name in ids}


def _warning(check: str, workstream: Workstream, sentence: str, path: str) -> Finding:
    return Finding(
        check=check,
        severity=Severity.WARNING,
        kind="workstream",
        object_id=workstream.id,
        name=workstream.name,
        sentence=sentence,
        path=path,
    )


def _of_queue(queue: Queue) -> Finding:
    return Finding(
        check="unserved-queue",
        severity=Severity.WARNING,
        kind="queue",
        object_id=queue.id,
        name=queue.name,
        sentence=UNSERVED,
    )
