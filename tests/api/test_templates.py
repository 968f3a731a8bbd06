"""/notification-templates, /session-templates, and the templates of a workstream."""

import pytest

from tests.factories import (
    make_item,
    make_notification_template,
    make_session_template,
    make_workstream,
)
from tests.routing.queries.test_desk import make_offer
from workstreams.models import NotificationTemplate, SessionTemplate

NOUNS = ["notification-templates", "session-templates"]
BODIES = {
    "notification-templates": {"name": "Calm"},
    "session-templates": {"name": "Calm", "unique_name": "own_calm"},
}


def test_a_notification_template_is_created_shown_changed_and_deleted(as_administrator):
    body = {
        "name": "Calm",
        "title": "Chat with {customerName}",
        "fields": [{"header": "Queue", "value": "{queueName}"}],
        "countdown_seconds": 30,
        "desktop_notification": "always",
    }
    created = as_administrator.post("/notification-templates", body).json()
    path = f"/notification-templates/{created['id']}"

    assert created["fields"] == body["fields"]
    assert as_administrator.get(path).json() == created
    changed = as_administrator.patch(path, {"auto_assign": True, "revision": 1}).json()
    assert (changed["accept_label"], changed["agents_may_decline"]) == ("Open", False)
    assert as_administrator.patch(path, {"revision": 1}).status_code == 409
    assert as_administrator.delete(path).status_code == 204
    assert as_administrator.get(path).status_code == 404


def test_a_session_template_is_created_shown_changed_and_deleted(as_administrator):
    body = {"name": "Calm", "unique_name": "own_calm", "tabs": ["history"], "icon": "star"}
    created = as_administrator.post("/session-templates", body).json()
    path = f"/session-templates/{created['id']}"

    assert (created["tabs"], created["anchor_tab"]) == (["history"], "customer")
    assert as_administrator.patch(path, {"panel_mode": "hidden"}).json()["panel_mode"] == "hidden"
    assert as_administrator.patch(path, {"type": "entity"}).status_code == 422
    assert as_administrator.delete(path).status_code == 204


def test_an_entity_session_names_its_record_type(as_administrator):
    body = BODIES["session-templates"] | {"type": "entity"}

    assert as_administrator.post("/session-templates", body).status_code == 422
    created = as_administrator.post("/session-templates", body | {"record_type": "case"}).json()

    assert created["record_type"] == "case"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"title": "{nobody}"}, "title"),
        ({"icon": "no"}, "icon"),
        ({"countdown_seconds": 4}, "countdown_seconds"),
        ({"fields": [{"header": "a", "value": "b"}] * 5}, "fields"),
        ({"fields": [{"header": "a", "value": "{no}"}]}, "fields.0.value"),
        ({"fields": ["a"]}, "fields.0"),
        ({"auto_accept": True}, "auto_accept"),
        ({"desktop_notification": "often"}, "desktop_notification"),
    ],
)
def test_what_cannot_be_gets_422_and_its_field(as_administrator, body, field):
    answer = as_administrator.post("/notification-templates", {"name": "Calm"} | body)

    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json()["errors"]]


@pytest.mark.parametrize("noun", NOUNS)
def test_built_in_ones_are_copied_and_not_changed(as_administrator, noun):
    model = SessionTemplate if noun == "session-templates" else NotificationTemplate
    path = f"/{noun}/{model.objects.filter(is_built_in=True)[0].pk}"

    assert as_administrator.patch(path, {"title": "Mine"}).status_code == 409
    assert as_administrator.delete(path).status_code == 409
    copy = as_administrator.post(f"{path}/copy", {"name": "Mine"})

    assert (copy.status_code, copy.json()["is_built_in"]) == (201, False)


@pytest.mark.parametrize("noun", NOUNS)
def test_supervisors_read_and_agents_do_not(as_supervisor, as_agent, noun):
    assert as_supervisor.get(f"/{noun}").json()["items"]
    assert as_supervisor.post(f"/{noun}", BODIES[noun]).status_code == 403
    assert as_agent.get(f"/{noun}").status_code == 403


def test_a_template_in_use_stays(as_administrator):
    template = make_notification_template()
    make_workstream("Chats", consult_template=template)

    answer = as_administrator.delete(f"/notification-templates/{template.pk}")

    assert answer.status_code == 409
    assert answer.json()["dependencies"][0]["name"] == "Chats (consult)"


def test_a_workstream_takes_its_templates_by_name(as_administrator):
    path = f"/workstreams/{make_workstream().pk}"
    make_notification_template("Calm")
    make_session_template("Own")

    changed = as_administrator.patch(
        path, {"transfer_template": "Calm", "session_template": "Own"}
    ).json()

    assert (changed["transfer_template"], changed["session_template"]) == ("Calm", "Own")
    assert changed["consult_template"] is None
    assert (
        as_administrator.patch(path, {"transfer_template": None}).json()["transfer_template"]
        is None
    )


@pytest.mark.parametrize(
    "change",
    [
        {"notification_template": None},
        {"transfer_template": "nobody"},
        {"session_template": "Case entity session - default template"},
    ],
)
def test_templates_a_workstream_cannot_have_get_422(as_administrator, change):
    answer = as_administrator.patch(f"/workstreams/{make_workstream().pk}", change)

    assert answer.status_code == 422


def test_a_new_workstream_takes_templates_too(as_administrator):
    make_notification_template("Calm")
    body = {
        "name": "Chats",
        "type": "messaging",
        "channel": "live_chat",
        "distribution_mode": "push",
        "fallback_queue": {"new": "Chats"},
        "authenticated_template": "Calm",
    }

    created = as_administrator.post("/workstreams", body).json()

    assert created["authenticated_template"] == "Calm"
    assert created["session_template"] == "Chat session - default"


def test_the_desk_shows_an_offer_in_the_words_of_its_template(as_agent, agent, workstream, now):
    template = make_notification_template(
        title="Chat with {customerName}",
        fields=[{"header": "Queue", "value": "{queueName}"}],
        accept_label="Answer",
    )
    item = make_item(workstream, customer={"name": "Ann"})
    make_offer(item, agent, now, template=template)

    (offer,) = as_agent.get("/agents/me").json()["offers"]

    card = offer["card"]
    assert (card["title"], card["accept_label"]) == ("Chat with Ann", "Answer")
    assert card["fields"] == [{"header": "Queue", "value": "Support"}]
    assert (offer["may_decline"], offer["auto_assign"]) == (True, False)
