"""A client as integrations are: it repeats a request with its key until it is answered."""

import time
from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import httpx

PATIENCE_SECONDS: Final = 300.0
PAUSE_SECONDS: Final = 0.05
TIMEOUT_SECONDS: Final = 5.0
TRY_AGAIN: Final = frozenset({500, 502, 503, 504})


class Client:
    """Requests of one person, or of a visitor without a token."""

    def __init__(
        self,
        address: str,
        token: str = "",
        *,
        timeout: float = TIMEOUT_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.patience = patience
        self.http = httpx.Client(
            base_url=address,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=timeout,
            # Loopback only, whatever proxy the environment names.
            trust_env=False,
        )
        self.repeated = 0
        # What nobody may ever be answered.
        self.broken: list[str] = []

    def get(self, path: str) -> httpx.Response:
        """Read, again and again until there is an answer."""
        return self._insist(lambda: self.http.get(path))

    def api(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Call the API; a POST carries one key however often it has to be sent."""
        headers = {"Idempotency-Key": uuid4().hex} if method == "POST" else {}
        return self._insist(
            lambda: self.http.request(method, f"/api/v1{path}", json=body, headers=headers)
        )

    def form(self, path: str, fields: dict[str, str]) -> httpx.Response:
        """Post a form as browsers do."""
        return self._insist(lambda: self.http.post(path, data=fields))

    def close(self) -> None:
        """Give the connections back."""
        self.http.close()

    def _insist(self, request: Callable[[], httpx.Response]) -> httpx.Response:
        deadline = time.monotonic() + self.patience
        while True:
            answer: httpx.Response | httpx.TransportError
            try:
                answer = request()
                if answer.status_code not in TRY_AGAIN:
                    return answer
                if answer.status_code == 500:
                    self.broken.append(f"{answer.request.url}: {answer.text[:500]}")
            except httpx.TransportError as error:
                answer = error
            assert time.monotonic() < deadline, f"never answered: {answer!r}"
            self.repeated += 1
            time.sleep(PAUSE_SECONDS)
