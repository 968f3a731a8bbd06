"""Work that is meant for people who are offline."""

from django.db.models import F, Q

from agents.terms import BasePresence
from routing import configuration
from routing.terms import How


def meant_offline() -> Q:
    """Assignments that stay with an agent who is not there, unless he is disabled: the workstream
    allows that presence, or the router gave it to him offline, as rules of a queue may."""
    workstreams = configuration.current().compiled.workstreams.values()
    lets = [each.id for each in workstreams if BasePresence.OFFLINE in each.allowed_presences]
    by_rules = Q(
        how=How.PUSH,
        agent__presence__base=BasePresence.OFFLINE,
        agent__presence__since__lt=F("offered_at"),
    )
    return Q(by_rules | Q(item__workstream__in=lets), agent__is_enabled=True)
