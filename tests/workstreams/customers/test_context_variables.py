"""Context variables: their names, their uses, and what may come with a conversation (B 10.1)."""

import re

import pytest
from django.test import Client

from routing import configuration
from routing.models import Rule, Ruleset
from routing.terms import RulesetKind
from tests.factories import make_chat_widget, make_method, make_workstream
from tests.factories.learning import make_model
from tests.scenarios import arrive
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import (
    ContextVariable,
    IdentificationRule,
    MessageTemplate,
    NotificationTemplate,
    QuickReply,
    SurveyQuestion,
    WorkItemEvent,
)
from workstreams.queries.context_variable_uses import uses_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_administrator(administrator) -> Client:
    browser = Client()
    browser.force_login(administrator)
    return browser


@pytest.fixture
def address(workstream) -> str:
    return f"/workstreams/{workstream.pk}/context-variables/"


@pytest.fixture
def tier(workstream) -> ContextVariable:
    return ContextVariable.objects.create(workstream=workstream, name="tier")


def use_in_rule(workstream, when=None, then=None) -> None:
    rules = Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=workstream, name="Rules"
    )
    Rule.objects.create(ruleset=rules, name="Gold ones", when=when or {}, then=then or {})


def in_condition(workstream):
    row = {"field": "context.tier", "op": "equals", "value": "gold"}
    use_in_rule(workstream, when={"all": [{"not": row}]})


def in_outcome(workstream):
    use_in_rule(workstream, then={"set": {"context.tier": "gold"}})


def in_quick_reply(workstream):
    QuickReply.objects.create(title="Thanks", message="Thanks, {OCContext.tier} customer")


def in_notification(workstream):
    NotificationTemplate.objects.filter(pk=workstream.notification_template_id).update(
        fields=[{"header": "Tier", "value": "{tier}"}]
    )


def in_survey(workstream):
    widget = make_chat_widget(workstream, "shop")
    SurveyQuestion.objects.create(channel_instance=widget, name="tier", text="Which tier?")


def in_identification(workstream):
    IdentificationRule.objects.create(name="By tier", entity="contact", keys={"tier": "name"})


def in_ruleset(workstream):
    learned = {"rule_type": "sentiment", "inputs": ["title", "context.tier"]}
    workstream.rulesets.create(kind=RulesetKind.CLASSIFICATION, name="Mood", **learned)


def in_model(workstream):
    make_model(inputs=["context.tier"]).workstreams.add(workstream)


def in_method(workstream):
    row = {"field": "context.tier", "op": "equals", "value": "gold"}
    make_method("Ours", prioritization=[{"name": "Gold first", "when": row}])


def in_message_template(workstream):
    MessageTemplate.objects.create(name="News", channel="live_chat", texts={"en": "{tier}"})


USES = [
    in_condition,
    in_outcome,
    in_ruleset,
    in_model,
    in_method,
    in_quick_reply,
    in_notification,
    in_message_template,
    in_survey,
    in_identification,
]


@pytest.mark.parametrize("use", USES, ids=lambda use: use.__name__)
def test_a_used_variable_keeps_its_name_and_stays(use, as_administrator, address, workstream, tier):
    use(workstream)
    one = f"{address}{tier.pk}/"

    renamed = as_administrator.post(f"{one}edit/", {"name": "level", "type": "text"})
    deleted = as_administrator.post(f"{one}delete/")

    assert (renamed.status_code, deleted.status_code) == (422, 409)
    assert "It keeps its name" in renamed.content.decode()
    assert "Nothing names it" not in as_administrator.get(f"{one}uses/").content.decode()
    tier.refresh_from_db()
    assert tier.name == "tier"


