"""Work that waits for a reason: what is said of it, and that what is said to help does help."""

from datetime import datetime
from types import ModuleType

import pytest

from agents.models import User
from routing.models import WakeUp
from tests.routing.stories.waiting_work import declines, presence, queues, room, skills
from tests.routing.stories.waiting_work.world import Situation, World
from workstreams.models import Queue, Workstream
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db


def situations_of(module: ModuleType) -> list[type[Situation]]:
    found = [each for each in vars(module).values() if isinstance(each, type)]
    return [each for each in found if each.__module__ == module.__name__]


SITUATIONS = [
    each for module in (presence, room, skills, declines, queues) for each in situations_of(module)
]


@pytest.fixture
def w(administrator: User, queue: Queue, workstream: Workstream, now: datetime) -> World:
    return World(now=now, boss=administrator, queue=queue, workstream=workstream)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.__name__)
def test_what_is_said_to_help_helps(w: World, situation: type[Situation]) -> None:
    here = situation()
    here.comes(w)
    WakeUp.objects.all().delete()

    said = [(each["blocker"], each["sentence"], each["would_help"]) for each in w.why()]
    here.mends(w)
    w.publish()
    wakes = here.is_mended_by_time or WakeUp.objects.exists()
    w.cycle()

    w.item.refresh_from_db()
    assert said == here.says
    assert wakes
    assert w.item.state == ItemState.ACTIVE
    assert w.why() == []
