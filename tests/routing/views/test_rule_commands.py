"""What is done to the rules of a list."""

from datetime import timedelta

import pytest

from routing.actions.save_ruleset import save_rulesets
from routing.queries.deleted_rule import KEY
from routing.queries.rule_lists import rule_list
from routing.terms import RulesetKind
from tests.routing.views.typed_rules import counts, route, rows, saved, typed_classification

HTMX = {"HX-Request": "true"}


@pytest.fixture
def three(as_administrator, routes):
    """First, Second and Third."""
    for number, name in enumerate(["First", "Second", "Third"]):
        as_administrator.post(f"{routes}new/", route(name=name, revision=number))


def names(workstream):
    return [rule["name"] for rule in saved("route_to_queue", workstream)]


@pytest.mark.parametrize(
    ("number", "to", "after"),
    [
        (3, "up", "First Third Second"),
        (1, "down", "Second First Third"),
        (1, "up", "First Second Third"),
        (3, "down", "First Second Third"),
        (1, "after 3", "Second Third First"),
        (3, "before 1", "Third First Second"),
        (1, "before 3", "Second First Third"),
        (2, "after 1", "First Second Third"),
        (2, "before 9", "First Second Third"),
        (2, "nowhere", "First Second Third"),
    ],
)
def test_a_rule_is_moved(as_administrator, workstream, routes, three, number, to, after):
    where = f"{routes}1/{number}/move/"

    response = as_administrator.post(where, {"to": to, "revision": 3}, headers=HTMX)

    assert " ".join(names(workstream)) == after
    assert response.content.count(b'id="route-to-queue"') == 1
    assert "moved to" in response["HX-Trigger"]
    assert response.content.count(b"autofocus") == 1


def test_without_scripts_a_move_leads_back_to_the_page(as_administrator, workstream, routes, three):
    response = as_administrator.post(f"{routes}1/3/move/", {"to": "up", "revision": 3})

    assert (response.status_code, names(workstream)[1]) == (303, "Third")


def test_a_copy_is_the_same_rule_under_another_name(as_administrator, workstream, routes, three):
    as_administrator.post(f"{routes}1/1/copy/", {"revision": 3})
    response = as_administrator.post(f"{routes}1/1/copy/", {"revision": 4}, headers=HTMX)

    source, second, first, *_ = saved("route_to_queue", workstream)
    assert [second["name"], first["name"]] == ["Copy of First (2)", "Copy of First"]
    assert second | {"name": "First"} == source == first | {"name": "First"}
    assert response.content.count(b"autofocus") == 1


def test_a_copy_has_a_name_that_is_short_enough(as_administrator, workstream, routes):
    as_administrator.post(f"{routes}new/", route(name="x" * 100))

    as_administrator.post(f"{routes}1/1/copy/", {"revision": 1})
    as_administrator.post(f"{routes}1/1/copy/", {"revision": 2})

    assert len(set(names(workstream))) == 3
    assert max(map(len, names(workstream))) == 100


def test_a_deleted_rule_is_put_back_where_it_stood(as_administrator, workstream, routes, three):
    before = saved("route_to_queue", workstream)

    deleted = as_administrator.post(f"{routes}1/2/delete/", {"revision": 3}, headers=HTMX)
    page = as_administrator.get(f"/workstreams/{workstream.pk}/").content.decode()
    back = as_administrator.post(f"{routes}restore/", headers=HTMX)

    assert "Rule “Second” was deleted." in deleted.content.decode()
    assert deleted.content.count(b"autofocus") == 1
    assert page.count("was deleted.") == 1
    assert "Undo" not in back.content.decode()
    assert saved("route_to_queue", workstream) == before
    assert as_administrator.post(f"{routes}restore/").status_code == 404


def test_the_last_rule_comes_back_too(as_administrator, workstream, classification):
    vip = rows("set", {"field": "attributes.vip", "value": "true"})
    as_administrator.post(f"{classification}new/", typed_classification("VIP", **vip))
    before = saved("classification", workstream)

    deleted = as_administrator.post(f"{classification}1/1/delete/", {"revision": 1})
    assert deleted.status_code == 303
    as_administrator.post(f"{classification}restore/")

    assert saved("classification", workstream) == before != []


def test_a_rule_comes_back_into_its_ruleset_wherever_that_stands_now(
    as_administrator, workstream, classification, rulesets
):
    rulesets("Topics", "VIP")
    as_administrator.post(f"{classification}1/1/delete/", {"revision": 1})
    as_administrator.post(f"{classification}rulesets/1/move/", {"to": "down", "revision": 2})

    as_administrator.post(f"{classification}restore/")

    assert counts(workstream) == [("VIP", 1), ("Topics", 1)]


