"""Quick replies, automated messages and message templates over HTTP."""

import pytest

from tests.factories import make_chat_widget
from workstreams.models import AutomatedMessage, QuickReply

REPLY = {"title": "Hello", "message": "Hello {FirstName{Customer}}", "tags": ["#hi"]}
MESSAGE = {"trigger": "agent_joined", "channel": "live_chat", "text": "{AgentName} is here."}
TEMPLATE = {"name": "Reminder", "texts": {"en": "Hello", "de": "Guten Tag"}}


def test_a_quick_reply_is_created_changed_and_deleted(as_supervisor, workstream):
    made = as_supervisor.post("/quick-replies", {**REPLY, "workstreams": ["Chat"]})
    reply = made.json()
    address = f"/quick-replies/{reply['id']}"

    assert made.status_code == 201
    assert reply["tags"] == ["hi"]
    assert reply["workstreams"] == ["Chat"]
    changed = as_supervisor.patch(address, {"locale": "de", "workstreams": [], "revision": 1})
    assert (changed.json()["locale"], changed.json()["workstreams"]) == ("de", [])
    stale = as_supervisor.patch(address, {"title": "Late", "revision": 1})
    assert (stale.status_code, stale.json()["type"]) == (409, "saved-meanwhile")
    assert as_supervisor.delete(address).status_code == 204
    assert as_supervisor.get(address).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**REPLY, "message": "Hi {nobody}"}, "message"),
        ({**REPLY, "locale": "german"}, "locale"),
        ({**REPLY, "tags": ["a#b"]}, "tags"),
        ({**REPLY, "workstreams": ["Nowhere"]}, "workstreams"),
        ({**REPLY, "title": "hELLO"}, "title"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(as_supervisor, body, field):
    QuickReply.objects.create(title="Hello", message="Hi")

    problem = as_supervisor.post("/quick-replies", body)

    assert problem.status_code == 422
    assert problem.json()["errors"][0]["field"] == field


def test_agents_have_replies_of_their_own_only(as_agent, as_second_agent):
    made = as_agent.post("/agents/me/quick-replies", REPLY).json()
    address = f"/agents/me/quick-replies/{made['id']}"

    assert as_agent.get("/quick-replies").status_code == 403
    assert as_agent.get("/agents/me/quick-replies").json()["items"][0]["title"] == "Hello"
    assert as_second_agent.get("/agents/me/quick-replies").json()["items"] == []
    assert as_second_agent.patch(address, {"title": "Mine"}).status_code == 404
    assert as_agent.patch(address, {"title": "Mine"}).json()["title"] == "Mine"
    assert as_agent.delete(address).status_code == 204


def test_several_replies_get_a_tag(as_supervisor):
    ids = [QuickReply.objects.create(title=title, message="Hi").pk for title in "ab"]

    answer = as_supervisor.post("/quick-replies/tags", {"ids": ids, "tag": "#bye"})

    assert answer.json() == {"changed": 2, "tag": "bye"}
    assert all(reply.tags == ["bye"] for reply in QuickReply.objects.all())


def test_an_automated_message_is_changed_and_reset(as_administrator, workstream):
    widget = make_chat_widget(workstream, "shop")
    made = as_administrator.post(
        "/automated-messages", {**MESSAGE, "channel_instance": widget.name}
    )
    address = f"/automated-messages/{made.json()['id']}"

    def in_force():
        said = as_administrator.get("/automated-messages/in-force?channel_instance=shop").json()
        return next(each for each in said if each["trigger"] == "agent_joined")

    assert made.status_code == 201
    assert (in_force()["level"], in_force()["text"]) == ("instance", "{AgentName} is here.")
    assert (
        as_administrator.post(
            "/automated-messages", {**MESSAGE, "channel_instance": widget.name}
        ).status_code
        == 409
    )
    as_administrator.patch(address, {"is_active": False, "revision": 1})
    assert not in_force()["is_active"]
    assert as_administrator.delete(address).status_code == 204
    assert in_force()["level"] == "built_in"


@pytest.mark.parametrize(
    "changes",
    [{"text": "{Nobody}"}, {"trigger": "offer_callback"}, {"channel": "record"}, {"locale": "!"}],
)
def test_what_cannot_be_said_is_refused(as_administrator, changes):
    answer = as_administrator.post("/automated-messages", {**MESSAGE, **changes})

    assert answer.status_code == 422
    assert not AutomatedMessage.objects.exists()


def test_a_message_template_is_created_changed_and_deleted(as_administrator):
    made = as_administrator.post("/message-templates", TEMPLATE)
    address = f"/message-templates/{made.json()['id']}"

    assert made.status_code == 201
    changed = as_administrator.patch(address, {"texts": {"en": "Hi"}, "revision": 1}).json()
    assert (changed["texts"], changed["revision"]) == ({"en": "Hi"}, 2)
    assert as_administrator.patch(address, {"texts": {"de": "Tag"}}).status_code == 422
    assert as_administrator.patch(address, {"channel": "live_chat"}).status_code == 422
    assert as_administrator.delete(address).status_code == 204


@pytest.mark.parametrize(
    ("path", "body"), [("/automated-messages", MESSAGE), ("/message-templates", TEMPLATE)]
)
def test_supervisors_read_and_do_not_change(as_supervisor, path, body):
    assert as_supervisor.get(path).status_code == 200
    assert as_supervisor.post(path, body).status_code == 403


def test_an_agents_nickname_and_language_are_set(as_administrator, agent):
    changes = {"nickname": "Ally", "locale": "de"}

    shown = as_administrator.patch("/agents/alice", changes).json()

    assert {name: shown[name] for name in changes} == changes
    assert as_administrator.patch("/agents/alice", {"locale": "german"}).status_code == 422
