"""A list of the organisation that somebody saves while it is imported: neither is overwritten."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import pytest
from django.db.models import QuerySet

from agents.models import User
from routing import configuration
from routing.actions.save_ruleset import save_intake_rules
from routing.models import Ruleset
from tests.factories import make_intake_rule, make_workstream
from tests.races.together import queued_behind
from workstreams.actions.save_identification_rule import save_identification_rule
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import RecordType, ServiceConfiguration

Save = Callable[[User, datetime], Any]


def save_intake(by: User, now: datetime) -> Any:
    rule = {"name": "Theirs", "when": {}, "workstream": "Cases"}
    return save_intake_rules(
        rules=[rule], record_type=RecordType.objects.get(name="case"), by=by, now=now
    )


def add_identification(by: User, now: datetime) -> Any:
    keys = {"Mail": "email"}
    return save_identification_rule(
        workstream=None, name="Theirs", entity="contact", keys=keys, by=by, now=now
    )


def save_service(by: User, now: datetime) -> Any:
    return save_service_configuration(maximum_declines=2, by=by, now=now)


def renamed(section: Any) -> Any:
    return [{**rule, "name": f"Imported {rule['name']}"} for rule in section]


def with_declines(section: Any) -> Any:
    return {**section, "maximum_declines": 4}


# The section, behind what it is saved, what the document says instead, and who saves it here.
LISTS: Final[dict[str, tuple[Callable[[], "QuerySet[Any]"], Callable[[Any], Any], Save]]] = {
    "intake_rules": (Ruleset.objects.all, renamed, save_intake),
    "identification_rules": (ServiceConfiguration.objects.all, renamed, add_identification),
    "service": (ServiceConfiguration.objects.all, with_declines, save_service),
}


@pytest.mark.parametrize("section", LISTS)
def test_what_was_saved_while_the_import_waited_stays(
    section: str, administrator: User, now: datetime
) -> None:
    rows, change, save = LISTS[section]
    make_intake_rule(make_workstream("Cases", type="record"))
    save_service_configuration(maximum_declines=5, by=None, now=now)
    configuration.publish(by=None, now=now)
    document = configuration.document()
    wanted = {**document, section: change(document[section])}

    [_, refused] = queued_behind(
        rows(),
        lambda: save(administrator, now),
        lambda: configuration.import_document(wanted, by=administrator, now=now),
    )

    assert isinstance(refused, configuration.ChangedMeanwhile)
    assert "Theirs" in str(configuration.document()) or section == "service"
    assert "Imported" not in str(configuration.document())
    assert ServiceConfiguration.objects.get().maximum_declines == (2 if section == "service" else 5)
