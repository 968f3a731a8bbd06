"""Pages tell times by the clock of the product, and say whose it is."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.clock import database_now
from routing import service
from routing.models import Blocker
from tests.factories import make_agent, make_item
from tests.routing.views.test_review import DRAFT, chat, looked_at, save
from tests.scenarios import in_conversation
from workstreams.actions.send_message import send_message
from workstreams.models import ConsultNote
from workstreams.terms import Author

__all__ = ["chat"]
pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def in_berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"


def test_closed_today_counts_since_that_midnight(client, supervisor, workstream):
    client.force_login(supervisor)
    midnight = timezone.localtime(database_now()).replace(hour=0, minute=0, second=0, microsecond=0)
    for at in (midnight, midnight - timedelta(seconds=1)):
        make_item(workstream, state="closed", at=at, closed_at=at)

    tiles = client.get(reverse("routing:floor-tiles"), headers=HTMX).content.decode()

    words = " ".join(re.sub("<[^>]*>", " ", tiles).split())
    assert f"Closed today 1 since midnight {midnight:%Z}" in words


def test_a_publication_is_scheduled_as_it_is_told(as_administrator, chat):
    save(chat)

    due = {**looked_at(), "due_at": "2126-01-01T09:00"}
    told = as_administrator.post(DRAFT, due, follow=True).content.decode()

    assert "It will be published on 2126-01-01 at 09:00 CET." in told
    assert "2126-01-01 09:00 CET" in as_administrator.get(DRAFT).content.decode()


def test_who_works_on_what_is_blocked_is_told_until_when(client, supervisor, queue, now):
    client.force_login(supervisor)
    blocker = Blocker.objects.create(
        queue=queue,
        cause="no_members",
        number_of_items=1,
        first_item_id=1,
        oldest_since=now,
        noted_at=now,
    )

    address = reverse("routing:blocker-acknowledge", args=[blocker.pk])
    answer = client.post(address, {"minutes": "60"}, headers=HTMX)

    blocker.refresh_from_db()
    until = timezone.localtime(blocker.acknowledged_until)
    assert f"until {until:%H:%M %Z}" in str(answer.headers) + answer.content.decode()


def test_the_desk_tells_when_a_note_of_advice_was_written(client, workstream, agent):
    at = datetime.fromisoformat("2026-03-02T22:30Z")
    item = in_conversation(workstream, agent, at)
    consult = service.consult(item_id=item.pk, by=agent, agent=make_agent())
    ConsultNote.objects.create(consult=consult, agent=agent, text="Hm", created_at=at)
    client.force_login(agent.user)

    tab = client.get(f"{reverse('agents:desk-item', args=[item.pk])}?tab=consult").content.decode()

    assert ">23:30 CET</time>" in tab


def test_the_desk_tells_when_a_message_was_written(client, workstream, agent):
    at = datetime.fromisoformat("2026-03-02T22:30Z")
    item = in_conversation(workstream, agent, at)
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Good evening", now=at)
    client.force_login(agent.user)

    page = client.get(reverse("agents:desk-item", args=[item.pk])).content.decode()

    assert ">23:30 CET</time>" in page


def test_no_template_tells_a_moment_as_if_the_clock_were_always_utc(settings):
    templates = (settings.BASE_DIR / "templates").rglob("*.html")

    assert [each.name for each in templates if "}} UTC" in each.read_text(encoding="utf-8")] == []
