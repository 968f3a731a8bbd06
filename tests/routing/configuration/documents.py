"""Random configurations: documents that fit together, with something of every kind or nothing."""

from typing import Any

from hypothesis import strategies as st

from agents.terms import ResetFrequency
from tests.routing.configuration.random_parts import (
    agent_attributes,
    assignment_method,
    auto_close,
    automated_messages,
    channel_instance,
    identification,
    learned_model,
    notification,
    opening_hours,
    scripted_bot,
    session,
    workstream,
)
from tests.routing.configuration.random_words import (
    FLAGS,
    LOCALES,
    NAMES,
    TEXTS,
    Draw,
    named,
    some,
    words,
)
from workstreams.switches import NAMES as SWITCHES
from workstreams.switches import REACHES, SEARCH_NAMES, WORD_NAMES


@st.composite
def documents(draw: Draw) -> dict[str, Any]:
    """A document of a whole organisation."""
    skills, profiles, hours = named(draw), named(draw), named(draw)
    queues = [*named(draw), "Always here"]
    methods = named(draw)
    templates, sessions = named(draw), named(draw)
    bots = draw(st.lists(NAMES, max_size=2, unique_by=str.lower))
    attributes = agent_attributes(draw)
    whole: dict[str, Any] = {
        "format": 2,
        "service": {
            "record_routing": True,
            **{name: draw(FLAGS) for name in SWITCHES},
            "maximum_declines": draw(st.integers(1, 5)),
            **{reach.name: draw(words(reach.terms)) for reach in REACHES},
            **{name: draw(st.none() | st.integers(5, 3600)) for name in SEARCH_NAMES},
            **{name: draw(st.just("") | NAMES) for name in WORD_NAMES},
            "auto_close": auto_close(draw),
            # Each organisation decides this for itself.
            "reviews_before_publishing": False,
        },
        "record_types": [
            {
                "name": name,
                "label": draw(NAMES),
                "is_routed": draw(FLAGS),
                "routes_on_creation": draw(FLAGS),
            }
            for name in draw(st.sets(st.sampled_from(["case", "contract", "visit"])))
        ],
        "skills": [
            {"name": name, "type": "Skill", "rating_model": "Default rating model"}
            for name in skills
        ],
        "agent_attributes": attributes,
        "capacity_profiles": [
            {
                "name": name,
                "limit": draw(st.integers(0, 100)),
                "reset": draw(words(ResetFrequency)),
                "blocks_assignment": draw(FLAGS),
            }
            for name in profiles
        ],
        "operating_hours": [opening_hours(draw, name) for name in hours],
        "notification_templates": [notification(draw, name) for name in templates],
        "session_templates": [session(draw, name, number) for number, name in enumerate(sessions)],
        "bots": [scripted_bot(name, "assist") for name in bots],
        "assignment_methods": [
            assignment_method(draw, name, skills, attributes) for name in methods
        ],
        "queues": [
            {
                "name": name,
                "type": "messaging",
                "assignment_method": draw(st.sampled_from(["least_active", *methods])),
                "priority": draw(st.integers(1, 99)),
                "operating_hours": draw(st.sampled_from([None, *hours])),
            }
            for name in dict.fromkeys(queues)
            if name.lower() != "always here" or name == "Always here"
        ],
    }
    known = {
        "skills": skills,
        "profiles": profiles,
        "queues": [queue["name"] for queue in whole["queues"]],
        "templates": [*templates, "Chat - transfer - default"],
        "sessions": sessions,
        "bots": bots,
    }
    names = named(draw, most=4)
    whole["workstreams"] = [workstream(draw, name, known) for name in names]
    whole["learned_models"] = [learned_model(draw, name, names) for name in named(draw)]
    if names:
        whole["channel_instances"] = [
            channel_instance(draw, number, names, hours)
            for number in range(draw(st.integers(0, 2)))
        ]
    replies = draw(
        st.lists(st.tuples(NAMES, LOCALES), max_size=3, unique_by=lambda it: (it[0].lower(), it[1]))
    )
    whole["quick_replies"] = [
        {
            "title": title,
            "locale": locale,
            "message": draw(TEXTS),
            "tags": draw(st.lists(NAMES, max_size=2)),
            "workstreams": some(draw, names),
        }
        for title, locale in replies
    ]
    whole["automated_messages"] = automated_messages(draw, channel="live_chat")
    whole["message_templates"] = [
        {"name": name, "default_locale": "en", "texts": {"en": draw(TEXTS), "de": draw(TEXTS)}}
        for name in named(draw, most=2)
    ]
    whole["identification_rules"] = identification(draw)
    return whole
