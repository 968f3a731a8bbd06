"""Hours are told by the reader's own clock."""

from playwright.sync_api import Browser, expect

from tests.browser.bare import Bare

HOUR = '<time datetime="2026-03-02T22:30:00+00:00" data-clock>22:30 UTC</time>'


def test_the_hour_of_a_message_is_that_of_its_reader(browser: Browser):
    context = browser.new_context(timezone_id="Europe/Berlin")
    page = Bare(context.new_page()).show(HOUR)

    expect(page.locator("time")).to_have_text("2 Mar, 23:30")
    context.close()
