"""Two people whose usernames differ only in case travel in one document."""

from datetime import datetime
from typing import Any

import pytest

from agents.models import Agent, User
from routing import configuration
from tests.factories import share_a_username

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(now: datetime) -> list[Agent]:
    agents = share_a_username("grace", "Grace")
    configuration.publish(by=None, now=now)
    return agents


def import_(now: datetime, *people: dict[str, Any]) -> configuration.ImportReport:
    return configuration.import_document({"format": 2, "agents": [*people]}, by=None, now=now)


def test_what_is_exported_is_imported_again(shared: list[Agent], now: datetime) -> None:
    people = configuration.document(has_people=True)["agents"]

    report = import_(now, *people)

    assert [each for each in report.unchanged if "agent" in each] == ["agent Grace", "agent grace"]
    assert report.changed == []


def test_each_is_changed_as_each_is_spelled(shared: list[Agent], now: datetime) -> None:
    people = [{"username": each.username, "name": f"{each.pk} Hopper"} for each in shared]

    report = import_(now, *people)

    assert report.changed == ["agent grace", "agent Grace"]
    assert [str(Agent.objects.get(pk=each.pk)) for each in shared] == [
        each["name"] for each in people
    ]
    assert User.objects.filter(username__iexact="grace").count() == 2


def test_one_of_them_alone_is_who_is_spelled_like_that(shared: list[Agent], now: datetime) -> None:
    for agent in shared:
        import_(now, {"username": agent.username, "nickname": f"{agent.pk}"})

    assert [Agent.objects.get(pk=each.pk).nickname for each in shared] == [
        f"{each.pk}" for each in shared
    ]


@pytest.mark.parametrize(
    ("usernames", "path", "message"),
    [
        (["GRACE"], "agents.0.username", "Write it as Grace or grace: each of them is somebody"),
        (["grace", "grace"], "agents.1.username", "The name grace stands here twice."),
    ],
)
def test_who_is_meant_has_to_be_sure(
    shared: list[Agent], now: datetime, usernames: list[str], path: str, message: str
) -> None:
    with pytest.raises(configuration.InvalidDocument) as refused:
        import_(now, *({"username": each, "name": "X"} for each in usernames))

    [found] = refused.value.findings
    assert found["path"] == path
    assert found["message"].startswith(message)
