"""A copy of any workstream decides as its source does, whatever work comes in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agents.models import User
from routing import configuration
from routing.actions.save_ruleset import save_rulesets
from routing.configuration.rows.pieces import pieces_of
from routing.engine.choose_queue import choose_queue
from routing.engine.classify import classify
from routing.engine.decisions import Classification, QueueChoice
from routing.queries.item_fields import item_fields
from routing.terms import RulesetKind
from tests.factories import make_profile, make_queue, make_skill, make_workstream
from tests.workstreams.actions.random_workstreams import (
    CLASSIFICATION,
    PROFILES,
    QUEUES,
    ROUTES,
    SETTINGS,
    SKILLS,
    WORK,
)
from workstreams.actions.copy_workstream import copy_workstream
from workstreams.actions.take_in import take_in
from workstreams.models import WorkItem, Workstream

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# A failing example is small enough to read; making it smaller would take minutes.
RANDOM = settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[*HealthCheck],
)


@pytest.fixture
def landscape(administrator: User) -> User:
    """What random rules name; gives who configures."""
    for name in QUEUES:
        make_queue(name)
    for name in SKILLS:
        make_skill(name)
    for name in PROFILES:
        make_profile(name)
    return administrator


def make_source(by: User, values: Mapping[str, Any], rulesets: Any, routes: Any) -> Workstream:
    """A workstream with these settings and rules, published."""
    source = make_workstream("Source")
    Workstream.objects.filter(pk=source.pk).update(**values)
    for kind, documents in (
        (RulesetKind.CLASSIFICATION, rulesets),
        (RulesetKind.ROUTE_TO_QUEUE, routes),
    ):
        save_rulesets(workstream=source, kind=kind, rulesets=documents, by=by, now=NOW)
    return Workstream.objects.get(pk=source.pk)


def decide(
    workstream: Workstream, fields: Mapping[str, Any], draw_key: str
) -> tuple[Classification, QueueChoice]:
    """What the published rules of the workstream say about an item."""
    compiled = configuration.current().compiled
    rules = compiled.workstreams[workstream.pk]
    classification = classify(rules.classification, fields, now=NOW)
    choice = choose_queue(
        rules.route_to_queue,
        classification.fields,
        now=NOW,
        draw_key=draw_key,
        fallback_queue=rules.fallback_queue,
        known_queues=compiled.queue_id_by_name,
    )
    return classification, choice


def published_piece(workstream: Workstream) -> dict[str, Any]:
    """Its document without its name."""
    piece = pieces_of("workstream", [workstream.pk])[("workstream", workstream.pk)]
    return {**piece.document, "name": ""}


@pytest.mark.slow
@RANDOM
@given(
    values=SETTINGS,
    rulesets=CLASSIFICATION,
    routes=ROUTES,
    work=st.lists(WORK, min_size=1, max_size=4),
    keys=st.lists(st.integers(1, 10**9), min_size=1, max_size=4),
)
def test_any_item_is_classified_and_routed_as_by_the_source(
    landscape, values, rulesets, routes, work, keys
):
    with transaction.atomic():
        source = make_source(landscape, values, rulesets, routes)
        copy = copy_workstream(workstream=source, by=landscape, now=NOW)

        assert published_piece(copy) == published_piece(source)
        for item in work:
            for key in map(str, keys):
                fields = {**item, "priority": 0, "channel": "live_chat"}
                assert decide(copy, fields, key) == decide(source, fields, key)
        transaction.set_rollback(True)


@pytest.mark.slow
@RANDOM
@given(values=SETTINGS, rulesets=CLASSIFICATION, routes=ROUTES, work=WORK)
def test_an_item_that_the_copy_took_in_lies_where_the_source_would_put_it(
    landscape, values, rulesets, routes, work
):
    with transaction.atomic():
        source = make_source(landscape, values, rulesets, routes)
        copy = copy_workstream(workstream=source, by=landscape, now=NOW)

        item = take_in(workstream=copy, now=NOW, **work)

        arrived = WorkItem.objects.get(pk=item.pk)
        arrived.title = work["title"] or "Copy of Source"
        arrived.context, arrived.attributes = work["context"], work["attributes"]
        arrived.priority, arrived.required_skills, arrived.required_profiles = 0, [], []
        classification, choice = decide(source, item_fields(arrived), str(item.pk))
        assert item.queue.name == choice.queue
        assert item.priority == classification.priority
        assert len(item.required_skills) == len(classification.skills)
        transaction.set_rollback(True)
