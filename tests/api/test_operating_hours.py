"""/operating-hours: entries for certain days, and whether they hold."""

import pytest

WEEK = {"weekday": 0, "start": "09:00", "end": "17:00"}
HOURS = {
    "name": "Office",
    "time_zone": "Europe/Berlin",
    "periods": [
        WEEK,
        {"weekday": 2, "start": "09:00", "end": "12:00", "valid_from": "2026-03-04",
         "every_weeks": 2, "except_on": ["2026-03-18"]},
        {"weekday": 5, "start": "00:00", "end": "24:00", "valid_from": "2026-12-19",
         "valid_until": "2026-12-19"},
    ],
    "holidays": [
        {"date": "2026-03-16", "reason": "Founders' Day"},
        {"date": "2026-12-24", "reason": "Winter", "until": "2027-01-02", "repeats_yearly": True},
    ],
}  # fmt: skip


@pytest.fixture
def address(as_administrator) -> str:
    return f"/operating-hours/{as_administrator.post('/operating-hours', HOURS).json()['id']}"


def test_recurring_hours_come_back_as_they_were_sent(as_administrator, address) -> None:
    shown = as_administrator.get(address).json()

    assert HOURS.items() <= shown.items()
    kept = as_administrator.patch(address, {"name": "Bureau"}).json()
    assert kept == {**shown, "name": "Bureau"}


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-09T09:00:00Z", (True, None, "2026-03-09T16:00:00Z", None)),
        ("2026-03-09T17:00:00Z", (False, "2026-03-23T08:00:00Z", None, None)),
        ("2026-03-16T09:00:00Z", (False, "2026-03-23T08:00:00Z", None, "Founders' Day")),
    ],
)
def test_hours_say_whether_they_hold(as_supervisor, address, at, expected) -> None:
    said = as_supervisor.get(f"{address}/now?at={at}").json()

    assert (said["is_open"], said["opens_at"], said["closes_at"], said["holiday"]) == expected


def test_hours_hold_now_or_not(as_supervisor, as_agent, address) -> None:
    assert as_supervisor.get(f"{address}/now").status_code == 200
    assert as_supervisor.get("/operating-hours/999999/now").status_code == 404
    assert as_agent.get(f"{address}/now").status_code == 403


@pytest.mark.parametrize("at", ["soon", "2026-03-09T09:00:00", "9999-12-31T23:59:59Z"])
def test_a_moment_nobody_can_place_gets_422(as_supervisor, address, at) -> None:
    assert as_supervisor.get(f"{address}/now?at={at}").status_code == 422


@pytest.mark.parametrize(
    "period",
    [
        {"every_weeks": 2},
        {"every_weeks": 0},
        {"valid_from": "2026-03-10", "valid_until": "2026-03-10"},
        {"valid_from": "9999-12-31"},
        {"valid_from": "2026-03-10", "valid_until": "2026-03-01"},
        {"except_on": ["never"]},
    ],
)
def test_hours_nobody_could_keep_get_422(as_administrator, period) -> None:
    answer = as_administrator.post(
        "/operating-hours", {"name": "Office", "periods": [{**WEEK, **period}]}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("reasons", [("Founders' Day", "Inventory"), ("Inventory", "Inventory")])
def test_a_day_is_one_holiday(as_administrator, address, reasons) -> None:
    before = as_administrator.get(address).json()
    twice = [{"date": "2026-03-16", "reason": reason} for reason in reasons]

    answer = as_administrator.patch(address, {"holidays": twice})

    assert answer.status_code == 422
    assert answer.json()["detail"] == "Two holidays begin on 2026-03-16. A day has one at most."
    assert as_administrator.get(address).json() == before


def test_the_end_of_a_day_begins_no_hours(as_administrator) -> None:
    period = {**WEEK, "start": "24:00"}

    answer = as_administrator.post("/operating-hours", {"name": "Office", "periods": [period]})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "periods.0.start"