def test_of_rulesets_of_one_name_a_rule_comes_back_into_its_own(
    as_administrator, workstream, classification, rulesets
):
    rulesets("Topics", "Topics")
    as_administrator.post(f"{classification}2/1/delete/", {"revision": 1})
    assert b"Undo" in as_administrator.get(classification).content

    as_administrator.post(f"{classification}restore/")

    assert counts(workstream) == [("Topics", 1), ("Topics", 1)]


@pytest.mark.parametrize(
    "since",
    [[["VIP"]], [["Topics", "Topics"]], [[], ["VIP"], ["VIP"]]],
    ids=["none", "two", "counted anew"],
)
def test_a_rule_whose_ruleset_cannot_be_told_is_not_put_back(
    as_administrator, workstream, classification, rulesets, since
):
    rulesets("Topics", "VIP")
    as_administrator.post(f"{classification}1/1/delete/", {"revision": 1})
    for each in since:
        rulesets(*each)

    assert b"Undo" not in as_administrator.get(classification).content
    assert as_administrator.post(f"{classification}restore/").status_code == 404
    assert len(saved("classification", workstream)) == len(since[-1])


def test_a_rule_is_not_put_back_into_what_a_machine_learned(
    as_administrator, workstream, classification, rulesets
):
    rulesets("Topics")
    as_administrator.post(f"{classification}1/1/delete/", {"revision": 1})
    typed = {"revision": 2, "name": "Topics", "kind": "sentiment", "inputs": "messages"}
    as_administrator.post(f"{classification}rulesets/1/edit/", typed)

    assert rule_list(RulesetKind.CLASSIFICATION, workstream).rulesets[0]["kind"] == "sentiment"
    assert as_administrator.post(f"{classification}restore/").status_code == 404


def test_after_ten_minutes_nothing_is_put_back(as_administrator, routes, three, now):
    as_administrator.post(f"{routes}1/2/delete/", {"revision": 3})
    session = as_administrator.session
    session[KEY] = session[KEY] | {"at": (now - timedelta(minutes=11)).isoformat()}
    session.save()

    assert as_administrator.post(f"{routes}restore/").status_code == 404
    assert b"Undo" not in as_administrator.get(routes).content


def test_what_is_deleted_elsewhere_is_not_offered_here(
    as_administrator, routes, classification, three
):
    as_administrator.post(f"{routes}1/2/delete/", {"revision": 3})

    assert b"Undo" not in as_administrator.get(classification).content
    assert as_administrator.post(f"{classification}restore/").status_code == 404


@pytest.mark.parametrize(
    ("search", "found"),
    [("second", ["Second"]), ("tier GOLD", ["First", "Second", "Third"]), ("planet", [])],
)
def test_rules_are_searched_by_name_and_words(as_administrator, routes, three, search, found):
    response = as_administrator.get(routes, {"q": search}, headers=HTMX)

    content = response.content.decode()
    [group] = response.context["card"].groups
    assert [line.name for line in group.lines] == found
    assert content.count("Move First") == 0
    assert ("No rule has" in content) is (not found)


def test_a_search_stays_while_rules_are_deleted(as_administrator, routes, three):
    typed = {"revision": 3, "q": "second"}

    response = as_administrator.post(f"{routes}1/2/delete/", typed, headers=HTMX)

    assert "No rule has “second”" in response.content.decode()


@pytest.mark.parametrize("verb", ["copy", "delete", "move"])
def test_a_list_that_changed_meanwhile_is_left_alone(
    as_administrator, workstream, routes, three, verb
):
    typed = {"revision": 1, "to": "down"}

    response = as_administrator.post(f"{routes}1/1/{verb}/", typed)

    assert response.status_code == 409
    assert names(workstream) == ["First", "Second", "Third"]


def test_a_new_rule_over_a_list_that_changed_is_kept_and_saved_again(
    as_administrator, workstream, routes, three
):
    late = as_administrator.post(f"{routes}new/", route(name="Fourth", revision=0))
    revision = late.context["form"].head["revision"].value()
    again = as_administrator.post(f"{routes}new/", route(name="Fourth", revision=revision))

    assert (late.status_code, again.status_code) == (422, 303)
    assert len(names(workstream)) == 4


def test_two_hundred_rules_show_in_a_fixed_number_of_queries(
    as_administrator, workstream, administrator, now, routes, django_assert_max_num_queries
):
    many(workstream, administrator, now)

    with django_assert_max_num_queries(12):
        response = as_administrator.get(routes)

    assert response.context["card"].count == 200


def many(workstream, by, now):
    rules = [
        {
            "name": f"Rule {number}",
            "when": {"all": [{"field": "title", "op": "contains", "value": str(number)}] * 10},
            "queues": [{"queue": "Support", "percent": 100}],
        }
        for number in range(200)
    ]
    save_rulesets(
        workstream=workstream, kind=RulesetKind.ROUTE_TO_QUEUE, rulesets=rules, by=by, now=now
    )
