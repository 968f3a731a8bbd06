"""The same POST twice: one effect, one answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from config.models import IdempotentAnswer
from routing.sweeps import purge_answers
from tests.factories import make_item, make_workstream
from workstreams.models import WorkItem

BODY = {"workstream": "Chat", "title": "Once"}


def test_the_same_key_and_body_have_one_effect(as_supervisor, workstream):
    first = as_supervisor.post("/work-items", BODY, Idempotency_Key="a")
    second = as_supervisor.post("/work-items", BODY, Idempotency_Key="a")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert WorkItem.objects.count() == 1


def test_another_body_with_the_same_key_is_refused(as_supervisor, workstream):
    as_supervisor.post("/work-items", BODY, Idempotency_Key="a")

    response = as_supervisor.post("/work-items", BODY | {"title": "Two"}, Idempotency_Key="a")

    assert response.status_code == 422
    assert response.json()["type"] == "idempotency-key-reused"


def test_keys_belong_to_their_user(as_supervisor, as_administrator, workstream):
    as_supervisor.post("/work-items", BODY, Idempotency_Key="a")
    as_administrator.post("/work-items", BODY, Idempotency_Key="a")

    assert WorkItem.objects.count() == 2


def test_a_refusal_is_repeated_too(as_agent, as_second_agent, queue):
    item = make_item(make_workstream(queue=queue, mode="pick"))
    path = f"/work-items/{item.pk}/pick"
    as_second_agent.post(path)
    first = as_agent.post(path, Idempotency_Key="a")
    WorkItem.objects.update(state="open", agent=None)

    second = as_agent.post(path, Idempotency_Key="a")

    assert first.status_code == second.status_code == 409
    assert first.json() == second.json()


def test_our_own_failure_is_not_kept(as_supervisor, workstream, monkeypatch, caplog):
    def fail(**_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("routing.api.work_items.take_in", fail)
        first = as_supervisor.post("/work-items", BODY, Idempotency_Key="a")

    second = as_supervisor.post("/work-items", BODY, Idempotency_Key="a")

    assert (first.status_code, second.status_code) == (500, 201)


def test_answers_are_forgotten_after_a_day(as_supervisor, workstream):
    as_supervisor.post("/work-items", BODY, Idempotency_Key="a")
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))

    again = as_supervisor.post("/work-items", BODY, Idempotency_Key="a")

    assert again.status_code == 201
    assert WorkItem.objects.count() == 2
    assert purge_answers.sweep(now=timezone.now() + timedelta(hours=25), limit=9) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "a\x00b"])
def test_a_wrong_key_gets_422(as_supervisor, workstream, key):
    assert as_supervisor.post("/work-items", BODY, Idempotency_Key=key).status_code == 422


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_request_at_the_same_time_has_one_effect(as_supervisor, workstream):
    def send(_: int) -> tuple[int, int]:
        try:
            response = as_supervisor.post("/work-items", BODY, Idempotency_Key="race")
            return response.status_code, response.json()["id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(8)))

    assert {status for status, _ in answers} == {201}
    assert len({item for _, item in answers}) == 1
    assert WorkItem.objects.count() == 1
