"""Groups of waiting work that nobody can take, kept as the database is told of them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from routing.sql import array_of


class Arrays(NamedTuple):
    """As many queues as keys of requirements, as PostgreSQL reads arrays."""

    queues: str = "{}"
    keys: str = "{}"


class _Blocked:
    """Those of one queue."""

    __slots__ = ("keys", "revision", "written")

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self.keys: dict[str, None] = {}
        self.written: tuple[str, str] | None = None


class BlockedGroups:
    """Queues and requirements; ``revision`` says how often something of a queue's members changed,
    and once one has, its groups are forgotten.

    There may be thousands of them, asked for in every cycle, so each queue's are written down once.
    """

    def __init__(self, revision: Callable[[int], int]) -> None:
        self._revision = revision
        self._queues: dict[int, _Blocked] = {}

    def add(self, queue_id: int, key: str) -> None:
        """Nobody can take it, as the queue's members are now."""
        revision, kept = self._revision(queue_id), self._queues.get(queue_id)
        if kept is None or kept.revision != revision:
            kept = self._queues[queue_id] = _Blocked(revision)
        if key not in kept.keys:
            kept.keys[key], kept.written = None, None

    def forget(self, queue_ids: Iterable[int]) -> None:
        """Those of these queues."""
        for queue_id in queue_ids:
            self._queues.pop(queue_id, None)

    def clear(self) -> None:
        """Forget all."""
        self._queues.clear()

    def arrays(self) -> Arrays:
        """All that still are."""
        revision, known = self._revision, self._queues
        self._queues = {id: each for id, each in known.items() if each.revision == revision(id)}
        written = [each.written or _write(id, each) for id, each in self._queues.items()]
        return Arrays(
            queues=array_of(queues for queues, _ in written),
            keys=array_of(keys for _, keys in written),
        )


def _write(queue_id: int, blocked: _Blocked) -> tuple[str, str]:
    queues = ",".join([str(queue_id)] * len(blocked.keys))
    written = blocked.written = queues, ",".join(map(_quoted, blocked.keys))
    return written


def _quoted(key: str) -> str:
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
