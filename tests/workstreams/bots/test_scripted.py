"""What a script says: no database, no network."""

import pytest

from tests.factories.bots import ASSIST_SCRIPT, SCRIPT
from workstreams.bots.answer import BadAnswer, BotAction, read_answer, read_proposals
from workstreams.bots.scripted import answer, suggest

BEGUN = {"is_greeted": True, "topics": [], "misunderstood": 0}


@pytest.mark.parametrize(
    ("text", "said", "action"),
    [
        ("When are you open?", ["From 9 to 5."], None),
        ("OPENING  HOURS!", ["From 9 to 5."], None),
        ("opening the hours", ["What do you mean?"], None),
        ("reopen", ["What do you mean?"], None),
        ("I want my money-back", ["I pass you on."], BotAction.ESCALATE),
        ("open, and a refund", ["From 9 to 5."], None),
        ("ok bye", ["Goodbye."], BotAction.END),
        ("", ["What do you mean?"], None),
        ("💥", ["What do you mean?"], None),
    ],
)
def test_the_first_rule_whose_words_are_said_answers(text, said, action) -> None:
    found = answer(SCRIPT, BEGUN, text)

    assert (list(found.messages), found.action) == (said, action)


def test_it_greets_once() -> None:
    first = answer(SCRIPT, {}, None)
    second = answer(SCRIPT, first.state, "open")

    assert first.messages == ("Hello, I am the helper.",)
    assert second.messages == ("From 9 to 5.",)


def test_variables_are_set_and_the_topics_summed_up() -> None:
    first = answer(SCRIPT, BEGUN, "open?")
    found = answer(SCRIPT, first.state, "refund")

    assert found.context == {"topic": "refund"}
    assert found.summary == (
        "The customer asked about: opening hours, refund. Last message: “refund”"
    )


def test_it_gives_up_after_so_many_misunderstandings() -> None:
    first = answer(SCRIPT, BEGUN, "?")
    found = answer(SCRIPT, first.state, "??")

    assert found.action == BotAction.ESCALATE
    assert found.messages == ("Let me find somebody.",)


def test_what_is_understood_ends_the_count() -> None:
    state = answer(SCRIPT, BEGUN, "?").state
    state = answer(SCRIPT, state, "open").state

    assert answer(SCRIPT, state, "?").action is None


def test_an_empty_script_passes_on_what_it_cannot_understand() -> None:
    state = answer({}, {}, "Hi").state

    assert answer({}, state, "Hi").action == BotAction.ESCALATE


def test_every_matching_rule_suggests_something() -> None:
    cards = suggest(ASSIST_SCRIPT, "A refund for my parcel")

    assert [card.title for card in cards] == ["Refunds", "Parcels"]
    assert suggest(ASSIST_SCRIPT, "Hello") == ()


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"{",
        b'{"messages": "Hi"}',
        b'{"messages": [1]}',
        b'{"messages": ["a","a","a","a","a","a","a","a","a","a","a"]}',
        b'{"action": "dance"}',
        b'{"action": ["end"]}',
        b'{"context": []}',
        b'{"context": {"a": []}}',
        b'{"context": {"a": NaN}}',
        b'{"context": {"a": 1e99}}',
        b'{"summary": 1}',
        b'{"messages": ["\\ud800"]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_an_answer_that_makes_no_sense_is_named(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        read_answer(body)


def test_an_answer_is_read() -> None:
    found = read_answer(
        b'{"messages": [" Hi\\u0000 ", ""], "action": "escalate", "context": {"a": 1, "b": "c"},'
        b' "summary": "Short", "more": 1}'
    )

    assert (found.messages, found.action) == (("Hi",), BotAction.ESCALATE)
    assert (found.context, found.summary) == ({"a": 1, "b": "c"}, "Short")


def test_nothing_is_an_answer_that_comes_later() -> None:
    assert read_answer(b" ").messages == ()


def test_a_bot_closes_the_conversation_by_its_variable() -> None:
    found = read_answer(b'{"context": {"close_conversation": true}}')

    assert (found.action, found.context) == (BotAction.END, {})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a b"])
def test_a_suggestion_leads_to_web_pages_alone(url: str) -> None:
    with pytest.raises(BadAnswer):
        read_proposals(b'{"suggestions": [{"title": "A", "url": "%s"}]}' % url.encode())
