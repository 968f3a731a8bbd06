"""Bots over the API: registered by people, answering by themselves."""

import json
import time
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from agents.models import User
from config.secret_store import conceal
from tests.factories.bots import SCRIPT, make_assist_bot, make_bot, with_bot
from tests.scenarios import arrive
from workstreams.bots.signature import sign
from workstreams.models import Bot, BotConversation, Message, Workstream
from workstreams.terms import BotKind, ItemState

pytestmark = pytest.mark.django_db
SECRET = "what the bot knows too"


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


@pytest.fixture
def talk(workstream: Workstream, now: datetime) -> BotConversation:
    """A conversation that a webhook bot has."""
    bot = make_bot("Remote", kind=BotKind.WEBHOOK, secret=conceal(SECRET))
    item = arrive(with_bot(workstream, bot), now, first_message="Hello")
    return BotConversation.objects.get(item=item)


def send(client: Client, method: str, path: str, body: dict[str, Any]) -> Any:
    return client.generic(method, f"/api/v1{path}", json.dumps(body), "application/json")


def answer(
    client: Client,
    talk: BotConversation,
    body: dict[str, Any],
    headers: dict[str, str] | None = None,
    age: int = 0,
) -> Any:
    content = json.dumps(body).encode()
    timestamp = int(time.time()) - age
    signed = {
        "Switchyard-Timestamp": str(timestamp),
        "Switchyard-Signature": sign(secret=SECRET, timestamp=timestamp, body=content),
    }
    return client.post(
        f"/api/v1/bots/conversations/{talk.key}/answer",
        content,
        content_type="application/json",
        headers={**signed, **(headers or {})},
    )


def test_a_bot_is_registered_shown_changed_and_deleted(admin: Client) -> None:
    made = send(admin, "POST", "/bots", {"name": "Helper", "kind": "scripted", "script": SCRIPT})
    path = f"/bots/{made.json()['id']}"

    changed = send(admin, "PATCH", path, {"name": "Helper 2", "revision": 1})

    assert (made.status_code, changed.status_code) == (201, 200)
    assert admin.get(f"/api/v1{path}").json()["name"] == "Helper 2"
    assert send(admin, "PATCH", path, {"name": "Late", "revision": 1}).status_code == 409
    assert admin.delete(f"/api/v1{path}").status_code == 204
    assert not Bot.objects.exists()


def test_the_secret_is_never_shown(admin: Client) -> None:
    body = {"name": "R", "kind": "webhook", "endpoint": "https://b.example/", "secret": SECRET}

    made = send(admin, "POST", "/bots", body)

    assert made.json()["has_secret"] is True
    assert SECRET not in admin.get("/api/v1/bots").content.decode()


@pytest.mark.parametrize(
    "script",
    [
        {"rules": "none"},
        {"rules": [{"words": []}]},
        {"rules": [{"words": ["a"], "then": "dance"}]},
        {"rules": [{"words": ["a"], "reply": 7}]},
        {"rules": [{"words": ["a"], "reply": "b", "set": {"c": [1]}}]},
        {"misunderstandings": 0},
    ],
)
def test_a_script_that_makes_no_sense_is_refused(admin: Client, script: dict[str, Any]) -> None:
    made = send(admin, "POST", "/bots", {"name": "S", "kind": "scripted", "script": script})

    assert made.status_code == 422
    assert made.json()["errors"][0]["field"].startswith("script")


def test_bots_are_chosen_for_a_workstream(admin: Client, workstream: Workstream) -> None:
    make_bot("Helper")
    make_assist_bot("Whisperer")
    path = f"/workstreams/{workstream.pk}"

    send(admin, "PUT", f"{path}/bot", {"bot": "Helper"})
    send(admin, "PUT", f"{path}/assist-bots", {"bots": ["Whisperer"]})

    assert admin.get(f"/api/v1{path}/bots").json() == {
        "bot": "Helper",
        "assist_bots": ["Whisperer"],
        "revision": 3,
    }
    assert send(admin, "PUT", f"{path}/bot", {"bot": "Whisperer"}).status_code == 422
    assert send(admin, "PUT", f"{path}/bot", {"bot": "Nobody"}).status_code == 422
    assert send(admin, "PUT", f"{path}/bot", {"bot": None}).json()["bot"] is None


