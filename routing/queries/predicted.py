"""What models said of an item when it was routed, in words for the agent who has it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from routing.models import RoutingDecision
from routing.terms import LABELS, DecisionStage, RuleType, Sentiment


@dataclass(frozen=True, kw_only=True)
class Predicted:
    """One guess; ``percent`` is how sure the model was, where it says so."""

    label: str
    text: str
    percent: int | None = None


def predicted_for(item_id: int) -> list[Predicted]:
    """Of the last routing; one query."""
    decisions = RoutingDecision.objects.filter(work_item_id=item_id, stage=DecisionStage.ROUTING)
    document = decisions.order_by("-pk").values_list("document", flat=True).first() or {}
    return [
        each
        for stage in document.get("stages") or ()
        for ruleset in stage.get("rulesets") or ()
        for each in _said(ruleset.get("prediction") or {})
    ]


def _said(prediction: Mapping[str, Any]) -> Iterator[Predicted]:
    """Nothing of a model that said nothing; documents of other releases may lack parts."""
    values = prediction.get("set") or {}
    match prediction.get("type"):
        case RuleType.SKILLS.value:
            for each in prediction.get("skills") or ():
                percent = round(each["confidence"] * 100)
                yield Predicted(label="Skill", text=each["skill"], percent=percent)
        case RuleType.SENTIMENT.value:
            yield from _feeling(values)
        case RuleType.EFFORT.value if "effort_minutes" in values:
            minutes = f"{values['effort_minutes']:g} minutes"
            yield Predicted(label="Effort", text=minutes, percent=values.get("effort_confidence"))


def _feeling(values: Mapping[str, Any]) -> Iterator[Predicted]:
    category, score = values.get("sentiment"), values.get("attributes.sentiment_score")
    if category in list(Sentiment) and score is not None:
        yield Predicted(label="Sentiment", text=f"{LABELS[Sentiment(category)]}, {score:g} of 100")
