"""Two people who edit the same identification rule: who did what, both values, apply mine."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from agents.models import User
from agents.terms import Role
from routing import configuration
from tests.factories import make_user
from workstreams.actions.save_identification_rule import save_identification_rule
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import IdentificationRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule() -> IdentificationRule:
    return IdentificationRule.objects.get(name="Case by its number")


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def typed(page: Any, **more: str) -> dict[str, str]:
    """What a browser sends of the form, with what was typed."""
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields} | more


def test_the_second_sees_who_saved_and_what_before_his_own_goes_on_top(
    rule: IdentificationRule, administrator: User
) -> None:
    grace = make_user("grace", Role.ADMINISTRATOR)
    mine, theirs = browser_of(administrator), browser_of(grace)
    address = f"/identification/{rule.pk}/edit/"
    shown = mine.get(address)
    theirs.post(address, typed(theirs.get(address), number_keys="Order"))

    late = mine.post(address, typed(shown, number_keys="Ticket"))

    rule.refresh_from_db()
    assert (late.status_code, rule.keys) == (422, {"Order": "number"})
    conflict = late.context["conflict"]
    [both] = conflict.values
    assert (conflict.who, both.theirs, both.mine) == (grace.display_name, "Order", "Ticket")

    mine.post(address, typed(late))
    rule.refresh_from_db()
    assert rule.keys == {"Ticket": "number"}


def test_behind_the_lock_a_rule_has_to_be_as_it_was_seen(
    rule: IdentificationRule, administrator: User, now: datetime
) -> None:
    def save(name: str, revision: int | None) -> IdentificationRule:
        return save_identification_rule(
            workstream=None, rule=rule, name=name, revision=revision, by=administrator, now=now
        )

    assert save("By order", 1).revision == 2
    with pytest.raises(SavedMeanwhile):
        save("By ticket", 1)
    assert save("By number", None).revision == 3


def test_an_import_leaves_rules_that_stay_to_those_who_have_them_open(
    rule: IdentificationRule, administrator: User, now: datetime
) -> None:
    browser, address = browser_of(administrator), f"/identification/{rule.pk}/edit/"
    shown = browser.get(address)
    document = configuration.document()
    own = next(each for each in document["identification_rules"] if each["name"] == rule.name)
    own["keys"] = {"Order": "number"}
    configuration.import_document(document, by=administrator, now=now)

    late = browser.post(address, typed(shown, number_keys="Ticket"))

    assert late.status_code == 422
    assert [each.theirs for each in late.context["conflict"].values] == ["Order"]
