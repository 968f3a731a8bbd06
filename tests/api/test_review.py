"""/configuration/draft, schedules, roll-back, checks; /try."""

import pytest
from django.utils import timezone

from routing import configuration
from routing.models import ConfigurationVersion
from tests.factories import make_queue
from tests.factories.bots import make_bot
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.actions.take_in import take_in

RULE = {"name": "Gold", "when": {}, "queues": [{"queue": "Support", "percent": 100}]}


@pytest.fixture
def chat(workstream, agent, administrator, now):
    """Published, with review on."""
    configuration.publish(by=administrator, now=now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    return workstream


@pytest.fixture
def edited(chat, as_administrator):
    """A rule waits."""
    saved = as_administrator.put(f"/workstreams/{chat.pk}/route-to-queue-rules", [RULE])
    assert saved.status_code == 200
    return as_administrator.get("/configuration/draft").json()


def looked_at(draft):
    return {name: draft[name] for name in ("base", "state")}


def test_the_draft_is_shown_published_and_rolled_back(as_administrator, edited):
    assert [each["name"] for each in edited["objects"]] == ["Chat"]
    assert as_administrator.get("/configuration").json()["workstreams"][0]["route_to_queue"] == []

    published = as_administrator.post(
        "/configuration/draft/publish", looked_at(edited) | {"note": "Gold first."}
    )
    assert published.json() == {"version": 3, "scheduled": None}

    draft = as_administrator.get("/configuration/draft").json()
    body = looked_at(draft)
    asked = as_administrator.post("/configuration/versions/2/roll-back", body | {"check": True})
    done = as_administrator.post("/configuration/versions/2/roll-back", body)
    assert (asked.json()["version"], done.json()) == (None, {"version": 4, "notes": []})

    difference = as_administrator.get("/configuration/versions/2/difference?to=4").json()
    versions = as_administrator.get("/configuration/versions").json()["items"]
    assert difference == []
    assert versions[-1]["rolled_back_to"] == 2


def test_each_difference_says_whether_it_acts_already(as_administrator, edited, chat):
    chat.assist_bots.add(make_bot("Aide", purpose="assist"))

    objects = as_administrator.get("/configuration/draft").json()["objects"]

    [found] = [each for each in objects if each["kind"] == "workstream"]
    told = {each["field"]: each["acts_already"] for each in found["differences"]}
    assert [field for field, acts in told.items() if acts] == ["assist bots"]
    assert len(told) > 1
    assert not found["acts_already"]


def test_what_changed_meanwhile_is_409(as_administrator, edited, chat):
    as_administrator.put(f"/workstreams/{chat.pk}/route-to-queue-rules", [])

    for path in ("publish", "discard"):
        response = as_administrator.post(f"/configuration/draft/{path}", looked_at(edited))
        assert (response.status_code, response.json()["type"]) == (409, "draft-changed")


def test_a_draft_is_discarded(as_administrator, edited):
    body = looked_at(edited) | {"objects": [edited["objects"][0]["object"]]}

    assert as_administrator.post("/configuration/draft/discard", body).json()["notes"] == []
    assert as_administrator.get("/configuration/draft").json()["objects"] == []


def test_a_publication_is_scheduled_and_cancelled(as_administrator, edited):
    body = looked_at(edited) | {"publish_at": "2126-01-01T09:00:00Z"}

    made = as_administrator.post("/configuration/draft/publish", body).json()["scheduled"]
    listed = as_administrator.get("/configuration/schedules").json()
    path = f"/configuration/schedules/{made['id']}/cancel"
    cancelled = as_administrator.post(path)
    again = as_administrator.post(path)

    assert listed == [made]
    assert (cancelled.json()["state"], again.status_code) == ("cancelled", 409)
    assert as_administrator.post("/configuration/schedules/999/cancel").status_code == 404
    assert ConfigurationVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "due_at"),
    [
        ("2126-01-01T09:00:00+20:00", "2125-12-31T13:00:00Z"),
        ("2126-01-01T09:00:00-23:59", "2126-01-02T08:59:00Z"),
    ],
)
def test_a_publication_is_scheduled_by_any_offset(as_administrator, edited, said, due_at):
    body = looked_at(edited) | {"publish_at": said}

    made = as_administrator.post("/configuration/draft/publish", body).json()["scheduled"]

    assert made["due_at"] == due_at
    assert as_administrator.get("/configuration/schedules").json() == [made]


