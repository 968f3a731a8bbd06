"""Change the presence of an agent: the only place that does."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from agents.actions.lock_chosen import hold_chosen
from agents.exceptions import GetsNoWork, PresenceNotSelectable
from agents.models import Agent, AgentPresence, AgentWindow, Presence, User
from agents.signals import presence_changed
from agents.terms import BasePresence
from config.models import Event
from config.models.event import APPEND
from config.prepared import Prepared, prepared_cursor

CHANGED_FIELDS: Final = (
    "presence_id",
    "base",
    "is_manual",
    "after",
    "since",
    "before_id",
    "before_is_manual",
    "left_at",
)
# The presence and its event, in one statement.
CHANGE: Final = " ".join(
    [
        "WITH changed AS (UPDATE agents_agentpresence SET",
        ", ".join(f"{name} = %(new_{name})s" for name in CHANGED_FIELDS),
        "WHERE agent_id = %(agent_id)s)",
        APPEND,
    ]
)
LOCKED: Final = Prepared(
    lambda agent_id: (
        AgentPresence.objects.select_for_update(of=("self",))
        .select_related("presence")
        .filter(agent_id=agent_id)
    ),
    "agent_id",
)


@transaction.atomic
def set_presence(
    *,
    agent: Agent,
    presence: Presence,
    by: User | None,
    now: datetime,
    is_manual: bool = True,
    after: str = "",
) -> AgentPresence:
    """Give the agent the presence; the same again changes and announces nothing. Who is offline
    because he is gone has not chosen it when somebody else says so, nor is he there when somebody
    else gives him another one: his chats go on to others.

    ``by`` is None when the system itself does it, ``after`` the refusal that it answers.
    Refuses people (not the system) a presence that only the system sets, and any of an agent who
    is disabled: he would be there for work from the moment in which he is enabled again.
    """
    presence = hold_presence(presence)
    current = lock_presence(agent, now)

    if by is not None and not presence.agents_may_set:
        raise PresenceNotSelectable
    if by is not None and not Agent.objects.filter(pk=agent.pk, is_enabled=True).exists():
        raise GetsNoWork(agent=str(agent))
    is_of_another = by is not None and by.pk != agent.user_id
    if is_of_another and not current.is_manual and _is_offline(current, presence):
        return current
    while_gone = current.is_set_while_gone if by is None else is_of_another and current.is_gone
    return give_presence(
        current, presence, now=now, is_manual=is_manual, after=after, by=by, while_gone=while_gone
    )


def give_presence(
    current: AgentPresence,
    presence: Presence,
    *,
    now: datetime,
    is_manual: bool = False,
    after: str = "",
    by: User | None = None,
    while_gone: bool = False,
) -> AgentPresence:
    """The same for a row that the caller's transaction has locked already. The event names who
    did it, unless it was the system; ``while_gone`` keeps in mind that the agent is, and since
    when, though the system goes on."""
    if (current.presence_id, current.base) == (presence.pk, presence.base):
        return _keep(current, is_manual=is_manual, after=after, while_gone=while_gone)

    if current.base == BasePresence.OFFLINE:
        # Who comes by another way is not taken for gone because of windows of yesterday.
        AgentWindow.objects.filter(agent=current.agent_id).dead(now).delete()
    current.before_id = (current.before_id or current.presence_id) if while_gone else None
    current.presence = presence
    current.base = presence.base
    current.is_manual = is_manual
    current.after = after
    current.since = current.since if while_gone and by is None else now
    current.before_is_manual, current.left_at = False, None
    told = {"presence": presence.name, "base": presence.base}
    told |= {"by": by.username} if by else {}
    event = Event.of(at=now, kind="presence-changed", agent_id=current.agent_id, data=told)
    new = {f"new_{name}": getattr(current, name) for name in CHANGED_FIELDS}
    with prepared_cursor() as cursor:
        cursor.execute(CHANGE, new | event)

    presence_changed.send(sender=AgentPresence, agent_ids=[current.agent_id], now=now)
    return current


def leave(current: AgentPresence, *, now: datetime, was_there: bool = True) -> AgentPresence:
    """Make an agent whose presence is locked offline because he is gone. Who was there though
    offline, by choice or by default, is gone from now on; others have been for longer."""
    is_news = was_there and current.left_at is None
    left = give_presence(current, Presence.objects.get(name=BasePresence.OFFLINE), now=now)
    if is_news and left.since != now:
        left.since = now
        left.save(update_fields=["since"])
    return left


def hold_presence(presence: Presence) -> Presence:
    """It as it stays until the end, before the agent's row is locked: whoever changes its base
    carries that over to all who have it. Nobody changes one that is built in."""
    return presence if presence.is_built_in else hold_chosen(Presence, [presence])[presence.pk]


def lock_presence(agent: Agent, now: datetime) -> AgentPresence:
    """The agent's row, locked; two first changes at once end up at the same row.

    Also one that was given another presence while its lock was waited for is found only by the
    second look.
    """
    if (current := LOCKED.first(agent_id=agent.pk)) is not None:
        return current
    offline = Presence.objects.get(name=BasePresence.OFFLINE)
    AgentPresence.objects.bulk_create(
        [AgentPresence(agent=agent, presence=offline, base=offline.base, since=now)],
        ignore_conflicts=True,
    )
    return LOCKED(agent_id=agent.pk)[0]


def lock_presences(agent_ids: Iterable[int], now: datetime) -> None:
    """The rows of several agents by ascending id, before a move that changes more than one; those
    that are missing are made first."""
    ids = sorted(set(agent_ids))
    offline = Presence.objects.get(name=BasePresence.OFFLINE)
    AgentPresence.objects.bulk_create(
        [AgentPresence(agent_id=id, presence=offline, base=offline.base, since=now) for id in ids],
        ignore_conflicts=True,
    )
    rows = AgentPresence.objects.filter(agent__in=ids).order_by("agent_id")
    list(rows.select_for_update().values_list("agent_id"))


def _is_offline(current: AgentPresence, presence: Presence) -> bool:
    return current.presence_id == presence.pk and presence.name == BasePresence.OFFLINE


def _keep(
    current: AgentPresence, *, is_manual: bool, after: str, while_gone: bool
) -> AgentPresence:
    """The same presence by choice or by itself: what it follows from now on is remembered."""
    new = (is_manual, after, None, current.before_id if while_gone else None)
    if new != (current.is_manual, current.after, current.left_at, current.before_id):
        current.is_manual, current.after, current.left_at, current.before_id = new
        current.save(update_fields=["is_manual", "after", "left_at", "before"])
    return current
