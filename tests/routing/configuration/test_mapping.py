"""Names of a document that stand for something else here."""

import json

import pytest

from agents.models import CapacityProfile, OperatingHours, Skill
from routing import configuration
from tests.factories import make_queue, make_skill
from workstreams.models import AssignmentMethod, Bot, NotificationTemplate, Queue, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(organisation):
    """The document of one workstream, called Talk."""
    text = configuration.export_workstream(organisation.pk)
    document = json.loads(text)
    document["workstreams"][0]["name"] = "Talk"
    return document


def import_(document, now, **mapping):
    return configuration.import_document(document, by=None, now=now, mapping=mapping)


def messages(document, **mapping):
    return [each["message"] for each in configuration.validate(document, mapping)]


def test_a_workstreams_document_holds_all_that_it_names(organisation):
    document = configuration.workstream_document(organisation.pk)

    assert {key: len(value) for key, value in document.items() if isinstance(value, list)} == {
        "rating_models": 1,
        "skills": 1,
        "capacity_profiles": 1,
        "operating_hours": 1,
        "queues": 2,
        "workstreams": 1,
    }
    assert document["scope"] == "workstream"


def test_a_described_queue_can_be_one_that_is_here(moved, now):
    make_queue("Care")

    import_(moved, now, queue={"VIP": "Care"})

    [rule] = configuration.workstream_document(Workstream.objects.get(name="Talk").pk)[
        "workstreams"
    ][0]["route_to_queue"]
    assert [share["queue"] for share in rule["queues"]] == ["Care", "Support"]


def test_methods_compare_with_the_hours_that_stand_for_those_they_named(now):
    OperatingHours.objects.create(name="Bureau")
    when = {"field": "agent.hours", "op": "in", "value": ["office", "Night"]}
    method = {"name": "Ours", "rulesets": [{"name": "A", "rules": [{"name": "B", "when": when}]}]}
    hours = {"name": "Office", "time_zone": "UTC"}
    document = {"format": 2, "assignment_methods": [method], "operating_hours": [hours]}

    import_(document, now, operating_hours={"Office": "Bureau"})

    [ruleset] = AssignmentMethod.objects.get().rulesets
    assert ruleset["rules"][0]["when"]["value"] == ["Bureau", "Night"]


def test_what_is_here_is_kept_when_it_stands_for_itself(moved, now):
    moved["queues"][1]["priority"] = 99

    report = import_(moved, now, queue={"VIP": "VIP"})

    assert report.changed == []
    assert Queue.objects.get(name="VIP").priority == 2


def test_a_described_entry_gets_a_new_name_wherever_it_is_named(moved, now):
    import_(moved, now, skill={"Spanish": "Español"}, queue={"VIP": "VIP Berlin"})

    document = configuration.workstream_document(Workstream.objects.get(name="Talk").pk)
    [ruleset] = document["workstreams"][0]["classification"]
    assert ruleset["rules"][0]["then"]["skills"] == [{"skill": "Español", "rating": 5}]
    assert Queue.objects.filter(name="VIP Berlin").exists()
    assert Skill.objects.filter(name="Spanish").exists()


def test_two_names_can_change_places(moved, now):
    import_(moved, now, queue={"VIP": "Support", "Support": "VIP"})

    assert Workstream.objects.get(name="Talk").fallback_queue.name == "VIP"


@pytest.mark.parametrize("names", [["VIP", "Support"], ["Support", "VIP"], ["Only named", "VIP"]])
def test_two_names_can_become_one(moved, now, names):
    described = next(name for name in names if name != "Only named")
    moved["workstreams"][0] |= {"route_to_queue": [], "fallback_queue": names[0]}
    for queue in moved["queues"]:
        queue["priority"] = 55 if queue["name"] == described else 66

    report = import_(moved, now, queue=dict.fromkeys(names, "Together"))

    assert [each for each in report.created if "queue T" in each] == ["queue Together"]
    assert Queue.objects.get(name="Together").priority == 55
    assert Workstream.objects.get(name="Talk").fallback_queue.name == "Together"


@pytest.mark.parametrize(
    ("kind", "model", "section", "change"),
    [
        ("queue", Queue, "workstreams", {"fallback_queue": "New"}),
        ("bot", Bot, "workstreams", {"bot": "New"}),
        ("notification_template", NotificationTemplate, "workstreams", {"consult_template": "New"}),
        ("operating_hours", OperatingHours, "queues", {"operating_hours": "New"}),
        (
            "capacity_profile",
            CapacityProfile,
            "workstreams",
            {"capacity": {"format": "profile", "profiles": ["New"]}},
        ),
    ],
)
def test_what_is_missing_is_created_empty(moved, now, kind, model, section, change):
    moved[section][0] |= change
    assert any("New" in message for message in messages(moved))

    import_(moved, now, **{kind: {"New": "New"}})

    assert model.objects.filter(name="New").exists()


def test_a_bot_that_is_created_empty_is_switched_off(moved, now):
    moved["workstreams"][0]["bot"] = "New"

    import_(moved, now, bot={"New": "New"})

    assert not Bot.objects.get(name="New").is_enabled


@pytest.mark.parametrize(
    ("mapping", "path"),
    [
        ([1], "mapping"),
        ({"fish": {}}, "mapping.fish"),
        ({"queue": ["a"]}, "mapping.queue"),
        ({"queue": {"a": 7}}, "mapping.queue.a"),
        ({"queue": {"a": "\0"}}, "mapping.queue.a"),
        ({"queue": {"a": "\ud800"}}, "mapping.queue.a"),
        ({"quick_reply": {"a": "b"}}, "mapping.quick_reply"),
    ],
)
def test_a_wrong_mapping_is_a_finding(moved, mapping, path):
    assert [each["path"] for each in configuration.validate(moved, mapping)] == [path]


def test_conditions_that_compare_with_a_skill_are_renamed_too(moved, now):
    make_skill("Danish")
    rule = moved["workstreams"][0]["classification"][0]["rules"][0]
    rule["when"] = {"not": {"field": "skills", "op": "contains", "value": "Spanish"}}

    import_(moved, now, skill={"Spanish": "Danish"})

    document = configuration.workstream_document(Workstream.objects.get(name="Talk").pk)
    [ruleset] = document["workstreams"][0]["classification"]
    assert ruleset["rules"][0]["when"]["not"]["value"] == "Danish"
