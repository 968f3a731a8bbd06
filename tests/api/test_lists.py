"""Pages of lists."""

import pytest

from tests.factories import make_agent, make_item, make_queue, make_skill, make_workstream


def test_pages_follow_each_other_without_gap(as_supervisor, workstream):
    items = [make_item(workstream) for _ in range(5)]

    first = as_supervisor.get("/work-items?page_size=2").json()
    second = as_supervisor.get(f"/work-items?page_size=2&cursor={first['next']}").json()
    third = as_supervisor.get(f"/work-items?page_size=2&cursor={second['next']}").json()

    pages = [first["items"], second["items"], third["items"]]
    assert [item["id"] for page in pages for item in page] == [item.pk for item in items]
    assert third["next"] is None


def test_a_row_deleted_between_pages_shifts_nothing(as_supervisor):
    queues = [make_queue() for _ in range(6)]
    first = as_supervisor.get("/queues?page_size=5").json()
    queues[0].delete()

    second = as_supervisor.get(f"/queues?page_size=5&cursor={first['next']}").json()

    seen = [queue["id"] for queue in first["items"] + second["items"]]
    assert len(seen) == len(set(seen)) == 9


@pytest.mark.parametrize(
    "query",
    ["page_size=0", "page_size=201", "page_size=x", "cursor=zzz", "cursor=aWQgLTE", "cursor=é"],
)
def test_a_wrong_page_gets_422(as_supervisor, query):
    assert as_supervisor.get(f"/queues?{query}").status_code == 422


@pytest.mark.parametrize(
    ("path", "most"),
    [("/workstreams", 3), ("/queues", 4), ("/agents", 7), ("/skills", 2), ("/work-items", 3)],
)
def test_lists_take_a_fixed_number_of_queries(
    as_supervisor, django_assert_max_num_queries, path, most
):
    for number in range(3):
        queue = make_queue()
        make_agent(queues=[queue], skills={f"skill {number}": 5})
        skill = make_skill(f"skill {number}")
        make_item(make_workstream(queue=queue), required_skills=[[skill.pk, 3]])

    with django_assert_max_num_queries(most):
        response = as_supervisor.get(path)

    assert len(response.json()["items"]) >= 3
