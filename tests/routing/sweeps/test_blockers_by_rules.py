"""What is said on the floor of work that the rules of a queue's own method let nobody take."""

from datetime import timedelta

import pytest

from routing import configuration
from routing.queries.blockers import blockers
from routing.sweeps import note_blockers
from tests.factories import make_item, make_method, make_skill
from tests.routing.engine.methods import row
from workstreams.models import Queue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (row("agent.skills", "exact_match"), "No member of Support has German."),
        (
            row("agent.calendar", "is_working"),
            "The assignment method of Support finds nobody:"
            " all who could take it are outside their working hours.",
        ),
        (row("agent.locale", "equals", "xx"), "The assignment method of Support finds nobody."),
    ],
)
def test_the_floor_says_what_is_so(when, sentence, workstream, queue, agent, now):
    rules = [{"name": "Ours", "when": when}]
    method = make_method(rulesets=[{"name": "All", "rules": rules}])
    Queue.objects.filter(pk=queue.pk).update(custom_method=method)
    german = make_skill("German")
    make_item(workstream, at=now - timedelta(minutes=15), required_skills=[[german.pk, None]])
    configuration.publish(by=None, now=now)

    note_blockers.sweep(now=now, limit=9)

    [blocker], _ = blockers(now)
    assert blocker.sentence == sentence
