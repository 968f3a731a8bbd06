"""What operators and Prometheus read."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from config.models import ApiToken, Heartbeat
from tests.factories import make_item, make_user

ELSEWHERE = "203.0.113.7"
COUNTED_QUERIES = 8


@pytest.fixture
def everything_runs(db: None) -> None:
    """A router and a worker whose beats do not grow old, however long it takes to ask."""
    for process in ("router", "worker"):
        at = datetime.now(UTC) + timedelta(hours=1)
        Heartbeat.objects.create(process=process, name="here", at=at)


def reasons(client: Client) -> list[str]:
    response = client.get("/readyz")
    assert response.status_code == 503
    found: list[str] = response.json()["reasons"]
    return found


def test_a_living_process_says_so_without_the_database(client) -> None:
    assert client.get("/livez").json() == {"live": True}


def test_all_is_ready_when_everything_runs(client, everything_runs) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"ready": True, "reasons": []})


def test_missing_processes_are_named(client, db) -> None:
    assert reasons(client) == ["No router is running.", "No worker is running."]


def test_a_silent_process_is_named_with_its_silence(client, everything_runs) -> None:
    Heartbeat.objects.filter(process="worker").update(at=datetime.now(UTC) - timedelta(seconds=40))

    [reason] = reasons(client)
    silence = re.fullmatch(r"The worker has given no sign of life for (\d+) seconds\.", reason)
    assert silence is not None
    assert 40 <= int(silence[1]) < 600


def test_a_second_worker_that_lives_is_enough(client, everything_runs) -> None:
    Heartbeat.objects.create(
        process="worker", name="gone", at=datetime.now(UTC) - timedelta(hours=1)
    )

    assert client.get("/readyz").status_code == 200


def test_unapplied_migrations_are_named(client, everything_runs) -> None:
    MigrationRecorder(connection).record_unapplied("agents", "0001_initial")

    assert reasons(client) == ["1 migrations are not applied, agents.0001_initial the first."]


def test_a_database_that_is_away_is_a_reason_and_no_error(client, monkeypatch) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("connection to 10.0.0.3 refused")

    monkeypatch.setattr("config.health.MigrationRecorder", refuse)
    monkeypatch.setattr("config.health.connection.close", lambda: None)

    assert reasons(client) == ["The database does not answer."]


def test_metrics_count_what_waits_and_who_is_there(client, agent, workstream) -> None:
    now = datetime.now(UTC)
    make_item(workstream, at=now - timedelta(hours=1), put_back_at=now - timedelta(seconds=90))

    text = client.get("/metrics").content.decode()

    assert 'switchyard_waiting_items{queue="Support"} 1.0' in text
    [wait] = re.findall(r'switchyard_oldest_wait_seconds\{queue="Support"\} (\S+)', text)
    assert 90 <= float(wait) < 3600
    assert 'switchyard_unfinished_items{state="open"} 1.0' in text
    assert 'switchyard_agents{base_presence="available"} 1.0' in text
    assert "switchyard_pending_offers 0.0" in text
    assert "switchyard_event_feed_lag_seconds" in text


def test_a_scrape_costs_the_same_for_any_number_of_queues(
    client, workstream, django_assert_num_queries
) -> None:
    with django_assert_num_queries(COUNTED_QUERIES):
        client.get("/metrics")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic YTpi"}],
    ids=["nothing", "a wrong token", "another scheme"],
)
def test_strangers_from_elsewhere_get_no_numbers(client, db, headers) -> None:
    response = client.get("/metrics", REMOTE_ADDR=ELSEWHERE, headers=headers)

    assert response.status_code == 401
    assert b"switchyard" not in response.content


def test_a_proxy_on_this_machine_opens_nothing(client, db) -> None:
    response = client.get("/metrics", headers={"X-Forwarded-For": ELSEWHERE})

    assert response.status_code == 401


@pytest.mark.parametrize(
    ("role", "answer"), [("administrator", 200), ("supervisor", 200), ("agent", 401)]
)
def test_a_token_of_a_supervisor_opens_them(client, db, role, answer) -> None:
    token = ApiToken.issue(make_user(role=role))
    headers = {"Authorization": f"Bearer {token}"}

    assert client.get("/metrics", REMOTE_ADDR=ELSEWHERE, headers=headers).status_code == answer


def test_the_command_prints_a_token_that_is_stored_as_a_digest(supervisor) -> None:
    printed = io.StringIO()

    call_command("api_token", "sven", stdout=printed)

    token = ApiToken.objects.get(user=supervisor)
    assert token.digest == ApiToken.digest_of(printed.getvalue().strip())


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 API tokens"), (1, "1 API token"), (2, "2 API tokens")]
)
def test_the_command_takes_tokens_back(client, supervisor, administrator, count, told) -> None:
    tokens = [ApiToken.issue(supervisor) for _ in range(count)]
    ApiToken.issue(administrator)
    printed = io.StringIO()

    call_command("api_token", "sven", "--revoke", stdout=printed)

    assert printed.getvalue() == f"{told} of sven revoked.\n"
    assert [each.user for each in ApiToken.objects.all()] == [administrator]
    for token in tokens:
        headers = {"Authorization": f"Bearer {token}"}
        assert client.get("/api/v1/queues", headers=headers).status_code == 401


def test_the_command_knows_who_exists_and_is_enabled(supervisor) -> None:
    with pytest.raises(CommandError, match="Nobody signs in as nobody"):
        call_command("api_token", "nobody")

    supervisor.is_active = False
    supervisor.save()
    with pytest.raises(CommandError, match="disabled"):
        call_command("api_token", "sven")
