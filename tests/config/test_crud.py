"""The declarative pages: list, create, edit, delete."""

import json

import pytest

from agents.models import SkillType

pytestmark = [pytest.mark.urls("tests.config.sample_urls"), pytest.mark.django_db]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in(client, administrator):
    SkillType.objects.all().delete()
    client.force_login(administrator)
    return client


@pytest.fixture
def languages(signed_in):
    return SkillType.objects.create(name="Languages")


def test_an_empty_list_names_the_next_step(signed_in):
    response = signed_in.get("/skill-types/")

    assert b"No skill types yet" in response.content
    assert b"/skill-types/new/" in response.content


def test_a_search_without_match_offers_to_clear_it(signed_in, languages):
    response = signed_in.get("/skill-types/?q=zebra")

    assert b"Nothing matches your search" in response.content


@pytest.mark.parametrize(("sort", "first"), [("name", "Languages"), ("-name", "Products")])
def test_the_list_is_sorted_by_the_address(signed_in, languages, sort, first):
    SkillType.objects.create(name="Products")

    response = signed_in.get(f"/skill-types/?sort={sort}")

    assert response.context["rows"][0]["cells"][0]["value"] == first


def test_a_sort_by_anything_else_is_ignored(signed_in, languages):
    assert signed_in.get("/skill-types/?sort=skills__password").status_code == 200


def test_the_list_costs_three_statements_more_than_knowing_the_person(
    signed_in, languages, django_assert_max_num_queries
):
    SkillType.objects.bulk_create([SkillType(name=f"Type {number}") for number in range(60)])

    with django_assert_max_num_queries(6):
        signed_in.get("/skill-types/")


def test_the_list_fragment_has_one_root_with_its_id(signed_in, languages):
    text = signed_in.get("/skill-types/", headers=HTMX).content.decode().strip()

    assert text.startswith('<section class="card"')
    assert 'id="skill-type-list"' in text
    assert text.endswith("</section>")


def test_creating_leads_to_the_list_with_a_message(signed_in):
    response = signed_in.post("/skill-types/new/", {"name": "Products", "kind": "plain"})

    assert (response.status_code, response["Location"]) == (303, "/skill-types/")
    assert SkillType.objects.filter(name="Products").exists()


def test_creating_in_the_dialog_closes_it_and_tells_the_list(signed_in):
    data = {"name": "Products", "kind": "plain"}

    response = signed_in.post("/skill-types/new/", data, headers=HTMX)

    assert (response.status_code, response.content) == (204, b"")
    assert json.loads(response["HX-Trigger"])["skill-type-saved"] is True


def test_a_refused_name_stands_beside_its_field_and_keeps_what_was_typed(signed_in, languages):
    response = signed_in.post("/skill-types/new/", {"name": "languages", "kind": "plain"})

    assert response.status_code == 422
    assert response.context["form"].errors["name"] == ["This is already taken. Choose another."]
    assert b'value="languages"' in response.content


def test_a_refusal_while_saving_is_shown_on_the_form(signed_in):
    response = signed_in.post("/skill-types/new/", {"name": "Refused", "kind": "plain"})

    assert response.status_code == 422
    assert b"Ana took it first." in response.content


def test_a_hidden_field_is_neither_required_nor_saved(signed_in):
    plain = {"name": "Products", "kind": "plain", "scale": "left over"}
    scaled = {"name": "Products", "kind": "scaled"}

    with_hidden, without_shown = (
        signed_in.post("/skill-types/new/", scaled),
        signed_in.post("/skill-types/new/", plain),
    )

    assert without_shown.status_code == 303
    assert "scale" in with_hidden.context["form"].errors


def test_saving_over_a_newer_version_asks_once_more(signed_in, languages):
    data = {"name": "Tongues", "kind": "plain", "loaded_version": "Older name"}

    response = signed_in.post(f"/skill-types/{languages.pk}/edit/", data)

    assert response.status_code == 422
    assert b"Somebody else saved this" in response.content
    assert b'name="loaded_version" value="Languages"' in response.content


def test_deleting_asks_first_and_then_deletes(signed_in, languages):
    address = f"/skill-types/{languages.pk}/delete/"

    question, answer = signed_in.get(address), signed_in.post(address)

    assert b"This cannot be undone." in question.content
    assert answer.status_code == 303
    assert not SkillType.objects.filter(pk=languages.pk).exists()


@pytest.mark.parametrize(("headers", "status"), [({}, 409), (HTMX, 422)])
def test_what_is_used_is_not_deleted_and_says_by_what(signed_in, headers, status):
    used = SkillType.objects.create(name="Used")

    response = signed_in.post(f"/skill-types/{used.pk}/delete/", headers=headers)

    assert response.status_code == status
    assert 'href="/x/">Skill “English”' in " ".join(response.content.decode().split())
    assert SkillType.objects.filter(pk=used.pk).exists()


def test_a_supervisor_reads_the_list_but_changes_nothing(client, supervisor):
    client.force_login(supervisor)

    shown, refused = client.get("/skill-types/"), client.get("/skill-types/new/")

    assert (shown.status_code, refused.status_code) == (200, 403)
    assert b"/skill-types/new/" not in shown.content


def test_an_unknown_object_is_not_found(signed_in):
    assert signed_in.get("/skill-types/999999/edit/").status_code == 404


def test_anonymous_people_are_led_to_sign_in(client):
    assert client.get("/skill-types/")["Location"].startswith("/accounts/login/")
