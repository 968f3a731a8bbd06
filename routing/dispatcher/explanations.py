"""Why each agent of a batch was chosen, as stored documents."""

from collections.abc import Generator, Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pydantic_core import to_json

from routing import configuration
from routing.dispatcher.load import Group, Situation
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import BatchDecision, Proposal
from routing.engine.explain import (
    GROUP_BYTES,
    OWN_BYTES,
    Looks,
    assignment_document,
    fit,
    own_document,
    packed,
    with_seen,
)
from routing.engine.facts import ItemFacts
from routing.engine.given import ELSEWHERE, Given
from routing.engine.staff import Staff
from routing.engine.what_was_seen import what_was_read_of, what_was_seen
from routing.terms import How

# Only the persons in question were asked.
OF_PERSONS: Final = (How.AFFINITY, How.PREFERRED)
# So many looks at members, some three microseconds each, are well within the server's patience.
MANY_LOOKS: Final = 100_000


class Explanations:
    """Why each agent of a batch was chosen: made in ``steps``, while the server reads and writes,
    and all before what the batch gives is remembered.

    Who was considered holds for a whole group, so it is worked out and written out once a group;
    most of a batch's bytes are these.
    """

    def __init__(
        self,
        decision: BatchDecision,
        situation: Situation,
        published: configuration.Published,
        now: datetime,
    ) -> None:
        self._decision, self._situation = decision, situation
        self._compiled, self._staff = published.compiled, situation.staff
        self._looks = Looks(published.compiled, now=now)
        self._items = {item.id: item for item in situation.read}
        self._fronts = {
            (item.queue_id, item.requirement_key): item for item in situation.read if item.behind
        }
        self._looked_at: dict[Group, bytes] = {}
        self._persons: dict[int, dict[str, Any]] = {}
        self._all: list[str] = []
        self.steps = self._explain_all()

    @property
    def take_long(self) -> bool:
        """Whether so many members are looked at for these that it may take a second and more."""
        groups = {
            self._situation.group_of(each): self._item_of(each)
            for each in self._decision.assignments
            if each.how not in OF_PERSONS
        }
        looks: dict[Hashable, int] = {}
        for item in groups.values():
            many = len(self._staff.members(item.queue_id or 0))
            key = self._looks.judged_for(item, self._staff)
            looks[key] = many * self._looks.effort(item)
        return sum(many for key, many in looks.items() if key is not None) > MANY_LOOKS

    def of(self, kept: Sequence[Proposal]) -> list[str]:
        """One explanation for each of these, as JSON; what was lost is told of."""
        for _ in self.steps:
            continue
        if len(kept) == len(self._all):
            return self._all
        return list(self._documents(kept))

    def _explain_all(self) -> Generator[None, None, None]:
        for document in self._documents(self._decision.assignments):
            self._all.append(document)
            yield

    def _documents(self, kept: Sequence[Proposal]) -> Iterator[str]:
        lost = _lost(kept, self._decision)
        version, staff = self._decision.configuration_version, self._staff
        for place, each in enumerate(kept):
            item = self._item_of(each)
            agent = staff.get(each.agent_id)
            assert agent is not None
            said: dict[str, Any] = {
                "agent": agent.username,
                "configuration_version": version,
                "read": what_was_read_of(item, place=place, lost=_before(lost, place, each, staff)),
            }
            if each.how in OF_PERSONS:
                document = assignment_document(each, looked_at=self._of_persons(item), **said)
                yield to_json(document, fallback=str).decode()
            else:
                group = self._of_group(self._situation.group_of(each), item)
                yield _joined(_of_item(each, said), group).decode()

    def _item_of(self, proposal: Proposal) -> ItemFacts:
        """The item, or the one that it was read behind."""
        item = self._items.get(proposal.item_id)
        return item or self._fronts[proposal.queue_id, proposal.requirement_key]

    def _of_persons(self, item: ItemFacts) -> dict[str, Any]:
        found = self._persons.get(item.id)
        if found is None:
            found = self._persons[item.id] = _of_persons(self._compiled, item, self._situation)
        return found

    def _of_group(self, group: Group, item: ItemFacts) -> bytes:
        found = self._looked_at.get(group)
        if found is None:
            found = self._looked_at[group] = _of_group(self._looks, item, self._staff)
        return found


def _of_group(looks: Looks, item: ItemFacts, staff: Staff) -> bytes:
    queue_id = item.queue_id or 0
    members = staff.members(queue_id)
    remembered = what_was_seen(looks.configuration, item, members)
    kept = looks.packed_of_many(item, members, staff)
    seen = looks.document(item, members, staff) if kept is None else {}
    text = _text(packed(seen) if kept is None else kept, remembered)
    if _surely_fits(text, GROUP_BYTES):
        return text
    seen = seen or looks.document(item, members, staff)
    return _text(packed(with_seen(fit(seen, GROUP_BYTES), remembered, GROUP_BYTES)))


def _text(document: Mapping[str, Any], remembered: Mapping[str, Any] | None = None) -> bytes:
    return to_json({**document, "seen": remembered} if remembered else document, fallback=str)


def _of_item(proposal: Proposal, said: dict[str, Any]) -> bytes:
    text = to_json(own_document(proposal, **said), fallback=str)
    if _surely_fits(text, OWN_BYTES):
        return text
    return to_json(assignment_document(proposal, looked_at={}, **said), fallback=str)


def _surely_fits(text: bytes, limit: int) -> bool:
    """Whether it is short enough even with the blanks that it will be printed with; only what
    may be too long is measured."""
    return 2 * len(text) <= limit or len(text) + text.count(b",") + text.count(b":") <= limit


def _before(
    lost: Sequence[tuple[int, Given]], place: int, proposal: Proposal, staff: Staff
) -> list[tuple[int, Given]]:
    """What was lost before its turn to those it was decided among, and that something was lost to
    others; whoever it goes back to need not serve the queue."""
    return [
        (after, given if _counts_for(given, proposal, staff) else ELSEWHERE)
        for after, given in lost
        if after <= place
    ]


def _counts_for(given: Given, proposal: Proposal, staff: Staff) -> bool:
    return given.agent_id == proposal.agent_id or _serves(staff, given.agent_id, proposal.queue_id)


def _lost(kept: Sequence[Proposal], decision: BatchDecision) -> list[tuple[int, Given]]:
    """What the batch decided in vain, each with how many were kept before it: what came after
    reckoned with it."""
    if len(kept) == len(decision.assignments):
        return []
    found: list[tuple[int, Given]] = []
    there = {each.item_id for each in kept}
    after = 0
    for each in decision.assignments:
        if each.item_id in there:
            after += 1
        else:
            given = Given(
                agent_id=each.agent_id,
                queue_id=each.queue_id,
                units=each.units,
                profiles=each.profiles,
            )
            found.append((after, given))
    return found


def _serves(staff: Staff, agent_id: int, queue_id: int) -> bool:
    agent = staff.get(agent_id)
    return agent is not None and queue_id in agent.memberships


def _of_persons(
    compiled: CompiledConfiguration, item: ItemFacts, situation: Situation
) -> dict[str, Any]:
    """The agent it goes back to, and those whom its customer prefers: nobody else was asked."""
    ids = dict.fromkeys([item.affinity_agent_id, *(id for id, _ in item.preferred)])
    agents = [agent for id in ids if id and (agent := situation.staff.get(id))]
    return {"seen": what_was_seen(compiled, item, agents)}


def _joined(own: bytes, shared: bytes) -> bytes:
    """Two JSON objects as one."""
    return own[:-1] + b"," + shared[1:]
