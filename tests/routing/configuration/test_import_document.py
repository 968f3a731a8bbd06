"""Documents into rows."""

import pytest

from agents.models import Presence, Skill
from config.models import Event
from routing import configuration
from routing.configuration.documents.import_document import WRITERS
from routing.configuration.documents.schema import FIELDS
from routing.models import ConfigurationVersion, Rule, RuleQueue, Ruleset
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(organisation):
    return configuration.document()


@pytest.fixture
def emptied(document):
    """The organisation after all that can go has gone."""
    Rule.objects.all().delete()
    Ruleset.objects.all().delete()
    Workstream.objects.all().delete()
    Queue.objects.filter(is_default=False).delete()
    Skill.objects.all().delete()


def import_(document, now, **options):
    return configuration.import_document(document, by=None, now=now, **options)


def named(document, section, name):
    return next(each for each in document[section] if each["name"] == name)


def test_the_own_document_changes_nothing(document, now):
    text = configuration.export()

    report = import_(document, now)

    assert (report.created, report.changed, report.missing) == ([], [], [])
    assert report.version is None
    assert configuration.export() == text


def test_an_empty_organisation_becomes_the_same(document, emptied, now):
    report = import_(document, now)

    assert "workstream Chat" in report.created
    assert configuration.document() == document
    assert RuleQueue.objects.get(queue__name="VIP").percent == 60


def test_a_changed_entry_is_written_and_published(document, administrator, now):
    named(document, "workstreams", "Chat")["keep_same_agent"] = True

    report = configuration.import_document(document, by=administrator, now=now)

    assert (report.changed, report.version) == (["workstream Chat"], 2)
    assert Workstream.objects.get(name="Chat").keep_same_agent
    assert ConfigurationVersion.objects.get(number=2).by == "ada"


def test_changed_rules_replace_the_old_ones(document, now):
    triage = named(document, "workstreams", "Chat")["classification"][0]
    triage["rules"].append({"name": "All", "when": {}, "then": {"priority": 3}})

    import_(document, now)

    assert list(Rule.objects.filter(ruleset__name="Triage").values_list("name", flat=True)) == [
        "Gold",
        "All",
    ]
    assert Ruleset.objects.get(name="Triage").revision == 2


def test_what_the_document_leaves_out_stays(organisation, now):
    report = import_({"format": 1, "queues": [{"name": "Care", "type": "record"}]}, now)

    assert report.created == ["queue Care"]
    assert "workstream Chat" in report.missing
    assert Workstream.objects.filter(name="Chat").exists()


def test_a_check_says_the_same_and_changes_nothing(document, now):
    named(document, "workstreams", "Chat")["keep_same_agent"] = True

    report = import_(document, now, check=True)

    assert (report.changed, report.version) == (["workstream Chat"], None)
    assert not Workstream.objects.get(name="Chat").keep_same_agent
    assert configuration.current().number == 1


def test_one_fault_and_nothing_is_written(document, now):
    document["queues"].append({"name": "New", "type": "messaging"})
    named(document, "workstreams", "Chat")["fallback_queue"] = "?"

    with pytest.raises(configuration.InvalidDocument) as refused:
        import_(document, now)

    assert refused.value.findings[0]["message"] == "There is no queue ?."
    assert not Queue.objects.filter(name="New").exists()


def test_built_in_presences_cannot_be_changed(document, now):
    named(document, "presences", "away")["base"] = "available"

    with pytest.raises(configuration.InvalidDocument):
        import_(document, now)

    assert Presence.objects.get(name="away").base == "away"


def test_nothing_is_written_when_the_event_cannot_be(document, now, monkeypatch):
    named(document, "workstreams", "Chat")["keep_same_agent"] = True
    monkeypatch.setattr(Event.objects, "create", lambda **fields: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        import_(document, now)

    assert not Workstream.objects.get(name="Chat").keep_same_agent


def test_every_kind_can_be_written():
    assert set(WRITERS) == set(FIELDS)
