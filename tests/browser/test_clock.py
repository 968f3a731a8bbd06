"""Hours are told by the reader's own clock, countdowns by no clock that anybody sets."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.bare import Bare

HOUR = '<time datetime="2026-03-02T22:30:00+00:00" data-clock>22:30 UTC</time>'
TWO_MINUTES: Final = timedelta(minutes=2)
AN_HOUR: Final = timedelta(hours=1)
COUNTING: Final = re.compile(r"^(2:00|1:\d\d)$")
# Firefox notes once when its own time begins, and that stands still while the machine sleeps.
SLEPT_BEFORE: Final = """
const origin = performance.timeOrigin - 8 * 3600 * 1000;
Object.defineProperty(performance, "timeOrigin", { value: origin });
"""
# The clock of the machine: set, or gone on through a sleep in which the stopwatch stood still.
JUMPS: Final = """
window.jump = 0;
const unmoved = Date.now;
Date.now = () => unmoved() + jump;
"""


@pytest.fixture
def counting(bare: Bare) -> Page:
    """A page with a countdown of two minutes, in a browser whose clock jumps an hour ahead."""
    bare.page.add_init_script(JUMPS)
    page = count_down(bare)
    page.evaluate("jump = 3600 * 1000")
    bare.next("/live/clock")
    return page


def count_down(bare: Bare) -> Page:
    bare.server_time = datetime.now(UTC)
    deadline = bare.server_time + TWO_MINUTES
    page = bare.show(f'<time data-deadline="{deadline.isoformat()}">2:00</time>')
    page.wait_for_load_state()
    return page


def say(bare: Bare, now: datetime) -> None:
    """The server's answer."""
    bare.answer(json.dumps({"now": now.isoformat()}), to="/live/clock")


def test_the_hour_of_a_message_is_that_of_its_reader(browser: Browser):
    context = browser.new_context(timezone_id="Europe/Berlin")
    page = Bare(context.new_page()).show(HOUR)

    expect(page.locator("time")).to_have_text("2 Mar, 23:30")
    context.close()


def test_a_countdown_is_right_though_the_machine_slept_since_the_browser_started(bare):
    bare.page.add_init_script(SLEPT_BEFORE)

    page = count_down(bare)

    expect(page.locator("time")).to_have_text(COUNTING)
    expect(page.locator("[data-passed]")).to_have_count(0)


def test_a_clock_that_is_set_ends_no_countdown(bare, counting):
    assert counting.locator("[data-passed]").count() == 0

    say(bare, datetime.now(UTC))

    expect(counting.locator("time")).to_have_text(COUNTING)
    expect(counting.locator("[data-passed]")).to_have_count(0)


def test_how_late_it_is_after_a_sleep_the_server_says(bare, counting):
    say(bare, datetime.now(UTC) + AN_HOUR)

    expect(counting.locator("[data-passed]")).to_have_text("0:00")
