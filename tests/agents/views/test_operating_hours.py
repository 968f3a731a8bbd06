"""The page of operating hours: open now, the week, what uses it; and entries for certain days."""

from datetime import date, time

import pytest
from django.urls import reverse

from agents.actions.check_openings import DayOff, Period, periods_of
from agents.actions.save_operating_hours import save_operating_hours
from agents.models import OperatingHours
from tests.factories import make_agent
from workstreams.models import Queue

NINE, FIVE = time(9), time(17)
MONDAY = date(2026, 3, 9)


@pytest.fixture
def hours(db, now) -> OperatingHours:
    return save_operating_hours(
        hours=OperatingHours(name="Office", time_zone="Europe/Berlin"),
        periods=[Period(0, NINE, FIVE), Period(6, time(1), time(5))],
        holidays=[DayOff(date(2026, 3, 16), "Founders' Day")],
        by=None,
        now=now,
    )


def page(hours, name="detail", **more) -> str:
    return reverse(f"agents:operating-hours-{name}", args=[hours.pk], **more)


def opening(hours, name="edit", day="2026-03-09") -> str:
    entry = hours.periods.get(weekday=0, valid_from=None)
    return reverse(f"agents:opening-{name}", args=[hours.pk, entry.pk]) + f"?day={day}"


def test_the_page_shows_the_week_holidays_and_clock_changes(as_supervisor, hours) -> None:
    html = as_supervisor.get(f"{page(hours)}?from=2026-03-16").content.decode()

    assert "Week from 16 March 2026" in html
    assert html.count("hours-week__day") >= 7
    assert "Founders&#x27; Day" in html
    assert 'x="60" y="0" width="240"' in html.replace("\n", " ").replace("  ", "")
    week = as_supervisor.get(f"{page(hours)}?from=2026-03-23").content.decode()
    assert "The clock is put forward by 60 minutes." in week


def test_the_page_links_to_all_that_uses_the_hours(as_supervisor, hours) -> None:
    queue = Queue.objects.all()[0]
    Queue.objects.filter(pk=queue.pk).update(operating_hours=hours)
    agent = make_agent("amira")
    type(agent).objects.filter(pk=agent.pk).update(operating_hours=hours)

    html = as_supervisor.get(page(hours)).content.decode()

    assert reverse("workstreams:queue-detail", args=[queue.pk]) in html
    assert reverse("agents:agent-detail", args=[agent.pk]) in html


def test_hours_in_use_are_not_deleted(as_administrator, hours) -> None:
    queue = Queue.objects.all()[0]
    Queue.objects.filter(pk=queue.pk).update(operating_hours=hours)

    answer = as_administrator.post(page(hours, "delete"))

    assert answer.status_code == 409
    assert reverse("workstreams:queue-detail", args=[queue.pk]) in answer.content.decode()
    assert OperatingHours.objects.filter(pk=hours.pk).exists()


def test_a_week_is_a_fragment_with_one_root(as_supervisor, hours) -> None:
    html = as_supervisor.get(page(hours), headers={"HX-Request": "true"}).content.decode()

    assert html.strip().startswith("<section")
    assert 'id="hours-week"' in html


