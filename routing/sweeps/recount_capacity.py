"""Loads are compared with the receipts they count; they must never differ."""

import logging
from collections import Counter
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from agents.actions.follow_capacity import follow_capacity
from agents.models import Agent
from routing.actions.hold_capacity import lock_load
from routing.actions.wake_up import wake_up
from routing.models import Assignment, ConsultReceipt, ProfileLoad
from routing.sql import statement
from routing.sweeps.each import Turns, count_changed
from routing.terms import WakeUpKind

log = logging.getLogger(__name__)

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Mend up to ``limit`` agents' counters and return how many were wrong: always zero.

    Suspects are counted again behind their lock, so an assignment that is being
    written is never mistaken for drift. Presences follow what is mended, and the router is told.
    """
    suspects = _turns.first(_suspects, limit)
    return count_changed(suspects, lambda agent_id: _recount(agent_id, now), _turns)


def _suspects(limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement("drifted_loads"), {"limit": limit})
        return [row[0] for row in cursor.fetchall()]


def _recount(agent_id: int, now: datetime) -> bool:
    with transaction.atomic():
        load = lock_load(agent_id)
        counters = list(
            ProfileLoad.objects.filter(agent_id=agent_id).order_by("id").select_for_update()
        )
        units, sessions, per_profile = _held(agent_id)
        wrong = [each for each in counters if each.used != per_profile[each.profile_id]]
        if (load.units_used, load.items_held) == (units, sessions) and not wrong:
            return False

        log.error(
            "load drifted agent=%s units=%s receipts=%s sessions=%s open=%s profiles=%s",
            agent_id,
            load.units_used,
            units,
            load.items_held,
            sessions,
            [each.profile_id for each in wrong],
        )
        load.units_used, load.items_held = units, sessions
        load.save(update_fields=["units_used", "items_held"])
        for each in wrong:
            each.used = per_profile[each.profile_id]
            each.save(update_fields=["used"])
        agent = Agent.objects.select_related("user").get(pk=agent_id)
        follow_capacity(agent=agent, now=now, ends_choice=False)
        wake_up(WakeUpKind.CAPACITY, agent_ids=[agent_id])
    return True


def _held(agent_id: int) -> tuple[int, int, Counter[int]]:
    """The units of all receipts, the sessions, and how often each profile is held; each sort of
    receipt is read at one moment. Profiles of the day stand for themselves: they come back when
    it ends."""
    is_held = Q(capacity_released_at__isnull=True)
    is_open = Q(ended_at__isnull=True)
    has_day = Q(day_ends_at__isnull=False, day_released_at__isnull=True)
    units = sessions = 0
    profiles = Counter[int]()
    for work in Assignment.objects.filter(is_held | is_open | has_day, agent_id=agent_id):
        of_the_day = work.day_profiles or []
        sessions += work.ended_at is None
        if work.capacity_released_at is None:
            units += work.units
            profiles.update(each for each in work.profiles if each not in of_the_day)
        if work.day_released_at is None:
            profiles.update(of_the_day)
    for advice in ConsultReceipt.objects.filter(is_held, agent_id=agent_id):
        sessions += 1
        units += advice.units
        profiles.update(advice.profiles)
    return units, sessions, profiles
