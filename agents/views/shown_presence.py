"""An agent's presence in the words of the organisation, and what holds his capacity."""

from dataclasses import replace

from agents.queries.presence_choices import PresenceControl, presence_control
from agents.terms import RefusedOffer
from routing.queries.held_by_ended_work import held_by_ended_work
from routing.queries.in_force import gets_work_in, gives_customers_back
from workstreams.queries.refusal_words import refusal_words


def shown_presence(agent_id: int) -> PresenceControl:
    """The control; after a refused offer by the name that the organisation gave it, with what it
    says about that (B 11.3). Five statements; one more each for that, and where he holds
    any capacity."""
    control = presence_control(agent_id)
    if control.capacity.used or any(limit.used for limit in control.limits):
        control = replace(control, held=held_by_ended_work(agent_id))
    if control.refused or control.has_most_sessions:
        stops = not gets_work_in(control.base)
        control = replace(control, stops_work=stops, keeps_customers=gives_customers_back())
    if not control.refused:
        return control
    words = refusal_words(RefusedOffer(control.refused))
    return replace(control, text=words.name or control.text, about=words.description)
