"""Which rules an offer follows: those of its scenario's notification template (B 11.2)."""

from dataclasses import replace
from typing import Final

from routing.engine.configuration.shapes import (
    OFFER_SECONDS,
    CompiledConfiguration,
    OfferRules,
    Workstream,
)
from routing.terms import How
from workstreams.terms import Scenario, WorkstreamType

BY_HOW: Final = {
    How.TRANSFER: Scenario.TRANSFER,
    How.SUPERVISOR: Scenario.SUPERVISOR_ASSIGN,
}


def scenario_of(how: How, *, is_known_customer: bool) -> Scenario:
    """Transfers and supervisors have their own; all else depends on whether the customer's
    record was found. Work that goes back to its agent is incoming work like any other."""
    incoming = Scenario.INCOMING_AUTHENTICATED if is_known_customer else Scenario.INCOMING
    return BY_HOW.get(how, incoming)


def rules_of(
    configuration: CompiledConfiguration, workstream: Workstream, scenario: Scenario
) -> OfferRules:
    """The rules of the scenario's template, of that for incoming work where it has none, and
    what the workstream itself says where the template is unknown.

    Records cannot be declined and are the agent's when the countdown ends, whatever the template
    says (A 12); advice on them can be.
    """
    names = workstream.templates
    name = names.get(scenario) or names.get(Scenario.INCOMING, "")
    rules = configuration.offer_rules.get(name) or OfferRules(
        seconds=workstream.offer_seconds or OFFER_SECONDS,
        may_decline=workstream.agents_may_decline,
    )
    if workstream.type is not WorkstreamType.RECORD or scenario is Scenario.CONSULT:
        return rules
    return replace(rules, may_decline=False, auto_assign=True)
