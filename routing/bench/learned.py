"""How long learned rulesets take in the transaction of an arrival."""

import time
from collections.abc import Iterator
from random import Random
from typing import Final

from agents.models import RatingModel, Skill, SkillType
from config.clock import database_now
from routing import configuration
from routing.bench.database import fresh_database
from routing.bench.organisation import build_organisation
from routing.bench.row import Row, row_of
from routing.engine.classify import classify
from routing.learning.teach import teach_effort, teach_skills
from routing.learning.train import Learned, Lesson
from routing.learning.weights import FORMAT, packed
from routing.models import LearnedModel, ModelContent, ModelVersion, Ruleset
from routing.queries.item_fields import item_fields
from routing.queries.predictions import Predictor, said_by_customer
from routing.terms import RulesetKind, RuleType, TrainingState
from workstreams.models import Message, WorkItem, Workstream
from workstreams.terms import Author

SKILLS: Final = 20
RECORDS: Final = 1_000
ITEMS: Final = 200
RUNS: Final = 3
WORDS_OF_TEXT: Final = 80


def classify_learned() -> Iterator[Row]:
    """Milliseconds of classification by a skill, a sentiment and an effort ruleset: 20 skills,
    1,000 records, texts of 80 words; reading the messages and the published versions included."""
    fresh_database()
    workstream = build_organisation(agents=1, queues=1, queues_of_agent=1, units=1)
    random = Random(1)
    _publish_models(workstream, random)
    items = [_item(workstream, random) for _ in range(ITEMS)]
    published = configuration.current()
    rulesets = published.compiled.workstreams[workstream.pk].classification
    runs = []
    for _ in range(RUNS):
        times = []
        for item in items:
            start = time.perf_counter()
            predict = Predictor(
                published=published,
                messages=lambda item=item: said_by_customer(item),  # type: ignore[misc]
            )
            classify(rulesets, item_fields(item), now=item.created_at, predict=predict)
            times.append((time.perf_counter() - start) * 1000)
        runs.append(sorted(times)[int(len(times) * 0.95)])
    yield row_of("classify-learned", runs, "ms at p95", target=10.0, at_least=False)


def _publish_models(workstream: Workstream, random: Random) -> None:
    of_all = {
        "skill_type": SkillType.objects.all()[0],
        "rating_model": RatingModel.objects.all()[0],
    }
    skills = Skill.objects.bulk_create(Skill(name=f"Bench {n}", **of_all) for n in range(SKILLS))
    lessons = [
        Lesson(text=_text(random, n), skills=(str(skills[n].pk),), number=5.0 + n)
        for n in (number % SKILLS for number in range(RECORDS))
    ]
    models = (
        (RuleType.SKILLS, _model(RuleType.SKILLS, teach_skills(lessons, 0.5, _unheard))),
        (RuleType.SENTIMENT, None),
        (RuleType.EFFORT, _model(RuleType.EFFORT, teach_effort(lessons, _unheard))),
    )
    for position, (kind, model) in enumerate(models, start=1):
        Ruleset.objects.create(
            kind=RulesetKind.CLASSIFICATION,
            workstream=workstream,
            name=kind,
            position=position,
            rule_type=kind,
            model=model,
            inputs=["title", "messages"],
        )
    configuration.publish(by=None, now=database_now())


def _model(kind: RuleType, learned: Learned) -> LearnedModel:
    content, content_hash = packed(learned.document)
    stored = ModelContent.objects.create(hash=content_hash, format=FORMAT, content=content)
    model = LearnedModel.objects.create(kind=kind, name=kind, inputs=["title", "messages"])
    now = database_now()
    model.published = ModelVersion.objects.create(
        model=model,
        number=1,
        state=TrainingState.TRAINED,
        content=stored,
        queued_at=now,
        ended_at=now,
    )
    model.save()
    return model


def _item(workstream: Workstream, random: Random) -> WorkItem:
    now = database_now()
    item = WorkItem.objects.create(
        workstream=workstream,
        kind="conversation",
        channel=workstream.channel,
        title="Help",
        queue_id=workstream.fallback_queue_id,
        is_pushed=True,
        created_at=now,
        waiting_since=now,
        last_activity_at=now,
        state_changed_at=now,
    )
    text = _text(random, random.randrange(SKILLS))
    Message.objects.create(item=item, author=Author.CUSTOMER, text=text, created_at=now)
    return item


def _text(random: Random, topic: int) -> str:
    """A fifth of the words are of the topic, the others anybody's."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    own = [f"topic{letters[topic]}{letters[random.randrange(26)]}" for _ in range(16)]
    others = [
        f"{letters[random.randrange(26)]}{letters[random.randrange(26)]}word"
        for _ in range(WORDS_OF_TEXT - 16)
    ]
    return " ".join([*own, *others, "good", "not", "late"])


def _unheard(_: float) -> None:
    """Progress is shown to nobody."""
