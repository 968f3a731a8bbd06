"""The list of what a workstream needs before work flows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import Agent
from config.clock import database_now
from routing.models import Rule, RuleQueue, Ruleset
from tests.factories import make_agent, make_chat_widget, make_intake, make_queue, make_workstream
from workstreams.actions.mark_tested import mark_tested
from workstreams.queries.set_up import set_up_steps


@pytest.fixture
def page(workstream):
    return f"/workstreams/{workstream.pk}/"


def steps_of(browser, page):
    return {step.key: step for step in browser.get(page).context["steps"]}


def done(browser, page):
    return {key for key, step in steps_of(browser, page).items() if step.is_done}


def test_a_new_workstream_has_everything_to_do(as_administrator, page):
    response = as_administrator.get(page)

    content = response.content.decode()
    assert not response.context["is_ready"]
    assert "Set up chat" in content
    assert "Support has no members" in content
    assert content.count("(optional)") == 2
    assert f"{page}test-item/" in content


def test_lines_are_done_one_by_one_and_then_the_list_goes(
    as_administrator, workstream, queue, page
):
    assert done(as_administrator, page) == set()

    make_chat_widget(workstream)
    assert done(as_administrator, page) == {"channel"}
    make_agent(queues=[queue])
    assert done(as_administrator, page) == {"channel", "members"}
    mark_tested(workstream=workstream, now=database_now())

    assert b'id="set-up"' not in as_administrator.get(page).content


def test_members_who_are_switched_off_serve_no_queue(as_administrator, queue, page):
    colleague = make_agent(queues=[queue])
    before = done(as_administrator, page)
    Agent.objects.filter(pk=colleague.pk).update(is_enabled=False)

    assert before - done(as_administrator, page) == {"members"}


def test_an_instance_that_is_switched_off_brings_nothing_in(as_administrator, workstream, page):
    make_chat_widget(workstream, is_enabled=False)

    step = steps_of(as_administrator, page)["channel"]

    assert not step.is_done
    assert "switched off" in step.missing


def test_queues_of_rules_need_members_too(as_administrator, agent, workstream, page):
    rules = Ruleset.objects.create(kind="route_to_queue", workstream=workstream, name="Routes")
    rule = Rule.objects.create(ruleset=rules, name="Gold")
    gold = make_queue("Gold")
    RuleQueue.objects.create(rule=rule, queue=gold)

    steps = steps_of(as_administrator, page)

    assert steps["rules"].is_done
    assert steps["members"].missing.startswith("Gold has no members")
    assert [link.url for link in steps["members"].links] == [f"/queues/{gold.pk}/"]


def test_rules_of_others_do_not_meet_the_members_of_the_fallback_queue(workstream, queue):
    for number in range(20):
        make_agent(f"member{number}", queues=[queue])
    rules = Ruleset.objects.create(
        kind="route_to_queue", workstream=make_workstream("Other"), name="Routes"
    )
    made = Rule.objects.bulk_create(Rule(ruleset=rules, name=f"{each}") for each in range(20))
    RuleQueue.objects.bulk_create(RuleQueue(rule=each, queue=queue) for each in made)

    with CaptureQueriesContext(connection) as queries:
        set_up_steps(workstream, instances=(), intake_rule_count=0, rule_count=0, is_in_force=True)

    assert most_rows(queries[0]["sql"]) < 100


def most_rows(sql):
    """Of all parts of the plan."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ANALYZE {sql}")
        plan = "\n".join(line for (line,) in cursor)
    found = re.findall(r"actual .*?rows=([\d.]+) loops=(\d+)", plan)
    return max(float(rows) * int(loops) for rows, loops in found)


def test_records_need_an_intake_rule_instead_of_a_channel(as_administrator):
    cases = make_workstream("Cases", type="record")
    page = f"/workstreams/{cases.pk}/"
    intake = make_intake("Intake")

    before = done(as_administrator, page)
    Rule.objects.create(ruleset=intake, name="All", workstream=cases)

    assert done(as_administrator, page) - before == {"intake"}
    assert "channel" not in steps_of(as_administrator, page)


def test_supervisors_see_the_list_and_may_try_it_out(as_supervisor, page):
    content = as_supervisor.get(page).content.decode()

    assert "Before work flows" in content
    assert "channel-instances/new/" not in content
    assert "test-item/" in content
