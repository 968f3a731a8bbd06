"""The page of the times after which conversations close."""

from typing import Any

import pytest
from django.apps import apps

from tests.factories import make_workstream
from workstreams.models import AutoCloseTime, ServiceConfiguration
from workstreams.queries.auto_close_times import auto_close_times

PAGE = "/service-configuration/auto-close/"


@pytest.fixture
def typed(db: None) -> dict[str, Any]:
    """What the form sends when nothing was changed."""
    times = {
        f"{channel}-{state}": str(minutes or "never")
        for channel, row in auto_close_times().items()
        for state, minutes in row.items()
    }
    return {"revision": 1, **times}


def test_the_page_shows_every_time_in_words(as_administrator):
    page = as_administrator.get(PAGE).content.decode()

    for shown in ("Persistent chat", "Microsoft Teams", "20 minutes", "30 days", "never"):
        assert shown in page
    assert 'aria-label="Live chat, wrap-up"' in page


def test_a_time_is_changed_and_only_that_one_is_written(as_administrator, typed):
    typed |= {"live_chat-open": "2 hours", "voice-active": "never"}

    answer = as_administrator.post(PAGE, typed)

    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert auto_close_times()["live_chat"] == {"open": 120, "active": None, "wrap_up": 15}
    assert sorted(AutoCloseTime.objects.values_list("channel", "state", "minutes")) == [
        ("live_chat", "open", 120),
        ("voice", "active", None),
    ]


@pytest.mark.parametrize("text", ["soon", "0", "366 days", "9" * 5000])
def test_what_is_no_time_is_refused_at_its_field(as_administrator, typed, text):
    answer = as_administrator.post(PAGE, typed | {"sms-open": text})

    assert answer.status_code == 422
    assert answer.context["form"].errors["sms-open"]
    assert not AutoCloseTime.objects.exists()


def test_another_persons_save_is_shown_in_words(as_administrator, typed):
    as_administrator.post(PAGE, typed | {"live_chat-open": "30 minutes"})

    answer = as_administrator.post(PAGE, typed | {"live_chat-open": "never"})

    (value,) = answer.context["conflict"].values
    assert answer.status_code == 422
    assert (value.label, value.theirs, value.mine) == ("Live chat, open", "30 minutes", "never")
    again = typed | {"live_chat-open": "never", "revision": 2}
    assert as_administrator.post(PAGE, again).status_code == 303


def test_supervisors_read_the_table_only(as_supervisor, as_agent, typed):
    page = as_supervisor.get(PAGE).content.decode()

    assert "20 minutes" in page
    assert "<input" not in page.split('id="auto-close-times"')[1].split("</table>")[0]
    assert as_supervisor.post(PAGE, typed).status_code == 403
    assert as_agent.get(PAGE).status_code == 403


def test_the_times_have_a_trail(as_administrator, administrator, typed):
    as_administrator.post(PAGE, typed | {"live_chat-open": "2 hours"})

    event = apps.get_model("workstreams", "AutoCloseTimeEvent").objects.get()
    assert (event.minutes, event.pgh_context.metadata["user"]) == (120, administrator.pk)
    assert ServiceConfiguration.objects.get().revision == 2


def test_a_workstream_says_when_its_conversations_close(as_supervisor, workstream):
    page = as_supervisor.get(f"/workstreams/{workstream.pk}/").content.decode()

    assert "open 20 minutes, active never, wrap-up 15 minutes" in page
    assert PAGE in page


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"wrap_up_block": "custom", "wrap_up_seconds": 3600}, "wrap-up 60 minutes"),
        ({"wrap_up_block": "custom", "wrap_up_seconds": 930}, "wrap-up 15 minutes 30 seconds"),
        ({"wrap_up_block": "custom", "wrap_up_seconds": 600}, "wrap-up 15 minutes"),
        ({"type": "voice"}, "active 2 hours (goes to wrap-up), wrap-up 1 day"),
    ],
    ids=["an hour", "half a minute more", "less", "a call"],
)
def test_it_says_what_the_sweep_does(as_supervisor, settings, told):
    workstream = make_workstream("Own", **settings)

    page = as_supervisor.get(f"/workstreams/{workstream.pk}/").content.decode()

    line = page.split("closes by itself:")[1].split("<br>")[0].strip()
    assert line.endswith(told)
