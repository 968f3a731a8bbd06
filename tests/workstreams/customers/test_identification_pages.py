"""The pages of identification rules."""

import pytest
from django.test import Client

from workstreams.models import IdentificationRule

pytestmark = pytest.mark.django_db
TYPED = {"name": "By mail", "entity": "contact", "email_keys": "Mail, Email", "is_enabled": "on"}


@pytest.fixture
def as_administrator(administrator) -> Client:
    browser = Client()
    browser.force_login(administrator)
    return browser


def test_the_organisation_begins_with_three_rules(as_administrator):
    content = as_administrator.get("/identification/").content.decode()

    assert "Contact by answers" in content
    assert "CaseNumber with the case number" in content


def test_a_rule_is_added_and_moved(as_administrator):
    response = as_administrator.post("/identification/new/", TYPED)

    rule = IdentificationRule.objects.get(name="By mail")
    assert (response.status_code, response.url) == (303, "/identification/")
    assert (rule.keys, rule.position) == ({"Mail": "email", "Email": "email"}, 4)

    as_administrator.post(f"/identification/{rule.pk}/move/", {"direction": "up"})
    assert [each.name for each in IdentificationRule.objects.all()][2] == "By mail"


def test_an_own_rule_replaces_the_organisations_on_the_page(as_administrator, workstream):
    page = f"/workstreams/{workstream.pk}/"
    assert "The organisation's rules</a> apply" in as_administrator.get(page).content.decode()

    as_administrator.post(f"{page}identification/new/", TYPED)

    content = as_administrator.get(page).content.decode()
    assert "By mail" in content
    assert "Contact by answers" not in content


def test_an_edit_shows_what_is_stored_and_switches_off(as_administrator):
    rule = IdentificationRule.objects.get(name="Case by its number")
    form = as_administrator.get(f"/identification/{rule.pk}/edit/").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed.pop("is_enabled")

    as_administrator.post(f"/identification/{rule.pk}/edit/", typed)

    rule.refresh_from_db()
    assert (rule.keys, rule.is_enabled) == ({"CaseNumber": "number"}, False)


@pytest.mark.parametrize(
    "change", [{"email_keys": ""}, {"name": "Contact by answers"}, {"entity": "lead"}]
)
def test_a_rule_that_finds_nobody_is_refused(change, as_administrator):
    response = as_administrator.post("/identification/new/", TYPED | change)

    assert response.status_code == 422
    assert IdentificationRule.objects.count() == 3


def test_a_deleted_rule_is_gone(as_administrator):
    rule = IdentificationRule.objects.all()[0]

    as_administrator.post(f"/identification/{rule.pk}/delete/")

    assert IdentificationRule.objects.count() == 2
