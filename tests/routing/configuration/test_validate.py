"""Faults of documents."""

import pytest

from routing import configuration
from routing.models import Rule, Ruleset
from tests.routing.configuration.faulty import open_from

pytestmark = pytest.mark.django_db

WORKSTREAM = {
    "name": "Talk",
    "type": "messaging",
    "channel": "live_chat",
    "distribution_mode": "push",
    "fallback_queue": "Care",
    "notification_template": "Chat - incoming unauthenticated - default",
}
CARE = {"name": "Care", "type": "messaging"}


def with_workstream(**fields):
    return {"format": 1, "queues": [CARE], "workstreams": [WORKSTREAM | fields]}


def with_route(**rule):
    return with_workstream(route_to_queue=[{"name": "r", "queues": [{"queue": "Care"}]} | rule])


def with_classification(**rule):
    rules = [{"name": "r", "then": {}} | rule]
    return with_workstream(classification=[{"name": "c", "kind": "logical", "rules": rules}])


FAULTS = {
    "no-object": ([], ""),
    "format": ({"format": 3}, "format"),
    "section": ({"format": 1, "tickets": []}, "tickets"),
    "section-shape": ({"format": 1, "queues": {}}, "queues"),
    "field": (with_workstream(colour="red"), "workstreams.0.colour"),
    "missing": (
        {"format": 1, "queues": [{"name": "Care"}]},
        "queues.0.type",
    ),
    "word": (with_workstream(channel="pigeon"), "workstreams.0.channel"),
    "twice": ({"format": 1, "queues": [CARE, CARE | {"name": "CARE"}]}, "queues.1.name"),
    "no-name": ({"format": 1, "queues": [{"type": "record"}]}, "queues.0.name"),
    "capacity": (with_workstream(capacity={"format": "unit"}), "workstreams.0.capacity"),
    "wrap-up": (
        with_workstream(wrap_up_block={"mode": "custom", "seconds": 5}),
        "workstreams.0.wrap_up_block",
    ),
    "unknown-queue": (with_workstream(fallback_queue="?"), "workstreams.0.fallback_queue"),
    "unknown-profile": (
        with_workstream(capacity={"format": "profile", "profiles": ["?"]}),
        "workstreams.0.capacity.profiles.0",
    ),
    "misread": (
        {
            "format": 1,
            "assignment_methods": [
                {
                    "name": "Ours",
                    "prioritization": [
                        {"name": "Mood", "order_by": {"by": "sentiment", "direction": "ascending"}}
                    ],
                    "rulesets": [{"name": "All", "rules": [{"name": "Any"}]}],
                }
            ],
        },
        "assignment_methods.0.prioritization.0.order_by.by",
    ),
    "queue-type": (
        with_workstream() | {"queues": [CARE | {"type": "record"}]},
        "workstreams.0.fallback_queue",
    ),
    "channel-of-type": (with_workstream(channel="voice"), "workstreams.0.channel"),
    "record-type": (with_workstream(record_type="case"), "workstreams.0.record_type"),
    "persistent": (
        with_workstream(channel="sms", persistent_chat=True),
        "workstreams.0.persistent_chat",
    ),
    "picked-calls": (
        with_workstream(type="voice", channel="voice", distribution_mode="pick")
        | {"queues": [CARE | {"type": "voice"}]},
        "workstreams.0.distribution_mode",
    ),
    "percent": (
        with_route(queues=[{"queue": "Care", "percent": 90}]),
        "workstreams.0.route_to_queue.0.queues",
    ),
    "route-queue": (
        with_route(queues=[{"queue": "?"}]),
        "workstreams.0.route_to_queue.0.queues.0.queue",
    ),
    "operator": (
        with_route(when={"field": "title", "op": "resembles", "value": "x"}),
        "workstreams.0.route_to_queue.0.when.op",
    ),
    "skill": (
        with_classification(then={"skills": [{"skill": "?"}]}),
        "workstreams.0.classification.0.rules.0.then.skills.0.skill",
    ),
    "fixed-field": (
        with_classification(then={"set": {"case.number": "C-9"}}),
        "workstreams.0.classification.0.rules.0.then.set.case.number",
    ),
    "intake": (
        {"format": 1, "intake_rules": [{"name": "i", "workstream": "?"}]},
        "intake_rules.0.workstream",
    ),
    "time-zone": (
        {"format": 1, "operating_hours": [{"name": "h", "time_zone": "Moon"}]},
        "operating_hours.0.time_zone",
    ),
    "date": (
        {
            "format": 1,
            "operating_hours": [
                {"name": "h", "time_zone": "UTC", "holidays": [{"date": "soon", "reason": ""}]}
            ],
        },
        "operating_hours.0.holidays",
    ),
}


FAULTS |= {
    f"clock-{word}": (open_from(*times), "operating_hours.0.periods")
    for word, times in {
        "zone": ("09:00+01:00", "17:00"),
        "zones": ("09:00Z", "17:00Z"),
    }.items()
}


@pytest.mark.parametrize(("document", "path"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_where_it_is(document, path):
    [finding] = configuration.validate(document)

    assert (finding["path"], finding["severity"]) == (path, "error")
    assert finding["message"].endswith(".")


def test_deeply_nested_conditions_are_refused():
    condition: dict[str, object] = {"field": "title", "op": "is_set"}
    for _ in range(30):
        condition = {"not": condition}

    [finding] = configuration.validate(with_route(when=condition))

    assert "nested" in finding["message"]


def test_the_mode_of_a_workstream_never_changes(organisation):
    document = configuration.document()
    [cases] = [each for each in document["workstreams"] if each["name"] == "Cases"]
    cases["distribution_mode"] = "pick"

    [finding] = configuration.validate(document)

    assert finding["message"] == "The distribution mode of a workstream never changes."


def test_the_own_document_has_no_faults(organisation):
    assert configuration.validate(configuration.document()) == []


def test_a_rule_that_sets_a_number_since_before_comes_with_its_workstream(organisation):
    ruleset = Ruleset.objects.create(kind="classification", workstream=organisation, name="Older")
    Rule.objects.create(ruleset=ruleset, name="Sets", then={"set": {"record.number": "C-9"}})

    assert configuration.validate(configuration.document()) == []


def test_names_of_rows_that_the_document_leaves_out_are_known(organisation):
    document = {"format": 1, "workstreams": [WORKSTREAM | {"fallback_queue": "Support"}]}

    assert configuration.validate(document) == []


@pytest.mark.parametrize(
    "junk",
    [
        None,
        7,
        "x",
        {"format": 1, "queues": [None]},
        {"format": 1, "queues": [{"name": 7}]},
        {"format": 1, "queues": [{"name": "\x00"}]},
        {"format": 1, "intake_rules": [7]},
        {"format": 1, "skills": [{"name": "s", "type": "t", "rating_model": []}]},
    ],
)
def test_junk_is_refused_with_findings(junk):
    assert configuration.validate(junk)
