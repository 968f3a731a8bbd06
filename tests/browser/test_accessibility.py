"""Axe finds nothing on pages in states of their own, nor in dialogs.

Every page as it comes is looked at in ``test_every_page``.
"""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import find_barriers
from tests.browser.moves import start_chat
from tests.browser.stage import Scene, Theatre, furniture
from tests.browser.stage.cast import CHAT

# Who looks, at which address, and what is there when the page is complete.
PAGES: Final = {
    "sign-in": ("", "/accounts/login/", "Sign in"),
    "workstream": ("ada", "/workstreams/1/", "Shop chat"),
    "service configuration": ("ada", "/service-configuration/", "Service configuration"),
    "rule": ("ada", "/rules/workstreams/1/classification/1/1/edit/", "Gold customers"),
    "nested rule": ("ada", "/rules/workstreams/1/route-to-queue/1/1/edit/", "Important ones"),
    "queue": ("ada", "/queues/4/", "Support"),
    "many agents": ("ada", "/agents/change/?all=1", "Change 2 agents"),
    "operating hours": ("ada", furniture.HOURS, "Shop hours"),
    "week and holidays": ("ada", f"{furniture.HOURS}edit/", "Edit operating hours"),
    "agent": ("ada", "/agents/2/", "Bob"),
    "built-in template": ("ada", "/notification-templates/1/edit/", "Chat - incoming"),
    "version": ("ada", "/configuration/versions/1/", "Version 1"),
    "names to map": ("ada", furniture.MISSING, "Import"),
    "dry run": ("ada", furniture.CHANGING, "Import"),
    "desk": ("bob", "/desk/", "My desk"),
    "conversation": ("bob", "/desk/1/", "My desk"),
    "automated messages": ("ada", "/automated-messages/", "Automated messages"),
    "floor": ("sven", "/floor/", "Queues live"),
    "work items": ("sven", "/work-items/", "Work items"),
    "explanation": ("sven", "/work-items/3/", "Nobody came yet"),
}
DIALOGS: Final = {
    "new workstream": ("ada", "/workstreams/", "New workstream"),
    "work distribution": ("ada", "/workstreams/1/", "See more"),
    "edit chat": ("ada", "/workstreams/1/", "Edit Shop"),
    "new template": ("ada", "/notification-templates/", "New notification template"),
    "new agent": ("ada", "/agents/", "New agent"),
    "add hours": ("ada", furniture.HOURS, "Add hours"),
    "assign": ("sven", "/floor/", "Assign: Nobody came yet"),
    "new quick reply": ("sven", "/quick-replies/", "New quick reply"),
    "edit automated message": ("ada", "/automated-messages/", "Edit Agent joined the conversation"),
    "new message template": ("ada", "/message-templates/", "New message template"),
    "transfer": ("bob", "/desk/1/", "Transfer"),
}


@pytest.fixture(scope="module")
def furnished(theatre: Theatre) -> Iterator[Scene]:
    """The shop on a busy day; its pages are only looked at."""
    with theatre.scene(furniture.move_in) as scene:
        # What an agent has goes back when nobody has seen him for minutes.
        scene.window("bob", "/desk/")
        yield scene


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier(furnished, name):
    person, path, heading = PAGES[name]
    page = furnished.window(person, path)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)

    look_for_barriers(page)


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_has_no_barrier(furnished, name):
    person, path, opener = DIALOGS[name]
    page = furnished.window(person, path)
    page.get_by_role("link", name=opener, exact=True).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()

    look_for_barriers(page)


def test_a_chat_has_no_barrier(furnished):
    page = furnished.window(path=CHAT)
    start_chat(page, "Carla", "Can you read this?")

    look_for_barriers(page)


def look_for_barriers(page: Page) -> None:
    """The page has none; it is closed afterwards."""
    barriers = find_barriers(page)
    page.context.close()

    assert not barriers
