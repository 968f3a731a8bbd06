"""Bots are registered, added to workstreams, and tried."""

from datetime import datetime

import pytest
from django.test import Client

from agents.models import User
from config.secret_store import reveal
from tests.factories import make_workstream
from tests.factories.bots import make_bot, with_bot
from tests.scenarios import arrive
from tests.workstreams.bots.conftest import url
from workstreams.models import Bot, BotConversation, WorkItem, Workstream
from workstreams.terms import BotKind
from workstreams.views.bots import BotPages

pytestmark = pytest.mark.django_db


FORM = {
    "name": "Helper",
    "kind": "scripted",
    "purpose": "conversation",
    "is_enabled": "on",
    "greeting": "Hello",
    "fallback": "What?",
    "misunderstandings": "3",
    "escalation": "One moment.",
    "rule_1_words": "refund, money back",
    "rule_1_reply": "I pass you on.",
    "rule_1_set": "topic = refund\nurgency = 2",
    "rule_1_then": "escalate",
}


def test_a_scripted_bot_is_registered_with_its_rules(admin: Client) -> None:
    answer = admin.post(url("bot-create"), FORM)

    bot = Bot.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == url("bot-detail", bot.pk)
    assert bot.script == {
        "greeting": "Hello",
        "fallback": "What?",
        "misunderstandings": 3,
        "escalation": "One moment.",
        "rules": [
            {
                "words": ["refund", "money back"],
                "reply": "I pass you on.",
                "set": {"topic": "refund", "urgency": 2},
                "then": "escalate",
            }
        ],
    }


def test_the_form_shows_what_was_saved_and_room_for_two_rules(admin: Client) -> None:
    bot = make_bot()

    page = admin.get(url("bot-edit", bot.pk)).content.decode()

    assert 'value="refund, money back"' in page
    assert "topic = refund" in page
    assert "rule_5_words" in page


def test_a_rule_without_words_goes_away(admin: Client) -> None:
    bot = make_bot()

    admin.post(url("bot-edit", bot.pk), {**FORM, "rule_1_words": " ", "loaded_version": "1"})

    bot.refresh_from_db()
    assert bot.script["rules"] == []


def test_an_assist_bot_is_registered_with_its_suggestions(admin: Client) -> None:
    cards = {"card_1_words": "refund", "card_1_title": "Refunds", "card_1_url": "https://kb/1"}

    admin.post(url("bot-create"), {**FORM, "purpose": "assist", **cards})

    assert Bot.objects.get().script == {
        "rules": [{"words": ["refund"], "title": "Refunds", "text": "", "url": "https://kb/1"}]
    }


def test_a_webhook_bot_keeps_its_secret_to_itself(admin: Client) -> None:
    secret = "a secret of the bot"
    form = {**FORM, "kind": "webhook", "endpoint": "https://bot.example/", "secret": secret}

    admin.post(url("bot-create"), form)

    bot = Bot.objects.get()
    assert reveal(bot.secret) == secret
    assert bot.script == {}
    for page in ("bot-detail", "bot-edit"):
        shown = admin.get(url(page, bot.pk)).content.decode()
        assert secret not in shown
        assert bot.secret not in shown
        assert "A secret is stored" in shown


def test_a_new_secret_is_shown_once(admin: Client) -> None:
    bot = make_bot(kind=BotKind.WEBHOOK)

    shown = admin.post(url("bot-secret", bot.pk)).content.decode()

    bot.refresh_from_db()
    assert reveal(bot.secret) in shown
    assert reveal(bot.secret) not in admin.get(url("bot-detail", bot.pk)).content.decode()


