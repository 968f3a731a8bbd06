"""One story's view of the product: its address, and a browser window for everybody in it."""

from collections.abc import Mapping
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.browser.stage.cast import PASSWORD
from tests.browser.stage.watch import Watch

# Not a measure of the product: on a busy machine everything takes ten times as long.
PATIENCE_MILLISECONDS: Final = 90_000

# A page with all its scripts, and one that waits for some.
LOADED: Final = "document.documentElement.toggleAttribute('data-loaded', true);"
UNFINISHED: Final = "html:not([data-loaded])"


class Scene:
    """Windows by person. Those who have signed in once stay signed in, as their browsers would."""

    def __init__(self, browser: Browser, url: str, sessions: Mapping[str, StorageState]) -> None:
        self.url = url
        self.watch = Watch()
        self._browser = browser
        self._sessions = sessions
        self._contexts: list[BrowserContext] = []

    def window(self, name: str = "", path: str = "/", **options: Any) -> Page:
        """A window of a person of the cast, or of a stranger, at the address."""
        if name:
            options["storage_state"] = self.session(name)
        page = self.context(**options).new_page()
        page.goto(path)
        return page

    def session(self, name: str) -> StorageState:
        """What the browser of somebody who has signed in remembers."""
        return self._sessions[name]

    def expects(self, *words: str) -> None:
        """The story itself brings about faults with these words."""
        self.watch.expected.extend(words)

    def context(self, **options: Any) -> BrowserContext:
        """A browser without memory, watched."""
        size = {"width": 1440, "height": 900}
        options = {"viewport": size, "locale": "en-GB", "timezone_id": "UTC", **options}
        context = self._browser.new_context(base_url=self.url, **options)
        if options.get("java_script_enabled", True):
            _wait_for_scripts(context)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        self._contexts.append(context)
        self.watch.over(context)
        return context

    def sign_in(self, name: str) -> StorageState:
        """By the sign-in page; what the browser remembers afterwards."""
        page = self.window(path="/accounts/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name=name.capitalize()).wait_for()
        return page.context.storage_state()

    def end(self) -> None:
        """Nothing may have gone wrong behind anybody's back."""
        assert not self.watch.unexpected(), "\n".join(self.watch.unexpected())

    def close(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()


def _wait_for_scripts(context: BrowserContext) -> None:
    """Nobody acts on a page whose scripts are on their way: as plain HTML it does the same, but
    with another page where a story expects a dialog or a part."""
    context.add_init_script(f"addEventListener('load', () => {{ {LOADED} }})")
    context.on("page", _hold_back)


def _hold_back(page: Page) -> None:
    page.add_locator_handler(page.locator(UNFINISHED), lambda: page.wait_for_load_state())
