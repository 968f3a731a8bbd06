"""What goes wrong in a browser without anybody seeing it."""

from typing import Final

from playwright.sync_api import BrowserContext, ConsoleMessage, Response, WebError

# How Chromium and htmx log the answers by which a form shows its errors, a refusal its sentence.
REFUSALS: Final = ("with a status of 409", "with a status of 422", "Status Error Code 409")
# What was busy is asked for again by the page itself, as the servers' logs say (BUSY, servers.py).
BUSY: Final = ("with a status of 503", "Status Error Code 503", "answer: 503")


class Watch:
    """Errors of the console, where broken security policies are told, of scripts, of the server."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.expected: list[str] = [*REFUSALS, *BUSY]

    def over(self, context: BrowserContext) -> None:
        """Watch every page of the context."""
        context.on("console", self._hear)
        context.on("weberror", self._see)
        context.on("response", self._answered)

    def unexpected(self) -> list[str]:
        """The faults that the story does not bring about itself."""
        return [
            fault for fault in self.faults if not any(words in fault for words in self.expected)
        ]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _see(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"answer: {response.status} {response.url}")
