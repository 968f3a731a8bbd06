"""A bot that lives elsewhere, and does as badly as it is told: a real server on this machine."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from workstreams.bots.signature import is_signed

SECRET = "what the bot knows too"


@dataclass
class RemoteBot:
    """Answers with what stands first in ``plan``, the last of it again and again."""

    plan: list[Any]
    endpoint: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    badly_signed: int = 0

    def next_answer(self) -> Any:
        return self.plan.pop(0) if len(self.plan) > 1 else self.plan[0]


@contextmanager
def remote_bot(*plan: Any) -> Iterator[RemoteBot]:
    """A dict is answered as JSON, bytes as they are, a number is an error; or ``slow``,
    ``hang up``, ``huge``, ``redirect``, ``drip``."""
    bot = RemoteBot(plan=list(plan))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            bot.asked.append(json.loads(body))
            bot.keys.append(self.headers["Idempotency-Key"])
            if not _is_signed(self.headers, body):
                bot.badly_signed += 1
            _behave(self, bot.next_answer())

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    bot.endpoint = f"http://127.0.0.1:{server.server_port}/talk"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield bot
    finally:
        server.shutdown()
        server.server_close()


def _is_signed(headers: Any, body: bytes) -> bool:
    timestamp = headers["Switchyard-Timestamp"]
    return is_signed(
        secret=SECRET,
        timestamp=timestamp,
        signature=headers["Switchyard-Signature"],
        body=body,
        at=int(timestamp),
    )


def _behave(handler: BaseHTTPRequestHandler, answer: Any) -> None:
    if answer == "hang up":
        handler.connection.close()
        return
    if answer == "slow":
        time.sleep(1.5)
        answer = {"messages": ["Too late"]}
    if answer == "redirect":
        handler.send_response(302)
        handler.send_header("Location", "http://127.0.0.1:9/")
        handler.end_headers()
        return
    content, status = _content(answer)
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    # Whoever asked may have heard enough.
    with suppress(OSError):
        handler.wfile.write(content)


def _content(answer: Any) -> tuple[bytes, int]:
    if isinstance(answer, int):
        return b"", answer
    if answer == "huge":
        return b'{"messages": ["' + b"a" * 2_000_000 + b'"]}', 200
    return (answer if isinstance(answer, bytes) else json.dumps(answer).encode()), 200
