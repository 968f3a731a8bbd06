"""The rulesets of a workstream's classification."""

import pytest

from routing import configuration
from routing.actions.save_ruleset import save_rulesets
from routing.models import Rule
from routing.queries.rule_lists import rule_list
from routing.terms import RulesetKind, RuleType
from tests.factories.learning import make_model
from tests.routing.views.typed_rules import hidden
from workstreams.actions.copy_workstream import copy_workstream

LEARNED = {"inputs": "title\nmessages"}


@pytest.fixture
def address(workstream):
    return f"/rules/workstreams/{workstream.pk}/classification/"


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def save(workstream, administrator, now):
    def save(*documents):
        save_rulesets(
            workstream=workstream,
            kind=RulesetKind.CLASSIFICATION,
            rulesets=list(documents),
            by=administrator,
            now=now,
        )

    return save


def rulesets(workstream):
    return rule_list(RulesetKind.CLASSIFICATION, workstream).rulesets


def logical(name, *rules):
    return {
        "name": name,
        "kind": "logical",
        "rules": [{"name": rule, "then": {"priority": 1}} for rule in rules],
    }


def feeling(name="Feeling"):
    return {"name": name, "kind": "sentiment", "model": None, "inputs": ["messages"], "rules": []}


def effort(model):
    inputs = ["title", "messages"]
    return {"name": "Effort", "kind": "effort", "model": model, "inputs": inputs, "rules": []}


def test_a_ruleset_of_machine_learning_is_created_in_the_dialog(
    as_administrator, address, workstream
):
    make_model(name="Topics")

    dialog = as_administrator.get(f"{address}rulesets/new/", HTTP_HX_REQUEST="true")
    as_administrator.post(
        f"{address}rulesets/new/",
        LEARNED
        | {
            "revision": "0",
            "name": "Find",
            "kind": "skill_identification",
            "skill_model": "Topics",
        },
    )

    assert "Topics (not published yet)" in dialog.content.decode()
    assert rulesets(workstream) == [
        {
            "name": "Find",
            "kind": "skill_identification",
            "model": "Topics",
            "inputs": ["title", "messages"],
            "rules": [],
        }
    ]
    page = as_administrator.get(address).content.decode()
    assert "Finds skills by the model Topics, from title, messages" in page


def test_sentiment_needs_no_model_and_a_second_one_warns(as_administrator, address, workstream):
    sent = {"kind": "sentiment", "sentiment_model": "", "inputs": "messages"}

    as_administrator.post(f"{address}rulesets/new/", sent | {"revision": "0", "name": "One"})
    page = as_administrator.post(
        f"{address}rulesets/new/", sent | {"revision": "1", "name": "Two"}, follow=True
    ).content.decode()

    assert [each["model"] for each in rulesets(workstream)] == [None, None]
    assert "There is more than one sentiment ruleset" in page
    assert "by built-in words" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "skill_identification", "skill_model": ""}, "Choose a model."),
        ({"kind": "effort", "effort_model": "Hours", "inputs": "title"}, "Choose 2 to 10 inputs."),
        ({"kind": "sentiment", "inputs": ""}, "Choose 1 to 10 inputs."),
        ({"kind": "sentiment", "inputs": "shoe.size"}, "There is no field shoe.size."),
        ({"kind": "skill_identification", "skill_model": "Nothing"}, "not one of the available"),
        ({"kind": "nothing"}, "not one of the available"),
        ({"name": ""}, "required"),
    ],
)
def test_what_is_wrong_stands_at_its_field(as_administrator, address, workstream, sent, said):
    make_model(RuleType.EFFORT, "Hours")
    usual = LEARNED | {"revision": "0", "name": "New", "kind": "logical"}

    response = as_administrator.post(f"{address}rulesets/new/", usual | sent)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert rulesets(workstream) == []


def test_a_workstream_has_one_effort_ruleset(as_administrator, address, workstream, save):
    make_model(RuleType.EFFORT, "Hours")
    save(effort("Hours"))
    sent = LEARNED | {"revision": "1", "name": "Again", "kind": "effort", "effort_model": "Hours"}

    response = as_administrator.post(f"{address}rulesets/new/", sent)

    assert response.status_code == 422
    assert "A workstream has one effort ruleset" in response.content.decode()


def test_rulesets_change_places_an_effort_ruleset_too(as_administrator, address, workstream, save):
    make_model(RuleType.EFFORT, "Hours")
    save(logical("First", "Rule"), effort("Hours"), feeling())

    up = as_administrator.post(f"{address}rulesets/2/move/", {"to": "up", "revision": "1"})
    names = [each["name"] for each in rulesets(workstream)]
    down = as_administrator.post(
        f"{address}rulesets/1/move/", {"to": "down", "revision": "2"}, HTTP_HX_REQUEST="true"
    )

    assert (up.status_code, names) == (303, ["Effort", "First", "Feeling"])
    assert [each["name"] for each in rulesets(workstream)] == ["First", "Effort", "Feeling"]
    assert down.content.decode().lstrip().startswith("<section")
    assert Rule.objects.get().ruleset.name == "First"


