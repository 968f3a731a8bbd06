"""What is said on the floor of work that the rules of a queue's own method let nobody take."""

from datetime import timedelta

import pytest

from routing import configuration
from routing.models import Blocker
from routing.queries.blockers import blockers
from routing.sweeps import note_blockers
from tests.factories import make_item, make_method, make_skill, make_workstream
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


def at_least(now):
    note_blockers.sweep(now=now, limit=9)
    return [(row.cause, row.number_of_items, row.is_at_least) for row in Blocker.objects.all()]


def test_work_that_a_method_tells_apart_is_not_counted_along_with_what_was_asked(
    workstream, queue, agent, now
):
    when = row("agent.locale", "equals", item="title")
    method = make_method(rulesets=[{"name": "All", "rules": [{"name": "Ours", "when": when}]}])
    Queue.objects.filter(pk=queue.pk).update(custom_method=method)
    for title in ("xx", "xx", "de"):
        make_item(workstream, at=now - timedelta(minutes=15), title=title)
    configuration.publish(by=None, now=now)

    assert at_least(now) == [("method", 1, True)]


def test_nor_is_work_told_apart_that_the_method_is_not_asked_about(workstream, queue, agent, now):
    when = row("agent.locale", "equals", item="title")
    method = make_method(rulesets=[{"name": "All", "rules": [{"name": "Ours", "when": when}]}])
    Queue.objects.filter(pk=queue.pk).update(custom_method=method)
    configuration.publish(by=None, now=now)
    later = make_workstream("Not published yet", queue=queue)
    for title in ("xx", "de"):
        make_item(later, at=now - timedelta(minutes=15), title=title)

    assert at_least(now) == [("not_published", 2, False)]


def test_refused_work_speaks_for_itself_alone(workstream, queue, agent, now):
    needs = {"required_skills": [[make_skill("Welsh").pk, None]]}
    for number in range(2):
        key = f"alike:{number}"
        make_item(workstream, at=now - timedelta(minutes=15), requirement_key=key, **needs)
    configuration.publish(by=None, now=now)

    assert at_least(now) == [("skill", 1, True)]


def test_groups_beyond_those_asked_about_are_said_to_be_there(workstream, queue, agent, now):
    needs = {"required_skills": [[make_skill("Welsh").pk, None]]}
    for number in range(note_blockers.GROUPS_OF_QUEUE + 1):
        key = f"key-{number}"
        make_item(workstream, at=now - timedelta(minutes=15), requirement_key=key, **needs)
    configuration.publish(by=None, now=now)

    assert at_least(now) == [("skill", note_blockers.GROUPS_OF_QUEUE, True)]
