"""/floor-default, and work items of the queues that one serves."""

import pytest

from tests.factories import make_item, make_queue, make_workstream

URL = "/floor-default"


def test_filters_are_saved_read_and_given_up(as_supervisor):
    assert as_supervisor.get(URL).json() == {"filters": {}}

    put = as_supervisor.put(URL, {"filters": {"queue": "mine", "state": ""}})

    assert put.json() == as_supervisor.get(URL).json() == {"filters": {"queue": "mine"}}
    assert as_supervisor.delete(URL).status_code == 204
    assert as_supervisor.get(URL).json() == {"filters": {}}


@pytest.mark.parametrize("filters", [{"after": "x"}, {"q": "x" * 201}, {"q": 1}, None])
def test_what_is_no_filter_gets_422(as_supervisor, filters):
    assert as_supervisor.put(URL, {"filters": filters}).status_code == 422


def test_agents_have_no_floor(as_agent):
    assert as_agent.get(URL).status_code == 403


def test_items_are_listed_by_the_queues_that_one_serves(as_agent, as_supervisor, workstream):
    item = make_item(workstream)
    make_item(make_workstream(queue=make_queue()))

    listed = as_agent.get("/work-items?my_queues=true").json()["items"]

    assert [each["id"] for each in listed] == [item.pk]
    assert as_supervisor.get("/work-items?my_queues=true").json()["items"] == []
    assert len(as_supervisor.get("/work-items").json()["items"]) == 2
