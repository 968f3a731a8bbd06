"""What stands against a declaration of what is kept of agents."""

from collections.abc import Iterator, Mapping
from typing import Any

from agents.actions.save_attribute import held_options
from agents.attribute_value import MOST_ATTRIBUTES, name_fault, options_fault
from agents.exceptions import OptionsAsked
from agents.models import AgentAttribute
from routing.configuration.documents.landscape import Landscape
from routing.configuration.named_by import names_in
from routing.engine.methods.attributes import attribute_faults

Entry = Mapping[str, Any]
Fault = tuple[str, str]


def attributes_after(organisation: Landscape) -> dict[str, AgentAttribute]:
    """As what methods are looked at by: their names, types and options."""
    entries = organisation.after("agent_attribute").values()
    return {each["name"]: AgentAttribute(**each) for each in entries}


def faults_of_attribute(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    """What it cannot become, because agents or methods have it as it is."""
    present = organisation.present["agent_attribute"].get(entry["name"].lower())
    if fault := name_fault(entry["name"]):
        yield "name", fault
    if present is not None and present["type"] != entry["type"]:
        yield "type", "The type of an attribute never changes. Give the other one another name."
    elif fault := options_fault(entry["type"], entry["options"]):
        yield "options", fault
    elif present is None:
        if len(organisation.after("agent_attribute")) > MOST_ATTRIBUTES:
            yield "name", f"At most {MOST_ATTRIBUTES} attributes are kept of agents."
    elif set(present["options"]) - set(entry["options"]):
        row = AgentAttribute.objects.filter(name__iexact=entry["name"]).first()
        if row and (held := held_options(row, entry["options"])):
            yield "options", f"Agents have these options: {', '.join(held)}."
        elif methods := ", ".join(_methods_left(entry["name"], organisation)):
            yield "options", str(OptionsAsked(methods=methods))


def _methods_left(attribute: str, organisation: Landscape) -> Iterator[str]:
    """Methods that would compare the attribute with something that it cannot be."""
    attributes, named = attributes_after(organisation), ("agent_attribute", attribute.lower())
    for key, method in organisation.after("assignment_method").items():
        is_left = key not in organisation.wanted["assignment_method"]
        if is_left and named in names_in("assignment_method", method):
            yield from [method["name"]] if any(attribute_faults(method, attributes)) else []
