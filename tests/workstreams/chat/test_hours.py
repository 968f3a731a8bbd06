"""Outside its hours a chat says when somebody is back, or is hidden."""

import re
from datetime import time, timedelta

import pytest

from agents.actions.check_openings import Period
from agents.actions.save_operating_hours import save_operating_hours
from agents.models import OperatingHours
from config.clock import database_now
from routing import configuration
from tests.workstreams.chat.conftest import text_of
from workstreams.models import ChannelInstance, WorkItem, Workstream


@pytest.fixture
def closed(widget, now):
    """The widget's hours come again in three days."""
    day = (database_now() + timedelta(days=3)).date()
    hours = save_operating_hours(
        hours=OperatingHours(name="Shop hours", time_zone="Europe/Berlin"),
        periods=[Period(day.weekday(), time(9), time(17), day, day)],
        holidays=[],
        by=None,
        now=now,
    )
    widget.operating_hours = hours
    widget.save()
    configuration.publish(by=None, now=now)
    return widget


def hide(widget) -> None:
    widget.when_closed = "hidden"
    widget.save()


def read(html: str) -> str:
    """Without line breaks of the template."""
    return " ".join(html.split())


def test_what_is_left_behind_in_a_closed_chat_is_promised_no_answer(visitor, closed) -> None:
    start = read(visitor.open_page())
    visitor.start("Help")
    waiting = read(text_of(visitor.get()))

    assert "A chat that you begin now is closed some minutes after you leave." in start
    assert "This chat is closed some minutes after you leave." in waiting
    for html in (start, waiting):
        assert "Nobody is here now. We are back on" in html
        assert "we answer when we are back" not in html
        assert "We will answer" not in html


def test_a_persistent_chat_keeps_the_promise_as_it_waits_for_us(visitor, closed) -> None:
    Workstream.objects.update(persistent_chat=True, keep_same_agent=True)
    start = read(visitor.open_page())
    visitor.start("Help")

    assert "Write to us, and we answer when we are back. We are back on" in start
    for html in (start, read(text_of(visitor.get()))):
        assert "after you leave" not in html


def test_a_closed_chat_takes_messages_and_says_when_somebody_is_back(visitor, closed) -> None:
    html = visitor.open_page()

    assert "Nobody is here now." in html
    assert "09:00 (Europe/Berlin)" in " ".join(html.split())
    assert visitor.start("Help").title


def test_who_waits_while_it_is_closed_is_not_promised_somebody_shortly(visitor, closed) -> None:
    visitor.start("Help")

    for html in (text_of(visitor.get()), text_of(visitor.get("state/", shown="waiting"))):
        assert "You are next." not in html
        assert "Nobody is here now." in html
        assert "We are back on" in html


def test_a_hidden_chat_takes_no_new_conversation(visitor, closed) -> None:
    visitor.open_page()
    hide(closed)

    answer = visitor.post(data={"name": "Ann", "text": "Help"})

    html = text_of(answer)
    assert answer.status_code == 409
    assert "We are not here at the moment." in html
    assert "We are back on" in html
    assert "Nobody is here now." not in html
    assert not WorkItem.objects.exists()
    assert "We are not here at the moment." in text_of(visitor.get())


@pytest.mark.parametrize("change", [{"when_closed": "hidden"}, {"is_enabled": False}])
def test_what_was_typed_as_the_chat_closed_stays_and_can_be_sent_later(
    visitor, closed, change
) -> None:
    visitor.open_page()
    before = {name: getattr(closed, name) for name in change}
    ChannelInstance.objects.update(**change)

    html = text_of(visitor.post(data={"name": "Ann", "text": "My parcel is lost"}))
    ChannelInstance.objects.update(**before)
    [key] = re.findall(r'name="client_key" value="([^"]+)"', html)
    visitor.post(data={"name": "Ann", "text": "My parcel is lost", "client_key": key})

    assert 'value="Ann"' in html
    assert "My parcel is lost</textarea>" in html
    assert WorkItem.objects.get().title == "My parcel is lost"


def test_a_chat_that_is_switched_off_invites_nobody_and_names_no_time(visitor, closed) -> None:
    visitor.open_page()
    ChannelInstance.objects.update(is_enabled=False)

    answers = [visitor.post(data={"name": "Ann", "text": "Help"}), visitor.get()]

    for html in map(text_of, answers):
        assert "We are not here at the moment." in html
        assert "We are back on" not in html
        assert "Write to us" not in html


def test_a_conversation_goes_on_after_the_chat_closed(visitor, closed) -> None:
    visitor.start("Help")
    hide(closed)

    assert "chat-log" in text_of(visitor.get())
    assert visitor.post("message/", {"text": "Still here"}).status_code in (200, 303)


@pytest.mark.parametrize(
    ("is_hidden", "shown"), [(False, True), (True, False)], ids=["shown", "hidden"]
)
def test_web_sites_are_told_whether_to_show_it(visitor, closed, is_hidden, shown) -> None:
    if is_hidden:
        hide(closed)

    answer = visitor.get("hours/")

    said = answer.json()
    assert (said["open"], said["shown"]) == (False, shown)
    assert said["opens_at"].endswith(("T09:00:00+01:00", "T09:00:00+02:00"))
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_name_that_is_not_published_yet_opens_no_closed_chat(visitor, closed) -> None:
    OperatingHours.objects.update(name="Office hours")

    assert visitor.get("hours/").json()["open"] is False
    assert "Nobody is here now." in visitor.open_page()


def test_a_chat_without_hours_is_always_open(visitor, widget) -> None:
    assert visitor.get("hours/").json() == {"open": True, "opens_at": None, "shown": True}
    assert "Nobody is here now." not in visitor.open_page()
