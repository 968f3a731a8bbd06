"""Loads are compared with the receipts they count; they must never differ."""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from routing.actions.hold_capacity import lock_load
from routing.models import Assignment, ConsultReceipt, ProfileLoad
from routing.sql import statement
from routing.sweeps.each import count_changed

log = logging.getLogger(__name__)


def sweep(*, now: datetime, limit: int) -> int:
    """Mend up to ``limit`` agents' counters and return how many were wrong: always zero.

    Suspects are counted again behind their lock, so an assignment that is being
    written is never mistaken for drift.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement("drifted_loads"), {"limit": limit})
        suspects = [row[0] for row in cursor.fetchall()]
    return count_changed(suspects, _recount)


def _recount(agent_id: int) -> bool:
    with transaction.atomic():
        load = lock_load(agent_id)
        counters = list(
            ProfileLoad.objects.filter(agent_id=agent_id).order_by("id").select_for_update()
        )
        held = [*_held(Assignment, agent_id), *_held(ConsultReceipt, agent_id)]
        units = sum(each.units for each in held)
        per_profile = Counter(profile for each in held for profile in each.profiles)
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


def _held(
    receipts: "type[Assignment] | type[ConsultReceipt]", agent_id: int
) -> "Iterable[Assignment | ConsultReceipt]":
    return receipts.objects.filter(agent_id=agent_id, capacity_released_at__isnull=True)
