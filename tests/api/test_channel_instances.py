"""/workstreams/{id}/channel-instances and /service-configuration."""

import pytest

from routing import configuration
from tests.factories import make_chat_widget, make_item, make_workstream
from workstreams.models import ChannelInstance


@pytest.fixture
def path(workstream):
    return f"/workstreams/{workstream.pk}/channel-instances"


def test_a_chat_is_opened_listed_changed_and_closed(as_administrator, path):
    created = as_administrator.post(
        path, {"name": "Web shop", "allowed_origins": ["https://Example.org/"], "locale": "de"}
    )
    one = f"{path}/{created.json()['id']}"
    changed = as_administrator.patch(one, {"agent_name": "nickname", "revision": 1})
    listed = as_administrator.get(path).json()["items"]

    assert (created.status_code, created.json()["slug"]) == (201, "web-shop")
    assert created.json()["allowed_origins"] == ["https://example.org"]
    assert (changed.json()["agent_name"], changed.json()["revision"]) == ("nickname", 2)
    assert listed == [changed.json()] == [as_administrator.get(one).json()]
    assert as_administrator.delete(one).status_code == 204
    assert as_administrator.get(one).status_code == 404


def test_a_stale_revision_gets_409(as_administrator, workstream, path):
    chat = make_chat_widget(workstream)
    as_administrator.patch(f"{path}/{chat.pk}", {"name": "First", "revision": 1})

    late = as_administrator.patch(f"{path}/{chat.pk}", {"name": "Second", "revision": 1})

    assert (late.status_code, late.json()["type"]) == (409, "saved-meanwhile")


def test_a_number_of_another_workstream_gets_422_with_its_name(as_administrator):
    first, second = (make_workstream(name, type="voice") for name in ("Support", "Sales"))
    number = {"account": "+4930123456"}
    as_administrator.post(f"/workstreams/{first.pk}/channel-instances", {"name": "1"} | number)

    response = as_administrator.post(
        f"/workstreams/{second.pk}/channel-instances", {"name": "2"} | number
    )

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "phone_number"
    assert "“Support”" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "x", "account": "+4930123456"},
        {"name": "x", "locale": "klingon!"},
        {"name": "x", "agent_name": "emperor"},
        {"name": "x", "operating_hours": "Never heard"},
        {"name": "x", "allowed_origins": ["no site"]},
        {"name": "x", "colour": "red"},
    ],
)
def test_wrong_values_get_422(as_administrator, path, body):
    assert as_administrator.post(path, body).status_code == 422
    assert not ChannelInstance.objects.exists()


def test_unfinished_work_keeps_its_instance(as_administrator, workstream, path):
    chat = make_chat_widget(workstream)
    make_item(workstream, channel_instance=chat, title="Help")

    response = as_administrator.delete(f"{path}/{chat.pk}")

    assert response.status_code == 409
    assert response.json()["dependencies"][0]["kind"] == "work_item"


def test_an_instance_is_found_below_its_own_workstream_only(as_administrator, path):
    strange = make_chat_widget(make_workstream("Other"))

    assert as_administrator.get(f"{path}/{strange.pk}").status_code == 404


def test_supervisors_read_and_agents_do_not(as_supervisor, as_agent, path):
    assert as_supervisor.get(path).status_code == 200
    assert as_supervisor.post(path, {"name": "x"}).status_code == 403
    assert as_agent.get(path).status_code == 403


def test_records_are_switched_on_by_the_api_too(as_administrator, as_supervisor):
    body = {
        "name": "Cases",
        "type": "record",
        "record_type": "case",
        "distribution_mode": "push",
        "fallback_queue": {"new": "Case work"},
    }

    refused = as_administrator.post("/workstreams", body)
    switched = as_administrator.patch("/service-configuration", {"routes_records": True})
    created = as_administrator.post("/workstreams", body)
    off = as_administrator.patch("/service-configuration", {"routes_records": False})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "record_type"
    assert (switched.json()["routes_records"], created.status_code) == (True, 201)
    assert off.status_code == 422
    assert as_supervisor.get("/service-configuration").json()["routes_records"] is True
    assert as_supervisor.patch("/service-configuration", {}).status_code == 403


def test_a_name_that_published_rules_compare_with_stays(as_administrator, workstream, path, now):
    chat = make_chat_widget(workstream, name="Shop")
    ruleset = workstream.rulesets.create(kind="classification", name="Sort")
    when = {"field": "engagement.instance", "op": "equals", "value": "Shop"}
    ruleset.rules.create(name="Of the shop", when=when, then={"priority": 1})
    configuration.publish(by=None, now=now)
    ruleset.delete()

    refused = as_administrator.patch(f"{path}/{chat.pk}", {"name": "Store", "revision": 1})

    assert refused.status_code == 422
    assert "Of the shop (published)" in refused.json()["errors"][0]["message"]
