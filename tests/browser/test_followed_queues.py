"""The pages of an agent follow the queues that the agent serves."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.moves import is_unreloaded, mark
from tests.browser.stage import cast

TICKETS = re.compile("/live/ticket")


@pytest.mark.parametrize("path", ["/desk/", "/inbox/?view=open"])
def test_an_open_page_shows_the_work_of_a_queue_that_its_agent_joins(scene, path):
    cast.serves("alice")
    cast.asks_to_be_called("Dora", "Call me at noon")
    page = scene.window("alice", path)
    expect_nothing_of(page, "Call me at noon")
    mark(page)

    with page.expect_response(TICKETS):
        cast.serves("alice", "Support")
    expect(page.get_by_role("row", name="Call me at noon")).to_be_visible()
    cast.asks_to_be_called("Erik", "Call me at one")

    expect(page.get_by_role("row", name="Call me at one")).to_be_visible()
    assert is_unreloaded(page)


def expect_nothing_of(page: Page, title: str) -> None:
    """Its live updates are on, and it does not list this."""
    expect(page.locator("html[data-live=on]")).to_be_attached()
    expect(page.get_by_role("row", name=title)).to_have_count(0)
