"""Loads are compared with the receipts they count; they must never differ."""

import logging
from collections import Counter
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from routing.actions.hold_capacity import lock_load
from routing.models import Assignment, ConsultReceipt, ProfileLoad
from routing.sql import statement
from routing.sweeps.each import Turns, count_changed

log = logging.getLogger(__name__)

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Mend up to ``limit`` agents' counters and return how many were wrong: always zero.

    Suspects are counted again behind their lock, so an assignment that is being
    written is never mistaken for drift.
    """
    return count_changed(_turns.first(_suspects, limit), _recount, _turns)


def _suspects(limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement("drifted_loads"), {"limit": limit})
        return [row[0] for row in cursor.fetchall()]


def _recount(agent_id: int) -> bool:
    with transaction.atomic():
        load = lock_load(agent_id)
        counters = list(
            ProfileLoad.objects.filter(agent_id=agent_id).order_by("id").select_for_update()
        )
        held, profiles = _held(agent_id)
        units, per_profile = sum(held), Counter(profiles)
        wrong = [each for each in counters if each.used != per_profile[each.profile_id]]
        if (load.units_used, load.items_held) == (units, len(held)) and not wrong:
            return False

        log.error(
            "load drifted agent=%s units=%s receipts=%s profiles=%s",
            agent_id,
            load.units_used,
            units,
            [each.profile_id for each in wrong],
        )
        load.units_used, load.items_held = units, len(held)
        load.save(update_fields=["units_used", "items_held"])
        for each in wrong:
            each.used = per_profile[each.profile_id]
            each.save(update_fields=["used"])
    return True


def _held(agent_id: int) -> tuple[list[int], list[int]]:
    """The units of each receipt, and the profiles of all, each sort of receipt read at one
    moment. Those of the day stand for themselves: they come back when it ends."""
    is_held = Q(capacity_released_at__isnull=True)
    has_day = Q(day_ends_at__isnull=False, day_released_at__isnull=True)
    units: list[int] = []
    profiles: list[int] = []
    for work in Assignment.objects.filter(is_held | has_day, agent_id=agent_id):
        of_the_day = work.day_profiles or []
        if work.capacity_released_at is None:
            units.append(work.units)
            profiles += [each for each in work.profiles if each not in of_the_day]
        if work.day_released_at is None:
            profiles += of_the_day
    for advice in ConsultReceipt.objects.filter(is_held, agent_id=agent_id):
        units.append(advice.units)
        profiles += advice.profiles
    return units, profiles
