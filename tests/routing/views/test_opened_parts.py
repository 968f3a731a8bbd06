"""The form of an entry of a method that was open while somebody else saved the method."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_method
from tests.routing.engine.methods import row
from tests.routing.views.typed_parts import address, sent
from tests.routing.views.typed_rules import hidden
from workstreams.models import AssignmentMethod

PAGES = pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
GOLD = {"name": "Gold", "when": row("context.tier", "equals", "gold"), "order_by": None}
GERMAN = {"name": "German", "when": row("agent.locale", "equals", "de"), "order_by": []}
Edit = Callable[..., list[Any]]


@pytest.fixture
def method(db: None) -> AssignmentMethod:
    """Three prioritisation rules, and two rulesets with a rule each; a criterion for the second."""
    return make_method(
        "Ours",
        prioritization=[{**GOLD, "name": name} for name in ("Gold", "Silver", "Bronze")],
        rulesets=[{"name": name, "rules": [GERMAN]} for name in ("First", "Second")],
        selection=[{"name": "All", "when": {}, "ruleset": "Second"}],
    )


@pytest.fixture
def edit(as_administrator: Client, method: AssignmentMethod) -> Edit:
    """Opens a form, lets something happen to another entry, and saves twice; both answers."""

    def edit(url: str, verb: str, headers: Any = None, /, *, to: str = "", **entry: Any) -> Any:
        page = as_administrator.get(url, headers=headers)
        as_administrator.post(
            address(verb, method, **entry), {"to": to, "revision": method.revision}
        )
        names = ("revision", "opened", "opened_in")
        typed = {name: each for name, each in sent(page, name="Mine").items() if name not in names}
        late = as_administrator.post(url, typed | hidden(page), headers=headers)
        again = as_administrator.post(url, typed | hidden(late), headers=headers)
        method.refresh_from_db()
        return [late, again]

    return edit


def listed(method: AssignmentMethod) -> dict[str, list[str]]:
    return {each["name"]: [rule["name"] for rule in each["rules"]] for each in method.rulesets}


@PAGES
@pytest.mark.parametrize(
    ("verb", "number", "to", "after"),
    [
        ("part-delete", 1, "", "Mine Bronze"),
        ("part-move", 2, "up", "Mine Gold Bronze"),
        ("part-move", 3, "up", "Gold Bronze Mine"),
    ],
)
def test_an_entry_is_found_where_it_stands_now(
    edit: Edit, method: AssignmentMethod, headers: Any, verb: str, number: int, to: str, after: str
) -> None:
    url = address("part-edit", method, part="prioritization", number=2)

    late, _ = edit(url, verb, headers, part="prioritization", number=number, to=to)

    assert late.status_code == 422
    assert "Somebody else saved this method while you were editing" in late.text
    assert " ".join(each["name"] for each in method.prioritization) == after


@PAGES
@pytest.mark.parametrize("number", [2, 3], ids=["another stands there", "nothing stands there"])
def test_an_entry_that_is_gone_is_not_put_over_another(
    edit: Edit, method: AssignmentMethod, headers: Any, number: int
) -> None:
    url = address("part-edit", method, part="prioritization", number=number)
    gone = method.prioritization[number - 1]["name"]

    answers = edit(url, "part-delete", headers, part="prioritization", number=number)

    for response in answers:
        assert response.status_code == 422
        assert f"or renamed the prioritisation rule “{gone}” while" in response.text
        assert 'value="Mine"' in response.text
    names = [each["name"] for each in method.prioritization]
    assert names == [name for name in ("Gold", "Silver", "Bronze") if name != gone]


@pytest.mark.parametrize(
    ("page", "number", "after"),
    [("part-edit", {"number": 1}, ["Mine"]), ("part-create", {}, ["German", "Mine"])],
)
def test_a_rule_goes_into_its_ruleset_wherever_that_stands_now(
    edit: Edit, method: AssignmentMethod, page: str, number: dict[str, int], after: list[str]
) -> None:
    url = address(page, method, part="rules-1", **number)

    edit(url, "part-move", part="rulesets", number=1, to="down")

    assert list(listed(method).items()) == [("Second", ["German"]), ("First", after)]


@pytest.mark.parametrize("number", [1, 2], ids=["another stands there", "nothing stands there"])
@pytest.mark.parametrize(("page", "more"), [("part-edit", {"number": 1}), ("part-create", {})])
def test_without_its_ruleset_a_rule_goes_into_no_other(
    edit: Edit, method: AssignmentMethod, page: str, more: dict[str, int], number: int
) -> None:
    AssignmentMethod.objects.update(selection=[])
    gone, stays = ("First", "Second") if number == 1 else ("Second", "First")
    url = address(page, method, part=f"rules-{number}", **more)

    answers = edit(url, "part-delete", part="rulesets", number=number)

    for response in answers:
        assert response.status_code == 422
        assert f"or renamed the assignment ruleset “{gone}” while" in response.text
    assert listed(method) == {stays: ["German"]}


def test_criteria_follow_the_new_name_of_a_ruleset_that_moved(
    edit: Edit, method: AssignmentMethod
) -> None:
    url = address("part-edit", method, part="rulesets", number=2)

    edit(url, "part-move", part="rulesets", number=2, to="up")

    assert list(listed(method)) == ["Mine", "First"]
    assert method.selection[0]["ruleset"] == "Mine"


def test_a_row_is_not_asked_where_entries_have_none(
    as_administrator: Client, method: AssignmentMethod
) -> None:
    url = address("part-edit", method, part="prioritization", number=1)

    answer = as_administrator.post(url, {"opened": "Gold", "opened_row": "7", "name": ""})

    assert answer.status_code == 422
