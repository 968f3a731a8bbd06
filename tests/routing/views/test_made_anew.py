"""A rule or ruleset that was deleted and made anew under its name, while a form of it was open."""

import pytest
from django.test import Client

from routing import configuration
from routing.queries.rule_lists import rule_list
from routing.terms import RulesetKind
from tests.routing.views.typed_rules import counts, hidden, route, saved, typed_classification


@pytest.fixture
def second_administrator(administrator):
    """Another browser of somebody who may do the same."""
    browser = Client()
    browser.force_login(administrator)
    return browser


@pytest.fixture
def silver(as_administrator, routes):
    """Gold and Silver."""
    for revision, name in enumerate(["Gold", "Silver"]):
        as_administrator.post(f"{routes}new/", route(name=name, value=name, revision=revision))


def saved_twice(browser, url, page, typed):
    """As somebody does who saves again after the warning; both answers."""
    late = browser.post(url, typed | hidden(page))
    return late, browser.post(url, typed | hidden(late))


def test_a_rule_of_the_same_name_is_not_the_one_that_was_opened(
    as_administrator, second_administrator, workstream, routes, silver
):
    url = f"{routes}1/2/edit/"
    page = as_administrator.get(url)
    second_administrator.post(f"{routes}1/2/delete/", {"revision": 2})
    second_administrator.post(f"{routes}new/", route(name="Silver", value="theirs", revision=3))

    answers = saved_twice(as_administrator, url, page, route(name="Silver", value="mine"))

    for answer in answers:
        assert answer.status_code == 422
        assert "Somebody else deleted or renamed the rule “Silver” while" in answer.text
    assert saved("route_to_queue", workstream)[1]["when"]["value"] == "theirs"


def test_a_rule_that_others_stood_beside_meanwhile_is_saved_in_its_place(
    as_administrator, second_administrator, workstream, routes, silver
):
    url = f"{routes}1/2/edit/"
    page = as_administrator.get(url)
    second_administrator.post(f"{routes}1/1/delete/", {"revision": 2})
    second_administrator.post(f"{routes}new/", route(name="Gold", value="new", revision=3))

    saved_twice(as_administrator, url, page, route(name="Silver", value="mine"))

    found = {rule["name"]: rule["when"]["value"] for rule in saved("route_to_queue", workstream)}
    assert found == {"Silver": "mine", "Gold": "new"}


@pytest.mark.parametrize("page", ["1/1/edit/", "new/?ruleset=1"], ids=["edited", "added"])
def test_no_rule_goes_into_a_ruleset_that_only_has_the_name_of_its_own(
    as_administrator, second_administrator, workstream, classification, rulesets, page
):
    rulesets("VIP", "Topics")
    url = f"{classification}{page}"
    shown = as_administrator.get(url)
    second_administrator.post(f"{classification}rulesets/1/delete/?revision=1")
    second_administrator.post(
        f"{classification}rulesets/new/", {"revision": 2, "name": "VIP", "kind": "logical"}
    )

    answers = saved_twice(as_administrator, url, shown, typed_classification("Mine", priority=2))

    for answer in answers:
        assert "Somebody else deleted or renamed the ruleset “VIP” while" in answer.text
    assert counts(workstream) == [("Topics", 1), ("VIP", 0)]


def test_a_ruleset_of_the_same_name_is_not_the_one_that_was_opened(
    as_administrator, second_administrator, workstream, classification, rulesets
):
    rulesets("VIP", "Topics")
    url = f"{classification}rulesets/1/edit/"
    page = as_administrator.get(url)
    second_administrator.post(f"{classification}rulesets/1/delete/?revision=1")
    second_administrator.post(
        f"{classification}rulesets/new/", {"revision": 2, "name": "VIP", "kind": "logical"}
    )

    answers = saved_twice(as_administrator, url, page, {"name": "Important", "kind": "logical"})

    for answer in answers:
        assert "Somebody else deleted or renamed the ruleset “VIP” while" in answer.text
    assert counts(workstream) == [("Topics", 1), ("VIP", 0)]


def test_a_list_that_was_emptied_meanwhile_is_another_one(
    as_administrator, workstream, classification, rulesets
):
    rulesets("VIP")
    page = as_administrator.get(f"{classification}1/1/edit/")
    rulesets()
    rulesets("VIP")

    late = as_administrator.post(
        f"{classification}1/1/edit/", typed_classification("Mine", priority=2) | hidden(page)
    )

    assert rule_list(RulesetKind.CLASSIFICATION, workstream).revision == 2
    assert late.status_code == 422
    assert [rule["name"] for rule in saved("classification", workstream)] == ["First"]


def test_an_import_leaves_what_stays_to_those_who_have_it_open(
    as_administrator, administrator, workstream, classification, rulesets, now
):
    rulesets("VIP", "Topics")
    page = as_administrator.get(f"{classification}2/1/edit/")
    document = configuration.document()
    own = next(each for each in document["workstreams"] if each["name"] == workstream.name)
    own["classification"].insert(0, {"name": "New", "rules": []})
    configuration.import_document(document, by=administrator, now=now)

    saved_twice(
        as_administrator,
        f"{classification}2/1/edit/",
        page,
        typed_classification("Mine", priority=2),
    )

    names = [rule["name"] for rule in saved("classification", workstream)]
    assert names == ["First", "Mine"]
