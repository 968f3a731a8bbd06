"""The offers on an agent's desk, in the words of their templates."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from agents.models import Agent
from routing.models import Assignment
from routing.queries.desk import DeskItem, desk_row, skill_names_of
from routing.terms import Outcome
from workstreams.models import NotificationTemplate
from workstreams.queries.slug_values import SLUG_RELATIONS, slug_values
from workstreams.slugs import fill
from workstreams.template_words import OPEN
from workstreams.terms import ItemState

# What an offer shows, so that a list of them costs the same however many there are.
SHOWN: Final = (
    "template",
    "item__workstream__notification_template",
    "item__visit",
    *(f"item__{relation}" for relation in SLUG_RELATIONS),
)

# What became of an offer without an answer of its agent, or by one.
SETTLED: Final = (Outcome.MISSED, Outcome.WITHDRAWN, Outcome.ACCEPTED)
# Work that was missed may have overflowed, or be offered to somebody else by now.
MISSED_AND_BACK: Final = "missed-and-back"


@dataclass(frozen=True, kw_only=True)
class OfferField:
    """One line of an offer: what it is, and what it says."""

    header: str
    value: str


@dataclass(frozen=True, kw_only=True)
class OfferCard:
    """How an offer reads: the words of its template, slugs filled in.

    ``notifies`` says when it also shows outside the browser: never, background or always.
    """

    title: str
    icon: str
    fields: tuple[OfferField, ...]
    shows_countdown: bool
    accept_label: str
    decline_label: str
    notifies: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An item somebody is asked to take, and until when.

    With ``auto_assign`` the item is the agent's at the deadline, with ``auto_accept`` it
    opens then, too.
    """

    item: DeskItem
    assignment_id: int
    how: str
    offered_at: datetime
    deadline_at: datetime
    may_decline: bool
    auto_assign: bool
    auto_accept: bool
    card: OfferCard

    @property
    def seconds(self) -> int:
        """How long the offer lasts in all."""
        return round((self.deadline_at - self.offered_at).total_seconds())


def my_offers(agent: Agent) -> list[Offer]:
    """Pending offers, the one that runs out first on top; 2 queries."""
    pending = list(
        Assignment.objects.filter(agent=agent, outcome=Outcome.PENDING)
        .select_related(*SHOWN)
        .order_by("deadline_at", "pk")
    )
    names = skill_names_of(assignment.item for assignment in pending)
    return [
        Offer(
            item=desk_row(assignment.item, names),
            assignment_id=assignment.pk,
            how=assignment.how,
            offered_at=assignment.offered_at,
            deadline_at=assignment.deadline_at,
            may_decline=assignment.may_decline,
            auto_assign=assignment.auto_assign,
            auto_accept=assignment.auto_accept,
            card=_card(assignment, agent),
        )
        for assignment in pending
        if assignment.deadline_at is not None
    ]


def _card(assignment: Assignment, agent: Agent) -> OfferCard:
    """What is assigned without asking is opened, also where its template asks: records are."""
    card = offer_card(template_of_offer(assignment), slug_values(assignment.item, agent))
    return replace(card, accept_label=OPEN) if assignment.auto_assign else card


def template_of_offer(assignment: Assignment) -> NotificationTemplate:
    """The one it was made by; where that is gone, the workstream's for incoming work."""
    return assignment.template or assignment.item.workstream.notification_template


def offer_card(template: NotificationTemplate, values: Mapping[str, str]) -> OfferCard:
    """The template with its slugs filled in; lines that say nothing are left out."""
    lines = [
        OfferField(header=field["header"], value=fill(field["value"], values).strip())
        for field in template.fields
    ]
    return OfferCard(
        title=fill(template.title, values).strip() or values.get("customerName", ""),
        icon=template.icon,
        fields=tuple(line for line in lines if line.value),
        shows_countdown=template.shows_countdown,
        accept_label=template.accept_label,
        decline_label=template.decline_label,
        notifies=template.desktop_notification,
    )


def opened_by_itself(agent: Agent, item_ids: list[int]) -> int | None:
    """The latest of these items that its countdown has given to the agent, and that is to
    open by itself; 1 query."""
    given = Assignment.objects.filter(
        agent=agent,
        item__in=item_ids,
        outcome=Outcome.ACCEPTED,
        auto_accept=True,
        ended_at=None,
    )
    found = [each for each in given.order_by("-decided_at") if _by_countdown(each)]
    return found[0].item_id if found else None


def settled_offers(agent: Agent, assignment_ids: Collection[int]) -> Mapping[str, list[str]]:
    """Of these offers those that the agent missed, those taken back, and those that their
    countdown gave him, by outcome, each by the customer or the title of its work; those missed by
    whether they wait in their queue again; 1 query."""
    settled = Assignment.objects.filter(agent=agent, pk__in=assignment_ids, outcome__in=SETTLED)
    names: dict[str, list[str]] = {}
    for each in settled.select_related("item").order_by("decided_at", "pk"):
        if each.outcome == Outcome.ACCEPTED and not _by_countdown(each):
            continue
        name = str(each.item.customer.get("name") or each.item.title)
        is_back = each.outcome == Outcome.MISSED and _is_in_its_queue(each)
        names.setdefault(MISSED_AND_BACK if is_back else each.outcome, []).append(name)
    return names


def _is_in_its_queue(assignment: Assignment) -> bool:
    item = assignment.item
    return item.queue_id == assignment.queue_id and item.state == ItemState.OPEN


def _by_countdown(assignment: Assignment) -> bool:
    decided, deadline = assignment.decided_at, assignment.deadline_at
    return decided is not None and deadline is not None and decided >= deadline
