"""Why an item is still waiting, in plain sentences."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
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
from routing.engine.decisions import Failure, GroupBlockers, Numbers
from routing.engine.eligible import TESTS, Rules, everyone_declined, rules_of
from routing.engine.explain.details import JUST_HAD
from routing.engine.explain.failures import failures
from routing.engine.explain.looked import DECLINED
from routing.engine.explain.obstacles import obstacle
from routing.engine.explain.said import Said
from routing.engine.explain.words import ELIGIBLE, WORDS
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.methods.plan import has_everyone_declined, look_at, plan_for
from routing.engine.preferred import chosen, waits_for_them, wishes
from workstreams.terms import MethodKind

Document = dict[str, Any]

NO_MEMBERS: Final = "queue_has_no_members"
NO_RULES: Final = "method_has_no_rules"
GOES_BACK: Final = "goes_back_to_its_agent"
WANTED: Final = "goes_to_a_preferred_agent"

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
    NO_RULES: (
        "The queue's assignment method has no assignment rules, so nobody meets one.",
        "Add a rule to the assignment method, or choose another one for the queue.",
    ),
}
WISHED: Final[dict[str, str]] = {
    WANTED: "A preferred agent of its customer gets it",
    KEPT: "It waits for a preferred agent of its customer",
}
BACK: Final = "It goes back to the agent who had it, whatever his room and presence."
NEXT_CYCLE: Final = "Nothing: the next assignment cycle does it."


KEPT_HELP: Final = (
    "A preferred agent becomes available, or the service stops waiting for preferred agents."
)
WISH_WORDS: Final[dict[str, str]] = {name: words.one for name, words in WORDS.items()} | {
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
    """The same facts a cycle reports, for one item now; `eligible` counts who could take it.

    Whose presence only follows from having no room, or from as many work items as one may have at
    once, is counted by that."""
    known = list(members)
    agents = [agent for agent in known if _is_of_queue(item, agent)]
    most = maximum_declines or configuration.service.maximum_declines
    reason, wished = _reason(configuration, item, known, agents)
    found: list[Failure | None] = []
    if reason is None:
        found = failures(configuration, item, agents, now=now, maximum_declines=most)
    counts = Counter(ELIGIBLE if each is None else each.test for each in found)
    details: dict[str, list[Numbers]] = defaultdict(list)
    for each in found:
        if each is not None:
            details[each.test].append(each.numbers)
    return GroupBlockers(
        queue_id=item.queue_id,
        requirement_key=item.requirement_key,
        first_item_id=item.id,
        waiting=waiting,
        members=len(agents),
        counts=dict(counts),
        reason=reason,
        wishes=tuple(wished),
        details=dict(details),
        again_at=_again_at(configuration, item, agents, found, now=now, most=most),
    )


def _reason(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    known: Sequence[AgentFacts],
    members: Sequence[AgentFacts],
) -> tuple[str | None, list[Numbers]]:
    """What makes it needless to look at the members, and what became of preferred agents."""
    reason = reason_not_routed(configuration, item)
    if reason in (PICK, BASIC) and not any(agent.is_enabled for agent in members):
        return None, []
    if reason:
        return reason, []
    if _goes_back(item, known):
        return GOES_BACK, []
    if item.preferred:
        rules = rules_of(configuration.workstreams[item.workstream_id])
        waits = waits_for_them(configuration, item)
        wished = wishes(item, {agent.id: agent for agent in members}, rules, waits=waits)
        if chosen(item, wished) is not None:
            return WANTED, wished
        if waits:
            return KEPT, wished
    has_rules = not members or not _has_no_rules(configuration, item)
    return None if has_rules else NO_RULES, []


def _is_of_queue(item: ItemFacts, agent: AgentFacts) -> bool:
    """Who had the item before may serve other queues by now; he is known all the same."""
    return agent.id != item.affinity_agent_id or item.queue_id in agent.memberships


def _goes_back(item: ItemFacts, agents: Sequence[AgentFacts]) -> bool:
    """As a cycle asks: whatever his room and presence, unless he is disabled or declined it."""
    mine = (agent for agent in agents if agent.id == item.affinity_agent_id)
    return any(
        agent.is_enabled and agent.id not in (*item.declined, *item.cooling_down) for agent in mine
    )


def _has_no_rules(configuration: CompiledConfiguration, item: ItemFacts) -> bool:
    method = configuration.method_of(item.queue_id)
    if method is None or method.kind is not MethodKind.RULES:
        return False
    return not any(ruleset.steps for ruleset in method.rulesets)


def _again_at(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    agents: list[AgentFacts],
    found: Sequence[Failure | None],
    *,
    now: datetime,
    most: int,
) -> datetime | None:
    """When somebody whom nothing else keeps from it is offered it again, below the maximum or, if
    all have declined it too often, the first of them."""
    spared = [
        agent.id
        for agent, failure in zip(agents, found, strict=False)
        if failure is not None and failure.test == DECLINED and agent.id in item.offered_again_at
    ]
    asked = [id for id in spared if item.declined.get(id, 0) < most]
    if spared and not asked:
        rules = rules_of(configuration.workstreams[item.workstream_id], maximum_declines=most)
        if _has_everyone_declined(configuration, item, agents, rules, now):
            asked = spared
    return min((item.offered_again_at[id] for id in asked), default=None)


def _has_everyone_declined(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    agents: list[AgentFacts],
    rules: Rules,
    now: datetime,
) -> bool:
    """As the queue's method asks it."""
    method = configuration.method_of(item.queue_id)
    if method is None or method.kind is not MethodKind.RULES:
        return everyone_declined(item, agents, rules)
    return has_everyone_declined(plan_for(method, look_at(configuration, item, now)), agents, rules)


