"""Copying a workstream."""

import pytest

from routing.actions.save_ruleset import save_rulesets
from routing.models import Rule, RuleOverflow, RuleQueue, Ruleset
from routing.queries.rule_lists import rule_list
from routing.terms import RulesetKind
from tests.factories import make_chat_widget, make_profile, make_queue, make_workstream
from workstreams.actions.copy_workstream import copy_workstream
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_quick_reply import save_quick_reply
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import QuickReply

ROUTES = RulesetKind.ROUTE_TO_QUEUE


@pytest.fixture
def copy(administrator, now):
    """Copies as the administrator."""

    def copy(workstream, name=""):
        return copy_workstream(workstream=workstream, name=name, by=administrator, now=now)

    return copy


def test_a_copy_has_the_settings_and_its_own_row(copy, workstream):
    profile = make_profile()
    workstream.capacity_profiles.add(profile)
    workstream.capacity_units, workstream.revision = 7, 4
    workstream.save()

    copied = copy(workstream)

    assert copied.pk != workstream.pk
    assert (copied.name, copied.capacity_units, copied.revision) == ("Copy of Chat", 7, 1)
    assert copied.fallback_queue == workstream.fallback_queue
    assert list(copied.capacity_profiles.all()) == [profile]


def test_a_copy_has_its_own_rules(copy, workstream, queue):
    ruleset = Ruleset.objects.create(kind="route_to_queue", workstream=workstream, name="Routes")
    when = {"field": "context.tier", "op": "equals", "value": "gold"}
    rule = Rule.objects.create(ruleset=ruleset, name="Gold", when=when)
    RuleQueue.objects.create(rule=rule, queue=queue, percent=100)

    copied = copy(workstream)

    [copied_rule] = Rule.objects.filter(ruleset__workstream=copied)
    assert (copied_rule.name, copied_rule.when) == ("Gold", when)
    assert [share.queue for share in copied_rule.queues.all()] == [queue]
    assert workstream.rulesets.get().rules.get() == rule


@pytest.mark.parametrize("is_empty", [False, True], ids=["with a pair", "that never overflows"])
def test_a_rules_own_overflow_is_copied(copy, administrator, now, workstream, queue, is_empty):
    spare = make_queue("Spare")
    pair = {"condition": "work_item_limit", "threshold": 3, "action": "transfer", "queue": "Spare"}
    rule = {
        "name": "Gold",
        "when": {},
        "queues": [{"queue": queue.name, "percent": 100}],
        "overflow": [] if is_empty else [pair],
    }
    save_rulesets(
        workstream=workstream, kind=ROUTES, rulesets=[rule], by=administrator,
        now=now,
    )  # fmt: skip

    copied = copy(workstream)

    [[one]] = [list(each["rules"]) for each in rule_list(ROUTES, copied).rulesets]
    assert one["overflow"] == rule["overflow"]
    assert RuleOverflow.objects.filter(to_queue=spare).count() == (0 if is_empty else 2)


def test_who_has_a_reply_before_him_does_not_take_the_copy_out_of_it(
    copy, workstream, administrator, now
):
    reply = QuickReply.objects.create(title="Hi", message="Hello")
    reply.workstreams.add(workstream)
    seen = reply.revision

    copied = copy(workstream)

    with pytest.raises(SavedMeanwhile):
        save_quick_reply(
            reply=reply, revision=seen, workstreams=[workstream], by=administrator, now=now
        )
    assert set(reply.workstreams.all()) == {workstream, copied}


def test_channel_instances_stay_with_the_original(copy, workstream):
    make_chat_widget(workstream)

    assert copy(workstream).channel_instances.count() == 0


def test_the_second_copy_gets_a_number(copy, workstream):
    names = [copy(workstream).name for _ in range(3)]

    assert names == ["Copy of Chat", "Copy of Chat (2)", "Copy of Chat (3)"]


def test_a_long_name_still_fits(copy, queue):
    workstream = make_workstream("x" * 100, queue=queue)

    first, second = copy(workstream), copy(workstream)

    assert len(first.name) == len(second.name) == 100
    assert second.name.endswith(" (2)")


def test_a_name_of_ones_own_is_taken_or_refused(copy, workstream):
    assert copy(workstream, "Night chat").name == "Night chat"

    with pytest.raises(InvalidSettings):
        copy(workstream, "night CHAT")
