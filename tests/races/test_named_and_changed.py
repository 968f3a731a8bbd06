"""Rules name a skill while it gets another name or scale: one comes first, the other is told."""

from typing import Any

import pytest

from agents.models import RatingModel, Skill, User
from routing.models import Rule
from tests.api.conftest import Caller
from tests.factories import make_skill
from tests.factories.learning import make_model
from tests.races.together import queued_behind
from workstreams.models import Workstream


@pytest.mark.parametrize("changes_first", [False, True])
@pytest.mark.parametrize("what", ["name", "scale", "maximum"])
def test_rules_know_a_skill_as_it_is(
    what: str, changes_first: bool, workstream: Workstream, administrator: User
) -> None:
    caller, skill = Caller(administrator), make_skill("German")
    RatingModel.objects.create(name="Stars", minimum=1, maximum=5)
    path, body = {
        "name": (f"/skills/{skill.pk}", {"name": "Deutsch"}),
        "scale": (f"/skills/{skill.pk}", {"rating_model": "Stars"}),
        "maximum": (f"/rating-models/{skill.rating_model_id}", {"max": 5}),
    }[what]
    then = {"skills": [{"skill": "German", "rating": 9}]}
    rule = {"name": "A", "when": {"all": []}, "then": then}
    ruleset = {"name": "Sort", "kind": "logical", "rules": [rule]}

    def changes() -> Any:
        return caller.patch(path, body)

    def names() -> Any:
        return caller.put(f"/workstreams/{workstream.pk}/classification-rulesets", [ruleset])

    moves = (changes, names) if changes_first else (names, changes)
    answers = dict(
        zip(moves, queued_behind(Skill.objects.filter(pk=skill.pk), *moves), strict=True)
    )

    changed, named = answers[changes].status_code, answers[names].status_code
    assert sorted([changed < 300, named < 300]) == [False, True], (changed, named)
    assert max(changed, named) in (409, 422)
    assert Rule.objects.exists() == (named < 300)


@pytest.mark.parametrize("learns_first", [False, True])
def test_rules_name_a_model_that_begins_to_learn_from_their_workstream(
    learns_first: bool, workstream: Workstream, administrator: User
) -> None:
    caller, model = Caller(administrator), make_model(name="Topics")
    ruleset = {"name": "Sort", "kind": model.kind, "model": "Topics", "inputs": ["title"]}

    def learns() -> Any:
        return caller.patch(f"/models/{model.pk}", {"workstreams": [workstream.name]})

    def names() -> Any:
        return caller.put(f"/workstreams/{workstream.pk}/classification-rulesets", [ruleset])

    moves = (learns, names) if learns_first else (names, learns)
    answers = queued_behind(Workstream.objects.filter(pk=workstream.pk), *moves)

    assert [answer.status_code < 300 for answer in answers] == [True, True], [
        answer.content for answer in answers
    ]
