"""Who is left for one item, of those who pass the tests of all that needs the same."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from routing.engine.eligible import Rules, has_not_declined_too_often
from routing.engine.facts import ItemFacts
from routing.engine.standings import Entry, Standings

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Left:
    """Who declined the item too often, or is spared for a while, is ``barred``, by id; all others
    keep their order. Nobody else is looked at."""

    item: ItemFacts
    barred: frozenset[int] = NOBODY
    entries: tuple[Entry, ...] = ()

    def is_barred(self, entry: Entry) -> bool:
        """Whether the agent may not have the item, though he passes the other tests."""
        return bool(self.barred) and entry[-1].seat.id in self.barred

    def barred_among(self, ranked: Sequence[Entry]) -> int:
        """How many of these, who are in order."""
        return sum(_is_among(ranked, entry) for entry in self.entries)

    def first_of(self, ranked: Iterable[Entry], most: int | None) -> list[Entry]:
        """The first of these, who declined it behind those who did not; without ``most`` all."""
        declined = self.item.declined
        found: list[Entry] = []
        later: list[Entry] = []
        for entry in ranked:
            if most is not None and len(found) >= most:
                break
            if not self.is_barred(entry):
                (later if declined.get(entry[-1].seat.id) else found).append(entry)
        later.sort(key=lambda entry: declined[entry[-1].seat.id])
        return [*found, *later][:most]


def left_for(item: ItemFacts, standings: Standings, rules: Rules) -> Left:
    """What the item's own declines and cool-downs leave of the members who stand like this."""
    if not (item.declined or item.cooling_down):
        return Left(item)
    entries = standings.entries_of({*item.declined, *item.cooling_down})
    barred = tuple(e for e in entries if not has_not_declined_too_often(item, e[-1].seat, rules))
    return Left(item, frozenset(entry[-1].seat.id for entry in barred), barred)


def undeclined(item: ItemFacts) -> ItemFacts:
    """The item as it stands for all that needs the same."""
    if not (item.declined or item.cooling_down):
        return item
    return replace(item, declined={}, cooling_down=frozenset())


def _is_among(ranked: Sequence[Entry], entry: Entry) -> bool:
    at = bisect_left(ranked, entry)
    return at < len(ranked) and ranked[at] is entry
