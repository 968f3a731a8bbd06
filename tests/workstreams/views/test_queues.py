"""The pages of queues."""

from datetime import date, time

import pytest

from agents.actions.check_openings import Period
from agents.actions.save_operating_hours import save_operating_hours
from agents.models import OperatingHours
from routing import configuration
from tests.factories import make_agent, make_item, make_queue
from workstreams.models import Queue

LIST = "/queues/"
TYPED = {
    "name": "VIP",
    "type": "messaging",
    "priority": 2,
    "assignment_method": "least_active",
}


def test_the_list_counts_members_and_work(as_supervisor, workstream, queue, agent):
    make_item(workstream)

    content = as_supervisor.get(LIST, {"q": "Support"}).content.decode()

    assert "Support" in content
    assert "Highest capacity" in content
    assert "New queue" not in content


def test_the_list_costs_the_same_however_long_it_is(
    as_administrator, now, django_assert_max_num_queries
):
    for _ in range(20):
        make_agent(queues=[make_queue()])
    configuration.publish(by=None, now=now)
    configuration.current()

    with django_assert_max_num_queries(8):
        as_administrator.get(LIST)


def test_a_queue_is_created_and_its_page_opens(as_administrator):
    response = as_administrator.post(f"{LIST}new/", TYPED)

    queue = Queue.objects.get(name="VIP")
    assert (response.status_code, response.url) == (303, f"/queues/{queue.pk}/")
    assert b"No members yet" in as_administrator.get(response.url).content


@pytest.mark.parametrize(
    ("type", "method"), [("messaging", "highest_capacity"), ("voice", "least_active")]
)
def test_a_queue_of_no_chosen_method_gets_the_usual_one(as_administrator, type, method):
    assert b"The usual one" in as_administrator.get(f"{LIST}new/").content

    as_administrator.post(f"{LIST}new/", TYPED | {"type": type, "assignment_method": ""})

    queue = Queue.objects.get(name="VIP")
    assert queue.assignment_method == method
    assert b"The usual one" not in as_administrator.get(f"{LIST}{queue.pk}/edit/").content


def test_a_taken_name_stands_at_its_field(as_administrator, queue):
    response = as_administrator.post(f"{LIST}new/", TYPED | {"name": "SUPPORT"})

    assert response.status_code == 422
    assert "name" in response.context["form"].errors


def test_an_edit_keeps_the_type(as_administrator, queue):
    as_administrator.post(
        f"{LIST}{queue.pk}/edit/", TYPED | {"type": "voice", "loaded_version": "1"}
    )

    queue.refresh_from_db()
    assert (queue.name, queue.type, queue.revision) == ("VIP", "messaging", 2)


def test_a_built_in_queue_changes_its_method_only(as_administrator):
    built_in = Queue.objects.get(type="messaging", is_default=True)

    response = as_administrator.post(f"{LIST}{built_in.pk}/edit/", TYPED | {"loaded_version": "1"})

    built_in.refresh_from_db()
    assert response.status_code == 303
    assert (built_in.name, built_in.assignment_method) == (
        "Default messaging queue",
        "least_active",
    )


def test_members_are_found_added_and_removed(as_administrator, queue, agent):
    dora, emil = make_agent("dora"), make_agent("emil")
    page = f"{LIST}{queue.pk}/"

    found = as_administrator.get(page, {"q": "dor"}).context["candidates"]
    added = as_administrator.post(f"{page}members/add/", {"agents": [dora.pk, emil.pk, "x"]})
    as_administrator.post(f"{page}members/remove/", {"agents": [agent.pk]})

    assert found == [dora]
    assert (added.status_code, added.url) == (303, page)
    assert set(queue.members.all()) == {dora, emil}


def test_the_page_costs_the_same_with_many_members(
    as_administrator, queue, now, django_assert_max_num_queries
):
    for _ in range(10):
        make_agent(queues=[queue])
        make_agent()
    configuration.publish(by=None, now=now)
    configuration.current()

    with django_assert_max_num_queries(16):
        as_administrator.get(f"{LIST}{queue.pk}/")


def test_a_queue_in_use_is_not_deleted(as_administrator, workstream, queue):
    response = as_administrator.post(f"{LIST}{queue.pk}/delete/")

    assert response.status_code == 409
    assert b"Fallback queue of the workstream: Chat" in response.content


def test_a_queue_with_finished_work_only_is_deleted(as_administrator, workstream, now):
    spare = make_queue("Spare")
    item = make_item(workstream, queue=spare, state="closed", closed_at=now)

    asked = as_administrator.get(f"{LIST}{spare.pk}/delete/")
    as_administrator.post(f"{LIST}{spare.pk}/delete/")

    assert b"Finished work goes on naming it" in asked.content
    assert as_administrator.get(f"{LIST}{spare.pk}/").status_code == 404
    assert b"Spare" in as_administrator.get(f"/work-items/{item.pk}/").content


@pytest.mark.parametrize("path", ["members/add/", "members/remove/"])
def test_choosing_nobody_changes_nothing_and_says_so(as_administrator, queue, path):
    response = as_administrator.post(f"{LIST}{queue.pk}/{path}", follow=True)

    assert b"Choose at least one agent" in response.content


def test_a_built_in_queue_is_not_deleted(as_administrator):
    built_in = Queue.objects.get(type="voice", is_default=True)

    response = as_administrator.post(f"{LIST}{built_in.pk}/delete/")

    assert response.status_code == 409
    assert b"It is built in" in response.content


def test_supervisors_change_members_and_not_the_queue(as_supervisor, queue, agent):
    address = f"{LIST}{queue.pk}/"

    page = as_supervisor.get(address).content.decode()
    as_supervisor.post(f"{address}members/remove/", {"agents": [agent.pk]})

    assert not queue.members.exists()
    assert "Only administrators change the settings of a queue." in page
    assert f"{address}edit/" not in page
    as_supervisor.post(f"{address}members/add/", {"agents": [agent.pk]})
    assert list(queue.members.all()) == [agent]


@pytest.mark.parametrize("path", ["members/add/", "members/remove/"])
def test_agents_change_no_members(as_agent, client, queue, path):
    address = f"{LIST}{queue.pk}/{path}"

    assert as_agent.post(address).status_code == 403
    assert client.post(address).status_code == 302


def test_members_change_by_post_only(as_administrator, queue):
    assert as_administrator.get(f"{LIST}{queue.pk}/members/add/").status_code == 405


def test_htmx_gets_the_summary_alone(as_supervisor, queue, agent):
    response = as_supervisor.get(f"{LIST}{queue.pk}/", headers={"HX-Request": "true"})

    assert response.content.count(b'id="queue-summary"') == 1
    assert b"<html" not in response.content


def test_a_closed_queue_tells_its_opening_by_the_clock_of_its_published_hours(
    as_supervisor, queue, now
):
    day = date(2199, 3, 4)
    queue.operating_hours = save_operating_hours(
        hours=OperatingHours(name="Office", time_zone="Asia/Tokyo"),
        periods=[Period(day.weekday(), time(9), time(17), day, day)],
        holidays=[],
        by=None,
        now=now,
    )
    queue.save()
    configuration.publish(by=None, now=now)
    OperatingHours.objects.update(time_zone="Europe/Berlin")

    page = as_supervisor.get(f"{LIST}{queue.pk}/").content.decode()

    assert "closed until 4 Mar 2199, 09:00 (Asia/Tokyo)" in page
