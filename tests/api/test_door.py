"""What every address has in common: callers, problems, methods, bodies."""

import pytest
from django.test import Client

from agents.models import User
from config.models import ApiToken
from tests.api.conftest import Caller

ITEM = {"workstream": "Chat"}


def test_an_unknown_caller_gets_401(as_nobody):
    response = as_nobody.get("/workstreams")

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["type"] == "unauthorized"


def test_a_wrong_token_gets_401(as_nobody):
    response = as_nobody("GET", "/workstreams", Authorization="Bearer nonsense")

    assert response.status_code == 401


def test_a_token_of_a_switched_off_account_gets_401(as_supervisor, supervisor):
    User.objects.filter(pk=supervisor.pk).update(is_active=False)

    assert as_supervisor.get("/workstreams").status_code == 401


def test_a_role_that_may_not_gets_403_with_a_sentence(as_agent):
    response = as_agent.get("/workstreams")

    assert response.status_code == 403
    assert "supervisors" in response.json()["detail"]


def test_permission_is_asked_before_the_body_is_read(as_agent):
    assert as_agent("POST", "/workstreams", raw=b"{").status_code == 403


@pytest.mark.parametrize(
    "path", ["/nothing", "/workstreams/999999", "/workstreams/abc", "/queues/"]
)
def test_an_unknown_address_gets_404(as_supervisor, path):
    assert as_supervisor.get(path).status_code == 404


def test_an_endless_id_gets_404(as_supervisor):
    assert as_supervisor.get(f"/workstreams/{'9' * 60}").status_code == 404
    assert as_supervisor.get(f"/workstreams/{'9' * 5000}").status_code == 404


def test_nul_in_an_address_gets_404_and_in_a_query_422(as_supervisor):
    assert as_supervisor.get("/agents/a%00b").status_code == 404
    assert as_supervisor.get("/work-items?queue=%00").status_code == 422


def test_a_wrong_method_gets_405(as_supervisor):
    response = as_supervisor("DELETE", "/work-items")

    assert response.status_code == 405
    assert response["Allow"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"workstream": "\\ud800"}',
        b'{"workstream": "Chat", "title": "\\u0000"}',
        b'{"workstream": "Chat", "context": {"\\u0000": 1}}',
        b'{"workstream": "Chat", "context": {"a": 1e400}}',
        b'{"workstream": "Chat", "context": {"a": NaN}}',
        b'{"workstream": "Chat", "context": {"a": ' + b"9" * 30 + b"}}",
        b'{"workstream": "Chat", "context": ' + b"[" * 5000,
        b'{"workstream": 7}',
    ],
)
def test_a_malformed_body_gets_422(as_supervisor, workstream, raw):
    response = as_supervisor("POST", "/work-items", raw=raw)

    assert response.status_code == 422
    assert response.json()["errors"]


def test_an_unknown_field_is_refused_by_name(as_supervisor, workstream):
    response = as_supervisor.post("/work-items", ITEM | {"colour": "red"})

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == ["colour"]


def test_too_big_a_body_gets_413(as_supervisor, workstream):
    response = as_supervisor("POST", "/work-items", raw=b'"' + b"x" * 11_000_000 + b'"')

    assert response.status_code == 413


def test_a_session_needs_the_csrf_token(supervisor, workstream):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(supervisor)

    reads = browser.get("/api/v1/workstreams")
    refused = browser.post("/api/v1/work-items", ITEM, content_type="application/json")

    assert reads.status_code == 200
    assert refused.status_code == 403
    assert refused["content-type"] == "application/problem+json"


def test_a_session_with_the_csrf_token_may_write(administrator, workstream):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(administrator)
    browser.cookies["csrftoken"] = "a" * 32

    response = browser.post(
        "/api/v1/skills",
        {"name": "French"},
        content_type="application/json",
        headers={"X-CSRFToken": "a" * 32},
    )

    assert response.status_code == 201


def test_an_unforeseen_error_is_a_problem_too(as_supervisor, monkeypatch, caplog):
    def fail(*args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("workstreams.api.workstreams.page_of", fail)

    response = as_supervisor.get("/workstreams")

    assert response.status_code == 500
    assert "secret" not in response.content.decode()
    assert "api error" in caplog.text


def test_a_token_is_kept_as_a_digest_only(supervisor):
    token = ApiToken.issue(supervisor)

    assert not ApiToken.objects.filter(digest=token).exists()
    assert Caller(supervisor).get("/queues").status_code == 200
