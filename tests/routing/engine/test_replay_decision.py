"""A decision made again from what it kept."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.engine.choose_queue import choose_queue
from routing.engine.classify import classify
from routing.engine.configuration import assemble, compile_piece
from routing.engine.explain import routing_document
from routing.engine.explain.fit import MAXIMUM_BYTES, size
from routing.engine.facts import RequiredSkill
from routing.engine.overflow import Measures, OverflowView
from routing.engine.replay_decision import as_read, decide_again
from routing.engine.what_was_read import Recorder, what_was_read
from tests.routing.engine.strategies import conditions, items

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUEUES = {"Support": 1, "VIP": 2, "Night": 3}
PAIRS = [
    {"condition": "out_of_operating_hours", "action": "assign_anyway"},
    {"condition": "work_item_limit", "threshold": 2, "action": "transfer", "queue": "Night"},
]
QUEUE_PIECES = [
    compile_piece(
        "queue",
        {"name": name, "type": "messaging", "overflow": PAIRS if name == "VIP" else []},
        id=id_,
    )
    for name, id_ in QUEUES.items()
]
MEASURES = st.builds(
    Measures,
    opens_at=st.sampled_from([None, NOW, NOW + timedelta(hours=3)]),
    waiting=st.integers(0, 4),
    average_wait=st.none(),
)
OUTPUTS = st.fixed_dictionaries(
    {},
    optional={
        "set": st.dictionaries(
            st.sampled_from(["context.a", "attributes.c", "priority"]), st.just(5), max_size=2
        ),
        "skills": st.just([{"skill": "Spanish", "rating": 3}]),
        "capacity_profiles": st.just(["Chats"]),
        "priority": st.integers(0, 9),
    },
)
RULES = st.lists(st.tuples(conditions, OUTPUTS), max_size=3).map(
    lambda rules: [{"name": f"r{i}", "when": w, "then": t} for i, (w, t) in enumerate(rules)]
)
ROUTES = st.lists(st.tuples(conditions, st.sampled_from([100, 70, 30])), max_size=4).map(
    lambda rules: [
        {"name": f"q{index}", "when": when, "queues": shares(percent)}
        for index, (when, percent) in enumerate(rules)
    ]
)


def shares(percent):
    first = {"queue": "VIP", "percent": percent}
    return [first] if percent == 100 else [first, {"queue": "Night", "percent": 100 - percent}]


def compiled(rulesets, routes):
    document = {
        "name": "Chat",
        "type": "messaging",
        "fallback_queue": "Support",
        "classification": [
            {"name": f"set {index}", "rules": rules} for index, rules in enumerate(rulesets)
        ],
        "route_to_queue": routes,
    }
    return compile_piece("workstream", document, id=1)


def decided(workstream, fields, item_id, view=None, **held):
    """As an arrival decides and stores."""
    overflow = Recorder.of(view)
    classification = classify(workstream.classification, fields, now=NOW, **held)
    choice = choose_queue(
        workstream.route_to_queue,
        classification.fields,
        now=NOW,
        draw_key=str(item_id),
        fallback_queue=workstream.fallback_queue,
        known_queues=QUEUES,
        overflow=overflow.view if overflow else None,
    )
    document = routing_document(
        configuration_version=7,
        workstream=workstream.name,
        classification=classification,
        queue=choice,
        read=what_was_read(workstream, fields, overflow=overflow, **held),
    )
    return json.loads(json.dumps(document))


def again(document, workstream, item_id):
    configuration = assemble(7, [workstream, *QUEUE_PIECES])
    made = decide_again(document, workstream, configuration, draw_key=str(item_id), now=NOW)
    return json.loads(json.dumps(made.document()))


def seen(measures):
    """Overflow as it was measured."""
    by_name = dict(zip(QUEUES, measures, strict=True))
    pairs = {piece.name: piece.overflow for piece in QUEUE_PIECES}
    return OverflowView(
        pairs_of=pairs.__getitem__, measure=lambda wanted: {name: by_name[name] for name in wanted}
    )


def as_json(fields):
    """Items as channels bring them."""
    return json.loads(json.dumps(fields, default=str))


@settings(max_examples=150, deadline=None)
@given(
    rulesets=st.lists(RULES, max_size=3),
    routes=ROUTES,
    fields=items.map(as_json),
    item_id=st.integers(1, 10**12),
    priority=st.integers(0, 9),
    skills=st.sampled_from([(), (RequiredSkill(skill="French", rating=2),)]),
)
def test_a_stored_decision_comes_out_the_same(rulesets, routes, fields, item_id, priority, skills):
    workstream = compiled(rulesets, routes)
    document = decided(
        workstream, fields, item_id, skills=skills, profiles=("Cases",), priority=priority
    )

    if "cut" not in document["read"]:
        # Not a number is not even itself.
        assert repr(again(document, workstream, item_id)) == repr(document)


@pytest.mark.parametrize("length", [10, 3_000, 200_000])
def test_long_values_are_named_and_the_document_stays_small(length):
    when = {"field": "context.story", "op": "contains", "value": "late"}
    workstream = compiled([], [{"name": "q", "when": when, "queues": shares(100)}])
    fields = {"context": {"story": "x" * length}}

    document = decided(workstream, fields, 1, skills=(), profiles=(), priority=0)

    assert ("cut" in document["read"]) == (length > 2_500)
    assert document["read"].get("cut", ["context.story"]) == ["context.story"]
    assert size(document) <= MAXIMUM_BYTES


def test_only_what_rules_ask_for_is_kept():
    when = {"not": {"any": [{"field": "case.a.b", "op": "is_set"}]}}
    workstream = compiled([], [{"name": "q", "when": when, "queues": shares(100)}])

    known = what_was_read(
        workstream,
        {"case": {"a": {"b": 1}}, "context": {"secret": 1}},
        skills=(),
        profiles=(),
        priority=0,
    )

    assert known["fields"] == {"case.a.b": 1}


def test_what_was_empty_stays_so_and_what_was_too_long_is_read_now():
    known = {"fields": {"context.tier": "gold"}, "cut": ["context.story"]}
    now = {"context": {"tier": "new", "city": "Rome", "story": "long", "age": 7}}
    asked = ["context.tier", "context.city", "context.story"]

    fields = as_read(now, known, asked=asked)

    assert fields["context"] == {"tier": "gold", "city": None, "story": "long", "age": 7}
