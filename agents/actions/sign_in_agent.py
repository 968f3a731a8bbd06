"""An agent starts work."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from agents.actions.follow_capacity import set_by_capacity
from agents.actions.lock_agent import hold_agent, hold_limits
from agents.actions.set_presence import give_presence, lock_presence
from agents.models import Agent, AgentPresence, AgentSession, Presence
from agents.terms import FOLLOWING_CAPACITY, BasePresence

# Who is back within this has the presence from before, and his chats (A 14, A 17).
RETURN_WITHIN: Final = timedelta(seconds=150)
KEPT: Final = "SELECT * FROM agents_presence WHERE id = %s FOR KEY SHARE"


@transaction.atomic
def sign_in_agent(*, agent: Agent, now: datetime, session: UUID | None = None) -> AgentPresence:
    """Give an offline agent the default presence: *away*, *offline*, or one of the organisation's
    own, which lasts like a choice; else that of the capacity in use (A 14).

    A second browser leaves the presence that was chosen in the first, being offline too, and who
    dropped out has it again when he is soon back. ``session`` names this sign-in, which signs out
    on its own. Nothing where he is disabled meanwhile. Refuses DefinitionGone where he is deleted.
    """
    default = hold_for_presence(agent)
    current = lock_presence(agent, now)
    # Who disables him takes him offline behind that lock, or has done so by now.
    if not Agent.objects.filter(pk=agent.pk, is_enabled=True).exists():
        return current
    is_elsewhere = AgentSession.objects.filter(agent=agent).living(now).exists()
    if session is not None:
        AgentSession.objects.create(agent=agent, key=session, begun_at=now)
    is_chosen = current.is_manual and is_elsewhere
    if current.base != BasePresence.OFFLINE or is_chosen:
        return _forget_leaving(current) if current.before_id else current
    before = current.before
    if before is not None and current.left_at and current.left_at >= awaited_since(now):
        changed = _restore(current, before, now)
    else:
        changed = _begin(default, current, now)
    return _forget_leaving(changed)


def hold_for_presence(agent: Agent) -> Presence | None:
    """All that comes before the presence of who signs in, and the default one if there is any.
    Refuses DefinitionGone where he is deleted meanwhile."""
    default = _keep_default_presence(agent)
    hold_agent(agent)
    hold_limits(agent)
    return default


def awaited_since(now: datetime) -> datetime:
    """Who left before that moment is waited for no more."""
    return now - RETURN_WITHIN


def _keep_default_presence(agent: Agent) -> Presence | None:
    """It as it is by now, before the agent's own row is locked.

    Against deletion only, as an import may hold it for long: what a change makes of its base
    reaches who came meanwhile by ``carry_base_over``.
    """
    found = Presence.objects.raw(KEPT, [agent.default_presence_id])
    return next(iter(found), None)


def _restore(current: AgentPresence, before: Presence, now: datetime) -> AgentPresence:
    """What was chosen, answered a refusal, or came as the default is there again; what followed
    the capacity in use follows what became of it meanwhile."""
    was_given = current.before_is_manual or current.before_after
    if _is_by_capacity(before) and not was_given:
        return set_by_capacity(current, now)
    return give_presence(
        current,
        before,
        now=now,
        is_manual=current.before_is_manual,
        after=current.before_after,
    )


def _begin(presence: Presence | None, current: AgentPresence, now: datetime) -> AgentPresence:
    if presence is None or _is_by_capacity(presence) or not presence.agents_may_set:
        return set_by_capacity(current, now)
    # Who is offline by default is not taken for one who chose it though signed in.
    lasts = presence.base in FOLLOWING_CAPACITY
    return give_presence(current, presence, now=now, is_manual=lasts)


def _is_by_capacity(presence: Presence) -> bool:
    """Whether it is one of those that the capacity in use brings about."""
    return presence.name in FOLLOWING_CAPACITY


def _forget_leaving(current: AgentPresence) -> AgentPresence:
    """Also where the default presence is offline, which changes nothing else."""
    current.before, current.before_is_manual, current.before_after = None, False, ""
    current.left_at = None
    current.save(update_fields=["before", "before_is_manual", "before_after", "left_at"])
    return current