@pytest.mark.parametrize("text", ["", "soon", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_any_week_asked_for_is_answered(as_supervisor, hours, text) -> None:
    assert as_supervisor.get(f"{page(hours)}?from={text}").status_code == 200


@pytest.mark.parametrize("weeks", [1, 40])
def test_the_page_costs_the_same_however_much_there_is(
    as_supervisor, hours, now, weeks, django_assert_max_num_queries
) -> None:
    days = [Period(weekday, time(weeks % 9), FIVE) for weekday in range(7)]
    save_operating_hours(hours=hours, periods=days, holidays=[], by=None, now=now)

    with django_assert_max_num_queries(20):
        as_supervisor.get(page(hours))


def test_one_day_gets_other_hours(as_administrator, hours) -> None:
    sent = {"start": "10:00", "end": "12:00", "reach": "this"}

    answer = as_administrator.post(opening(hours), sent)

    assert answer.status_code == 303
    assert Period(0, time(10), time(12), MONDAY, MONDAY) in periods_of(hours)
    assert Period(0, NINE, FIVE, except_on=(MONDAY,)) in periods_of(hours)


def test_hours_are_removed_from_a_day_on(as_administrator, hours) -> None:
    as_administrator.post(opening(hours, "remove"), {"reach": "following"})

    assert Period(0, NINE, FIVE, valid_until=date(2026, 3, 8)) in periods_of(hours)


@pytest.mark.parametrize("day", ["2026-03-10", "nonsense", ""])
def test_an_entry_that_does_not_hold_on_the_day_is_not_found(as_administrator, hours, day) -> None:
    assert as_administrator.get(opening(hours, day=day)).status_code == 404


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"repeats": "day", "day": "2026-12-24", "start": "09:00", "end": "12:00"},
         Period(3, NINE, time(12), date(2026, 12, 24), date(2026, 12, 24))),
        ({"repeats": "weekly", "weekdays": ["5"], "all_day": "on", "last": "2026-06-30"},
         Period(5, time(0), time(0), None, date(2026, 6, 30))),
        ({"repeats": "rarer", "weekdays": ["2"], "every_weeks": "2", "first": "2026-03-04",
          "start": "09:00", "end": "17:00"},
         Period(2, NINE, FIVE, date(2026, 3, 4), None, 2)),
    ],
    ids=["one day", "all day on Saturdays", "every second Wednesday"],
)  # fmt: skip
def test_hours_are_added(as_administrator, hours, sent, expected) -> None:
    answer = as_administrator.post(reverse("agents:opening-create", args=[hours.pk]), sent)

    assert answer.status_code == 303
    assert expected in periods_of(hours)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"repeats": "day", "start": "09:00", "end": "12:00"}, "Name the day."),
        ({"repeats": "weekly", "all_day": "on"}, "Choose at least one weekday."),
        ({"repeats": "day", "day": "2026-12-24", "start": "09:00"}, "Name a time"),
        ({"repeats": "day", "day": "2026-12-24", "start": "22:00", "end": "06:00"}, "Split hours"),
        ({"repeats": "day", "day": "9999-12-31", "all_day": "on"}, "1900 to 2999"),
        ({"repeats": "rarer", "weekdays": ["0"], "all_day": "on", "every_weeks": "2"},
         "from which the weeks are counted"),
        ({"repeats": "weekly", "weekdays": ["0"], "all_day": "on", "first": "2026-05-02",
          "last": "2026-05-01"}, "not before the first"),
        ({"repeats": "weekly", "weekdays": ["0"], "all_day": "on", "first": "2026-03-03",
          "last": "2026-03-04"}, "never come"),
        ({"repeats": "sometimes"}, "Select a valid choice"),
    ],
)  # fmt: skip
def test_what_makes_no_hours_is_said_on_the_form(as_administrator, hours, sent, sentence) -> None:
    answer = as_administrator.post(reverse("agents:opening-create", args=[hours.pk]), sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert hours.periods.count() == 2


def test_supervisors_look_and_change_nothing(as_supervisor, hours) -> None:
    assert opening(hours) not in as_supervisor.get(page(hours)).content.decode()
    assert as_supervisor.post(opening(hours), {"reach": "all"}).status_code == 403


def test_the_form_of_the_week_leaves_hours_for_certain_days(as_administrator, hours) -> None:
    as_administrator.post(opening(hours), {"start": "10:00", "end": "12:00", "reach": "this"})
    hours.refresh_from_db()
    sent = {
        "name": "Office",
        "time_zone": "Europe/Berlin",
        "loaded_version": hours.revision,
        "start-1-0": "09:00",
        "end-1-0": "17:00",
        "holiday-0": "2026-12-24",
        "until-0": "2027-01-02",
        "reason-0": "Winter break",
        "yearly-0": "on",
    }

    answer = as_administrator.post(page(hours, "edit"), sent)

    assert answer.status_code == 303
    assert Period(0, time(10), time(12), MONDAY, MONDAY) in periods_of(hours)
    assert Period(1, NINE, FIVE) in periods_of(hours)
    holiday = hours.holidays.get()
    assert (holiday.until, holiday.repeats_yearly) == (date(2027, 1, 2), True)


def test_two_administrators_do_not_overwrite_each_other(as_administrator, hours, now) -> None:
    loaded = hours.revision
    save_operating_hours(hours=hours, periods=[], holidays=[], by=None, now=now)
    sent = {"name": "Mine", "time_zone": "UTC", "loaded_version": loaded}

    answer = as_administrator.post(page(hours, "edit"), sent)

    assert answer.status_code == 422
    assert "Apply mine" in answer.content.decode()
    hours.refresh_from_db()
    assert hours.name == "Office"


@pytest.mark.parametrize(
    ("first", "last", "yearly"),
    [("2026-12-24", "2026-12-23", ""), ("2026-01-01", "2027-01-01", "on")],
    ids=["ends before it begins", "the whole year, each year"],
)
def test_a_holiday_that_cannot_be_is_said_beside_it(
    as_administrator, hours, first, last, yearly
) -> None:
    sent = {"name": "Office", "time_zone": "UTC", "loaded_version": hours.revision}
    days = {"holiday-0": first, "until-0": last, "yearly-0": yearly}

    answer = as_administrator.post(page(hours, "edit"), {**sent, **days})

    assert answer.status_code == 422
    assert "The last day comes after the first" in answer.content.decode()
