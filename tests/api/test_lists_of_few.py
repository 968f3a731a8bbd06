"""Lists of work items read what fits, however much was closed before."""

import pytest

from routing import service
from tests.api.conftest import Caller
from tests.factories import make_agent, make_item, make_queue
from tests.history import FEW, copy_many, look_again, rows_read
from tests.scenarios import in_conversation
from workstreams.models import WorkItem

pytestmark = pytest.mark.django_db
FITTING = 60


@pytest.fixture
def work(workstream, agent, now):
    """Much that somebody had and closed, then a little that waits and that the agent has."""
    other = make_agent("gone", queues=[make_queue("Far away")])
    closed = {"state": "closed", "reason": "ended_by_agent", "closed_at": now}
    copy_many(make_item(workstream, agent=other, **closed))
    in_conversation(workstream, agent, now)
    for _ in range(FITTING):
        make_item(workstream)
    look_again()


ASKED = {
    "as_supervisor": {
        "state=open": 50,
        "state=open&page_size=1": 1,
        "agent=alice&page_size=1": 1,
        "state=active": 1,
        "state=wrap_up": 0,
        "reason=in_conversation": 1,
        "reason=awaiting_agent_assignment": 50,
        "reason=in_conversation&state=closed": 0,
        "state=open&queue=Far%20away": 0,
        "agent=alice": 1,
    },
    "as_agent": {
        "": 50,
        "state=open": 50,
        "state=closed": 0,
        "my_queues=true&state=active": 1,
    },
    "as_stranger": {"": 0},
}


@pytest.mark.parametrize("who", ASKED)
def test_what_fits_is_found_without_reading_what_does_not(request, work, who):
    """All of one person beside each other: to make what does not fit takes longest."""
    caller = request.getfixturevalue(who)
    for query, number in ASKED[who].items():
        before = rows_read()

        listed = caller.get(f"/work-items?{query}").json()["items"]

        assert (query, len(listed)) == (query, number)
        assert rows_read() - before < FEW, query


@pytest.mark.parametrize("who", ["as_supervisor", "as_agent"])
def test_pages_of_few_follow_each_other_without_gap(request, work, who):
    caller = request.getfixturevalue(who)
    waiting = list(
        WorkItem.objects.filter(state="open").order_by("pk").values_list("pk", flat=True)
    )

    first = caller.get("/work-items?state=open").json()
    second = caller.get(f"/work-items?state=open&cursor={first['next']}").json()

    assert [item["id"] for page in (first, second) for item in page["items"]] == waiting
    assert second["next"] is None


def test_what_one_knows_of_in_two_ways_is_listed_once(workstream, queue, agent, now):
    item = in_conversation(workstream, agent, now)
    adviser, _ = (make_agent(name, queues=[queue]) for name in ("eva", "finn"))
    for whom in ({"agent": adviser}, {"queue": queue}):
        service.consult(item_id=item.pk, by=agent, now=now, **whom)

    listed = Caller(adviser.user).get("/work-items").json()["items"]

    assert [each["id"] for each in listed] == [item.pk]