def waiting_because(blockers: GroupBlockers) -> list[Document]:
    """`[{blocker, count, would_help, sentence}]`, the most frequent blocker first."""
    reason = blockers.reason
    if reason is None and not blockers.members:
        reason = NO_MEMBERS
    if reason in (KEPT, WANTED):
        help = _what_brings_them(blockers) if reason == KEPT else NEXT_CYCLE
        return [_because(reason, blockers.waiting, help, _wished(blockers.wishes, reason))]
    if reason == GOES_BACK:
        return [_because(reason, blockers.waiting, NEXT_CYCLE, BACK)]
    if reason is not None:
        sentence, would_help = REASONS[reason]
        return [_because(reason, blockers.waiting, would_help, sentence)]
    order = [ELIGIBLE, *TESTS, *WORDS]
    frequent = Counter(blockers.counts).items()
    ranked = sorted(
        frequent, key=lambda pair: (pair[0] != ELIGIBLE, -pair[1], order.index(pair[0]))
    )
    return [_offered_again(_blocked(name, count, blockers), blockers) for name, count in ranked]


def _blocked(name: str, count: int, blockers: GroupBlockers) -> Document:
    is_told_when = name == DECLINED and blockers.again_at is not None
    is_plain = is_told_when and _have_all_declined(blockers)
    seen = () if is_plain else blockers.details.get(name, ())
    sentence, would_help = obstacle(name, count, blockers.members, seen)
    return _because(name, count, would_help, sentence)


def _offered_again(because: Document, blockers: GroupBlockers) -> Document:
    """Nothing drops out silently (design 7.16): `Declined by all 2 members; offered again at
    09:31:20 UTC.`"""
    at = blockers.again_at
    if because["blocker"] != DECLINED or at is None:
        return because
    again = f"offered again at {at.astimezone(UTC):%H:%M:%S} UTC."
    if because["count"] == blockers.members > 1 and _have_all_declined(blockers):
        sentence = f"Declined by all {blockers.members} members; {again}"
    else:
        sentence = f"{because['sentence'].removesuffix('.')}; {again}"
    return because | {"sentence": sentence, "again_at": at.isoformat()}


def _have_all_declined(blockers: GroupBlockers) -> bool:
    """Whether nobody is spared only because he has just had it."""
    return all(each["declines"] for each in blockers.details.get(DECLINED, ()))


def _what_brings_them(blockers: GroupBlockers) -> str:
    """Who declined it and is waited for is asked again, however often he did."""
    has_declined = any(wish["failed_test"] == DECLINED for wish in blockers.wishes)
    return f"{WORDS[DECLINED].help} {KEPT_HELP}" if has_declined else KEPT_HELP


def _wished(looked_at: Iterable[Numbers], reason: str) -> Said:
    """`It waits for a preferred agent: ada has a presence that the workstream does not allow.`"""
    told = list(looked_at)[-1:] if reason == WANTED else list(looked_at)
    each = (f"{{{place}}} {_of_wish(wish)}" for place, wish in enumerate(told))
    form = f"{WISHED[reason]}: {', '.join(each)}."
    return Said.of(form, *(wish["agent"] for wish in told))


def _of_wish(wish: Numbers) -> str:
    test = wish["failed_test"] or ""
    has_had_it = test == DECLINED and not wish["numbers"].get("declines", 1)
    return JUST_HAD[0] if has_had_it else WISH_WORDS[test]


def _because(blocker: str, count: int, would_help: str, sentence: str) -> Document:
    return {
        "blocker": blocker,
        "count": count,
        "would_help": would_help,
        "sentence": sentence,
    }
