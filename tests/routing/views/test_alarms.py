"""Alarms on the floor and in the metrics."""

import json
import re

import pytest
from django.urls import reverse

from config.metrics import metrics
from routing.models import Alarm
from routing.terms import AlarmKind
from tests.factories import make_item

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def alarm(workstream, now):
    item = make_item(workstream)
    return Alarm.objects.create(
        kind=AlarmKind.ROUTING_FAILED, at=now, workstream_id=workstream.pk, detail="KeyError",
        workstream_name=workstream.name, work_item_id=item.pk,
    )  # fmt: skip


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def acknowledge(client, alarm, **headers):
    return client.post(reverse("routing:alarm-acknowledge", args=[alarm.pk]), headers=headers)


def test_the_floor_shows_what_failed_where_and_what_helps(signed_in, alarm):
    text = text_of(signed_in.get(reverse("routing:floor")))

    assert "The rules of Chat failed" in text
    assert "Once, last" in text
    assert f"with work item {alarm.work_item_id}" in text
    assert "KeyError" in text


def test_without_alarms_the_block_is_empty_but_there_to_be_told(signed_in):
    response = signed_in.get(reverse("routing:floor-alarms"), headers=HTMX)

    assert b'id="floor-alarms"' in response.content
    assert text_of(response).strip() == ""


def test_a_supervisor_acknowledges_with_a_plain_form(signed_in, alarm):
    response = acknowledge(signed_in, alarm)

    assert (response.status_code, response["Location"]) == (303, "/floor/")
    assert not Alarm.objects.filter(acknowledged_at=None).exists()


def test_a_supervisor_acknowledges_with_htmx_and_the_block_says_so(signed_in, alarm):
    response = acknowledge(signed_in, alarm, **HTMX)

    assert b'id="floor-alarms"' in response.content
    assert b"The rules of" not in response.content
    assert json.loads(response["HX-Trigger"])["toast"]["text"].startswith(
        "The alarm is acknowledged: The rules of Chat failed,"
    )


def test_the_second_who_acknowledges_is_told(signed_in, alarm):
    acknowledge(signed_in, alarm)

    response = acknowledge(signed_in, alarm, **HTMX)

    assert response.status_code == 409


def test_agents_may_not_acknowledge(client, agent, alarm):
    client.force_login(agent.user)

    assert acknowledge(client, alarm).status_code == 403


def test_an_alarm_that_is_not_there_is_not_found(signed_in, alarm):
    alarm.pk += 1

    assert acknowledge(signed_in, alarm).status_code == 404


def test_metrics_count_open_alarms(rf, alarm):
    answer = metrics(rf.get("/metrics"))

    assert b'switchyard_open_alarms{kind="routing_failed"} 1.0' in answer.content
