"""Words that nobody would write by hand break no page: neither in queries nor in forms.

A page is listened to first. It answers alike whatever it does not ask for, so of the strange words
it gets those by a name that it asks for: a quarter of them all.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client

from tests.project.addresses import PUBLIC
from tests.project.listening import LISTENING, Heard
from tests.project.rows import Values
from tests.project.visits import PAGES, ask, is_for, sign_in
from tests.project.walk import Address

LARGE: Final = "9" * 5000
# Whatever looks at all names finds it, and whatever repeats an address; nothing asks for it.
UNASKED: Final = "unasked=%ff"
QUERIES: Final = {
    "nul": "q=%00&ctx.a%00b=1",
    "names with nul": "%00=1",
    "before the first page": "page=-1&queue_page=-1&agent_page=-1",
    "after the last page": "page=99999999999999999999&queue_page=99999999999999999999",
    "no place to go on from": "after=x&cursor=x&revision=x&selected=x&sort=__class__",
    "moments": "after=0001-01-01T00:00:00%2B14:00_1&state=open",
    "long numbers": f"queue={LARGE}&workstream={LARGE}&agent_queue={LARGE}&agent_page={LARGE}",
    "more long numbers": f"after={LARGE}&page={LARGE}&revision={LARGE}&selected={LARGE}",
    "a number to look for": f"q=%23{LARGE}&agent={LARGE}&topics=item-{LARGE}",
    "digits of other kinds": "queue=%C2%B2&after=%C2%B2&revision=%C2%B2&q=%D9%A3",
    "bytes that are no text": "q=%ff&queue=%ed%a0%80",
}
NAMED: Final = ("name", "title", "text", "username", "q", "queue", "agent", "agents", "presence")
FORMS: Final = {
    "nul": urlencode(dict.fromkeys(NAMED, "a\x00b") | {"a\x00b": "1"}),
    "long numbers": urlencode(dict.fromkeys((*NAMED, "revision", "remove", "members"), LARGE)),
    "digits of other kinds": urlencode(
        {"revision": "1", "remove": "conditions-²", "add": "²", "agents": "²"}
    ),
}


@pytest.fixture
def client(client: Client, settings: Any) -> Client:
    """Pages are listened to."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, LISTENING]
    return client


@pytest.mark.parametrize("person", ["agent", "administrator"])
def test_no_strange_query_breaks_a_page(client, values, person, request):
    sign_in(client, request.getfixturevalue(person))
    asked = [each for each in PAGES if each.name in PUBLIC or is_for(each, person)]

    for where in asked:
        for words, answer in answers(client, where, values, QUERIES, sent_as="QUERY_STRING"):
            assert answer.status_code < 500 or where.name == "readyz", (where, words)


@pytest.mark.parametrize("person", ["agent", "administrator"])
def test_no_strange_form_breaks_a_page(client, values, person, request):
    sign_in(client, request.getfixturevalue(person))
    asked = [each for each in PAGES if each.name in PUBLIC or is_for(each, person)]

    for where in asked:
        for words, answer in answers(client, where, values, FORMS, sent_as="form"):
            assert answer.status_code < 500 or where.name == "readyz", (where, words)


def test_what_a_page_asks_for_is_heard(client, values, administrator):
    sign_in(client, administrator)
    pages = {each.name: each for each in PAGES}

    def words_for(name: str) -> set[str]:
        return {
            words
            for words, _ in answers(client, pages[name], values, QUERIES, sent_as="QUERY_STRING")
        }

    assert words_for("workstreams:queue-create") == {"unasked"}
    assert words_for("workstreams:record-batch") == {
        "unasked",
        "before the first page",
        "after the last page",
        "more long numbers",
    }
    assert words_for("workstreams:queue-list") == {"unasked", *QUERIES}


def answers(
    client: Client, where: Address, values: Values, strange: Mapping[str, str], *, sent_as: str
) -> Iterator[tuple[str, Any]]:
    """What the page answers, first to words that it does not ask for."""
    method = "POST" if sent_as == "form" else "GET"
    [(_, first)] = ask(client, [where], values, method, **{sent_as: UNASKED})
    yield "unasked", first
    heard = getattr(first.wsgi_request, "heard", Heard())
    for words, sent in strange.items():
        if any(name in heard for name, _ in parse_qsl(sent)):
            [(_, answer)] = ask(client, [where], values, method, **{sent_as: sent})
            yield words, answer
