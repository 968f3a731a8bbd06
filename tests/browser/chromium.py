"""The system's Chromium, as it runs on machines without a screen and without the internet."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, sync_playwright

# The headless shell first: it does without what nobody sees of a window.
NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Pages of the browser's own, made anew behind the address bar of every window that nobody sees:
# they cost more than most pages of the product.
UNSEEN: Final = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
# A site that a story makes up has no address, and would count as far away: what runs here could not
# be in its frames.
HERE: Final = ("LocalNetworkAccessChecks",)
# Chromium takes the last list alone, so ours holds what Playwright's does.
OFF_FOR_PLAYWRIGHT: Final = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "msForceBrowserSignIn",
    "msEdgeUpdateLaunchServicesPreferredVersion",
)
FEATURES_OFF: Final = "--disable-features="
FLAGS: Final = (
    FEATURES_OFF + ",".join((*UNSEEN, *HERE, *OFF_FOR_PLAYWRIGHT)),
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser for as long as the block lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def find() -> str:
    """Where Chromium is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "No Chromium on PATH: `make chromium` installs one."
    return found
