"""A stored best overall match made again: all items that it gave, of all its queues, at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from routing.engine.assign.batch import Batch
from routing.engine.assign.best_match import best_match
from routing.engine.assign.together import Match
from routing.engine.configuration import CompiledConfiguration
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.given import Given
from routing.engine.order import into_groups
from routing.engine.staff import Staff
from routing.engine.what_was_seen import Seen

# A wait of one is of so long; how long it truly was is not compared.
LONGEST: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """One item of the match: as it was seen, how long it had waited (1 is the longest of all), who
    got it, and the score of that."""

    seen: Seen
    waited: float
    agent_id: int
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Matched:
    """Who gets each item by its id with which numbers, how often these declined theirs, and the sum
    of all scores."""

    agents: Mapping[int, int]
    numbers: Mapping[int, Mapping[str, Any]]
    declines: int
    score: float


def match_again(
    match: Sequence[Pair],
    configuration: CompiledConfiguration,
    *,
    queues: Sequence[str],
    before: Sequence[Given],
    now: datetime,
) -> Matched:
    """What was left waiting then is not known and not needed: a match that is the best of all is
    the best of those that it gave. ``queues`` were matched at once, all rounds foreseen, though not
    each of them may have given an item; none where one was matched round by round."""
    items = [_item(each, now) for each in match]
    first = match[0].seen
    agents = replace(first, agents=tuple(_agents(match))).with_given(before).agents
    of_queues = {item.queue_id: item for item in items}.values()
    everybody = frozenset(agent.id for agent in agents)
    longest = (_longest(item, number, everybody, now) for number, item in enumerate(of_queues))
    groups = into_groups([*items, *longest], configuration, now)
    method = configuration.method_of(first.item.queue_id)
    assert method is not None
    whole = Match(
        weights=method.weights, groups=groups, queues=tuple(queues), looks_ahead=bool(queues)
    )
    most = configuration.service.maximum_declines
    batch = Batch(configuration, Staff(agents), now=now, maximum_declines=most)
    given = [each for each in best_match(batch, whole, len(items)) if each is not None]
    return Matched(
        agents={each.item_id: each.agent_id for each in given},
        numbers={each.item_id: each.numbers for each in given},
        declines=sum(each.numbers.get("declines", 0) for each in given),
        score=sum(each.numbers["score"] for each in given),
    )


def _item(given: Pair, now: datetime) -> ItemFacts:
    item = given.seen.item
    sort = (item.workstream_id, item.skills, item.capacity_units, item.capacity_profiles)
    return replace(item, waiting_since=now - given.waited * LONGEST, requirement_key=repr(sort))


def _longest(item: ItemFacts, number: int, everybody: frozenset[int], now: datetime) -> ItemFacts:
    """Waits in its queue as long as the longest of all did, and is spared everybody: waits stay
    what they were."""
    return replace(item, id=-1 - number, waiting_since=now - LONGEST, cooling_down=everybody)


def _agents(match: Iterable[Pair]) -> Iterable[AgentFacts]:
    """Each of them once, with the skills that any of the items asked for, in all their queues."""
    found: dict[int, AgentFacts] = {}
    for agent in (agent for each in match for agent in each.seen.agents):
        known = found.get(agent.id, agent)
        found[agent.id] = replace(
            known,
            skills={**known.skills, **agent.skills},
            memberships={**known.memberships, **agent.memberships},
        )
    return found.values()
