"""Who saves while somebody else changes the row is told, however close they are."""

from datetime import datetime
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse

from agents.actions.edit_agent import edit_agent
from agents.models import Agent, User
from routing.actions.save_ruleset import save_rulesets
from routing.models import Rule
from routing.terms import RulesetKind
from tests.api.conftest import Caller
from tests.factories import make_agent, make_queue
from tests.open_forms import ROWS, address_of, form_of
from tests.races.together import queued_behind
from workstreams.actions.save_automated_message import (
    reset_automated_message,
    save_automated_message,
)
from workstreams.models import AutomatedMessage, Workstream

AGENT_JOINED: Final[dict[str, Any]] = {"trigger": "agent_joined", "channel": "live_chat"}


@pytest.fixture
def browser(administrator: User) -> Client:
    browser = Client()
    browser.force_login(administrator)
    return browser


@pytest.fixture
def joined(administrator: User, now: datetime) -> AutomatedMessage:
    return save_automated_message(
        **AGENT_JOINED, text="{AgentName} is here.", by=administrator, now=now
    )


@pytest.mark.parametrize("noun", ROWS)
def test_who_waits_for_the_row_sees_what_was_saved(browser: Client, noun: str) -> None:
    app, make, theirs, mine = ROWS[noun]
    row = make()
    address, rows = address_of(row, app, noun), type(row)._default_manager.filter(pk=row.pk)
    sent = form_of(browser.get(address)) | mine

    [answer] = queued_behind(
        rows, lambda: browser.post(address, sent), then=lambda: rows.update(**theirs)
    )

    assert answer.status_code == 422
    assert theirs.items() <= rows.values().get().items()
    assert not mine.items() <= rows.values().get().items()


def test_an_account_that_is_disabled_meanwhile_stays_so(browser: Client, now: datetime) -> None:
    agent = make_agent("dora")
    address = address_of(agent, "agents", "agent")
    sent = form_of(browser.get(address)) | {"nickname": "Do"}

    [answer] = queued_behind(
        User.objects.filter(pk=agent.user_id),
        lambda: browser.post(address, sent),
        then=lambda: edit_agent(agent=agent, by=None, now=now, is_enabled=False),
    )

    agent.refresh_from_db()
    assert (answer.status_code, agent.is_enabled, agent.nickname) == (422, False, "")


def test_of_two_open_dialogs_each_adds_its_queue(browser: Client) -> None:
    agent, mine, theirs = make_agent("dora"), make_queue("Mine"), make_queue("Theirs")
    address = reverse("agents:agent-queues", args=[agent.pk])
    shown = browser.get(address).context["form"]["shown"].value()

    answers = queued_behind(
        Agent.objects.filter(pk=agent.pk),
        lambda: browser.post(address, {"shown": shown, "queues": [mine.pk]}),
        lambda: browser.post(address, {"shown": shown, "queues": [theirs.pk]}),
    )

    assert [answer.status_code for answer in answers] == [303, 303]
    assert set(agent.queues.all()) == {mine, theirs}


def test_a_rule_that_is_put_back_takes_no_other_one_away(
    browser: Client, administrator: User, workstream: Workstream, now: datetime
) -> None:
    def save(*names: str) -> None:
        queues = [{"queue": workstream.fallback_queue.name, "percent": 100}]
        save_rulesets(
            workstream=workstream,
            kind=RulesetKind.ROUTE_TO_QUEUE,
            rulesets=[{"name": name, "when": {}, "queues": queues} for name in names],
            by=administrator,
            now=now,
        )

    save("Gold", "Silver")
    rules = f"/rules/workstreams/{workstream.pk}/route-to-queue/"
    browser.post(f"{rules}1/2/delete/", {"revision": 1})

    [answer] = queued_behind(
        Workstream.objects.filter(pk=workstream.pk),
        lambda: browser.post(f"{rules}restore/"),
        then=lambda: save("Gold", "Theirs"),
    )

    assert answer.status_code == 409
    assert set(Rule.objects.values_list("name", flat=True)) == {"Gold", "Theirs"}
    assert browser.post(f"{rules}restore/").status_code == 303
    assert set(Rule.objects.values_list("name", flat=True)) == {"Gold", "Silver", "Theirs"}


def test_of_an_automated_message_the_second_is_told(
    administrator: User, joined: AutomatedMessage
) -> None:
    caller, address = Caller(administrator), f"/automated-messages/{joined.pk}"

    answers = queued_behind(
        AutomatedMessage.objects.filter(pk=joined.pk),
        lambda: caller.patch(address, {"text": "Here is {AgentName}."}),
        lambda: caller.patch(address, {"is_active": False}),
    )

    assert [answer.status_code for answer in answers] == [200, 409]
    shown = caller.get(address).json()
    assert (shown["text"], shown["is_active"]) == ("Here is {AgentName}.", True)


def test_an_automated_message_that_is_taken_back_meanwhile_does_not_come_back(
    administrator: User, joined: AutomatedMessage, now: datetime
) -> None:
    caller = Caller(administrator)

    [answer] = queued_behind(
        AutomatedMessage.objects.filter(pk=joined.pk),
        lambda: caller.patch(f"/automated-messages/{joined.pk}", {"is_active": False}),
        then=lambda: reset_automated_message(**AGENT_JOINED, by=administrator, now=now),
    )

    assert (answer.status_code, AutomatedMessage.objects.exists()) == (409, False)
