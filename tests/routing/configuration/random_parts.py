"""Random entries of documents, each with what the others are called."""

from typing import Any

from hypothesis import strategies as st

from agents.terms import BasePresence
from tests.routing.configuration.random_words import (
    FLAGS,
    LOCALES,
    NAMES,
    TEXTS,
    TRIGGERS,
    VARIABLES,
    Draw,
    some,
    words,
)
from workstreams.auto_close import DEFAULTS
from workstreams.queries.identification import FIELDS
from workstreams.terms import (
    AgentName,
    AnswerType,
    DesktopNotification,
    IdentifiedEntity,
    PanelMode,
    SessionAnchor,
    SkillMatching,
    VariableType,
    WhenClosed,
)


def opening_hours(draw: Draw, name: str) -> dict[str, Any]:
    periods = draw(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 11)), unique=True))
    days = draw(st.lists(st.integers(1, 28), max_size=3, unique=True))
    entries = [
        {
            "weekday": day,
            "start": f"{hour:02}:30:00",
            "end": f"{hour + 12:02}:00",
            **recurrence(draw),
        }
        for day, hour in periods
    ]
    # Those of the same days would overlap.
    apart = {
        (one["weekday"], one.get("from"), one.get("until"), one.get("every_weeks", 1)): one
        for one in entries
    }
    return {
        "name": name,
        "time_zone": draw(st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata"])),
        "periods": list(apart.values()),
        "holidays": [
            {"date": f"2026-12-{day:02}", "reason": draw(NAMES), **days_off(draw)} for day in days
        ],
    }


def recurrence(draw: Draw) -> dict[str, Any]:
    """When an entry holds; what is as usual may be said or left out."""
    said: list[dict[str, Any]] = [
        {},
        {"every_weeks": 1, "except_on": []},
        {"from": "2026-03-02", "every_weeks": draw(st.integers(2, 52))},
        {"from": "2026-03-02", "until": "2026-08-30"},
        {"until": "2027-01-01", "except_on": ["2026-12-24", "2026-03-02", "2026-12-24"]},
    ]
    chosen: dict[str, Any] = draw(st.sampled_from(said))
    return chosen


def days_off(draw: Draw) -> dict[str, Any]:
    said: list[dict[str, Any]] = [
        {},
        {"repeats_yearly": draw(FLAGS)},
        {"until": "2027-01-06", "repeats_yearly": draw(FLAGS)},
    ]
    chosen: dict[str, Any] = draw(st.sampled_from(said))
    return chosen


def notification(draw: Draw, name: str) -> dict[str, Any]:
    auto = draw(FLAGS)
    return {
        "name": name,
        "title": draw(TEXTS),
        "fields": [{"header": "Title", "value": "{title}"}] * draw(st.integers(0, 4)),
        "countdown_seconds": draw(st.integers(5, 3600)),
        "auto_assign": auto,
        "agents_may_decline": not auto,
        "desktop_notification": draw(words(DesktopNotification)),
    }


def session(draw: Draw, name: str, number: int) -> dict[str, Any]:
    return {
        "name": name,
        "unique_name": f"own_{number}",
        "panel_mode": draw(words(PanelMode)),
        "tabs": draw(st.lists(words(SessionAnchor), unique=True)),
    }


def scripted_bot(name: str, purpose: str) -> dict[str, Any]:
    return {"name": name, "kind": "scripted", "purpose": purpose, "script": {}}


def workstream(draw: Draw, name: str, known: dict[str, list[str]]) -> dict[str, Any]:
    """A chat whose rules name what the document has."""
    variables = draw(st.lists(VARIABLES, max_size=2, unique=True))
    profiles = some(draw, known["profiles"])
    template = st.sampled_from([None, *known["templates"]])
    return {
        "name": name,
        "type": "messaging",
        "channel": "live_chat",
        "persistent_chat": draw(FLAGS),
        "distribution_mode": "push",
        "may_be_picked": draw(FLAGS),
        "fallback_queue": draw(st.sampled_from(known["queues"])),
        "capacity": {"format": "profile", "profiles": profiles}
        if profiles
        else {"format": "unit", "units": draw(st.integers(0, 1000))},
        "wrap_up_block": {"mode": "custom", "seconds": draw(st.integers(30, 3600))},
        "allowed_presences": draw(st.lists(words(BasePresence), min_size=1, unique=True)),
        "skill_matching": draw(words(SkillMatching)),
        "keep_same_agent": draw(FLAGS),
        "assist_bots": some(draw, known["bots"]),
        "session_template": draw(st.sampled_from([None, *known["sessions"]])),
        "notification_template": draw(st.sampled_from(known["templates"])),
        "consult_template": draw(template),
        "transfer_template": draw(template),
        "context_variables": [
            {"name": each, "type": draw(words(VariableType)), "is_from_survey": False}
            for each in variables
        ],
        "identification_rules": identification(draw),
        "classification": [{"name": "Triage", "rules": classification(draw, known)}],
        "route_to_queue": routes(draw, known),
    }


def classification(draw: Draw, known: dict[str, list[str]]) -> list[dict[str, Any]]:
    return [
        {
            "name": f"Needs {skill}",
            "when": {"all": [{"value": [skill], "op": "in", "field": "context.wish"}]},
            "then": {"skills": [{"skill": skill, "rating": 3}], "set": {"context.x": draw(FLAGS)}},
        }
        for skill in some(draw, known["skills"])
    ]


def routes(draw: Draw, known: dict[str, list[str]]) -> list[dict[str, Any]]:
    queues = some(draw, known["queues"])[:2]
    shares = [{"queue": queue, "percent": 100 // len(queues)} for queue in queues]
    return [{"name": "All", "queues": shares}] if shares else []


def identification(draw: Draw) -> list[dict[str, Any]]:
    return [
        identification_rule(name, draw(words(IdentifiedEntity)), draw(FLAGS))
        for name in draw(st.lists(NAMES, max_size=2, unique=True))
    ]


def identification_rule(name: str, entity: str, is_enabled: bool) -> dict[str, Any]:
    keys = {f"Your {field}": field for field in FIELDS[entity]}
    return {"name": name, "entity": entity, "keys": keys, "is_enabled": is_enabled}


def automated_messages(draw: Draw, **more: str) -> list[dict[str, Any]]:
    keys = draw(st.lists(st.tuples(TRIGGERS, LOCALES), max_size=3, unique=True))
    return [
        {**more, "trigger": trigger, "locale": locale, "text": draw(TEXTS), "is_active": True}
        for trigger, locale in keys
    ]


def channel_instance(
    draw: Draw, number: int, workstreams: list[str], hours: list[str]
) -> dict[str, Any]:
    return {
        "name": f"Way in {number}",
        "workstream": draw(st.sampled_from(workstreams)),
        "slug": f"way-in-{number}",
        "agent_name": draw(words(AgentName)),
        "when_closed": draw(words(WhenClosed)),
        "allowed_origins": ["https://shop.example"] if draw(FLAGS) else [],
        "tells_wait": draw(FLAGS),
        "tells_position": draw(FLAGS),
        "tells_average_wait": draw(FLAGS),
        "reconnect_minutes": draw(st.sampled_from([None, 10])),
        "portal_url": draw(st.sampled_from(["", "https://shop.example/help?from=chat"])),
        "operating_hours": draw(st.sampled_from([None, *hours])),
        "survey_questions": [
            {
                "name": name,
                "text": draw(TEXTS),
                "answer_type": AnswerType.SINGLE_LINE.value,
                "options": [],
                "is_required": draw(FLAGS),
            }
            for name in draw(st.lists(VARIABLES, max_size=2, unique=True))
        ],
        "automated_messages": automated_messages(draw),
    }


def learned_model(draw: Draw, name: str, workstreams: list[str]) -> dict[str, Any]:
    gold = {"field": "context.tier", "op": "equals", "value": "gold"}
    return {
        "name": name,
        "type": "sentiment",
        "inputs": ["title", "messages"],
        "minimum_confidence": draw(st.integers(1, 99)),
        "workstreams": some(draw, workstreams),
        "closed_from": draw(st.sampled_from([None, "2025-01-31"])),
        "closed_until": draw(st.sampled_from([None, "2025-12-31"])),
        "when": draw(st.sampled_from([{}, gold, {"all": [gold, {"not": gold}]}])),
    }


def auto_close(draw: Draw) -> dict[str, Any]:
    """A whole table of times."""
    minutes = st.none() | st.integers(1, 525_600)
    return {channel: {state: draw(minutes) for state in row} for channel, row in DEFAULTS.items()}


def agent_attributes(draw: Draw) -> list[dict[str, Any]]:
    """Some of every type."""
    known: list[dict[str, Any]] = [
        {"name": "Home site", "description": draw(TEXTS)[:500]},
        {"name": "level", "type": "number"},
        {"name": "Team", "type": "choice", "options": draw(st.permutations(["Red", "blue"]))},
        {"name": "VIP", "type": "boolean"},
        {"name": "Joined", "type": "date"},
    ]
    chosen: list[dict[str, Any]] = draw(
        st.lists(st.sampled_from(known), unique_by=lambda each: str(each["name"]))
    )
    return chosen


def assignment_method(
    draw: Draw, name: str, skills: list[str], attributes: list[dict[str, Any]]
) -> dict[str, Any]:
    if draw(FLAGS):
        return {"name": name, "kind": "best_match", "weights": {"skills": draw(st.integers(0, 9))}}
    asked: list[dict[str, Any]] = [
        {"field": "agent.skills", "op": "contains", "value": skill} for skill in some(draw, skills)
    ]
    kept = [f"agent.attributes.{each['name']}" for each in attributes]
    asked += [{"field": path, "op": "is_set"} for path in kept]
    order_by = [{"by": path, "direction": "descending"} for path in kept[:4]]
    own = {"field": "agent.locale", "op": "equals", "item": "context.language"}
    rules = [
        {"name": "Strict", "when": {"all": [own, *asked]}, "order_by": [{"by": "least_active"}]},
        {"name": "General", "order_by": order_by},
    ]
    order = {"by": "created_at", "direction": draw(st.sampled_from(["ascending", "descending"]))}
    gold = {"field": "context.tier", "op": "equals", "value": "gold"}
    return {
        "name": name,
        "description": draw(st.sampled_from(["", "For nights."])),
        "prioritization": [
            {"name": "Gold", "when": gold, "order_by": draw(st.none() | st.just(order))}
        ],
        "rulesets": [{"name": "All", "rules": rules}],
        "selection": [{"name": "Gold", "when": gold, "ruleset": "All"}],
    }
