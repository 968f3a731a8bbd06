"""The form of a rule, or of a ruleset, that was open while somebody else saved the list."""

import pytest

from tests.routing.views.typed_rules import counts, hidden, route, saved, typed_classification

PAGES = pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
MEANWHILE = "Somebody else saved these rules while you were editing"


@pytest.fixture
def three(as_administrator, routes):
    """Gold, Silver and Bronze."""
    for revision, name in enumerate(["Gold", "Silver", "Bronze"]):
        as_administrator.post(f"{routes}new/", route(name=name, value=name, revision=revision))


@pytest.fixture
def edit(as_administrator):
    """Opens a form, lets ``meanwhile`` happen, and saves twice; both answers."""

    def edit(url, typed, *meanwhile, headers=None):
        page = as_administrator.get(url, headers=headers)
        for path, sent in meanwhile:
            as_administrator.post(path, sent)
        late = as_administrator.post(url, typed | hidden(page), headers=headers)
        return late, as_administrator.post(url, typed | hidden(late), headers=headers)

    return edit


def values(workstream):
    return [(rule["name"], rule["when"]["value"]) for rule in saved("route_to_queue", workstream)]


@PAGES
@pytest.mark.parametrize(
    ("verb", "sent", "after"),
    [
        ("1/1/delete/", {}, "Mine Bronze"),
        ("1/1/copy/", {}, "Gold Gold Mine Bronze"),
        ("1/2/move/", {"to": "up"}, "Mine Gold Bronze"),
        ("1/3/move/", {"to": "up"}, "Gold Bronze Mine"),
    ],
)
def test_an_edited_rule_is_found_where_it_stands_now(
    edit, workstream, routes, three, headers, verb, sent, after
):
    meanwhile = (f"{routes}{verb}", sent | {"revision": 3})

    late, _ = edit(
        f"{routes}1/2/edit/", route(name="Silver", value="Mine"), meanwhile, headers=headers
    )

    assert late.status_code == 422
    assert MEANWHILE in late.text
    assert "Another rule is called" not in late.text
    assert " ".join(value for _, value in values(workstream)) == after
    assert ("Silver", "Mine") in values(workstream)


@PAGES
@pytest.mark.parametrize("number", [2, 3], ids=["another stands there", "nothing stands there"])
def test_a_rule_that_is_gone_is_not_put_over_another(
    edit, workstream, routes, three, headers, number
):
    meanwhile = (f"{routes}1/{number}/delete/", {"revision": 3})
    typed = route(name="Mine", value="typed here")

    answers = edit(f"{routes}1/{number}/edit/", typed, meanwhile, headers=headers)

    name = ["Gold", "Silver", "Bronze"][number - 1]
    for response in answers:
        assert response.status_code == 422
        assert f"Somebody else deleted or renamed the rule “{name}” while" in response.text
        assert "open the rule under its new name, or add another one" in response.text
        assert "typed here" in response.text
    assert len(values(workstream)) == 2
    assert "Mine" not in dict(values(workstream))


def test_a_rule_that_got_another_name_is_not_put_over_by_what_was_typed_before(
    edit, workstream, routes, three
):
    meanwhile = (f"{routes}1/2/edit/", route(name="Platinum", value="theirs", revision=3))

    edit(f"{routes}1/2/edit/", route(name="Silver", value="Mine"), meanwhile)

    assert values(workstream)[1] == ("Platinum", "theirs")


def test_a_condition_is_added_to_a_rule_that_is_gone(as_administrator, routes, three):
    page = as_administrator.get(f"{routes}1/3/edit/")
    as_administrator.post(f"{routes}1/3/delete/", {"revision": 3})

    typed = route(name="Bronze") | hidden(page) | {"edit_conditions": "add-row c"}
    response = as_administrator.post(f"{routes}1/3/edit/", typed)

    assert response.status_code == 200
    assert len(response.context["form"].conditions.rows) == 2
    assert hidden(response) == hidden(page)


@PAGES
def test_a_rule_is_found_in_its_ruleset_and_not_in_the_one_of_its_number(
    edit, workstream, classification, rulesets, headers
):
    rulesets("Topics", "VIP")
    meanwhile = (f"{classification}rulesets/1/move/", {"to": "down", "revision": 1})
    typed = typed_classification("First", priority=9)

    edit(f"{classification}1/1/edit/", typed, meanwhile, headers=headers)

    assert counts(workstream) == [("VIP", 1), ("Topics", 1)]
    priorities = [rule["then"]["priority"] for rule in saved("classification", workstream)]
    assert priorities == [1, 9]


