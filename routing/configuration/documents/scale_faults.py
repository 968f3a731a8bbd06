"""Ratings that a scale of the document would leave outside: those of agents, and those of rules."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from django.db.models import Max, Min

from agents.exceptions import RatingsAskedOutside, RatingsOutsideScale
from agents.models import AgentSkill
from routing.configuration.documents.landscape import Landscape

Entry = Mapping[str, Any]


def scale_fault(scale: Entry, skills: Set[str], organisation: Landscape) -> str:
    """A sentence about the skills of these names, in lower case; empty where all ratings fit."""
    held = AgentSkill.objects.filter(
        skill__name__in=[
            entry["name"] for key, entry in organisation.present["skill"].items() if key in skills
        ]
    ).aggregate(lowest=Min("rating"), highest=Max("rating"))
    if held["lowest"] and not scale["min"] <= held["lowest"] <= held["highest"] <= scale["max"]:
        return str(RatingsOutsideScale(**held))
    asked = dict.fromkeys(_asked_outside(scale, skills, organisation))
    return str(RatingsAskedOutside(rules=", ".join(asked))) if asked else ""


def skills_of(scale: str, organisation: Landscape) -> set[str]:
    """The skills that will be rated on the scale."""
    skills = organisation.after("skill").items()
    return {key for key, entry in skills if str(entry.get("rating_model")).lower() == scale.lower()}


def _asked_outside(scale: Entry, skills: Set[str], organisation: Landscape) -> Iterator[str]:
    for key, workstream in organisation.present["workstream"].items():
        if key in organisation.wanted["workstream"]:
            # Its rules are looked at where they stand in the document.
            continue
        for ruleset in workstream["classification"]:
            for rule in ruleset["rules"]:
                for each in rule["then"].get("skills") or ():
                    rating = each.get("rating") if each["skill"].lower() in skills else None
                    if rating is not None and not scale["min"] <= rating <= scale["max"]:
                        yield f"{rule['name']} of {workstream['name']}"
