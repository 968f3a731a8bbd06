"""The list of workstreams."""

import pytest

from tests.factories import make_chat_widget, make_item, make_queue, make_workstream

LIST = "/workstreams/"


def names(response):
    return [workstream.name for workstream in response.context["listing"].page]


def test_the_list_shows_what_waits_and_where_it_comes_in(as_administrator, workstream):
    make_chat_widget(workstream)
    make_item(workstream)
    make_item(workstream)

    response = as_administrator.get(LIST)

    [row] = response.context["listing"].page
    assert (row.waiting_count, row.instance_count) == (2, 1)
    assert f'id="workstream-{workstream.pk}"'.encode() in response.content


def test_search_filters_and_sorting_are_in_the_address(as_administrator, workstream, queue):
    make_workstream("Calls", type="voice", queue=make_queue("Lines", type="voice"))
    make_workstream("Texts", channel="sms", mode="pick", queue=queue)

    assert names(as_administrator.get(LIST, {"q": "cal"})) == ["Calls"]
    assert names(as_administrator.get(LIST, {"q": "lines"})) == ["Calls"]
    assert names(as_administrator.get(LIST, {"type": "voice"})) == ["Calls"]
    assert names(as_administrator.get(LIST, {"channel": "sms"})) == ["Texts"]
    assert names(as_administrator.get(LIST, {"mode": "pick"})) == ["Texts"]
    assert names(as_administrator.get(LIST, {"sort": "-name"})) == ["Texts", "Chat", "Calls"]
    assert names(as_administrator.get(LIST, {"sort": "password", "page": "no"})) == [
        "Calls",
        "Chat",
        "Texts",
    ]


def test_an_empty_list_says_what_to_do(as_administrator, as_supervisor):
    assert b"New workstream" in as_administrator.get(LIST).content
    assert b"An administrator can create the first" in as_supervisor.get(LIST).content
    assert b"No workstream matches" in as_administrator.get(LIST, {"q": "nothing"}).content


def test_the_list_costs_the_same_however_long_it_is(
    as_administrator, workstream, django_assert_max_num_queries
):
    for _ in range(20):
        make_item(make_workstream())

    with django_assert_max_num_queries(5):
        as_administrator.get(LIST)


def test_htmx_gets_the_rows_alone(as_administrator, workstream):
    response = as_administrator.get(LIST, headers={"HX-Request": "true"})

    assert response.content.strip().startswith(b"<div")
    assert response.content.count(b'id="workstream-list"') == 1


def test_supervisors_read_without_buttons(as_supervisor, workstream):
    page = as_supervisor.get(LIST).content

    assert b"Chat" in page
    assert b"New workstream" not in page
    assert b"Copy" not in page


def test_agents_and_strangers_stay_out(as_agent, client, workstream):
    assert as_agent.get(LIST).status_code == 403
    assert client.get(LIST).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_list_is_only_read(as_administrator, method):
    assert getattr(as_administrator, method)(LIST).status_code == 405
