"""Axe finds nothing on the main pages, by WCAG 2.2 A and AA, in the light and in the dark."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.moves import start_chat
from tests.browser.stage import Scene, Theatre, furniture
from tests.browser.stage.cast import CHAT

EVERY_RULE: Final = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
CONTRAST: Final = {"type": "rule", "values": ["color-contrast"]}
# Who looks, at which address, and what is there when the page is complete.
PAGES: Final = {
    "sign-in": ("", "/accounts/login/", "Sign in"),
    "workstreams": ("ada", "/workstreams/", "Workstreams"),
    "workstream": ("ada", "/workstreams/1/", "Shop chat"),
    "test item": ("ada", "/workstreams/1/test-item/", "Send a test item"),
    "service configuration": ("ada", "/service-configuration/", "Service configuration"),
    "rules": ("ada", "/rules/workstreams/1/classification/", "Work classification"),
    "rule": ("ada", "/rules/workstreams/1/classification/1/1/edit/", "Gold customers"),
    "nested rule": ("ada", "/rules/workstreams/1/route-to-queue/1/1/edit/", "Important ones"),
    "routes": ("ada", "/rules/workstreams/1/route-to-queue/", "Route to queues"),
    "route": ("ada", "/rules/workstreams/1/route-to-queue/new/", "New rule"),
    "queues": ("ada", "/queues/", "Queues"),
    "queue": ("ada", "/queues/4/", "Support"),
    "agents": ("ada", "/agents/", "Agents"),
    "many agents": ("ada", "/agents/change/?all=1", "Change 2 agents"),
    "skill": ("ada", furniture.SKILL, "French"),
    "capacity profile": ("ada", furniture.PROFILE, "Chats"),
    "operating hours": ("ada", furniture.HOURS, "Shop hours"),
    "week and holidays": ("ada", f"{furniture.HOURS}edit/", "Edit operating hours"),
    "agent": ("ada", "/agents/2/", "Bob"),
    "notification templates": ("ada", "/notification-templates/", "Notification templates"),
    "notification template": ("ada", "/notification-templates/new/", "New notification template"),
    "built-in template": ("ada", "/notification-templates/1/edit/", "Chat - incoming"),
    "session templates": ("ada", "/session-templates/", "Session templates"),
    "session template": ("ada", "/session-templates/new/", "New session template"),
    "agent notifications": ("ada", "/workstreams/1/notifications/", "Agent notifications"),
    "versions": ("ada", "/configuration/versions/", "Versions"),
    "version": ("ada", "/configuration/versions/1/", "Version 1"),
    "export and import": ("ada", "/configuration/document/", "Export and import"),
    "names to map": ("ada", furniture.MISSING, "Import"),
    "dry run": ("ada", furniture.CHANGING, "Import"),
    "desk": ("bob", "/desk/", "My desk"),
    "conversation": ("bob", "/desk/1/", "My desk"),
    "automated messages": ("ada", "/automated-messages/", "Automated messages"),
    "quick replies": ("sven", "/quick-replies/", "Quick replies"),
    "message templates": ("ada", "/message-templates/", "Message templates"),
    "my quick replies": ("bob", "/desk/quick-replies/", "My quick replies"),
    "floor": ("sven", "/floor/", "Queues live"),
    "work items": ("sven", "/work-items/", "Work items"),
    "explanation": ("sven", "/work-items/3/", "Nobody came yet"),
    "chat": ("", CHAT, "Shop"),
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
COLOURS_HAVE_CHANGED: Final = """
Promise.allSettled(
  document.getAnimations().filter(each => each instanceof CSSTransition).map(each => each.finished)
)
"""


@pytest.fixture(scope="module")
def furnished(theatre: Theatre) -> Iterator[Scene]:
    """The shop on a busy day; its pages are only looked at."""
    with theatre.scene(furniture.move_in) as scene:
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
    """Everything in the light; what can differ in the dark, in the dark too."""
    barriers = find(page, EVERY_RULE)
    page.emulate_media(color_scheme="dark")
    page.locator("html[data-bs-theme=dark]").wait_for()
    page.evaluate(COLOURS_HAVE_CHANGED)
    barriers += find(page, CONTRAST)
    page.context.close()

    assert not barriers


def find(page: Page, rules: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Which rules are broken, and the elements that break them."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
