"""What keeps work waiting, as supervisors read it: by cause, with what would free it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from agents.models import Skill
from agents.queries.person_names import person_names
from routing.models import Blocker
from routing.terms import BlockerCause

SENTENCES: Final[dict[str, str]] = {
    BlockerCause.NO_MEMBERS: "Nobody serves the queue {queue}.",
    BlockerCause.DISABLED: "All members of {queue} are disabled for routing.",
    BlockerCause.OFFLINE: "All members of {queue} who could take it are offline.",
    BlockerCause.PRESENCE: (
        "All members of {queue} who could take it are in presences that get none of this work."
    ),
    BlockerCause.SKILL: "No member of {queue} has {detail}.",
    BlockerCause.CAPACITY: "No member of {queue} has the capacity for it: {detail}.",
    BlockerCause.FULL: (
        "Work has waited for more than ten minutes, and all members of {queue} who are there for "
        "it are full{detail}."
    ),
    BlockerCause.DECLINED: (
        "All members of {queue} who are there for it and have room have declined it."
    ),
    BlockerCause.PREFERRED_GONE: (
        "Work of {queue} waits for preferred agents of its customers, none of whom gets work of "
        "the queue."
    ),
    BlockerCause.PREFERRED_AWAY: (
        "Work of {queue} waits for preferred agents of its customers, none of whom is there for it."
    ),
    BlockerCause.METHOD: "The assignment method of {queue} finds nobody{detail}.",
    BlockerCause.NOT_PUBLISHED: "The workstream or the queue {queue} is not published.",
}
# Of a cause that only a newer version of the program knows, while both run.
OTHERWISE: Final = "Work of {queue} waits for something that nobody works on."


@dataclass(frozen=True, kw_only=True)
class Link:
    """A page on which the blocker can be removed."""

    url: str
    label: str


@dataclass(frozen=True, kw_only=True)
class BlockerRow:
    """One cause in one queue."""

    row: Blocker
    links: tuple[Link, ...]
    worked_on_by: str

    @property
    def sentence(self) -> str:
        return sentence_of(self.row)

    @property
    def items_url(self) -> str:
        return f"{reverse('routing:floor')}?state=open&queue={self.row.queue_id}#floor-items"


def blockers(at: datetime) -> tuple[list[BlockerRow], list[BlockerRow]]:
    """Those nobody works on, and those somebody does, the oldest work first; 3 queries at most."""
    rows = list(Blocker.objects.select_related("queue").order_by("oldest_since", "pk"))
    skills, names = _skill_ids(rows), person_names(row.acknowledged_by for row in rows)
    shown = [
        BlockerRow(
            row=row,
            links=_links(row, skills),
            worked_on_by=names.get(row.acknowledged_by, row.acknowledged_by),
        )
        for row in rows
    ]
    worked_on = [each for each in shown if (each.row.acknowledged_until or at) > at]
    return [each for each in shown if each not in worked_on], worked_on


def sentence_of(row: Blocker) -> str:
    """The cause in words."""
    detail = row.detail
    if row.cause in (BlockerCause.FULL, BlockerCause.METHOD):
        detail = f": {detail}" if detail else ""
    words = SENTENCES.get(row.cause, OTHERWISE)
    return words.format(queue=row.queue.name, detail=detail)


def links_of(row: Blocker) -> tuple[Link, ...]:
    """Where it can be removed; 1 query for skills."""
    return _links(row, _skill_ids([row]))


def _skill_ids(rows: list[Blocker]) -> dict[str, int]:
    names = {name for row in rows if row.cause == BlockerCause.SKILL for name in _names(row)}
    if not names:
        return {}
    return dict(Skill.objects.filter(name__in=names).values_list("name", "pk"))


def _names(row: Blocker) -> list[str]:
    return row.detail.split(", ")


def _links(row: Blocker, skills: dict[str, int]) -> tuple[Link, ...]:
    queue = Link(url=reverse("workstreams:queue-detail", args=[row.queue_id]), label="The queue")
    members = Link(url=f"{queue.url}#members", label="Members of the queue")
    floor = reverse("routing:floor")
    presence = "&presence=offline" if row.cause == BlockerCause.OFFLINE else ""
    people = Link(
        url=f"{floor}?agent_queue={row.queue_id}{presence}#floor-agents", label="Its agents now"
    )
    match row.cause:
        case BlockerCause.SKILL:
            known = [
                Link(url=reverse("agents:skill-detail", args=[skills[name]]), label=f"Skill {name}")
                for name in _names(row)
                if name in skills
            ]
            return (*known, members)
        case (
            BlockerCause.NO_MEMBERS
            | BlockerCause.DISABLED
            | BlockerCause.CAPACITY
            | BlockerCause.PREFERRED_GONE
        ):
            return (members,)
        case BlockerCause.METHOD | BlockerCause.NOT_PUBLISHED:
            return (queue,)
        case _:
            return (people, members)
