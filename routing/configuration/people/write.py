"""People of a document into rows, by the actions that pages and the API use too."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models.functions import Lower

from agents.actions.announce_capacity import announce_capacity
from agents.actions.create_agent import create_agent
from agents.actions.edit_agent import edit_agent
from agents.actions.lock_agent import lock_administrators
from agents.actions.set_agent_attributes import hold_attributes, set_agent_attributes
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.set_agent_skills import set_agent_skills
from agents.models import (
    Agent,
    AgentAttribute,
    CapacityProfile,
    OperatingHours,
    Presence,
    Skill,
    User,
)
from agents.queries.agent_names import agent_called
from config.refusal import Refusal
from routing.configuration.documents.validate_shape import Finding, finding
from routing.configuration.people.examine import People
from routing.configuration.people.rows import SECTION, Document
from workstreams.actions.set_agent_queues import set_agent_queues
from workstreams.models import Queue


def write_people(
    people: People,
    keys: Iterable[str],
    *,
    by: User | None,
    now: datetime,
    holders: Collection[int] = (),
) -> list[Finding]:
    """Write those of the keys; what an action refuses is answered at its place.

    ``holders`` are agents whose limits changed with a profile: all hear of it at once, so that
    their loads are locked in one order.
    """
    rows, found, chosen = _Rows(), [], list(keys)
    if chosen:
        chosen = _lock(people, chosen, rows, holders, now)
    for key in chosen:
        try:
            _write(key, people.wanted[key], rows, by=by, now=now)
        except Refusal as refusal:
            found.append(finding(f"{SECTION}.{people.places[key]}", str(refusal)))
    return found


def _lock(
    people: People,
    keys: Iterable[str],
    rows: "_Rows",
    holders: Collection[int],
    now: datetime,
) -> list[str]:
    """All that the actions below lock, in the order of everywhere: attributes, administrators,
    accounts, agents. The keys as they are to be written: by the agents' ids, in the order of which
    their loads are locked where limits change, and then who is new."""
    hold_attributes(dict.fromkeys(rows.attributes.values()))
    lock_administrators()
    names = [people.wanted[key]["username"].lower() for key in keys]
    wanted = User.objects.alias(key=Lower("username")).filter(key__in=names).order_by("pk")
    users = list(wanted.select_for_update(no_key=True).values_list("pk", flat=True))
    agents = Agent.objects.filter(user__in=users).order_by("pk")
    ids = list(agents.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    if holders:
        announce_capacity(sender=CapacityProfile, agent_ids=[*ids, *holders], now=now)
    here = agents.values_list("user__username", flat=True)
    turn = {username: place for place, username in enumerate(here)}
    # Case has changed, or somebody has come, since the plan was made.
    else_ = {username.lower(): place for username, place in turn.items()}
    return sorted(keys, key=lambda key: turn.get(key, else_.get(key.lower(), len(turn))))


class _Rows:
    """What people name, read once."""

    def __init__(self) -> None:
        self.skills = {row.name: row for row in Skill.objects.select_related("rating_model").all()}
        self.attributes = {row.name: row for row in AgentAttribute.objects.all()}
        self.profiles = {row.name: row for row in CapacityProfile.objects.all()}
        self.queues = {row.name: row for row in Queue.objects.all()}
        self.presences = {row.name: row for row in Presence.objects.all()}
        self.hours = {row.name: row for row in OperatingHours.objects.all()}


def _write(key: str, entry: Document, rows: _Rows, *, by: User | None, now: datetime) -> None:
    fields = _fields(entry, rows)
    agent = agent_called(key)
    if agent is None:
        agent = create_agent(username=entry["username"], by=by, now=now, **fields)
    else:
        edit_agent(agent=agent, username=entry["username"], by=by, now=now, **fields)
    kept = {row: entry["attributes"].get(name) for name, row in rows.attributes.items()}
    set_agent_attributes(agent=agent, values=kept, by=by, now=now)
    skills = [(rows.skills[each["skill"]], each["rating"]) for each in entry["skills"]]
    inactive = [
        rows.skills[each["skill"]] for each in entry["skills"] if not each.get("active", True)
    ]
    set_agent_skills(agent=agent, skills=skills, inactive=inactive, by=by, now=now)
    profiles = [
        (rows.profiles[each["profile"]], each["limit"]) for each in entry["capacity_profiles"]
    ]
    set_agent_capacity_profiles(agent=agent, profiles=profiles, by=by, now=now)
    queues = [rows.queues[name] for name in entry["queues"]]
    set_agent_queues(agent=agent, queues=queues, by=by, now=now)


def _fields(entry: Document, rows: _Rows) -> dict[str, Any]:
    presence, hours = entry["default_presence"], entry["operating_hours"]
    return {
        "name": entry["name"],
        "role": entry["role"],
        "may_change_secure_columns": entry["may_change_secure_columns"],
        "capacity_units": entry["capacity_units"],
        "default_presence": rows.presences[presence] if presence else None,
        "operating_hours": rows.hours[hours] if hours else None,
        "nickname": entry["nickname"],
        "locale": entry["locale"],
        "is_enabled": entry["enabled"],
    }
