"""What a supervisor is about to press stays where it is."""

from typing import Final

from django.template.loader import render_to_string
from playwright.sync_api import expect

from routing.models import Alarm, Blocker
from routing.queries.alarms import OpenAlarm
from routing.queries.blockers import BlockerRow
from routing.terms import AlarmKind, BlockerCause
from routing.views.floor.blockers import MINUTES
from tests.factories.work import NOW
from workstreams.models import Queue

SCRIPT: Final = '<h1>Floor</h1><script src="/static/js/floor.js" type="module"></script>'
NUMBERS: Final = {"Support": 1, "Billing": 2}
ROW: Final = (
    '<section id="items" data-live-block hx-get="/items/" hx-trigger="floor-due" hx-target="this"'
    ' hx-swap="outerHTML"><table><tbody><tr><td><a href="/1/">{}</a></td></tr></tbody></table>'
    "</section>"
)
CHANGED: Final = "document.body.dispatchEvent(new Event('floor-changed'))"
FOCUSED_MILLISECONDS: Final = 20_000
CHOOSING_MILLISECONDS: Final = 60_000


def block(name: str, **shown: object) -> str:
    return render_to_string(f"routing/floor/_{name}.html", {"block": {"updated_at": NOW, **shown}})


def alarms(*queues: str) -> str:
    rows = [
        Alarm(pk=NUMBERS[name], kind=AlarmKind.CYCLE_FAILED, queue_name=name, at=NOW)
        for name in queues
    ]
    found = [OpenAlarm(alarm=row, count=1, since=NOW) for row in rows]
    return block("alarms", alarms=found)


def blockers(*queues: str) -> str:
    rows = [
        Blocker(
            pk=NUMBERS[name], queue=Queue(pk=1, name=name), cause=BlockerCause.NO_MEMBERS,
            number_of_items=2, first_item_id=1, oldest_since=NOW,
        )
        for name in queues
    ]  # fmt: skip
    found = [BlockerRow(row=row, links=(), worked_on_by="") for row in rows]
    return block("blockers", alarming=found, number_of_items=2, minutes=MINUTES)


def test_an_alarm_that_is_pointed_at_stays_under_the_pointer(bare):
    page = bare.show(SCRIPT + alarms("Support"))
    page.get_by_role("button", name="Acknowledge: ").hover()

    page.evaluate(CHANGED)

    expect(page.get_by_role("button", name="New changes")).to_be_visible()
    assert bare.asked == []
    page.mouse.move(1, 1)
    bare.answer(alarms("Billing", "Support"))
    expect(page.get_by_role("button", name="Acknowledge: ")).to_have_count(2)


def test_who_says_for_how_long_he_works_on_it_keeps_the_list(bare):
    page = bare.show(SCRIPT + blockers("Support"))
    page.get_by_role("combobox", name="For how long").focus()

    page.evaluate(CHANGED)

    expect(page.get_by_role("button", name="New changes")).to_be_visible()
    assert bare.asked == []
    page.get_by_role("combobox", name="For how long").blur()
    bare.answer(blockers("Billing", "Support"))
    expect(page.get_by_role("combobox", name="For how long")).to_have_count(2)


def test_an_alarm_that_somebody_else_acknowledged_goes_when_one_presses(bare):
    page = bare.show(SCRIPT + alarms("Support"))
    page.get_by_role("button", name="Acknowledge: ").click()

    bare.answer("", status=409)
    bare.answer(alarms(), to="?")

    expect(page.get_by_role("button", name="Acknowledge: ")).to_have_count(0)


def test_who_said_that_he_works_on_it_and_left_sees_what_is_blocked_next(bare):
    bare.page.clock.install()
    page = bare.show(SCRIPT + blockers("Support"))
    works = page.get_by_role("button", name="I am working on it: ")
    works.click()
    bare.answer(blockers("Support"))
    page.mouse.move(1, 1)

    page.evaluate(CHANGED)
    expect(page.get_by_role("button", name="New changes")).to_be_visible()
    page.clock.fast_forward(FOCUSED_MILLISECONDS)
    bare.answer(blockers("Billing", "Support"))

    expect(works).to_have_count(2)
    expect(works.last).to_be_focused()


def test_a_list_of_times_that_is_left_open_keeps_blocked_work_back_for_a_minute(bare):
    bare.page.clock.install()
    page = bare.show(SCRIPT + blockers("Support"))
    times = page.get_by_role("combobox", name="For how long")
    times.press("ArrowDown")

    page.evaluate(CHANGED)
    page.clock.fast_forward(FOCUSED_MILLISECONDS)
    expect(page.get_by_role("button", name="New changes")).to_be_visible()
    assert bare.asked == []
    page.clock.fast_forward(CHOOSING_MILLISECONDS)
    bare.answer(blockers("Billing", "Support"))

    expect(times).to_have_count(2)
    expect(times.last).to_be_focused()


def test_the_focus_that_rests_on_a_row_does_not_keep_changes_from_it_for_ever(bare):
    bare.page.clock.install()
    page = bare.show(SCRIPT + ROW.format("Old"))
    page.get_by_role("link", name="Old").press("Shift")

    page.evaluate(CHANGED)
    assert bare.asked == []
    page.clock.fast_forward(FOCUSED_MILLISECONDS)
    bare.answer(ROW.format("New"))

    expect(page.get_by_role("link", name="New")).to_be_focused()


def test_that_no_router_runs_is_said_though_an_alarm_is_pointed_at(bare):
    both = block("processes", has_router=True, has_worker=True) + alarms("Support")
    page = bare.show(SCRIPT + both)
    page.get_by_role("button", name="Acknowledge: ").hover()

    page.evaluate(CHANGED)

    bare.next()
    assert bare.asked == ["GET /floor/processes/?"]
    bare.answer(block("processes", has_worker=True))
    expect(page.get_by_text("No router is running.")).to_be_visible()


def test_the_focus_on_an_alarm_that_went_does_not_come_to_the_one_in_its_place(bare):
    bare.page.clock.install()
    page = bare.show(SCRIPT + alarms("Support"))
    page.get_by_role("button", name="Acknowledge: ").focus()

    page.evaluate(CHANGED)
    page.clock.fast_forward(FOCUSED_MILLISECONDS)
    bare.answer(alarms("Billing"))

    other = page.get_by_role("button", name="Acknowledge: ")
    expect(other).to_be_visible()
    expect(other).not_to_be_focused()
    assert page.evaluate("document.activeElement.id") == "floor-alarms"
