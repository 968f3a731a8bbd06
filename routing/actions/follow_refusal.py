"""What the organisation has happen to people who miss or decline an offer."""

from datetime import datetime

from agents.actions.set_presence import lock_presence, set_presence
from agents.models import Agent, Presence
from agents.terms import BasePresence, RefusedOffer
from routing.terms import Outcome
from workstreams.models import ServiceConfiguration
from workstreams.queries.service_configuration import service_configuration


def follow_refusal(*, agent: Agent, outcome: Outcome, now: datetime) -> None:
    """Make who missed an offer inactive, who declined one undisturbed, where that is
    switched on (A 12; off by default, design 7.13).

    Stays until the agent or a supervisor resets it. Nobody is brought back from *away* or
    *offline*. Where these presences are allowed to receive work, they stop nothing.
    """
    answer = _answer(service_configuration(), outcome)
    if answer is None:
        return
    name, refused = answer
    if lock_presence(agent, now).base in (BasePresence.AWAY, BasePresence.OFFLINE):
        return
    presence = Presence.objects.get(name=name)
    set_presence(agent=agent, presence=presence, by=None, now=now, after=refused)


def _answer(service: ServiceConfiguration, outcome: Outcome) -> tuple[str, RefusedOffer] | None:
    if outcome == Outcome.MISSED and service.inactive_after_missed:
        return "inactive", RefusedOffer.MISSED
    if outcome == Outcome.DECLINED and service.undisturbed_after_declined:
        return BasePresence.BUSY_DND, RefusedOffer.DECLINED
    return None