@pytest.mark.parametrize(
    ("endpoint", "sentence"),
    [
        ("", "needs the address"),
        ("http://bot.example/", "begins with https"),
        ("ftp://bot.example/", "begins with https"),
        ("https://ada:secret@bot.example/", "no user name"),
        ("https:///nowhere", "no address"),
        ("https://bot.example/ with spaces", "no spaces"),
        ("http://127.0.0.1.bot.example/", "begins with https"),
    ],
)
def test_an_address_that_is_not_safe_is_refused(
    admin: Client, endpoint: str, sentence: str
) -> None:
    answer = admin.post(url("bot-create"), {**FORM, "kind": "webhook", "endpoint": endpoint})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Bot.objects.exists()


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9/", "http://[::1]/", "http://localhost/"])
def test_this_machine_needs_no_certificate(admin: Client, endpoint: str) -> None:
    admin.post(url("bot-create"), {**FORM, "kind": "webhook", "endpoint": endpoint})

    assert Bot.objects.get().endpoint == endpoint


def test_a_stale_form_shows_both_values(admin: Client) -> None:
    bot = make_bot("Helper")
    Bot.objects.update(revision=2, name="Renamed")

    answer = admin.post(url("bot-edit", bot.pk), {**FORM, "loaded_version": "1"})

    assert answer.status_code == 422
    assert Bot.objects.get().name == "Renamed"


def test_a_secret_is_not_shown_in_a_conflict_but_asked_for_again(admin: Client) -> None:
    bot = make_bot(kind=BotKind.WEBHOOK)
    Bot.objects.update(revision=2)
    secret = "typed a moment ago"
    form = {**FORM, "kind": "webhook", "endpoint": "https://b.example/", "secret": secret}

    answer = admin.post(url("bot-edit", bot.pk), {**form, "loaded_version": "1"})

    assert answer.status_code == 422
    assert secret not in answer.content.decode()
    assert "type it again below" in answer.content.decode()


def test_a_name_that_is_taken_is_refused(admin: Client) -> None:
    make_bot("helper")

    answer = admin.post(url("bot-create"), FORM)

    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors


def test_a_bot_in_use_is_not_deleted(admin: Client, workstream: Workstream) -> None:
    bot = make_bot()
    with_bot(workstream, bot)

    answer = admin.post(url("bot-delete", bot.pk))

    assert answer.status_code == 409
    assert url("workstream-detail", workstream.pk) in answer.content.decode()


def test_a_bot_that_talked_stays_for_its_history(
    admin: Client, workstream: Workstream, now: datetime
) -> None:
    bot = make_bot("Helper")
    item = WorkItem.objects.create(
        workstream=workstream,
        kind="conversation",
        channel="live_chat",
        queue=workstream.fallback_queue,
        is_pushed=True,
        created_at=now,
        waiting_since=now,
        last_activity_at=now,
        state_changed_at=now,
    )
    BotConversation.objects.create(
        item=item, bot=bot, outcome="ended", started_at=now, last_message_at=now, ended_at=now
    )

    admin.post(url("bot-delete", bot.pk))

    assert not Bot.objects.exists()
    assert Bot.with_deleted.get().name == "Helper"
    assert admin.post(url("bot-create"), FORM).status_code == 303


def test_a_bot_is_switched_off_and_on(admin: Client) -> None:
    bot = make_bot()

    admin.post(url("bot-switch", bot.pk), {"on": "0"})

    bot.refresh_from_db()
    assert not bot.is_enabled
    assert bot.revision == 2


def test_supervisors_read_and_agents_do_not(client: Client, supervisor: User) -> None:
    bot = make_bot()
    client.force_login(supervisor)

    assert client.get(url("bot-detail", bot.pk)).status_code == 200
    assert client.post(url("bot-switch", bot.pk)).status_code == 403
    assert client.post(url("bot-try", bot.pk)).status_code == 403


def test_the_list_costs_the_same_however_many_bots(admin: Client, django_assert_max_num_queries):
    for _ in range(5):
        make_bot()

    with django_assert_max_num_queries(8):
        admin.get(url("bot-list"))


def test_uses_and_talks_of_the_list_are_counted_apart(rf, workstream: Workstream, now) -> None:
    bot = make_bot("Helper")
    arrive(with_bot(workstream, bot), now, first_message="Hi")
    with_bot(make_workstream("Another"), bot)

    counted = BotPages().queryset(rf.get("/"))

    assert "LEFT OUTER JOIN" not in str(counted.query)
    assert [(each.use_count, each.talk_count) for each in counted] == [(2, 1)]
