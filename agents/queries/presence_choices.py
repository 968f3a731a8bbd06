"""What an agent's presence control shows."""

from dataclasses import dataclass

from agents.models import Agent, AgentPresence, Presence
from agents.queries.agent_load import Capacity, capacity_of, with_load
from agents.terms import FOLLOWING_CAPACITY as FOLLOWING
from agents.terms import LABELS, MOST_SESSIONS, BasePresence, RefusedOffer


@dataclass(frozen=True, kw_only=True)
class PresenceControl:
    """The current presence, those to choose from, and the capacity in use.

    ``refused`` and ``after``, its label, say which refused offer brought the presence, empty for
    all others, ``about`` what the organisation says of it;
    ``has_most_sessions`` that only closing some of the open work ends it, ``held`` what ended
    work holds until when. ``stops_work`` says that nobody gets any in this presence,
    ``keeps_customers`` that those whom one has spoken with come back all the same.
    """

    agent: Agent
    text: str
    base: str
    choices: list[Presence]
    current_id: int | None
    is_manual: bool
    refused: str
    after: str
    has_most_sessions: bool
    capacity: Capacity
    limits: tuple[Capacity, ...]
    about: str = ""
    held: tuple[str, ...] = ()
    stops_work: bool = False
    keeps_customers: bool = False

    @property
    def stopped(self) -> str:
        """Which work does not come, if any."""
        if not self.stops_work:
            return ""
        is_all = not self.keeps_customers
        return "no new work" if is_all else "no other work than that of your own customers"

    @property
    def may_reset(self) -> bool:
        """Whether something else than the capacity in use decides."""
        return self.base != BasePresence.OFFLINE and (self.is_manual or self.base not in FOLLOWING)


def presence_control(agent_id: int) -> PresenceControl:
    """Five statements; units and each profile stand apart where there are profiles."""
    agent = with_load(Agent.objects.select_related("user")).get(pk=agent_id)
    current = AgentPresence.objects.select_related("presence").filter(agent=agent).first()
    capacity = capacity_of(agent)
    units, profiles = capacity.visible_units, capacity.visible_profiles
    return PresenceControl(
        agent=agent,
        text=current.presence.text if current else "Offline",
        base=current.base if current else BasePresence.OFFLINE,
        choices=list(Presence.objects.filter(agents_may_set=True)),
        is_manual=current is not None and current.is_manual,
        refused=current.after if current else "",
        after=LABELS[RefusedOffer(current.after)] if current and current.after else "",
        has_most_sessions=(
            current is not None
            and current.base == BasePresence.BUSY_DND
            and not current.is_manual
            and capacity.items_held >= MOST_SESSIONS
        ),
        current_id=current.presence_id if current else None,
        capacity=capacity.shown,
        limits=(*((units,) if units.limit is not None else ()), *profiles) if profiles else (),
    )
