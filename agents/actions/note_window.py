"""An agent's page tells that it is there, or that it closes; without any he is taken offline."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from agents.actions.lock_agent import hold_agent
from agents.actions.record_event import record_event
from agents.actions.set_presence import leave, lock_presence
from agents.actions.sign_in_agent import hold_for_presence, sign_in_agent
from agents.models import Agent, AgentPresence, AgentSession, AgentWindow
from agents.models.window import GRACE
from agents.terms import BasePresence
from config.prepared import prepared_cursor

# Every page of every agent says it every minute: one statement, whose commit need not reach the
# disk. What a crash loses is said again. Whether the window was known, and the agent had left, or
# was given a presence while he was gone.
TELL: Final = """
WITH told AS (
    UPDATE agents_agentwindow SET seen_at = %(now)s, closed_at = NULL
    WHERE agent_id = %(agent_id)s AND key = %(key)s
        AND set_config('synchronous_commit', 'off', true) IS NOT NULL
    RETURNING 1
)
SELECT EXISTS (SELECT FROM told), EXISTS (
    SELECT FROM agents_agentpresence
    WHERE agent_id = %(agent_id)s AND (left_at IS NOT NULL OR before_id IS NOT NULL)
)
"""
# Waits for who takes him offline.
HAS_LEFT: Final = """
SELECT left_at IS NOT NULL OR before_id IS NOT NULL
FROM agents_agentpresence WHERE agent_id = %s FOR KEY SHARE
"""
# A shift has hundreds of pages, all read to see who is gone: those that closed are forgotten. None
# that is held is waited for: another page of his that opens at once forgets the same.
OPEN: Final = """
WITH over AS (
    SELECT id FROM agents_agentwindow
    WHERE agent_id = %(agent_id)s AND closed_at <= %(closed_at)s
    FOR UPDATE SKIP LOCKED
), forgotten AS (
    DELETE FROM agents_agentwindow USING over WHERE agents_agentwindow.id = over.id
)
INSERT INTO agents_agentwindow (agent_id, session_id, key, seen_at)
VALUES (%(agent_id)s, %(session_id)s, %(key)s, %(now)s)
"""


def note_window(*, agent: Agent, key: UUID, now: datetime, session: UUID | None = None) -> None:
    """The page is there, in the browser of ``session``. Who was taken offline is back: within two
    and a half minutes with the presence from before, later as if he signed in. Refuses
    DefinitionGone where he is deleted meanwhile."""
    with prepared_cursor() as cursor:
        cursor.execute(TELL, {"agent_id": agent.pk, "key": key, "now": now})
        is_known, has_left = cursor.fetchone()
    if not is_known:
        try:
            has_left = _open(agent, key, session, now)
        except IntegrityError:
            # The same page told twice at once, or a key that is somebody else's.
            return
    if has_left:
        _come_back(agent, now)


def close_window(*, agent: Agent, key: UUID, now: datetime) -> None:
    """The page closes: noted only; ``take_offline`` looks again a moment later."""
    AgentWindow.objects.filter(agent=agent, key=key).update(closed_at=now)


def gone(now: datetime) -> "QuerySet[AgentPresence]":
    """Agents who had windows, and have none that lives nor a browser without scripts, which has no
    windows; who chose to be offline was there too."""
    windows = AgentWindow.objects.filter(agent=OuterRef("agent"))
    silent = AgentSession.objects.filter(agent=OuterRef("agent")).silent(now)
    there = AgentPresence.objects.filter(left_at__isnull=True)
    return (
        there.filter(Exists(windows)).exclude(Exists(windows.living(now))).exclude(Exists(silent))
    )


@transaction.atomic
def take_offline(*, agent_id: int, now: datetime) -> bool:
    """Take an agent offline whose windows are all gone, remembering what he was; False when he is
    back meanwhile, asked behind the lock of his presence, and again behind those of his windows:
    the ones he has tell without that of his presence."""
    agent = Agent.objects.select_related("user").get(pk=agent_id)
    current = lock_presence(agent, now)
    if not gone(now).filter(agent=agent).exists():
        return False
    windows = AgentWindow.objects.filter(agent=agent)
    heard_at = windows.last_heard_at()
    windows.dead(now).delete()
    if windows.exists():
        return False

    is_kept = current.is_manual or current.base != BasePresence.OFFLINE
    before = current.presence if is_kept else None
    was_manual, after = current.is_manual, current.after
    leave(current, now=now)
    current.before, current.before_is_manual, current.left_at = before, was_manual, now
    current.before_after = after
    current.heard_at = heard_at
    current.save(
        update_fields=["before", "before_is_manual", "before_after", "left_at", "heard_at"]
    )
    record_event(kind="agent-disconnected", agent_id=agent_id, now=now)
    return True


@transaction.atomic
def _open(agent: Agent, key: UUID, session: UUID | None, now: datetime) -> bool:
    """Make the window known in place of those that closed, with the presence held: whoever takes
    him offline finds it, or has done so by now, which is the answer."""
    hold_agent(agent)
    with connection.cursor() as cursor:
        cursor.execute(HAS_LEFT, [agent.pk])
        (has_left,) = cursor.fetchone() or (False,)
        known = _told(agent, session, now)
        cursor.execute(
            OPEN,
            {
                "agent_id": agent.pk,
                "session_id": known.pk if known else None,
                "key": key,
                "now": now,
                "closed_at": now - GRACE,
            },
        )
    return bool(has_left)


@transaction.atomic
def _come_back(agent: Agent, now: datetime) -> None:
    hold_for_presence(agent)
    current = lock_presence(agent, now)
    if current.left_at is None and current.before_id is None:
        return

    sign_in_agent(agent=agent, now=now)
    record_event(kind="agent-returned", agent_id=agent.pk, now=now)


def _told(agent: Agent, key: UUID | None, now: datetime) -> AgentSession | None:
    """The sign-in of the window, if it has one: it has scripts. One that was forgotten because its
    windows were silent, as another device signed out, is known again: its cookie lasts."""
    if key is None:
        return None
    sessions = AgentSession.objects.select_for_update().filter(agent=agent, key=key)
    session = sessions.first()
    if session is None:
        again = AgentSession(agent=agent, key=key, begun_at=now, has_told=True)
        # Two pages of it may come back at once.
        AgentSession.objects.bulk_create([again], ignore_conflicts=True)
        return sessions.first()
    if not session.has_told:
        session.has_told = True
        session.save(update_fields=["has_told"])
    return session
