"""The pages of customers, as screen readers and keyboards find them.

Apart from the stories: its scene lasts for the whole file, and there is one stage.
"""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Scene, Theatre, furniture
from tests.browser.stage.cast import CHAT
from tests.browser.test_accessibility import look_for_barriers
from tests.browser.test_customers import know_carla
from workstreams.models import Contact, WorkItem

# Who looks, at which address, and what is there when the page is complete.
PAGES: Final = {
    "contact": ("sven", "/contacts/1/", "Carla Miller"),
    "account": ("sven", "/accounts/1/", "Fabrikam"),
    "record": ("sven", "/records/1/", "Late parcel"),
    "identification rule": ("ada", "/identification/1/edit/", "Contact by answers"),
    "survey": ("ada", "/workstreams/1/channel-instances/1/survey/", "Pre-conversation survey"),
    "uses": ("ada", "/workstreams/1/context-variables/1/uses/", "Where “topic” is used"),
    "customer": ("bob", "/desk/1/customer/", "Customer and case"),
    "chat": ("", CHAT, "Shop"),
}


@pytest.fixture(scope="module")
def furnished(theatre: Theatre) -> Iterator[Scene]:
    """The shop on a busy day, with customers; its pages are only looked at."""
    with theatre.scene(move_in_with_customers) as scene:
        # What an agent has goes back when nobody has seen him for minutes.
        scene.window("bob", "/desk/")
        yield scene


def move_in_with_customers() -> None:
    """Carla is known, and talks to Bob."""
    know_carla()
    furniture.move_in()
    carla = Contact.objects.get()
    WorkItem.objects.filter(pk=1).update(contact=carla, account=carla.account)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier(furnished, name):
    person, path, heading = PAGES[name]
    page = furnished.window(person, path)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)

    look_for_barriers(page)


def test_agents_find_customers_by_keyboard(furnished):
    page = furnished.window("bob", "/desk/1/customer/")
    page.get_by_role("searchbox").fill("lat")
    page.keyboard.press("Enter")

    found = page.get_by_role("dialog").get_by_role("button", name="Link Late parcel")
    expect(found).to_be_visible()
