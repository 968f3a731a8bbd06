"""Whatever the checks let pass compiles, and decides whatever arrives; all else is refused."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.models import CapacityProfile, RatingModel, Skill
from routing.check_rules import Known, check_rulesets
from routing.engine.choose_queue import choose_queue
from routing.engine.classify import classify
from routing.engine.conditions import describe
from routing.engine.explain import MAXIMUM_BYTES, routing_document
from routing.terms import RulesetKind
from tests.routing.engine.situations import NOW, a_workstream
from tests.routing.engine.strategies import conditions, items, values
from workstreams.models import Queue

SCALE = RatingModel(minimum=1, maximum=5)
KNOWN = Known(
    queues={name.lower(): Queue(name=name, type="messaging") for name in ("A", "B", "C")},
    skills={"french": Skill(name="French", rating_model=SCALE)},
    profiles={"day": CapacityProfile(name="Day")},
    workstreams={},
    record_types={},
    models={},
)

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | values,
    lambda inside: (
        st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=4), inside, max_size=3)
    ),
    max_leaves=6,
)


def mostly(right: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The right thing nine times of ten, else anything."""
    return st.integers(0, 9).flatmap(lambda number: right if number else junk)


names = mostly(st.text(min_size=1, max_size=4).filter(str.strip))
writes = st.dictionaries(
    st.sampled_from(["title", "priority", "attributes.c", "context.a", "case.a", "channel"]),
    mostly(st.sampled_from(["gold", 3, True, None, 2.5])),
    max_size=3,
)
skills = st.lists(
    st.fixed_dictionaries(
        {"skill": mostly(st.just("French"))}, optional={"rating": mostly(st.integers(1, 5))}
    ),
    max_size=2,
)
outputs = st.fixed_dictionaries(
    {},
    optional={
        "set": mostly(writes),
        "skills": mostly(skills),
        "capacity_profiles": mostly(st.lists(mostly(st.just("Day")), max_size=2)),
        "priority": mostly(st.integers(0, 9)),
    },
)
shares = st.sampled_from(
    [[("A", 100)], [("A", 50), ("B", 50)], [("A", 70), ("B", 20), ("C", 10)], [("D", 100)], []]
).map(lambda pairs: [{"queue": queue, "percent": percent} for queue, percent in pairs])
classification_rules = st.fixed_dictionaries(
    {"name": names, "when": mostly(conditions), "then": mostly(outputs)}
)
route_rules = st.fixed_dictionaries(
    {"name": names, "when": mostly(conditions), "queues": mostly(shares)}
)
rulesets = st.lists(
    mostly(
        st.fixed_dictionaries(
            {"name": names, "rules": mostly(st.lists(mostly(classification_rules), max_size=4))}
        )
    ),
    max_size=3,
)


def faults(kind: RulesetKind, documents: Any) -> list[Any]:
    return check_rulesets(kind, documents, KNOWN)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    classification=mostly(rulesets), routes=mostly(st.lists(route_rules, max_size=4)), item=items
)
def test_what_the_checks_let_pass_decides_whatever_arrives(classification, routes, item):
    flat = [{"name": "Route to queues", "rules": routes}]
    found = [
        *faults(RulesetKind.CLASSIFICATION, classification),
        *faults(RulesetKind.ROUTE_TO_QUEUE, flat),
    ]
    assert all(type(each.path) is str and each.message.endswith(".") for each in found)
    if found:
        return

    workstream = a_workstream(classification=classification, route_to_queue=routes)
    classified = classify(workstream.classification, item, now=NOW)
    choice = choose_queue(
        workstream.route_to_queue,
        classified.fields,
        now=NOW,
        draw_key="1",
        fallback_queue="Fallback",
        known_queues=["A", "B"],
    )
    document = routing_document(
        configuration_version=1, workstream="W", classification=classified, queue=choice
    )

    assert choice.queue in ("A", "B", "Fallback")
    assert len(json.dumps(document, ensure_ascii=False).encode()) <= MAXIMUM_BYTES
    assert all(describe(rule.get("when")) for rule in routes or ())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=junk, kind=st.sampled_from(RulesetKind))
def test_junk_is_refused_with_paths_and_sentences(document, kind):
    found = faults(kind, document)

    assert all(type(each.path) is str and each.message.endswith(".") for each in found)
