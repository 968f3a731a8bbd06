"""/blockers."""

import pytest

from routing.models import Blocker

pytestmark = pytest.mark.django_db


@pytest.fixture
def blocker(queue, now):
    return Blocker.objects.create(
        queue=queue, cause="skill", detail="Welsh", number_of_items=3, first_item_id=1,
        oldest_since=now, noted_at=now,
    )  # fmt: skip


def test_blockers_are_listed_until_somebody_works_on_them(as_supervisor, blocker):
    [listed] = as_supervisor.get("/blockers").json()["items"]
    answer = as_supervisor.post(f"/blockers/{blocker.pk}/acknowledge", {"minutes": 30}).json()

    assert listed["sentence"] == "No member of Support has Welsh."
    assert (listed["number_of_items"], listed["acknowledged_by"]) == (3, None)
    assert listed["is_at_least"] is False
    assert answer["acknowledged_by"] == "sven"
    assert as_supervisor.get("/blockers").json()["items"] == []
    assert len(as_supervisor.get("/blockers?state=all").json()["items"]) == 1


def test_what_nothing_waits_for_is_refused(as_supervisor, blocker):
    path = f"/blockers/{blocker.pk + 1}/acknowledge"

    answer = as_supervisor.post(path, {})

    assert (answer.status_code, answer.json()["type"]) == (409, "blocker-gone")


@pytest.mark.parametrize("minutes", [0, 1441, "soon", None])
def test_strange_times_are_refused(as_supervisor, blocker, minutes):
    path = f"/blockers/{blocker.pk}/acknowledge"

    assert as_supervisor.post(path, {"minutes": minutes}).status_code == 422


def test_agents_see_none(as_agent, blocker):
    assert as_agent.get("/blockers").status_code == 403
    assert as_agent.post(f"/blockers/{blocker.pk}/acknowledge", {}).status_code == 403
