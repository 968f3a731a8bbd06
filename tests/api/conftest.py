"""Callers with tokens, and their requests."""

import json
from typing import Any

import pytest
from django.test import Client

from agents.models import Agent, User
from config.models import ApiToken


class Caller:
    """Sends JSON with a user's token, and reads JSON."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {ApiToken.issue(user)}"} if user else {}

    def __call__(
        self, method: str, path: str, body: Any = None, *, raw: bytes = b"", **headers: str
    ) -> Any:
        content = raw or (b"" if body is None else json.dumps(body).encode())
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self.client.generic(
            method,
            f"/api/v1{path}",
            content,
            content_type="application/json",
            headers={**self.headers, **named},
        )
        if response.status_code >= 400:
            assert response["content-type"] == "application/problem+json", response.content
            problem = response.json()
            assert problem["status"] == response.status_code
            assert {"type", "title", "detail"} <= problem.keys()
        return response

    def get(self, path: str) -> Any:
        return self("GET", path)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("POST", path, body, raw=b"", **headers)

    def put(self, path: str, body: Any = None) -> Any:
        return self("PUT", path, body)

    def patch(self, path: str, body: Any = None) -> Any:
        return self("PATCH", path, body)

    def delete(self, path: str) -> Any:
        return self("DELETE", path)


@pytest.fixture
def as_administrator(administrator: User) -> Caller:
    return Caller(administrator)


@pytest.fixture
def as_supervisor(supervisor: User) -> Caller:
    return Caller(supervisor)


@pytest.fixture
def as_agent(agent: Agent) -> Caller:
    return Caller(agent.user)


@pytest.fixture
def as_second_agent(second_agent: Agent) -> Caller:
    return Caller(second_agent.user)


@pytest.fixture
def as_stranger(agent_of_another_queue: Agent) -> Caller:
    return Caller(agent_of_another_queue.user)


@pytest.fixture
def as_nobody(db: None) -> Caller:
    return Caller(None)