def test_a_used_bot_is_not_deleted(admin: Client, workstream: Workstream) -> None:
    bot = make_bot()
    with_bot(workstream, bot)

    refused = admin.delete(f"/api/v1/bots/{bot.pk}")

    assert refused.status_code == 409
    assert [each["kind"] for each in refused.json()["dependencies"]] == ["bot_of"]


def test_a_bot_answers_later(client: Client, talk: BotConversation) -> None:
    told = answer(client, talk, {"messages": ["I looked it up."], "context": {"topic": "tax"}})

    assert told.status_code == 200
    assert Message.objects.get(item=talk.item, author="bot").text == "I looked it up."
    talk.item.refresh_from_db()
    assert talk.item.context == {"topic": "tax"}


def test_the_same_answer_is_said_once(client: Client, talk: BotConversation) -> None:
    for _ in range(2):
        answer(client, talk, {"messages": ["Once"]}, {"Idempotency-Key": "7"})

    assert Message.objects.filter(item=talk.item, author="bot").count() == 1


def test_what_names_its_key_is_said_once_under_whatever_header(
    client: Client, talk: BotConversation
) -> None:
    body = {"messages": ["Once"], "signed_for": {"key": "7"}}

    told = [answer(client, talk, body, {"Idempotency-Key": key}) for key in ("7", "8", "9")]

    assert [each.status_code for each in told] == [200, 200, 200]
    assert Message.objects.filter(item=talk.item, author="bot").count() == 1


def test_what_names_its_conversation_is_said_in_no_other(
    client: Client, talk: BotConversation, now: datetime
) -> None:
    other = BotConversation.objects.get(item=arrive(talk.item.workstream, now, first_message="Hi"))
    named = {"conversation": str(talk.key).upper()}
    body = {"messages": ["For your eyes"], "signed_for": named}

    refused, said = answer(client, other, body), answer(client, talk, body)

    assert (refused.status_code, said.status_code) == (422, 200)
    assert refused.json()["errors"][0]["field"] == "signed_for"
    assert not Message.objects.filter(item=other.item, author="bot").exists()


def test_what_a_bot_calls_conversation_and_key_itself_says_nothing(
    client: Client, talk: BotConversation
) -> None:
    body = {"messages": ["Hello"], "conversation": 17, "key": ["mine"]}

    assert answer(client, talk, body).status_code == 200


def test_another_text_under_the_same_key_is_refused(client: Client, talk: BotConversation) -> None:
    answer(client, talk, {"messages": ["Once"]}, {"Idempotency-Key": "7"})

    refused = answer(client, talk, {"messages": ["Twice"]}, {"Idempotency-Key": "7"})

    assert refused.status_code == 422


def test_a_bot_escalates_later_and_then_has_no_say(client: Client, talk: BotConversation) -> None:
    answer(client, talk, {"action": "escalate", "summary": "Wants a refund."})

    talk.item.refresh_from_db()
    assert talk.item.state == ItemState.OPEN
    assert answer(client, talk, {"messages": ["Wait"]}).status_code == 409


@pytest.mark.parametrize(
    "headers",
    [
        {"Switchyard-Signature": "v1=0"},
        {"Switchyard-Signature": ""},
        {"Switchyard-Signature": "v1=é"},
        {"Switchyard-Timestamp": "now"},
        {"Switchyard-Timestamp": "1"},
    ],
)
def test_who_cannot_sign_is_nobody(
    client: Client, talk: BotConversation, headers: dict[str, str]
) -> None:
    assert answer(client, talk, {"messages": ["Hi"]}, headers).status_code == 401


def test_an_old_signature_is_worth_nothing(client: Client, talk: BotConversation) -> None:
    assert answer(client, talk, {"messages": ["Hi"]}, age=301).status_code == 401


def test_garbage_is_refused_in_words(client: Client, talk: BotConversation) -> None:
    refused = answer(client, talk, {"messages": "Hi"})

    assert refused.status_code == 422
    assert refused.json()["detail"] == "messages is no list."


def test_supervisors_register_no_bots(client: Client, supervisor: User) -> None:
    client.force_login(supervisor)

    assert send(client, "POST", "/bots", {"name": "A", "kind": "scripted"}).status_code == 403
    assert client.get("/api/v1/bots").status_code == 200