@pytest.mark.parametrize(
    "more",
    [
        {"base": -1},
        {"state": 7},
        {"publish_at": "2126-01-01T09:00:00"},
        {"publish_at": "2020-01-01T09:00:00Z"},
        {"publish_at": "3000-01-01T00:00:00Z"},
        {"publish_at": "9999-12-31T23:00:00-05:00"},
        {"publish_at": "0001-01-01T01:00:00+05:00"},
        {"colour": "red"},
    ],
)
def test_strange_values_are_422(as_administrator, edited, more):
    response = as_administrator.post("/configuration/draft/publish", looked_at(edited) | more)

    assert response.status_code == 422


def test_supervisors_read_and_publish_nothing(as_supervisor, as_agent, edited):
    assert as_supervisor.get("/configuration/draft").status_code == 200
    assert as_agent.get("/configuration/draft").status_code == 403
    answer = as_supervisor.post("/configuration/draft/publish", looked_at(edited))
    assert answer.status_code == 403


def test_checks_are_run_on_the_draft_and_on_what_is_published(as_administrator, chat):
    rules = [RULE, RULE | {"name": "Never"}]
    as_administrator.put(f"/workstreams/{chat.pk}/route-to-queue-rules", rules)

    draft = as_administrator.get("/configuration/checks").json()
    published = as_administrator.get("/configuration/checks?rules=published").json()

    assert "shadowed-rule" in {each["check"] for each in draft}
    assert "shadowed-rule" not in {each["check"] for each in published}
    assert as_administrator.get("/configuration/checks?rules=x").status_code == 422


def test_a_document_is_checked_beyond_what_can_be_imported(as_administrator, chat):
    document = as_administrator.get("/configuration").json()
    document["workstreams"][0]["route_to_queue"] = [RULE, RULE | {"name": "Never"}]

    findings = as_administrator.post("/configuration/validate", document).json()["findings"]

    assert [(each["path"], each["severity"]) for each in findings] == [
        ("workstreams.0.route_to_queue.1", "warning")
    ]


def test_rules_are_tried_on_both_sides(as_administrator, chat):
    make_queue("VIP")
    rule = RULE | {"queues": [{"queue": "VIP", "percent": 100}]}
    as_administrator.put(f"/workstreams/{chat.pk}/route-to-queue-rules", [rule])

    trial = as_administrator.post("/try", {"workstream": "chat", "title": "Help"}).json()

    assert trial["differs"]
    assert [(side["rules"], side["explained"]["queue"]) for side in trial["sides"]] == [
        ("published", "Support"),
        ("draft", "VIP"),
    ]


def test_a_past_item_and_a_record_are_tried(as_administrator, chat):
    item = take_in(workstream=chat, now=timezone.now(), title="Late")

    past = as_administrator.post("/try", {"work_item": item.pk}).json()
    record = as_administrator.post("/try", {"record_type": "case", "record": {"a": 1}}).json()

    assert past["sides"][0]["explained"]["queue"] == "Support"
    assert "unrouted" in record["sides"][0]["sentence"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"workstream": "Chat", "record_type": "case"}, 422),
        ({"workstream": "Nothing"}, 422),
        ({"record_type": "nothing"}, 422),
        ({"work_item": 99999}, 404),
        ({"work_item": "1"}, 422),
    ],
)
def test_what_is_not_there_is_not_tried(as_administrator, chat, body, status):
    assert as_administrator.post("/try", body).status_code == status
