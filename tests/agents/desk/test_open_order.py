"""Open work items in another order than they wait in (A 20.1, B 15.1)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import make_item, make_workstream
from tests.routing.queries.test_desk import make_offer

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def items(queue, now):
    """Three that wait, the longest waiting first."""
    picked = make_workstream("Beta", mode="pick", queue=queue)
    pushed = make_workstream("Alpha", queue=queue)
    rows = [
        make_item(picked, title="First", customer={"name": "Zoe"}),
        make_item(pushed, title="Second", customer={"name": "adam"}),
        make_item(pushed, title="Third", customer={"name": "Mia"}),
    ]
    for number, row in enumerate(rows):
        times = {"waiting_since": now + number * MINUTE, "created_at": now + number * MINUTE}
        times["last_activity_at"] = now + (10 - number) * MINUTE
        type(row).objects.filter(pk=row.pk).update(**times)
    return rows


def titles(html):
    return re.findall(r">(First|Second|Third)</a>", html)


ORDERS = {
    "": ["First", "Second", "Third"],
    "waiting": ["First", "Second", "Third"],
    "customer": ["Second", "Third", "First"],
    "workstream": ["Second", "Third", "First"],
    "mode": ["First", "Second", "Third"],
    "changed": ["First", "Second", "Third"],
    "created": ["Third", "Second", "First"],
    "nonsense": ["First", "Second", "Third"],
}


@pytest.mark.parametrize(("order", "shown"), ORDERS.items())
def test_the_list_comes_in_the_order_asked_for(desk, items, order, shown):
    page = desk.get(f"{reverse('agents:desk')}?order={order}").content.decode()
    part = desk.get(f"{reverse('agents:desk-open-items')}?order={order}", headers=HTMX)

    assert titles(page) == shown
    assert titles(part.content.decode()) == shown


def test_the_list_keeps_its_order_when_it_fetches_itself(desk, items):
    page = desk.get(f"{reverse('agents:desk')}?order=customer").content.decode()

    (chosen,) = re.findall(r'id="open-order-(\w+)"[^>]*aria-current="true"', page)
    assert chosen == "customer"
    assert "&amp;order=customer" in page.split('id="desk-open"')[1].split(">")[0]


def test_one_alone_has_no_order(desk, workstream):
    make_item(workstream)

    assert "open-order-" not in desk.get(reverse("agents:desk")).content.decode()


def test_the_wait_told_begins_when_nobody_attends_to_the_work(desk, agent, workstream, now):
    items = [make_item(workstream, at=now, put_back_at=now + 39 * MINUTE) for _ in range(2)]
    make_offer(items[0], agent, now)

    page = desk.get(reverse("agents:desk")).content.decode()

    told = f'data-since="{(now + 39 * MINUTE).isoformat()}"'
    assert page.count(told) == 2
