"""The pages of a queue's overflow, its copy, its end and its members by filter."""

import pytest

from agents.models import OperatingHours
from routing import configuration
from tests.factories import (
    make_agent,
    make_item,
    make_overflow,
    make_queue,
    make_workstream,
)
from workstreams.actions.save_overflow import overflow_of
from workstreams.models import Queue

LIST = "/queues/"
LIMIT = {"condition": "work_item_limit", "threshold": "5", "action": "transfer", "queue": "Spare"}
PAIR = {"condition": "work_item_limit", "threshold": 5, "action": "transfer", "queue": "Spare"}


def typed(before=(), waiting=(), revision=1, **more):
    """What the form of overflow sends."""
    sent = {"revision": revision}
    for prefix, rows in (("before", before), ("waiting", waiting)):
        sent |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for index, row in enumerate(rows):
            sent |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return sent | more


@pytest.fixture
def page(queue):
    make_queue("Spare")
    return f"{LIST}{queue.pk}/"


def test_overflow_is_typed_saved_and_read_as_sentences(as_administrator, queue, page):
    waiting = {"condition": "waiting_time", "threshold": "5 min", "action": "end"}

    response = as_administrator.post(f"{page}overflow/", typed([LIMIT], [waiting]))

    assert (response.status_code, response.url) == (303, page)
    assert overflow_of(queue) == [
        PAIR,
        {"condition": "waiting_time", "threshold": 300, "action": "end", "queue": None},
    ]
    shown = as_administrator.get(page).content.decode()
    assert "Work item limit exceeds 5: transfer to Spare" in shown
    assert "Waiting time in queue exceeds 5 min: end the conversation" in shown
    spare = Queue.objects.get(name="Spare")
    assert "Takes the overflow of" in as_administrator.get(f"{LIST}{spare.pk}/").content.decode()


def test_the_row_of_hours_stays_and_its_action_changes(as_administrator, page):
    hours = OperatingHours.objects.create(name="Night", time_zone="UTC")
    night = make_queue("Night", operating_hours=hours)
    address = f"{LIST}{night.pk}/overflow/"

    form = as_administrator.get(address).context["form"]
    sent = typed(**{"hours-0-condition": "out_of_operating_hours", "hours-0-action": "end"})
    as_administrator.post(address, sent)

    assert form.hours["action"].value() == "assign_anyway"
    assert [each["action"] for each in overflow_of(night)] == ["end"]


@pytest.mark.parametrize(("type_", "is_said"), [("messaging", True), ("record", False)])
def test_the_form_says_that_nothing_is_ended_at_night(as_administrator, type_, is_said):
    desk = make_queue("Desk", type=type_)

    form = as_administrator.get(f"{LIST}{desk.pk}/overflow/").content.decode()

    assert ("the queue and the channel instance that they came in by are open" in form) == is_said


TIMES = {"90 s": 90, "2 min": 120, "1 hour": 3600, "2 days": 172_800, "3H": 10_800}


@pytest.mark.parametrize(("text", "seconds"), TIMES.items())
def test_times_are_typed_with_their_unit(as_administrator, queue, page, text, seconds):
    row = {"condition": "waiting_time", "threshold": text, "action": "end"}

    as_administrator.post(f"{page}overflow/", typed(waiting=[row]))

    assert overflow_of(queue)[0]["threshold"] == seconds


@pytest.mark.parametrize("text", ["5", "5 weeks", "soon", "-1 min", "1.5 min", "9" * 20])
def test_what_is_no_time_is_refused_at_the_field(as_administrator, queue, page, text):
    row = {"condition": "waiting_time", "threshold": text, "action": "end"}

    response = as_administrator.post(f"{page}overflow/", typed(waiting=[row]))

    assert response.status_code == 422
    [shown] = response.context["form"].rows["waiting"].forms
    assert shown.errors["threshold"]
    assert overflow_of(queue) == []


def test_faults_stand_at_their_rows(as_administrator, queue, page):
    response = as_administrator.post(
        f"{page}overflow/", typed([LIMIT | {"threshold": "500"}, LIMIT | {"queue": ""}])
    )

    assert response.status_code == 422
    first, second = response.context["form"].rows["before"].forms
    assert first.errors["threshold"] == ["A limit is a whole number of work items from 1 to 100."]
    assert second.errors["condition"] == ["Each condition can be chosen once."]
    assert second.errors["queue"] == ["Choose the queue that takes the work."]


def test_buttons_add_and_remove_rows_and_save_nothing(as_administrator, queue, page):
    added = as_administrator.post(f"{page}overflow/", typed([LIMIT], add_row="waiting"))
    removed = as_administrator.post(f"{page}overflow/", typed([LIMIT], remove_row="before-0"))

    rows = added.context["form"].rows
    assert (len(rows["before"].forms), len(rows["waiting"].forms)) == (1, 1)
    assert rows["before"].forms[0]["threshold"].value() == "5"
    assert len(removed.context["form"].rows["before"].forms) == 0
    assert overflow_of(queue) == []


