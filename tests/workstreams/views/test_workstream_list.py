"""The list of workstreams."""

from base64 import urlsafe_b64encode

import pytest

from routing import configuration
from tests.factories import make_chat_widget, make_item, make_queue, make_workstream

LIST = "/workstreams/"


def names(response):
    return [workstream.name for workstream in response.context["listing"].rows]


def test_the_list_shows_what_waits_and_where_it_comes_in(as_administrator, workstream):
    make_chat_widget(workstream)
    make_item(workstream)
    make_item(workstream)

    response = as_administrator.get(LIST)

    [row] = response.context["listing"].rows
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
    as_administrator, workstream, now, django_assert_max_num_queries
):
    for _ in range(20):
        make_item(make_workstream())
    configuration.publish(by=None, now=now)
    configuration.current()

    # One for each of the counts of the page's rows, and one for what is published.
    with django_assert_max_num_queries(9):
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


def test_the_search_finds_channel_instances_and_numbers(as_administrator, workstream, queue):
    make_chat_widget(workstream, name="Web shop")
    calls = make_workstream("Calls", type="voice", queue=make_queue(type="voice"))
    make_chat_widget(calls, name="Hotline", settings={"phone_number": "+15550100"})

    assert names(as_administrator.get(LIST, {"q": "web sh"})) == ["Chat"]
    assert names(as_administrator.get(LIST, {"q": "+1555"})) == ["Calls"]


SORTS = [
    "name",
    "type",
    "channel",
    "distribution_mode",
    "fallback_queue",
    "instance_count",
    "waiting_count",
    "changed_at",
]


@pytest.fixture
def many(db):
    """More than two pages, with equal values in every column."""
    queues = [make_queue("First"), make_queue("second")]
    for number in range(120):
        workstream = make_workstream(f"w {number % 7} {number}", queue=queues[number % 2])
        for _ in range(number % 3):
            make_chat_widget(workstream)


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{name}" for name in SORTS)])
def test_pages_follow_each_other_and_lead_back(as_administrator, many, sort):
    first = as_administrator.get(LIST, {"sort": sort})
    second = as_administrator.get(f"{LIST}?{first.context['listing'].next}")
    third = as_administrator.get(f"{LIST}?{second.context['listing'].next}")
    back = as_administrator.get(f"{LIST}?{third.context['listing'].previous}")
    start = as_administrator.get(f"{LIST}?{back.context['listing'].previous}")

    assert [len(names(page)) for page in (first, second, third)] == [50, 50, 20]
    assert len({*names(first), *names(second), *names(third)}) == 120
    assert names(back) == names(second)
    assert names(start) == names(first)
    assert (first.context["listing"].previous, third.context["listing"].next) == ("", "")
    assert start.context["listing"].previous == ""


def test_a_page_is_the_same_after_rows_came_before_it(as_administrator, many):
    first = as_administrator.get(LIST).context["listing"]
    second = names(as_administrator.get(f"{LIST}?{first.next}"))

    make_workstream("a new one")

    assert names(as_administrator.get(f"{LIST}?{first.next}")) == second


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "W10",
        "WzEsMl0",
        "eyJhIjoxfQ",
        "bnVsbA",
        "WyJhIiwiMSIsMl0",
        "WyJcdTAwMDAiLCIxIl0",
        "é",
        "WyJcdWQ4MDAiLCIxIl0",
    ],
)
@pytest.mark.parametrize("sort", ["name", "waiting_count", "changed_at"])
def test_a_damaged_place_shows_the_first_page(as_administrator, workstream, name, cursor, sort):
    assert names(as_administrator.get(LIST, {name: cursor, "sort": sort})) == ["Chat"]


@pytest.mark.parametrize("offset", ["+20:00", "-23:59", "+01:00:00.5"])
def test_a_place_is_found_at_a_moment_that_any_offset_tells(as_administrator, workstream, offset):
    place = urlsafe_b64encode(f'["2020-01-01T00:00:00{offset}", "1"]'.encode()).decode()

    asked = {"after": place.rstrip("="), "sort": "changed_at"}

    assert names(as_administrator.get(LIST, asked)) == ["Chat"]


def test_a_filter_starts_at_its_first_page_and_a_place_keeps_the_filter(as_administrator, many):
    listing = as_administrator.get(LIST, {"q": "w", "type": "messaging"}).context["listing"]

    assert listing.next.startswith("q=w&type=messaging&after=")
    assert all("after=" not in heading.query for heading in listing.headings)
