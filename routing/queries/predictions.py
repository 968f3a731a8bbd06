"""What the published models say of an item: the function that the engine is given."""

import logging
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from django.db.models.functions import Left

from routing import configuration
from routing.engine.conditions.fields import read
from routing.engine.configuration import Ruleset
from routing.engine.decisions import Prediction
from routing.engine.facts import RequiredSkill
from routing.learning.predict import guess_effort, guess_feeling, guess_skills, sure_of
from routing.learning.weights import MOST_REMEMBERED, Weights, remembered
from routing.learning.words import LONGEST_INPUT, joined
from routing.models import LearnedModel, ModelContent
from routing.terms import LABELS, RuleType, Sentiment
from workstreams.models import Message, WorkItem
from workstreams.terms import Author

log = logging.getLogger(__name__)

# What the customer wrote; no condition reads it.
MESSAGES: Final = "messages"
MOST_MESSAGES: Final = 50
MOST_SHOWN: Final = 5
MOST_ADDED: Final = 20
MOST_READY: Final = MOST_REMEMBERED // 2
NOTHING_TO_READ: Final = "The inputs are empty."
FAILED: Final = "The model failed on this."


class Predictor:
    """Asks published models: one query for each, and one for the messages, if any reads them.

    A model that is missing, unpublished or fails is noted, and routing goes on without it.
    """

    def __init__(
        self, *, published: configuration.Published, messages: Callable[[], str] = str
    ) -> None:
        self.skill_names, self.messages = published.skill_names, cache(messages)
        self.known = published.compiled.models
        self.models: dict[str, LearnedModel | None] = {}

    def __call__(self, ruleset: Ruleset, fields: Mapping[str, Any]) -> Prediction:
        text = self.text_of(ruleset.inputs, fields)
        if not text:
            return _unsaid(ruleset)
        if ruleset.model is None:
            return self._answer(ruleset, None, None, text)
        model = self._model(ruleset.model)
        if model is None:
            return _nothing(ruleset, f"There is no model {ruleset.model}.")
        if model.published is None or model.published.content_id is None:
            return _nothing(ruleset, f"No version of the model {model.name} is published.")
        try:
            weights = weights_of(model.published.content_id)
        except ValueError:
            log.exception("model unreadable model=%s", model.pk)
            return _nothing(ruleset, FAILED)
        return self._answer(ruleset, model, weights, text)

    def text_of(self, inputs: tuple[str, ...], fields: Mapping[str, Any]) -> str:
        """The inputs in their order as one text."""
        return joined(
            self.messages() if path == MESSAGES else read(fields, path) for path in inputs
        )

    def _model(self, name: str) -> LearnedModel | None:
        """By its row: in a draft its name may be another already."""
        if name not in self.models:
            known = self.known.get(name)
            found = LearnedModel.objects.select_related("published")
            self.models[name] = found.filter(pk=known.id).first() if known else None
        return self.models[name]

    def _answer(
        self, ruleset: Ruleset, model: LearnedModel | None, weights: Weights | None, text: str
    ) -> Prediction:
        said: dict[str, Any] = {"type": ruleset.type.value}
        if model is not None and model.published is not None:
            said |= {"model": ruleset.model, "version": model.published.number}
        try:
            if ruleset.type is RuleType.SENTIMENT:
                return _sentiment(weights, text, said)
            assert weights is not None
            assert model is not None
            if ruleset.type is RuleType.EFFORT:
                return _effort(weights, text, said)
            return self._skills(weights, model, text, said)
        except Exception:
            log.exception("prediction failed ruleset=%s", ruleset.name)
            return _nothing(ruleset, FAILED)

    def _skills(
        self, weights: Weights, model: LearnedModel, text: str, said: dict[str, Any]
    ) -> Prediction:
        guesses = [
            guess
            for guess in guess_skills(weights, text)
            if guess.skill.isdigit() and int(guess.skill) in self.skill_names
        ]
        sure = sure_of(guesses, model.minimum_confidence / 100)[:MOST_ADDED]
        rest = guesses[len(sure) : max(len(sure), MOST_SHOWN)]
        named: list[dict[str, Any]] = [
            {"skill": self.skill_names[int(each.skill)], "confidence": each.confidence}
            for each in (*sure, *rest)
        ]
        added, others = named[: len(sure)], named[len(sure) :]
        return Prediction(
            sentence=", ".join(f"{_percent(each)} {each['skill']}" for each in added)
            or "No skill is sure enough",
            skills=tuple(RequiredSkill(skill=each["skill"]) for each in added),
            note="" if added else ", ".join(f"{_percent(each)} {each['skill']}" for each in others),
            said=said | {"skills": added, "less_sure": others},
        )


def weights_of(content_hash: str) -> Weights:
    """What was learned, read from the database once a process; raises ValueError."""

    def content() -> bytes:
        found = ModelContent.objects.filter(pk=content_hash).values_list("content", flat=True)
        return bytes(found.get())

    return remembered(content_hash, content)


def read_published_models() -> None:
    """Published versions that this process does not know yet, the newest first; one query where it
    knows them. Of very many it leaves room for others."""
    published = LearnedModel.objects.filter(published__content__isnull=False)
    newest = published.order_by("-published__published_at", "-published_id")
    for content_hash in newest.values_list("published__content_id", flat=True)[:MOST_READY]:
        try:
            weights_of(content_hash)
        except ValueError:
            log.warning("model unreadable content=%s", content_hash)


def said_by_customer(item: WorkItem) -> str:
    """The customer's messages so far, the first first; one query."""
    texts = (
        Message.objects.filter(item=item, author=Author.CUSTOMER)
        .order_by("pk")
        .annotate(start=Left("text", LONGEST_INPUT))
        .values_list("start", flat=True)
    )
    return joined(texts[:MOST_MESSAGES])


def _sentiment(weights: Weights | None, text: str, said: dict[str, Any]) -> Prediction:
    feeling = guess_feeling(weights, text)
    category = feeling.category
    values = {"sentiment": category.value, "attributes.sentiment_score": feeling.score}
    return Prediction(
        sentence=f"{LABELS[category]} ({feeling.score:g} of 100)",
        values=tuple(values.items()),
        note=", ".join(feeling.keywords),
        said=said
        | {"set": values, "keywords": list(feeling.keywords), "language": feeling.language},
    )


def _effort(weights: Weights, text: str, said: dict[str, Any]) -> Prediction:
    guess = guess_effort(weights, text)
    percent = round(guess.confidence * 100)
    values = {"effort_minutes": guess.minutes, "effort_confidence": percent}
    return Prediction(
        sentence=f"{guess.minutes:g} minutes ({percent} % confidence)",
        values=tuple(values.items()),
        said=said | {"set": values},
    )


def _unsaid(ruleset: Ruleset) -> Prediction:
    """Where nothing was said, rules can ask for just that."""
    if ruleset.type is not RuleType.SENTIMENT:
        return _nothing(ruleset, NOTHING_TO_READ)
    values = {"sentiment": Sentiment.NOT_AVAILABLE.value}
    return Prediction(
        sentence=LABELS[Sentiment.NOT_AVAILABLE],
        values=tuple(values.items()),
        note=NOTHING_TO_READ,
        said={"type": ruleset.type.value, "set": values},
    )


def _nothing(ruleset: Ruleset, note: str) -> Prediction:
    said = {"type": ruleset.type.value, "model": ruleset.model}
    return Prediction(sentence="Nothing predicted", note=note, said=said)


def _percent(guess: Mapping[str, Any]) -> str:
    return f"{round(guess['confidence'] * 100)} %"
