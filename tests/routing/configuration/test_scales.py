"""A document cannot leave ratings outside the scale they are on."""

import json

import pytest

from agents.models import RatingModel
from routing import configuration
from tests.factories import make_agent, make_queue, make_skill

pytestmark = pytest.mark.django_db

STARS = {"name": "Stars", "min": 1, "max": 5}
GERMAN = {"name": "German", "type": "Skill", "rating_model": "Stars"}


@pytest.fixture
def held():
    """Somebody has nine of ten."""
    make_agent("amira", skills={"German": 9})


@pytest.fixture
def asked(workstream):
    """A rule asks for nine of ten."""
    make_skill("German")
    ruleset = workstream.rulesets.create(kind="classification", name="Sort")
    ruleset.rules.create(name="A", then={"skills": [{"skill": "German", "rating": 9}]})


def faults(**sections):
    found = configuration.validate({"format": 2, **sections})
    return {each["path"]: each["message"] for each in found}


@pytest.mark.parametrize("whose", ["held", "asked"])
def test_a_scale_that_leaves_ratings_outside_is_refused(whose, request):
    request.getfixturevalue(whose)
    scale = {"name": "Default rating model", "min": 1, "max": 8}

    assert list(faults(rating_models=[scale])) == ["rating_models.0.max"]
    assert faults(rating_models=[scale | {"max": 12}]) == {}


@pytest.mark.parametrize("whose", ["held", "asked"])
def test_so_is_another_scale_of_the_skill(whose, request):
    request.getfixturevalue(whose)

    found = faults(rating_models=[STARS], skills=[GERMAN])

    assert "skills.0.rating_model" in found


def test_a_long_scale_and_a_high_priority_come_back_as_they_went(db):
    RatingModel.objects.create(name="Points", minimum=1, maximum=32_767)
    make_queue("Last", priority=1_000_000)

    assert configuration.validate(json.loads(configuration.export())) == []


def test_a_priority_that_no_page_would_take_is_refused(db):
    queue = {"name": "Last", "type": "messaging", "priority": 1_000_001}

    assert list(faults(queues=[queue])) == ["queues.0.priority"]
