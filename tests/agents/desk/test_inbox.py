"""The inbox as a page and as a fragment, and what marks a conversation as read."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from routing.models import Assignment
from tests.factories import make_item
from tests.scenarios import in_conversation
from workstreams.actions.send_message import send_message
from workstreams.terms import Author

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
INBOX = "/inbox/"


@pytest.fixture
def now():
    """The page asks the clock what the last 90 days are."""
    return timezone.now()


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now, title="Broken boiler", customer={"name": "Ann"})


@pytest.fixture
def said(item, now):
    return send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello?", now=now)


def lines(response):
    return re.findall(r'id="inbox-link-\d+"\s+href="[^"]+">([^<]+)<', response.content.decode())


def test_a_view_is_a_page_whose_list_fetches_itself(desk, agent, item, workstream):
    page = desk.get(INBOX)
    fragment = desk.get(INBOX, headers=HTMX).content.decode()

    assert lines(page) == ["Broken boiler"]
    assert f'href="/desk/{item.pk}/"' in page.content.decode()
    assert fragment.count('id="inbox-list"') == 1
    assert re.match(r"\s*<div id=\"inbox-list\"", fragment)
    assert f"agent-{agent.pk}-changed from:body" in fragment
    assert f"queue-{workstream.fallback_queue_id}-changed from:body" in fragment


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Broken boiler"]),
        ("?view=open", ["Waits"]),
        ("?view=closed", ["Over"]),
        ("?view=assigned", ["Broken boiler"]),
        ("?view=unassigned", ["Waits"]),
        ("?view=resolved", ["Over"]),
        ("?view=my-records", []),
        ("?view=records-of-queues", []),
        ("?view=nonsense&sort=x&order=y&read=z&page=99&kind=q", ["Broken boiler"]),
        ("?view=open&kind=record", []),
        ("?view=open&q=waits", ["Waits"]),
        ("?view=open&q=boiler", []),
        ("?read=unread", []),
        ("?read=read", ["Broken boiler"]),
    ],
)
def test_views_and_filters_stand_in_the_address(desk, agent, item, workstream, now, query, shown):
    make_item(workstream, at=now, title="Waits")
    make_item(workstream, state="closed", agent=agent, closed_at=now, title="Over")

    assert lines(desk.get(INBOX + query)) == shown


def test_strangers_and_people_who_are_no_agents_stay_out(client, supervisor):
    assert client.get(INBOX).status_code == 302
    client.force_login(supervisor)

    assert client.get(INBOX).status_code == 403


def test_an_empty_view_says_so_and_an_empty_search_leads_back(desk):
    assert "Nothing here" in desk.get(INBOX).content.decode()
    assert 'href="/inbox/?view=open"' in desk.get(INBOX + "?view=open&q=x").content.decode()


def test_long_lists_have_pages_and_the_same_queries(
    desk, agent, workstream, now, django_assert_max_num_queries
):
    for number in range(60):
        make_item(workstream, at=now, title=f"Item {number}")

    with django_assert_max_num_queries(10):
        first = desk.get(INBOX + "?view=open")
    second = desk.get(INBOX + "?view=open&page=2")

    assert (len(lines(first)), len(lines(second))) == (50, 10)
    assert "view=open&amp;page=2" in first.content.decode()


def test_a_closed_one_opens_with_its_conversation_and_no_field(desk, agent, workstream, now):
    closed = make_item(workstream, state="closed", agent=agent, closed_at=now, title="Over")
    closed.messages.create(author=Author.CUSTOMER, text="Thank you", created_at=now)

    page = desk.get(reverse("agents:desk-item", args=[closed.pk])).content.decode()

    assert "Thank you" in page
    assert "data-composer" not in page


def test_what_came_into_sight_is_read(desk, item, said):
    seen = reverse("agents:desk-seen", args=[item.pk])
    page = desk.get(reverse("agents:desk-item", args=[item.pk])).content.decode()
    assert f'hx-post="{seen}"' in page
    assert f"hx-vals='{{\"message\": {said.pk}}}'" in page
    assert lines(desk.get(INBOX + "?read=unread")) == ["Broken boiler"]

    told = desk.post(seen, {"message": said.pk}, headers=HTMX)
    plain = desk.post(seen, {"message": said.pk})

    assert (told.status_code, plain.status_code, plain.url) == (204, 303, INBOX)
    assert lines(desk.get(INBOX + "?read=unread")) == []


@pytest.mark.parametrize("message", ["", "x", "9" * 30])
def test_nonsense_is_not_read(desk, item, said, message):
    answer = desk.post(reverse("agents:desk-seen", args=[item.pk]), {"message": message})

    assert answer.status_code == 400
    assert Assignment.objects.get().read_until == 0


def test_looking_changes_nothing(desk, item, said):
    desk.get(reverse("agents:desk-item", args=[item.pk]))

    assert Assignment.objects.get().read_until == 0
