import time
from uuid import uuid4

import pytest

from workstreams.channels.live_chat.context import read_context
from workstreams.channels.live_chat.visitor import TOKEN_SECONDS, Visitor, new_visitor, read_token


def test_a_token_brings_its_visitor_back():
    visitor = Visitor(instance_id=3, conversation_key=uuid4())

    assert read_token(visitor.token, instance_id=3) == visitor


def test_a_token_is_good_for_its_own_widget_only():
    assert read_token(new_visitor(3).token, instance_id=4) is None


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c"])
def test_a_forged_token_is_nobodys(token):
    assert read_token(token, instance_id=3) is None


def test_a_token_is_good_for_a_day(monkeypatch):
    token = new_visitor(3).token
    later = time.time() + TOKEN_SECONDS + 2
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert read_token(token, instance_id=3) is None


def test_context_takes_named_variables_only():
    query = {"ctx.tier": "gold", "ctx.": "no name", "v": "token", "ctx.nul": "a\x00b"}

    assert read_context(query) == {"tier": "gold", "nul": "ab"}


@pytest.mark.parametrize("name", ["", " ", "\u3000", "a\x00b", "\x00", "x" * 101])
def test_context_is_without_names_that_cannot_be_stored(name):
    assert read_context({f"ctx.{name}": "1", "ctx.tier": "gold"}) == {"tier": "gold"}


def test_context_takes_twenty_variables_of_fitting_length():
    query = {f"ctx.v{number}": "x" for number in range(25)} | {"ctx.long": "x" * 4001}

    assert len(read_context(query)) == 20
