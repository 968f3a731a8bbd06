"""Ask a bot that lives somewhere else, over HTTP."""

import json
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx

from workstreams.bots.signature import SIGNATURE, TIMESTAMP, sign

TIMEOUT_SECONDS: Final = 10.0
ANSWER_BYTES: Final = 512 * 1024


class BotUnreachable(Exception):
    """A bot that did not answer; the text says how, for the agent."""


def post(
    *, endpoint: str, secret: str, document: Mapping[str, Any], key: str, timestamp: int
) -> bytes:
    """The body of the bot's answer. BotUnreachable.

    Signed with the secret; ``key`` is the same when the same question is asked again. Neither
    redirects nor the proxies of the environment are followed: only the registered address
    is told about customers.
    """
    body = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Switchyard",
        "Idempotency-Key": key,
        TIMESTAMP: str(timestamp),
        SIGNATURE: sign(secret=secret, timestamp=timestamp, body=body),
    }
    deadline = time.monotonic() + TIMEOUT_SECONDS
    try:
        with (
            httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False) as client,
            client.stream("POST", endpoint, content=body, headers=headers) as response,
        ):
            return _read(response, deadline)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        is_slow = isinstance(error, httpx.TimeoutException)
        sentence = "It did not answer in time." if is_slow else "It could not be reached."
        raise BotUnreachable(sentence) from error


def _read(response: httpx.Response, deadline: float) -> bytes:
    """A bot may neither drip for ever nor flood."""
    if not response.is_success:
        raise BotUnreachable(f"It answered with the error {response.status_code}.")
    found = bytearray()
    for chunk in response.iter_bytes():
        found += chunk
        if len(found) > ANSWER_BYTES:
            raise BotUnreachable("Its answer is too long.")
        if time.monotonic() > deadline:
            raise BotUnreachable("It did not answer in time.")
    return bytes(found)
