"""What axe finds on a page, by WCAG 2.2 A and AA, in the light and in the dark."""

from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

Barriers = list[tuple[str, list[str]]]

EVERY_RULE: Final = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
OTHERWISE_IN_THE_DARK: Final = {"type": "rule", "values": ["color-contrast", "target-size"]}
COLOURS_HAVE_CHANGED: Final = """
Promise.allSettled(
  document.getAnimations().filter(each => each instanceof CSSTransition).map(each => each.finished)
)
"""
# Which rules are broken, and the elements that break them.
BROKEN: Final = """
rules => axe.run({runOnly: rules, resultTypes: ["violations"]}).then(
  found => found.violations.map(({id, nodes}) => [id, nodes.map(({html}) => html)])
)
"""


def find_barriers(page: Page) -> Barriers:
    """By every rule in the light; by those that can differ in the dark, in the dark too."""
    page.evaluate(AXE_SCRIPT)
    return [*_broken(page, EVERY_RULE), *_broken_in_the_dark(page)]


def _broken_in_the_dark(page: Page) -> Barriers:
    """The colours of the dark are there at once: every picture on the way to them costs time."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.locator("html[data-bs-theme=dark]").wait_for()
    page.evaluate(COLOURS_HAVE_CHANGED)
    found = _broken(page, OTHERWISE_IN_THE_DARK)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return found


def _broken(page: Page, rules: dict[str, Any]) -> Barriers:
    found: Barriers = page.evaluate(BROKEN, rules)
    return found
