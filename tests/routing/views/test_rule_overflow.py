"""Overflow of a route-to-queue rule's own, in its form."""

from tests.factories import make_queue
from tests.routing.views.typed_rules import route, rows, saved

LIMIT = {"condition": "work_item_limit", "threshold": "5", "action": "transfer", "queue": "Spare"}
PAIR = {"condition": "work_item_limit", "threshold": 5, "action": "transfer", "queue": "Spare"}


def own(*typed, **more):
    return route(**{"has_own_overflow": "on", **rows("overflow", *typed), **more})


def test_a_rule_says_itself_when_its_queue_overflows(as_administrator, workstream, routes):
    make_queue("Spare")

    response = as_administrator.post(f"{routes}new/", own(LIMIT))

    [rule] = saved("route_to_queue", workstream)
    assert rule["overflow"] == [PAIR]
    assert "with overflow of its own" in as_administrator.get(response.url).content.decode()
    form = as_administrator.get(f"{routes}1/1/edit/").context["form"]
    assert form.outputs["has_own_overflow"].value() is True
    assert form.rows["overflow"].forms[0]["threshold"].value() == "5"


def test_without_a_line_it_never_overflows_and_unticked_the_queue_decides(
    as_administrator, workstream, routes
):
    as_administrator.post(f"{routes}new/", own())
    assert saved("route_to_queue", workstream)[0]["overflow"] == []

    as_administrator.post(f"{routes}1/1/edit/", route(revision=1))
    assert saved("route_to_queue", workstream)[0]["overflow"] is None


def test_faults_stand_at_the_field(as_administrator, workstream, routes):
    wrong = LIMIT | {"threshold": "500", "queue": ""}

    response = as_administrator.post(f"{routes}new/", own(wrong, {"condition": "work_item_limit"}))

    assert response.status_code == 422
    first, second = response.context["form"].rows["overflow"].forms
    assert first.errors["threshold"] == ["A limit is a whole number of work items from 1 to 100."]
    assert first.errors["queue"] == ["Choose the queue that takes the work."]
    assert second.errors["condition"] == ["Each condition can be chosen once."]
    assert saved("route_to_queue", workstream) == []


def test_lines_without_the_tick_are_not_dropped_silently(as_administrator, workstream, routes):
    make_queue("Spare")

    response = as_administrator.post(f"{routes}new/", route(**rows("overflow", LIMIT)))

    assert response.status_code == 422
    assert "Tick this, or remove the overflow below." in response.content.decode()


def test_waiting_time_and_what_other_types_have_are_not_offered(as_administrator, routes):
    form = as_administrator.post(f"{routes}new/", own() | {"add_row": "overflow"}).context["form"]

    [row] = form.rows["overflow"].forms
    offered = [value for value, _ in row.fields["condition"].choices]
    assert offered == ["", "out_of_operating_hours", "work_item_limit"]


def test_a_row_is_taken_away_without_losing_the_rest(as_administrator, workstream, routes):
    make_queue("Spare")
    typed = own({"condition": "out_of_operating_hours", "action": "end"}, LIMIT)

    form = as_administrator.post(f"{routes}new/", typed | {"remove_row": "overflow-0"}).context[
        "form"
    ]

    [row] = form.rows["overflow"].forms
    assert row["condition"].value() == "work_item_limit"
    assert saved("route_to_queue", workstream) == []
