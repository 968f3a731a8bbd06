"""Who was looked at for an item, and why the chosen agent was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Proposal
from routing.engine.explain.fit import MAXIMUM_BYTES, fit, size
from routing.engine.explain.looks import Looks
from routing.engine.facts import AgentFacts, ItemFacts

Document = dict[str, Any]

# What a proposal's own part of the document may take beside the agents of its group.
OWN_BYTES: Final = 1_024
GROUP_BYTES: Final = MAXIMUM_BYTES - OWN_BYTES
# More of the queues that were matched at once are only counted.
MOST_QUEUES: Final = 3
LONG_NAME: Final = 40


def considered(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    members: Iterable[AgentFacts],
    *,
    now: datetime,
    maximum_declines: int | None = None,
) -> Document:
    """The members of the item's queue: up to fifty by name, of more the first ten eligible.

    It holds for all items of the group as they stood before the batch.
    The item's workstream and queue must be in the configuration.
    """
    looked = looked_at(configuration, item, members, now=now, maximum_declines=maximum_declines)
    return fit(looked, GROUP_BYTES)


def looked_at(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    members: Iterable[AgentFacts],
    *,
    now: datetime,
    maximum_declines: int | None = None,
) -> Document:
    """The same, however long; such a document is not stored."""
    looks = Looks(configuration, now=now, maximum_declines=maximum_declines)
    return looks.document(item, list(members))


def own_document(
    proposal: Proposal, *, agent: str, configuration_version: int, read: Document | None = None
) -> Document:
    """What an assignment decision says of its own item, however long: ``read`` is for whoever
    makes the decision again."""
    own: Document = {
        "configuration_version": configuration_version,
        "stage": "assignment",
        "agent": agent,
        "how": proposal.how.value,
        "units": proposal.units,
        "capacity_profiles": list(proposal.profiles),
        "numbers": dict(proposal.numbers),
    }
    if proposal.wishes:
        own["preferred"] = [dict(wish) for wish in proposal.wishes]
    if proposal.excess:
        own["excess"] = [each.document for each in proposal.excess]
    if proposal.matched:
        queues = [_short(name) for name in proposal.matched[:MOST_QUEUES]]
        own["matched"] = {"count": len(proposal.matched), "queues": queues}
    if read is not None:
        own["read"] = read
    return own


def _short(name: str) -> str:
    return name if len(name) <= LONG_NAME else name[: LONG_NAME - 1] + "…"


def assignment_document(
    proposal: Proposal,
    *,
    agent: str,
    looked_at: Document,
    configuration_version: int,
    read: Document | None = None,
) -> Document:
    """The assignment decision; `looked_at` is what `considered` said of the item's group, `read`
    what is the item's own, for whoever makes the decision again.

    Only the proposal's own part is measured: a batch makes a thousand of these.
    """
    named: dict[str, Any] = {"agent": agent, "configuration_version": configuration_version}
    own = own_document(proposal, **named, read=read)
    if read is not None and size(own) > OWN_BYTES:
        own = own_document(proposal, **named, read={"place": read["place"], "cut": ["everything"]})
    document = {**own, **looked_at}
    return document if size(own) <= OWN_BYTES else fit(document)
