"""Predictions out of a stored explanation: a decision is replayed without asking a model again."""

from collections.abc import Mapping
from typing import Any

from routing.engine.classify import Predict, ask_nobody
from routing.engine.configuration import Ruleset
from routing.engine.decisions import Prediction
from routing.engine.facts import RequiredSkill


def stored_predictions(explanation: Mapping[str, Any]) -> Predict:
    """What the models said when the decision was made, by the names of the rulesets."""
    stages = explanation.get("stages") or ()
    stored = {
        ruleset["name"]: ruleset
        for stage in stages
        if stage.get("stage") == "classification"
        for ruleset in stage.get("rulesets") or ()
        if "prediction" in ruleset
    }

    def predict(ruleset: Ruleset, fields: Mapping[str, Any]) -> Prediction:
        found = stored.get(ruleset.name)
        return ask_nobody(ruleset, fields) if found is None else _prediction(found)

    return predict


def _prediction(ruleset: Mapping[str, Any]) -> Prediction:
    said = ruleset["prediction"]
    rule: Mapping[str, Any] = next(iter(ruleset.get("rules") or ()), {})
    return Prediction(
        sentence=rule.get("name", ""),
        note=rule.get("note", ""),
        skills=tuple(RequiredSkill(skill=each["skill"]) for each in said.get("skills") or ()),
        values=tuple((said.get("set") or {}).items()),
        said=said,
    )
