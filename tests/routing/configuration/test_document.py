"""A version as one readable document."""

import json

import pytest

from routing import configuration
from routing.models import ConfigurationVersion

pytestmark = pytest.mark.django_db


def section(document, name, entry):
    return next(each for each in document[name] if each["name"] == entry)


def test_a_document_speaks_in_names(organisation):
    document = configuration.document()

    chat = section(document, "workstreams", "Chat")
    assert document["format"] == 2
    assert chat["fallback_queue"] == "Support"
    assert chat["notification_template"] == "Chat - incoming unauthenticated - default"
    assert chat["route_to_queue"][0]["queues"] == [
        {"queue": "VIP", "percent": 60},
        {"queue": "Support", "percent": 40},
    ]
    assert document["intake_rules"][0]["workstream"] == "Cases"


def test_entries_stand_in_the_order_of_their_names(organisation):
    names = [queue["name"] for queue in configuration.document()["queues"]]

    assert names == sorted(names, key=str.casefold)


def test_hours_are_written_as_people_write_them(organisation):
    office = section(configuration.document(), "operating_hours", "Office")

    assert office["periods"] == [{"weekday": 0, "start": "09:00", "end": "17:30"}]
    assert office["holidays"] == [{"date": "2026-12-25", "reason": "Christmas"}]


def test_an_earlier_version_has_its_own_document(organisation, now):
    organisation.name = "Talk"
    organisation.save()
    configuration.publish(by=None, now=now)

    assert section(configuration.document(1), "workstreams", "Chat")
    assert section(configuration.document(2), "workstreams", "Talk")


def test_a_deleted_object_leaves_the_document(organisation, queue, now):
    organisation.delete()
    configuration.publish(by=None, now=now)

    names = [each["name"] for each in configuration.document()["workstreams"]]

    assert names == ["Cases"]


def test_an_unknown_version_has_no_document(organisation):
    with pytest.raises(ConfigurationVersion.DoesNotExist):
        configuration.document(9)


def test_export_is_the_document_as_text(organisation):
    assert json.loads(configuration.export()) == configuration.document()
