"""Pictures of the main pages, for people: ``python -m tests.browser.screenshots FOLDER``.

Wide and narrow, light and dark, of a running demo (``make run``); no test.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, StorageState

from tests.browser.chromium import open_browser

SIZES: Final = {"wide": (1440, 900), "narrow": (390, 844)}
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
SETTLED_MILLISECONDS: Final = 700  # the stream's first news have come
# Name of the picture: who looks, and the address; "> words" follows the link with these words.
PAGES: Final = {
    "sign-in": ("", "/accounts/login/"),
    "workstreams": ("admin", "/workstreams/"),
    "workstream-dialog": ("admin", "/workstreams/ > New workstream"),
    "workstream": ("admin", "/workstreams/1/"),
    "rule": ("admin", "/workstreams/1/ > New rule"),
    "queues": ("admin", "/queues/"),
    "queue": ("admin", "/queues/4/"),
    "agents": ("admin", "/agents/"),
    "skills": ("admin", "/skills/"),
    "presences": ("admin", "/presences/"),
    "operating-hours": ("admin", "/operating-hours/"),
    "versions": ("admin", "/configuration/versions/"),
    "floor": ("supervisor", "/floor/"),
    "work-items": ("supervisor", "/work-items/"),
    "explanation": ("supervisor", "/work-items/1/"),
    "desk": ("amira", "/desk/"),
    "chat": ("", "/chat/support/"),
}


def main() -> None:
    """Read the command line, then take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base-url", default="http://127.0.0.1:8000")
    parser.add_argument("--password", default="demo")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with open_browser() as browser:
        people = sorted({person for person, _ in PAGES.values() if person})
        sessions = {
            person: sign_in(browser, given.base_url, person, given.password) for person in people
        }
        for size in SIZES:
            for theme in THEMES:
                take_all(browser, given.base_url, sessions, given.folder, size=size, theme=theme)


def sign_in(browser: Browser, base_url: str, person: str, password: str) -> StorageState:
    """By the sign-in page, once for each person."""
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(person)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    state = context.storage_state()
    context.close()
    return state


def take_all(
    browser: Browser,
    base_url: str,
    sessions: Mapping[str, StorageState],
    folder: Path,
    *,
    size: str,
    theme: Literal["light", "dark"],
) -> None:
    """Every page in one size and theme."""
    width, height = SIZES[size]
    for name, (person, address) in PAGES.items():
        context = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            storage_state=sessions.get(person),
        )
        page = context.new_page()
        open_at(page, address)
        page.screenshot(path=folder / f"{name}-{size}-{theme}.png", full_page=True)
        context.close()


def open_at(page: Page, address: str) -> None:
    """The page, or what a link on it leads to."""
    path, _, link = address.partition(" > ")
    page.goto(path)
    if link:
        page.get_by_role("link", name=link).first.click()
    page.wait_for_timeout(SETTLED_MILLISECONDS)


if __name__ == "__main__":
    main()
