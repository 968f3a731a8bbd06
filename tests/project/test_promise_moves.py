"""What people are made to do under fire: drawn by a seed, all of it possible, and none of it
breaks a promise where nothing goes wrong."""

import json
from collections import Counter
from contextlib import suppress
from random import Random

import pytest
from django.db import connection

from config.refusal import Refusal
from routing import service
from routing.models import Assignment
from routing.terms import How
from tests.factories.bots import do_bot_jobs
from tests.promises import seed
from tests.promises.checker import breaches
from tests.promises.doors import ServiceDoor
from tests.promises.exactly_once import items_not_once, misplaced, twice, words_not_once
from tests.promises.moves import Moves
from tests.promises.preferences import broken_preferences
from workstreams.models import BotConversation
from workstreams.terms import BotOutcome

pytestmark = pytest.mark.django_db
MOVES = 700
OFTEN = (
    "arrive",
    "pick",
    "accept",
    "decline",
    "end",
    "close",
    "transfer",
    "tell_bot",
    "change_preferred",
)


@pytest.fixture
def _organisation(capsys: pytest.CaptureFixture[str], db: None) -> None:
    seed.main()
    assert json.loads(capsys.readouterr().out)


def moves(number: int) -> Moves:
    return Moves(Random(number), ServiceDoor())


@pytest.mark.usefixtures("_organisation")
def test_the_same_seed_draws_the_same_moves() -> None:
    first, second = moves(7), moves(7)

    drawn = [[each.draw().__name__ for _ in range(500)] for each in (first, second)]

    assert drawn[0] == drawn[1]


@pytest.mark.usefixtures("_organisation")
def test_moves_of_all_sorts_break_nothing() -> None:
    people, done = moves(5), Counter[str]()

    for number in range(MOVES):
        move = people.draw()
        with suppress(Refusal):
            done[move.__name__] += move()
        if number % 5 == 0:
            service.run_cycle()
            do_bot_jobs()

    assert +done >= Counter(OFTEN)
    assert Assignment.objects.filter(how=How.PREFERRED).exists()
    talks = {talk.outcome for talk in BotConversation.objects.all()}
    assert talks >= {BotOutcome.ENDED, BotOutcome.ESCALATED}
    assert breaches(connection.connection) == []
    assert broken_preferences(connection.connection) == []
    assert items_not_once(connection.connection, people.arrived) == []
    assert words_not_once(connection.connection, people.said) == []
    assert twice(connection.connection) + misplaced(connection.connection) == []
