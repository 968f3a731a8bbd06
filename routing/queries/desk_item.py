"""One work item as an agent's desk shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from agents.models import Agent
from routing.models import Assignment
from routing.permissions import may_read, visible_on_desk
from routing.queries.desk_consults import consults_between, my_part
from routing.queries.in_force import basic_queues, keeps_same_agent, may_be_picked
from routing.terms import Outcome
from workstreams.models import Consult, NotificationTemplate, QueueMembership, WorkItem
from workstreams.queries.chat_visits import left_at
from workstreams.queries.quick_replies import TEMPLATE_CHANNELS
from workstreams.queries.required_skills import skill_names
from workstreams.queries.service_configuration import service_configuration
from workstreams.queries.slug_values import SLUG_RELATIONS
from workstreams.template_words import OPEN
from workstreams.terms import ConsultState, ItemKind, ItemState

ADVISERS = (ConsultState.ADVISING, ConsultState.JOINED)


@dataclass(frozen=True, kw_only=True)
class ItemOnDesk:
    """A work item, and what this agent may do with it now."""

    item: WorkItem
    is_mine: bool
    offer: Assignment | None
    may_read: bool
    skills: tuple[str, ...]
    agents_change_skills: bool
    consult: Consult | None = None
    has_consults: bool = False
    serves_queue: bool = False

    @property
    def may_change_skills(self) -> bool:
        """Whether the switch is on, and the work the agent's and not over."""
        is_over = self.item.state == ItemState.CLOSED
        return self.agents_change_skills and self.is_accepted and not is_over

    @property
    def state_key(self) -> str:
        """What the page shows of the state: once it is another, the reply form is fetched too."""
        if self.consult is not None:
            return f"{self.item.state}-{self.consult.state}"
        if self.is_offered_to_me:
            return f"{self.item.state}-offered"
        return self.item.state if self.is_mine else f"{self.item.state}-elsewhere"

    @property
    def is_advising(self) -> bool:
        """Whether the agent reads along, or talks too, in the work of another."""
        return self.consult is not None and self.consult.state in ADVISERS

    @property
    def is_joined(self) -> bool:
        return self.consult is not None and self.consult.state == ConsultState.JOINED

    @property
    def customer_left_at(self) -> datetime | None:
        """Since when the customer's chat page is gone, if it is."""
        return left_at(self.item)

    @property
    def may_consult(self) -> bool:
        return self.may_end

    @property
    def is_offered_to_me(self) -> bool:
        return self.offer is not None

    @property
    def may_decline(self) -> bool:
        return self.offer is not None and self.offer.may_decline

    @property
    def accept_label(self) -> str:
        """What is assigned without asking is opened, also where its template asks."""
        is_given = self.offer is not None and self.offer.auto_assign
        return OPEN if is_given else self.offered_by.accept_label

    @property
    def offered_by(self) -> NotificationTemplate:
        """The template that says what the offer's buttons are called."""
        own = self.offer.template if self.offer else None
        return own or self.item.workstream.notification_template

    @property
    def is_accepted(self) -> bool:
        return self.is_mine and not self.is_offered_to_me

    @property
    def may_write(self) -> bool:
        is_talk = self.item.kind == ItemKind.CONVERSATION
        is_in = self.is_accepted or self.is_joined
        return is_talk and is_in and self.item.state == ItemState.ACTIVE

    @property
    def has_message_templates(self) -> bool:
        """Whether the organisation may write first there (B 11.6)."""
        return self.item.channel in TEMPLATE_CHANNELS

    @property
    def may_end(self) -> bool:
        return self.is_accepted and self.item.state == ItemState.ACTIVE

    @property
    def may_rest(self) -> bool:
        """Whether the conversation may wait for its customer (B 14.3)."""
        return self.may_end and self.item.is_asynchronous

    @property
    def may_close_session(self) -> bool:
        """Whether its X puts it back into its queue: a live conversation before its end (A 17)."""
        is_talk = self.item.kind == ItemKind.CONVERSATION
        return self.may_end and is_talk and not self.item.is_asynchronous

    @property
    def is_offered_again(self) -> bool:
        """Whether somebody is asked about what goes back into the queue: in basic ones nobody."""
        return self.item.is_pushed and self.item.queue_id not in basic_queues()

    @property
    def comes_back_to_me(self) -> bool:
        """Whether affinity asks this agent first about what he puts back by closing its session."""
        return self.is_offered_again and keeps_same_agent(self.item)

    @property
    def may_reopen(self) -> bool:
        return self.is_mine and self.item.state == ItemState.WAITING

    @property
    def may_close(self) -> bool:
        return self.is_accepted and self.item.state == ItemState.WRAP_UP

    @property
    def may_pick(self) -> bool:
        """Supervisors know of what waits in queues that they do not serve."""
        return self.serves_queue and self.is_there_to_pick

    @property
    def is_there_to_pick(self) -> bool:
        return self.item.state == ItemState.OPEN and may_be_picked(self.item)


def find_on_desk(item_id: int, agent: Agent) -> ItemOnDesk | None:
    """The item if the agent may know of it; 1 to 7 queries."""
    serving = QueueMembership.objects.filter(queue=OuterRef("queue"), agent=agent)
    item = (
        visible_on_desk(agent)
        .select_related(
            "workstream__notification_template",
            "workstream__session_template",
            "contact__account",
            "visit",
            *SLUG_RELATIONS,
        )
        .annotate(has_consults=Exists(consults_between(agent)), serves_queue=Exists(serving))
        .filter(pk=item_id)
        .first()
    )
    if item is None:
        return None
    is_mine = item.agent_id == agent.pk
    has_consults = bool(getattr(item, "has_consults", False))
    consult = my_part(item, agent) if has_consults and not is_mine else None
    offer = _offer(item, agent) if is_mine else None
    return ItemOnDesk(
        item=item,
        is_mine=is_mine,
        may_read=may_read(agent.user, item),
        offer=offer,
        skills=tuple(_skill_text(skill) for skill in skill_names(item.required_skills)),
        agents_change_skills=is_mine and service_configuration().agents_change_skills,
        consult=consult,
        has_consults=has_consults,
        serves_queue=bool(getattr(item, "serves_queue", False)),
    )


def _offer(item: WorkItem, agent: Agent) -> Assignment | None:
    pending = Assignment.objects.filter(item=item, agent=agent, outcome=Outcome.PENDING)
    return pending.select_related("template").first()


def _skill_text(skill: dict[str, object]) -> str:
    rating = skill["rating"]
    return str(skill["skill"]) if rating is None else f"{skill['skill']} ({rating} or better)"
