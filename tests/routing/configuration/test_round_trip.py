"""A document that goes to another organisation and comes back is the same, byte for byte."""

import json
from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from agents.models import Agent
from routing import configuration
from tests.factories import make_agent
from tests.routing.configuration.documents import documents
from workstreams.actions.copy_workstream import copy_workstream
from workstreams.models import Bot, QuickReply, Workstream

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
several_times = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[*HealthCheck],
)


def import_(document, **options):
    return configuration.import_document(document, by=None, now=NOW, **options)


def in_an_empty_organisation(document, look):
    """Imports it, looks, and takes it all back."""
    with transaction.atomic():
        import_(document)
        seen = look()
        transaction.set_rollback(True)
    return seen


@several_times
@given(document=documents())
def test_export_import_export_is_the_same(document):
    first = in_an_empty_organisation(document, configuration.export)

    assert in_an_empty_organisation(json.loads(first), configuration.export) == first


@several_times
@given(document=documents())
def test_importing_twice_changes_nothing(document):
    report = in_an_empty_organisation(document, lambda: import_(document))

    assert (report.created, report.changed, report.version) == ([], [], None)


@several_times
@given(document=documents())
def test_the_dry_run_foretells_the_import(document):
    foretold = import_(document, check=True)

    done = in_an_empty_organisation({"format": 2}, lambda: import_(document))

    assert (foretold.created, foretold.changed) == (done.created, done.changed)


@several_times
@given(document=documents())
def test_each_workstream_moves_with_all_that_it_names(document):
    def each():
        configuration.current()
        return [
            configuration.export_workstream(pk)
            for pk in Workstream.objects.order_by("name").values_list("pk", flat=True)
        ]

    for text in in_an_empty_organisation(document, each):
        # What is in it is enough: another organisation is asked for nothing.
        assert in_an_empty_organisation(json.loads(text) | SERVICE, each) == [text]


SERVICE = {"service": {"record_routing": True}}


def test_a_copy_is_an_export_that_is_imported_under_another_name(organisation, administrator):
    text = configuration.export_workstream(organisation.pk)
    with transaction.atomic():
        copy = copy_workstream(workstream=organisation, by=administrator, now=NOW)
        copied = configuration.workstream_document(copy.pk)
        transaction.set_rollback(True)

    import_(json.loads(text), mapping={"workstream": {"Chat": "Copy of Chat"}})

    imported = Workstream.objects.get(name="Copy of Chat")
    assert configuration.workstream_document(imported.pk) == copied


def test_people_stay_as_they_are(organisation):
    make_agent("ben", queues=[organisation.fallback_queue], skills={"Spanish": 4})
    text = configuration.export()

    import_(json.loads(text.replace('"priority": 2', '"priority": 7')))

    assert "ben" not in text
    assert Agent.objects.get().memberships.count() == 1


def test_secrets_never_leave_and_are_not_overwritten(organisation):
    bot = Bot.objects.create(
        name="Bo", kind="webhook", endpoint="https://bot.example", secret="concealed"
    )
    configuration.publish(by=None, now=NOW)
    document = configuration.document()
    document["bots"][0]["endpoint"] = "https://other.example"

    report = import_(document)

    bot.refresh_from_db()
    assert "concealed" not in json.dumps(document)
    assert (report.changed, bot.secret) == (["bot Bo"], "concealed")
    assert bot.endpoint == "https://other.example"


def test_a_reply_that_is_for_others_too_gets_one_more_workstream(organisation, now):
    reply = QuickReply.objects.create(title="Hello", message="Hello {AgentName}")
    reply.workstreams.add(organisation)
    configuration.publish(by=None, now=now)
    document = configuration.workstream_document(organisation.pk)
    reply.workstreams.set(Workstream.objects.filter(name="Cases"))

    import_(document)

    assert reply.workstreams.count() == 2


def test_deleted_rows_are_not_exported(organisation, now):
    Workstream.objects.filter(name="Cases").update(deleted_at=now)
    configuration.publish(by=None, now=now)

    assert '"Cases"' not in json.dumps(configuration.document()["workstreams"])
