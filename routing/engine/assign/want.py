"""The turn of an item that a preferred agent may have."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from routing.engine.decisions import Proposal
from routing.engine.facts import ItemFacts
from routing.engine.order import Group
from routing.engine.preferred import chosen, waits_for_them
from routing.terms import How

if TYPE_CHECKING:
    from routing.engine.assign.batch import Batch


def want(batch: "Batch", group: Group) -> Iterator[Proposal]:
    """To the first preferred agent who is there, whatever his room and skills.

    What the batch gave him before may have made him busy, or not to be disturbed: then others may
    have it, unless it is for preferred agents alone.
    """
    item = group.first
    agent_id = chosen(item, batch.wishes_now(item))
    if agent_id is not None:
        place = next(place for place in batch.members(item) if place.seat.id == agent_id)
        yield batch.propose(item, place, How.PREFERRED)
        return
    # A best match is made of all its items at once: this one goes into the next.
    if not group.is_whole and not is_for_them_alone(batch, item):
        bench = batch.bench(item)
        found = bench.first()
        if found is not None:
            yield batch.propose(item, found, How.PUSH, bench.said(item, found))
            return
    group.is_blocked = True


def waits(batch: "Batch", item: ItemFacts) -> bool:
    """Whether it goes on waiting for a preferred agent."""
    return waits_for_them(batch.configuration, item)


def is_for_them_alone(batch: "Batch", item: ItemFacts) -> bool:
    """Whether it waits for them, or was read out of turn and is nobody else's yet."""
    return item.is_ahead or waits(batch, item)
