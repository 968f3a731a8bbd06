"""Published models wait for work, not the other way round."""

import threading

import pytest
from django.db import OperationalError

from config.lifetime import lifetime
from routing import keep_models_ready
from routing.learning import weights
from routing.queries.predictions import MOST_READY, read_published_models
from tests.factories import make_skill
from tests.factories.learning import add_version, make_model, make_trained
from tests.routing.learning.lessons import WORDS, lessons


@pytest.fixture
def nothing_read(monkeypatch):
    """As in a process that has just started."""
    known: dict[str, weights.Weights] = {}
    monkeypatch.setattr(weights, "_remembered", known)
    return known


@pytest.fixture
def topics(db):
    for name in WORDS:
        make_skill(name)
    return make_trained(lessons(60), name="Topics")


def test_what_is_published_is_read_once(topics, nothing_read, django_assert_num_queries):
    make_model(name="Not yet trained")
    read_published_models()

    assert set(nothing_read) == {topics.published.content_id}
    with django_assert_num_queries(1):
        read_published_models()


def test_a_version_published_later_is_read_too(topics, nothing_read):
    read_published_models()

    later = add_version(topics, lessons(60, seed=5))
    read_published_models()

    assert later.content_id in nothing_read


def test_a_model_that_cannot_be_read_stops_no_other(topics, nothing_read, monkeypatch):
    make_trained(lessons(60, seed=5), name="Other")
    answers = iter([weights.Unreadable("no model"), "weights"])

    def unpacked(content):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(weights, "unpacked", unpacked)
    read_published_models()

    assert list(nothing_read.values()) == ["weights"]


def test_others_have_room_beside_what_is_kept_ready():
    assert weights.MOST_REMEMBERED > MOST_READY > 0


def test_a_process_looks_until_it_ends_also_when_the_database_is_away(monkeypatch):
    looks, looked = [], threading.Event()

    def look():
        looks.append("look")
        if len(looks) == 1:
            raise OperationalError
        looked.set()

    monkeypatch.setattr(keep_models_ready, "read_published_models", look)
    monkeypatch.setattr(keep_models_ready, "LOOK_EVERY_SECONDS", 0.001)
    with lifetime():
        assert looked.wait(60)

    assert not [each for each in threading.enumerate() if each.name == "models"]
