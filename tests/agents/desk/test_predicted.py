"""The desk says what models guessed, and how sure they were."""

import pytest

from routing.models import RoutingDecision
from routing.queries.predicted import predicted_for
from routing.terms import DecisionStage
from tests.scenarios import in_conversation

SAID = [
    {"type": "skill_identification", "skills": [{"skill": "Machines", "confidence": 0.934}]},
    {
        "type": "sentiment",
        "set": {"sentiment": "very_negative", "attributes.sentiment_score": 7.5},
    },
    {"type": "effort", "set": {"effort_minutes": 12.5, "effort_confidence": 61}},
]


@pytest.fixture
def item(workstream, agent, now):
    item = in_conversation(workstream, agent, now)
    decide(item, now, SAID)
    return item


def decide(item, now, predictions):
    rulesets = [{"name": "Learned", "rules": [], "prediction": each} for each in predictions]
    RoutingDecision.objects.create(
        work_item_id=item.pk,
        stage=DecisionStage.ROUTING,
        version=1,
        at=now,
        document={"stages": [{"stage": "classification", "rulesets": rulesets}]},
    )


def test_each_guess_is_shown_with_its_confidence(client, agent, item) -> None:
    client.force_login(agent.user)

    page = client.get(f"/desk/{item.pk}/").content.decode()

    assert "Machines</span>" in page
    assert "93 % sure" in page
    assert "Very negative, 7.5 of 100" in page
    assert "12.5 minutes" in page
    assert "61 % sure" in page


def test_the_last_routing_counts_and_models_that_said_nothing_are_not_shown(item, now) -> None:
    decide(item, now, [{"type": "skill_identification", "model": "Topics"}, {"type": "sentiment"}])

    assert predicted_for(item.pk) == []


@pytest.mark.parametrize("document", [{}, {"stages": [{"rulesets": [{"rules": []}]}]}])
def test_a_decision_without_predictions_shows_none(item, now, document) -> None:
    RoutingDecision.objects.create(
        work_item_id=item.pk, stage=DecisionStage.ROUTING, version=1, at=now, document=document
    )

    assert predicted_for(item.pk) == []


def test_work_that_was_never_routed_has_none(db) -> None:
    assert predicted_for(999_999) == []
