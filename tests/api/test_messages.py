"""/work-items/{id}/messages."""

import pytest

from tests.factories import make_item, make_queue
from tests.factories.bots import do_bot_jobs, make_bot, with_bot
from tests.scenarios import arrive

KEY = "b7f4ba9c-9c3a-4f47-9a52-6a7f1d9b7a10"


@pytest.fixture
def conversation(workstream, agent):
    return make_item(workstream, state="active", reason="in_conversation", agent=agent)


@pytest.fixture
def path(conversation):
    return f"/work-items/{conversation.pk}/messages"


def test_the_agent_writes_as_himself(as_agent, path):
    response = as_agent.post(path, {"text": " Hello "})

    assert response.status_code == 201
    assert response.json()["agent"] == "alice"
    assert response.json()["text"] == "Hello"
    assert as_agent.get(path).json()["items"] == [response.json()]


def test_an_integration_passes_a_customers_words_on(as_supervisor, path):
    response = as_supervisor.post(path, {"text": "Anybody there?", "from": "customer"})

    assert response.json()["author"] == "customer"
    assert response.json()["agent"] is None


def test_a_supervisor_does_not_write_as_an_agent(as_supervisor, path):
    assert as_supervisor.post(path, {"text": "Hello"}).status_code == 403


def test_an_agent_does_not_write_as_the_customer(as_agent, path):
    assert as_agent.post(path, {"text": "Hello", "from": "customer"}).status_code == 403


def test_nobody_writes_before_accepting(as_agent, conversation, path):
    type(conversation).objects.update(reason="awaiting_agent_acceptance")

    response = as_agent.post(path, {"text": "Hello"})

    assert response.status_code == 409
    assert response.json()["type"] == "not-your-item"


def test_others_do_not_know_of_the_conversation(as_second_agent, path):
    assert as_second_agent.post(path, {"text": "Hello"}).status_code == 404


def test_what_the_customer_reads_holds_no_note_for_the_agent(as_supervisor, workstream, now):
    item = arrive(with_bot(workstream, make_bot("Helper")), now, first_message="refund")
    do_bot_jobs()
    path = f"/work-items/{item.pk}/messages"

    everything = as_supervisor.get(path).json()["items"]
    shown = as_supervisor.get(f"{path}?reader=customer").json()["items"]

    [note] = [each for each in everything if each not in shown]
    assert (note["author"], note["bot"], note["audience"]) == ("bot", "Helper", "agent")
    assert [each["author"] for each in shown[:3]] == ["customer", "bot", "bot"]
    assert {each["audience"] for each in shown} <= {"everybody", "customer"}


def test_an_unknown_reader_gets_422(as_supervisor, path):
    assert as_supervisor.get(f"{path}?reader=everyone").status_code == 422


def test_those_who_could_pick_it_do_not_read_it(as_agent, as_supervisor, workstream):
    path = f"/work-items/{make_item(workstream).pk}/messages"

    assert as_agent.get(path).status_code == 403
    assert as_supervisor.get(path).status_code == 200


@pytest.mark.parametrize("text", ["", "  ", "x" * 29_000, "ü" * 15_000, 5, None])
def test_wrong_text_gets_422(as_agent, path, text):
    assert as_agent.post(path, {"text": text}).status_code == 422


def test_one_client_key_is_one_message(as_agent, path):
    body = {"text": "Hello", "client_key": KEY}

    first, second = as_agent.post(path, body), as_agent.post(path, body)

    assert first.json()["id"] == second.json()["id"]


def test_a_client_key_stands_for_one_text(as_agent, path):
    body = {"text": "Hello", "client_key": KEY}
    as_agent.post(path, body)

    response = as_agent.post(path, body | {"text": "Goodbye"})

    assert response.status_code == 422
    assert response.json()["type"] == "message-key-reused"


@pytest.mark.parametrize(
    "moved_on",
    [
        {"state": "open", "reason": "awaiting_agent_assignment", "agent": None, "queue": "other"},
        {"state": "waiting", "reason": "awaiting_customer_response"},
        {"reason": "awaiting_agent_acceptance"},
    ],
    ids=["elsewhere", "rests", "offered again"],
)
def test_one_client_key_is_one_message_wherever_the_conversation_is(
    as_agent, conversation, path, moved_on
):
    body = {"text": "Hello", "client_key": KEY}
    first = as_agent.post(path, body)
    elsewhere = {"queue": make_queue()} if "queue" in moved_on else {}
    type(conversation).objects.update(**moved_on | elsewhere)

    second, other = as_agent.post(path, body), as_agent.post(path, body | {"text": "Goodbye"})

    assert (second.status_code, second.json()) == (201, first.json())
    assert other.json()["type"] == "message-key-reused"


def test_a_key_shows_nobody_the_words_of_others(as_agent, as_second_agent, path):
    body = {"text": "Hello", "client_key": KEY}
    as_agent.post(path, body)

    assert as_second_agent.post(path, body).status_code == 404


def test_nobody_writes_into_a_conversation_that_rests(as_agent, conversation, path):
    type(conversation).objects.update(state="waiting", reason="awaiting_customer_response")

    response = as_agent.post(path, {"text": "Hello"})

    assert response.status_code == 409
    assert response.json()["type"] == "not-your-conversation"


def test_nothing_is_written_after_the_end(as_supervisor, conversation, path):
    as_supervisor.post(f"/work-items/{conversation.pk}/close")

    response = as_supervisor.post(path, {"text": "Hello", "from": "customer"})

    assert response.status_code == 409
    assert response.json()["type"] == "conversation-over"
