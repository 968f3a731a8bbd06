"""An agent's presence in the words of the organisation."""

from dataclasses import replace

from agents.queries.presence_choices import PresenceControl, presence_control
from agents.terms import RefusedOffer
from workstreams.queries.refusal_words import refusal_words


def shown_presence(agent_id: int) -> PresenceControl:
    """The control; after a refused offer by the name that the organisation gave it, with what it
    says about that (B 11.3). Five statements, or six."""
    control = presence_control(agent_id)
    if not control.refused:
        return control
    words = refusal_words(RefusedOffer(control.refused))
    return replace(control, text=words.name or control.text, about=words.description)
