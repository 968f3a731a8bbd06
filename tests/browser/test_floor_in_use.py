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
CHANGED: Final = "document.body.dispatchEvent(new Event('floor-changed'))"


def block(name: str, **shown: object) -> str:
    return render_to_string(f"routing/floor/_{name}.html", {"block": {"updated_at": NOW, **shown}})


def alarms(*queues: str) -> str:
    rows = [
        Alarm(pk=NUMBERS[name], kind=AlarmKind.CYCLE_FAILED, queue_name=name, at=NOW)
        for name in queues
    ]
    found = [OpenAlarm(alarm=row, count=1, since=NOW) for row in rows]
    return block("alarms", has_router=True, has_worker=True, alarms=found)


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
