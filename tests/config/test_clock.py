"""What people are shown goes by the database's time, whatever the clock of the process says."""

import re
import time
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.clock import database_now, shown_now
from config.templatetags.times import since, time_ago, until
from routing import service
from tests.factories import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[-600, 600], ids=["slow", "fast"])
def wrong_clock(request, monkeypatch):
    """This process's clock is ten minutes off."""
    right = timezone.now
    real_time = time.time
    monkeypatch.setattr(timezone, "now", lambda: right() + timedelta(seconds=request.param))
    monkeypatch.setattr(time, "time", lambda: real_time() + request.param)


def text(element):
    return re.sub(r"<[^>]+>", "", element)


@pytest.mark.usefixtures("wrong_clock")
def test_what_is_shown_is_the_databases_time(django_assert_num_queries):
    there = database_now()

    with django_assert_num_queries(0):
        shown = shown_now()

    assert timedelta() <= shown - there < timedelta(minutes=1)


@pytest.mark.usefixtures("wrong_clock")
def test_open_pages_are_told_the_databases_time_without_a_query(client, django_assert_num_queries):
    there = database_now()

    with django_assert_num_queries(0):
        told = client.get(reverse("live-clock")).json()["now"]

    assert timedelta() <= datetime.fromisoformat(told) - there < timedelta(minutes=1)


@pytest.mark.usefixtures("wrong_clock")
def test_times_on_pages_go_by_the_databases_clock():
    now = database_now()

    # A busy machine may take minutes over this; the clock is off by ten.
    assert text(until(now + timedelta(hours=2))).startswith("1:5")
    assert text(since(now - timedelta(hours=2))).startswith("2:0")
    assert text(time_ago(now - timedelta(minutes=119, seconds=59))) in ("1 h ago", "2 h ago")


@pytest.mark.usefixtures("wrong_clock")
def test_scripts_count_an_offer_down_from_the_databases_time(client, agent, supervisor, workstream):
    client.force_login(agent.user)
    item = make_item(workstream)
    service.assign(item_id=item.pk, agent=agent, by=supervisor)

    page = client.get(reverse("agents:desk")).content.decode()

    (told,) = re.findall(r'name="server-time" content="([^"]+)"', page)
    (deadline,) = re.findall(r'<time datetime="([^"]+)" data-deadline', page)
    server_time = datetime.fromisoformat(told)
    assert abs(server_time - database_now()) < timedelta(minutes=5)
    assert datetime.fromisoformat(deadline) - server_time <= timedelta(minutes=2, seconds=1)


def test_before_the_database_has_said_anything_its_own_clock_is_all_a_process_has(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("config.clock._heard", [])

    with django_assert_num_queries(0):
        shown = shown_now()

    assert abs(shown - timezone.now()) < timedelta(minutes=1)
