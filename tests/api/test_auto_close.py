"""Auto-close times by the API."""

import pytest

from workstreams.models import AutoCloseTime

URL = "/service-configuration"


def test_times_are_read_and_changed_one_by_one(as_administrator):
    before = as_administrator.get(URL).json()

    body = {"auto_close": {"sms": {"open": 60, "active": None}}}
    changed = as_administrator.patch(URL, body).json()

    assert before["auto_close"]["live_chat"] == {"open": 20, "active": None, "wrap_up": 15}
    assert changed["auto_close"]["sms"] == {"open": 60, "active": None, "wrap_up": 1440}
    assert changed["auto_close"]["line"] == before["auto_close"]["line"]
    assert changed["revision"] == before["revision"] + 1


def test_switches_and_times_are_one_change(as_administrator):
    body = {"revision": 99, "auto_close": {"sms": {"open": 60}}, "personal_quick_replies": False}

    assert as_administrator.patch(URL, body).status_code == 409
    assert not AutoCloseTime.objects.exists()
    assert as_administrator.get(URL).json()["personal_quick_replies"] is True


@pytest.mark.parametrize(
    "times",
    [
        {"record": {"open": 5}},
        {"sms": {"waiting": 5}},
        {"sms": {"open": 0}},
        {"sms": {"open": "5"}},
        {"sms": {"open": 525_601}},
        {"sms": None},
        None,
    ],
)
def test_what_is_no_time_is_refused(as_administrator, times):
    assert as_administrator.patch(URL, {"auto_close": times}).status_code == 422
    assert not AutoCloseTime.objects.exists()


def test_supervisors_only_read_them(as_supervisor):
    assert as_supervisor.patch(URL, {"auto_close": {"sms": {"open": 5}}}).status_code == 403
