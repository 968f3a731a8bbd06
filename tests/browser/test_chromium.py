"""The browser of the stories is Playwright's, but for what nobody sees and what is made up."""

from contextlib import suppress

import psutil
from playwright.sync_api import Browser

from tests.browser.chromium import FEATURES_OFF, HERE, UNSEEN


def test_what_playwright_turns_off_is_off_besides_what_is_ours(browser: Browser) -> None:
    theirs, *_, ours = [
        set(argument.removeprefix(FEATURES_OFF).split(","))
        for argument in command_of_chromium()
        if argument.startswith(FEATURES_OFF)
    ]

    assert ours == theirs | set(UNSEEN) | set(HERE)


def command_of_chromium() -> list[str]:
    """How the browser was started: the process of its family that has no type, or what began it."""
    commands: list[list[str]] = []
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            commands.append(each.cmdline())
    command, *_ = [
        command
        for command in commands
        if any(argument.startswith(FEATURES_OFF) for argument in command)
        and not any(argument.startswith("--type=") for argument in command)
    ]
    return command
