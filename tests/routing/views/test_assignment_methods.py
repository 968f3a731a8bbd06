"""The pages of assignment methods, by the client."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from agents.actions.set_agent_attributes import set_agent_attributes
from agents.models import User
from routing import configuration
from routing.actions.save_method import copy_method
from routing.engine.methods.tidy import WEIGHTS
from tests.factories import make_agent, make_attribute, make_method, make_queue
from tests.routing.engine.methods import row
from tests.routing.views.typed_parts import address, sent
from workstreams.models import AssignmentMethod, Queue

GOLD = {"name": "Gold", "when": row("context.tier", "equals", "gold"), "order_by": None}
RULE = {"name": "German", "when": row("agent.locale", "equals", "de"), "order_by": []}


@pytest.fixture
def method(db: None) -> AssignmentMethod:
    return make_method("Ours", prioritization=[GOLD, {**GOLD, "name": "Old"}])


def test_a_new_method_begins_with_a_built_in_one_and_a_queue_can_use_it(
    as_administrator: Client, queue: Queue
) -> None:
    made = as_administrator.post(
        reverse("routing:assignment-method-create"),
        {"name": "Ours", "description": "", "kind": "rules", "begins_with": "least_active"},
    )
    method = AssignmentMethod.objects.get()
    form = {
        "name": queue.name,
        "type": queue.type,
        "priority": 1,
        "assignment_method": "Ours",
        "distributes": "on",
    }
    as_administrator.post(reverse("workstreams:queue-edit", args=[queue.pk]), form)

    page = as_administrator.get(made["Location"])

    assert "least active first" in page.text
    assert queue.name in page.text
    assert configuration.current().compiled.method_of(queue.pk).id == method.pk  # type: ignore[union-attr]  # it has one


def test_a_rule_without_an_order_says_by_what_its_agents_come(as_administrator: Client) -> None:
    method = make_method("Ours", rulesets=[{"name": "All", "rules": [RULE]}])

    page = as_administrator.get(address("detail", method)).text

    assert "longest without an assignment in this queue first" in page
    assert "longest without work" not in page


def test_a_best_match_shows_its_weights_and_they_can_be_changed(as_administrator: Client) -> None:
    method = make_method("Whole", kind="best_match", rulesets=[])
    values = {"name": "Whole", "description": "", "skills": 10, "waiting": 80, "fairness": 10}

    as_administrator.post(address("edit", method), values)

    method.refresh_from_db()
    assert method.weights == {"skills": 10, "waiting": 80, "fairness": 10}
    assert "80" in as_administrator.get(address("detail", method)).text


@pytest.mark.parametrize("skills", [12.5, 12, 0])
def test_the_weights_that_a_form_shows_come_back_as_they_are(
    as_administrator: Client, skills: float
) -> None:
    weights = {**WEIGHTS, "skills": skills}
    method = make_method("Whole", kind="best_match", rulesets=[], weights=weights)
    form = as_administrator.get(address("edit", method)).context["form"]
    shown = {name: form[name].value() for name in ("name", "description", *weights)}

    as_administrator.post(address("edit", method), shown)

    method.refresh_from_db()
    assert method.revision == form.instance.revision + 1
    assert str(method.weights["skills"]) == str(skills)


@pytest.mark.parametrize("weight", ["", "-1", "100.5", "much", "nan"])
def test_a_weight_that_is_none_is_refused_at_its_field(
    as_administrator: Client, weight: str
) -> None:
    method = make_method("Whole", kind="best_match", rulesets=[], weights={**WEIGHTS, "skills": 5})

    page = as_administrator.post(
        address("edit", method), {"name": "Whole", **WEIGHTS, "skills": weight}
    )

    method.refresh_from_db()
    assert page.context["form"].errors == {"skills": ["A weight is a number from 0 to 100."]}
    assert method.weights["skills"] == 5


def test_a_best_match_says_which_queues_are_matched_together(as_administrator: Client) -> None:
    method = make_method("Whole", kind="best_match", rulesets=[])

    page = " ".join(as_administrator.get(address("detail", method)).text.split())

    alike = "match by these weights, that share agents and whose work needs the same capacity"
    assert f"Queues of the same priority that {alike} are matched together" in page
    assert "no round takes what a later one needs" in page
    assert "so does one with work of another capacity that agents have room for" in page


def test_a_prioritisation_rule_is_added_at_the_end(
    as_administrator: Client, method: AssignmentMethod
) -> None:
    url = address("part-create", method, part="prioritization")
    values = sent(as_administrator.get(url), name="Due", by="record.due", direction="descending")
    values |= {"c-1-field": "Priority", "c-1-op": "greater", "c-1-value": "3"}

    response = as_administrator.post(url, values)

    method.refresh_from_db()
    assert response.status_code == 302 or response.status_code == 303
    assert method.prioritization[2] == {
        "name": "Due",
        "when": {"field": "priority", "op": "greater", "value": 3},
        "order_by": {"by": "record.due", "direction": "descending"},
    }


def test_items_are_ordered_by_numbers_and_dates_only(
    as_administrator: Client, method: AssignmentMethod
) -> None:
    url = address("part-create", method, part="prioritization")

    response = as_administrator.post(
        url, sent(as_administrator.get(url), name="Mood", by="Sentiment", direction="descending")
    )

    assert response.status_code == 422
    assert "neither a number nor a date" in response.text
    assert 'value="Sentiment"' in response.text


def test_what_was_saved_before_it_was_refused_goes_on(
    as_administrator: Client, method: AssignmentMethod, administrator: User, now: datetime
) -> None:
    by_title = {"name": "A to Z", "order_by": {"by": "title", "direction": "ascending"}}
    first = {**by_title, "when": row("priority", "greater", 3)}
    AssignmentMethod.objects.filter(pk=method.pk).update(prioritization=[GOLD, first])

    url = address("part-move", method, part="prioritization", number=2)
    moved = as_administrator.post(url, {"to": "up", "revision": method.revision})
    copy = copy_method(method=method, by=administrator, now=now)

    method.refresh_from_db()
    assert moved.status_code in (200, 302, 303)
    assert [each["name"] for each in method.prioritization] == ["A to Z", "Gold"]
    assert copy.prioritization == method.prioritization


def test_a_new_rule_about_agents_begins_with_what_built_in_methods_ask(
    as_administrator: Client, method: AssignmentMethod
) -> None:
    url = address("part-create", method, part="rules-1")
    page = as_administrator.get(url)

    as_administrator.post(url, sent(page, name="Second"))

    method.refresh_from_db()
    first, second = method.rulesets[0]["rules"]
    assert second == {**first, "name": "Second"}


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    as_administrator: Client, method: AssignmentMethod
) -> None:
    url = address("part-create", method, part="prioritization")
    values = sent(as_administrator.get(url), name="Gold", by="nowhere.field")

    response = as_administrator.post(url, values)

    assert response.status_code == 422
    assert "There is no field" in response.text
    assert 'value="nowhere.field"' in response.text


def test_a_name_that_another_rule_has_is_refused_at_the_name(
    as_administrator: Client, method: AssignmentMethod
) -> None:
    url = address("part-create", method, part="prioritization")

    response = as_administrator.post(url, sent(as_administrator.get(url), name="gold"))

    assert response.context["form"].head.errors["name"]


def test_a_criterion_chooses_among_the_rulesets_and_follows_a_new_name(
    as_administrator: Client, method: AssignmentMethod
) -> None:
    url = address("part-create", method, part="rulesets")
    as_administrator.post(url, sent(as_administrator.get(url), name="VIP"))
    url = address("part-create", method, part="selection")
    as_administrator.post(url, sent(as_administrator.get(url), name="Gold", ruleset="VIP"))

    url = address("part-edit", method, part="rulesets", number=2)
    as_administrator.post(url, sent(as_administrator.get(url), name="Very important"))

    method.refresh_from_db()
    assert method.selection[0]["ruleset"] == method.rulesets[1]["name"] == "Very important"


@pytest.mark.parametrize("to", ["up", "before 1"])
def test_a_rule_moves(as_administrator: Client, method: AssignmentMethod, to: str) -> None:
    url = address("part-move", method, part="prioritization", number=2)

    as_administrator.post(url, {"to": to, "revision": method.revision})

    method.refresh_from_db()
    assert [each["name"] for each in method.prioritization] == ["Old", "Gold"]


def test_the_last_ruleset_stays(as_administrator: Client, method: AssignmentMethod) -> None:
    url = address("part-delete", method, part="rulesets", number=1)

    response = as_administrator.post(url, {"revision": method.revision})

    assert response.status_code == 409
    assert "at least one assignment ruleset" in response.text


def test_who_saved_meanwhile_is_not_overwritten(
    as_administrator: Client, method: AssignmentMethod
) -> None:
    url = address("part-edit", method, part="prioritization", number=1)
    values = sent(as_administrator.get(url), name="Mine")
    as_administrator.post(address("part-delete", method, part="prioritization", number=2))

    response = as_administrator.post(url, values)

    assert response.status_code == 422
    assert "Somebody else saved this method" in response.text


def test_doubts_stand_on_the_page(as_administrator: Client) -> None:
    method = make_method(
        "Doubtful", rulesets=[{"name": "All", "rules": [RULE, {**RULE, "name": "Again"}]}]
    )

    page = as_administrator.get(address("detail", method)).text

    assert "“Again” never decides" in page
    assert "does not ask for presence" in page


def test_several_rulesets_without_criteria_are_warned_of(as_administrator: Client) -> None:
    rulesets = [{"name": name, "rules": [RULE]} for name in ("First", "Second")]
    method = make_method("Two", rulesets=rulesets)

    page = as_administrator.get(address("detail", method)).text

    assert "The ruleset “Second” is never used: no criterion chooses it" in page
    assert "No criteria: the ruleset is always “First”." in page


def test_an_attribute_that_nobody_has_is_doubtful(
    as_administrator: Client, administrator: User
) -> None:
    site = make_attribute("Site")
    asked = row("agent.attributes.Site", "equals", item="context.site")
    method = make_method("Sites", rulesets=[{"name": "All", "rules": [{**RULE, "when": asked}]}])
    url = address("detail", method)

    before = as_administrator.get(url).text
    agent = make_agent()
    set_agent_attributes(agent=agent, values={site: "Rome"}, by=administrator, now=agent.created_at)

    assert "but no agent who gets work has one" in before
    assert "but no agent who gets work has one" not in as_administrator.get(url).text


def test_an_attribute_is_asked_for_and_ordered_by_in_the_rule_builder(
    as_administrator: Client,
) -> None:
    make_attribute("Home site")
    make_attribute("Level", "number")
    method = make_method("Sites")
    url = address("part-create", method, part="rules-1")
    values = {
        **sent(as_administrator.get(url), name="Near"),
        "c-1-field": "Agent attribute: Home site",
        "c-1-op": "equals",
        "c-1-value": "{Contact: name}",
        "order-0": "agent.attributes.Level descending",
    }

    response = as_administrator.post(url, values)

    assert response.status_code == 303
    method.refresh_from_db()
    rule = method.rulesets[0]["rules"][-1]
    assert {"field": "agent.attributes.Home site", "op": "equals", "item": "contact.name"} in rule[
        "when"
    ]["all"]
    assert rule["order_by"] == [{"by": "agent.attributes.Level", "direction": "descending"}]
    assert "agent Level, descending" in as_administrator.get(address("detail", method)).text


def test_a_method_in_use_is_not_deleted(as_administrator: Client, method: AssignmentMethod) -> None:
    make_queue("Nights", custom_method=method)

    page = as_administrator.get(address("delete", method))

    assert "Nights" in page.text


def test_a_copy_has_a_name_of_its_own(as_administrator: Client, method: AssignmentMethod) -> None:
    as_administrator.post(address("copy", method))

    assert AssignmentMethod.objects.filter(name="Copy of Ours").exists()


def test_supervisors_look_and_change_nothing(
    as_supervisor: Client, method: AssignmentMethod
) -> None:
    assert "New rule" not in as_supervisor.get(address("detail", method)).text
    assert as_supervisor.get(address("part-create", method, part="selection")).status_code == 403


def test_lists_that_are_not_there_get_404(
    as_administrator: Client, method: AssignmentMethod
) -> None:
    for part in ("rules-2", "rules", "weights"):
        url = address("part-create", method, part=part)
        assert as_administrator.get(url).status_code == 404


def test_the_legend_of_the_weights_goes_with_them(client, administrator):
    client.force_login(administrator)

    page = client.get("/assignment-methods/new/").content.decode()

    assert re.search(
        r'<fieldset[^>]*data-shown-when="kind=best_match"[^>]*>\s*<legend[^>]*>Weights', page
    )