def test_what_only_published_rules_name_is_no_variable_that_nothing_names(
    as_administrator, address, workstream, tier, administrator, now
):
    in_condition(workstream)
    configuration.publish(by=None, now=now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    workstream.rulesets.all().delete()

    html = as_administrator.get(f"{address}{tier.pk}/uses/").content.decode()

    assert "Nothing names it" not in html
    assert "Rule: Gold ones (published)" in html


def test_names_that_are_merely_alike_are_no_uses(as_administrator, address, workstream, tier):
    use_in_rule(workstream, when={"field": "context.tiers", "op": "is_set"})
    QuickReply.objects.create(title="Other", message="tier {OCContext.Tier}")
    other = make_workstream()
    in_condition(other)

    response = as_administrator.post(f"{address}{tier.pk}/delete/")

    assert response.status_code == 303
    assert not ContextVariable.objects.exists()


def test_a_method_may_go_on_reading_that_of_another_workstream(workstream, tier):
    in_method(workstream)
    other = make_workstream()

    ContextVariable.objects.create(workstream=other, name="tier")

    assert not uses_of(tier)


def test_case_tells_names_apart(as_administrator, address, tier):
    other = as_administrator.post(f"{address}new/", {"name": "Tier", "type": "text"})
    same = as_administrator.post(f"{address}new/", {"name": "tier", "type": "text"})

    assert (other.status_code, same.status_code) == (303, 422)


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a.b", "{a}", "contact_id", "engagement"])
def test_a_name_that_nothing_could_use_is_refused(name, as_administrator, address):
    response = as_administrator.post(f"{address}new/", {"name": name, "type": "text"})

    assert response.status_code == 422
    assert not ContextVariable.objects.exists()


def test_the_hundred_and_first_is_refused(as_administrator, address, workstream):
    ContextVariable.objects.bulk_create(
        ContextVariable(workstream=workstream, name=f"v{number}") for number in range(100)
    )

    assert as_administrator.post(f"{address}new/", {"name": "x", "type": "text"}).status_code == 422


def test_they_stand_on_the_page_of_the_workstream(as_administrator, workstream, tier):
    content = as_administrator.get(f"/workstreams/{workstream.pk}/").content.decode()

    assert f'id="context-variable-{tier.pk}"' in content


FITTING = [
    {f"v{number}": "x" for number in range(100)},
    {"n" * 100: "v" * 4000},
    {"a": 1, "b": 1.5, "c": True, "d": None, "e": "é"},
    {"engagement": {"language": "nl"}, **{f"v{number}": "x" for number in range(100)}},
]
TOO_MUCH = [
    {f"v{number}": "x" for number in range(101)},
    {"n" * 101: "x"},
    {"": "x"},
    {"a": "v" * 4001},
    {"a": ["x"]},
    {"a": {"b": 1}},
    {"a": 10**4000},
    {"engagement": {"page": ["x"]}},
]


@pytest.mark.parametrize("context", FITTING, ids=lambda context: str(context)[:30])
def test_what_fits_is_kept(context, workstream, now):
    assert arrive(workstream, now, context=context).context == context


@pytest.mark.parametrize("context", TOO_MUCH, ids=lambda context: str(context)[:30])
def test_what_does_not_fit_is_refused(context, workstream, now):
    with pytest.raises(InvalidSettings):
        arrive(workstream, now, context=context)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("42", 42), (" -1.50 ", -1.5), (7, 7), ("forty", "forty"), ("1e9", "1e9"), ("NaN", "NaN")],
)
def test_numbers_are_numbers(given, kept, workstream, now):
    ContextVariable.objects.create(workstream=workstream, name="age", type="number")

    item = arrive(workstream, now, context={"age": given, "Age": "42"})

    assert item.context == {"age": kept, "Age": "42"}
    event = WorkItemEvent.objects.get(work_item_id=item.pk, kind="work-item-arrived")
    assert bool(event.data.get("notes")) == isinstance(kept, str)


def test_the_form_of_a_rule_suggests_them(as_administrator, workstream, tier):
    address = as_administrator.get(f"/workstreams/{workstream.pk}/").content.decode()
    [page, *_] = re.findall(r'href="([^"]*classification/(?!rulesets)[^"]*new/)"', address)

    content = as_administrator.get(page).content.decode()

    assert re.search(r'<option value="[^"]*tier[^"]*">', content)


@pytest.mark.parametrize("use", [in_condition, in_outcome, in_ruleset, in_model, in_method])
def test_a_variable_that_rules_read_keeps_its_type(
    use, as_administrator, address, workstream, tier
):
    use(workstream)
    [read] = uses_of(tier)

    answer = as_administrator.post(f"{address}{tier.pk}/edit/", {"name": "tier", "type": "number"})

    assert answer.status_code == 422
    said = f"Rules read it as it is: {read['name']}."
    assert said in answer.context["form"].errors["type"][0]
    tier.refresh_from_db()
    assert tier.type == "text"


def test_texts_take_a_variable_of_either_type(as_administrator, address, workstream, tier):
    in_quick_reply(workstream)

    as_administrator.post(f"{address}{tier.pk}/edit/", {"name": "tier", "type": "number"})

    tier.refresh_from_db()
    assert tier.type == "number"
