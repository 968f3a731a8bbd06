"""What people do in front of the product, by the words they read there."""

import re
from typing import Final

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.stage.cast import PASSWORD

TAB_LIMIT: Final = 80
# No answer of an element that was replaced, with the focus on it, before it could be asked.
IS_FOCUSED: Final = "each => each.isConnected ? each === document.activeElement : null"
MARK: Final = "seen"


def start_chat(page: Page, name: str, message: str) -> None:
    """A customer's first words, on the chat page."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Message").fill(message)
    page.get_by_role("button", name="Start chat").click()
    expect(page.get_by_role("log")).to_contain_text(message)


def say(page: Page, message: str) -> None:
    """A customer's next words."""
    page.get_by_label("Your message").fill(message)
    page.get_by_role("button", name="Send").click()


def reply(page: Page, customer: str, message: str) -> None:
    """An agent's words to a customer."""
    page.get_by_label(f"Reply to {customer}").fill(message)
    page.get_by_role("button", name="Send").click()


def choose_presence(page: Page, text: str) -> None:
    """An agent's own presence, in the top bar."""
    page.get_by_role("button", name=re.compile("^Presence:")).click()
    page.get_by_role("button", name=text, exact=True).click()
    expect(page.get_by_role("button", name=re.compile(f"^Presence: {text}"))).to_be_visible()


def offer_of(page: Page, customer: str) -> Locator:
    """The offer on a desk."""
    return page.get_by_role("article", name=customer)


def accept(page: Page, customer: str) -> None:
    """Take an offer; its conversation opens."""
    offer_of(page, customer).get_by_role("button", name="Accept").click()
    expect(page.get_by_label(f"Reply to {customer}")).to_be_visible()


def open_item(page: Page, title: str) -> Locator:
    """The row of an open work item on a desk."""
    items = page.get_by_role("region", name=re.compile("^Open work items")).first
    return items.get_by_role("row", name=title)


def where_it_stands(page: Page) -> Locator:
    """The line over a customer's conversation."""
    return page.get_by_role("main").get_by_role("status").last


def confirm(page: Page, label: str) -> None:
    """Say yes to the question that the product asks back."""
    page.get_by_role("alertdialog").get_by_role("button", name=label).click()


def row(page: Page, table: str, name: str) -> Locator:
    """A row of a table, by its heading."""
    rows = page.get_by_role("region", name=table).get_by_role("row")
    return rows.filter(has=page.get_by_role("rowheader", name=name))


def cell(page: Page, table: str, name: str, column: str) -> Locator:
    """The cell of a row, by the heading of its column."""
    region = page.get_by_role("region", name=table)
    region.get_by_role("columnheader", name=column, exact=True).wait_for()
    headings = region.get_by_role("columnheader").all_inner_texts()
    return row(page, table, name).locator("th, td").nth(headings.index(column))


def mark(page: Page) -> None:
    """Leave a mark that a reload would wipe out."""
    page.evaluate(f"window.{MARK} = true")


def is_unreloaded(page: Page) -> bool:
    """Whether the page is still the one that was marked."""
    return bool(page.evaluate(f"window.{MARK} === true"))


def hold(page: Page, method: str) -> list[Route]:
    """Requests that are on their way until the story lets them go."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        if route.request.method == method:
            held.append(route)
        else:
            route.fallback()

    page.route("**", keep)
    return held


def tab_to(page: Page, target: Locator) -> None:
    """Reach something with the Tab key alone."""
    for _ in range(TAB_LIMIT):
        while (is_reached := target.evaluate(IS_FOCUSED)) is None:
            continue
        if is_reached:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def sign_in_by_keyboard(page: Page, name: str) -> None:
    """Without touching the mouse."""
    tab_to(page, page.get_by_label("Username"))
    page.keyboard.type(name)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
