"""A bot is tried without work."""

import pytest
from django.test import Client

from tests.factories.bots import make_assist_bot, make_bot
from tests.workstreams.bots.conftest import url
from workstreams.models import WorkItem

pytestmark = pytest.mark.django_db


def test_a_bot_is_tried_without_work(admin: Client) -> None:
    bot = make_bot()

    first = admin.post(url("bot-try", bot.pk), {"text": "When are you open?"})
    second = admin.post(
        url("bot-try", bot.pk),
        {"text": "refund", "so_far": first.context["trial"]["so_far"]},
    )

    shown = second.content.decode()
    assert "Hello, I am the helper." in shown
    assert "From 9 to 5." in shown
    assert "Variables: topic = refund" in shown
    assert "People would go on here." in shown
    assert not WorkItem.objects.exists()


def test_the_trial_is_one_fragment(admin: Client) -> None:
    bot = make_assist_bot()

    answer = admin.post(
        url("bot-try", bot.pk), {"text": "My parcel"}, headers={"HX-Request": "true"}
    )

    assert answer.content.decode().count('id="bot-try"') == 1
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("so_far", ["", "strange", "a" * 100_000])
def test_a_strange_trial_begins_anew(admin: Client, so_far: str) -> None:
    bot = make_bot()

    answer = admin.post(url("bot-try", bot.pk), {"text": "open", "so_far": so_far})

    assert answer.status_code == 200
