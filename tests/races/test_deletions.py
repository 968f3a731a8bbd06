"""Something new that refers to a workstream or queue while it is being deleted.

Each race runs both ways round: the link is there first and the deletion waits for it, or
the deletion is first and the link waits, and is refused.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from agents.models import User
from config.refusal import Refusal
from routing.actions.save_ruleset import save_intake_rules, save_rulesets
from routing.terms import RulesetKind
from tests.factories import make_item, make_queue, make_user, make_workstream
from tests.races.together import queued_behind
from workstreams.actions.create_channel_instance import create_channel_instance
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.actions.record_event import record_event
from workstreams.actions.save_quick_reply import save_quick_reply
from workstreams.actions.set_fallback_queue import set_fallback_queue
from workstreams.actions.take_in import take_in
from workstreams.exceptions import InUse
from workstreams.models import Queue, QuickReply, Workstream

ALL: dict[str, Any] = {"all": []}
Act = Callable[[], object]


@pytest.fixture
def ada(transactional_db: None) -> User:
    """Configures."""
    return make_user("ada", "administrator")


@pytest.fixture
def cases(transactional_db: None, now) -> Workstream:
    """A record workstream with finished work, so that its row is kept."""
    workstream = make_workstream("Cases", type="record", mode="pick")
    finish_one(workstream, now)
    return workstream


@pytest.fixture
def help_chat(transactional_db: None, now) -> Workstream:
    """A chat workstream with finished work."""
    workstream = make_workstream("Help")
    finish_one(workstream, now)
    return workstream


@pytest.fixture
def spare(transactional_db: None, now) -> Queue:
    """A queue that no workstream uses, with finished work."""
    queue = make_queue("Spare")
    finish_one(make_workstream("Past"), now, queue=queue)
    return queue


def finish_one(workstream: Workstream, now: datetime, **fields: Any) -> None:
    """Work that was handled, and its last event."""
    item = make_item(workstream, state="closed", closed_at=now, **fields)
    record_event(kind="work-item-closed", item=item, now=now)


def both(first: Act, second: Act) -> tuple[str, list[dict[str, str]]]:
    """What the second was told, who began before the first had committed."""
    told: list[tuple[str, list[dict[str, str]]]] = []

    def run() -> None:
        try:
            with transaction.atomic():
                second()
            told.append(("done", []))
        except Refusal as refusal:
            dependencies: Any = refusal.details.get("dependencies", [])
            told.append((refusal.slug, dependencies))
        finally:
            connection.close()

    with transaction.atomic():
        first()
        other = threading.Thread(target=run)
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive(), told
    other.join(timeout=60)
    [answer] = told
    return answer


@pytest.fixture
def acts(link, cases, help_chat, spare, ada, now) -> tuple[Act, Act, str]:
    """The link, the deletion it races with, and the kind of dependency it is."""
    chat, by = make_workstream("Chat"), ada

    def delete_help_chat() -> None:
        delete_workstream(workstream=help_chat, by=by, now=now)

    def delete_cases() -> None:
        delete_workstream(workstream=cases, by=by, now=now)

    def delete_spare() -> None:
        delete_queue(queue=spare, by=by, now=now)

    intake = [{"name": "All", "when": ALL, "workstream": "Cases", "record_type": "case"}]
    routes = [{"name": "All", "when": ALL, "queues": [{"queue": "Spare", "percent": 100}]}]
    links: dict[str, tuple[Act, Act, str]] = {
        "work item": (
            lambda: take_in(workstream=cases, title="Late", now=now),
            delete_cases,
            "work_item",
        ),
        "channel instance": (
            lambda: create_channel_instance(workstream=help_chat, name="Late", by=by, now=now),
            delete_help_chat,
            "channel_instance",
        ),
        "intake rule": (
            lambda: save_intake_rules(rules=intake, by=by, now=now),
            delete_cases,
            "intake_rule",
        ),
        "route-to-queue rule": (
            lambda: save_rulesets(
                workstream=chat,
                kind=RulesetKind.ROUTE_TO_QUEUE,
                rulesets=routes,
                by=by,
                now=now,
            ),
            delete_spare,
            "route_to_queue_rule",
        ),
        "fallback queue": (
            lambda: set_fallback_queue(workstream=chat, queue=spare, by=by, now=now),
            delete_spare,
            "fallback_queue_of",
        ),
    }
    return links[link]


LINKS = [
    "work item",
    "channel instance",
    "intake rule",
    "route-to-queue rule",
    "fallback queue",
]


@pytest.mark.parametrize("link", LINKS)
def test_a_deletion_waits_for_the_link_and_names_it(acts):
    add, delete, kind = acts

    told, dependencies = both(add, delete)

    assert (told, [each["kind"] for each in dependencies]) == (InUse.slug, [kind])


@pytest.mark.parametrize("link", LINKS)
def test_a_link_waits_for_the_deletion_and_is_refused(acts, cases, help_chat, spare):
    add, delete, _ = acts

    told, _ = both(delete, add)

    assert told in ("deleted", "saved-meanwhile", "invalid-settings", "invalid-rules")
    assert not cases.items.exclude(state="closed").exists()
    assert not help_chat.channel_instances.exists()
    assert not cases.intake_rules.exists()
    assert not spare.rule_targets.exists()


def test_a_reply_of_a_workstream_that_goes_is_not_left_for_all(help_chat, ada, now):
    other = make_workstream("Other")
    reply = QuickReply.objects.create(title="Hello", message="Hi")
    reply.workstreams.set([help_chat, other])

    told, _ = both(
        lambda: delete_workstream(workstream=help_chat, by=ada, now=now),
        lambda: save_quick_reply(reply=reply, workstreams=[help_chat], by=ada, now=now),
    )

    assert told == "invalid-settings"
    assert list(reply.workstreams.all()) == [other]


def test_a_reply_of_two_workstreams_that_go_at_once_goes_with_the_later(help_chat, ada, now):
    other = make_workstream("Other")
    reply = QuickReply.objects.create(title="Hello", message="Hi")
    reply.workstreams.set([help_chat, other])

    queued_behind(
        QuickReply.objects.filter(pk=reply.pk),
        lambda: delete_workstream(workstream=help_chat, by=ada, now=now),
        lambda: delete_workstream(workstream=other, by=ada, now=now),
    )

    assert not Workstream.objects.filter(pk__in=[help_chat.pk, other.pk]).exists()
    assert not QuickReply.objects.filter(pk=reply.pk).exists()
