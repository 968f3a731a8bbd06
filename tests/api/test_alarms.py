"""/alarms."""

import pytest

from routing.models import Alarm
from routing.terms import AlarmKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def alarm(workstream, now):
    return Alarm.objects.create(
        kind=AlarmKind.ROUTING_FAILED, at=now, workstream_id=1, workstream_name="Chat"
    )


def test_open_alarms_are_listed_and_acknowledged_ones_on_demand(as_supervisor, alarm):
    [listed] = as_supervisor.get("/alarms").json()["items"]
    answer = as_supervisor.post(f"/alarms/{alarm.pk}/acknowledge").json()

    assert listed["sentence"].startswith("The rules of Chat failed")
    assert (listed["id"], listed["acknowledged_by"]) == (alarm.pk, None)
    assert (answer["acknowledged_by"], answer["kind"]) == ("sven", "routing_failed")
    assert as_supervisor.get("/alarms").json()["items"] == []
    assert len(as_supervisor.get("/alarms?state=all").json()["items"]) == 1


def test_an_alarm_is_acknowledged_once(as_supervisor, alarm):
    as_supervisor.post(f"/alarms/{alarm.pk}/acknowledge")

    answer = as_supervisor.post(f"/alarms/{alarm.pk}/acknowledge")

    assert (answer.status_code, answer.json()["type"]) == (409, "alarm-seen")


def test_strange_numbers_and_states_are_refused(as_supervisor, alarm):
    assert as_supervisor.post(f"/alarms/{alarm.pk + 1}/acknowledge").status_code == 404
    assert as_supervisor.post(f"/alarms/{10**30}/acknowledge").status_code == 404
    assert as_supervisor.get("/alarms?state=some").status_code == 422


def test_agents_see_no_alarms(as_agent, alarm):
    assert as_agent.get("/alarms").status_code == 403
    assert as_agent.post(f"/alarms/{alarm.pk}/acknowledge").status_code == 403
