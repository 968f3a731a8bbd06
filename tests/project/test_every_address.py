"""Every address, asked by every role: nobody gets in by accident, and nothing breaks."""

from typing import Final

import pytest
from django.conf import settings
from django.shortcuts import resolve_url

from tests.project.addresses import AGENTS, EVERYBODY, POST_ONLY, PUBLIC, SUPERVISORS
from tests.project.visits import PAGES, ask, is_for, sign_in
from tests.project.walk import Address, every_address

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
ACCOUNTS: Final = [each for each in every_address() if each.is_account]
API: Final = [each for each in every_address() if each.is_api and each.name not in PUBLIC]
PRIVATE_PAGES: Final = [each for each in PAGES if each.name not in PUBLIC]
UNKNOWN: Final = {"small": 999_999_999, "larger than the database's numbers": 10**30}
# Parts of a page: asked for alone, they lead to the page that says so.
PARTS: Final = {
    "agents:desk-side",
    "agents:desk-tab",
    "agents:desk-messages",
    "agents:desk-suggestions",
}


def test_strangers_are_led_to_the_sign_in_page(client, values):
    sign_in = resolve_url(settings.LOGIN_URL)

    for method in ("GET", "POST"):
        answers = ask(client, PRIVATE_PAGES, values, method)
        assert not [
            (where, answer.status_code)
            for where, answer in answers
            if answer.status_code != 302 or not answer["Location"].startswith(sign_in)
        ]


def test_strangers_get_from_public_addresses_what_the_table_says(client, values):
    public = [each for each in every_address() if each.name in PUBLIC]

    wrong = [
        (where, answer.status_code)
        for where, answer in ask(client, public, values)
        if answer.status_code not in PUBLIC[where.name][0]
    ]

    assert not wrong


def test_strangers_get_401_from_the_api(client, values):
    seen: dict[str, set[int]] = {}
    for method in METHODS:
        for where, answer in ask(client, API, values, method):
            seen.setdefault(where.route, set()).add(answer.status_code)

    assert not {route: codes for route, codes in seen.items() if not {401} <= codes <= {401, 405}}


@pytest.mark.parametrize("person", ["agent", "supervisor"])
def test_pages_of_others_are_refused(client, values, person, request):
    sign_in(client, request.getfixturevalue(person))
    theirs = {"agent": AGENTS, "supervisor": SUPERVISORS}[person] | set(EVERYBODY)
    others = [each for each in PRIVATE_PAGES if each.name not in theirs]

    seen: dict[str, set[int]] = {}
    for method in ("GET", "POST"):
        for where, answer in ask(client, others, values, method):
            seen.setdefault(where.route, set()).add(answer.status_code)

    # One of the two methods may be refused before anybody looks at the person.
    assert not {route: codes for route, codes in seen.items() if not {403} <= codes <= {403, 405}}


@pytest.mark.parametrize("person", ["agent", "supervisor", "administrator"])
def test_pages_of_ones_own_answer(client, values, person, request):
    sign_in(client, request.getfixturevalue(person))
    own = [each for each in PRIVATE_PAGES if is_for(each, person)]

    strange = [
        (where.route, answer.status_code)
        for where, answer in ask(client, own, values, QUERY_STRING="topics=floor")
        if (answer.status_code == 405) != (where.name in POST_ONLY)
        or answer.status_code not in answers_of(where, person)
    ]

    assert not strange


@pytest.mark.parametrize("number", UNKNOWN.values(), ids=list(UNKNOWN))
@pytest.mark.parametrize("person", ["agent", "administrator"])
def test_unknown_numbers_are_not_found(client, values, person, number, request):
    sign_in(client, request.getfixturevalue(person))
    unknown = dict.fromkeys(values, number) | {
        "slug": "nothing",
        "kind": "nothing",
        "record_type": "nothing",
    }
    asked = [each for each in PRIVATE_PAGES if each.parameters and is_for(each, person)]
    asked = [each for each in asked if each.name not in PARTS]

    for where in asked:
        method = "POST" if where.name in POST_ONLY else "GET"
        [(_, answer)] = ask(client, [where], unknown, method)
        assert answer.status_code == 404, where


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("person", ["", "agent", "supervisor", "administrator"])
def test_no_page_breaks(client, values, person, method, request):
    if person:
        sign_in(client, request.getfixturevalue(person))

    for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
        answers = ask(client, [*PAGES, *ACCOUNTS], values, method, **headers)
        assert not [
            (where.route, headers, answer.status_code)
            for where, answer in answers
            if answer.status_code >= 500 and where.name != "readyz"
        ]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("person", ["agent", "supervisor", "administrator"])
def test_no_operation_breaks(client, values, person, method, request):
    sign_in(client, request.getfixturevalue(person))

    answers = ask(client, API, values, method)

    assert not [where.route for where, answer in answers if answer.status_code >= 500]


def test_the_tables_name_addresses_that_exist():
    names = {each.name for each in every_address()}

    assert {*PUBLIC, *EVERYBODY, *AGENTS, *SUPERVISORS, *POST_ONLY} <= names


def answers_of(where: Address, person: str) -> set[int]:
    """What a page of one's own may answer: itself, or the way to the page it is a part of."""
    if where.name == "live-ticket" and person == "agent":
        return {403}  # the floor's topic is for supervisors
    if where.name in ("workstreams:workstream-selection", "agents:agents-change"):
        return {303}  # nothing is selected, which the list says
    if (
        where.name in ("agents:desk-customer", "agents:desk-skills", "agents:desk-consult")
        and person == "agent"
    ):
        return {409}  # the conversation is not his yet
    return {200, 302, 405}
