"""Bots are added to workstreams and removed."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_workstream
from tests.factories.bots import make_assist_bot, make_bot
from tests.workstreams.bots.conftest import url
from workstreams.models import Workstream
from workstreams.terms import DistributionMode, WorkstreamType

pytestmark = pytest.mark.django_db


def test_a_bot_is_added_to_a_workstream_and_removed(admin: Client, workstream: Workstream) -> None:
    bot = make_bot("Helper")
    make_assist_bot("Whisperer")

    dialog = admin.get(url("workstream-bot", workstream.pk)).content.decode()
    assert "Helper" in dialog
    assert "Whisperer" not in dialog
    assert "Save and close" in dialog
    admin.post(url("workstream-bot", workstream.pk), {"name": bot.pk, "revision": 1})

    workstream.refresh_from_db()
    assert workstream.bot == bot
    page = admin.get(url("workstream-detail", workstream.pk)).content.decode()
    assert url("bot-detail", bot.pk) in page
    admin.post(url("workstream-bot-remove", workstream.pk))
    workstream.refresh_from_db()
    assert workstream.bot is None


def test_a_bot_that_somebody_else_put_there_meanwhile_is_not_removed_unseen(
    admin: Client, workstream: Workstream
) -> None:
    Workstream.objects.filter(pk=workstream.pk).update(bot=make_bot("Helper"), revision=7)
    page = admin.get(url("workstream-detail", workstream.pk)).content.decode()
    shown = re.findall('name="revision" value="([0-9]+)"', page)
    another = make_bot("Another")
    admin.post(url("workstream-bot", workstream.pk), {"name": another.pk, "revision": 7})

    answer = admin.post(url("workstream-bot-remove", workstream.pk), {"revision": shown[0]})

    workstream.refresh_from_db()
    assert (shown, workstream.bot, answer.status_code) == (["7"], another, 409)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"type": WorkstreamType.RECORD}, "Records have no customer"),
        ({"mode": DistributionMode.PICK}, "offered automatically"),
    ],
)
def test_pick_and_record_workstreams_have_no_bot(
    admin: Client, fields: dict[str, Any], sentence: str, record_routing: None
) -> None:
    workstream = make_workstream(**fields)

    answer = admin.post(
        url("workstream-bot", workstream.pk), {"name": make_bot().pk, "revision": 1}
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_form_of_a_workstream_without_bots_leads_back_with_the_reason(admin: Client) -> None:
    workstream = make_workstream(mode=DistributionMode.PICK)

    answer = admin.get(url("workstream-bot", workstream.pk), follow=True)

    assert answer.redirect_chain == [(f"{url('workstream-detail', workstream.pk)}#bot", 303)]
    assert "offered automatically" in answer.content.decode()


def test_bots_deleted_meanwhile_are_told_at_their_fields(
    admin: Client, workstream: Workstream
) -> None:
    one = admin.post(url("workstream-bot", workstream.pk), {"name": 99999, "revision": 1})
    many = admin.post(url("workstream-assist-bots", workstream.pk), {"bots": 99999, "revision": 1})

    assert "This bot is no longer there" in one.content.decode()
    assert "A bot you chose is no longer there" in many.content.decode()


def test_assist_bots_are_added(admin: Client, workstream: Workstream) -> None:
    bots = [make_assist_bot("A"), make_assist_bot("B")]

    admin.post(
        url("workstream-assist-bots", workstream.pk),
        {"bots": [bot.pk for bot in bots], "revision": 1},
    )

    assert list(workstream.assist_bots.all()) == bots
    assert "A" in admin.get(url("workstream-detail", workstream.pk)).content.decode()
