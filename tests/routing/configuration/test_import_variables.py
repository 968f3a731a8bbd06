"""Context variables that rules read stay, and keep their type, whatever a document says."""

import pytest

from routing import configuration
from tests.factories import (
    make_chat_widget,
    make_method,
    make_notification_template,
    make_session_template,
    make_workstream,
)
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import MessageTemplate, QuickReply

pytestmark = pytest.mark.django_db
GOLD = {"field": "context.tier", "op": "equals", "value": "gold"}
TIER = {"name": "tier", "type": "text", "is_from_survey": False}


@pytest.fixture
def tier(workstream):
    return workstream.context_variables.create(name="tier")


def ask(workstream, when=GOLD):
    ruleset = workstream.rulesets.create(kind="classification", name="Sort")
    ruleset.rules.create(name="Gold", when=when, then={"priority": 1})
    return ruleset


def ask_in_method(workstream):
    return make_method("Gold", prioritization=[{"name": "First", "when": GOLD}])


def saying(workstream, *variables, **more):
    entry = {"name": workstream.name, "context_variables": [*variables], **more}
    return {"format": 2, "workstreams": [entry]}


def said(document):
    return {each["path"]: each["message"] for each in configuration.validate(document)}


@pytest.mark.parametrize("use", [ask, ask_in_method])
def test_what_rules_read_is_not_dropped(workstream, tier, use) -> None:
    use(workstream)

    assert said(saying(workstream)) == {
        "workstreams.0.context_variables": "tier stays, for rules read it: Gold."
    }


@pytest.mark.parametrize("use", [ask, ask_in_method])
def test_what_rules_read_keeps_its_type(workstream, tier, use) -> None:
    use(workstream)

    assert said(saying(workstream, TIER | {"type": "number"})) == {
        "workstreams.0.context_variables": "tier keeps its type, for rules read it as it is: Gold."
    }


def test_rules_may_change_together_with_the_type(workstream, tier) -> None:
    ask(workstream)
    above = {"field": "context.tier", "op": "greater", "value": 3}
    rules = [{"name": "Gold", "when": above, "then": {"priority": 1}}]
    classification = [{"name": "Sort", "kind": "logical", "rules": rules}]
    number = TIER | {"type": "number"}

    assert said(saying(workstream, number, classification=classification)) == {}
    assert said(saying(workstream, classification=[])) == {}


def test_a_method_may_read_that_of_another_workstream(workstream, tier) -> None:
    ask_in_method(workstream)
    make_workstream("Calls").context_variables.create(name="tier")

    assert said(saying(workstream)) == {}


def reply_of_all(workstream):
    QuickReply.objects.create(title="Welcome", message="Hello, {tier} customer.")


def reply_of_the_workstream(workstream):
    reply = QuickReply.objects.create(title="Welcome", message="Hello, {OCContext.tier} customer.")
    reply.workstreams.add(workstream)


def offer(workstream):
    workstream.notification_template = make_notification_template("Welcome", title="{tier}")
    workstream.save()


def session(workstream):
    workstream.session_template = make_session_template("Welcome", title="{tier}")
    workstream.save()


def message_to_send_first(workstream):
    MessageTemplate.objects.create(
        name="Welcome", channel=workstream.channel, default_locale="en", texts={"en": "{tier}!"}
    )


def message_of_the_instance(workstream):
    widget = make_chat_widget(workstream, "shop", name="Welcome")
    widget.automated_messages.create(
        channel=workstream.channel, trigger="greeting", text="Hello, {tier} customer."
    )


@pytest.mark.parametrize(
    "use",
    [
        reply_of_all,
        reply_of_the_workstream,
        offer,
        session,
        message_to_send_first,
        message_of_the_instance,
    ],
)
def test_what_texts_name_is_not_dropped(workstream, tier, use) -> None:
    use(workstream)

    assert said(saying(workstream)) == {
        "workstreams.0.context_variables": "tier stays, for texts name it: Welcome."
    }
    assert said(saying(workstream, TIER | {"type": "number"})) == {}


def test_texts_may_change_together_with_the_name(workstream, tier) -> None:
    reply_of_all(workstream)
    reply = {"title": "Welcome", "message": "Hello.", "locale": "en"}

    assert said(saying(workstream) | {"quick_replies": [reply]}) == {}


def test_what_published_rules_read_is_not_dropped(workstream, tier, administrator, now) -> None:
    ruleset = ask(workstream)
    configuration.publish(by=None, now=now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    ruleset.delete()

    [sentence] = said(saying(workstream)).values()

    assert sentence == "tier stays, for rules read it: Gold (published)."
