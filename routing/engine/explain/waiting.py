"""Why an item is still waiting, in plain sentences."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from routing.engine.assign.decide import (
    BASIC,
    KEPT,
    NO_QUEUE,
    NO_WORKSTREAM,
    PICK,
    reason_not_routed,
)
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import GroupBlockers, Numbers
from routing.engine.eligible import TESTS, everyone_declined, rules_of
from routing.engine.explain.assignment import ELIGIBLE, considered
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.methods.plan import NO_RULE, NOT_REACHED, PRESENCE_KNOWN
from routing.engine.preferred import chosen, waits_for_them, wishes

Document = dict[str, Any]

DECLINED: Final = "has_not_declined_too_often"
NO_MEMBERS: Final = "queue_has_no_members"
BY_SKILL: Final = "has_every_skill"
BY_ROOM: Final = "has_room"

# Blocker: how many of the members it concerns (singular, plural), and what would help.
WORDS: Final[dict[str, tuple[str, str, str]]] = {
    ELIGIBLE: (
        "could take it now",
        "could take it now",
        "Nothing: the next assignment cycle offers it.",
    ),
    "is_member": (
        "no longer serves the queue",
        "no longer serve the queue",
        "Add agents to the queue.",
    ),
    "is_enabled": ("is disabled", "are disabled", "Enable agents for routing."),
    "presence_is_allowed": (
        "has a presence that the workstream does not allow",
        "have a presence that the workstream does not allow",
        "An agent becomes available, or the workstream allows more presences.",
    ),
    "has_room": (
        "is full",
        "are full",
        "An agent finishes work, or is given more capacity.",
    ),
    "has_every_skill": (
        "lacks a required skill",
        "lack a required skill",
        "Give an agent the skill, or use closest matching.",
    ),
    PRESENCE_KNOWN: (
        "has an unknown presence",
        "have an unknown presence",
        "The agent signs in.",
    ),
    "is_working": (
        "is outside the working hours",
        "are outside their working hours",
        "Their next shift begins, or the queue's assignment method asks for no calendar.",
    ),
    NO_RULE: (
        "meets no assignment rule",
        "meet no assignment rule",
        "An agent changes, or the queue's assignment method ends with a more general rule.",
    ),
    NOT_REACHED: (
        "meets only a more general rule",
        "meet only a more general rule",
        "Nothing: agents of a stricter rule come first.",
    ),
    DECLINED: (
        "has declined it",
        "have declined it",
        "Wait until the cool-down is over, or assign it by hand.",
    ),
}

REASONS: Final[dict[str, tuple[str, str]]] = {
    NO_MEMBERS: ("The queue has no members.", "Add agents to the queue."),
    NO_QUEUE: (
        "The item is in no published queue.",
        "Route it again, or publish its queue.",
    ),
    NO_WORKSTREAM: ("The item's workstream is not published.", "Publish the workstream."),
    BASIC: (
        "The queue is basic: agents pick its items themselves.",
        "An agent picks it, or the queue's automatic distribution is switched on.",
    ),
    PICK: ("Agents pick the items of this workstream themselves.", "An agent picks it."),
}


KEPT_HELP: Final = (
    "A preferred agent becomes available, or the service stops waiting for preferred agents."
)
WISH_WORDS: Final[dict[str, str]] = {name: words for name, (words, _, _) in WORDS.items()} | {
    "": "could take it now",
    "is_member": "does not serve the queue",
}


def blockers_of(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    members: Iterable[AgentFacts],
    *,
    now: datetime,
    waiting: int = 1,
    maximum_declines: int | None = None,
) -> GroupBlockers:
    """The same facts a cycle reports, for one item now; `eligible` counts who could take it."""
    agents = list(members)
    reason = reason_not_routed(configuration, item)
    counts: dict[str, int] = {}
    wished: list[Numbers] = []
    lacking: Counter[str] = Counter()
    full: Counter[str] = Counter()
    if reason is None and waits_for_them(configuration, item):
        rules = rules_of(configuration.workstreams[item.workstream_id])
        wished = wishes(item, {agent.id: agent for agent in agents}, rules, waits=True)
        if chosen(item, wished) is None:
            reason = KEPT
        else:
            counts = {ELIGIBLE: 1}
    elif reason is None:
        looked_at = considered(
            configuration, item, agents, now=now, maximum_declines=maximum_declines
        )
        counts = {name: count for name, count in looked_at["counts"].items() if count}
        lacking, full = _lacking(looked_at), _full(looked_at)
    return GroupBlockers(
        queue_id=item.queue_id,
        requirement_key=item.requirement_key,
        first_item_id=item.id,
        waiting=waiting,
        members=len(agents),
        counts=counts,
        reason=reason,
        wishes=tuple(wished),
        lacking=lacking,
        full=full,
        again_at=_again_at(configuration, item, agents) if counts.get(DECLINED) else None,
    )


def _lacking(looked_at: Document) -> Counter[str]:
    """Which skills those lack who fail by them."""
    failed = (each.get("numbers", {}) for each in looked_at["agents_considered"])
    return Counter(skill for numbers in failed for skill in numbers.get("lacking", ()))


def _full(looked_at: Document) -> Counter[str]:
    """Which capacity profiles have no room of those who fail by that."""
    full: Counter[str] = Counter()
    for each in looked_at["agents_considered"]:
        if each.get("failed_test") == BY_ROOM:
            numbers = each.get("numbers", {})
            profiles = numbers.get("profiles", {}).items()
            none_left = {name for name, free in profiles if free is None or free <= 0}
            full.update(none_left.union(numbers.get("blocked_by", ())))
    return full


def _again_at(
    configuration: CompiledConfiguration, item: ItemFacts, agents: list[AgentFacts]
) -> datetime | None:
    """When somebody who declined it is offered it again; nothing while others have to first."""
    most = configuration.service.maximum_declines
    rules = rules_of(configuration.workstreams[item.workstream_id], maximum_declines=most)
    may_again = any(item.declined.get(agent_id, 0) < most for agent_id in item.cooling_down)
    return item.offered_again_at if may_again or everyone_declined(item, agents, rules) else None


def waiting_because(blockers: GroupBlockers) -> list[Document]:
    """`[{blocker, count, would_help, sentence}]`, the most frequent blocker first."""
    reason = blockers.reason
    if reason is None and not blockers.members:
        reason = NO_MEMBERS
    if reason == KEPT:
        return [_because(KEPT, blockers.waiting, KEPT_HELP, _wished(blockers.wishes))]
    if reason is not None:
        sentence, would_help = REASONS[reason]
        return [_because(reason, blockers.waiting, would_help, sentence)]
    order = [ELIGIBLE, *TESTS, *WORDS]
    frequent = Counter(blockers.counts).items()
    ranked = sorted(
        frequent, key=lambda pair: (pair[0] != ELIGIBLE, -pair[1], order.index(pair[0]))
    )
    said = [
        _because(name, count, WORDS[name][2], _sentence(name, count, blockers.members))
        for name, count in ranked
    ]
    named = [_by_profile(_by_skill(each, blockers), blockers) for each in said]
    return [_offered_again(each, blockers) for each in named]


def _by_skill(because: Document, blockers: GroupBlockers) -> Document:
    """`2 of 9 members lack German.`, where it is known which skill is lacking."""
    lacking = blockers.lacking
    if because["blocker"] != BY_SKILL or not lacking:
        return because
    skills = " and ".join(sorted(lacking))
    sentence = because["sentence"].removesuffix(".")
    if len(lacking) == 1:
        sentence = sentence.replace("a required skill", skills)
    else:
        by_skill = ", ".join(f"{skill} {lacking[skill]}" for skill in sorted(lacking))
        sentence = f"{sentence}: {by_skill}"
    would_help = f"Give an agent {skills}, or use closest matching."
    return because | {"sentence": f"{sentence}.", "would_help": would_help}


def _by_profile(because: Document, blockers: GroupBlockers) -> Document:
    """`2 of 9 members are full: Complex 2.`, where a capacity profile is."""
    if because["blocker"] != BY_ROOM or not blockers.full:
        return because
    full = blockers.full
    by_profile = ", ".join(f"{profile} {full[profile]}" for profile in sorted(full))
    return because | {"sentence": f"{because['sentence'].removesuffix('.')}: {by_profile}."}


def _offered_again(because: Document, blockers: GroupBlockers) -> Document:
    """Nothing drops out silently (design 7.16): `Declined by all 2 members; offered again at
    09:31:20 UTC.`"""
    at = blockers.again_at
    if because["blocker"] != DECLINED or at is None:
        return because
    again = f"offered again at {at.astimezone(UTC):%H:%M:%S} UTC."
    if because["count"] == blockers.members > 1:
        sentence = f"Declined by all {blockers.members} members; {again}"
    else:
        sentence = f"{because['sentence'].removesuffix('.')}; {again}"
    return because | {"sentence": sentence, "again_at": at.isoformat()}


def _wished(looked_at: Iterable[Numbers]) -> str:
    """`It waits for a preferred agent: ada has a presence that the workstream does not allow.`"""
    each = (f"{wish['agent']} {WISH_WORDS[wish['failed_test'] or '']}" for wish in looked_at)
    return f"It waits for a preferred agent of its customer: {', '.join(each)}."


def _sentence(blocker: str, count: int, members: int) -> str:
    singular, plural, _ = WORDS[blocker]
    noun = "member" if members == 1 else "members"
    return f"{count} of {members} {noun} {singular if count == 1 else plural}."


def _because(blocker: str, count: int, would_help: str, sentence: str) -> Document:
    return {
        "blocker": blocker,
        "count": count,
        "would_help": would_help,
        "sentence": sentence,
    }
