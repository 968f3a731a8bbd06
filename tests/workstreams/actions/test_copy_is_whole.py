"""A copy has all that its source has: what is added to workstreams later, too."""

from typing import Any

import pytest

from agents.models import OperatingHours
from routing.models import Rule, Ruleset
from tests.factories import (
    make_chat_widget,
    make_intake,
    make_item,
    make_profile,
    make_queue,
    make_workstream,
)
from workstreams.actions.copy_workstream import copy_workstream
from workstreams.models import (
    Bot,
    NotificationTemplate,
    QuickReply,
    RecordType,
    SessionTemplate,
    Workstream,
)
from workstreams.queries.left_out import left_out_of_copy

# What a copy has of its own.
NEW = {"id", "name", "revision", "created_at", "changed_at", "deleted_at"}
# Rows that belong to a workstream, or that it is linked with, and what a copy has of them.
COPIED = {
    "context_variables",
    "identification_rules",
    "quick_replies",
    "rulesets",
    "capacity_profiles",
    "assist_bots",
}
LEFT_OUT = {
    "channel_instances": "addresses and numbers exist once",
    "intake_rules": "a record goes to one workstream",
    "items": "work is with the workstream that took it in",
    "events": "the audit trail is of the row",
    "learned_models": "what is learned from is the work of the original",
    "test": "a copy is tried out on its own",
}


@pytest.fixture
def full(db) -> Workstream:
    """A workstream in which every setting differs from its default, and all is linked."""
    template = NotificationTemplate.objects.create(name="Ours")
    bot = Bot.objects.create(name="Robo", kind="scripted")
    full = make_workstream(
        "Full",
        persistent_chat=True,
        capacity_format="profile",
        capacity_units=7,
        wrap_up_block="custom",
        wrap_up_seconds=90,
        allowed_presences=["away"],
        skill_matching="closest",
        keep_same_agent=True,
        auto_close_after_minutes=44,
        authenticated_template=template,
        consult_template=template,
        transfer_template=template,
        supervisor_assign_template=template,
        session_template=SessionTemplate.objects.create(name="Ours", unique_name="our_session"),
        may_be_picked=True,
        bot=bot,
    )
    full.capacity_profiles.add(make_profile())
    full.assist_bots.add(Bot.objects.create(name="Aide", kind="scripted", purpose="assist"))
    full.context_variables.create(name="tier", type="number", is_from_survey=True)
    full.identification_rules.create(name="Mail", entity="contact", keys={"mail": "email"})
    QuickReply.objects.create(title="Hi", message="Hi").workstreams.add(full)
    for kind in ("classification", "route_to_queue"):
        ruleset = Ruleset.objects.create(kind=kind, workstream=full, name=kind)
        rule = Rule.objects.create(ruleset=ruleset, name="Gold", then={"priority": 3})
        rule.queues.create(queue=make_queue(), percent=40)
    return full


@pytest.fixture
def copy(full, administrator, now) -> Workstream:
    copied = copy_workstream(workstream=full, by=administrator, now=now)
    return Workstream.objects.get(pk=copied.pk)


def plain(row: Any, *, without: set[str]) -> dict[str, Any]:
    """The values of a row that do not say which row it is."""
    fields = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in fields if name not in without}


def test_every_setting_is_copied(full, copy):
    assert plain(copy, without=NEW) == plain(full, without=NEW)


def test_every_setting_of_the_example_differs_from_its_default(full):
    """A new setting has to be set in the example, or a copy that forgets it is not noticed."""
    default = make_workstream("Default", queue=full.fallback_queue)
    given = {"type", "channel", "record_type_id", "distribution_mode"}
    given |= {"fallback_queue_id", "notification_template_id"}

    values, defaults = (plain(each, without=NEW | given) for each in (full, default))

    assert [name for name in values if values[name] == defaults[name]] == []


def test_every_relation_is_copied_or_left_out_for_a_reason():
    related = {relation.get_accessor_name() for relation in Workstream._meta.related_objects}
    linked = {field.name for field in Workstream._meta.many_to_many}

    assert related | linked == COPIED | LEFT_OUT.keys()


@pytest.mark.parametrize("name", sorted(COPIED))
def test_all_that_belongs_to_it_is_copied(full, copy, name):
    own = {"id", "workstream_id", "revision", "is_from_survey"}

    rows, copies = (
        [plain(row, without=own) for row in getattr(each, name).all()] for each in (full, copy)
    )

    assert rows
    assert copies == rows


def test_the_copy_has_variables_of_its_own(full, copy):
    """No survey asks for them there."""
    assert copy.context_variables.get().is_from_survey is False
    assert full.context_variables.get().is_from_survey is True


def test_rules_are_copied_with_all_they_say(full, copy):
    own = {"id", "ruleset_id", "rule_id"}

    def rules(workstream):
        return [
            (plain(rule, without=own), [plain(share, without=own) for share in rule.queues.all()])
            for ruleset in workstream.rulesets.order_by("kind")
            for rule in ruleset.rules.all()
        ]

    assert rules(copy) == rules(full)
    assert len(rules(copy)) == 2


def test_what_is_left_out_is_named(full, copy):
    for name in ("Web shop", "App"):
        make_chat_widget(full, name=name, operating_hours=OperatingHours.objects.first())
    make_item(full)

    assert left_out_of_copy(full) == ["2 channel instances were not copied: App, Web shop."]
    assert not copy.channel_instances.exists()
    assert not copy.items.exists()


def test_rules_that_compare_with_what_is_left_out_are_named(full):
    make_chat_widget(full, name="Web shop")
    ruleset = full.rulesets.get(kind="route_to_queue")
    for name, instance in (("Shop", "web shop"), ("Elsewhere", "App")):
        when = {"field": "engagement.instance", "op": "equals", "value": instance}
        Rule.objects.create(ruleset=ruleset, name=name, when={"all": [when]})

    assert left_out_of_copy(full) == [
        "1 channel instance was not copied: Web shop.",
        "1 rule compares with what was not copied, so change it in the copy: Shop.",
    ]


def test_intake_rules_go_on_leading_to_the_source(administrator, now):
    record_type = RecordType.objects.get(name="case")
    cases = make_workstream("Cases", type="record", record_type=record_type)
    intake = make_intake("Intake")
    Rule.objects.create(ruleset=intake, name="Refunds", workstream=cases)

    copy = copy_workstream(workstream=cases, by=administrator, now=now)

    assert not copy.intake_rules.exists()
    assert left_out_of_copy(cases) == ["1 intake rule was not copied: Refunds."]


def test_many_names_are_counted(full):
    for number in range(12):
        make_chat_widget(full, name=f"Widget {number:02}")

    [sentence] = left_out_of_copy(full)

    assert sentence.startswith("12 channel instances were not copied: Widget 00, ")
    assert sentence.endswith("Widget 09 and 2 more.")
