"""An agent's page tells that it is there, or that it closes; without any he is taken offline."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from agents.actions.follow_capacity import set_by_capacity
from agents.actions.record_event import record_event
from agents.actions.set_presence import lock_presence, set_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.models import Agent, AgentPresence, AgentWindow, Presence
from agents.terms import FOLLOWING_CAPACITY, BasePresence

# Who is back within this has the presence from before (A 14).
RETURN_WITHIN: Final = timedelta(seconds=150)


def note_window(*, agent: Agent, key: UUID, now: datetime) -> None:
    """The page is there. Who was taken offline is back: within two and a half minutes with the
    presence from before, later as if he signed in."""
    mine = AgentWindow.objects.filter(agent=agent, key=key)
    if not mine.update(seen_at=now, closed_at=None):
        try:
            with transaction.atomic():
                AgentWindow.objects.create(agent=agent, key=key, seen_at=now)
        except IntegrityError:
            # The same page told twice at once, or a key that is somebody else's.
            return
    if AgentPresence.objects.filter(agent=agent, left_at__isnull=False).exists():
        _come_back(agent, now)


def close_window(*, agent: Agent, key: UUID, now: datetime) -> None:
    """The page closes: noted only; ``take_offline`` looks again a moment later."""
    AgentWindow.objects.filter(agent=agent, key=key).update(closed_at=now)


def gone(now: datetime) -> "QuerySet[AgentPresence]":
    """Agents who are not offline, had windows, and have none that lives."""
    windows = AgentWindow.objects.filter(agent=OuterRef("agent"))
    there = AgentPresence.objects.exclude(base=BasePresence.OFFLINE)
    return there.filter(Exists(windows)).exclude(Exists(windows.living(now)))


@transaction.atomic
def take_offline(*, agent_id: int, now: datetime) -> bool:
    """Take an agent offline whose windows are all gone, remembering what he was; False when he is
    back meanwhile, asked behind the lock of his presence."""
    agent = Agent.objects.select_related("user").get(pk=agent_id)
    current = lock_presence(agent, now)
    if not gone(now).filter(agent=agent).exists():
        return False

    before, was_manual, after = current.presence, current.is_manual, current.after
    offline = Presence.objects.get(name=BasePresence.OFFLINE)
    current = set_presence(agent=agent, presence=offline, by=None, now=now, is_manual=False)
    current.before, current.before_is_manual, current.left_at = before, was_manual, now
    current.before_after = after
    current.save(update_fields=["before", "before_is_manual", "before_after", "left_at"])
    AgentWindow.objects.filter(agent=agent).delete()
    record_event(kind="agent-disconnected", agent=agent, now=now)
    return True


@transaction.atomic
def _come_back(agent: Agent, now: datetime) -> None:
    current = lock_presence(agent, now)
    if current.left_at is None:
        return

    if current.before is not None and now <= current.left_at + RETURN_WITHIN:
        _restore(agent, current, current.before, now)
    else:
        sign_in_agent(agent=agent, now=now)
    AgentPresence.objects.filter(agent=agent).update(
        before=None, before_is_manual=False, before_after="", left_at=None
    )
    record_event(kind="agent-returned", agent=agent, now=now)


def _restore(agent: Agent, current: AgentPresence, before: Presence, now: datetime) -> None:
    """What was chosen, or answered a refusal, is there again; what followed the capacity in use
    follows what became of it meanwhile."""
    was_given = current.before_is_manual or current.before_after
    if before.base in FOLLOWING_CAPACITY and not was_given:
        set_by_capacity(agent, now)
        return
    set_presence(
        agent=agent,
        presence=before,
        by=None,
        now=now,
        is_manual=current.before_is_manual,
        after=current.before_after,
    )