def test_who_saves_over_somebody_else_is_told(as_administrator, queue, page):
    as_administrator.post(f"{page}overflow/", typed([LIMIT]))

    response = as_administrator.post(f"{page}overflow/", typed(revision=1))

    assert response.status_code == 422
    assert "Somebody else saved this queue" in response.content.decode()
    assert overflow_of(queue) == [PAIR]


def test_supervisors_read_and_change_nothing(as_supervisor, page):
    assert as_supervisor.get(page).status_code == 200
    assert as_supervisor.get(f"{page}overflow/").status_code == 403
    assert as_supervisor.post(f"{page}copy/").status_code == 403


def test_a_queue_is_copied_with_its_members(as_administrator, queue, agent, page):
    asked = as_administrator.get(f"{page}copy/")
    response = as_administrator.post(
        f"{page}copy/", {"name": "Copy of Support", "with_members": "on"}
    )

    copy = Queue.objects.get(name="Copy of Support")
    assert asked.context["form"]["name"].value() == "Copy of Support"
    assert response.url == f"{LIST}{copy.pk}/"
    assert list(copy.members.all()) == [agent]


def test_deleting_asks_for_the_queue_that_takes_the_work(as_administrator, queue, agent, page):
    old = make_queue("Old")
    item = make_item(make_workstream(), queue=old)
    address = f"{LIST}{old.pk}/delete/"

    asked = as_administrator.get(address).content.decode()
    refused = as_administrator.post(address)
    done = as_administrator.post(address, {"move_to": queue.pk})

    item.refresh_from_db()
    assert "1 unfinished work item, 1 of them waiting" in asked
    assert (refused.status_code, done.status_code) == (422, 303)
    assert item.queue == queue


def test_a_place_without_members_is_refused_at_the_field(as_administrator, page):
    old = make_queue("Old")
    make_item(make_workstream(), queue=old)

    response = as_administrator.post(
        f"{LIST}{old.pk}/delete/", {"move_to": Queue.objects.get(name="Spare").pk}
    )

    assert "Nobody serves this queue." in response.content.decode()
    assert Queue.objects.filter(pk=old.pk).exists()


def test_members_are_added_by_filter_however_many(
    as_administrator, queue, page, django_assert_max_num_queries
):
    other = make_queue("Other")
    for number in range(60):
        make_agent(f"spanish{number}", queues=[other], skills={"Spanish": 3})
    make_agent("away", queues=[other], skills={"Spanish": 3}, presence="offline")
    make_agent("french", queues=[other])
    spanish = {"serves": other.pk, "presence": "available", "skill": _skill("Spanish")}

    shown = as_administrator.get(page, spanish).context
    with django_assert_max_num_queries(25):
        as_administrator.post(f"{page}members/add/", spanish | {"all": "1"})

    assert (shown["candidate_count"], len(shown["candidates"])) == (60, 50)
    assert queue.members.count() == 60
    as_administrator.post(f"{page}members/remove/", {"q": "spanish1", "all": "1"})
    assert queue.members.count() == 49


def test_a_filter_that_cannot_be_read_adds_nobody(as_administrator, queue, page):
    make_agent()

    as_administrator.post(f"{page}members/add/", {"skill": "x", "all": "1"})

    assert queue.members.count() == 0


def test_the_list_says_what_is_open_now_and_sorts_by_it(as_administrator, queue):
    hours = OperatingHours.objects.create(name="Never", time_zone="UTC")
    make_queue("Night", operating_hours=hours)
    as_administrator.post(
        f"{LIST}new/", {"name": "Basic", "type": "record", "priority": 1,
                        "assignment_method": "least_active"},
    )  # fmt: skip

    page = as_administrator.get(LIST, {"sort": "is_open", "q": "Night"}).content.decode()

    assert "Closed" in page
    assert "None: agents pick" in as_administrator.get(LIST).content.decode()


def test_a_pair_of_the_list_costs_no_queries_of_its_own(
    as_administrator, now, django_assert_max_num_queries
):
    hours = OperatingHours.objects.create(name="Never", time_zone="UTC")
    spare = make_queue("Spare")
    for _ in range(10):
        make_overflow(make_queue(operating_hours=hours), threshold=3, to=spare)

    configuration.publish(by=None, now=now)
    configuration.current()

    with django_assert_max_num_queries(8):
        as_administrator.get(LIST)


def _skill(name):
    from agents.models import Skill

    return Skill.objects.get(name=name).pk