def test_a_new_rule_goes_into_the_ruleset_it_was_begun_for(
    edit, workstream, classification, rulesets
):
    rulesets("Topics", "VIP")
    meanwhile = (f"{classification}rulesets/1/move/", {"to": "down", "revision": 1})

    edit(f"{classification}new/?ruleset=1", typed_classification("New", priority=2), meanwhile)

    assert counts(workstream) == [("VIP", 1), ("Topics", 2)]


@pytest.mark.parametrize("page", ["new/?ruleset=1", "1/1/edit/"])
def test_without_its_ruleset_a_rule_goes_into_no_other(
    edit, workstream, classification, rulesets, page
):
    rulesets("Topics", "VIP")
    meanwhile = (f"{classification}rulesets/1/delete/", {"revision": 1})

    answers = edit(f"{classification}{page}", typed_classification("New", priority=2), meanwhile)

    for response in answers:
        assert "Somebody else deleted or renamed the ruleset “Topics” while" in response.text
    assert counts(workstream) == [("VIP", 1)]
    assert saved("classification", workstream)[0]["name"] == "First"


@pytest.mark.parametrize("page", ["new/?ruleset=1", "1/1/edit/"])
def test_rulesets_of_one_name_are_not_taken_for_each_other(
    edit, workstream, classification, rulesets, page
):
    rulesets("Topics", "Topics")
    meanwhile = (f"{classification}rulesets/1/delete/", {"revision": 1})

    answers = edit(f"{classification}{page}", typed_classification("New", priority=2), meanwhile)

    assert [response.status_code for response in answers] == [422, 422]
    assert "Somebody else saved this meanwhile" in answers[1].text
    assert [rule["name"] for rule in saved("classification", workstream)] == ["First"]


def test_rules_of_rulesets_of_one_name_are_edited(edit, workstream, classification, rulesets):
    rulesets("Topics", "Topics")

    edit(f"{classification}2/1/edit/", typed_classification("Second", priority=2))

    names = [rule["name"] for rule in saved("classification", workstream)]
    assert names == ["First", "Second"]


@PAGES
def test_a_ruleset_is_found_where_it_stands_now(
    edit, workstream, classification, rulesets, headers
):
    rulesets("Topics", "VIP")
    meanwhile = (f"{classification}rulesets/1/move/", {"to": "down", "revision": 1})

    late, _ = edit(
        f"{classification}rulesets/1/edit/", {"name": "Subjects"}, meanwhile, headers=headers
    )

    assert "Somebody else saved these rulesets while you were editing" in late.text
    assert counts(workstream) == [("VIP", 1), ("Subjects", 1)]


@PAGES
@pytest.mark.parametrize("number", [1, 2], ids=["another stands there", "nothing stands there"])
def test_a_ruleset_that_is_gone_takes_no_rules_of_another(
    edit, workstream, classification, rulesets, headers, number
):
    rulesets("Topics", "VIP")
    meanwhile = (f"{classification}rulesets/{number}/delete/", {"revision": 1})
    url = f"{classification}rulesets/{number}/edit/"

    answers = edit(url, {"name": "Subjects"}, meanwhile, headers=headers)

    gone, stays = ("Topics", "VIP") if number == 1 else ("VIP", "Topics")
    for response in answers:
        assert response.status_code == 422
        assert f"Somebody else deleted or renamed the ruleset “{gone}” while" in response.text
        assert "Subjects" in response.text
        assert "This field is required" not in response.text
    assert counts(workstream) == [(stays, 1)]


def test_a_ruleset_with_a_name_of_others_too_is_edited_but_on_top_of_none(
    edit, workstream, classification, rulesets
):
    rulesets("Topics", "Topics", "VIP")
    meanwhile = (f"{classification}rulesets/1/delete/", {"revision": 1})
    url = f"{classification}rulesets/2/edit/"

    late, again = edit(url, {"name": "Subjects"}, meanwhile)
    first, _ = edit(url, {"name": "Important"})

    assert (late.status_code, again.status_code, first.status_code) == (422, 422, 303)
    assert counts(workstream) == [("Topics", 1), ("Important", 1)]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("place", ["1/0/", "0/1/", "0/0/"])
def test_a_number_before_the_first_is_no_rule(as_administrator, workstream, routes, place):
    before = values(workstream)

    asked = as_administrator.get(f"{routes}{place}edit/")
    answers = [as_administrator.post(f"{routes}{place}{verb}/") for verb in ("delete", "copy")]

    assert [each.status_code for each in (asked, *answers)] == [404, 404, 404]
    assert values(workstream) == before
