"""Two who change different parts of the same row: neither undoes what the other did."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import pytest
from django.db.models import Model

from agents.models import OperatingHours, Presence, RatingModel, User
from routing.models import LearnedModel, TrainingRecord
from tests.api.conftest import Caller
from tests.factories import (
    make_attribute,
    make_chat_widget,
    make_method,
    make_profile,
    make_skill,
    make_workstream,
)
from tests.factories import make_record as make_case
from tests.factories.learning import make_model, make_record
from tests.races.together import queued_behind
from workstreams.actions.delete_customer import delete_customer
from workstreams.actions.end_record import end_record
from workstreams.models import (
    Account,
    Contact,
    ContextVariable,
    IdentificationRule,
    Record,
    SurveyQuestion,
)
from workstreams.terms import RecordEnd

Parts = tuple[dict[str, Any], dict[str, Any]]
PARTS: Final[dict[str, tuple[Callable[[], Model], Parts]]] = {
    "skills": (make_skill, ({"name": "French"}, {"description": "Spoken"})),
    "rating-models": (
        lambda: RatingModel.objects.create(name="Stars", minimum=1, maximum=5),
        ({"name": "Points"}, {"max": 9}),
    ),
    "capacity-profiles": (make_profile, ({"limit": 7}, {"blocks_assignment": True})),
    "presences": (
        lambda: Presence.objects.create(name="lunch", text="Lunch", base="away"),
        ({"text": "Out"}, {"base": "busy"}),
    ),
    "agent-attributes": (make_attribute, ({"name": "House"}, {"description": "Where"})),
    "contacts": (
        lambda: Contact.objects.create(name="Ada"),
        ({"name": "Grace"}, {"email": "ada@example.org"}),
    ),
    "accounts": (
        lambda: Account.objects.create(name="Contoso"),
        ({"name": "Fabrikam"}, {"data": {"tier": "gold"}}),
    ),
    "records": (make_case, ({"title": "Lost parcel"}, {"description": "Since Monday"})),
    "operating-hours": (
        lambda: OperatingHours.objects.create(name="Days", time_zone="UTC"),
        ({"name": "Nights"}, {"time_zone": "Europe/Vienna"}),
    ),
}


def make_rule() -> IdentificationRule:
    return IdentificationRule.objects.create(name="Own", entity="contact", keys={"Mail": "email"})


def make_variable() -> ContextVariable:
    return ContextVariable.objects.create(workstream=make_workstream(), name="tier")


def make_question() -> SurveyQuestion:
    widget = make_chat_widget(make_workstream(), "shop")
    return SurveyQuestion.objects.create(channel_instance=widget, name="topic", text="What?")


# What is part of a workstream, and whose row is locked to change it.
PARTS_OF_WORKSTREAMS: Final[
    dict[str, tuple[Callable[[], Any], Callable[[Any], Model], Callable[[Any], str], Parts]]
] = {
    "identification rule": (
        make_rule,
        lambda row: row,
        lambda row: f"/identification-rules/{row.pk}",
        ({"name": "Mail"}, {"is_enabled": False}),
    ),
    "context variable": (
        make_variable,
        lambda row: row.workstream,
        lambda row: f"/workstreams/{row.workstream_id}/context-variables/{row.pk}",
        ({"name": "level"}, {"type": "number"}),
    ),
    "survey question": (
        make_question,
        lambda row: row.channel_instance.workstream,
        lambda row: (
            f"/workstreams/{row.channel_instance.workstream_id}/channel-instances"
            f"/{row.channel_instance_id}/survey-questions/{row.pk}"
        ),
        ({"text": "What is it about?"}, {"is_required": True}),
    ),
}


@pytest.mark.parametrize("noun", PARTS_OF_WORKSTREAMS)
def test_both_changes_of_a_part_of_a_workstream_are_kept(administrator: User, noun: str) -> None:
    make, locked, address_of, parts = PARTS_OF_WORKSTREAMS[noun]
    row, caller = make(), Caller(administrator)
    behind = locked(row)

    answers = queued_behind(
        type(behind)._default_manager.filter(pk=behind.pk),
        *(lambda part=part: caller.patch(address_of(row), part) for part in parts),
    )

    assert [answer.status_code for answer in answers] == [200, 200]
    saved = type(row)._default_manager.values().get(pk=row.pk)
    assert (parts[0] | parts[1]).items() <= saved.items()


@pytest.mark.parametrize("path", PARTS)
def test_both_changes_are_kept(administrator: User, path: str) -> None:
    make, parts = PARTS[path]
    row, caller = make(), Caller(administrator)
    address = f"/{path}/{row.pk}"

    answers = queued_behind(
        type(row)._default_manager.filter(pk=row.pk),
        *(lambda part=part: caller.patch(address, part) for part in parts),
    )

    assert [answer.status_code for answer in answers] == [200, 200]
    assert (parts[0] | parts[1]).items() <= caller.get(address).json().items()


def test_a_record_that_ends_meanwhile_is_not_taken_up_by_a_change_of_its_title(
    administrator: User, now: datetime
) -> None:
    case, caller = make_case(), Caller(administrator)

    queued_behind(
        Record.objects.filter(pk=case.pk),
        lambda: end_record(record_id=case.pk, how=RecordEnd.RESOLVED, by=administrator, now=now),
        lambda: caller.patch(f"/records/{case.pk}", {"title": "Lost parcel"}),
    )

    case.refresh_from_db()
    kept = (case.title, case.is_active, case.closed_as)
    assert kept == ("Lost parcel", False, RecordEnd.RESOLVED)


def test_who_is_deleted_meanwhile_does_not_come_back(administrator: User, now: datetime) -> None:
    ada, caller = Contact.objects.create(name="Ada"), Caller(administrator)

    [answer] = queued_behind(
        Contact.objects.filter(pk=ada.pk),
        lambda: caller.patch(f"/contacts/{ada.pk}", {"name": "Grace"}),
        then=lambda: delete_customer(row=Contact.objects.get(pk=ada.pk), by=administrator, now=now),
    )

    assert (answer.status_code, Contact.objects.count()) == (404, 0)


def test_both_parts_of_a_model_are_kept(administrator: User) -> None:
    model, caller = make_model(name="Words"), Caller(administrator)
    address = f"/models/{model.pk}"

    answers = queued_behind(
        LearnedModel.objects.filter(pk=model.pk),
        lambda: caller.patch(address, {"name": "Topics"}),
        lambda: caller.patch(address, {"minimum_confidence": 80}),
    )

    assert [answer.status_code for answer in answers] == [200, 200]
    model.refresh_from_db()
    assert (model.name, model.minimum_confidence) == ("Topics", 80)


def test_what_a_record_teaches_is_kept_by_who_takes_it_back(administrator: User) -> None:
    spanish, caller = make_skill("Spanish"), Caller(administrator)
    record = make_record(make_model())
    address = f"/models/{record.model_id}/records/{record.pk}"

    answers = queued_behind(
        TrainingRecord.objects.filter(pk=record.pk),
        lambda: caller.patch(address, {"skills": ["Spanish"]}),
        lambda: caller.patch(address, {"approved": False}),
    )

    assert [answer.status_code for answer in answers] == [200, 200]
    record.refresh_from_db()
    assert (record.skill_ids, record.is_approved) == ([spanish.pk], False)


def test_of_a_method_the_second_is_told(administrator: User) -> None:
    method, caller = make_method(), Caller(administrator)
    address = f"/assignment-methods/{method.pk}"

    answers = queued_behind(
        type(method)._default_manager.filter(pk=method.pk),
        lambda: caller.patch(address, {"description": "By turns"}),
        lambda: caller.patch(address, {"name": "Turns"}),
    )

    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["type"] == "saved-meanwhile"
    assert caller.get(address).json()["description"] == "By turns"
