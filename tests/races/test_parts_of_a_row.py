"""Two who change different parts of the same row: neither undoes what the other did."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from django.db.models import Model

from agents.models import OperatingHours, Presence, RatingModel, User
from routing.models import LearnedModel, TrainingRecord
from tests.api.conftest import Caller
from tests.factories import make_attribute, make_method, make_profile, make_skill
from tests.factories.learning import make_model, make_record
from tests.races.together import queued_behind

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
    "operating-hours": (
        lambda: OperatingHours.objects.create(name="Days", time_zone="UTC"),
        ({"name": "Nights"}, {"time_zone": "Europe/Vienna"}),
    ),
}


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
