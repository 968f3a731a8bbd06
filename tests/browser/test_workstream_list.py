"""An administrator commands workstreams that are selected in the list."""

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

SHOP: Final = "Shop chat"


def commands(page: Page) -> Locator:
    """The bar over the list."""
    return page.get_by_role("form", name="Commands for selected workstreams")


def select(page: Page, *names: str) -> None:
    """Tick the boxes of these rows."""
    for name in names:
        page.get_by_role("checkbox", name=f"Select {name}", exact=True).check()


def test_a_selected_workstream_is_copied_and_one_in_use_stays(administrator):
    page = administrator
    select(page, SHOP)
    commands(page).get_by_role("button", name="Copy").click()
    dialog = page.get_by_role("dialog", name=f"Copy “{SHOP}”")
    dialog.get_by_role("button", name="Copy workstream").click()

    copy = f"Copy of {SHOP}"
    expect(page.get_by_role("heading", name=copy, level=1)).to_be_visible()
    expect(page.get_by_text(re.compile("not copied"))).to_be_visible()

    page.goto("/workstreams/")
    select(page, SHOP, copy)
    commands(page).get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog", name="Delete 2 workstreams")
    dialog.get_by_role("button", name="Delete", exact=True).click()

    expect(dialog.get_by_text(f"“{copy}” deleted.")).to_be_visible()
    expect(dialog.get_by_role("link", name=re.compile("^Channel instance"))).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("rowheader", name=copy)).to_be_hidden()
    expect(page.get_by_role("rowheader", name=SHOP, exact=True)).to_be_visible()


def test_without_a_selection_the_commands_say_so(administrator):
    commands(administrator).get_by_role("button", name="Fallback queue").click()

    expect(administrator.get_by_text("Select a workstream first.")).to_be_visible()
