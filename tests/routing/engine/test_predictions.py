"""Rulesets of machine learning among logical ones: the model is asked through a function."""

from datetime import UTC, datetime

from routing.engine.classify import classify
from routing.engine.configuration.rule_pieces import compile_ruleset
from routing.engine.decisions import Classification, Prediction
from routing.engine.explain import routing_document
from routing.engine.facts import RequiredSkill
from routing.engine.replay import stored_predictions

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEARNED = {"name": "Feeling", "kind": "sentiment", "model": None, "inputs": ["title"], "rules": []}
ANGRY = {
    "name": "Urgency",
    "kind": "logical",
    "rules": [
        {
            "name": "Angry",
            "when": {"field": "sentiment", "op": "equals", "value": "negative"},
            "then": {"priority": 9},
        }
    ],
}


def rulesets(*documents):
    return [compile_ruleset(document, "") for document in documents]


def negative(ruleset, fields):
    return Prediction(
        sentence="Negative (20 of 100)",
        values=(("sentiment", "negative"), ("attributes.sentiment_score", 20.0)),
        skills=(RequiredSkill(skill="Patience"),),
        said={
            "skills": [{"skill": "Patience", "confidence": 0.9}],
            "set": {"sentiment": "negative", "attributes.sentiment_score": 20.0},
        },
    )


def explained(classification: Classification):
    return routing_document(
        configuration_version=1, workstream="Chat", classification=classification
    )


def test_later_rulesets_read_what_was_predicted():
    result = classify(rulesets(LEARNED, ANGRY), {"title": "Broken"}, now=NOW, predict=negative)

    assert result.priority == 9
    assert result.fields["attributes"]["sentiment_score"] == 20.0
    assert [skill.skill for skill in result.skills] == ["Patience"]
    assert [stage.rules[0].result for stage in result.stages] == ["applied", "applied"]


def test_earlier_rulesets_do_not():
    result = classify(rulesets(ANGRY, LEARNED), {"title": "Broken"}, now=NOW, predict=negative)

    assert result.priority == 0


def test_the_model_sees_what_earlier_rulesets_wrote():
    seen = []

    def look(ruleset, fields):
        seen.append(fields["context"]["vip"])
        return Prediction(sentence="")

    first = {"name": "VIP", "rules": [{"name": "All", "then": {"set": {"context.vip": True}}}]}

    classify(rulesets(first, LEARNED), {}, now=NOW, predict=look)

    assert seen == [True]


def test_a_predicted_skill_keeps_the_rating_that_a_rule_asked_for():
    held = (RequiredSkill(skill="Patience", rating=4),)

    result = classify(rulesets(LEARNED), {}, now=NOW, skills=held, predict=negative)

    assert result.skills == held


def test_what_predicts_nothing_is_not_applied():
    result = classify(
        rulesets(LEARNED),
        {},
        now=NOW,
        predict=lambda ruleset, fields: Prediction(sentence="Nothing", note="No model."),
    )

    assert result.stages[0].rules[0].result == "processed"
    assert result.stages[0].rules[0].note == "No model."


def test_a_stored_decision_is_replayed_without_a_model():
    first = classify(rulesets(LEARNED, ANGRY), {}, now=NOW, predict=negative)
    stored = explained(first)

    again = classify(rulesets(LEARNED, ANGRY), {}, now=NOW, predict=stored_predictions(stored))

    assert again == first
    assert explained(again) == stored


def test_a_ruleset_that_stands_in_no_explanation_predicts_nothing():
    result = classify(rulesets(LEARNED), {}, now=NOW, predict=stored_predictions({}))

    assert result.stages[0].rules[0].note == "No model was asked."
