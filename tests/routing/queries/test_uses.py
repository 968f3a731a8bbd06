"""What of routing uses a skill or a capacity profile."""

from datetime import datetime

import pytest

from routing import service
from routing.models import Rule, Ruleset
from routing.queries.uses import uses
from routing.terms import RulesetKind
from tests.factories import make_agent, make_profile, make_skill, make_workstream
from tests.scenarios import arrive, offered
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db


def test_a_rule_that_names_a_skill_uses_it(workstream: Workstream) -> None:
    ruleset = Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=workstream, name="Language"
    )
    then = {"skills": [{"skill": "German", "rating": 3}]}
    Rule.objects.create(ruleset=ruleset, name="German speakers", then=then)

    assert [use["name"] for use in uses(make_skill("German"))] == ["German speakers of Chat"]
    assert uses(make_skill("French")) == []


def test_workstreams_whose_work_takes_a_profile_use_it(workstream: Workstream) -> None:
    profile = make_profile("Chats")
    workstream.capacity_profiles.add(profile)

    [use] = uses(profile)

    assert (use["kind"], use["name"]) == ("workstream", "Chat")
    assert use["url"] == f"/workstreams/{workstream.pk}/"


def test_work_that_holds_a_profile_uses_it_until_it_is_closed(queue: Queue, now: datetime) -> None:
    profile = make_profile("Chats")
    holder = make_agent(queues=[queue], profiles=[profile])
    workstream = make_workstream(queue=queue, capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    item = offered(workstream, now)

    assert [use["kind"] for use in uses(profile)] == ["workstream", "work"]
    service.decline(item_id=item.pk, by=holder, now=now)
    service.leave(item_id=item.pk, now=now)
    assert [use["kind"] for use in uses(profile)] == ["workstream"]


def test_unfinished_work_that_needs_a_skill_uses_it(workstream: Workstream, now: datetime) -> None:
    skill = make_skill("German")
    item = arrive(workstream, now, skills={make_skill("German"): None})

    assert [use["name"] for use in uses(skill)] == ["1 unfinished work items"]
    service.leave(item_id=item.pk, now=now)
    assert uses(skill) == []
