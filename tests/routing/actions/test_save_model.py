"""What a model is to learn, and whether it may go."""

from datetime import date

import pytest

from routing.actions.delete_model import delete_model
from routing.actions.save_model import save_filter, save_model
from routing.terms import RuleType
from tests.factories.learning import make_model, make_trained
from tests.routing.learning.lessons import lessons
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import InUse, SavedMeanwhile


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"inputs": []}, "inputs"),
        ({"inputs": ["nothing.at.all"]}, "inputs"),
        ({"inputs": ["title", "title"]}, "inputs"),
        ({"inputs": [f"context.{n}" for n in range(11)]}, "inputs"),
        ({"when": {"field": "title", "op": "resembles", "value": "x"}}, "when"),
        ({"kind": RuleType.EFFORT, "inputs": ["title", "messages"]}, "kind"),
        ({"name": "taken"}, "name"),
        ({"closed_from": date(1899, 12, 31)}, "closed_from"),
        ({"closed_until": date.max}, "closed_until"),
    ],
)
def test_a_model_that_cannot_be_is_refused(administrator, now, change, field):
    make_model(name="Taken")
    model = make_model(name="Topics")
    for name, value in change.items():
        setattr(model, name, value)

    with pytest.raises(InvalidSettings) as refused:
        save_model(row=model, by=administrator, now=now)

    assert set(refused.value.errors) == {field}


def test_a_model_that_a_ruleset_names_is_not_deleted(administrator, workstream, skills, now):
    model = make_trained(lessons(60))
    workstream.rulesets.create(
        kind="classification", name="Topics", rule_type=model.kind, model=model, inputs=["title"]
    )

    with pytest.raises(InUse):
        delete_model(model=model, by=administrator, now=now)


def test_conditions_are_saved_on_top_of_what_was_shown(administrator, now):
    model = make_model(name="Topics")
    gold = {"field": "context.tier", "op": "equals", "value": "gold"}

    save_filter(model=model, when=gold, revision=1, by=administrator, now=now)
    with pytest.raises(SavedMeanwhile):
        save_filter(model=model, when={}, revision=1, by=administrator, now=now)

    model.refresh_from_db()
    assert (model.when, model.revision) == (gold, 2)
