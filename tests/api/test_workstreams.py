"""/workstreams."""

import pytest

from tests.factories import make_chat_widget, make_item, make_profile, make_queue, make_workstream
from workstreams.models import Queue, Workstream

NEW = {
    "name": "SMS",
    "type": "messaging",
    "channel": "sms",
    "distribution_mode": "push",
    "fallback_queue": {"new": "SMS queue"},
}


def test_creating_makes_the_workstream_and_its_queue(as_administrator):
    response = as_administrator.post("/workstreams", NEW)

    assert response.status_code == 201
    assert response.json()["fallback_queue"] == "SMS queue"
    assert response.json()["keep_same_agent"] is True
    assert Queue.objects.filter(name="SMS queue", type="messaging").exists()


def test_creating_takes_every_setting(as_administrator, queue):
    make_profile("Sales")
    settings = {
        "capacity": {"format": "profile", "profiles": ["Sales"]},
        "wrap_up_block": {"mode": "custom", "seconds": 60},
        "allowed_presences": ["available"],
        "skill_matching": "closest",
        "keep_same_agent": False,
        "auto_close_after_minutes": 60,
    }

    body = NEW | {"fallback_queue": {"existing": "Support"}} | settings
    response = as_administrator.post("/workstreams", body)

    assert response.status_code == 201
    assert settings.items() <= response.json().items()


def test_a_name_that_is_not_there_says_what_it_should_name(as_administrator, queue):
    body = NEW | {"capacity": {"format": "profile", "profiles": ["Nope"]}}

    problem = as_administrator.post("/workstreams", body)

    assert problem.status_code == 422
    assert "There is no capacity profile 'Nope'." in problem.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"type": "voice"},
        {"channel": "pigeon"},
        {"distribution_mode": "pull"},
        {"fallback_queue": {}},
        {"fallback_queue": {"existing": "Nowhere"}},
        {"fallback_queue": {"existing": "Support", "new": "Other"}},
        {"capacity": {"format": "profile"}},
        {"capacity": {"format": "unit", "profiles": []}},
        {"capacity": {"format": "unit", "units": 1e9}},
        {"wrap_up_block": {"mode": "custom"}},
        {"wrap_up_block": {"mode": "custom", "seconds": 5}},
        {"allowed_presences": []},
        {"allowed_presences": ["inactive"]},
        {"record_type": "case"},
        {"persistent_chat": True},
        {"persistent_chat": "yes"},
        {"auto_close_after_minutes": 0},
    ],
)
def test_what_does_not_go_together_gets_422_and_leaves_nothing(as_administrator, queue, change):
    before = Queue.objects.count()

    response = as_administrator.post("/workstreams", NEW | change)

    assert response.status_code == 422
    assert response.json()["errors"]
    assert (Workstream.objects.count(), Queue.objects.count()) == (0, before)


def test_a_taken_name_gets_422(as_administrator, workstream):
    response = as_administrator.post("/workstreams", NEW | {"name": "CHAT"})

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "name"


def test_supervisors_read_and_do_not_write(as_supervisor, workstream):
    path = f"/workstreams/{workstream.pk}"

    assert as_supervisor.get(path).json()["name"] == "Chat"
    assert as_supervisor.post("/workstreams", NEW).status_code == 403
    assert as_supervisor.patch(path, {"name": "x"}).status_code == 403
    assert as_supervisor.delete(path).status_code == 403


def test_changing_leaves_the_rest(as_administrator, workstream):
    path = f"/workstreams/{workstream.pk}"

    response = as_administrator.patch(path, {"skill_matching": "none"})

    assert response.status_code == 200
    assert response.json()["skill_matching"] == "none"
    assert response.json()["name"] == "Chat"


def test_units_that_are_left_out_stay(as_administrator, workstream):
    Workstream.objects.update(capacity_units=40)

    changed = as_administrator.patch(
        f"/workstreams/{workstream.pk}", {"capacity": {"format": "unit"}}
    )

    assert changed.json()["capacity"] == {"format": "unit", "units": 40}


def test_the_distribution_mode_stays(as_administrator, workstream):
    path = f"/workstreams/{workstream.pk}"

    response = as_administrator.patch(path, {"distribution_mode": "pick"})

    assert response.status_code == 409
    assert response.json()["type"] == "immutable"
    assert as_administrator.patch(path, {"distribution_mode": "push"}).status_code == 200


def test_saving_over_somebody_else_is_refused(as_administrator, workstream):
    path = f"/workstreams/{workstream.pk}"
    as_administrator.patch(path, {"name": "First", "revision": 1})

    response = as_administrator.patch(path, {"name": "Second", "revision": 1})

    assert response.status_code == 409
    assert response.json()["type"] == "saved-meanwhile"


def test_deleting_answers_204(as_administrator, workstream):
    response = as_administrator.delete(f"/workstreams/{workstream.pk}")

    assert (response.status_code, response.content) == (204, b"")
    assert as_administrator.get(f"/workstreams/{workstream.pk}").status_code == 404


def test_deleting_what_is_in_use_names_what_depends_on_it(as_administrator, workstream):
    make_chat_widget(workstream, name="Shop chat")
    make_item(workstream)

    response = as_administrator.delete(f"/workstreams/{workstream.pk}")

    assert response.status_code == 409
    assert response.json()["type"] == "in-use"
    kinds = [one["kind"] for one in response.json()["dependencies"]]
    assert {"channel_instance", "work_item"} <= set(kinds)
    assert response.json()["dependencies"][0].keys() == {"kind", "name", "url"}


def test_a_copy_says_what_was_left_out(as_administrator, workstream):
    make_chat_widget(workstream, name="Web shop")

    copy = as_administrator.post(f"/workstreams/{workstream.pk}/copy")

    assert copy.json()["left_out"] == ["1 channel instance was not copied: Web shop."]


def test_a_deleted_workstream_is_unknown(as_administrator, workstream, now):
    make_item(workstream, state="closed", closed_at=now)

    gone = as_administrator.delete(f"/workstreams/{workstream.pk}")

    assert gone.status_code == 204
    assert as_administrator.get(f"/workstreams/{workstream.pk}").status_code == 404
    work = {"workstream": "Chat", "title": "Late"}
    assert as_administrator.post("/work-items", work).status_code == 422


def test_copying_names_the_copy(as_administrator, workstream):
    first = as_administrator.post(f"/workstreams/{workstream.pk}/copy")
    named = as_administrator.post(f"/workstreams/{workstream.pk}/copy", {"name": "Night chat"})

    assert first.status_code == named.status_code == 201
    assert first.json()["name"] == "Copy of Chat"
    assert named.json()["name"] == "Night chat"


def test_the_fallback_queue_is_chosen_by_name_or_made(as_administrator, workstream):
    make_queue("Second line")
    path = f"/workstreams/{workstream.pk}/fallback-queue"

    existing = as_administrator.put(path, {"existing": "Second line"})
    new = as_administrator.put(path, {"new": "Third line"})

    assert existing.json()["fallback_queue"] == "Second line"
    assert new.json()["fallback_queue"] == "Third line"


def test_a_queue_of_another_type_is_no_fallback(as_administrator):
    workstream = make_workstream()
    make_queue("Calls", type="voice")

    path = f"/workstreams/{workstream.pk}/fallback-queue"
    assert as_administrator.put(path, {"existing": "Calls"}).status_code == 422
