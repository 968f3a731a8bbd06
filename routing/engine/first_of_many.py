"""The first of many agents, as far as the numbers that ranked them tell what they were like.

Of more agents than a decision keeps it lists the first ten who could take the item. A built-in
method ranks by the numbers that are listed, and whoever is given work comes later by them: so as
long as one of the ten was given none, nobody behind them can have come first.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from agents.terms import BasePresence
from routing.engine.configuration import CompiledConfiguration
from routing.engine.explain.words import ELIGIBLE
from routing.engine.facts import AgentFacts, ItemFacts, Membership, ProfileRoom
from routing.engine.given import Given, lost_of
from routing.engine.what_was_seen import Seen
from workstreams.terms import ItemKind

NUMBERS: Final = frozenset({"room", "last_assigned_at", "last_released_at", "position"})
DECLINES: Final = "declines"
# An automatic presence goes from one to the other with the first work.
WITH_AND_WITHOUT_WORK: Final = frozenset({BasePresence.AVAILABLE, BasePresence.BUSY})


def tells_of_the_first(document: Mapping[str, Any]) -> bool:
    """Whether a stored decision lists agents with all that ranked them."""
    listed = document.get("agents_considered") or ()
    # Of those who need both, the room says which is less.
    is_of_one_sort = not (document.get("units") and document.get("capacity_profiles"))
    return (
        bool(listed)
        and is_of_one_sort
        and "ruleset" not in document
        and all(each["eligible"] and _are_whole(each["numbers"]) for each in listed)
    )


def names_of_the_first(document: Mapping[str, Any]) -> list[str]:
    """Their usernames, the first one first."""
    return [each["agent"] for each in document["agents_considered"]]


def the_first(
    document: Mapping[str, Any],
    *,
    ids: Mapping[str, int],
    configuration: CompiledConfiguration,
    item_id: int,
    workstream_id: int,
    queue_id: int,
    at: datetime,
) -> Seen:
    """The item, and who is listed for it, by the ids of their names; they passed every test."""
    allowed = configuration.workstreams[workstream_id].allowed_presences
    presence = min(allowed, key=lambda each: (each is not BasePresence.AVAILABLE, each))
    own, listed = document["read"], document["agents_considered"]
    units, profiles = document["units"], tuple(document["capacity_profiles"])
    declined = {ids[each["agent"]]: each["numbers"].get(DECLINES, 0) for each in listed}
    return Seen(
        item=ItemFacts(
            id=item_id,
            workstream_id=workstream_id,
            queue_id=queue_id,
            # What nothing here asks for.
            kind=ItemKind.CONVERSATION,
            channel="",
            title="",
            created_at=at,
            waiting_since=at,
            requirement_key="",
            capacity_units=units,
            capacity_profiles=profiles,
            declined={agent_id: count for agent_id, count in declined.items() if count},
        ),
        agents=tuple(_agent(each, ids, presence, queue_id, profiles) for each in listed),
        place=own["place"],
        lost=lost_of(own),
        has_all_skills=False,
        columns=frozenset(),
    )


def can_be_told(
    seen: Seen,
    kept: Sequence[Given],
    document: Mapping[str, Any],
    configuration: CompiledConfiguration,
) -> bool:
    """Whether nobody who is not listed can have come first, and it is known what those who are
    had become by what the batch had given them."""
    given = [*kept, *(each for _, each in seen.lost)]
    if not given:
        return True
    item, ids = seen.item, {agent.id for agent in seen.agents}
    if not configuration.workstreams[item.workstream_id].allowed_presences >= WITH_AND_WITHOUT_WORK:
        return False
    touched = [each for each in given if each.agent_id in ids]
    need = bool(item.capacity_units), item.capacity_profiles
    are_alike = all((bool(each.units), each.profiles) == need for each in touched)
    are_all_listed = document["counts"][ELIGIBLE] <= len(ids)
    is_one_left = len({each.agent_id for each in touched}) < len(ids)
    return are_alike and (are_all_listed or is_one_left)


def _are_whole(numbers: Mapping[str, Any]) -> bool:
    return numbers.keys() - {DECLINES} == NUMBERS and numbers["room"] is not None


def _agent(
    listed: Mapping[str, Any],
    ids: Mapping[str, int],
    presence: BasePresence,
    queue_id: int,
    profiles: Sequence[str],
) -> AgentFacts:
    numbers = listed["numbers"]
    room = numbers["room"]
    return AgentFacts(
        id=ids[listed["agent"]],
        username=listed["agent"],
        is_enabled=True,
        base_presence=presence,
        units_limit=None if profiles else room,
        units_used=0,
        profiles={name: ProfileRoom(limit=room, used=0) for name in profiles},
        memberships={
            queue_id: Membership(
                position=numbers["position"],
                last_assigned_at=_moment(numbers["last_assigned_at"]),
            )
        },
        last_released_at=_moment(numbers["last_released_at"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