def test_a_ruleset_is_deleted_with_its_rules(as_administrator, address, workstream, save):
    save(logical("First", "Rule"), feeling())

    question = as_administrator.get(f"{address}rulesets/1/delete/").content.decode()
    as_administrator.post(f"{address}rulesets/1/delete/?revision=1")

    assert "Its 1 rules go with it" in question
    assert [each["name"] for each in rulesets(workstream)] == ["Feeling"]
    assert not Rule.objects.exists()


def test_a_ruleset_gets_another_name_and_model(as_administrator, address, workstream, save):
    make_model(RuleType.SENTIMENT, "Ours")
    save(feeling())
    sent = {"revision": "1", "name": "Mood", "kind": "sentiment", "sentiment_model": "Ours"}

    as_administrator.post(f"{address}rulesets/1/edit/", sent | {"inputs": "messages"})

    [found] = rulesets(workstream)
    assert (found["name"], found["model"]) == ("Mood", "Ours")


def test_a_ruleset_with_rules_keeps_its_type(as_administrator, address, workstream, save):
    save(logical("First", "Rule"))
    sent = LEARNED | {"revision": "1", "name": "Renamed", "kind": "sentiment"}

    as_administrator.post(f"{address}rulesets/1/edit/", sent)

    [found] = rulesets(workstream)
    assert (found["name"], found["kind"], len(found["rules"])) == ("Renamed", "logical", 1)


def test_two_who_edit_at_once_do_not_overwrite_each_other(
    as_administrator, address, workstream, save
):
    save(feeling())
    page = as_administrator.get(f"{address}rulesets/1/edit/")
    save(feeling() | {"inputs": ["title"]})
    sent = hidden(page) | {"name": "Mine", "kind": "sentiment", "inputs": "messages"}

    response = as_administrator.post(f"{address}rulesets/1/edit/", sent)

    assert response.status_code == 422
    assert "Somebody else saved these rulesets" in response.content.decode()
    assert rulesets(workstream) == [feeling() | {"inputs": ["title"]}]


def test_a_new_rule_goes_into_a_ruleset_that_has_rules(as_administrator, address, workstream, save):
    save(feeling(), logical("Words", "Rule"))

    page = as_administrator.get(f"{address}new/").content.decode()
    listed = as_administrator.get(address).content.decode()

    assert "New rule" in page
    assert "new/?ruleset=2" in listed
    assert "new/?ruleset=1" not in listed


@pytest.mark.parametrize("kind", ["route-to-queue", "intake", "nothing"])
def test_other_lists_have_one_ruleset(as_administrator, workstream, kind):
    address = f"/rules/workstreams/{workstream.pk}/{kind}/rulesets/new/"

    assert as_administrator.get(address).status_code == 404


def test_learned_rulesets_are_copied_with_the_workstream(workstream, administrator, save, now):
    make_model(RuleType.EFFORT, "Hours")
    save(feeling(), effort("Hours"), logical("Words", "Rule"))

    copy = copy_workstream(workstream=workstream, by=administrator, now=now)

    without = ("name", "kind", "model", "inputs")
    kept = [[each.get(key) for key in without] for each in rulesets(workstream)]
    assert [[each.get(key) for key in without] for each in rulesets(copy)] == kept


def test_a_document_names_the_model_and_says_when_it_is_missing(workstream, save, now):
    make_model(RuleType.EFFORT, "Hours")
    save(feeling(), effort("Hours"))
    document = configuration.workstream_document(workstream.pk)

    report = configuration.import_document(document, by=None, now=now, check=True)
    alone = {key: each for key, each in document.items() if key != "learned_models"}
    type(make_model()).objects.exclude(name="Hours").delete()
    _rename(workstream, now)
    missing = configuration.validate(alone)

    assert (report.created, report.changed) == ([], [])
    assert [each["name"] for each in document["learned_models"]] == ["Hours"]
    assert "published" not in str(document["learned_models"])
    assert "There is no learned model Hours." in [each["message"] for each in missing]


def _rename(workstream, now):
    from routing.models import LearnedModel

    LearnedModel.objects.filter(name="Hours").update(name="Others")
    configuration.publish(by=None, now=now)


def test_importing_creates_a_model_that_has_to_be_trained(workstream, save, now):
    from routing.models import LearnedModel

    make_model(RuleType.EFFORT, "Hours")
    save(effort("Hours"))
    document = configuration.workstream_document(workstream.pk)
    LearnedModel.objects.update(name="Others")
    configuration.publish(by=None, now=now)

    report = configuration.import_document(document, by=None, now=now)

    assert "learned_model Hours" in report.created
    assert any("Train it here" in note for note in report.notes)
    [ruleset] = rulesets(workstream)
    assert ruleset["model"] == "Hours"
