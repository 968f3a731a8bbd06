"""What is left of agents' limits, read behind locks while a batch is committed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from agents.terms import BasePresence
from routing import configuration
from routing.dispatcher.as_known import is_as_known
from routing.dispatcher.patience import Patience
from routing.engine.configuration import Workstream
from routing.engine.decisions import Proposal
from routing.engine.presence import presence_in_use
from routing.engine.staff import Staff
from routing.sql import array_of, statement
from routing.terms import How

PRESENCES: Final = {each.value: each for each in BasePresence}


@dataclass(kw_only=True, slots=True)
class Room:
    """What is left of one agent's limits while the batch is checked; locked in the database.
    ``blocking`` is that of all his profiles that block assignment, needed or not; ``overrides``
    are the work items of the batch that pass a limit; he ``is_as_known`` where all else that rules
    ask for is what the batch was decided by."""

    base: BasePresence | None
    follows: bool
    items_held: int
    is_enabled: bool
    blocking: dict[int, int]
    units: int
    queues: Collection[int]
    profiles: dict[int, int]
    is_as_known: bool
    overrides: frozenset[int] = frozenset()

    def takes(self, units: int, profiles: Sequence[int]) -> bool:
        """Whether the item fits; a profile the agent was never given has no room, and at the
        limit of one that blocks assignment nothing has."""
        return (
            not (self.blocking and min(self.blocking.values()) <= 0)
            and (units == 0 or self.units >= units)
            and all(self.profiles.get(profile, 0) >= 1 for profile in profiles)
        )

    def is_passed_by(self, units: int, profiles: Sequence[int], counted: Sequence[int]) -> bool:
        """Whether the item passes one of his limits; in the ``counted`` profiles it is among what
        he has."""
        return (
            0 < units > self.units
            or any(self.profiles.get(each, 0) < 1 for each in profiles)
            or any(self.profiles.get(each, -1) < 0 for each in counted)
        )

    def take(self, units: int, profiles: Sequence[int]) -> None:
        """Reduce what is left; the agent's presence may change by it."""
        self.units -= units
        self.items_held += 1
        held = [each for each in profiles if each in self.profiles]
        self.be_present(is_in_use=units > 0 or bool(held))
        for profile in held:
            self.profiles[profile] -= 1
            if profile in self.blocking:
                self.blocking[profile] -= 1

    def be_present(self, *, is_in_use: bool) -> None:
        """Let a presence that follows the capacity in use do so."""
        self.base = presence_in_use(
            self.base, follows=self.follows, is_in_use=is_in_use, items_held=self.items_held
        )


def lock_rooms(
    cursor: Any,
    proposals: Sequence[Proposal],
    published: configuration.Published,
    *,
    staff: Staff,
    patience: Patience,
) -> dict[int, Room]:
    """Present room by agent, read after the loads are locked by ascending id; the ``staff`` is what
    the batch was decided by.

    Reading is a statement of its own: one that waited for a lock still sees presence and
    membership as they were before it waited. Agents whose loads somebody else holds for longer
    than there is ``patience`` are left out, and their work is decided again.
    """
    agent_ids = sorted({each.agent_id for each in proposals})
    queue_ids = sorted({each.queue_id for each in proposals})
    cursor.execute(statement("make_loads"), {"agent_ids": array_of(agent_ids)})
    locked = array_of(patience.lock_loads(cursor, agent_ids))
    wanted = {"agent_ids": locked, "queue_ids": array_of(queue_ids)}
    cursor.execute(statement("rooms_of_agents"), wanted)
    rooms = {
        id: _room(*row, is_as_known=is_as_known(staff.get(id), said, published))
        for id, *row, said in cursor.fetchall()
    }
    names_of_all = {name for each in proposals for name in (*each.profiles, *each.counted)}
    profiles = profile_ids(names_of_all, published)
    if profiles:
        names = {"agent_ids": locked, "profile_ids": array_of(profiles)}
        cursor.execute(statement("make_profile_loads"), names)
        cursor.execute(statement("lock_profile_loads"), names)
        for agent_id, profile_id, room in cursor.fetchall():
            rooms[agent_id].profiles[profile_id] = room
    return rooms


def _room(
    base: str | None,
    follows: bool,
    is_in_use: bool,
    items_held: int,
    enabled: bool,
    blocking: list[tuple[int, int]],
    units: int,
    queues: list[int],
    *,
    is_as_known: bool,
) -> Room:
    room = Room(
        base=PRESENCES[base] if base else None,
        follows=follows,
        items_held=items_held,
        is_enabled=enabled,
        blocking=dict(blocking) if blocking else {},
        units=units,
        queues=queues,
        profiles={},
        is_as_known=is_as_known,
    )
    room.be_present(is_in_use=is_in_use)
    return room


def fits(
    proposal: Proposal,
    rooms: Mapping[int, Room],
    workstreams: Mapping[int, int],
    published: configuration.Published,
) -> bool:
    """Whether the agent may still have it; affinity asks neither for presence, room nor queue, a
    preferred agent not for room, and neither for skills or what else rules ask for."""
    room = rooms.get(proposal.agent_id)
    workstream = published.compiled.workstreams.get(workstreams[proposal.item_id])
    if room is None or workstream is None or not room.is_enabled:
        return False
    if proposal.how is How.PUSH and not room.is_as_known:
        return False
    profiles = profile_ids(proposal.profiles, published)
    if proposal.how != How.AFFINITY:
        allowed = _is_as_decided(proposal, room, workstream)
        is_member = proposal.queue_id in room.queues
        has_room = proposal.how == How.PREFERRED or room.takes(proposal.units, profiles)
        if not (is_member and allowed and has_room):
            return False
    counted = profile_ids(proposal.counted, published)
    if proposal.how is not How.PUSH and room.is_passed_by(proposal.units, profiles, counted):
        room.overrides |= {proposal.item_id}
    room.take(proposal.units, profiles)
    return True


def _is_as_decided(proposal: Proposal, room: Room, workstream: Workstream) -> bool:
    """Whether the presence still lets him have it: by the workstream, or, where a custom method
    decided, if it is what the rules saw."""
    if proposal.presence is not None:
        return room.base == proposal.presence
    return room.base in workstream.allowed_presences


def profile_ids(names: Collection[str], published: configuration.Published) -> list[int]:
    """The profiles by their rows; those of most proposals are none."""
    if not names:
        return []
    known = published.compiled.profiles
    return sorted(known[name].id for name in names if name in known)
